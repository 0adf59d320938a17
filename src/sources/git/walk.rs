//! The walk over history: every commit object is read once, newest first, and only what the
//! last finished walk has not met is handed on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};

use super::ahead::{Failure, History, tagged};
use super::graph::{Graph, Node, mark};
use super::objects::Kind;
use super::parse::Commit;
use super::visit::{Before, Bounds, Halt, Mine, Outcome, Visitor};
use crate::model::commit::CommitRecord;
use crate::model::ids::Oid;

/// Between two looks at the stop flag, and two reports, so many commits are walked.
const LOOK_EVERY: u64 = 512;
const REPORT_EVERY: u64 = 8_192;

/// A commit that was met and not opened yet.
struct Waiting {
    oid: Oid,
    time: i64,
    tree: Oid,
    parents: Box<[Oid]>,
    record: Option<CommitRecord>,
}

/// A walk in progress.
pub(super) struct Walk<'a, V> {
    history: History<'a>,
    stop: &'a AtomicBool,
    visitor: &'a mut V,
    bounds: Bounds<'a>,
    graph: Graph,
    heap: BinaryHeap<(i64, Reverse<Node>)>,
    waiting: FxHashMap<Node, Waiting>,
    /// How many of `waiting` are not old.
    waiting_new: u64,
    lost: FxHashSet<Oid>,
    held: Vec<(Node, Mine)>,
    mine: Vec<(Oid, Node)>,
    roots: Vec<(Oid, Node)>,
    cut_off: Vec<Node>,
    opened: u64,
    /// The oldest committer time of a new commit, and whether one had no parent.
    oldest_new: i64,
    at_bottom: bool,
    outcome: Outcome,
}

impl<'a, V: Visitor> Walk<'a, V> {
    /// A walk over `history` that ends early when `stop` is set.
    pub(super) fn new(
        history: impl Into<History<'a>>,
        bounds: Bounds<'a>,
        stop: &'a AtomicBool,
        visitor: &'a mut V,
    ) -> Self {
        Self {
            history: history.into(),
            stop,
            visitor,
            bounds,
            graph: Graph::default(),
            heap: BinaryHeap::new(),
            waiting: FxHashMap::default(),
            waiting_new: 0,
            lost: FxHashSet::default(),
            held: Vec::new(),
            mine: Vec::new(),
            roots: Vec::new(),
            cut_off: Vec::new(),
            opened: 0,
            oldest_new: i64::MAX,
            at_bottom: false,
            outcome: Outcome::default(),
        }
    }

    /// Walks to the end. What is mine and new goes to the visitor, each commit once.
    pub(super) fn run(mut self) -> Result<Outcome, Halt> {
        for oid in self.bounds.frontier {
            if let Some(node) = self.start(*oid, false) {
                self.make_old(node);
            }
        }
        for oid in self.bounds.tips {
            self.start(*oid, true);
        }
        for oid in self.bounds.soft_tips {
            if self.graph.find(*oid).is_none()
                && let Some(node) = self.start(*oid, false)
            {
                self.graph.set(node, mark::SOFT);
            }
        }
        while let Some((time, Reverse(node))) = self.heap.pop() {
            if self.waiting_new == 0 && self.is_settled(time) {
                break;
            }
            self.open(node)?;
        }
        self.finish()
    }

    /// Whether what is left in the heap, all of it old and no younger than `time`, can no longer
    /// show that a commit taken for new is behind the frontier.
    ///
    /// A child with a clock behind its parent's is found as long as it is younger than the
    /// oldest new commit. When the new history goes down to a first commit, everything is
    /// looked at: that costs no more than the walk did.
    fn is_settled(&self, time: i64) -> bool {
        self.oldest_new == i64::MAX || (!self.at_bottom && time < self.oldest_new)
    }

    /// Follows tags from `oid` to a commit and meets it. Refs to other objects lead nowhere.
    fn start(&mut self, oid: Oid, is_new: bool) -> Option<Node> {
        let mut oid = oid;
        // Tags of tags are rare and never deep.
        for _ in 0..16 {
            if let Some(node) = self.graph.find(oid) {
                return Some(node);
            }
            match self.read(oid) {
                Ok(Object::Commit(waiting)) => return Some(self.meet(waiting)),
                Ok(Object::Tag(target)) => oid = target,
                Ok(Object::Other) => return None,
                Err(failure) => {
                    if is_new {
                        self.lose(oid, failure);
                    }
                    return None;
                }
            }
        }
        None
    }

    fn meet(&mut self, waiting: Waiting) -> Node {
        let node = self.graph.add(waiting.oid, waiting.time);
        self.heap.push((waiting.time, Reverse(node)));
        self.waiting.insert(node, waiting);
        self.waiting_new += 1;
        node
    }

    /// The node of a parent, and its tree if it was met just now. A parent that cannot be had is
    /// no loss when it is asked for `quietly`.
    fn parent(&mut self, oid: Oid, quietly: bool) -> Option<(Node, Option<Oid>)> {
        if let Some(node) = self.graph.find(oid) {
            return Some((node, None));
        }
        if self.lost.contains(&oid) {
            return None;
        }
        match self.read(oid) {
            Ok(Object::Commit(waiting)) => {
                let tree = waiting.tree;
                Some((self.meet(waiting), Some(tree)))
            }
            failure => {
                if !quietly {
                    self.lose(oid, failure.err().unwrap_or(Failure::Damaged));
                }
                None
            }
        }
    }

    fn lose(&mut self, oid: Oid, failure: Failure) {
        if self.lost.insert(oid) {
            match failure {
                Failure::Missing => self.outcome.missing += 1,
                Failure::Damaged => self.outcome.damaged += 1,
            }
        }
    }

    /// Marks `node` and all that is known to be behind it as met by an earlier walk.
    fn make_old(&mut self, node: Node) {
        let (waiting, waiting_new) = (&self.waiting, &mut self.waiting_new);
        self.graph.spread(node, mark::OLD, |graph, node, behind| {
            if graph.has(node, mark::OPENED) {
                return;
            }
            *waiting_new -= 1;
            // Parents met through another child are known before this one is opened.
            let parents = waiting.get(&node).map_or(&[][..], |one| &one.parents);
            behind.extend(parents.iter().filter_map(|oid| graph.find(*oid)));
        });
    }

    fn open(&mut self, node: Node) -> Result<(), Halt> {
        let Some(mut one) = self.waiting.remove(&node) else {
            return Ok(());
        };
        let is_old = self.graph.has(node, mark::OLD);
        let is_soft = self.graph.has(node, mark::SOFT);
        let is_cut_off = self.bounds.shallow.contains(&one.oid);
        let mut parents = Vec::with_capacity(one.parents.len());
        let mut before = match one.parents.first() {
            _ if is_cut_off => Before::Unknown,
            None => Before::Nothing,
            Some(first) => Before::Commit(*first),
        };
        if is_cut_off {
            self.cut_off.push(node);
        } else {
            for (place, oid) in one.parents.iter().enumerate() {
                match self.parent(*oid, is_old || is_soft) {
                    Some((parent, tree)) => {
                        parents.push(parent);
                        match (is_soft, tree) {
                            (true, Some(_)) => self.graph.set(parent, mark::SOFT),
                            (true, None) => {}
                            (false, _) => self.graph.clear(parent, mark::SOFT),
                        }
                        if let (0, Some(tree)) = (place, tree) {
                            before = Before::Tree(tree);
                        }
                    }
                    None if place == 0 => before = Before::Unknown,
                    None => {}
                }
            }
        }
        if before != Before::Unknown && self.bounds.replaced.contains(&one.oid) {
            before = Before::Replaced;
        }
        self.graph.open(node, &parents);
        if is_old {
            for parent in parents {
                self.make_old(parent);
            }
            return Ok(());
        }
        self.waiting_new -= 1;
        self.oldest_new = self.oldest_new.min(one.time);
        self.at_bottom |= parents.is_empty();
        if one.parents.is_empty() && !is_cut_off {
            self.roots.push((one.oid, node));
        }
        if let Some(record) = one.record.take() {
            self.mine.push((one.oid, node));
            self.graph.set(node, mark::MINE);
            let tree = one.tree;
            self.hand_on(
                node,
                Mine {
                    record,
                    tree,
                    before,
                },
            )?;
        }
        self.count()
    }

    /// At once when nothing can turn out to be old; else at the end.
    fn hand_on(&mut self, node: Node, mine: Mine) -> Result<(), Halt> {
        if self.bounds.frontier.is_empty() {
            return self.visitor.found(mine);
        }
        self.held.push((node, mine));
        Ok(())
    }

    fn count(&mut self) -> Result<(), Halt> {
        self.opened += 1;
        if self.opened.is_multiple_of(LOOK_EVERY) && self.stop.load(Ordering::Relaxed) {
            return Err(Halt);
        }
        if self.opened.is_multiple_of(REPORT_EVERY) {
            self.visitor.progress(self.opened, self.mine.len() as u64)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Outcome, Halt> {
        let graph = &mut self.graph;
        for (node, mine) in self.held {
            if !graph.has(node, mark::OLD) {
                self.visitor.found(mine)?;
            }
        }
        for oid in self.bounds.default_tips {
            if let Some(node) = graph.find(*oid) {
                graph.spread(node, mark::DEFAULT, |_, _, _| {});
            }
        }
        let is_new = |node: Node| !graph.has(node, mark::OLD);
        let mut outcome = self.outcome;
        outcome.walked = graph.opened_new();
        outcome.mine = self
            .mine
            .iter()
            .filter(|(_, node)| is_new(*node))
            .map(|(oid, node)| (*oid, graph.has(*node, mark::DEFAULT)))
            .collect();
        outcome.roots = self
            .roots
            .iter()
            .filter(|(_, node)| is_new(*node))
            .map(|(oid, _)| *oid)
            .collect();
        outcome.roots.sort_unstable();
        outcome.cut_off = self.cut_off.iter().filter(|node| is_new(**node)).count() as u64;
        self.visitor
            .progress(outcome.walked, outcome.mine.len() as u64)?;
        outcome.graph = self.graph;
        Ok(outcome)
    }

    fn read(&mut self, oid: Oid) -> Result<Object, Failure> {
        let visitor = &mut *self.visitor;
        let found = self.history.with(oid, |kind, bytes| {
            if kind == Kind::Tag {
                return tagged(bytes).map(Object::Tag);
            }
            let commit = Commit::parse(bytes)?;
            Some(Object::Commit(Waiting {
                oid,
                time: commit.committed_utc(),
                tree: commit.tree,
                parents: commit.parents().collect(),
                record: visitor.judge(oid, &commit),
            }))
        })?;
        match found {
            Some(object) => object.ok_or(Failure::Damaged),
            None => Ok(Object::Other),
        }
    }
}

enum Object {
    Commit(Waiting),
    Tag(Oid),
    Other,
}
