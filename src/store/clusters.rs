//! Which of some commits are one change: the rule, without a store.
//!
//! Commits are joined by equal change keys (author second and words), by being versions of one another, and by equal patch
//! identity. Patch identity alone never joins two commits that one repository has on its default
//! branch (an applied, reverted and re-applied change is three acts) nor commits of unrelated
//! repositories (the same licence added to each is work in each), and nothing joins a squash
//! with a commit that it holds: those are reconciled as a squash. The same commits give the same
//! clusters in whatever order they come.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::ids::{Oid, RepoId};

/// What decides about one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) oid: Oid,
    /// Author time.
    pub(super) utc: i64,
    pub(super) committed_utc: i64,
    pub(super) change_key: i64,
    pub(super) patch: Option<i64>,
    /// Repositories whose default branch holds it.
    pub(super) defaults: Vec<RepoId>,
    /// Repositories that hold it, and the first commits of those.
    pub(super) repos: Vec<RepoId>,
    pub(super) roots: Vec<Oid>,
    /// Squashes that hold it.
    pub(super) squashes: Vec<Oid>,
    /// Lines added and deleted.
    pub(super) size: (i64, i64),
}

/// For each member the one that stands for its change; its own position when that is itself.
/// `replaced` are pairs of positions: an old version and its new one.
pub(super) fn kept(members: &[Member], replaced: &[(usize, usize)]) -> Vec<usize> {
    let mut clusters = Clusters::new(members);
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_unstable_by_key(|at| {
        let member = &members[*at];
        (member.defaults.is_empty(), member.utc, member.oid)
    });
    for class in classes(members, &order, |member| Some(member.change_key)) {
        clusters.join(&class, By::Key);
    }
    let mut pairs = replaced.to_vec();
    pairs.sort_unstable_by_key(|(old, new)| (members[*old].oid, members[*new].oid));
    for (old, new) in pairs {
        clusters.join(&[old, new], By::Version);
    }
    for class in classes(members, &order, |member| member.patch) {
        clusters.join(&class, By::Patch);
    }
    let roots: Vec<usize> = (0..members.len()).map(|at| clusters.root(at)).collect();
    let mut best: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, root) in roots.iter().enumerate() {
        let best = best.entry(*root).or_insert(at);
        if rank(&members[at]) < rank(&members[*best]) {
            *best = at;
        }
    }
    roots.iter().map(|root| best[root]).collect()
}

/// The smallest of a cluster stays: one on a default branch, else the one committed last.
fn rank(member: &Member) -> (bool, Reverse<i64>, Oid) {
    let off = member.defaults.is_empty();
    (off, Reverse(member.committed_utc), member.oid)
}

/// Positions with the same key, in `order`; classes by their smallest object id, because keys
/// differ from store to store.
fn classes(
    members: &[Member],
    order: &[usize],
    key: impl Fn(&Member) -> Option<i64>,
) -> Vec<Vec<usize>> {
    let mut by_key: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for at in order {
        if let Some(key) = key(&members[*at]) {
            by_key.entry(key).or_default().push(*at);
        }
    }
    let mut classes: Vec<_> = by_key.into_values().filter(|c| c.len() > 1).collect();
    classes.sort_by_key(|class| class.iter().map(|at| members[*at].oid).min());
    classes
}

/// What joins two commits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Key,
    Version,
    Patch,
}

/// Disjoint sets of commits.
struct Clusters {
    parent: Vec<usize>,
    facts: Vec<Facts>,
}

/// What decides whether a set may be joined with another.
#[derive(Default)]
struct Facts {
    defaults: BTreeSet<RepoId>,
    repos: BTreeSet<RepoId>,
    roots: BTreeSet<Oid>,
    oids: BTreeSet<Oid>,
    squashes: BTreeSet<Oid>,
    patches: BTreeSet<i64>,
    sizes: BTreeSet<(i64, i64)>,
}

impl Facts {
    /// Whether one of both is known to change the same as one of the other.
    fn change_the_same(&self, other: &Self) -> bool {
        !self.patches.is_disjoint(&other.patches)
    }

    fn are_related(&self, other: &Self) -> bool {
        !self.repos.is_disjoint(&other.repos) || !self.roots.is_disjoint(&other.roots)
    }
}

impl Clusters {
    fn new(members: &[Member]) -> Self {
        let facts = |member: &Member| Facts {
            defaults: member.defaults.iter().copied().collect(),
            repos: member.repos.iter().copied().collect(),
            roots: member.roots.iter().copied().collect(),
            oids: BTreeSet::from([member.oid]),
            squashes: member.squashes.iter().copied().collect(),
            patches: member.patch.into_iter().collect(),
            sizes: BTreeSet::from([member.size]),
        };
        Self {
            parent: (0..members.len()).collect(),
            facts: members.iter().map(facts).collect(),
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins each of a class with the first set of it that it may be joined with.
    fn join(&mut self, class: &[usize], by: By) {
        let mut heads: Vec<usize> = Vec::new();
        for at in class {
            let root = self.root(*at);
            if heads.iter().any(|head| self.root(*head) == root) {
                continue;
            }
            let fits = heads
                .iter()
                .position(|head| {
                    let head = self.root(*head);
                    self.may_join(head, root, by)
                })
                .map(|index| heads[index]);
            match fits {
                Some(head) => self.unite(head, root),
                None => heads.push(root),
            }
        }
    }

    fn may_join(&self, a: usize, b: usize, by: By) -> bool {
        let (a, b) = (&self.facts[a], &self.facts[b]);
        let one_branch = !a.defaults.is_disjoint(&b.defaults);
        let apart = match by {
            By::Patch => one_branch || !a.are_related(b),
            // The same words in the same second are no copy where both stand on one branch and
            // change different things, nor in unrelated repositories unless they change as much.
            By::Key => {
                let differ = !a.patches.is_empty() && !b.patches.is_empty();
                (one_branch && differ && !a.change_the_same(b))
                    || (!a.are_related(b) && a.sizes.is_disjoint(&b.sizes))
            }
            By::Version => false,
        };
        !apart && a.squashes.is_disjoint(&b.oids) && b.squashes.is_disjoint(&a.oids)
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (mut a, mut b) = (self.root(a), self.root(b));
        if self.facts[a].oids.len() < self.facts[b].oids.len() {
            std::mem::swap(&mut a, &mut b);
        }
        self.parent[b] = a;
        let gone = std::mem::take(&mut self.facts[b]);
        let facts = &mut self.facts[a];
        facts.defaults.extend(gone.defaults);
        facts.repos.extend(gone.repos);
        facts.roots.extend(gone.roots);
        facts.oids.extend(gone.oids);
        facts.squashes.extend(gone.squashes);
        facts.patches.extend(gone.patches);
        facts.sizes.extend(gone.sizes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(n: u8) -> Member {
        Member {
            oid: Oid([n; 20]),
            utc: i64::from(n),
            committed_utc: i64::from(n),
            change_key: i64::from(n),
            patch: None,
            defaults: Vec::new(),
            repos: vec![RepoId(1)],
            roots: vec![Oid([99; 20])],
            squashes: Vec::new(),
            size: (3, 1),
        }
    }

    fn patched(n: u8, on_default: bool) -> Member {
        Member {
            patch: Some(7),
            defaults: on_default.then_some(RepoId(1)).into_iter().collect(),
            ..member(n)
        }
    }

    #[test]
    fn an_equal_patch_joins_what_the_change_key_does_not() {
        let members = [patched(1, false), patched(2, true), member(3)];
        assert_eq!(kept(&members, &[]), [1, 1, 2]);
    }

    #[test]
    fn an_equal_patch_joins_forks_and_never_unrelated_repositories() {
        let elsewhere = |n, root| Member {
            repos: vec![RepoId(2)],
            roots: vec![Oid([root; 20])],
            ..patched(n, false)
        };
        let fork = [patched(1, true), elsewhere(2, 99)];
        assert_eq!(kept(&fork, &[]), [0, 0]);
        let unrelated = [patched(1, true), elsewhere(2, 98)];
        assert_eq!(kept(&unrelated, &[]), [0, 1]);
    }

    #[test]
    fn the_same_words_in_one_second_are_no_copy_where_they_say_different_things() {
        let words = |n, patch, repo: u32| Member {
            change_key: 7,
            patch: Some(patch),
            defaults: vec![RepoId(repo)],
            repos: vec![RepoId(repo)],
            roots: vec![Oid([u8::try_from(repo).unwrap(); 20])],
            size: (patch, 0),
            ..member(n)
        };
        assert_eq!(kept(&[words(1, 4, 1), words(2, 5, 1)], &[]), [0, 1]);
        assert_eq!(kept(&[words(1, 4, 1), words(2, 5, 2)], &[]), [0, 1]);
        // Filtered to one folder: another patch, as many lines.
        let filtered = Member {
            size: (4, 0),
            ..words(2, 5, 2)
        };
        assert_eq!(kept(&[words(1, 4, 1), filtered], &[]), [1, 1]);
        // Picked, and both merged into one branch since.
        assert_eq!(kept(&[words(1, 4, 1), words(2, 4, 1)], &[]), [1, 1]);
    }

    #[test]
    fn a_change_applied_twice_on_the_default_branch_is_two_whatever_lies_elsewhere() {
        let members = [patched(3, true), patched(1, true), patched(2, false)];
        assert_eq!(kept(&members, &[]), [0, 1, 1]);
    }

    #[test]
    fn versions_of_one_commit_are_one_even_when_reworded() {
        let members = [member(1), member(2), member(3)];
        assert_eq!(kept(&members, &[(0, 1), (1, 2)]), [2, 2, 2]);
    }

    #[test]
    fn a_squash_is_never_a_copy_of_what_it_holds() {
        let squash = Member {
            change_key: 1,
            defaults: vec![RepoId(1)],
            ..member(9)
        };
        let first = Member {
            squashes: vec![squash.oid],
            ..member(1)
        };
        let copy = Member {
            change_key: 1,
            ..member(5)
        };
        let members = [squash, first, copy];
        let kept = kept(&members, &[(1, 0)]);
        assert_ne!(kept[0], kept[1]);
        assert_eq!(kept[2], kept[0], "the first in order takes the copy");
    }
}
