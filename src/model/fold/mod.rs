//! What several exports together say: a task is the fold of its observations.
//!
//! The order in which files arrive plays no part: observations are put in order by what they say
//! themselves. A newer one wins field by field, and a field it lacks erases nothing, because most
//! formats show only a part; only when something was finished is taken back by a reopening.

mod moves;
mod order;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use self::moves::moves;
use self::order::{NOTHING, newest_first, same, text};
use super::point::Point;
use super::stage::Status;
use super::task::{GivenReview, LooseEntry, Review, TaskFacts, TaskKind, When};

/// One observation: facts, and the files they were seen in.
#[derive(Clone, Debug)]
pub struct Seen<'a, F> {
    /// What they say.
    pub facts: &'a F,
    /// When the newest of the files was written, UTC seconds; `None` where none tells.
    pub modified: Option<i64>,
    /// The formats of the files.
    pub formats: &'a [String],
}

/// A move between two states, exact or observed between two exports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// When; of an observed one, the last time it is known not to have happened yet.
    pub at: When,
    /// Of an observed one, the first time it is known to have happened; `None` when `at` is exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
    /// From where, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Status>,
    /// To where.
    pub to: Status,
}

impl Move {
    /// When it happened, as exact as that is known.
    pub fn point(&self) -> Point {
        Point {
            at: self.at,
            until: self.until,
        }
    }

    /// Seconds to sort by: an observed move stands where it is known to have happened.
    fn order(&self) -> i64 {
        self.point().latest().order()
    }
}

/// A task as all its observations together show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Folded {
    /// Its facts; aliases and transitions are left empty.
    pub facts: TaskFacts,
    /// Its moves, exact and observed, oldest first.
    pub moves: Vec<Move>,
}

type Task<'a> = Seen<'a, TaskFacts>;

/// Folds the observations of one task; none gives an empty task.
pub fn task(seen: &[Task<'_>]) -> Folded {
    let all = newest_first(seen);
    let order = told_by_the_tracker(&all);
    let moves = moves(&order);
    let Some(newest) = order.first() else {
        return Folded::default();
    };
    let status = order.iter().find(|seen| seen.facts.status != NOTHING);
    let facts = TaskFacts {
        source: newest.facts.source.clone(),
        key: newest.facts.key.clone(),
        aliases: Vec::new(),
        kind: carried(&order, |facts| facts.kind != TaskKind::Task)
            .map_or(TaskKind::Task, |facts| facts.kind),
        title: pick(&order, |facts| {
            Some(facts.title.clone()).filter(|title| !title.is_empty())
        })
        .unwrap_or_default(),
        project: carried(&order, |facts| facts.project.is_some())
            .and_then(|facts| facts.project.clone()),
        status: status.map_or(NOTHING, |seen| seen.facts.status.clone()),
        updated: pick(&order, |facts| facts.updated),
        created: pick(&order, |facts| facts.created),
        started: pick(&all, |facts| facts.started),
        done: done(&order),
        due: pick(&all, |facts| facts.due),
        estimate: pick(&all, |facts| facts.estimate),
        spent: pick(&all, |facts| facts.spent),
        tags: carried(&all, |facts| !facts.tags.is_empty())
            .map_or_else(Vec::new, |facts| facts.tags.clone()),
        parent: carried(&order, |facts| facts.parent.is_some())
            .and_then(|facts| facts.parent.clone()),
        transitions: Vec::new(),
        history_whole: order.iter().any(|seen| seen.facts.history_whole),
        review: review(&order).map(Box::new),
        entries: pick(&all, |facts| {
            Some(facts.entries.clone()).filter(|entries| !entries.is_empty())
        })
        .unwrap_or_default(),
    };
    Folded { facts, moves }
}

/// Folds the observations of one time entry: the newest file wins, an ended one over a running
/// one. `None` without any.
pub fn entry(seen: &[Seen<'_, LooseEntry>]) -> Option<LooseEntry> {
    let mut order: Vec<&Seen<'_, LooseEntry>> = seen.iter().collect();
    order.sort_by_cached_key(|seen| {
        let entry = &seen.facts.entry;
        let ended = entry.end.is_some() || entry.seconds.is_some();
        Reverse((seen.modified, ended, text(seen.facts)))
    });
    let mut folded = order.first()?.facts.clone();
    for seen in order {
        let facts = seen.facts;
        folded.project = folded.project.or_else(|| facts.project.clone());
        folded.task = folded.task.or_else(|| facts.task.clone());
        folded.entry.note = folded.entry.note.or_else(|| facts.entry.note.clone());
        if folded.entry.end.is_none() && folded.entry.seconds.is_none() {
            (folded.entry.end, folded.entry.seconds) = (facts.entry.end, facts.entry.seconds);
        }
    }
    Some(folded)
}

/// Folds the observations of one review that I gave: every time that any of them has. `None`
/// without any.
pub fn given(seen: &[Seen<'_, GivenReview>]) -> Option<GivenReview> {
    let mut order: Vec<&Seen<'_, GivenReview>> = seen.iter().collect();
    order.sort_by_cached_key(|seen| {
        let last = seen.facts.times.iter().map(|at| at.order()).max();
        Reverse((last, seen.modified, text(seen.facts)))
    });
    let mut folded = order.first()?.facts.clone();
    folded.aliases = Vec::new();
    for seen in order {
        folded.project = folded.project.or_else(|| seen.facts.project.clone());
        folded.requested = folded.requested.or(seen.facts.requested);
        folded.times.extend(&seen.facts.times);
    }
    folded.times.sort_by_key(|at| at.order());
    folded.times.dedup_by_key(|at| at.order());
    Some(folded)
}

/// The value of the newest observation that has one.
fn pick<T>(order: &[&Task<'_>], get: impl Fn(&TaskFacts) -> Option<T>) -> Option<T> {
    order.iter().find_map(|seen| get(seen.facts))
}

/// The newest observation that has a fact: an export without the column takes nothing away.
fn carried<'a>(order: &[&Task<'a>], has: impl Fn(&TaskFacts) -> bool) -> Option<&'a TaskFacts> {
    order.iter().map(|seen| seen.facts).find(|facts| has(facts))
}

/// Trackers of one person's own lists: their copy of another tracker's task only adds to it.
const PERSONAL: [&str; 5] = ["taskwarrior", "todotxt", "markdown", "org", "ical"];

/// The observations that say what a task is and where it stands: where a tracker and a copy of it
/// in a list of one's own tell of it, the tracker's.
fn told_by_the_tracker<'s, 'a>(order: &[&'s Task<'a>]) -> Vec<&'s Task<'a>> {
    let own = |seen: &&&'s Task<'a>| !PERSONAL.contains(&seen.facts.source.as_str());
    let tracker: Vec<&'s Task<'a>> = order.iter().filter(own).copied().collect();
    if tracker.is_empty() {
        order.to_vec()
    } else {
        tracker
    }
}

/// When it was finished: of the newest state, or what an older export says of the same one.
fn done(order: &[&Task<'_>]) -> Option<When> {
    let status = &order
        .iter()
        .find(|s| s.facts.status != NOTHING)?
        .facts
        .status;
    for seen in order {
        let told = &seen.facts.status;
        match same(told, status) {
            Some(false) => return None,
            Some(true) if seen.facts.done.is_some() => return seen.facts.done,
            _ => {}
        }
    }
    None
}

fn review(order: &[&Task<'_>]) -> Option<Review> {
    let reviews = || order.iter().filter_map(|seen| seen.facts.review.as_deref());
    let when = |get: fn(&Review) -> Option<When>| reviews().find_map(get);
    reviews().next()?;
    Some(Review {
        opened: when(|review| review.opened),
        ready: when(|review| review.ready),
        first_review: when(|review| review.first_review),
        approved: when(|review| review.approved),
        merged: when(|review| review.merged),
        closed: when(|review| review.closed),
        additions: reviews().find_map(|review| review.additions),
        deletions: reviews().find_map(|review| review.deletions),
        branch: reviews().find_map(|review| review.branch.clone()),
        commits: reviews()
            .find(|review| !review.commits.is_empty())
            .map_or_else(Vec::new, |review| review.commits.clone()),
    })
}
