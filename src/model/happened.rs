//! What happened to a task last that says most of it: where it stands in a list by time.

use super::fold::Move;
use super::stage::Stage;
use super::task::{TaskFacts, When};
use super::timeline::{Point, Timeline};

/// What happened to a task on the day it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It was finished.
    Finished,
    /// It was given up.
    GivenUp,
    /// It moved to another state; nothing is known after it.
    Moved,
    /// Work on it began.
    Started,
    /// It was written down; nothing else has a time.
    Created,
}

impl What {
    /// Its name in JSON and CSV, e.g. `given-up`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::GivenUp => "given-up",
            Self::Moved => "moved",
            Self::Started => "started",
            Self::Created => "created",
        }
    }
}

/// Finished, else given up, else the last move or start, else written down; `None` for a task
/// without any time.
pub fn what(facts: &TaskFacts, moves: &[Move], timeline: &Timeline) -> Option<(What, Point)> {
    let ended = timeline.done.map(|at| (What::Finished, at));
    let ended = ended.or(timeline.cancelled.map(|at| (What::GivenUp, at)));
    let last = moves.last().map(|one| (What::Moved, one.point()));
    let started = timeline.started.map(|at| (What::Started, at));
    // The move that is the start is called so: the later of two equal ones is taken.
    let under_way = last
        .into_iter()
        .chain(started)
        .max_by_key(|what| stands(*what).order());
    let created = facts.created.map(|at| (What::Created, Point::exact(at)));
    ended.or(under_way).or(created)
}

/// When it stands in a list: of an observed time, when it had happened at the latest.
pub fn stands((_, point): (What, Point)) -> When {
    point.latest()
}

/// `finished`, `finished by then`, `moved, now in-review`, `created, done since`; of a task without
/// a time its stage, `None` where nothing says that either.
pub fn said(what: Option<(What, Point)>, stage: Option<Stage>) -> Option<String> {
    let Some((what, point)) = what else {
        return stage.map(|stage| stage.to_string());
    };
    let by_then = if point.until.is_some() {
        " by then"
    } else {
        ""
    };
    let word = match what {
        What::GivenUp => "given up",
        what => what.as_str(),
    };
    let now = match (what, stage) {
        (What::Finished | What::GivenUp, _) | (_, None) => String::new(),
        (_, Some(stage)) => format!(", now {stage}"),
    };
    Some(format!("{word}{by_then}{now}"))
}
