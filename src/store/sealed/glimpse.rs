//! A sealed file as it lies on the disk: its header before the key is known, its image after.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::error::{StoreError, shown};
use super::convert::Passphrase;
use super::evidence::way_back;
use super::header::{Header, Unfit};
use super::key::DataKey;
use super::{image, is_sealed};

/// The header of a sealed store, before its key is known.
#[derive(Clone, Debug)]
pub struct Glimpse {
    path: PathBuf,
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
        let path = path.to_owned();
        Ok(Some(Self { path, header }))
    }

    /// Whether `key` is the one that it was sealed with.
    pub fn fits(&self, key: &DataKey) -> bool {
        self.header.key_id == key.id()
    }

    /// [`Glimpse::fits`], told by the whole file where the name of the key says no: a name that was
    /// altered is no other key.
    ///
    /// # Errors
    /// [`StoreError::Torn`] when `key` opens everything but its name.
    pub fn judge(&self, key: &DataKey) -> Result<bool, StoreError> {
        if self.fits(key) {
            return Ok(true);
        }
        match read(&self.path, key) {
            Err(error @ StoreError::Torn { .. }) => Err(error),
            _ => Ok(false),
        }
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
pub(super) fn said(path: &Path, unfit: Unfit) -> StoreError {
    said_with(path, unfit, None)
}

/// [`said`], with a key to try the earlier generation with.
fn said_with(path: &Path, unfit: Unfit, key: Option<&DataKey>) -> StoreError {
    let opens = key.map(|key| {
        move |earlier: &Path| fs::read(earlier).is_ok_and(|file| image::open(file, key).is_ok())
    });
    let opens = opens.as_ref().map(|opens| opens as &dyn Fn(&Path) -> bool);
    let (here, next) = (shown(path), || way_back(path, opens));
    match unfit {
        Unfit::Newer(found) => StoreError::Newer {
            path: here,
            found,
            known: super::header::VERSION,
        },
        Unfit::Damaged(what) => StoreError::Torn {
            path: here,
            what,
            next: next(),
        },
        Unfit::Passphrase => StoreError::Passphrase {
            path: here,
            next: next(),
        },
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
        said(path, unfit)
    })
}

/// The header and the image of the sealed store at `path`.
pub(super) fn read(path: &Path, key: &DataKey) -> Result<(Header, Vec<u8>), StoreError> {
    let header = read_header(path)?;
    let mut file = fs::read(path).map_err(|error| StoreError::io(path, "reading", error))?;
    let told = |unfit| said_with(path, unfit, Some(key));
    if header.key_id == key.id() {
        return image::open(file, key).map_err(told);
    }
    // Another key is no damage; one whose name alone was altered is.
    let named = super::header::KEY_AT..super::header::KEY_AT + header.key_id.len();
    if let Some(name) = file.get_mut(named) {
        name.copy_from_slice(&key.id());
    }
    if image::open(file, key).is_ok() {
        return Err(told(Unfit::Damaged("the name of its key is not its own")));
    }
    let path = shown(path);
    Err(StoreError::Changed { path })
}
