//! A group of commits that may have landed as one, step by step.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use crate::model::ids::Oid;

/// One step along the first parents of a group, the oldest first.
pub(super) struct Step {
    pub(super) commit: Oid,
    pub(super) tree: Oid,
    /// The newest of its parents that is not in the group.
    pub(super) boundary: Option<(i64, Oid)>,
}

/// A group, and how much of it has landed.
pub(super) struct Group<'g> {
    pub(super) own: &'g FxHashSet<Oid>,
    pub(super) steps: Vec<Step>,
    /// So many steps have landed, with all that is reachable from them.
    pub(super) done: usize,
    pub(super) taken: FxHashSet<Oid>,
    pub(super) oldest: i64,
}

impl Group<'_> {
    /// The steps that are left, in the order in which they are tried: the longest beginning
    /// first, but none over a merge from outside before those up to it. What was merged may hold
    /// what landed before it, and then does not show in what comes after.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut merges = 0;
        let mut steps = Vec::new();
        for (step, one) in self.steps.iter().enumerate().skip(self.done) {
            merges += usize::from(step > self.done && one.boundary.is_some());
            steps.push((merges, Reverse(step)));
        }
        steps.sort_unstable();
        steps.into_iter().map(|(_, Reverse(step))| step).collect()
    }

    /// The last step of each part between merges from outside, of what is left.
    pub(super) fn ends(&self) -> Vec<usize> {
        let starts = (self.done + 1)..self.steps.len();
        let starts = starts.filter(|step| self.steps[*step].boundary.is_some());
        let ends = starts.map(|step| step - 1);
        ends.chain([self.steps.len() - 1]).collect()
    }

    /// The commit that what is left up to `step` is compared with: the newest from outside that
    /// was merged meanwhile, else where the last landed part ends, else where the group begins.
    pub(super) fn base(&self, step: usize) -> Option<Oid> {
        let merged = self.steps[self.done..=step].iter();
        let merged = merged.filter_map(|step| step.boundary).max();
        let landed = self.done.checked_sub(1).map(|last| self.steps[last].commit);
        merged.map(|(_, oid)| oid).or(landed)
    }
}
