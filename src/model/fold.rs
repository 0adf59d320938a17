//! What several exports together say: a task is the fold of its observations.
//!
//! The order in which files arrive plays no part: observations are put in order by what they say
//! themselves. A newer one wins field by field, and a field it lacks erases nothing, because most
//! formats show only a part; only when something was finished is taken back by a reopening.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::moment::Moment;
use super::stage::{Stage, Status};
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
    /// Seconds to sort by: an observed move stands where it is known to have happened.
    fn order(&self) -> i64 {
        self.until.unwrap_or(self.at).order()
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
    let mut order: Vec<&Task<'_>> = seen.iter().collect();
    order.sort_by_cached_key(|seen| Reverse(rank(seen)));
    settle_ties(&mut order);
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
        started: pick(&order, |facts| facts.started),
        done: done(&order),
        due: pick(&order, |facts| facts.due),
        estimate: pick(&order, |facts| facts.estimate),
        spent: pick(&order, |facts| facts.spent),
        tags: carried(&order, |facts| !facts.tags.is_empty())
            .map_or_else(Vec::new, |facts| facts.tags.clone()),
        parent: carried(&order, |facts| facts.parent.is_some())
            .and_then(|facts| facts.parent.clone()),
        transitions: Vec::new(),
        history_whole: order.iter().any(|seen| seen.facts.history_whole),
        review: review(&order),
        entries: pick(&order, |facts| {
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
        let older = seen.facts;
        folded.project = folded.project.or_else(|| older.project.clone());
        folded.task = folded.task.or_else(|| older.task.clone());
        folded.entry.note = folded.entry.note.or_else(|| older.entry.note.clone());
        if folded.entry.end.is_none() && folded.entry.seconds.is_none() {
            (folded.entry.end, folded.entry.seconds) = (older.entry.end, older.entry.seconds);
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

const NOTHING: Status = Status {
    word: None,
    category: None,
    fixed: None,
};

/// What decides which of two observations is newer: the tracker's own word on when it last
/// changed, then which file is newer, then how far the work had come.
fn rank(seen: &Task<'_>) -> (Option<i64>, Option<i64>, Option<Stage>) {
    let status = &seen.facts.status;
    (
        as_of(seen).map(When::order),
        seen.modified,
        status.fixed.or(status.category),
    )
}

/// Where nothing else decides, the facts' own text does.
fn settle_ties(order: &mut [&Task<'_>]) {
    let mut rest = order;
    while let Some(first) = rest.first().map(|seen| rank(seen)) {
        let same = rest.iter().take_while(|seen| rank(seen) == first).count();
        let (tied, after) = rest.split_at_mut(same);
        if tied.len() > 1 {
            tied.sort_by_cached_key(|seen| Reverse(text(seen.facts)));
        }
        rest = after;
    }
}

fn text(facts: &impl std::fmt::Debug) -> String {
    format!("{facts:?}")
}

/// The time an observation speaks of: what the tracker says, else the newest time in it and of
/// its file.
fn as_of(seen: &Task<'_>) -> Option<When> {
    let facts = seen.facts;
    if facts.updated.is_some() {
        return facts.updated;
    }
    let file = seen.modified.map(|utc| When::At(Moment::new(utc, 0)));
    let review = facts.review.iter().flat_map(|review| {
        let (opened, ready) = (review.opened, review.ready);
        let (first, approved) = (review.first_review, review.approved);
        [opened, ready, first, approved, review.merged, review.closed]
    });
    [file, facts.created, facts.started, facts.done]
        .into_iter()
        .chain(review)
        .chain(facts.transitions.iter().map(|moved| Some(moved.at)))
        .chain(
            facts
                .entries
                .iter()
                .map(|entry| entry.end.or(Some(entry.start))),
        )
        .flatten()
        .max_by_key(|at| at.order())
}

/// The value of the newest observation that has one.
fn pick<T>(order: &[&Task<'_>], get: impl Fn(&TaskFacts) -> Option<T>) -> Option<T> {
    order.iter().find_map(|seen| get(seen.facts))
}

/// The newest observation in a format that is known to carry a fact, with or without it: there
/// its absence means that it was taken away.
fn carried<'a>(order: &[&Task<'a>], has: impl Fn(&TaskFacts) -> bool) -> Option<&'a TaskFacts> {
    let carriers: Vec<&Task<'a>> = order.iter().copied().filter(|s| has(s.facts)).collect();
    let newest = order.iter().find(|seen| {
        let shares = |carrier: &&Task<'_>| share_format(seen, carrier);
        carriers.iter().any(shares)
    });
    newest.map(|seen| seen.facts)
}

fn share_format(a: &Task<'_>, b: &Task<'_>) -> bool {
    a.facts.source == b.facts.source && a.formats.iter().any(|format| b.formats.contains(format))
}

/// Whether two statuses are the same; `None` when they have nothing that could be compared.
fn same(a: &Status, b: &Status) -> Option<bool> {
    let word = |status: &Status| {
        status
            .word
            .as_ref()
            .map(|word| word.as_str().to_lowercase())
    };
    let words = word(a).zip(word(b)).map(|(a, b)| a == b);
    let categories = a.category.zip(b.category).map(|(a, b)| a == b);
    let fixed = a.fixed.zip(b.fixed).map(|(a, b)| a == b);
    let parts = [words, categories, fixed];
    let mut known = parts.into_iter().flatten().peekable();
    known.peek()?;
    Some(known.all(|same| same))
}

/// Whether two observations show different states. Two formats show a state differently, so
/// between them only what both have counts.
fn differ(a: &Task<'_>, b: &Task<'_>) -> bool {
    if share_format(a, b) {
        return a.facts.status != b.facts.status;
    }
    same(&a.facts.status, &b.facts.status) == Some(false)
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
    let reviews = || order.iter().filter_map(|seen| seen.facts.review.as_ref());
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

/// Every move: the exact ones of all observations, and between them the observed ones.
fn moves(order: &[&Task<'_>]) -> Vec<Move> {
    let exact = exact(order);
    let mut moves: Vec<Move> = exact.iter().map(|(_, moved)| moved.clone()).collect();
    let mut sources = HashSet::new();
    for seen in order {
        // Two trackers show a linked copy differently: that is no move.
        if sources.insert(&seen.facts.source) {
            let source = seen.facts.source.as_str();
            let of_it = |seen: &&&Task<'_>| seen.facts.source.as_str() == source;
            let shown: Vec<&Task<'_>> = order.iter().filter(of_it).rev().copied().collect();
            let known = exact.iter().filter(|(of, _)| *of == source);
            let known: Vec<&Move> = known.map(|(_, moved)| moved).collect();
            moves.extend(observed(&shown, &known));
        }
    }
    moves.sort_by_key(|moved| (moved.order(), moved.until.is_some()));
    moves
}

/// The exact moves with their tracker, oldest first, each once.
fn exact<'a>(order: &[&Task<'a>]) -> Vec<(&'a str, Move)> {
    let mut met = HashSet::new();
    let mut moves = Vec::new();
    for seen in order {
        // One export may hold the same move several times within its clock's exactness.
        let mut times: HashMap<(i64, String), u32> = HashMap::new();
        for moved in &seen.facts.transitions {
            let to = match &moved.to.word {
                Some(word) => word.as_str().to_lowercase(),
                None => text(&moved.to),
            };
            let nth = times.entry((moved.at.order(), to.clone())).or_default();
            *nth += 1;
            if met.insert((moved.at.order(), to, *nth)) {
                let moved = Move {
                    at: moved.at,
                    until: None,
                    from: moved.from.clone(),
                    to: moved.to.clone(),
                };
                moves.push((seen.facts.source.as_str(), moved));
            }
        }
    }
    moves.sort_by_key(|(_, moved)| moved.order());
    moves
}

/// The moves that neighbouring exports of one tracker (oldest first) show and no history holds.
fn observed(shown: &[&Task<'_>], exact: &[&Move]) -> Vec<Move> {
    let whole = shown.iter().filter(|seen| seen.facts.history_whole);
    let whole = whole
        .filter_map(|seen| as_of(seen))
        .max_by_key(|at| at.order());
    let states: Vec<&&Task<'_>> = shown.iter().filter(|s| s.facts.status != NOTHING).collect();
    let pairs = states.windows(2).filter(|pair| differ(pair[0], pair[1]));
    let between = pairs.filter_map(|pair| {
        let (mut at, until) = (as_of(pair[0])?, as_of(pair[1])?);
        let (mut from, to) = (&pair[0].facts.status, &pair[1].facts.status);
        let mut is_new = true;
        at = whole
            .filter(|whole| whole.order() > at.order())
            .unwrap_or(at);
        let inside = |moved: &&&Move| at.order() < moved.order() && moved.order() <= until.order();
        if let Some(last) = exact.iter().rfind(inside) {
            is_new = same(&last.to, to) != Some(true);
            (at, from) = (last.at, &last.to);
        }
        (is_new && at.order() < until.order()).then(|| Move {
            at,
            until: Some(until),
            from: Some(from.clone()),
            to: to.clone(),
        })
    });
    between.collect()
}
