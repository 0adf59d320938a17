//! Which branch a commit was made on, as far as refs tell: older branches take first.

use rustc_hash::FxHashMap;

use super::branch::Branch;
use super::graph::{Graph, Node, mark};
use crate::model::text::Clean;

/// The branch of every new commit of mine that a branch and not the default branch holds.
///
/// Branches take in the order of their tips' times, the oldest first (then by name, those here
/// before those elsewhere): each what is reachable from it and not taken yet.
pub(super) fn unlanded(graph: &mut Graph, branches: &[Branch]) -> FxHashMap<Node, Clean> {
    let mut order: Vec<_> = branches
        .iter()
        .filter_map(|branch| {
            let node = graph.find(branch.tip)?;
            let name = branch.name.as_ref().filter(|name| !name.is_empty())?;
            Some((graph.time(node), name, branch.is_remote, branch.tip, node))
        })
        .collect();
    order.sort_unstable();
    let mut names = FxHashMap::default();
    for (_, name, _, _, node) in order {
        graph.claim(
            node,
            mark::DEFAULT | mark::OLD,
            mark::TAKEN,
            |graph, node| {
                if graph.has(node, mark::MINE) {
                    names.insert(node, name.clone());
                }
            },
        );
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::Oid;

    #[test]
    fn the_older_branch_takes_what_two_share_and_nothing_that_landed() {
        let mut graph = Graph::default();
        let nodes: Vec<Node> = (0..5).map(|n| graph.add(Oid([n; 20]), n.into())).collect();
        for (node, parents) in [
            (0, vec![]),
            (1, vec![0]),
            (2, vec![1]),
            (3, vec![2]),
            (4, vec![2]),
        ] {
            graph.open(
                nodes[node],
                &parents.iter().map(|p| nodes[*p]).collect::<Vec<_>>(),
            );
            graph.set(nodes[node], mark::MINE);
        }
        graph.set(nodes[0], mark::DEFAULT);
        let branch = |tip: u8, name: &str| Branch {
            tip: Oid([tip; 20]),
            name: Some(Clean::label(name.as_bytes())),
            is_remote: false,
        };
        let names = unlanded(&mut graph, &[branch(4, "late"), branch(3, "early")]);
        let name = |node: usize| names.get(&nodes[node]).map(Clean::as_str);
        assert_eq!(
            (name(0), name(1), name(2)),
            (None, Some("early"), Some("early"))
        );
        assert_eq!((name(3), name(4)), (Some("early"), Some("late")));
    }
}
