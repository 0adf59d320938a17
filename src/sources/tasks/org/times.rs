//! The logged moves and clocks of a heading, and which of them belong to which completion.

use super::entry::Body;
use crate::model::moment::Moment;
use crate::model::stage::{Stage, Status};
use crate::model::task::{Entry, TaskFacts, Transition, When};

/// Moves and clocks, oldest first; Org writes the newest first.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) moves: Vec<Transition>,
    pub(super) clocks: Vec<Entry>,
}

impl Body {
    /// The moves and clocks in the order of time; of one minute, in the order of the log.
    pub(super) fn clone_times(&self) -> Times {
        let mut times = Times {
            moves: self.moves.iter().rev().cloned().collect(),
            clocks: self.clocks.iter().rev().cloned().collect(),
        };
        times.moves.sort_by_key(|one| one.at.order());
        times.clocks.sort_by_key(|one| one.start.order());
        times
    }
}

/// Splits the log of a repeating heading: a finished task for each completion, and what is open.
pub(super) fn split(mut open: TaskFacts) -> (Vec<TaskFacts>, TaskFacts) {
    let is_done = |one: &Transition| one.to.category == Some(Stage::Done);
    let moves = std::mem::take(&mut open.transitions);
    let mut past: Vec<TaskFacts> = Vec::new();
    let mut since: Vec<Transition> = Vec::new();
    for one in moves {
        let (done, at, to) = (is_done(&one), one.at, one.to.clone());
        since.push(one);
        if done {
            let moves = std::mem::take(&mut since);
            let again = past.iter().filter(|one| one.done == Some(at)).count();
            past.push(completion(&open, at, to, moves, again));
        }
    }
    // Opening it again is the program's doing, not a move.
    if since
        .first()
        .is_some_and(|one| one.from.as_ref().is_some_and(is_closed))
    {
        since.remove(0);
    }
    open.transitions = since;
    for entry in std::mem::take(&mut open.entries) {
        let owner = past.iter_mut().find(|one| {
            one.done
                .is_some_and(|done| entry.start.order() <= done.order())
        });
        owner.unwrap_or(&mut open).entries.push(entry);
    }
    for one in past.iter_mut().chain([&mut open]) {
        one.started = one.entries.first().map(|entry| entry.start);
    }
    (past, open)
}

fn is_closed(status: &Status) -> bool {
    status.category == Some(Stage::Done)
}

/// A completion that only the time of the last one tells of.
pub(super) fn unlogged(open: &TaskFacts, at: When) -> TaskFacts {
    let done = completion(open, at, Status::of(Stage::Done), Vec::new(), 0);
    TaskFacts {
        started: None,
        ..done
    }
}

/// One completion: its time tells it apart from the others, of one minute its number.
fn completion(
    open: &TaskFacts,
    at: When,
    to: Status,
    moves: Vec<Transition>,
    again: usize,
) -> TaskFacts {
    let local = at.moment().and_then(Moment::local);
    let day = || at.day().map(|day| day.to_string()).unwrap_or_default();
    let clock = local.map(|at| at.format("%Y-%m-%d %H:%M").to_string());
    let mut mark = format!("\u{1f}done {}", clock.unwrap_or_else(day));
    if again > 0 {
        mark.push('\u{1f}');
        mark.push_str(&(again + 1).to_string());
    }
    let aliases = open.aliases.iter().map(|alias| format!("{alias}{mark}"));
    TaskFacts {
        aliases: aliases.collect(),
        status: to,
        done: Some(at),
        created: None,
        due: None,
        transitions: moves,
        entries: Vec::new(),
        ..open.clone()
    }
}
