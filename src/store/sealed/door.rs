//! The way to a kept store, plain or sealed.

use std::path::{Path, PathBuf};

use super::super::Store;
use super::super::error::{StoreError, shown};
use super::super::file::exists;
use super::evidence::refuse_lookalike;
use super::glimpse::read_header;
use super::is_sealed;
use super::key::DataKey;

/// The way to a kept store: its path, and its key where it is sealed.
#[derive(Clone, Debug)]
pub struct Door {
    path: PathBuf,
    key: Option<DataKey>,
}

impl Door {
    /// The way to the store at `path`; `key` is what opens it where it is sealed.
    pub fn new(path: &Path, key: Option<DataKey>) -> Self {
        let path = path.to_owned();
        Self { path, key }
    }

    /// [`Store::open`], whether it is sealed or not.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] without the key of a sealed one; else as [`Store::open`].
    pub fn open(&self, now_utc: i64) -> Result<Store, StoreError> {
        match &self.key {
            Some(key) if is_sealed(&self.path) => {
                let (mut store, fresh) = Store::load(&self.path, key, now_utc)?;
                if !fresh {
                    store.save_migrated()?;
                }
                store.tidy()?;
                Ok(store)
            }
            Some(_) => self.is_not_sealed(),
            None => Store::open(&self.path, now_utc),
        }
    }

    /// A key at hand says that a sealed store was here.
    fn is_not_sealed(&self) -> Result<Store, StoreError> {
        refuse_lookalike(&self.path)?;
        let path = shown(&self.path);
        if exists(&self.path)? {
            return Err(StoreError::Changed { path });
        }
        let next = "put it back from a backup".to_owned();
        Err(StoreError::Lost { path, next })
    }

    /// [`Store::open_reading`], whether it is sealed or not.
    ///
    /// # Errors
    /// As [`Door::open`].
    pub fn open_reading(&self, now_utc: i64) -> Result<Store, StoreError> {
        match &self.key {
            Some(key) if is_sealed(&self.path) => {
                let (mut store, _) = Store::load(&self.path, key, now_utc)?;
                if let Some(seal) = &mut store.seal {
                    seal.reading = true;
                }
                store.keep_from_writing()?;
                Ok(store)
            }
            Some(_) => self.is_not_sealed(),
            None => Store::open_reading(&self.path, now_utc),
        }
    }

    /// The generation of a sealed store on the disk; `None` for a plain one, or where its header
    /// cannot be read.
    pub fn generation(&self) -> Option<u64> {
        self.key.as_ref()?;
        let header = read_header(&self.path).ok()?;
        Some(header.generation)
    }
}
