//! One act, and the acts that work items tell of.

use super::super::items::Items;
use super::super::select::Span;
use crate::model::moment::Moment;
use crate::model::stage::Stage;
use crate::model::work::{Stamp, Task, Visit, Work};

const DAY: i64 = 86_400;

/// One thing that I did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metrics) struct Act {
    /// When, UTC seconds.
    pub(in crate::metrics) utc: i64,
    /// Civil day in its own offset, days from 1970-01-01.
    pub(in crate::metrics) day: i32,
    /// Its offset, minutes.
    pub(in crate::metrics) offset_min: i16,
    /// What it was.
    pub(in crate::metrics) kind: Kind,
    /// What it was about.
    pub(in crate::metrics) place: Place,
}

/// What was done, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metrics) enum Kind {
    /// A counted commit, or a review: the work on it came before.
    Result,
    /// A checkout, or the start of a task: the work comes after.
    Entry,
    /// Anything else.
    Step,
}

/// What an act was about, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::metrics) struct Place {
    /// Position in [`Dataset::repos`](crate::model::dataset::Dataset::repos).
    pub(in crate::metrics) repo: Option<u16>,
    /// The number of its branch; [`UNNAMED`] for one without a commit of mine.
    pub(in crate::metrics) branch: Option<u32>,
    /// Position in [`Work::tasks`](crate::model::work::Work::tasks); beyond their end, in
    /// [`Work::given`](crate::model::work::Work::given).
    pub(in crate::metrics) task: Option<u32>,
}

/// A branch that was checked out and has no number: it is another one, more is not known.
pub(in crate::metrics) const UNNAMED: u32 = u32::MAX;

impl Act {
    /// Its own second of the day, from 0.
    pub(in crate::metrics) fn second_of_day(&self) -> i64 {
        (self.utc + i64::from(self.offset_min) * 60).rem_euclid(DAY)
    }

    /// Whether it lies in `span`.
    pub(super) fn inside(&self, span: Span) -> bool {
        let late = |cut| self.day == span.to && self.second_of_day() > cut;
        (span.from..=span.to).contains(&self.day) && !span.cut.is_some_and(late)
    }

    fn at(stamp: Stamp, kind: Kind, place: Place) -> Self {
        Self {
            utc: stamp.utc,
            day: stamp.day,
            offset_min: stamp.offset_min,
            kind,
            place,
        }
    }
}

/// The acts that tasks, pull requests and reviews of `items` tell of, by time; plain dates only
/// where `grain` is a day. Of the moves of a task only its start is taken: planning it, sending
/// it to review, sending it back and closing it are as often done by others or by the tracker
/// itself, and an act that is not mine would make a session, or a late evening, that never was.
pub(in crate::metrics) fn of_work(items: &Items<'_>, grain: Grain) -> Vec<Act> {
    let work = &items.question.data.work;
    let place = |repo, task| Place {
        repo,
        task,
        ..Place::default()
    };
    let mut out = Vec::new();
    for (at, task) in items.tasks() {
        let place = place(task.repo, Some(at));
        let start = start(work, task).map(|stamp| (stamp, Kind::Entry, place));
        out.extend(start);
    }
    for (_, task, review) in items.pull_requests() {
        // Its commits may be linked with an issue: the request itself is no other task.
        let opened = review.opened.into_iter();
        out.extend(opened.map(|stamp| (stamp, Kind::Step, place(task.repo, None))));
    }
    let own = u32::try_from(work.tasks.len()).unwrap_or(u32::MAX);
    for (at, given) in items.given() {
        let place = place(given.repo, own.checked_add(at));
        out.extend(
            given
                .times
                .iter()
                .map(|stamp| (*stamp, Kind::Result, place)),
        );
    }
    let now = items.question.calendar.now.timestamp();
    let mut out: Vec<Act> = out
        .into_iter()
        .filter(|(stamp, ..)| grain.takes(*stamp, now))
        .map(|(stamp, kind, place)| Act::at(stamp, kind, place))
        .collect();
    out.sort_by_key(|act| (act.utc, act.place.task));
    out
}

/// Which times are fine enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metrics) enum Grain {
    /// Instants alone.
    Second,
    /// Plain dates too.
    Day,
}

impl Grain {
    fn takes(self, stamp: Stamp, now: i64) -> bool {
        let at = Moment {
            utc: stamp.utc,
            offset_min: stamp.offset_min,
        };
        at.is_dated(now) && (self == Self::Day || !stamp.whole_day)
    }
}

/// The moves in `span` that are not taken, and the times of acts that are plain dates.
pub(super) fn not_taken(items: &Items<'_>, span: Span) -> (u64, u64) {
    let work = &items.question.data.work;
    let (mut moves, mut dates) = (0, 0);
    let mut date = |stamp: &Stamp| dates += u64::from(stamp.whole_day && span.holds(*stamp));
    for (_, task) in items.tasks() {
        let visits = work.visits.get(range(task)).unwrap_or_default();
        let first = start(work, task);
        // The first stay begins with the task, which is no move.
        for visit in visits.iter().skip(1).filter(|visit| visit.from != first) {
            let inside = |stamp: &Stamp| !stamp.whole_day && span.holds(*stamp);
            moves += u64::from(visit.from.as_ref().is_some_and(inside));
        }
        first.iter().for_each(&mut date);
    }
    let given = items.given().flat_map(|(_, given)| &given.times);
    given.for_each(&mut date);
    (moves, dates)
}

/// When work on it began, as its tracker says: a later return to work is no start.
fn start(work: &Work, task: &Task) -> Option<Stamp> {
    let visits = work.visits.get(range(task)).unwrap_or_default();
    let moved = visits.iter().find(|visit| is_start(visit));
    task.started.or(moved?.from)
}

fn is_start(visit: &Visit) -> bool {
    visit.stage == Some(Stage::InProgress)
}

fn range(task: &Task) -> std::ops::Range<usize> {
    task.visits.start as usize..task.visits.end as usize
}
