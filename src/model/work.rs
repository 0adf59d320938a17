//! Tasks, reviews and recorded time in numbers, as metrics see them: no text.
//!
//! Rows, not columns: there are a hundred times fewer tasks than commits, and a metric reads most
//! of a task at once.

use std::ops::Range;

use super::ids::TaskId;
use super::stage::Stage;
use super::task::{Estimate, TaskKind, When};
use super::timeline::{self, Timeline};

/// Everything that exports tell, sorted; indexes into these lists are what figures hand out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Tasks of mine, pull requests included, by (tracker, key, creation).
    pub tasks: Vec<Task>,
    /// Stays in stages, grouped by task, oldest first.
    pub visits: Vec<Visit>,
    /// The times of pull requests of mine, by task.
    pub reviews: Vec<Review>,
    /// Pull requests of others that I reviewed, by first review.
    pub given: Vec<Given>,
    /// Recorded time, by start.
    pub spent: Vec<Spent>,
    /// The day up to which all is known, days from 1970-01-01: that of the newest export of each
    /// tracker that still holds open tasks, the oldest of these. `None` before the first import.
    pub until: Option<i32>,
    /// The newest export of each tracker with tasks, by tracker.
    pub exports: Vec<Export>,
}

/// The newest export of one tracker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Export {
    /// The tracker: position in [`Labels::sources`](super::dataset::Labels::sources).
    pub source: u16,
    /// Its day, days from 1970-01-01.
    pub day: i32,
    /// Tasks of that tracker that are not closed by it.
    pub open: u64,
}

/// A task of mine.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Store row.
    pub id: TaskId,
    /// Its tracker: position in [`Labels::sources`](super::dataset::Labels::sources).
    pub source: u16,
    /// Its project: position in [`Labels::projects`](super::dataset::Labels::projects); 0 = none.
    pub project: u16,
    /// Position in [`Dataset::repos`](super::dataset::Dataset::repos) of the repository that its
    /// project or its commits belong to; `None` when nothing says so.
    pub repo: Option<u16>,
    /// What kind of thing.
    pub kind: TaskKind,
    /// Where it stands; `None` when nothing says so.
    pub stage: Option<Stage>,
    /// When it was written down.
    pub created: Option<Stamp>,
    /// When work began, as its tracker says.
    pub started: Option<Stamp>,
    /// When the first commit that is linked with it was made; no start, but evidence of one.
    pub first_commit: Option<Stamp>,
    /// When it was finished, the last time; only of one that is done.
    pub done: Option<Stamp>,
    /// When it was given up; only of one that is cancelled.
    pub cancelled: Option<Stamp>,
    /// It was started, finished or given up, but only between two exports: no time is known.
    pub windowed: bool,
    /// When it is due.
    pub due: Option<Stamp>,
    /// When the tracker last saw a change of it.
    pub updated: Option<Stamp>,
    /// How much work it was thought to be.
    pub estimate: Option<Estimate>,
    /// Seconds of work recorded on it; `None` when nothing was.
    pub spent: Option<i64>,
    /// Its export told its whole history.
    pub whole: bool,
    /// The owner took it out of every figure.
    pub excluded: bool,
    /// Its stays, in [`Work::visits`].
    pub visits: Range<u32>,
}

impl Work {
    /// For each of [`Work::visits`] the position of its task.
    pub fn owners(&self) -> Vec<u32> {
        let mut out = vec![u32::MAX; self.visits.len()];
        for (task, at) in self.tasks.iter().zip(0..) {
            let its = task.visits.start as usize..task.visits.end as usize;
            if let Some(its) = out.get_mut(its) {
                its.fill(at);
            }
        }
        out
    }
}

impl Task {
    /// Whether it is a pull or merge request.
    pub fn is_pr(&self) -> bool {
        self.kind == TaskKind::Pr
    }
}

/// A stay of a task in one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The stage; `None` for a word without one, or a time that no move tells of.
    pub stage: Option<Stage>,
    /// When it was entered; `None` where that is not known exactly.
    pub from: Option<Stamp>,
    /// When it was left; `None` where that is not known exactly, and while it lasts.
    pub to: Option<Stamp>,
    /// It lasts still.
    pub lasts: bool,
}

/// The times of a pull request of mine; missing = not known or not happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Its position in [`Work::tasks`].
    pub task: u32,
    /// Author time of its first commit that is known here.
    pub first_commit: Option<Stamp>,
    /// When it was opened.
    pub opened: Option<Stamp>,
    /// When it was ready to be reviewed.
    pub ready: Option<Stamp>,
    /// The first review by somebody else.
    pub first_review: Option<Stamp>,
    /// When it was approved.
    pub approved: Option<Stamp>,
    /// When it was merged.
    pub merged: Option<Stamp>,
    /// When it was closed.
    pub closed: Option<Stamp>,
    /// Lines added plus deleted.
    pub lines: Option<u64>,
}

/// A pull request of somebody else that I reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Store row.
    pub id: TaskId,
    /// Its tracker: position in [`Labels::sources`](super::dataset::Labels::sources).
    pub source: u16,
    /// Position in [`Dataset::repos`](super::dataset::Dataset::repos), where its project is one.
    pub repo: Option<u16>,
    /// Position in [`Labels::projects`](super::dataset::Labels::projects); 0 = none.
    pub project: u16,
    /// When I was asked.
    pub requested: Option<Stamp>,
    /// When I reviewed, oldest first; never empty.
    pub times: Vec<Stamp>,
    /// The owner took it out of every figure.
    pub excluded: bool,
}

/// A stretch of recorded time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Store row of its task, or its own.
    pub id: TaskId,
    /// Where it was recorded: position in [`Labels::sources`](super::dataset::Labels::sources).
    pub source: u16,
    /// When it began.
    pub start: Stamp,
    /// When it ended, where the entry says.
    pub end: Option<Stamp>,
    /// Its length in seconds, where the entry says it otherwise than by its end.
    pub seconds: Option<i64>,
    /// Its position in [`Work::tasks`], where it is one of mine.
    pub task: Option<u32>,
    /// Position in [`Labels::projects`](super::dataset::Labels::projects); 0 = none.
    pub project: u16,
    /// Busy time of a calendar: no work of itself.
    pub busy: bool,
    /// The owner took it out of every figure.
    pub excluded: bool,
}

/// When something happened, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// UTC seconds; of a plain date, its end ([`When::order`]).
    pub utc: i64,
    /// Civil day in its own offset, days from 1970-01-01.
    pub day: i32,
    /// Its offset in minutes; 0 of a plain date.
    pub offset_min: i16,
    /// It is a plain date: the time of day is not known.
    pub whole_day: bool,
}

const DAY: i64 = 86_400;

impl Stamp {
    /// `when` in numbers; `None` when no calendar holds its day.
    pub fn of(when: When) -> Option<Self> {
        let day = when.day()?.to_epoch_days();
        Some(Self {
            utc: when.order(),
            day,
            offset_min: when.moment().map_or(0, |at| at.offset_min),
            whole_day: when.moment().is_none(),
        })
    }

    /// An instant with an offset in minutes; `None` when no calendar holds its day.
    pub fn at(utc: i64, offset_min: i16) -> Option<Self> {
        Self::of(When::At(super::moment::Moment { utc, offset_min }))
    }

    /// Seconds from `self` to `end`, elapsed. Where either is a plain date, the civil days that
    /// both ends touch, in seconds: the same day is one day (the day-grain rule of Kanban tools).
    /// `None` when `end` comes first.
    pub fn elapsed(self, end: Self) -> Option<i64> {
        let seconds = if self.whole_day || end.whole_day {
            let days = i64::from(end.day) - i64::from(self.day);
            if days < 0 {
                return None;
            }
            (days + 1) * DAY
        } else {
            end.utc.checked_sub(self.utc)?
        };
        (seconds >= 0).then_some(seconds)
    }
}

fn stamp(when: Option<When>) -> Option<Stamp> {
    when.and_then(Stamp::of)
}

fn known(point: Option<timeline::Point>) -> Option<Stamp> {
    stamp(point.and_then(timeline::Point::known))
}

impl Task {
    /// The task with these facts; `source`, `project` and `repo` are positions, and its visits are
    /// appended to `visits`.
    pub fn new(
        id: TaskId,
        (facts, timeline): (&super::task::TaskFacts, &Timeline),
        (source, project, repo): (u16, u16, Option<u16>),
        visits: &mut Vec<Visit>,
    ) -> Self {
        let begin = place(visits.len());
        visits.extend(timeline.visits.iter().enumerate().map(|(n, visit)| Visit {
            stage: visit.stage,
            from: known(visit.from),
            to: known(visit.to),
            lasts: n + 1 == timeline.visits.len(),
        }));
        let between =
            |point: Option<timeline::Point>| point.is_some_and(|point| point.known().is_none());
        Self {
            id,
            source,
            project,
            repo,
            kind: facts.kind,
            stage: timeline.stage,
            created: stamp(facts.created),
            started: known(timeline.started),
            first_commit: None,
            done: known(timeline.done),
            cancelled: known(timeline.cancelled),
            windowed: [timeline.started, timeline.done, timeline.cancelled]
                .into_iter()
                .any(between),
            due: stamp(facts.due),
            updated: stamp(facts.updated),
            estimate: facts.estimate,
            spent: facts.spent,
            whole: facts.history_whole,
            excluded: false,
            visits: begin..place(visits.len()),
        }
    }
}

impl Review {
    /// The times of the pull request at position `task`.
    pub fn new(task: u32, review: &super::task::Review) -> Self {
        let lines = |n: Option<i64>| n.map_or(0, |n| u64::try_from(n).unwrap_or(0));
        let counted = review.additions.is_some() || review.deletions.is_some();
        Self {
            task,
            first_commit: None,
            opened: stamp(review.opened),
            ready: stamp(review.ready),
            first_review: stamp(review.first_review),
            approved: stamp(review.approved),
            merged: stamp(review.merged),
            closed: stamp(review.closed),
            lines: counted.then(|| lines(review.additions) + lines(review.deletions)),
        }
    }
}

/// A length as a position; lists of more than four thousand million entries do not occur.
fn place(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
