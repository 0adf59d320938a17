//! Opens a repository for reading its objects, after checking that it may be read.
//!
//! The pack reader and libgit2 get the object folders and nothing else: libgit2 never searches
//! for a repository, never sees a `config`, and so has no hook, filter, helper or include to
//! think about.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Odb, Repository};

use super::error::{GitError, shown};
use super::files::is_absent;
use super::objects::Source;
use super::pack::Shelf;
use super::settings::{self, Settings};
use crate::model::place::Place;

/// What the repository says about itself, once it is sure that it is one, is the owner's (or
/// trusted by the owner), and is in a format that can be read.
pub(super) fn check(place: &Place) -> Result<Settings, GitError> {
    // A symbolic link as HEAD is the oldest form there is, and dangles while a branch is unborn.
    exists(place, &place.git_dir.join("HEAD"))?;
    exists(place, &place.common_dir.join("objects"))?;
    if !place.trusted {
        for folder in [&place.git_dir, &place.common_dir] {
            if is_foreign(folder).map_err(|e| GitError::unreadable(&place.path, "its owner", e))? {
                return Err(GitError::Foreign(shown(&place.path)));
            }
        }
    }
    std::fs::read_dir(place.common_dir.join("objects"))
        .map_err(|e| GitError::unreadable(&place.path, "objects", e))?;
    settings::read(place)
}

fn exists(place: &Place, path: &Path) -> Result<(), GitError> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(()),
        Err(error) if is_absent(&error) => Err(GitError::NotARepository(shown(&place.path))),
        Err(error) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Err(GitError::unreadable(&place.path, &name, error))
        }
    }
}

/// Whether `folder` belongs to another user than the one this process runs as.
#[cfg(unix)]
fn is_foreign(folder: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let owner = std::fs::metadata(folder)?.uid();
    Ok(owner != rustix::process::geteuid().as_raw())
}

/// Whether `folder` belongs to another user; libgit2 knows how Windows keeps owners.
#[cfg(not(unix))]
fn is_foreign(folder: &Path) -> std::io::Result<bool> {
    use git2::RepositoryOpenFlags as Flags;
    let flags = Flags::NO_SEARCH | Flags::NO_DOTGIT | Flags::BARE;
    let opened = Repository::open_ext(folder, flags, &[] as &[&std::ffi::OsStr]);
    Ok(opened.is_err_and(|error| error.code() == ErrorCode::Owner))
}

/// A repository's objects: libgit2's view of them, and the folders that hold them.
pub(super) struct Database {
    repo: Repository,
    folders: Vec<PathBuf>,
    shelf: Shelf,
}

impl<'repo> From<&'repo Database> for Source<'repo> {
    fn from(database: &'repo Database) -> Self {
        Self {
            repo: &database.repo,
            folders: database.folders.clone(),
            shelf: database.shelf.clone(),
        }
    }
}

impl Database {
    /// What another thread needs to share the packs that are open.
    pub(super) fn shelf(&self) -> Shelf {
        self.shelf.clone()
    }
}

/// The repository's objects, alternates included.
pub(super) fn objects(place: &Place) -> Result<Database, GitError> {
    objects_beside(place, Shelf::default())
}

/// Likewise for another thread, with the packs on `shelf`: libgit2's view of a repository cannot
/// be shared, a pack can.
pub(super) fn objects_beside(place: &Place, shelf: Shelf) -> Result<Database, GitError> {
    let refused = |error: &git2::Error| {
        let reason = std::io::Error::other(error.message().to_owned());
        match error.code() {
            ErrorCode::NotFound => GitError::NotARepository(shown(&place.path)),
            _ => GitError::unreadable(&place.path, "objects", reason),
        }
    };
    let folder = place.common_dir.join("objects");
    let odb = Odb::new().map_err(|e| refused(&e))?;
    let Some(text) = folder.to_str() else {
        let reason = std::io::Error::other("its path is not UTF-8");
        return Err(GitError::unreadable(&place.path, "objects", reason));
    };
    odb.add_disk_alternate(text).map_err(|e| refused(&e))?;
    let repo = Repository::from_odb(odb).map_err(|e| refused(&e))?;
    let mut folders = vec![folder];
    folders.extend(place.alternates.iter().cloned());
    Ok(Database {
        repo,
        folders,
        shelf,
    })
}
