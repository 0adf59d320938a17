//! How many changes everybody made in some windows: counted to weigh a share, in memory only.
//!
//! What leaves here is numbers without names. A person is known by two keyed hashes while the walk
//! lasts, of the address and of the name that the mailmap gives; the key is made anew for every count
//! and kept nowhere.

use std::collections::BinaryHeap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::ahead::tagged;
use super::bots;
use super::cut;
use super::encoding;
use super::error::{GitError, shown};
use super::mailmap::Mailmap;
use super::objects::{Kind, Objects};
use super::open;
use super::parse::{Commit, Ident};
use super::read::{head, reader};
use super::refs;
use crate::model::ids::Oid;
use crate::model::period::Range;
use crate::model::place::Place;
use crate::model::population::Population;

/// A commit is looked behind when it was committed up to so many seconds before the first window: 30
/// days, for clocks that are wrong and for parents younger than their children.
const SLACK: i64 = 30 * 86_400;
/// So many older commits in a row end a walk: one wrong clock does not.
const OLD_IN_A_ROW: u32 = 1_000;
/// Between two looks at the stop flag.
const LOOK_EVERY: u32 = 512;

/// A person in a walk: keyed hashes of address and name, where there is one.
type Key = (Option<u64>, Option<u64>);

/// How many changes everybody made in `windows`, over the clones at `places`; and which of these could
/// not be read. Nothing of it may be stored.
pub fn count_everybody(
    places: &[&Place],
    windows: Vec<Range>,
    stop: &AtomicBool,
) -> (Population, Vec<String>) {
    let mut counter = Counter::new(windows);
    let read = |place: &&Place| counter.read(place, stop).err().map(|why| why.to_string());
    let problems = places.iter().filter_map(read).collect();
    (counter.finish(), problems)
}

/// Counts people over the clones it is shown, one after the other.
pub struct Counter {
    windows: Vec<Range>,
    key: RandomState,
    /// Commits met in an earlier clone: forks hold the same ones.
    seen: FxHashSet<Oid>,
    counts: FxHashMap<Key, Vec<u32>>,
}

impl Counter {
    /// A count over `windows`, of nobody yet.
    pub fn new(windows: Vec<Range>) -> Self {
        Self {
            windows,
            key: RandomState::new(),
            seen: FxHashSet::default(),
            counts: FxHashMap::default(),
        }
    }

    /// Adds the changes in one clone: every commit that a ref leads to, merges and those of programs
    /// left out, each once however many clones hold it. The error says that the clone cannot be read,
    /// or that `stop` was set; a commit that is missing or damaged is passed over.
    pub fn read(&mut self, place: &Place, stop: &AtomicBool) -> Result<(), GitError> {
        open::check(place)?;
        let refs = refs::read(place)?;
        let shallow = cut::shallow(place)?;
        let repo = open::objects(place)?;
        let mailmap = head(&repo, refs.speaker()).mailmap;
        let mut walk = Walk {
            objects: reader(&repo, &place.path)?,
            mailmap,
            since: self.since(),
            heap: BinaryHeap::new(),
            met: FxHashSet::default(),
            counter: self,
        };
        for tip in &refs.tips {
            walk.start(*tip);
        }
        if walk.run(&shallow, stop) {
            Ok(())
        } else {
            Err(GitError::Stopped(shown(&place.path)))
        }
    }

    /// What was counted. Two authors with one address or one name are one person: fewer people make
    /// smaller groups, and a group taken for too small harms nobody.
    pub fn finish(self) -> Population {
        let mut people = People::default();
        for ((address, name), counts) in self.counts {
            people.add((address, name), &counts);
        }
        Population::new(self.windows, people.rows())
    }

    /// The first second that can matter.
    fn since(&self) -> i64 {
        let first = self.windows.iter().map(|window| window.from).min();
        let start = first.and_then(|day| day.and_hms_opt(0, 0, 0));
        start.map_or(i64::MAX, |start| start.and_utc().timestamp() - SLACK)
    }

    fn count(&mut self, commit: &Commit<'_>, mailmap: &Mailmap) {
        let ident = Ident::parse(commit.author);
        let Some(day) = ident.at.day() else { return };
        let Some(at) = self.place(day) else { return };
        let name = encoding::utf8(ident.name, commit.encoding());
        if bots::is_one(&name, ident.email) {
            return;
        }
        let (name, email) = mailmap.map(&name, ident.email);
        let hash = |kind: u8, text: &[u8]| {
            let text = String::from_utf8_lossy(text.trim_ascii()).to_lowercase();
            (!text.is_empty()).then(|| self.key.hash_one((kind, text)))
        };
        let key = (hash(0, email), hash(1, name));
        let blank = || vec![0; self.windows.len()];
        let counts = self.counts.entry(key).or_insert_with(blank);
        counts[at] = counts[at].saturating_add(1);
    }

    /// The window that holds `day`.
    fn place(&self, day: NaiveDate) -> Option<usize> {
        self.windows.iter().position(|window| window.contains(day))
    }
}

/// One clone, newest commits first.
struct Walk<'a> {
    objects: Objects<'a>,
    mailmap: Mailmap,
    since: i64,
    heap: BinaryHeap<(i64, Oid, Box<[Oid]>)>,
    met: FxHashSet<Oid>,
    counter: &'a mut Counter,
}

impl Walk<'_> {
    /// Meets what a ref leads to, through tags of tags.
    fn start(&mut self, tip: Oid) {
        let mut oid = tip;
        for _ in 0..16 {
            match self.meet(oid) {
                Some(target) => oid = target,
                None => break,
            }
        }
    }

    /// Walks until everything young was opened; whether it was not stopped.
    fn run(&mut self, shallow: &FxHashSet<Oid>, stop: &AtomicBool) -> bool {
        let (mut opened, mut old) = (0_u32, 0_u32);
        while let Some((time, oid, parents)) = self.heap.pop() {
            if opened.is_multiple_of(LOOK_EVERY) && stop.load(Ordering::Relaxed) {
                return false;
            }
            opened = opened.wrapping_add(1);
            old = if time < self.since { old + 1 } else { 0 };
            if old > OLD_IN_A_ROW {
                break;
            }
            if !shallow.contains(&oid) {
                parents.iter().for_each(|parent| {
                    self.meet(*parent);
                });
            }
        }
        true
    }

    /// Counts a commit that was not met and keeps where it leads; what a tag leads to is returned.
    fn meet(&mut self, oid: Oid) -> Option<Oid> {
        if !self.met.insert(oid) {
            return None;
        }
        let (kind, bytes) = self.objects.read_history(oid).ok()??;
        if kind == Kind::Tag {
            return tagged(&bytes);
        }
        let commit = Commit::parse(&bytes)?;
        let parents: Box<[Oid]> = commit.parents().collect();
        if parents.len() < 2 && self.counter.seen.insert(oid) {
            self.counter.count(&commit, &self.mailmap);
        }
        self.heap.push((commit.committed_utc(), oid, parents));
        None
    }
}

/// Joins what has an address or a name in common.
#[derive(Default)]
struct People {
    /// Where a person went when joined with another; itself where not.
    parent: Vec<usize>,
    counts: Vec<Vec<u32>>,
    by_hash: FxHashMap<u64, usize>,
}

impl People {
    fn add(&mut self, (address, name): Key, counts: &[u32]) {
        let own = self.parent.len();
        self.parent.push(own);
        self.counts.push(counts.to_vec());
        for hash in [address, name].into_iter().flatten() {
            let known = *self.by_hash.entry(hash).or_insert(own);
            let (one, two) = (self.root(own), self.root(known));
            self.parent[one] = two;
        }
    }

    fn root(&self, of: usize) -> usize {
        let mut at = of;
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    fn rows(self) -> Vec<Vec<u32>> {
        let mut rows: FxHashMap<usize, Vec<u32>> = FxHashMap::default();
        for (at, counts) in self.counts.iter().enumerate() {
            let blank = || vec![0; counts.len()];
            let row = rows.entry(self.root(at)).or_insert_with(blank);
            for (sum, n) in row.iter_mut().zip(counts) {
                *sum = sum.saturating_add(*n);
            }
        }
        rows.into_values().collect()
    }
}
