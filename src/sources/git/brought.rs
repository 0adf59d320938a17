//! Which merge brought a commit to the default branch, and so from which branch it came.
//!
//! History is a bundle of lines: the default branch's own, from first parent to first parent,
//! and for each other parent of a merge on a line another one that ends where it meets a line
//! that was there before. Older merges take first, so a line holds what is reachable from its
//! merge's second parent and not from its first.

use super::graph::{Graph, Node, mark};
use super::merged;
use crate::model::ids::Oid;
use crate::model::text::Clean;

/// Of no line.
const NONE: u32 = u32::MAX;

/// The lines of the default branch.
#[derive(Default)]
pub(super) struct Brought {
    /// By node.
    line_of: Vec<u32>,
    lines: Vec<Line>,
}

struct Line {
    /// The merge that ends it and its place among the merge's parents; `None` for the default
    /// branch's own line.
    merge: Option<(Node, usize)>,
    /// The line that the merge is on.
    outer: u32,
    name: Name,
}

/// The branch that a line was.
enum Name {
    /// Nobody asked yet.
    Unasked,
    /// What is known of it.
    Known(Option<Clean>),
}

impl Brought {
    /// The lines that end at `tips`, as far as this walk is the first to meet them.
    pub(super) fn new(graph: &Graph, tips: &[Oid]) -> Self {
        let mut brought = Self {
            line_of: vec![NONE; graph.nodes().count()],
            lines: vec![Line {
                merge: None,
                outer: NONE,
                name: Name::Known(None),
            }],
        };
        for tip in tips.iter().filter_map(|tip| graph.find(*tip)) {
            brought.follow(graph, tip);
        }
        brought
    }

    fn follow(&mut self, graph: &Graph, tip: Node) {
        // The merge and parent that a line starts from, and the line the merge is on.
        let mut left = vec![(tip, None, NONE)];
        while let Some((start, merge, outer)) = left.pop() {
            let line = match merge {
                None => 0,
                Some(_) => u32::try_from(self.lines.len()).unwrap_or(NONE),
            };
            let mut sides = Vec::new();
            let mut next = Some(start);
            let mut is_empty = true;
            while let Some(node) = next {
                if graph.has(node, mark::OLD) || self.line_of[node as usize] != NONE {
                    break;
                }
                is_empty = false;
                self.line_of[node as usize] = line;
                let parents = graph.parents(node);
                let others = parents.iter().enumerate().skip(1).rev();
                sides.extend(others.map(|(place, side)| (*side, Some((node, place)), line)));
                next = parents.first().copied();
            }
            if !is_empty && merge.is_some() {
                self.lines.push(Line {
                    merge,
                    outer,
                    name: Name::Unasked,
                });
            }
            // The oldest merge comes last and is taken off first.
            left.extend(sides);
        }
    }

    /// The branch that `node` came from; `None` for the default branch's own line, and where no
    /// merge's message says. `message` reads a commit's.
    pub(super) fn name(
        &mut self,
        node: Node,
        default: Option<&Clean>,
        message: &mut dyn FnMut(Node) -> Option<Vec<u8>>,
    ) -> Option<Clean> {
        let mut line = *self.line_of.get(node as usize)?;
        let mut asked = Vec::new();
        let name = loop {
            let Some(one) = self.lines.get(line as usize) else {
                break None;
            };
            if let Name::Known(name) = &one.name {
                break name.clone();
            }
            let Some((merge, place)) = one.merge else {
                break None;
            };
            asked.push(line);
            let names = message(merge).map(|message| {
                let names = merged::branches(&message).into_iter();
                names.map(|name| name.map(Clean::label)).collect::<Vec<_>>()
            });
            let name = names.and_then(|names| names.into_iter().nth(place - 1)?);
            match name.filter(|name| !name.is_empty()) {
                // What came from the default branch itself came from no other.
                Some(name) => break (Some(&name) != default).then_some(name),
                None => line = one.outer,
            }
        };
        for line in asked {
            self.lines[line as usize].name = Name::Known(name.clone());
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph from `(node, parents)`, oldest first.
    fn graph(all: &[(u8, &[u8])]) -> Graph {
        let mut graph = Graph::default();
        for (n, _) in all {
            graph.add(Oid([*n; 20]), i64::from(*n));
        }
        for (n, parents) in all {
            let find = |n: &u8| graph.find(Oid([*n; 20])).unwrap();
            let (node, parents) = (find(n), parents.iter().map(find).collect::<Vec<_>>());
            graph.open(node, &parents);
        }
        graph
    }

    #[test]
    fn a_commit_came_through_the_oldest_and_innermost_merge() {
        // 1 ─ 5(merge 3) ─ 8(merge 7); 3 holds 2; 7 = merge of 6 into 4.
        let graph = graph(&[
            (1, &[]),
            (2, &[1]),
            (3, &[2]),
            (5, &[1, 3]),
            (4, &[3]),
            (6, &[3]),
            (7, &[4, 6]),
            (8, &[5, 7]),
        ]);
        let mut brought = Brought::new(&graph, &[Oid([8; 20])]);
        let mut name = |n: u8| {
            let node = graph.find(Oid([n; 20])).unwrap();
            let mut message = |node: Node| match graph.oid(node).0[0] {
                5 => Some(b"Merge branch 'a'".to_vec()),
                7 => Some(b"Merge branch 'b' into a".to_vec()),
                _ => Some(b"Bring it in".to_vec()),
            };
            brought.name(node, None, &mut message)
        };
        let text =
            |name: Option<Clean>| name.map_or(String::new(), |name| name.as_str().to_owned());
        assert_eq!([2, 3, 6].map(&mut name).map(text), ["a", "a", "b"]);
        assert_eq!([1, 5, 4, 7, 8].map(&mut name), [const { None }; 5]);
    }
}
