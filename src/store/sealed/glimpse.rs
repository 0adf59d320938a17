//! A sealed file as it lies on the disk: its header before the key is known, its image after.

use std::fs;
use std::path::Path;

use super::super::error::{StoreError, shown};
use super::convert::Passphrase;
use super::header::{Header, Unfit};
use super::key::DataKey;
use super::{image, is_sealed};
use crate::model::text::Clean;

/// The header of a sealed store, before its key is known.
#[derive(Clone, Debug)]
pub struct Glimpse {
    path: Clean,
    header: Header,
}

impl Glimpse {
    /// Reads the header at `path`; `None` where no sealed store is.
    ///
    /// # Errors
    /// A header that a newer version wrote, or that is damaged.
    pub fn of(path: &Path) -> Result<Option<Self>, StoreError> {
        if !is_sealed(path) {
            return Ok(None);
        }
        let header = read_header(path)?;
        let path = shown(path);
        Ok(Some(Self { path, header }))
    }

    /// Whether `key` is the one that it was sealed with.
    pub fn fits(&self, key: &DataKey) -> bool {
        self.header.key_id == key.id()
    }

    /// The key, by the passphrase; takes a good part of a second.
    ///
    /// # Errors
    /// [`StoreError::Passphrase`] when it does not fit.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<DataKey, StoreError> {
        let opened = self.header.unwrap(passphrase.as_bytes());
        opened.map_err(|unfit| said(&self.path, unfit))
    }
}

/// The error for a sealed file that does not fit.
pub(super) fn said(path: &Clean, unfit: Unfit) -> StoreError {
    let path = path.clone();
    match unfit {
        Unfit::Newer(found) => StoreError::Newer {
            path,
            found,
            known: super::header::VERSION,
        },
        Unfit::Damaged(what) => StoreError::Damaged {
            path,
            what: what.to_owned(),
        },
        Unfit::Passphrase => StoreError::Passphrase { path },
    }
}

/// The header at `path`, which is to be a sealed store.
pub(super) fn read_header(path: &Path) -> Result<Header, StoreError> {
    use std::io::Read;
    let failed = |error| StoreError::io(path, "reading", error);
    let mut bytes = Vec::new();
    fs::File::open(path)
        .map_err(failed)?
        .take(super::header::BYTES as u64)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Header::read(&bytes).map_err(|unfit| {
        if bytes.starts_with(b"SQLite format 3\0") {
            let path = shown(path);
            return StoreError::Changed { path };
        }
        said(&shown(path), unfit)
    })
}

/// The header and the image of the sealed store at `path`.
pub(super) fn read(path: &Path, key: &DataKey) -> Result<(Header, Vec<u8>), StoreError> {
    // By its header first: another key is no damage.
    let header = read_header(path)?;
    if header.key_id != key.id() {
        let path = shown(path);
        return Err(StoreError::Changed { path });
    }
    let file = fs::read(path).map_err(|error| StoreError::io(path, "reading", error))?;
    image::open(file, key).map_err(|unfit| said(&shown(path), unfit))
}
