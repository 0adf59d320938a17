//! The door of an import: takes out of the facts of an export what is not kept.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::keep::{Keep, not_kept};
use crate::model::task::{Entry, Fact, GivenReview, LooseEntry, Review, TaskFacts, When};
use crate::model::text::Clean;

/// Which number a time entry without an id of its own has among those of its day: with days
/// only, its start no longer tells it apart.
#[derive(Debug, Default)]
pub(in crate::store) struct Numbers {
    starts: HashMap<(Clean, NaiveDate), Vec<i64>>,
}

impl Numbers {
    /// The number of one, with its day, for an id; `None` where its start is a day only.
    pub(super) fn of(&mut self, about: &Clean, start: When) -> Option<String> {
        let (at, day) = (start.moment()?, start.day()?);
        let starts = self.starts.entry((about.clone(), day)).or_default();
        let nth = starts.iter().position(|utc| *utc == at.utc);
        let nth = nth.unwrap_or_else(|| {
            starts.push(at.utc);
            starts.len() - 1
        });
        Some(format!("{day}.{:03}", nth + 1))
    }
}

/// `fact` without what is not kept.
pub(in crate::store) fn fact(keep: &Keep, numbers: &mut Numbers, fact: &Fact) -> Fact {
    let mut out = fact.clone();
    match &mut out {
        Fact::Task(task) => of_task(keep, task),
        Fact::Entry(entry) => of_entry(keep, numbers, entry),
        Fact::Given(given) => of_given(keep, given),
    }
    out
}

/// Whether anything of an export is not kept.
pub(in crate::store) fn passes(keep: &Keep) -> bool {
    keep.hours && keep.titles && keep.branches
}

/// Takes out of a task what is not kept.
pub(super) fn of_task(keep: &Keep, task: &mut TaskFacts) {
    if !keep.titles {
        if !task.title.is_empty() {
            task.title = not_kept();
        }
        task.entries.iter_mut().for_each(untitled);
    }
    if let Some(review) = task.review.as_mut().filter(|_| !keep.branches) {
        review.branch = None;
    }
    if keep.hours {
        return;
    }
    for time in [
        &mut task.updated,
        &mut task.created,
        &mut task.started,
        &mut task.done,
        &mut task.due,
    ] {
        *time = time.map(day);
    }
    for moved in &mut task.transitions {
        moved.at = day(moved.at);
    }
    if let Some(review) = &mut task.review {
        by_day(review);
    }
    let mut numbers = Numbers::default();
    let mut starts: Vec<&mut Entry> = task.entries.iter_mut().collect();
    starts.sort_by_key(|entry| entry.start.order());
    for entry in starts {
        days_of(&mut numbers, &Clean::default(), entry);
    }
}

fn by_day(review: &mut Review) {
    for time in [
        &mut review.opened,
        &mut review.ready,
        &mut review.first_review,
        &mut review.approved,
        &mut review.merged,
        &mut review.closed,
    ] {
        *time = time.map(day);
    }
}

/// Takes out of recorded time what is not kept.
pub(super) fn of_entry(keep: &Keep, numbers: &mut Numbers, loose: &mut LooseEntry) {
    if !keep.titles {
        untitled(&mut loose.entry);
    }
    if !keep.hours {
        days_of(numbers, &loose.source, &mut loose.entry);
    }
}

/// Takes out of a review that I gave what is not kept.
pub(super) fn of_given(keep: &Keep, given: &mut GivenReview) {
    if !keep.hours {
        given.requested = given.requested.map(day);
        given.times.iter_mut().for_each(|time| *time = day(*time));
    }
}

/// Its note is gone; that there was one is not kept either.
fn untitled(entry: &mut Entry) {
    entry.note = None;
}

/// Its length stays where it ended; when it began and ended are days.
fn days_of(numbers: &mut Numbers, about: &Clean, entry: &mut Entry) {
    if entry.id.is_none() {
        entry.id = numbers.of(about, entry.start);
    }
    let ends = entry.end.and_then(When::moment);
    if let (None, Some(from), Some(to)) = (entry.seconds, entry.start.moment(), ends) {
        entry.seconds = Some(to.utc.saturating_sub(from.utc));
    }
    if entry.seconds.is_some() {
        entry.end = None;
    }
    (entry.start, entry.end) = (day(entry.start), entry.end.map(day));
}

/// The day of a time. One that no calendar holds is no day: it becomes the first one of all.
fn day(time: When) -> When {
    When::Day(time.day().unwrap_or_default())
}
