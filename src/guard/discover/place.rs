//! One path to one repository with every folder that git would read for it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::guard::plain::{self, shown};
use crate::guard::process::user;
use crate::model::place::Place;

use super::alternates::alternates;

/// Why a path is no repository that can be read.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Nothing there.
    #[error("{} does not exist: check the path", shown(.0))]
    Missing(PathBuf),
    /// Something else there.
    #[error("{} is not a git repository: name one, or a folder that holds some", shown(.0))]
    NotARepository(PathBuf),
    /// A `.git` file or a work tree whose repository is gone.
    #[error("{} points to {}, which is no git folder: run git worktree repair or git submodule update there", shown(.file), shown(.target))]
    Dangling {
        /// The file that points.
        file: PathBuf,
        /// Where it points.
        target: PathBuf,
    },
    /// Somebody else's.
    #[error(
        "{} belongs to {}, not to you: if you trust it, run inward trust {}",
        shown(.path), owner_words(*.owner), shown(.path)
    )]
    ForeignOwner {
        /// What is not yours.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
    },
    /// The system refused.
    #[error("{} cannot be read: {}; check its permissions", shown(.0), .1)]
    Io(PathBuf, #[source] io::Error),
}

fn owner_words(owner: u32) -> String {
    if owner == 0 {
        "the administrator".to_owned()
    } else {
        format!("user {owner}")
    }
}

/// The repository at exactly `path`: a work tree, a `.git` folder or file, or a bare repository.
/// Somebody else's repository is an error.
pub fn place_at(path: &Path) -> Result<Place, PlaceError> {
    locate(path, false)
}

/// [`place_at`] for a repository that the owner trusts whoever it belongs to.
pub fn trusted_place_at(path: &Path) -> Result<Place, PlaceError> {
    locate(path, true)
}

/// The repository that `cwd` lies in, looking upwards; `None` when there is none.
pub fn enclosing(cwd: &Path) -> Option<Result<Place, PlaceError>> {
    let cwd = fs::canonicalize(cwd).ok()?;
    cwd.ancestors()
        .find(|folder| holds_repository(folder))
        .map(place_at)
}

/// Whether git would stop its search here. An empty `.git` folder does not stop it; one that may
/// not be looked into does, so that it is named and not passed over.
pub(super) fn holds_repository(folder: &Path) -> bool {
    let dot = folder.join(".git");
    dot.is_file()
        || git_folders(&dot).is_some()
        || git_folders(folder).is_some()
        || (dot.is_dir() && is_closed(&dot.join("HEAD")))
}

fn is_closed(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
}

fn locate(path: &Path, trusted: bool) -> Result<Place, PlaceError> {
    let path = fs::canonicalize(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => PlaceError::Missing(path.to_owned()),
        _ => PlaceError::Io(path.to_owned(), error),
    })?;
    // Given the `.git` file itself: its work tree is meant.
    let path = match path.parent() {
        Some(tree) if path.is_file() && path.ends_with(".git") => tree.to_owned(),
        _ => path,
    };
    let dot = path.join(".git");
    let (tree, git_dir, common_dir) = if dot.is_file() {
        let (git_dir, common_dir) = pointed_to(&dot)?;
        (path, git_dir, common_dir)
    } else if let Some((git_dir, common_dir)) = git_folders(&dot) {
        (path, git_dir, common_dir)
    } else if let Some((git_dir, common_dir)) = git_folders(&path) {
        (tree_of(&git_dir, &common_dir), git_dir, common_dir)
    } else {
        return Err(unreadable(&path, &dot).unwrap_or(PlaceError::NotARepository(path)));
    };
    if !trusted {
        for folder in [&tree, &git_dir, &common_dir] {
            owned(folder, &tree)?;
        }
    }
    Ok(Place {
        alternates: alternates(&common_dir.join("objects")),
        path: tree,
        git_dir,
        common_dir,
        trusted,
    })
}

/// The real git folder and common folder when `dir` is one.
fn git_folders(dir: &Path) -> Option<(PathBuf, PathBuf)> {
    // HEAD may be a link in old repositories, to a branch that does not exist yet.
    fs::symlink_metadata(dir.join("HEAD")).ok()?;
    let dir = fs::canonicalize(dir).ok()?;
    let common = match plain::read(&dir.join("commondir"), 4096) {
        Ok(bytes) => fs::canonicalize(dir.join(plain::path_in(&bytes))).ok()?,
        Err(_) => dir.clone(),
    };
    let whole = common.join("objects").is_dir() && common.join("refs").is_dir();
    whole.then_some((dir, common))
}

/// Where the `.git` file of a work tree or submodule points.
fn pointed_to(file: &Path) -> Result<(PathBuf, PathBuf), PlaceError> {
    let bytes = plain::read(file, 4096).map_err(|e| PlaceError::Io(file.to_owned(), e))?;
    let folder = file.parent().unwrap_or(file);
    let Some(target) = bytes.strip_prefix(b"gitdir:") else {
        return Err(PlaceError::NotARepository(folder.to_owned()));
    };
    let target = folder.join(plain::path_in(target.trim_ascii_start()));
    git_folders(&target).ok_or_else(|| PlaceError::Dangling {
        file: file.to_owned(),
        target,
    })
}

/// What the owner calls a repository that was named by its git folder.
fn tree_of(git_dir: &Path, common_dir: &Path) -> PathBuf {
    if git_dir != common_dir {
        // A linked work tree's folder names the work tree's `.git` file.
        let named = plain::read(&git_dir.join("gitdir"), 4096).ok();
        let tree = named.and_then(|bytes| {
            let file = git_dir.join(plain::path_in(&bytes));
            fs::canonicalize(file.parent()?).ok()
        });
        if let Some(tree) = tree {
            return tree;
        }
    }
    match git_dir.parent() {
        Some(tree) if git_dir.ends_with(".git") => tree.to_owned(),
        _ => git_dir.to_owned(),
    }
}

/// The reason why a `.git` that is there cannot be looked into.
fn unreadable(path: &Path, dot: &Path) -> Option<PlaceError> {
    let denied = |error: &io::Error| error.kind() == io::ErrorKind::PermissionDenied;
    for folder in [path, dot] {
        match fs::read_dir(folder) {
            Err(error) if denied(&error) => return Some(PlaceError::Io(folder.to_owned(), error)),
            _ => {}
        }
    }
    None
}

#[cfg(unix)]
fn owned(folder: &Path, tree: &Path) -> Result<(), PlaceError> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(folder).map_err(|e| PlaceError::Io(folder.to_owned(), e))?;
    foreign(tree, found.uid(), user())
}

#[cfg(not(unix))]
fn owned(_folder: &Path, tree: &Path) -> Result<(), PlaceError> {
    foreign(tree, 0, user())
}

/// Refuses another user's; systems without user numbers know none.
fn foreign(tree: &Path, owner: u32, me: Option<u32>) -> Result<(), PlaceError> {
    match me {
        Some(me) if me != owner => Err(PlaceError::ForeignOwner {
            path: tree.to_owned(),
            owner,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "place_tests.rs"]
pub(super) mod tests;
