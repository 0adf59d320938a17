//! Reads of the object database, one reader a thread, with a bounded cache of its own.
//!
//! libgit2 does the reading; hash verification is a process-wide switch that [`super`] sets
//! once. A damaged or missing object is an error that names it, never a panic and never
//! empty content.

use std::rc::Rc;

use git2::{ErrorCode, ObjectType, Odb, Repository};
use rustc_hash::FxHashMap;

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
    fn is_worth_keeping(self) -> bool {
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

/// The bytes kept by one reader; two of them run at a time.
const CACHE_BYTES: usize = 48 << 20;

/// One thread's reader. Not shared: two threads open the repository twice.
pub(super) struct Objects<'repo> {
    odb: Odb<'repo>,
    cache: Cache,
}

impl<'repo> Objects<'repo> {
    /// A reader over `repo`'s object database, alternates included, with an empty cache.
    pub(super) fn new(repo: &'repo Repository) -> Result<Self, ObjectError> {
        Ok(Self {
            odb: repo.odb().map_err(ObjectError::Database)?,
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
        if let Some((found, bytes)) = self.cache.get(oid) {
            return checked(oid, found == kind, kind).map(|()| bytes);
        }
        // Asked first: a small file can unpack to gigabytes.
        let size = self.size(oid, kind)?;
        if size > limit {
            return Err(ObjectError::TooLarge { oid, size, limit });
        }
        let object = self.odb.read(raw(oid)?).map_err(|e| failure(oid, &e))?;
        let bytes = Bytes::from(object.data());
        if kind.is_worth_keeping() {
            self.cache.put(oid, kind, &bytes);
        }
        Ok(bytes)
    }

    /// The content of `oid`, a commit or a tag of at most 32 MiB, and which of them it is;
    /// `None` for a tree or a blob, whatever its size.
    pub(super) fn read_history(&mut self, oid: Oid) -> Result<Option<(Kind, Bytes)>, ObjectError> {
        let header = self.odb.read_header(raw(oid)?);
        let (size, kind) = header.map_err(|e| failure(oid, &e))?;
        let Some(kind @ (Kind::Commit | Kind::Tag)) = Kind::of(kind) else {
            return Ok(None);
        };
        if size > LISTING_BYTES {
            let limit = LISTING_BYTES;
            return Err(ObjectError::TooLarge { oid, size, limit });
        }
        let object = self.odb.read(raw(oid)?).map_err(|e| failure(oid, &e))?;
        Ok(Some((kind, Bytes::from(object.data()))))
    }

    /// The size in bytes of `oid`, which must be a `kind`, without unpacking it.
    pub(super) fn size(&mut self, oid: Oid, kind: Kind) -> Result<usize, ObjectError> {
        if let Some((found, bytes)) = self.cache.get(oid) {
            return checked(oid, found == kind, kind).map(|()| bytes.len());
        }
        let (size, found) = self
            .odb
            .read_header(raw(oid)?)
            .map_err(|e| failure(oid, &e))?;
        checked(oid, Kind::of(found) == Some(kind), kind).map(|()| size)
    }
}

fn checked(oid: Oid, fits: bool, wanted: Kind) -> Result<(), ObjectError> {
    if fits {
        Ok(())
    } else {
        Err(ObjectError::WrongKind { oid, wanted })
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

/// Two generations: when the young one is full it becomes the old one and the old one goes.
/// What is asked for again moves back to the young one.
#[derive(Default)]
struct Cache {
    young: FxHashMap<Oid, (Kind, Bytes)>,
    young_bytes: usize,
    old: FxHashMap<Oid, (Kind, Bytes)>,
}

impl Cache {
    fn get(&mut self, oid: Oid) -> Option<(Kind, Bytes)> {
        if let Some((kind, bytes)) = self.young.get(&oid) {
            return Some((*kind, Rc::clone(bytes)));
        }
        let (kind, bytes) = self.old.remove(&oid)?;
        self.put(oid, kind, &bytes);
        Some((kind, bytes))
    }

    fn put(&mut self, oid: Oid, kind: Kind, bytes: &Bytes) {
        const GENERATION: usize = CACHE_BYTES / 2;
        // The map's own cost, so that a million empty objects do not count as nothing.
        let cost = bytes.len() + 96;
        if cost > GENERATION / 2 {
            return;
        }
        if self.young_bytes + cost > GENERATION {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        if self.young.insert(oid, (kind, Rc::clone(bytes))).is_none() {
            self.young_bytes += cost;
        }
    }
}
