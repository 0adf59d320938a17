//! How a session comes by the key of a sealed store: from the launcher, from the kernel's keyring,
//! from the passphrase; always before the lock.

use std::path::PathBuf;

use crate::cli::error::{CliError, Code};
use crate::cli::session::{Session, shown, store_error};
use crate::guard::passphrase::{Asking, NotAsked};
use crate::guard::{keyring, roots};
use crate::store::StoreError;
use crate::store::sealed::{self, DataKey, Door, Glimpse, Passphrase};
use crate::tui::interrupt;

/// How often a passphrase may be mistyped.
const TRIES: usize = 3;

impl Session {
    /// Whether the store is sealed.
    pub(in crate::cli) fn is_sealed(&self) -> bool {
        sealed::is_sealed(&self.config.store)
    }

    /// Whether the store is sealed and its key not known here.
    pub(in crate::cli) fn is_locked(&self) -> bool {
        self.key.is_none() && self.is_sealed()
    }

    /// The way to the store, with the key if there is one.
    pub(in crate::cli) fn door(&self) -> Door {
        Door::new(&self.config.store, self.key.clone())
    }

    /// The name under which the login keeps the key: the store's real path.
    pub(super) fn real_store(&self) -> PathBuf {
        let store = &self.config.store;
        store.canonicalize().unwrap_or_else(|_gone| store.clone())
    }

    /// Makes sure of the key of a sealed store, by its passphrase if nothing keeps it. Nothing to
    /// do for a plain one. Exit code 3 where nobody can be asked.
    pub(in crate::cli) fn unlock(&mut self) -> Result<(), CliError> {
        let Some(glimpse) = Glimpse::of(&self.config.store).map_err(store_error)? else {
            return Ok(());
        };
        if self.key.as_ref().is_some_and(|key| glimpse.fits(key)) {
            return Ok(());
        }
        self.key = self.kept_key(&glimpse);
        if self.key.is_none() {
            let key = self.ask(&glimpse)?;
            keyring::put(&self.real_store(), key.as_bytes());
            self.key = Some(key);
            self.logged.unlocked();
        }
        Ok(())
    }

    /// The key, if the login keeps it; asks nothing.
    pub(in crate::cli) fn unlock_quietly(&mut self) {
        if let Ok(Some(glimpse)) = Glimpse::of(&self.config.store) {
            self.key = self.kept_key(&glimpse);
        }
    }

    fn kept_key(&self, glimpse: &Glimpse) -> Option<DataKey> {
        let kept = keyring::get(&self.real_store())?;
        DataKey::from_bytes(&kept).filter(|key| glimpse.fits(key))
    }

    fn ask(&mut self, glimpse: &Glimpse) -> Result<DataKey, CliError> {
        let question = format!("Passphrase of {}: ", shown(&self.config.store));
        let mut wrong = None;
        let mut questions = Questions::begin(&self.config.store)?;
        for _ in 0..TRIES {
            let Some(typed) = questions.ask(&question)? else {
                continue;
            };
            match glimpse.unlock(&typed) {
                Err(error @ StoreError::Passphrase { .. }) => {
                    self.say.problem("inward: this passphrase does not open it");
                    wrong = Some(error);
                }
                other => return other.map_err(store_error),
            }
        }
        let path = shown(&self.config.store);
        Err(store_error(wrong.unwrap_or(StoreError::Sealed { path })))
    }

    /// Reads the list of roots where it is sealed and was not read yet.
    pub(in crate::cli) fn list_roots(&mut self) -> Result<(), CliError> {
        if self.listed {
            return Ok(());
        }
        self.unlock()?;
        self.read_roots()
    }

    /// Reads the list of roots as it is now.
    pub(in crate::cli) fn read_roots(&mut self) -> Result<(), CliError> {
        let file = &self.config.roots;
        let read = if sealed::is_parcel(file) {
            let open = |bytes: &[u8]| self.key.as_ref().and_then(|key| key.open(bytes));
            // A change of the passphrase that was cut short left its list under another name.
            let next = super::next_roots(file);
            roots::read_through(file, open).or_else(|error| {
                if !next.exists() {
                    return Err(error);
                }
                let roots = roots::read_through(&next, open)?;
                std::fs::rename(&next, file)
                    .map_err(|error| roots::RootsError::Io(next.clone(), error))?;
                Ok(roots)
            })
        } else {
            roots::read(file)
        };
        self.roots = read.map_err(|error| {
            let code = match error {
                roots::RootsError::Altered(_) => Code::Damaged,
                _ => Code::Refused,
            };
            CliError::caused(code, &error)
        })?;
        self.listed = true;
        Ok(())
    }

    /// Writes the list of roots, sealed where the store is.
    pub(in crate::cli) fn write_roots(&self) -> Result<(), CliError> {
        self.write_roots_to(&self.config.roots)
    }

    pub(super) fn write_roots_to(&self, file: &std::path::Path) -> Result<(), CliError> {
        if !self.listed {
            let path = shown(file);
            return Err(store_error(StoreError::Sealed { path }));
        }
        let written = match &self.key {
            Some(key) if self.is_sealed() => {
                roots::write_through(file, &self.roots, |bytes| key.seal(bytes))
            }
            _ if self.is_sealed() => {
                let path = shown(file);
                return Err(store_error(StoreError::Sealed { path }));
            }
            _ => roots::write(file, &self.roots),
        };
        written.map_err(|error| CliError::caused(Code::Refused, &error))
    }
}

/// Questions on the terminal, answered unseen.
pub(super) struct Questions {
    asking: Asking,
    watch: interrupt::Watch,
}

impl Questions {
    /// Begins to ask about `store`.
    pub(super) fn begin(store: &std::path::Path) -> Result<Self, CliError> {
        let asking = Asking::begin().map_err(|error| not_asked(error, store))?;
        let watch = interrupt::watch()?;
        Ok(Self { asking, watch })
    }

    /// What is typed; `None` for nothing.
    pub(super) fn ask(&mut self, question: &str) -> Result<Option<Passphrase>, CliError> {
        let stop = || self.watch.raised();
        let typed = self.asking.ask(question, &stop);
        typed
            .map(Passphrase::new)
            .map_err(|error| not_asked(error, std::path::Path::new("")))
    }
}

fn not_asked(error: NotAsked, store: &std::path::Path) -> CliError {
    match error {
        NotAsked::NoTerminal => {
            let path = shown(store);
            store_error(StoreError::Sealed { path })
        }
        NotAsked::Interrupted => CliError::new(Code::Interrupted, "interrupted"),
        NotAsked::Io(error) => CliError::from(error),
    }
}
