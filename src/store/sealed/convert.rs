//! From plain to sealed and back, and from one passphrase to another. What was written is read
//! back and compared before what it replaces goes.

use std::fs::{self, File, OpenOptions};
use std::path::Path;

use zeroize::Zeroizing;

use super::super::error::{Doing, StoreError, shown};
use super::super::file::{journal_of, settle};
use super::super::{Action, Store, words};
use super::glimpse::{read, said};
use super::header::{Cost, Header};
use super::key::DataKey;
use super::{image, is_sealed, save};

/// What opens a sealed store; wiped from memory when it is dropped.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<Vec<u8>>);

impl Passphrase {
    /// Why nothing is to be sealed with it: it is blank, or no text that another keyboard or system
    /// could give again. What is sealed with such a one opens all the same.
    pub fn unfit(&self) -> Option<&'static str> {
        match std::str::from_utf8(&self.0) {
            Err(_bytes) => {
                Some("it is not UTF-8 text, which another terminal may not be able to type again")
            }
            Ok(text) if text.trim().is_empty() => Some("it is blank"),
            Ok(_) => None,
        }
    }

    /// Shorter ones are warned about, in characters.
    pub const SHORT: usize = 12;

    /// The passphrase of these bytes; `None` when there are none.
    pub fn new(bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        (!bytes.is_empty()).then_some(Self(bytes))
    }

    /// Whether trying out all that are as long may be worth somebody's while.
    pub fn is_short(&self) -> bool {
        String::from_utf8_lossy(&self.0).chars().count() < Self::SHORT
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Passphrase(..)")
    }
}

impl Store {
    /// Seals the plain store at `path` with `key`, which `passphrase` will open at `cost`. The
    /// plain file goes, overwritten, once the sealed one is on the disk and was read back.
    ///
    /// # Errors
    /// Before the sealed file took its place, the plain one is as it was.
    pub fn encrypt(
        path: &Path,
        key: &DataKey,
        (passphrase, cost): (&Passphrase, Cost),
        now_utc: i64,
    ) -> Result<(), StoreError> {
        let path = settle(path)?;
        let failed = |error| StoreError::io(&path, "sealing", error);
        let mut header = Header::wrap(key, passphrase.as_bytes(), cost).map_err(failed)?;
        let held = save::lock(&path, "sealing")?;
        let mut plain = Self::open(&path, now_utc)?;
        // Nobody writes, and nobody reads, until the sealed file has its place.
        plain
            .conn
            .execute_batch("BEGIN EXCLUSIVE")
            .doing(&plain.shown, "sealing")?;
        // It is made anew, sealed, when the store is opened next.
        words::remove(&path)?;
        let mut made = Self::from_image(&plain.image()?, now_utc)?;
        made.audit(Action::Encrypt, "", 0)?;
        let bytes = made.image()?;
        header.generation = 1;
        header.log = made.log_head()?;
        let file = image::seal(&mut header, key, &bytes).map_err(failed)?;
        let new = save::write_beside(&path, &file)?;
        let again = fs::read(&new).map_err(failed)?;
        let (_, opened) = image::open(again, key).map_err(|unfit| said(&new, unfit))?;
        if opened != bytes {
            drop(fs::remove_file(&new));
            return Err(StoreError::Damaged {
                path: shown(&new),
                what: "it was not read back as it was written".to_owned(),
            });
        }
        let mut old = OpenOptions::new().write(true).open(&path).map_err(failed)?;
        save::swap(&new, &path, false)?;
        drop(plain);
        save::overwrite(&mut old).map_err(failed)?;
        drop(old);
        held.mark();
        wipe(&journal_of(&path))
    }

    /// Gives a sealed store a new key and a new passphrase. No earlier generation is left: the old
    /// passphrase would open it.
    ///
    /// # Errors
    /// Before the new file took its place, the old one is as it was.
    pub fn change_key(
        &mut self,
        key: &DataKey,
        (passphrase, cost): (&Passphrase, Cost),
    ) -> Result<(), StoreError> {
        const DOING: &str = "changing the passphrase";
        self.audit(Action::KeyChange, "", 0)?;
        self.enter(DOING)?;
        self.second = None;
        // The old passphrase opens the second place; it is made anew when all is done.
        let removed = self.file.as_deref().map_or(Ok(()), words::remove);
        let changed = removed.and_then(|()| self.reseal(key, (passphrase, cost), DOING));
        self.leave(DOING, changed, super::guarded::When::Never)?;
        self.check_words();
        Ok(())
    }

    fn reseal(
        &mut self,
        key: &DataKey,
        (passphrase, cost): (&Passphrase, Cost),
        doing: &'static str,
    ) -> Result<(), StoreError> {
        let Some(seal) = &mut self.seal else {
            let path = self.shown.clone();
            return Err(StoreError::Changed { path });
        };
        let mut header = Header::wrap(key, passphrase.as_bytes(), cost)
            .map_err(|error| StoreError::io(&seal.path, doing, error))?;
        header.generation = seal.header.generation;
        let old = (seal.header.clone(), seal.key.clone());
        (seal.header, seal.key) = (header, key.clone());
        let saved = self.save(doing, false);
        if saved.is_err()
            && let Some(seal) = &mut self.seal
        {
            (seal.header, seal.key) = old;
        }
        saved
    }

    /// Makes the sealed store at `path` a plain one (0600) again.
    ///
    /// # Errors
    /// Before the plain file took its place, the sealed one is as it was.
    pub fn decrypt(path: &Path, key: &DataKey, now_utc: i64) -> Result<(), StoreError> {
        let path = settle(path)?;
        let held = save::lock(&path, "opening the seal")?;
        words::remove(&path)?;
        let (_, bytes) = read(&path, key)?;
        let mut made = Self::from_image(&bytes, now_utc)?;
        made.audit(Action::Decrypt, "", 0)?;
        made.quick_check()?;
        let bytes = made.image()?;
        let new = save::write_beside(&path, &bytes)?;
        let again = fs::read(&new).map_err(|e| StoreError::io(&new, "reading back", e))?;
        if again != bytes {
            drop(fs::remove_file(&new));
            return Err(StoreError::Damaged {
                path: shown(&new),
                what: "it was not read back as it was written".to_owned(),
            });
        }
        held.unmark()
            .map_err(|error| StoreError::io(&path, "opening the seal", error))?;
        save::swap(&new, &path, false)
    }
}

/// Overwrites a plain file of the store's and removes it; none is fine.
fn wipe(path: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::io(path, "removing", error);
    if path.symlink_metadata().is_err() || is_sealed(path) {
        return Ok(());
    }
    let mut file = OpenOptions::new().write(true).open(path).map_err(failed)?;
    save::overwrite(&mut file).map_err(failed)?;
    drop(file);
    fs::remove_file(path).map_err(failed)
}

/// Overwrites every byte of `file` with zeros, on the disk; for a plain file that was replaced by
/// a sealed one while this was open.
///
/// # Errors
/// When the system refuses.
pub fn overwrite(file: &mut File) -> std::io::Result<()> {
    save::overwrite(file)
}
