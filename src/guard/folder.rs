//! The data folder: only its owner's, on a local disk, in nobody's cloud.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::diagnose::place as kind;
use super::plain::shown;
use super::process::user;

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

/// Why a folder is refused (exit code 5), or could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A link could point anywhere.
    #[error("{} is a symbolic link: name the real folder, or remove the link", shown(.0))]
    Link(PathBuf),
    /// Not what it should be.
    #[error("{} is not a {}: move it away, or name another data folder", shown(.0), .1)]
    Kind(PathBuf, &'static str),
    /// Somebody else's.
    #[error("{} belongs to user {owner}, not to you: name another data folder with --data-dir", shown(.path))]
    Owner {
        /// What is not yours.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
    },
    /// Anybody could swap the folder.
    #[error(
        "everybody may write into {}: run chmod o-w on it, or name another data folder with --data-dir", shown(.0)
    )]
    OpenParent(PathBuf),
    /// Others could change what lies there.
    #[error(
        "others may write into {}: run chmod go-w on it, or use a folder that is yours only", shown(.0)
    )]
    OpenToOthers(PathBuf),
    /// Its owner could change what lies there.
    #[error("{} belongs to user {owner}, who can change what lies in it: use a folder that is yours", shown(.path))]
    Others {
        /// What is not yours.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
    },
    /// The data would leave this machine.
    #[error(
        "{} lies in {}: what is kept there would leave this machine. Name a local folder with --data-dir", shown(.0), .1
    )]
    Leaves(PathBuf, String),
    /// The system refused.
    #[error("{}: {}; make it yours to write, or name another folder with --data-dir", shown(.0), .1)]
    Io(PathBuf, #[source] io::Error),
}

impl FolderError {
    /// Whether the place is unsafe (exit code 5) and not merely unreachable (1).
    pub fn unsafe_place(&self) -> bool {
        !matches!(self, Self::Io(..))
    }
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
    let parent = parent_of(dir);
    make_folder(&parent, true)?;
    let parent = fs::canonicalize(&parent).map_err(|error| FolderError::Io(parent, error))?;
    let dir = judged(dir, &parent)?;
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

/// Judges the file at `path` and changes nothing: a link, no plain file and somebody else's are
/// errors, nothing there is fine.
pub fn check_file(path: &Path) -> Result<(), FolderError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(FolderError::Io(path.to_owned(), error)),
        Ok(found) => plain_and_own(path, &found),
    }
}

fn plain_and_own(path: &Path, found: &fs::Metadata) -> Result<(), FolderError> {
    if found.is_symlink() {
        return Err(FolderError::Link(path.to_owned()));
    }
    if !found.is_file() {
        return Err(FolderError::Kind(path.to_owned(), "file"));
    }
    own(path, found)
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
    let there = if dir.exists() { &dir } else { parent };
    match kind::leaves(there) {
        Some(how) => Err(FolderError::Leaves(dir, how)),
        None => Ok(dir),
    }
}

fn parent_is_safe(parent: &Path) -> Result<(), FolderError> {
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

/// A parent must be the owner's or the system's, and not open to everybody; a sticky one such
/// as `/tmp` is fine, because others cannot swap what is in it.
#[cfg(unix)]
fn judge_parent(parent: &Path, owner: u32, mode: u32, me: u32) -> Result<(), FolderError> {
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
fn own(path: &Path, found: &fs::Metadata) -> Result<(), FolderError> {
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
fn own(_path: &Path, _found: &fs::Metadata) -> Result<(), FolderError> {
    Ok(())
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
        made => made.map_err(|error| FolderError::Io(dir.to_owned(), error)),
    }
}

/// How many levels below the data folder hold files of ours (spaces, outbox).
const LEVELS: usize = 4;

/// Takes the rights of others away from `dir` and what is in it. A link or somebody else's file
/// at the top is refused; deeper ones are left alone and never followed.
fn close_to_others(
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

#[cfg(test)]
#[cfg(unix)]
#[path = "folder_tests.rs"]
mod tests;
