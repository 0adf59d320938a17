//! Whose a folder or file is, and who else could change or swap it. Nothing here changes anything.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::FolderError;
#[cfg(unix)]
use crate::guard::process::user;

/// Judges what lies at `dir` now: a link, no folder and somebody else's are errors.
pub fn check_own_folder(dir: &Path) -> Result<(), FolderError> {
    match fs::symlink_metadata(dir) {
        Ok(found) if found.is_symlink() => Err(FolderError::Link(dir.to_owned())),
        Ok(found) if !found.is_dir() => Err(FolderError::Kind(dir.to_owned(), "folder")),
        Ok(found) => own(dir, &found),
        Err(error) => Err(FolderError::Io(dir.to_owned(), error)),
    }
}

/// Judges where a dump lies or is to lie, and changes nothing: whether others can look into `dir`;
/// `false` while it is not there. A folder is judged with the one above it, of missing ones the
/// first that is there.
///
/// # Errors
/// Where others could change or swap what lies there.
pub fn open_to_others(dir: &Path) -> Result<bool, FolderError> {
    let Some(there) = dir.ancestors().find(|one| one.exists()) else {
        return Ok(false);
    };
    let real = fs::canonicalize(there).map_err(|e| FolderError::Io(there.to_owned(), e))?;
    if let Some(parent) = real.parent() {
        only_mine_to_change(parent, 0o002)?;
    }
    let mode = only_mine_to_change(&real, 0o022)?;
    Ok(there == dir && mode & 0o055 != 0)
}

/// The mode of a folder that only the owner or the system can change, and no other user by the
/// rights in `open`; one that is sticky, such as `/tmp`, lets others change only what is theirs.
#[cfg(unix)]
fn only_mine_to_change(dir: &Path, open: u32) -> Result<u32, FolderError> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(dir).map_err(|e| FolderError::Io(dir.to_owned(), e))?;
    let (mode, owner) = (found.mode(), found.uid());
    if owner != 0 && user().is_some_and(|me| me != owner) {
        let path = dir.to_owned();
        return Err(FolderError::Others { path, owner });
    }
    if mode & open != 0 && mode & 0o1000 == 0 {
        return Err(FolderError::OpenToOthers(dir.to_owned()));
    }
    Ok(mode)
}

#[cfg(not(unix))]
fn only_mine_to_change(_dir: &Path, _open: u32) -> Result<u32, FolderError> {
    Ok(0)
}

/// Judges the file at `path` and changes nothing: a link, no plain file and somebody else's are
/// errors, nothing there is fine.
pub fn check_file(path: &Path) -> Result<(), FolderError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(FolderError::Io(path.to_owned(), error)),
        Ok(found) => plain_and_own(path, &found),
    }
}

pub(super) fn plain_and_own(path: &Path, found: &fs::Metadata) -> Result<(), FolderError> {
    if found.is_symlink() {
        return Err(FolderError::Link(path.to_owned()));
    }
    if !found.is_file() {
        return Err(FolderError::Kind(path.to_owned(), "file"));
    }
    own(path, found)
}

pub(super) fn parent_is_safe(parent: &Path) -> Result<(), FolderError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let found = fs::metadata(parent).map_err(|e| FolderError::Io(parent.to_owned(), e))?;
        judge_parent(parent, found.uid(), found.mode(), user().unwrap_or(0))?;
    }
    #[cfg(not(unix))]
    let _ = parent;
    Ok(())
}

/// The folders above `dir` and its parent in which somebody else could put another folder in the
/// place of the one below: open to everybody and not sticky, or neither the owner's nor the system's.
/// The parent itself is judged more strictly: there it is refused.
pub fn could_be_swapped(dir: &Path) -> Vec<PathBuf> {
    let there = dir.ancestors().find(|one| one.exists()).unwrap_or(dir);
    let real = fs::canonicalize(there).unwrap_or_else(|_| there.to_owned());
    let above = real.ancestors().skip(2);
    let open = above.filter(|one| {
        let judged = only_mine_to_change(one, 0o002);
        matches!(
            judged,
            Err(FolderError::OpenToOthers(_) | FolderError::Others { .. })
        )
    });
    open.map(Path::to_owned).collect()
}

/// A parent must be the owner's or the system's, and not open to everybody; a sticky one such
/// as `/tmp` is fine, because others cannot swap what is in it.
#[cfg(unix)]
pub(super) fn judge_parent(
    parent: &Path,
    owner: u32,
    mode: u32,
    me: u32,
) -> Result<(), FolderError> {
    let (sticky, open) = (mode & 0o1000 != 0, mode & 0o002 != 0);
    if open && !sticky {
        return Err(FolderError::OpenParent(parent.to_owned()));
    }
    if owner != me && owner != 0 {
        return Err(FolderError::Owner {
            path: parent.to_owned(),
            owner,
        });
    }
    Ok(())
}

#[cfg(unix)]
pub(super) fn own(path: &Path, found: &fs::Metadata) -> Result<(), FolderError> {
    use std::os::unix::fs::MetadataExt;
    if user().is_none_or(|me| me == found.uid()) {
        return Ok(());
    }
    Err(FolderError::Owner {
        path: path.to_owned(),
        owner: found.uid(),
    })
}

#[cfg(not(unix))]
pub(super) fn own(_path: &Path, _found: &fs::Metadata) -> Result<(), FolderError> {
    Ok(())
}
