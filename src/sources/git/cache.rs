//! What one reader of objects keeps: contents by where they were found, bounded in bytes.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::objects::{Bytes, Kind};
use crate::model::ids::Oid;

/// The bytes kept by one reader; two of them run at a time beside a smaller one.
const CACHE_BYTES: usize = 64 << 20;

/// Where an object was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// In a pack of the own reader, by the pack's number and the place in it.
    Packed(u32, u64),
    /// By libgit2.
    Elsewhere(Oid),
}

/// Two generations: when the young one is full it becomes the old one and the old one goes.
/// What is asked for again moves back to the young one.
#[derive(Default)]
pub(super) struct Cache {
    young: FxHashMap<Key, (Kind, Bytes)>,
    young_bytes: usize,
    old: FxHashMap<Key, (Kind, Bytes)>,
}

impl Cache {
    /// The object kept under `key`.
    pub(super) fn get(&mut self, key: Key) -> Option<(Kind, Bytes)> {
        if let Some((kind, bytes)) = self.young.get(&key) {
            return Some((*kind, Rc::clone(bytes)));
        }
        let (kind, bytes) = self.old.remove(&key)?;
        self.put(key, kind, &bytes);
        Some((kind, bytes))
    }

    /// Keeps an object for a while, unless it is very large.
    pub(super) fn put(&mut self, key: Key, kind: Kind, bytes: &Bytes) {
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
        if self.young.insert(key, (kind, Rc::clone(bytes))).is_none() {
            self.young_bytes += cost;
        }
    }
}
