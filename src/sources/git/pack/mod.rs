//! Git's packs read directly: index and pack mapped, one inflate an object, delta bases kept.
//!
//! It knows packs with an index of version 2 and SHA-1 ids, which is what git writes. What it
//! does not know it does not find, and libgit2 is asked: loose objects, older indexes, packs
//! that contradict their index. Nothing in a pack is believed: every place is looked at for
//! being inside, every size for being possible and within bounds before a byte is allocated,
//! and every stream has its checksum.

mod delta;
mod entry;
mod index;
mod inflate;
mod list;
mod map;
mod unpack;

use std::path::PathBuf;

use super::cache::Cache;
use super::objects::{Bytes, Kind};
use crate::model::ids::Oid;
use list::List;
pub(super) use list::Shelf;
use unpack::Unpack;

/// `PACK`, a version and a count stand before the first object.
const HEADER: usize = 12;

/// The most bytes of anything that is unpacked on the way to an object: twice the largest
/// object that is handed out, because a base may be larger than what is made of it.
const MOST_BYTES: usize = 64 << 20;

/// Why an object that a pack holds could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The pack is broken there.
    Damaged(&'static str),
    /// The object, or one it builds on, is larger than what is read.
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The most bytes that were allowed.
        limit: usize,
    },
}

/// What was found under an id.
#[derive(Debug)]
pub(super) enum Found {
    /// An object of a kind that was asked for.
    Content(Kind, Bytes),
    /// One of another kind, which was not unpacked.
    Other,
}

/// All packs of a repository, for one thread.
pub(super) struct Packs {
    list: List,
    unpack: Unpack,
}

impl Packs {
    /// The packs in the object folders `folders`, those first that stand first. What cannot be
    /// listed or opened is left to libgit2.
    pub(super) fn new(folders: &[PathBuf], shelf: Shelf) -> Self {
        Self {
            list: List::new(folders, shelf),
            unpack: Unpack::new(),
        }
    }

    /// The object `oid` if it is of a kind that is `wanted` and has at most `limit` bytes;
    /// `None` when no pack holds it.
    pub(super) fn read(
        &mut self,
        cache: &mut Cache,
        oid: Oid,
        wanted: impl Fn(Kind) -> bool,
        limit: usize,
    ) -> Option<Result<Found, Fault>> {
        let unpack = &mut self.unpack;
        self.list.first(oid, |pack, offset| {
            let kind = unpack.kind(cache, pack, offset)?;
            if !wanted(kind) {
                return Ok(Found::Other);
            }
            let bytes = unpack.content(cache, pack, limit)?;
            Ok(Found::Content(kind, bytes))
        })
    }

    /// Kind and size in bytes of `oid`, without making its content; `None` when no pack holds
    /// it.
    pub(super) fn about(
        &mut self,
        cache: &mut Cache,
        oid: Oid,
    ) -> Option<Result<(Kind, usize), Fault>> {
        let unpack = &mut self.unpack;
        self.list.first(oid, |pack, offset| {
            let kind = unpack.kind(cache, pack, offset)?;
            Ok((kind, unpack.size(pack)?))
        })
    }
}

/// `size` zero bytes that nobody else holds, in one allocation.
fn zeroes(size: usize) -> Bytes {
    std::iter::repeat_n(0, size).collect()
}

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod made_tests;
#[cfg(test)]
mod tests;
