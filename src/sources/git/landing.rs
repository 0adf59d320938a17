//! Which groups of commits may have landed as one, and among which commits to look for it.

use rustc_hash::FxHashSet;

use super::after::After;
use super::commits::Commits;
use super::graph::{Graph, Node, mark};
use super::judge::Judge;
use super::squash::{Candidate, Search};
use crate::model::history::Relation;
use crate::model::ids::Oid;

/// The most tips looked at, the newest first, and the most commits of a group.
const TIPS: usize = 500;
const COMMITS: usize = 512;

/// The most commits of all groups together, and the most steps to find out which tips hold one of
/// mine.
const ALL_COMMITS: usize = 20_000;
const STEPS: usize = 200_000;

/// The most commits read to find where a branch left the default branch.
const READ: usize = 4_096;

/// The most groups that are handed to the next reading.
const PENDING: usize = 200;

/// The squashes found, and the groups that have not landed.
pub(super) type Landing = (Vec<Relation>, Vec<(Oid, Oid)>);

/// Whether a squash is known to hold a commit.
type Swallowed<'a> = dyn Fn(Oid) -> bool + 'a;

/// Looks for squashes of groups with a commit of mine.
pub(super) fn search(after: &mut After<'_, '_>, judge: &mut Judge<'_>) -> Landing {
    let graph = &after.walked.graph;
    let tips = tips(after);
    if tips.is_empty() && after.request.pending.is_empty() {
        return Landing::default();
    }
    let news = if after.whole {
        graph
    } else {
        &after.landed.graph
    };
    let landed = candidates(news, |graph, node| {
        !after.whole || graph.has(node, mark::DEFAULT)
    });
    let mine = candidates(graph, |graph, node| graph.has(node, mark::MINE));
    let commits = Commits::new(after.objects, judge);
    let mut search = Search::new(commits, landed, mine);
    // A look at everything finds the earlier squashes itself.
    let swallowed: &Swallowed<'_> = &|oid| !after.whole && (after.request.swallowed)(oid);
    let mut left = ALL_COMMITS;
    for (_, tip, node) in tips {
        if search.covered.contains(&tip) {
            continue;
        }
        let own = if after.whole {
            own(graph, node)
        } else {
            let own = search.commits.apart(tip, &after.refs.default_tips, READ);
            own.filter(|own| own.len() <= COMMITS)
        };
        if let Some(own) = own {
            let Some(rest) = left.checked_sub(own.len()) else {
                break;
            };
            left = rest;
            look(&mut search, (tip, own), swallowed);
        }
    }
    let fresh = std::mem::take(&mut search.pending);
    for (tip, base) in after.request.pending {
        let merged = after.landed.graph.find(*tip);
        let merged = merged.is_some_and(|node| after.landed.graph.is_new(node));
        if !merged && !search.covered.contains(tip) {
            again(&mut search, (*tip, *base), swallowed);
        }
    }
    let mut pending = fresh;
    pending.extend(std::mem::take(&mut search.pending));
    pending.truncate(PENDING);
    (search.found, pending)
}

/// Looks again at a group that had not landed by the last reading.
fn again(search: &mut Search<'_, '_, '_>, (tip, base): (Oid, Oid), swallowed: &Swallowed<'_>) {
    match search.may_have_landed(tip, base) {
        // Gone since.
        None => {}
        Some(false) => search.pending.push((tip, base)),
        Some(true) => {
            let own = search.commits.apart(tip, &[base], READ);
            if let Some(own) = own.filter(|own| own.len() <= COMMITS) {
                look(search, (tip, own), swallowed);
            }
        }
    }
}

/// Looks for what the group `own` under `tip` landed as, without what landed before.
fn look(search: &mut Search<'_, '_, '_>, (tip, own): (Oid, Vec<Oid>), swallowed: &Swallowed<'_>) {
    if let Some((left, taken)) = search.commits.split((tip, own), swallowed) {
        search.covered.extend(taken);
        search.group(tip, &left);
    }
}

/// New tips that the default branch does not hold, the newest first: of branches, of requests,
/// and what only the reflog or a stash entry leads to and nothing follows.
fn tips(after: &After<'_, '_>) -> Vec<(i64, Oid, Node)> {
    let graph = &after.walked.graph;
    let is_open = |node: Node| graph.is_new(node) && !graph.has(node, mark::DEFAULT);
    let branches = after.refs.branches.iter();
    let mut tips: Vec<Node> = branches
        .filter_map(|branch| graph.find(branch.tip))
        .collect();
    if after.traces.frontier().next().is_some() {
        let is_alone = |node: &Node| is_open(*node) && !graph.has(*node, mark::REF);
        let alone: Vec<Node> = graph.nodes().filter(is_alone).collect();
        let followed = alone.iter().flat_map(|node| graph.parents(*node));
        let followed: FxHashSet<Node> = followed.copied().collect();
        tips.extend(alone.into_iter().filter(|node| !followed.contains(node)));
    }
    let copies = copies(after);
    let open = tips.into_iter().filter(|node| is_open(*node));
    let mut tips: Vec<_> = open
        .map(|node| (graph.time(node), graph.oid(node), node))
        .collect();
    tips.sort_unstable_by(|a, b| b.cmp(a));
    tips.dedup();
    let pending = after.request.pending.iter();
    let pending: FxHashSet<Node> = pending.filter_map(|(tip, _)| graph.find(*tip)).collect();
    let is_mine = |node| graph.has(node, mark::MINE) && !graph.has(node, mark::DEFAULT);
    if pending.is_empty() && !graph.nodes().any(is_mine) {
        return Vec::new();
    }
    let known = (&copies, &pending);
    let mut left = STEPS;
    tips.retain(|(_, _, node)| left > 0 && holds_mine(graph, (*node, known), &mut left));
    tips.truncate(TIPS);
    tips
}

/// Commits of mine that the default branch holds a copy of, rebased or picked. A group of nothing
/// else landed one by one; requests that landed like that are many.
fn copies(after: &After<'_, '_>) -> FxHashSet<Node> {
    let graph = &after.walked.graph;
    let nodes = after.notes.keys.iter();
    let nodes = nodes.filter_map(|(oid, key)| Some((graph.find(*oid)?, *key)));
    let (landed, open): (Vec<_>, Vec<_>) =
        nodes.partition(|(node, _)| graph.has(*node, mark::DEFAULT));
    let landed: FxHashSet<u64> = landed.into_iter().map(|(_, key)| key).collect();
    let copies = open.into_iter().filter(|(_, key)| landed.contains(key));
    copies.map(|(node, _)| node).collect()
}

/// Whether what `tip` holds and the default branch does not has a commit of mine that did not land
/// by itself, as far as this walk went, or goes on from a group that waited. What it costs is taken
/// off `left`.
fn holds_mine(
    graph: &Graph,
    (tip, (copies, pending)): (Node, (&FxHashSet<Node>, &FxHashSet<Node>)),
    left: &mut usize,
) -> bool {
    let own = behind(graph, tip, mark::DEFAULT | mark::OLD);
    *left = left.saturating_sub(own.len());
    let is_waiting = |node: &Node| {
        pending.contains(node) || (graph.has(*node, mark::MINE) && !copies.contains(node))
    };
    own.iter().any(|node| {
        let parents = graph.parents(*node).iter();
        let mut nodes = parents.filter(|node| !graph.has(**node, mark::DEFAULT));
        is_waiting(node) || nodes.any(is_waiting)
    })
}

/// What `tip` holds and the default branch does not, in a walk over all of history; `None` when
/// it is too much for a group.
fn own(graph: &Graph, tip: Node) -> Option<Vec<Oid>> {
    let own = behind(graph, tip, mark::DEFAULT);
    let fits = own.len() <= COMMITS;
    fits.then(|| own.into_iter().map(|node| graph.oid(node)).collect())
}

/// What is reachable from `tip` without the marks in `until`; one more than fit a group at most.
fn behind(graph: &Graph, tip: Node, until: u8) -> FxHashSet<Node> {
    let mut found = FxHashSet::default();
    let mut left = vec![tip];
    while let Some(node) = left.pop() {
        if found.len() <= COMMITS && !graph.has(node, until) && found.insert(node) {
            left.extend_from_slice(graph.parents(node));
        }
    }
    found
}

/// The new commits of `graph` that `fit` and have one parent.
fn candidates(graph: &Graph, fit: impl Fn(&Graph, Node) -> bool) -> Vec<Candidate> {
    let nodes = graph.nodes();
    let fitting = nodes
        .filter(|node| graph.is_new(*node) && graph.parents(*node).len() == 1 && fit(graph, *node));
    fitting
        .map(|node| Candidate {
            time: graph.time(node),
            oid: graph.oid(node),
            landed: graph.has(node, mark::DEFAULT),
        })
        .collect()
}
