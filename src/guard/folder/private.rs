//! Private from the first byte, and closed again where it is not.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::FolderError;
use super::judge::{own, plain_and_own};

/// A new private file (0600), never through a link, never over one that is there.
pub fn new_file(path: &Path) -> Result<File, FolderError> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Exclusive creation never follows a link at the last part.
        options.mode(0o600);
    }
    options
        .open(path)
        .map_err(|error| FolderError::Io(path.to_owned(), error))
}

/// Makes sure that a database can be opened at `path`: creates it empty and private, or checks
/// that what is there is the owner's own file and private. True when it was made just now.
pub fn private_file(path: &Path) -> Result<bool, FolderError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            drop(new_file(path)?);
            Ok(true)
        }
        Err(error) => Err(FolderError::Io(path.to_owned(), error)),
        Ok(found) => {
            plain_and_own(path, &found)?;
            close_one(path, &found)?;
            Ok(false)
        }
    }
}

/// How many levels below the data folder hold files of ours (spaces, outbox).
const LEVELS: usize = 4;

/// Takes the rights of others away from `dir` and what is in it. A link or somebody else's file
/// at the top is refused; deeper ones are left alone and never followed.
pub(super) fn close_to_others(
    dir: &Path,
    level: usize,
    repaired: &mut Vec<PathBuf>,
) -> Result<(), FolderError> {
    let io = |error| FolderError::Io(dir.to_owned(), error);
    let found = fs::symlink_metadata(dir).map_err(io)?;
    if close_one(dir, &found)? {
        repaired.push(dir.to_owned());
    }
    for entry in fs::read_dir(dir).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let Ok(found) = fs::symlink_metadata(&path) else {
            continue; // A journal that ended between listing and looking.
        };
        if found.is_symlink() {
            if level == 0 {
                return Err(FolderError::Link(path));
            }
        } else if found.is_dir() {
            if level < LEVELS {
                close_to_others(&path, level + 1, repaired)?;
            }
        } else {
            own(&path, &found)?;
            if close_one(&path, &found)? {
                repaired.push(path);
            }
        }
    }
    Ok(())
}

/// Takes the rights of group and others away; true when there were any.
#[cfg(unix)]
fn close_one(path: &Path, found: &fs::Metadata) -> Result<bool, FolderError> {
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
    let of_others = found.mode() & 0o077;
    if of_others == 0 || !(found.is_file() || found.is_dir()) {
        return Ok(false);
    }
    let close = || -> io::Result<()> {
        // By descriptor, so that a link put in place meanwhile is not what gets changed.
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        let flags = i32::try_from(flags.bits()).unwrap_or(0);
        let file = File::options().read(true).custom_flags(flags).open(path)?;
        file.set_permissions(fs::Permissions::from_mode(found.mode() & 0o700))
    };
    match close() {
        Ok(()) => Ok(true),
        // Gone meanwhile: nothing is left that others could read.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(FolderError::Io(path.to_owned(), error)),
    }
}

#[cfg(not(unix))]
fn close_one(_path: &Path, _found: &fs::Metadata) -> Result<bool, FolderError> {
    Ok(false)
}
