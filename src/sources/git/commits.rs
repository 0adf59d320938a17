//! Single commits, read again where the graph of a walk does not hold enough of them.

use std::collections::BinaryHeap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::judge::Judge;
use super::message;
use super::objects::{Kind, Objects};
use super::parse::{Commit, Ident};
use crate::model::ids::Oid;
use crate::model::moment::Moment;

/// What is remembered of a commit.
#[derive(Debug)]
pub(super) struct One {
    /// Its tree.
    pub(super) tree: Oid,
    /// Its parents.
    pub(super) parents: Vec<Oid>,
    /// When it was committed, UTC seconds.
    pub(super) time: i64,
    /// When it was written.
    pub(super) at: Moment,
    /// It is mine.
    pub(super) mine: bool,
    /// It is mine or names me as co-author, and its message has lines that start with `* `.
    pub(super) has_bullets: bool,
}

impl One {
    /// A commit that is no merge.
    pub(super) fn is_work(&self) -> bool {
        self.parents.len() < 2
    }
}

/// Reads commits and remembers them.
pub(super) struct Commits<'a, 'o, 'j> {
    pub(super) objects: &'a mut Objects<'o>,
    judge: &'a mut Judge<'j>,
    memo: FxHashMap<Oid, Option<Rc<One>>>,
}

impl<'a, 'o, 'j> Commits<'a, 'o, 'j> {
    /// Nothing is read yet.
    pub(super) fn new(objects: &'a mut Objects<'o>, judge: &'a mut Judge<'j>) -> Self {
        Self {
            objects,
            judge,
            memo: FxHashMap::default(),
        }
    }

    /// The commit `oid`; `None` when it cannot be read.
    pub(super) fn get(&mut self, oid: Oid) -> Option<Rc<One>> {
        if let Some(known) = self.memo.get(&oid) {
            return known.clone();
        }
        let one = self.read(oid).map(Rc::new);
        self.memo.insert(oid, one.clone());
        one
    }

    fn read(&mut self, oid: Oid) -> Option<One> {
        let bytes = self.objects.read(oid, Kind::Commit).ok()?;
        let commit = Commit::parse(&bytes)?;
        let mine = self.judge.address(&commit).is_some();
        let message = commit.message();
        let names_me = || {
            message::co_authors(message)
                .any(|(name, email)| self.judge.co_author(name, email).is_some())
        };
        let has_bullets = memchr::memmem::find(message, b"\n* ").is_some() && (mine || names_me());
        Some(One {
            tree: commit.tree,
            parents: commit.parents().collect(),
            time: commit.committed_utc(),
            at: Ident::parse(commit.author).at,
            mine,
            has_bullets,
        })
    }

    /// The message of `oid`; empty when it cannot be read.
    pub(super) fn message(&mut self, oid: Oid) -> Vec<u8> {
        let bytes = self.objects.read(oid, Kind::Commit).ok();
        let commit = bytes.as_deref().and_then(Commit::parse);
        commit.map_or_else(Vec::new, |commit| commit.message().to_vec())
    }

    /// The commits that are reachable from `tip` and from none of `others`, the newest first;
    /// `None` when more than `most` have to be read to know, or one of them cannot be.
    pub(super) fn apart(&mut self, tip: Oid, others: &[Oid], most: usize) -> Option<Vec<Oid>> {
        const OWN: u8 = 1;
        const THEIRS: u8 = 2;
        let mut marks: FxHashMap<Oid, u8> = FxHashMap::default();
        let mut heap = BinaryHeap::new();
        // How many in the heap are not known to be theirs.
        let mut open = 0_usize;
        let starts = others.iter().map(|oid| (*oid, THEIRS));
        for (oid, mark) in starts.chain([(tip, OWN)]) {
            let one = self.get(oid)?;
            let known = marks.entry(oid).or_default();
            if *known == 0 {
                heap.push((one.time, oid));
                open += usize::from(mark == OWN);
            }
            *known |= mark;
        }
        let mut own = Vec::new();
        while let Some((_, oid)) = heap.pop() {
            let mark = marks[&oid];
            if mark == OWN {
                open -= 1;
                own.push(oid);
            }
            for parent in self.get(oid)?.parents.clone() {
                let known = marks.entry(parent).or_default();
                let before = *known;
                *known |= mark;
                if before == 0 {
                    heap.push((self.get(parent)?.time, parent));
                    open += usize::from(mark == OWN);
                } else if before == OWN && mark & THEIRS != 0 && !own.contains(&parent) {
                    open -= 1;
                }
            }
            if open == 0 {
                return Some(own);
            }
            if marks.len() > most {
                return None;
            }
        }
        Some(own)
    }

    /// Splits `own`, what is under `tip`, behind the newest of its first parents that is
    /// `swallowed`: what is left, and what that commit holds of it.
    pub(super) fn split(
        &mut self,
        (tip, own): (Oid, Vec<Oid>),
        swallowed: &dyn Fn(Oid) -> bool,
    ) -> Option<(FxHashSet<Oid>, FxHashSet<Oid>)> {
        let mut own: FxHashSet<Oid> = own.into_iter().collect();
        let mut taken = FxHashSet::default();
        let mut next = Some(tip);
        while let Some(oid) = next.filter(|oid| own.contains(oid)) {
            if swallowed(oid) {
                let mut left = vec![oid];
                while let Some(oid) = left.pop() {
                    if own.remove(&oid) {
                        taken.insert(oid);
                        left.extend_from_slice(&self.get(oid)?.parents);
                    }
                }
                break;
            }
            next = self.get(oid)?.parents.first().copied();
        }
        Some((own, taken))
    }
}
