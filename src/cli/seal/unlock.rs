//! How a session comes by the key of a sealed store: from the launcher, from the kernel's keyring,
//! from the passphrase; always before the lock.

use std::path::{Path, PathBuf};

use crate::cli::error::{CliError, Code};
use crate::cli::session::{Session, shown, store_error};
use crate::guard::alone::{self, Use};
use crate::guard::passphrase::{Asking, NotAsked};
use crate::guard::{keyring, roots};
use crate::store::sealed::{self, DataKey, Door, Glimpse, Passphrase};
use crate::store::{StoreError, second_place};
use crate::tui::interrupt;

/// How often a passphrase may be mistyped.
const TRIES: usize = 3;

/// Stands behind a key that is kept before its store was sealed.
pub(super) const WAITING: u8 = b'?';

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
        let folder = store.parent().and_then(|folder| folder.canonicalize().ok());
        let named = folder.zip(store.file_name());
        named.map_or_else(|| store.clone(), |(folder, name)| folder.join(name))
    }

    /// Refuses a plain file, or nothing, where a sealed store was: files beside it and the key that
    /// the login keeps say so.
    pub(in crate::cli) fn refuse_lookalike(&self) -> Result<(), CliError> {
        if self.is_sealed() {
            return Ok(());
        }
        let store = &self.config.store;
        let mut witnesses = sealed::witnesses(store, Some(&self.config.roots));
        let kept = keyring::get(&self.real_store());
        if kept.is_some_and(|kept| DataKey::from_bytes(&kept).is_some()) {
            witnesses.push(PathBuf::from("the key that the login keeps"));
        }
        sealed::refuse_for(store, &witnesses).map_err(store_error)
    }

    /// Makes sure of the key of a sealed store, by its passphrase if nothing keeps it. Nothing to
    /// do for a plain one. Exit code 3 where nobody can be asked.
    pub(in crate::cli) fn unlock(&mut self) -> Result<(), CliError> {
        let Some(glimpse) = Glimpse::of(&self.config.store).map_err(store_error)? else {
            return self.refuse_lookalike();
        };
        if self.key.as_ref().is_some_and(|key| glimpse.fits(key)) {
            self.hold();
            return Ok(());
        }
        self.key = self.kept_key(&glimpse)?;
        if self.key.is_none() {
            let key = self.ask(&glimpse)?;
            keyring::put(&self.real_store(), key.as_bytes());
            self.key = Some(key);
            self.logged.unlocked();
        }
        self.hold();
        Ok(())
    }

    /// Makes the login forget the key.
    pub(in crate::cli) fn drop_kept_key(&self) {
        keyring::revoke(&self.real_store());
    }

    /// Tells `inward lock` that this process holds the key, until it ends.
    fn hold(&mut self) {
        if self.holds.is_none() {
            let entered = alone::enter(&self.config.data_dir, Use::Reading);
            self.holds = entered.ok().flatten();
        }
    }

    /// Whether another process holds the key just now, as far as it can be told.
    pub(super) fn is_held_elsewhere(&self) -> bool {
        matches!(alone::enter(&self.config.data_dir, Use::Writing), Ok(None))
    }

    /// The key, if the login keeps it; asks nothing.
    pub(in crate::cli) fn unlock_quietly(&mut self) {
        if let Ok(Some(glimpse)) = Glimpse::of(&self.config.store) {
            self.key = self.kept_key(&glimpse).unwrap_or_default();
        }
    }

    /// The key, by the passphrase alone, whatever the login keeps: for what only the owner is to do.
    /// It is read from standard input where `from_input`, else asked for.
    pub(super) fn confirm(&mut self, from_input: bool) -> Result<(), CliError> {
        let Some(glimpse) = Glimpse::of(&self.config.store).map_err(store_error)? else {
            return self.refuse_lookalike();
        };
        self.key = Some(if from_input {
            let path = shown(&self.config.store);
            let given = Passphrase::new(super::first_line()?);
            let given = given.ok_or_else(|| store_error(StoreError::Sealed { path }))?;
            glimpse.unlock(&given).map_err(store_error)?
        } else {
            self.ask(&glimpse)?
        });
        Ok(())
    }

    fn kept_key(&self, glimpse: &Glimpse) -> Result<Option<DataKey>, CliError> {
        let Some(kept) = keyring::get(&self.real_store()) else {
            return Ok(None);
        };
        let waits = kept.last() == Some(&WAITING) && kept.len() == DataKey::BYTES + 1;
        let key = kept
            .get(..DataKey::BYTES)
            .filter(|_| waits)
            .unwrap_or(&kept);
        let Some(key) = DataKey::from_bytes(key) else {
            return Ok(None);
        };
        if !glimpse.judge(&key).map_err(store_error)? {
            return Ok(None);
        }
        if waits {
            keyring::put(&self.real_store(), key.as_bytes());
        }
        Ok(Some(key))
    }

    /// [`Session::unlock`] for a store that may be damaged: the key that opens it or the generation
    /// before it, where it was sealed.
    pub(in crate::cli) fn unlock_damaged(&mut self) -> Result<(), CliError> {
        let store = self.config.store.clone();
        if sealed::witnesses(&store, Some(&self.config.roots)).is_empty() && !self.is_sealed() {
            return Ok(());
        }
        let places = [store.clone(), sealed::earlier(&store), second_place(&store)];
        let glimpse = places
            .iter()
            .find_map(|file| Glimpse::of(file).ok().flatten());
        let Some(glimpse) = glimpse else {
            return Err(CliError::new(
                Code::Damaged,
                format!("{} was sealed, and nothing of it can be opened", shown(&store)),
            )
            .hint(
                "put a backup back; without one nobody can read your own words: move the data folder aside, \
                 then `inward add` and `inward scan` begin anew",
            ));
        };
        self.key = self.kept_key(&glimpse).unwrap_or_default();
        if self.key.is_none() {
            self.key = Some(self.ask(&glimpse)?);
            self.logged.unlocked();
        }
        Ok(())
    }

    /// The key of another sealed file than the store: the store's where that fits, else by its
    /// passphrase, from standard input or asked for. `None` for a plain file. Before the lock.
    pub(in crate::cli) fn key_of(
        &mut self,
        file: &Path,
        from_input: bool,
    ) -> Result<Option<DataKey>, CliError> {
        let Some(glimpse) = Glimpse::of(file).map_err(store_error)? else {
            return Ok(None);
        };
        if let Some(key) = self.key.as_ref().filter(|key| glimpse.fits(key)) {
            return Ok(Some(key.clone()));
        }
        let unlocked = if from_input {
            let path = shown(file);
            let given = Passphrase::new(super::first_line()?);
            let given = given.ok_or_else(|| store_error(StoreError::Sealed { path }))?;
            glimpse.unlock(&given).map_err(store_error)
        } else {
            self.ask_for(&glimpse, file)
        };
        unlocked.map(Some).map_err(|error| {
            let wrong = error.code == Code::Sealed && error.message.starts_with("this passphrase");
            if !wrong {
                return error;
            }
            let what = format!("this passphrase does not open {}", shown(file));
            CliError::new(Code::Sealed, what).hint(
                "it is the one that the store had when the file was written; where you are sure of it, the \
                 beginning of the file is damaged: take another copy",
            )
        })
    }

    fn ask(&mut self, glimpse: &Glimpse) -> Result<DataKey, CliError> {
        let store = self.config.store.clone();
        self.ask_for(glimpse, &store)
    }

    fn ask_for(&mut self, glimpse: &Glimpse, file: &Path) -> Result<DataKey, CliError> {
        let question = format!("Passphrase of {}: ", shown(file));
        let mut wrong = None;
        let mut questions = Questions::begin(file)?;
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
        let path = shown(file);
        Err(store_error(wrong.unwrap_or(StoreError::Sealed { path })))
    }

    /// Reads the list of roots where it is sealed and was not read yet.
    pub(in crate::cli) fn list_roots(&mut self) -> Result<(), CliError> {
        self.refuse_lookalike()?;
        if self.listed {
            return Ok(());
        }
        self.unlock()?;
        self.read_roots()
    }

    /// Reads a plain list beside a sealed store, at the owner's word; none is an empty one.
    pub(super) fn take_plain_roots(&mut self) -> Result<(), CliError> {
        self.roots = roots::read(&self.config.roots)
            .map_err(|error| CliError::caused(Code::Refused, &error))?;
        self.listed = true;
        Ok(())
    }

    /// Reads the list of roots as it is now.
    pub(in crate::cli) fn read_roots(&mut self) -> Result<(), CliError> {
        let file = &self.config.roots;
        let next = super::next_roots(file);
        let read = if sealed::is_parcel(file) || (self.is_sealed() && next.exists()) {
            let open = |bytes: &[u8]| self.key.as_ref().and_then(|key| key.open(bytes));
            // A change of the passphrase that was cut short left its list under another name.
            let read = if sealed::is_parcel(file) {
                roots::read_through(file, open)
            } else {
                Err(roots::RootsError::NotSealed(file.clone()))
            };
            read.or_else(|error| {
                if !next.exists() {
                    return Err(error);
                }
                let roots = roots::read_through(&next, open)?;
                std::fs::rename(&next, file)
                    .map_err(|error| roots::RootsError::Io(next.clone(), error))?;
                Ok(roots)
            })
        } else if self.is_sealed() {
            Err(roots::RootsError::NotSealed(file.clone()))
        } else {
            roots::read(file)
        };
        self.roots = read.map_err(|error| {
            let code = match error {
                roots::RootsError::Altered(_) | roots::RootsError::NotSealed(_) => Code::Damaged,
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
