//! Finds the one commit that landed the whole change of several others.
//!
//! A group is what a tip holds and the default branch does not. Its change, and that of every
//! beginning of it along its first parents, is compared with the commits that came after by
//! patch identity; the longest beginning up to a merge from outside wins, one that is older than
//! what it landed as before others, and the search goes on behind it. Where what was landed was
//! edited on the way, a message that lists the subjects of all commits is believed, if it is mine or
//! names me and touches half of the files that the group changes.
//!
//! The bounds: groups of at most 512 commits, beginnings of at most 64 steps, changes of at most
//! 2,000 files; for each group the first 1,000 later commits of mine and the first 300 of everybody;
//! in one reading 2,000 commits beside those of the groups, the newest groups first.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::commits::{Commits, One};
use super::group::{Group, Step};
use super::message;
use super::shapes::{self, Paths, Shapes};
use crate::model::history::Relation;
use crate::model::ids::Oid;

/// The most steps of a group that are tried one by one.
const STEPS: usize = 64;

/// So many later commits of mine are compared with one group, and so many of everybody: what I wrote
/// is landed under my name but for rare cases.
const LATER_MINE: usize = 1_000;
const LATER: usize = 300;

/// Clocks of two machines are believed to this many seconds.
const DAY: i64 = 86_400;

/// A commit that a group may have landed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    /// When it was committed.
    pub(super) time: i64,
    /// The commit, no merge.
    pub(super) oid: Oid,
    /// The default branch holds it.
    pub(super) landed: bool,
}

/// The search through one repository.
pub(super) struct Search<'a, 'o, 'j> {
    pub(super) commits: Commits<'a, 'o, 'j>,
    shapes: Shapes,
    /// Sorted: those on the default branch, whoever wrote them, and mine wherever they are.
    landed: Vec<Candidate>,
    mine: Vec<Candidate>,
    /// Squashes found so far.
    pub(super) found: Vec<Relation>,
    /// Groups that did not land, as a tip and where it left the default branch.
    pub(super) pending: Vec<(Oid, Oid)>,
    /// Commits on the first-parent lines of groups that were looked at.
    pub(super) covered: FxHashSet<Oid>,
}

/// A beginning of what is left of a group, and the commit it landed as.
struct Hit {
    step: usize,
    squash: Oid,
    commits: Vec<(Oid, Rc<One>)>,
}

impl<'a, 'o, 'j> Search<'a, 'o, 'j> {
    /// A search among these candidates.
    pub(super) fn new(
        commits: Commits<'a, 'o, 'j>,
        mut landed: Vec<Candidate>,
        mut mine: Vec<Candidate>,
    ) -> Self {
        landed.sort_unstable();
        mine.sort_unstable();
        Self {
            commits,
            shapes: Shapes::default(),
            landed,
            mine,
            found: Vec::new(),
            pending: Vec::new(),
            covered: FxHashSet::default(),
        }
    }

    /// Looks for what the group `own` under `tip` landed as. A commit that cannot be read ends it.
    pub(super) fn group(&mut self, tip: Oid, own: &FxHashSet<Oid>) -> Option<()> {
        let mut oldest = i64::MAX;
        let mut work = 0;
        for oid in own {
            let one = self.commits.get(*oid)?;
            oldest = oldest.min(one.time);
            work += usize::from(one.is_work());
        }
        let steps = self.steps(tip, own)?;
        self.covered.extend(steps.iter().map(|step| step.commit));
        if work < 2 {
            return None;
        }
        let mut group = Group {
            own,
            steps,
            done: 0,
            taken: FxHashSet::default(),
            oldest,
        };
        while group.done < group.steps.len() {
            let Some(hit) = self.longest(&group) else {
                break;
            };
            self.tell(&hit);
            group.done = hit.step + 1;
            group.taken.extend(hit.commits.iter().map(|(oid, _)| *oid));
        }
        let mut left = own.iter().filter(|oid| !group.taken.contains(*oid));
        if left.any(|oid| self.is_my_work(*oid)) {
            let base = group.base(group.steps.len() - 1);
            self.pending.extend(base.map(|base| (tip, base)));
        }
        Some(())
    }

    fn is_my_work(&mut self, oid: Oid) -> bool {
        let one = self.commits.get(oid);
        one.is_some_and(|one| one.mine && one.is_work())
    }

    /// Whether a group that changed what differs between `base` and `tip` can have landed as one
    /// of the candidates at all.
    pub(super) fn may_have_landed(&mut self, tip: Oid, base: Oid) -> Option<bool> {
        let (tip, base) = (self.commits.get(tip)?, self.commits.get(base)?);
        let whole = self.frame(Some(base.tree), tip.tree)?;
        let candidates = self.later(i64::MIN);
        Some(candidates.into_iter().any(|one| {
            let found = self
                .shapes
                .within(&mut self.commits, one.oid, (&whole.0, &whole.1));
            let has_bullets = |commits: &mut Commits<'_, '_, '_>| {
                commits.get(one.oid).is_some_and(|one| one.has_bullets)
            };
            found.is_some() || has_bullets(&mut self.commits)
        }))
    }

    /// The group's first parents, the oldest first; the tip alone when there are too many.
    fn steps(&mut self, tip: Oid, own: &FxHashSet<Oid>) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        let mut next = Some(tip);
        while let Some(commit) = next.filter(|oid| own.contains(oid)) {
            let one = self.commits.get(commit)?;
            let boundary = self.newest_outside(&one.parents, own);
            next = one.parents.first().copied();
            steps.push(Step {
                commit,
                tree: one.tree,
                boundary,
            });
        }
        if steps.len() > STEPS {
            steps.truncate(1);
            let all: Vec<Rc<One>> = own
                .iter()
                .filter_map(|oid| self.commits.get(*oid))
                .collect();
            let parents = all.iter().flat_map(|one| one.parents.iter().copied());
            let parents: Vec<Oid> = parents.collect();
            steps[0].boundary = self.newest_outside(&parents, own);
        }
        steps.reverse();
        Some(steps)
    }

    fn newest_outside(&mut self, parents: &[Oid], own: &FxHashSet<Oid>) -> Option<(i64, Oid)> {
        let outside = parents.iter().filter(|oid| !own.contains(*oid));
        let times = outside.filter_map(|oid| Some((self.commits.get(*oid)?.time, *oid)));
        times.max()
    }

    /// First parts and paths of the change between two trees.
    fn frame(&mut self, before: Option<Oid>, after: Oid) -> Option<(Paths, Paths)> {
        let tops = shapes::top_level(self.commits.objects, before, after)?;
        Some((tops, shapes::between(self.commits.objects, before, after)?))
    }

    /// What the parts of `group` between merges from outside change, taken together: what landed
    /// and was merged back does not show in what comes after.
    fn whole(&mut self, group: &Group<'_>) -> Option<(Paths, Paths)> {
        let mut found = Vec::new();
        for step in group.ends() {
            let base = self.tree_of(group.base(step));
            found.extend(self.frame(base, group.steps[step].tree));
        }
        let (tops, paths): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        (!tops.is_empty()).then(|| (shapes::union(&tops), shapes::union(&paths)))
    }

    /// The candidates from `time` on, each once, those of mine first.
    fn later(&self, time: i64) -> Vec<Candidate> {
        let from = |all: &[Candidate], most: usize| {
            let at = all.partition_point(|one| one.time < time);
            all[at..].iter().take(most).copied().collect::<Vec<_>>()
        };
        let mut found = from(&self.mine, LATER_MINE);
        let known: FxHashSet<Oid> = found.iter().map(|one| one.oid).collect();
        let landed = from(&self.landed, LATER).into_iter();
        found.extend(landed.filter(|one| !known.contains(&one.oid)));
        found
    }

    /// The longest beginning of what is left of `group` that landed as one commit.
    fn longest(&mut self, group: &Group<'_>) -> Option<Hit> {
        let whole = self.whole(group)?;
        let later = self.later(group.oldest.saturating_sub(DAY));
        let mut by_shape = Vec::new();
        let mut by_bullets = Vec::new();
        for one in later {
            if group.own.contains(&one.oid) {
                continue;
            }
            let shape = self
                .shapes
                .within(&mut self.commits, one.oid, (&whole.0, &whole.1));
            by_shape.extend(shape.map(|shape| (one, shape)));
            if self.commits.get(one.oid).is_some_and(|one| one.has_bullets) {
                by_bullets.push(one);
            }
        }
        if by_shape.is_empty() && by_bullets.is_empty() {
            return None;
        }
        let steps = group.order();
        let mut late = None;
        for step in &steps {
            match self.same(group, *step, &by_shape) {
                Some((hit, true)) => return Some(hit),
                Some((hit, false)) => late = late.or(Some(hit)),
                None => {}
            }
        }
        late.or_else(|| {
            let mut steps = steps.iter();
            steps.find_map(|step| self.listed(group, *step, &by_bullets))
        })
    }

    fn tree_of(&mut self, commit: Option<Oid>) -> Option<Oid> {
        Some(self.commits.get(commit?)?.tree)
    }

    /// The candidate that changes the same as what is left up to `step`, and whether it came after
    /// all of that. If not, clocks differ, or what came later came to nothing.
    fn same(
        &mut self,
        group: &Group<'_>,
        step: usize,
        all: &[(Candidate, Paths)],
    ) -> Option<(Hit, bool)> {
        let shape = self.change(group, step)?;
        let mut all = all.iter().filter(|(_, paths)| *paths == shape).peekable();
        all.peek()?;
        let commits = self.segment(group, step)?;
        let base = self.tree_of(group.base(step));
        let identity = shapes::identity(self.commits.objects, base, group.steps[step].tree)?;
        let newest = commits.iter().map(|(_, one)| one.time).max()?;
        let (mut after, mut late) = (Vec::new(), Vec::new());
        for (candidate, _) in all {
            let slack = if candidate.landed { DAY } else { 0 };
            if candidate.time >= newest {
                after.push(candidate);
            } else if candidate.time >= newest.saturating_sub(slack) {
                late.push(candidate);
            }
        }
        let candidate = after.into_iter().chain(late).find(|candidate| {
            self.shapes.identity(&mut self.commits, candidate.oid) == Some(identity)
        })?;
        // One of them alone, copied: the others came to nothing.
        let is_copy = commits.len() <= STEPS
            && commits
                .iter()
                .any(|(oid, _)| self.shapes.identity(&mut self.commits, *oid) == Some(identity));
        let hit = Hit {
            step,
            squash: candidate.oid,
            commits,
        };
        (!is_copy).then_some((hit, candidate.time >= newest))
    }

    /// The candidate whose message lists the subjects of what is left up to `step`, in order.
    fn listed(&mut self, group: &Group<'_>, step: usize, all: &[Candidate]) -> Option<Hit> {
        if all.is_empty() {
            return None;
        }
        let commits = self.segment(group, step)?;
        let mut subjects = Vec::new();
        for one in &group.steps[group.done..=step] {
            if self.commits.get(one.commit)?.is_work() {
                let message = self.commits.message(one.commit);
                subjects.push(message::subject(&message).to_vec());
            }
        }
        if subjects.len() < 2 {
            return None;
        }
        let squash = all.iter().map(|one| one.oid).find(|oid| {
            let message = self.commits.message(*oid);
            let mut bullets = message::bullets(&message).into_iter();
            subjects
                .iter()
                .all(|subject| bullets.any(|one| one == subject))
                && self.touches(*oid, (group, step))
        })?;
        Some(Hit {
            step,
            squash,
            commits,
        })
    }

    /// Whether the commit changes at least half of the paths of what is left up to `step`.
    fn touches(&mut self, oid: Oid, (group, step): (&Group<'_>, usize)) -> bool {
        let paths = self.change(group, step);
        let found = self.commits.get(oid).and_then(|one| {
            let before = self.tree_of(one.parents.first().copied());
            shapes::between(self.commits.objects, before, one.tree)
        });
        let (Some(paths), Some(found)) = (paths, found) else {
            return false;
        };
        let both = found
            .iter()
            .filter(|path| paths.binary_search(path).is_ok());
        let both = both.count();
        both > 0 && both * 2 >= paths.len()
    }

    /// The paths of what is left of `group` up to `step`.
    fn change(&mut self, group: &Group<'_>, step: usize) -> Option<Paths> {
        let base = self.tree_of(group.base(step));
        shapes::between(self.commits.objects, base, group.steps[step].tree)
    }

    /// The commits of what is left up to `step`, merges aside; `None` when they are fewer than
    /// two or none is mine.
    fn segment(&mut self, group: &Group<'_>, step: usize) -> Option<Vec<(Oid, Rc<One>)>> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut left = vec![group.steps[step].commit];
        while let Some(oid) = left.pop() {
            let is_own = group.own.contains(&oid) && !group.taken.contains(&oid);
            if !is_own || !seen.insert(oid) {
                continue;
            }
            let one = self.commits.get(oid)?;
            left.extend_from_slice(&one.parents);
            if one.is_work() {
                found.push((oid, one));
            }
        }
        (found.len() > 1 && found.iter().any(|(_, one)| one.mine)).then_some(found)
    }

    fn tell(&mut self, hit: &Hit) {
        let mine = hit.commits.iter().filter(|(_, one)| one.mine);
        let mut members: Vec<Oid> = mine.map(|(oid, _)| *oid).collect();
        members.sort_unstable();
        if let Some(squash) = self.commits.get(hit.squash) {
            self.found.push(Relation::Squash {
                squash: hit.squash,
                at: squash.at,
                mine: squash.mine,
                members,
            });
        }
    }
}
