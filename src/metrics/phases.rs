//! The times of a pull request as phases: what a change went through.

use super::parts::Part;
use crate::model::dataset::Dataset;
use crate::model::figure::Key;
use crate::model::work::{Review, Stamp};

/// When a review was asked for: when the request was ready, else when it was opened. One that was
/// reviewed as a draft was asked for with its opening.
pub(super) fn asked(review: &Review) -> Option<Stamp> {
    let Some(ready) = review.ready else {
        return review.opened;
    };
    let after_opening = review
        .opened
        .is_none_or(|opened| opened.elapsed(ready).is_some());
    let before_review = review
        .first_review
        .is_none_or(|first| ready.elapsed(first).is_some());
    if after_opening && before_review {
        Some(ready)
    } else {
        review.opened
    }
}

/// The phases of a merged pull request in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phases {
    /// First commit to opening.
    pub(super) coding: i64,
    /// Opening to ready, of one that was a draft.
    pub(super) draft: Option<i64>,
    /// Review asked for to first review.
    pub(super) pickup: i64,
    /// First review to merge.
    pub(super) review: i64,
    /// First commit to merge.
    pub(super) whole: i64,
}

/// The phases of `review`, merged at `merged`; else what is missing or wrong.
pub(super) fn phases(review: &Review, merged: Stamp) -> Result<Phases, &'static str> {
    let commit = review.first_commit.ok_or("no_first_commit")?;
    let opened = review.opened.ok_or("no_opening")?;
    let first = review.first_review.ok_or("no_review")?;
    let asked = asked(review).ok_or("no_opening")?;
    let turned = "backwards";
    let draft = (asked != opened).then(|| opened.elapsed(asked));
    Ok(Phases {
        review: first.elapsed(merged).ok_or("review_after_merge")?,
        coding: commit.elapsed(opened).ok_or(turned)?,
        draft: draft.map(|draft| draft.ok_or(turned)).transpose()?,
        pickup: asked.elapsed(first).ok_or(turned)?,
        whole: commit.elapsed(merged).ok_or(turned)?,
    })
}

/// The part of `kind` to which the item with the key `key` belongs: its task's repository or
/// project.
pub(super) fn part(data: &Dataset, kind: Part, key: Key) -> Option<Key> {
    let Key::Task(at) = key else { return None };
    let task = data.work.tasks.get(at as usize)?;
    match kind {
        Part::Repo => repository(data, task.repo),
        Part::Project => Some(project(task.project)),
        Part::Task => Some(key),
        Part::Language | Part::Category => None,
    }
}

/// The repository at a position.
pub(super) fn repository(data: &Dataset, at: Option<u16>) -> Option<Key> {
    data.repos.get(usize::from(at?)).copied().map(Key::Repo)
}

/// The project at a position.
pub(super) fn project(at: u16) -> Key {
    if at == 0 {
        Key::Name("no project")
    } else {
        Key::Project(at)
    }
}

/// Counts of reasons for leaving something out, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally(Vec<(&'static str, u64)>);

impl Tally {
    /// One more for `reason`.
    pub(super) fn add(&mut self, reason: &'static str) {
        match self.0.iter_mut().find(|known| known.0 == reason) {
            Some(known) => known.1 += 1,
            None => self.0.push((reason, 1)),
        }
    }

    /// The counts, reasons in alphabetical order.
    pub(super) fn reasons(mut self) -> Vec<crate::model::figure::LeftOut> {
        self.0.sort_unstable();
        super::question::reasons(&self.0)
    }
}

#[cfg(test)]
#[path = "phases_tests.rs"]
mod tests;
