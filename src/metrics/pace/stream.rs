//! Ref events and acts of work items, told in the order of time between the commits.

use super::super::select::Span;
use super::act::{Act, Kind, Place, UNNAMED};
use crate::model::dataset::{RefAct, UNDATED};
use crate::model::history::RefEventKind;
use crate::model::links::Link;
use crate::model::moment::Moment;
use crate::model::work::{Task, Work};

/// What is still to be told of a span.
pub(super) struct Stream<'a, F> {
    pub(super) span: Span,
    /// By time.
    pub(super) refs: &'a [RefAct],
    /// By time.
    pub(super) others: &'a [Act],
    /// Whether a ref event passes the filters.
    pub(super) admits: F,
    /// Now, UTC seconds: clocks are believed up to a day after it.
    pub(super) now: i64,
    /// The second whose commits were told: their own lines are no further acts.
    pub(super) told: Option<i64>,
    /// Ref events of the span that are no acts.
    pub(super) vague: u64,
}

impl<F: Fn(&RefAct) -> bool> Stream<'_, F> {
    /// Tells everything before the second `utc`.
    pub(super) fn before(&mut self, utc: i64, mut tell: impl FnMut(Act)) {
        loop {
            let line = self.refs.first().filter(|line| line.utc < utc);
            let other = self.others.first().filter(|act| act.utc < utc);
            let first = |line: &&RefAct| other.is_none_or(|other| line.utc <= other.utc);
            if let Some(line) = line.filter(first) {
                self.refs = self.refs.get(1..).unwrap_or_default();
                if (self.admits)(line) && !self.repeats(line) {
                    self.line(line, &mut tell);
                }
            } else if let Some(other) = other {
                self.others = self.others.get(1..).unwrap_or_default();
                if other.inside(self.span) {
                    tell(*other);
                }
            } else {
                return;
            }
        }
    }

    /// A line of a commit that was told.
    fn repeats(&self, line: &RefAct) -> bool {
        self.told == Some(line.utc) && is_commit_line(line.kind)
    }

    fn line(&mut self, line: &RefAct, tell: &mut impl FnMut(Act)) {
        let act = act(line);
        if act.inside(self.span) {
            if is_act(line, self.now) {
                tell(act);
            } else {
                self.vague += 1;
            }
        }
    }

    /// The reflog line of a commit made at `utc`, best one of its repository: it tells where the
    /// commit was made, which may be another clone.
    pub(super) fn own_line(&self, utc: i64, repo: u16) -> Option<RefAct> {
        let same = self.refs.iter().take_while(|line| line.utc == utc);
        let mut lines = same.filter(|line| is_commit_line(line.kind) && (self.admits)(line));
        let here = lines.clone().find(|line| line.repo == repo);
        here.or_else(|| lines.next()).copied()
    }
}

/// Whether the line of such an event bears the author time of the commit that it made.
fn is_commit_line(kind: RefEventKind) -> bool {
    matches!(
        kind,
        RefEventKind::Commit | RefEventKind::Amend | RefEventKind::Revert
    )
}

/// Whether a ref event is something that I did at a time that can be believed. Of
/// [`RefEventKind::Other`] nobody can tell what did it: a clone, a tool that sets refs.
pub(super) fn is_act(line: &RefAct, now: i64) -> bool {
    let at = Moment {
        utc: line.utc,
        offset_min: line.offset_min,
    };
    line.kind != RefEventKind::Other && line.day != UNDATED && at.is_dated(now)
}

fn act(line: &RefAct) -> Act {
    let named = Some(line.branch).filter(|branch| *branch != 0);
    // A checkout leads to another place even when that has no name here.
    let unnamed = (line.kind == RefEventKind::Checkout).then_some(UNNAMED);
    Act {
        utc: line.utc,
        day: line.day,
        offset_min: line.offset_min,
        kind: if line.kind == RefEventKind::Checkout {
            Kind::Entry
        } else {
            Kind::Step
        },
        place: Place {
            repo: Some(line.repo),
            branch: named.or(unnamed),
            task: None,
        },
    }
}

/// Takes the links of commits before `commit` off `links`, which are sorted, and returns the task
/// of the surest link of `commit`. A pull request is none: it is the same work as its issue.
pub(super) fn surest(links: &mut &[Link], commit: u32, work: &Work) -> Option<u32> {
    while links.first().is_some_and(|link| link.commit < commit) {
        *links = links.get(1..).unwrap_or_default();
    }
    let own = links.iter().take_while(|link| link.commit == commit);
    let is_pr = |link: &&Link| {
        let task = work.tasks.get(link.task as usize);
        task.is_some_and(Task::is_pr)
    };
    let own = own.filter(|link| !is_pr(link));
    own.min_by_key(|link| link.rule).map(|link| link.task)
}
