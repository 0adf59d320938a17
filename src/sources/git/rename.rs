//! Which deleted file became which added one, in git's own way.
//!
//! Git's choice is made of three rounds, each over what the earlier ones left: the same
//! content; then the same file name, where only one file of that name went and one came, at
//! 75 % likeness; then every pair at 50 %, best first, each new file proposing its four best.
//! Numstat cannot be matched without making the same choices, ties included.

use rustc_hash::FxHashMap;

use super::change::{ChangeError, Contents};
use super::likeness::{self, MOST, Signature};
use super::tree::{Difference, Entry};
use crate::model::ids::Oid;

/// Likeness needed in the round of every pair: 50 %.
const ALIKE: u64 = MOST / 2;
/// Likeness needed in the round of equal names: 75 %.
const ALIKE_AND_NAMED: u64 = MOST / 4 * 3;
/// More pairs than this (1,000 by 1,000, git's `diff.renameLimit`) and the last round is left out.
const MOST_PAIRS: usize = 1_000_000;
/// How many files of the same content are weighed for one new file.
const IDENTICAL_WEIGHED: usize = 100;
/// Sources a new file proposes in the round of every pair.
const PROPOSED: usize = 4;

/// The renames found among a list of differences, by their places in it.
#[derive(Default)]
pub(super) struct Pairs {
    source_of: FxHashMap<usize, usize>,
    target_of: FxHashMap<usize, usize>,
}

impl Pairs {
    /// Where the deleted side of the added file at `target` stands.
    pub(super) fn source_of(&self, target: usize) -> Option<usize> {
        self.source_of.get(&target).copied()
    }

    /// Whether the deleted file at `source` lives on under another path.
    pub(super) fn is_source(&self, source: usize) -> bool {
        self.target_of.contains_key(&source)
    }

    /// The number of renames.
    pub(super) fn count(&self) -> usize {
        self.source_of.len()
    }

    fn join(&mut self, source: usize, target: usize) {
        self.source_of.insert(target, source);
        self.target_of.insert(source, target);
    }
}

/// One side of a possible rename.
#[derive(Clone, Copy)]
struct Side<'a> {
    at: usize,
    entry: Entry,
    name: &'a [u8],
}

impl<'a> Side<'a> {
    fn new(at: usize, entry: Entry, difference: &'a Difference) -> Self {
        let path = difference.path.as_bytes();
        let name = memchr::memrchr(b'/', path).map_or(path, |slash| &path[slash + 1..]);
        Self { at, entry, name }
    }
}

/// The renames among `found`. Reads file contents only when something came and something went.
pub(super) fn pairs(
    contents: &mut Contents<'_, '_>,
    found: &[Difference],
) -> Result<Pairs, ChangeError> {
    let mut pairs = Pairs::default();
    let mut gone = Vec::new();
    let mut come = Vec::new();
    for (at, difference) in found.iter().enumerate() {
        match (difference.old, difference.new) {
            (Some(entry), None) => gone.push(Side::new(at, entry, difference)),
            (None, Some(entry)) => come.push(Side::new(at, entry, difference)),
            _ => {}
        }
    }
    if gone.is_empty() || come.is_empty() {
        return Ok(pairs);
    }
    same_content(&gone, &come, &mut pairs);
    drop_paired(&mut gone, &mut come, &pairs);
    same_name(contents, &gone, &come, &mut pairs)?;
    drop_paired(&mut gone, &mut come, &pairs);
    if gone.len().saturating_mul(come.len()) <= MOST_PAIRS {
        most_alike(contents, &gone, &come, &mut pairs)?;
    }
    Ok(pairs)
}

fn drop_paired(gone: &mut Vec<Side<'_>>, come: &mut Vec<Side<'_>>, pairs: &Pairs) {
    gone.retain(|side| !pairs.is_source(side.at));
    come.retain(|side| pairs.source_of(side.at).is_none());
}

/// Round one. Among several files of one content the same file name wins, else the first.
fn same_content(gone: &[Side<'_>], come: &[Side<'_>], pairs: &mut Pairs) {
    let mut by_content: FxHashMap<Oid, Vec<usize>> = FxHashMap::default();
    for (at, side) in gone.iter().enumerate() {
        by_content.entry(side.entry.oid).or_default().push(at);
    }
    for target in come {
        let Some(left) = by_content.get_mut(&target.entry.oid) else {
            continue;
        };
        let fits = |source: &Side<'_>| {
            let (a, b) = (source.entry.mode, target.entry.mode);
            a == b || (a.is_regular() && b.is_regular())
        };
        let weighed = || {
            left.iter()
                .enumerate()
                .map(|(slot, at)| (slot, &gone[*at]))
                .filter(|(_, source)| fits(source))
                .take(IDENTICAL_WEIGHED)
        };
        let chosen = weighed()
            .find(|(_, source)| source.name == target.name)
            .or_else(|| weighed().next());
        if let Some((slot, source)) = chosen {
            pairs.join(source.at, target.at);
            left.remove(slot);
        }
    }
}

/// Round two: a name that went once and came once.
fn same_name(
    contents: &mut Contents<'_, '_>,
    gone: &[Side<'_>],
    come: &[Side<'_>],
    pairs: &mut Pairs,
) -> Result<(), ChangeError> {
    let targets = only_ones(come);
    for (name, source) in only_ones(gone) {
        let (Some(source), Some(Some(target))) = (source, targets.get(name)) else {
            continue;
        };
        let (mut a, mut b) = (
            Candidate::new(contents, source)?,
            Candidate::new(contents, target)?,
        );
        if likeness_of(contents, &mut a, &mut b, ALIKE_AND_NAMED)? >= ALIKE_AND_NAMED {
            pairs.join(source.at, target.at);
        }
    }
    Ok(())
}

/// Sides by name; `None` for a name that stands more than once.
fn only_ones<'a, 'p>(sides: &'a [Side<'p>]) -> FxHashMap<&'p [u8], Option<&'a Side<'p>>> {
    let mut names = FxHashMap::default();
    for side in sides {
        names
            .entry(side.name)
            .and_modify(|one| *one = None)
            .or_insert(Some(side));
    }
    names
}

/// A file to be weighed by content.
struct Candidate<'a, 'p> {
    side: &'a Side<'p>,
    /// Bytes; `None` for links and submodules, which are never alike without being equal.
    size: Option<usize>,
    signature: Option<Signature>,
}

impl<'a, 'p> Candidate<'a, 'p> {
    fn new(contents: &mut Contents<'_, '_>, side: &'a Side<'p>) -> Result<Self, ChangeError> {
        let entry = side.entry;
        let regular = entry.mode.is_regular();
        Ok(Self {
            side,
            size: regular.then(|| contents.size(entry)).transpose()?,
            signature: None,
        })
    }

    fn all(
        contents: &mut Contents<'_, '_>,
        sides: &'a [Side<'p>],
    ) -> Result<Vec<Self>, ChangeError> {
        let one = |side| Self::new(contents, side);
        sides.iter().map(one).collect()
    }

    fn signature(&mut self, contents: &mut Contents<'_, '_>) -> Result<&Signature, ChangeError> {
        if self.signature.is_none() {
            self.signature = Some(Signature::of(&contents.read(self.side.entry)?));
        }
        Ok(self.signature.get_or_insert_default())
    }
}

/// How alike two files are, 0 when their sizes or kinds already say less than `needed`.
fn likeness_of(
    contents: &mut Contents<'_, '_>,
    source: &mut Candidate<'_, '_>,
    target: &mut Candidate<'_, '_>,
    needed: u64,
) -> Result<u64, ChangeError> {
    match (source.size, target.size) {
        (Some(a), Some(b)) if likeness::may_reach(a, b, needed) => Ok(likeness::score(
            source.signature(contents)?,
            target.signature(contents)?,
        )),
        _ => Ok(0),
    }
}

/// A pair and how alike it is; a greater key is better.
#[derive(Clone, Copy)]
struct Proposal {
    key: (u64, bool),
    source: usize,
    target: usize,
}

/// Round three: every pair, the best proposals first.
fn most_alike(
    contents: &mut Contents<'_, '_>,
    gone: &[Side<'_>],
    come: &[Side<'_>],
    pairs: &mut Pairs,
) -> Result<(), ChangeError> {
    let mut sources = Candidate::all(contents, gone)?;
    let mut proposals = Vec::new();
    for target in &mut Candidate::all(contents, come)? {
        let mut best: Vec<Proposal> = Vec::with_capacity(PROPOSED);
        for source in &mut sources {
            // Those below the mark take part too: they hold places that decide between equals.
            let score = likeness_of(contents, source, target, ALIKE)?;
            let key = (score, source.side.name == target.side.name);
            let (source, target) = (source.side.at, target.side.at);
            keep_best(
                &mut best,
                Proposal {
                    key,
                    source,
                    target,
                },
            );
        }
        proposals.extend(best.into_iter().filter(|one| one.key.0 >= ALIKE));
        target.signature = None;
    }
    // Stable: equal proposals stay in the order of their targets.
    proposals.sort_by_key(|proposal| std::cmp::Reverse(proposal.key));
    for Proposal { source, target, .. } in proposals {
        if !pairs.is_source(source) && pairs.source_of(target).is_none() {
            pairs.join(source, target);
        }
    }
    Ok(())
}

/// Puts `new` among the best, in the place of the worst if it is better than that one.
fn keep_best(best: &mut Vec<Proposal>, new: Proposal) {
    if best.len() < PROPOSED {
        best.push(new);
        return;
    }
    // `min_by_key` gives the first of equals.
    let worst = best.iter_mut().min_by_key(|one| one.key);
    if let Some(worst) = worst.filter(|worst| worst.key < new.key) {
        *worst = new;
    }
}
