//! Which of two observations is newer, and whether they show the same state.

use std::cmp::Reverse;

use super::Task;
use crate::model::moment::Moment;
use crate::model::stage::{Stage, Status};
use crate::model::task::When;

/// A status that says nothing.
pub(super) const NOTHING: Status = Status {
    word: None,
    category: None,
    fixed: None,
};

/// Puts observations in order, newest first.
pub(super) fn newest_first<'s, 'a>(seen: &'s [Task<'a>]) -> Vec<&'s Task<'a>> {
    let mut order: Vec<&Task<'_>> = seen.iter().collect();
    order.sort_by_cached_key(|seen| Reverse(rank(seen)));
    settle_ties(&mut order);
    order
}

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

/// Facts as text, to be compared where nothing else tells them apart.
pub(super) fn text(facts: &impl std::fmt::Debug) -> String {
    format!("{facts:?}")
}

/// The time an observation speaks of: what the tracker says, else the newest time in it and of
/// its file.
pub(super) fn as_of(seen: &Task<'_>) -> Option<When> {
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

/// Whether two observations are of one tracker and one format.
pub(super) fn share_format(a: &Task<'_>, b: &Task<'_>) -> bool {
    a.facts.source == b.facts.source && a.formats.iter().any(|format| b.formats.contains(format))
}

/// Whether two statuses are the same; `None` when they have nothing that could be compared.
pub(super) fn same(a: &Status, b: &Status) -> Option<bool> {
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
pub(super) fn differ(a: &Task<'_>, b: &Task<'_>) -> bool {
    if share_format(a, b) {
        return a.facts.status != b.facts.status;
    }
    same(&a.facts.status, &b.facts.status) == Some(false)
}
