//! Reads of a repository's objects, one reader a thread, with a bounded cache of its own.
//!
//! The own pack reader is asked first; what it does not know, libgit2 is asked for (its hash
//! verification is a process-wide switch that [`super`] sets once). An object that a pack holds
//! damaged is not asked for again: libgit2 would read the same bytes with fewer bounds. A
//! damaged or missing object is an error that names it, never a panic and never empty content.

use std::path::PathBuf;
use std::rc::Rc;

use git2::{ErrorCode, ObjectType, Odb, Repository};

use super::cache::{Cache, Key};
use super::pack::{Fault, Found, Packs, Shelf};
use crate::model::ids::Oid;

/// An object's content, shared between the cache and its users.
pub(super) type Bytes = Rc<[u8]>;

/// The four kinds of object git knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A commit.
    Commit,
    /// A folder's listing.
    Tree,
    /// A file's content, or a symbolic link's target.
    Blob,
    /// An annotated tag.
    Tag,
}

impl Kind {
    fn of(kind: ObjectType) -> Option<Self> {
        match kind {
            ObjectType::Commit => Some(Self::Commit),
            ObjectType::Tree => Some(Self::Tree),
            ObjectType::Blob => Some(Self::Blob),
            ObjectType::Tag => Some(Self::Tag),
            ObjectType::Any => None,
        }
    }

    /// Commits and tags are read once; only what neighbouring commits share is kept.
    pub(super) fn is_worth_keeping(self) -> bool {
        matches!(self, Self::Tree | Self::Blob)
    }
}

/// Why an object could not be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum ObjectError {
    /// The database as a whole cannot be used.
    #[error("the object database cannot be opened: {0}")]
    Database(git2::Error),
    /// No such object: a shallow or partial clone, or a damaged repository.
    #[error("object {0} is missing (a shallow or partial clone, or a damaged one: try `git fsck`)")]
    Missing(Oid),
    /// The object is there and cannot be read as what it should be.
    #[error("object {0} is damaged: {1} (try `git fsck`)")]
    Damaged(Oid, String),
    /// The object is of another kind than its user says.
    #[error("object {oid} is not a {wanted:?} (try `git fsck`)")]
    WrongKind {
        /// The object.
        oid: Oid,
        /// The kind that was asked for.
        wanted: Kind,
    },
    /// The object is larger than what is read into memory.
    #[error("object {oid} has {size} bytes, more than the {limit} that are read")]
    TooLarge {
        /// The object.
        oid: Oid,
        /// Its size in bytes.
        size: usize,
        /// The most bytes that were allowed.
        limit: usize,
    },
}

/// The most bytes of a commit, a tag or a tree that are read. A tree this large holds more
/// entries than the budget of a commit allows to visit.
const LISTING_BYTES: usize = 32 << 20;

/// Where a reader finds objects.
pub(super) struct Source<'repo> {
    /// libgit2's view of all of them.
    pub(super) repo: &'repo Repository,
    /// The object folders whose packs are read directly, the repository's own first.
    pub(super) folders: Vec<PathBuf>,
    /// The packs that other threads have opened.
    pub(super) shelf: Shelf,
}

/// One thread's reader. Not shared: two threads open the repository twice.
pub(super) struct Objects<'repo> {
    packs: Packs,
    odb: Odb<'repo>,
    cache: Cache,
}

impl<'repo> Objects<'repo> {
    /// A reader over the objects of `source`, alternates included, with an empty cache.
    pub(super) fn new(source: impl Into<Source<'repo>>) -> Result<Self, ObjectError> {
        let source = source.into();
        Ok(Self {
            packs: Packs::new(&source.folders, source.shelf),
            odb: source.repo.odb().map_err(ObjectError::Database)?,
            cache: Cache::default(),
        })
    }

    /// The content of `oid`, which must be a `kind` of at most 32 MiB.
    pub(super) fn read(&mut self, oid: Oid, kind: Kind) -> Result<Bytes, ObjectError> {
        self.read_up_to(oid, kind, LISTING_BYTES)
    }

    /// The content of `oid`, which must be a `kind` of at most `limit` bytes.
    pub(super) fn read_up_to(
        &mut self,
        oid: Oid,
        kind: Kind,
        limit: usize,
    ) -> Result<Bytes, ObjectError> {
        match self.find(oid, |found| found == kind, limit)? {
            Found::Content(_, bytes) => Ok(bytes),
            Found::Other => Err(ObjectError::WrongKind { oid, wanted: kind }),
        }
    }

    /// The content of `oid`, a commit or a tag of at most 32 MiB, and which of them it is;
    /// `None` for a tree or a blob, whatever its size.
    pub(super) fn read_history(&mut self, oid: Oid) -> Result<Option<(Kind, Bytes)>, ObjectError> {
        let wanted = |kind| matches!(kind, Kind::Commit | Kind::Tag);
        match self.find(oid, wanted, LISTING_BYTES)? {
            Found::Content(kind, bytes) => Ok(Some((kind, bytes))),
            Found::Other => Ok(None),
        }
    }

    /// The size in bytes of `oid`, which must be a `kind`, without unpacking it.
    pub(super) fn size(&mut self, oid: Oid, kind: Kind) -> Result<usize, ObjectError> {
        let (found, size) = match self.packs.about(&mut self.cache, oid) {
            Some(about) => about.map_err(|fault| faulty(oid, fault))?,
            None => match self.cache.get(Key::Elsewhere(oid)) {
                Some((found, bytes)) => (found, bytes.len()),
                None => self.header(oid)?,
            },
        };
        if found == kind {
            Ok(size)
        } else {
            Err(ObjectError::WrongKind { oid, wanted: kind })
        }
    }

    fn find(
        &mut self,
        oid: Oid,
        wanted: impl Fn(Kind) -> bool,
        limit: usize,
    ) -> Result<Found, ObjectError> {
        match self.packs.read(&mut self.cache, oid, &wanted, limit) {
            Some(found) => found.map_err(|fault| faulty(oid, fault)),
            None => self.find_elsewhere(oid, wanted, limit),
        }
    }

    /// An object that no pack known here holds.
    fn find_elsewhere(
        &mut self,
        oid: Oid,
        wanted: impl Fn(Kind) -> bool,
        limit: usize,
    ) -> Result<Found, ObjectError> {
        let key = Key::Elsewhere(oid);
        if let Some((kind, bytes)) = self.cache.get(key) {
            return Ok(if wanted(kind) {
                Found::Content(kind, bytes)
            } else {
                Found::Other
            });
        }
        // Asked first: a small file can unpack to gigabytes.
        let (kind, size) = self.header(oid)?;
        if !wanted(kind) {
            return Ok(Found::Other);
        }
        if size > limit {
            return Err(ObjectError::TooLarge { oid, size, limit });
        }
        let object = self.odb.read(raw(oid)?).map_err(|e| failure(oid, &e))?;
        let bytes = Bytes::from(object.data());
        if kind.is_worth_keeping() {
            self.cache.put(key, kind, &bytes);
        }
        Ok(Found::Content(kind, bytes))
    }

    /// What libgit2 says about `oid`: its kind and its size in bytes.
    fn header(&self, oid: Oid) -> Result<(Kind, usize), ObjectError> {
        let header = self.odb.read_header(raw(oid)?);
        let (size, kind) = header.map_err(|e| failure(oid, &e))?;
        let kind = Kind::of(kind)
            .ok_or_else(|| ObjectError::Damaged(oid, "it is of no kind".to_owned()))?;
        Ok((kind, size))
    }
}

fn raw(oid: Oid) -> Result<git2::Oid, ObjectError> {
    git2::Oid::from_bytes(&oid.0).map_err(|e| failure(oid, &e))
}

fn failure(oid: Oid, error: &git2::Error) -> ObjectError {
    match error.code() {
        ErrorCode::NotFound => ObjectError::Missing(oid),
        _ => ObjectError::Damaged(oid, error.message().to_owned()),
    }
}

fn faulty(oid: Oid, fault: Fault) -> ObjectError {
    match fault {
        Fault::Damaged(what) => ObjectError::Damaged(oid, format!("its pack has {what}")),
        Fault::TooLarge { size, limit } => ObjectError::TooLarge { oid, size, limit },
    }
}

#[cfg(test)]
impl<'repo> From<&'repo Repository> for Source<'repo> {
    fn from(repo: &'repo Repository) -> Self {
        let folders = vec![repo.commondir().join("objects")];
        Self {
            repo,
            folders,
            shelf: Shelf::default(),
        }
    }
}
