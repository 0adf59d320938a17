//! Which paths a change touches, as numbers to compare; cheap to ask, so that few changes have
//! to be looked at line by line.

use std::hash::Hasher;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::change::Budget;
use super::commits::Commits;
use super::objects::{Kind, Objects};
use super::patch;
use super::tree;
use crate::model::ids::Oid;

/// The paths of a change, hashed, sorted, each once.
pub(super) type Paths = Rc<[u64]>;

/// The most files of a change that is compared with others.
const FILES: u32 = 2_000;

/// How many commits are looked at in one reading, whoever wrote them.
const LOOKS: usize = 2_000;

/// The changes of single commits, each looked at once.
pub(super) struct Shapes {
    /// Entries of the root folder that differ.
    tops: FxHashMap<Oid, Option<Paths>>,
    paths: FxHashMap<Oid, Option<Paths>>,
    identities: FxHashMap<Oid, Option<u64>>,
    left: usize,
}

impl Default for Shapes {
    fn default() -> Self {
        Self {
            tops: FxHashMap::default(),
            paths: FxHashMap::default(),
            identities: FxHashMap::default(),
            left: LOOKS,
        }
    }
}

impl Shapes {
    /// The paths that the commit `oid` changes, if all of them lie in `paths` and their first
    /// parts in `tops`; `None` too once too many commits were looked at.
    pub(super) fn within(
        &mut self,
        commits: &mut Commits<'_, '_, '_>,
        oid: Oid,
        (tops, paths): (&[u64], &[u64]),
    ) -> Option<Paths> {
        if !self.tops.contains_key(&oid) {
            self.left = self.left.checked_sub(1)?;
            let top = trees(commits, oid)
                .and_then(|(before, after)| top_level(commits.objects, before, after));
            self.tops.insert(oid, top);
        }
        let top = self.tops.get(&oid)?.as_ref()?;
        if !is_within(top, tops) {
            return None;
        }
        let found = self.paths.entry(oid).or_insert_with(|| {
            let (before, after) = trees(commits, oid)?;
            between(commits.objects, before, after)
        });
        found.clone().filter(|found| is_within(found, paths))
    }

    /// The patch identity of the commit `oid`; `None` when it changes nothing or cannot be read.
    pub(super) fn identity(&mut self, commits: &mut Commits<'_, '_, '_>, oid: Oid) -> Option<u64> {
        *self.identities.entry(oid).or_insert_with(|| {
            let (before, after) = trees(commits, oid)?;
            identity(commits.objects, before, after)
        })
    }
}

/// The patch identity of the change from one tree to another; `None` when there is none or it
/// cannot be read.
pub(super) fn identity(objects: &mut Objects<'_>, before: Option<Oid>, after: Oid) -> Option<u64> {
    patch::identity(objects, before, after, &Budget::default())
        .ok()
        .flatten()
}

/// The paths that differ between two trees; `None` when they are too many or cannot be read.
pub(super) fn between(objects: &mut Objects<'_>, before: Option<Oid>, after: Oid) -> Option<Paths> {
    let budget = Budget {
        files_changed: FILES,
        ..Budget::default()
    };
    let found = tree::differences(objects, before, after, &budget).ok()?;
    let paths = found.iter().map(|one| hash(one.path.as_bytes()));
    Some(sorted(paths.collect()))
}

/// The first parts of the paths that differ between two trees.
pub(super) fn top_level(
    objects: &mut Objects<'_>,
    before: Option<Oid>,
    after: Oid,
) -> Option<Paths> {
    let after = objects.read(after, Kind::Tree).ok()?;
    let before = before.map(|tree| objects.read(tree, Kind::Tree));
    let before = before.transpose().ok()?;
    let before: FxHashSet<&[u8]> = before.iter().flat_map(|bytes| entries(bytes)).collect();
    let after: FxHashSet<&[u8]> = entries(&after).collect();
    let names = before.symmetric_difference(&after).map(|entry| {
        let name = entry.split(|c| *c == b' ').nth(1).unwrap_or_default();
        hash(name.split(|c| *c == 0).next().unwrap_or_default())
    });
    Some(sorted(names.collect()))
}

/// What any of `all` has.
pub(super) fn union(all: &[Paths]) -> Paths {
    match all {
        [one] => Rc::clone(one),
        _ => sorted(all.iter().flat_map(|one| one.iter().copied()).collect()),
    }
}

/// Whether all of `part`, which is not empty, is in `whole`.
fn is_within(part: &[u64], whole: &[u64]) -> bool {
    let mut whole = whole.iter();
    !part.is_empty() && part.iter().all(|one| whole.any(|other| other == one))
}

/// The trees before and after a commit that has one parent.
fn trees(commits: &mut Commits<'_, '_, '_>, oid: Oid) -> Option<(Option<Oid>, Oid)> {
    let one = commits.get(oid)?;
    let [parent] = one.parents[..] else {
        return None;
    };
    Some((Some(commits.get(parent)?.tree), one.tree))
}

/// `mode name NUL id`, one after the other, as far as they are whole.
fn entries(mut listing: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let end = memchr::memchr(0, listing)? + 21;
        let (entry, rest) = listing.split_at_checked(end)?;
        listing = rest;
        Some(entry)
    })
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

fn sorted(mut all: Vec<u64>) -> Paths {
    all.sort_unstable();
    all.dedup();
    all.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_within_a_whole_and_nothing_is_within_nothing() {
        assert!(is_within(&[2, 5], &[1, 2, 3, 5]) && is_within(&[1], &[1]));
        assert!(!is_within(&[2, 6], &[1, 2, 3, 5]) && !is_within(&[], &[1]));
    }

    #[test]
    fn entries_are_whole_or_not_told() {
        let mut tree = Vec::new();
        for name in ["a", "b c"] {
            tree.extend(format!("100644 {name}\0").bytes());
            tree.extend([b' '; 20]);
        }
        assert_eq!(entries(&tree).count(), 2);
        assert_eq!(entries(&tree[..30]).count(), 1);
        assert_eq!(entries(b"nonsense").count(), 0);
    }
}
