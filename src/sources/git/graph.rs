//! The commits met by a walk and how they hang together: about 60 bytes each, no text.

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
}

#[derive(Clone, Copy, Debug)]
struct Item {
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

    /// Adds a commit that was not met before.
    pub(super) fn add(&mut self, oid: Oid) -> Node {
        let node = Node::try_from(self.items.len()).unwrap_or(Node::MAX);
        self.items.push(Item {
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

    /// How many opened commits are not old.
    pub(super) fn opened_new(&self) -> u64 {
        self.items
            .iter()
            .filter(|item| item.marks & (mark::OPENED | mark::OLD) == mark::OPENED)
            .count() as u64
    }
}
