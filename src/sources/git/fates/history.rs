//! The history of the default branch, parents first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::atomic::AtomicBool;

use rustc_hash::FxHashSet;

use super::super::ahead::History as Source;
use super::super::graph::{Graph, Node};
use super::super::judge::Judge;
use super::super::parse::{Commit, Ident};
use super::super::visit::{Bounds, Halt, Mine, Outcome, Visitor};
use super::super::walk::Walk;
use crate::model::commit::CommitRecord;
use crate::model::ids::Oid;
use crate::model::moment::Moment;

/// What the pass needs to know of a commit.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The commit.
    pub(super) oid: Oid,
    /// Its tree.
    pub(super) tree: Oid,
    /// Its parents' places in [`History::steps`], each once, the first one first.
    pub(super) parents: Vec<u32>,
    /// A parent that it names is not at hand: what it brought is unknown.
    pub(super) is_cut: bool,
    /// When it was written, by whom it may be believed: else when it was committed.
    pub(super) at: (Moment, Moment),
    /// By me.
    pub(super) mine: bool,
    /// Its lines are followed: by me, and not before the day from which on I want to know.
    pub(super) followed: bool,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Parents before their children, otherwise by time.
    pub(super) steps: Vec<Step>,
    /// Commits that are not there or cannot be read.
    pub(super) lost: u64,
}

/// Walks the default branch.
pub(super) fn walk(
    source: Source<'_>,
    bounds: Bounds<'_>,
    judge: Judge<'_>,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
) -> Result<History, Halt> {
    let mut visitor = Everybody {
        judge,
        met: Vec::new(),
        progress,
    };
    let outcome = Walk::new(source, bounds, stop, &mut visitor).run()?;
    let unknown: FxHashSet<Oid> = bounds.shallow.union(bounds.replaced).copied().collect();
    Ok(History {
        lost: outcome.missing + outcome.damaged,
        steps: in_order(&outcome, visitor.met, &unknown),
    })
}

/// A commit as it is met, and how many parents it names.
struct Met {
    step: Step,
    parents: usize,
}

/// Notes every commit.
struct Everybody<'a, 'b> {
    judge: Judge<'a>,
    met: Vec<Met>,
    progress: &'b mut dyn FnMut(u64),
}

impl Visitor for Everybody<'_, '_> {
    fn judge(&mut self, oid: Oid, commit: &Commit<'_>) -> Option<CommitRecord> {
        let author = Ident::parse(commit.author).at;
        let mine = self.judge.address(commit).is_some();
        self.met.push(Met {
            step: Step {
                oid,
                tree: commit.tree,
                parents: Vec::new(),
                is_cut: false,
                at: (author, Ident::parse(commit.committer).at),
                mine,
                followed: mine && self.judge.is_wanted(author),
            },
            parents: commit.parents().len(),
        });
        None
    }

    fn found(&mut self, _mine: Mine) -> Result<(), Halt> {
        Ok(())
    }

    fn progress(&mut self, walked: u64, _mine: u64) -> Result<(), Halt> {
        (self.progress)(walked);
        Ok(())
    }
}

fn in_order(outcome: &Outcome, met: Vec<Met>, unknown: &FxHashSet<Oid>) -> Vec<Step> {
    let graph = &outcome.graph;
    let order = parents_first(graph);
    let mut place = vec![u32::MAX; order.len()];
    for (at, node) in (0..).zip(&order) {
        place[*node as usize] = at;
    }
    let mut steps: Vec<Option<Step>> = vec![None; order.len()];
    for Met { mut step, parents } in met {
        let Some(node) = graph.find(step.oid) else {
            continue;
        };
        let known = graph.parents(node);
        step.is_cut = known.len() < parents || unknown.contains(&step.oid);
        for parent in known {
            let parent = place[*parent as usize];
            if !step.parents.contains(&parent) {
                step.parents.push(parent);
            }
        }
        steps[place[node as usize] as usize] = Some(step);
    }
    // Every node was met as a commit, so none is left empty.
    steps.into_iter().flatten().collect()
}

/// Every commit after its parents; of those whose parents are done, the oldest first.
fn parents_first(graph: &Graph) -> Vec<Node> {
    let nodes = graph.nodes().count();
    let mut waits_for = vec![0_u32; nodes];
    let mut children: Vec<Vec<Node>> = vec![Vec::new(); nodes];
    let mut ready = BinaryHeap::new();
    for node in graph.nodes() {
        let parents = graph.parents(node);
        waits_for[node as usize] = u32::try_from(parents.len()).unwrap_or(u32::MAX);
        for parent in parents {
            children[*parent as usize].push(node);
        }
        if parents.is_empty() {
            ready.push(Reverse((graph.time(node), graph.oid(node), node)));
        }
    }
    let mut order = Vec::with_capacity(nodes);
    while let Some(Reverse((_, _, node))) = ready.pop() {
        order.push(node);
        for child in &children[node as usize] {
            let waits = &mut waits_for[*child as usize];
            *waits -= 1;
            if *waits == 0 {
                ready.push(Reverse((graph.time(*child), graph.oid(*child), *child)));
            }
        }
    }
    order
}
