//! One at a time in a folder: an advisory lock that ends with the process, however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// The lock on a folder, for as long as it lives. It leaves no file behind.
#[derive(Debug)]
pub struct Alone {
    /// `None` where the system or the disk knows no such lock.
    _held: Option<File>,
}

/// How a folder is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Others may read there meanwhile, nobody may change what is there.
    Reading,
    /// By nobody else.
    Writing,
}

/// Takes the lock on the folder `dir`, which must be there; `None` while another holds it, without
/// waiting. A file system without locks, as some network ones are, counts as free.
///
/// # Errors
/// When the folder cannot be opened.
pub fn enter(dir: &Path, wanted: Use) -> io::Result<Option<Alone>> {
    if cfg!(not(unix)) {
        // Folders cannot be opened as files there.
        return Ok(Some(Alone { _held: None }));
    }
    let folder = File::open(dir)?;
    let tried = match wanted {
        Use::Reading => folder.try_lock_shared(),
        Use::Writing => folder.try_lock(),
    };
    match tried {
        Ok(()) => Ok(Some(Alone {
            _held: Some(folder),
        })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(_unknown_here)) => Ok(Some(Alone { _held: None })),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn enters(dir: &Path, wanted: Use) -> Option<Alone> {
        enter(dir, wanted).unwrap()
    }

    #[test]
    fn one_writes_alone_and_several_read_together() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path();
        let writer = enters(dir, Use::Writing).unwrap();
        assert!(enters(dir, Use::Writing).is_none() && enters(dir, Use::Reading).is_none());
        drop(writer);
        let readers = [enters(dir, Use::Reading), enters(dir, Use::Reading)];
        assert!(readers.iter().all(Option::is_some));
        assert!(enters(dir, Use::Writing).is_none());
        drop(readers);
        assert!(enters(dir, Use::Writing).is_some());
        assert_eq!(std::fs::read_dir(dir).unwrap().count(), 0);
    }

    #[test]
    fn what_is_not_there_cannot_be_entered() {
        let temp = tempfile::tempdir().unwrap();
        assert!(enter(&temp.path().join("none"), Use::Writing).is_err());
    }
}
