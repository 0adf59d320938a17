//! The data folder: only its owner's, on a local disk, in nobody's cloud.

mod error;
mod judge;
mod private;
mod stay;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::diagnose::place as kind;
use judge::{own, parent_is_safe};
use private::close_to_others;

pub use error::FolderError;
pub use judge::{check_file, check_own_folder, could_be_swapped, open_to_others};
pub use private::{new_file, private_file};
pub(in crate::guard) use stay::given as stays_by_word;
pub use stay::{instead, local_place, stay_here, use_instead};

/// A data folder that is safe to write into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The folder without links in its parents; use this path from here on.
    pub dir: PathBuf,
    /// Whether it was made just now.
    pub created: bool,
    /// What others could read until now and cannot any more; tell the owner.
    pub repaired: Vec<PathBuf>,
}

/// Judges `dir` and changes nothing: the real path when it is there, `None` when it could be
/// made. Errors: what [`prepare`] would refuse.
pub fn check(dir: &Path) -> Result<Option<PathBuf>, FolderError> {
    let Some(parent) = existing_parent(dir) else {
        return Ok(None);
    };
    let dir = judged(dir, &parent)?;
    match fs::symlink_metadata(&dir) {
        Ok(_) => Ok(Some(dir)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FolderError::Io(dir, error)),
    }
}

/// Makes `dir` (0700) or takes what is there, and closes whatever others could read in it.
/// Only the immediate parent is judged; missing folders above are made.
pub fn prepare(dir: &Path) -> Result<Prepared, FolderError> {
    prepare_where(dir, judged)
}

/// [`prepare`], for what `judge` says of the folder and its real parent.
fn prepare_where(
    dir: &Path,
    judge: impl Fn(&Path, &Path) -> Result<PathBuf, FolderError>,
) -> Result<Prepared, FolderError> {
    let parent = parent_of(dir);
    make_folder(&parent, true)?;
    let parent = fs::canonicalize(&parent).map_err(|error| FolderError::Io(parent, error))?;
    let dir = judge(dir, &parent)?;
    let created = !dir.exists();
    if created {
        make_folder(&dir, false)?;
    }
    let mut repaired = Vec::new();
    close_to_others(&dir, 0, &mut repaired)?;
    Ok(Prepared {
        dir,
        created,
        repaired,
    })
}

/// [`prepare`] for a space's folder below the base: both are prepared, the inner one returned.
pub fn prepare_space(base: &Path, dir: &Path) -> Result<Prepared, FolderError> {
    let outer = prepare(base)?;
    let Ok(below) = dir.strip_prefix(base) else {
        return prepare(dir);
    };
    if below.as_os_str().is_empty() {
        return Ok(outer);
    }
    let mut inner = prepare(&outer.dir.join(below))?;
    inner.repaired.splice(0..0, outer.repaired);
    Ok(inner)
}

/// Takes `dir` as it is, or makes it (0700) with the folders above it; its real path. Rights are
/// left as they are, and where it lies is not judged.
pub fn take(dir: &Path) -> Result<PathBuf, FolderError> {
    let parent = parent_of(dir);
    make_folder(&parent, true)?;
    let parent = fs::canonicalize(&parent).map_err(|error| FolderError::Io(parent, error))?;
    let Some(name) = dir.file_name() else {
        return Err(FolderError::Kind(dir.to_owned(), "folder of its own"));
    };
    let dir = parent.join(name);
    if fs::symlink_metadata(&dir).is_err() {
        make_folder(&dir, false)?;
    }
    check_own_folder(&dir)?;
    parent_is_safe(&parent)?;
    Ok(dir)
}

/// The folder above `dir` as written: `a/..` and `.` are left to the system.
fn parent_of(dir: &Path) -> PathBuf {
    match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) => PathBuf::from("."),
        None => dir.to_owned(),
    }
}

fn existing_parent(dir: &Path) -> Option<PathBuf> {
    fs::canonicalize(parent_of(dir)).ok()
}

/// The folder's path below its real parent, after all that can be judged without changing it.
fn judged(dir: &Path, parent: &Path) -> Result<PathBuf, FolderError> {
    let dir = judged_but_where(dir, parent)?;
    let there = if dir.exists() { &dir } else { parent };
    match kind::leaves(there) {
        Some(how) if !stay::given(&dir, &how) => Err(FolderError::Leaves(dir, how)),
        _ => Ok(dir),
    }
}

/// [`judged`], wherever it lies.
fn judged_but_where(dir: &Path, parent: &Path) -> Result<PathBuf, FolderError> {
    let Some(name) = dir.file_name() else {
        return Err(FolderError::Kind(dir.to_owned(), "folder of its own"));
    };
    let dir = parent.join(name);
    match fs::symlink_metadata(&dir) {
        Ok(found) if found.is_symlink() => return Err(FolderError::Link(dir)),
        Ok(found) if !found.is_dir() => return Err(FolderError::Kind(dir, "folder")),
        Ok(found) => own(&dir, &found)?,
        Err(_) => {}
    }
    parent_is_safe(parent)?;
    Ok(dir)
}

/// Brings the names in `dir` to the disk: a new file or folder in it is there after a power loss too.
///
/// # Errors
/// When the system refuses.
pub fn sync(dir: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        // Folders cannot be opened as files there.
        return Ok(());
    }
    match fs::File::open(dir)?.sync_all() {
        // Some file systems know no such thing for folders.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        other => other,
    }
}

fn make_folder(dir: &Path, with_parents: bool) -> Result<(), FolderError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(with_parents);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    match builder.create(dir) {
        // Another one made it meanwhile; it is judged like any that was there.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => check_own_folder(dir),
        Err(error) => Err(FolderError::Io(dir.to_owned(), error)),
        Ok(()) => {
            // One above that may not be read cannot be asked to; the folder is there all the same.
            drop(sync(&parent_of(dir)));
            Ok(())
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
