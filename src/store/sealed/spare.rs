//! Sealed copies elsewhere: what a backup is made of, and what becomes a store of its own again.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::error::{StoreError, shown};
use super::super::file::{exists, settle};
use super::super::{Action, Store};
use super::glimpse::{read, read_header};
use super::guarded::Seal;
use super::header::Header;
use super::key::DataKey;
use super::{image, save};

/// Where the generation before the sealed store at `path` lies.
pub fn earlier(path: &Path) -> PathBuf {
    save::previous(path)
}

/// The image in the sealed file at `path`.
pub(in crate::store) fn image_at(path: &Path, key: &DataKey) -> Result<Vec<u8>, StoreError> {
    read(path, key).map(|(_, image)| image)
}

/// Writes the folder of `path` to the disk.
pub(in crate::store) fn sync_folder(path: &Path) -> std::io::Result<()> {
    save::sync_folder(path)
}

/// Writes `bytes` as a new file at `path` (0600, never through a link) and to the disk.
pub(in crate::store) fn write_new_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    save::write_new(path, bytes)
}

impl Seal {
    /// What it is sealed with.
    pub(in crate::store) fn key(&self) -> &DataKey {
        &self.key
    }

    /// A whole file of `image`, sealed as the store is.
    pub(in crate::store) fn seal_image(&self, image: &[u8]) -> Result<Vec<u8>, StoreError> {
        sealed(&self.path, (&self.header, &self.key), image)
    }
}

impl Store {
    /// A whole file of `image`, sealed as this store is: another store's image opens with the same
    /// passphrase then.
    pub(in crate::store) fn sealed_alike(&self, image: &[u8]) -> Result<Vec<u8>, StoreError> {
        let Some(seal) = &self.seal else {
            let path = self.shown.clone();
            return Err(StoreError::Changed { path });
        };
        seal.seal_image(image)
    }

    /// Makes this store, which is in memory, the sealed one at `path`: sealed as the file `like` is,
    /// which `key` opens. What stands there must be an empty plain store, or nothing.
    ///
    /// # Errors
    /// Before the new file took its place, what was there is as it was.
    pub fn seal_as(&mut self, path: &Path, like: &Path, key: &DataKey) -> Result<(), StoreError> {
        let path = settle(path)?;
        let held = save::lock(&path, "restoring")?;
        if exists(&path)? && !Self::open(&path, self.now_utc)?.is_empty()? {
            return Err(StoreError::Exists { path: shown(&path) });
        }
        let rows = self.row_count()?;
        self.audit(Action::Restore, "", rows)?;
        self.place(&path, like, key)?;
        held.mark();
        Ok(())
    }

    /// [`Store::seal_as`] for a store on its way to the place of the one that `like` is, or was: nothing
    /// is logged, and nothing may stand at `path`.
    ///
    /// # Errors
    /// Nothing of it stays then.
    pub fn seal_beside(
        &mut self,
        path: &Path,
        like: &Path,
        key: &DataKey,
    ) -> Result<(), StoreError> {
        let path = settle(path)?;
        let held = save::lock(&path, "rebuilding")?;
        self.place(&path, like, key)?;
        held.mark();
        Ok(())
    }

    fn place(&mut self, path: &Path, like: &Path, key: &DataKey) -> Result<(), StoreError> {
        let mut header = read_header(like)?;
        header.log = self.log_head()?;
        let image = self.image()?;
        let bytes = sealed(path, (&header, key), &image)?;
        let new = save::write_beside(path, &bytes)?;
        let again = fs::read(&new).map_err(|e| StoreError::io(&new, "reading back", e))?;
        if image::open(again, key).map(|(_, image)| image) != Ok(image) {
            drop(fs::remove_file(&new));
            return Err(StoreError::Damaged {
                path: shown(&new),
                what: "it was not read back as it was written".to_owned(),
            });
        }
        save::swap(&new, path, false)
    }
}

fn sealed(
    path: &Path,
    (header, key): (&Header, &DataKey),
    image: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let mut header = header.clone();
    image::seal(&mut header, key, image).map_err(|error| StoreError::io(path, "sealing", error))
}
