//! The moves of a task: exact ones from the histories that exports hold, and between them those
//! that two exports only show to have happened.

use std::collections::{HashMap, HashSet};

use super::order::{NOTHING, as_of, differ, same, text};
use super::{Move, Task};

/// Every move: the exact ones of all observations, and between them the observed ones.
pub(super) fn moves(order: &[&Task<'_>]) -> Vec<Move> {
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
    let mut told = Vec::new();
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
                told.push((seen.facts.source.as_str(), moved));
            }
        }
    }
    told.sort_by_key(|(_, moved)| moved.order());
    told
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
