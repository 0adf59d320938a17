//! The commits met by a walk and how they hang together: about 90 bytes each, no text.

use rustc_hash::FxHashMap;

use crate::model::ids::Oid;

/// A commit's place in a [`Graph`].
pub(super) type Node = u32;

/// Marks of a commit.
pub(super) mod mark {
    /// Reachable from the frontier: an earlier walk met it.
    pub(in super::super) const OLD: u8 = 1;
    /// Its parents are listed.
    pub(in super::super) const OPENED: u8 = 2;
    /// Reachable from the default branch.
    pub(in super::super) const DEFAULT: u8 = 4;
    /// Met through a stash entry or a reflog alone, so far.
    pub(in super::super) const SOFT: u8 = 8;
    /// Reachable from a ref.
    pub(in super::super) const REF: u8 = 16;
    /// Reachable from a stash entry's base.
    pub(in super::super) const STASH: u8 = 32;
    /// The branch it was made on is settled.
    pub(in super::super) const TAKEN: u8 = 64;
    /// Mine.
    pub(in super::super) const MINE: u8 = 128;
}

#[derive(Clone, Copy, Debug)]
struct Item {
    oid: Oid,
    time: i64,
    parents_at: u32,
    parents: u16,
    marks: u8,
}

/// Commits by id, with marks and, once opened, parents.
#[derive(Debug, Default)]
pub(super) struct Graph {
    index: FxHashMap<Oid, Node>,
    items: Vec<Item>,
    parents: Vec<Node>,
}

impl Graph {
    /// The node of `oid`, if the walk met it.
    pub(super) fn find(&self, oid: Oid) -> Option<Node> {
        self.index.get(&oid).copied()
    }

    /// Adds a commit, committed at `time`, that was not met before.
    pub(super) fn add(&mut self, oid: Oid, time: i64) -> Node {
        let node = Node::try_from(self.items.len()).unwrap_or(Node::MAX);
        self.items.push(Item {
            oid,
            time,
            parents_at: 0,
            parents: 0,
            marks: 0,
        });
        self.index.insert(oid, node);
        node
    }

    /// Whether `node` has any of the marks in `bits`.
    pub(super) fn has(&self, node: Node, bits: u8) -> bool {
        self.items[node as usize].marks & bits != 0
    }

    /// Sets the marks in `bits` on `node` alone.
    pub(super) fn set(&mut self, node: Node, bits: u8) {
        self.items[node as usize].marks |= bits;
    }

    /// Takes the marks in `bits` off `node`.
    pub(super) fn clear(&mut self, node: Node, bits: u8) {
        self.items[node as usize].marks &= !bits;
    }

    /// The commit at `node`.
    pub(super) fn oid(&self, node: Node) -> Oid {
        self.items[node as usize].oid
    }

    /// When it was committed, UTC seconds.
    pub(super) fn time(&self, node: Node) -> i64 {
        self.items[node as usize].time
    }

    /// Its parents, as far as the walk met them; none before it is opened.
    pub(super) fn parents(&self, node: Node) -> &[Node] {
        let item = &self.items[node as usize];
        let from = item.parents_at as usize;
        &self.parents[from..from + usize::from(item.parents)]
    }

    /// Every node, in the order in which the walk met them.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> + use<> {
        0..Node::try_from(self.items.len()).unwrap_or(Node::MAX)
    }

    /// Whether `node` was opened by this walk and by none before it.
    pub(super) fn is_new(&self, node: Node) -> bool {
        self.items[node as usize].marks & (mark::OPENED | mark::OLD) == mark::OPENED
    }

    /// Lists the parents of `node`, which is opened by that. More than 65,535 are cut.
    pub(super) fn open(&mut self, node: Node, parents: &[Node]) {
        let parents = &parents[..parents.len().min(usize::from(u16::MAX))];
        let item = &mut self.items[node as usize];
        item.marks |= mark::OPENED;
        item.parents_at = u32::try_from(self.parents.len()).unwrap_or(u32::MAX);
        item.parents = u16::try_from(parents.len()).unwrap_or(u16::MAX);
        self.parents.extend_from_slice(parents);
    }

    /// Sets the mark `bit` on `start` and everything known to be behind it; `seen` is called
    /// for each node that did not have it, and adds to the list what is behind that node beyond
    /// its listed parents.
    pub(super) fn spread(
        &mut self,
        start: Node,
        bit: u8,
        mut seen: impl FnMut(&Self, Node, &mut Vec<Node>),
    ) {
        let mut left = vec![start];
        while let Some(node) = left.pop() {
            let item = &mut self.items[node as usize];
            if item.marks & bit != 0 {
                continue;
            }
            item.marks |= bit;
            let from = item.parents_at as usize;
            let parents = &self.parents[from..from + usize::from(item.parents)];
            left.extend_from_slice(parents);
            seen(self, node, &mut left);
        }
    }

    /// Sets the mark `bit` on `start` and everything behind it, up to and without nodes that
    /// have it or a mark in `until`; `seen` is called for each.
    pub(super) fn claim(
        &mut self,
        start: Node,
        until: u8,
        bit: u8,
        mut seen: impl FnMut(&Self, Node),
    ) {
        let mut left = vec![start];
        while let Some(node) = left.pop() {
            if self.has(node, until | bit) {
                continue;
            }
            self.set(node, bit);
            left.extend_from_slice(self.parents(node));
            seen(self, node);
        }
    }

    /// How many opened commits are not old.
    pub(super) fn opened_new(&self) -> u64 {
        self.items
            .iter()
            .filter(|item| item.marks & (mark::OPENED | mark::OLD) == mark::OPENED)
            .count() as u64
    }
}
