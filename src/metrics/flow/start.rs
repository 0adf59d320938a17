//! When work on a task began.

use crate::model::stage::Stage;
use crate::model::work::{Stamp, Task};

/// The beginning of work on a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// When.
    pub(super) at: Stamp,
    /// No word of the tracker's: the first linked commit.
    pub(super) from_commit: bool,
}

/// When work began on a task that ended at `end`: what its tracker says, else its first linked
/// commit, which after the end is no start.
///
/// The error is the reason why it has none: `backwards` (the tracker's start comes after the end),
/// `between_exports` (only seen to have begun between two exports), `no_start`.
pub(super) fn before(task: &Task, end: Stamp) -> Result<Start, &'static str> {
    let found = of(task)?;
    match (found.at.elapsed(end), found.from_commit) {
        (Some(_), _) => Ok(found),
        (None, true) => Err("no_start"),
        (None, false) => Err("backwards"),
    }
}

/// When work began on a task that has not ended. Where its whole history says that it was never
/// in progress, a commit is no start of it.
pub(super) fn open(task: &Task) -> Result<Start, &'static str> {
    let working = matches!(task.stage, Some(Stage::InProgress | Stage::InReview));
    match of(task) {
        Ok(found) if found.from_commit && task.whole && !working => Err("no_start"),
        found => found,
    }
}

fn of(task: &Task) -> Result<Start, &'static str> {
    if let Some(at) = task.started {
        let from_commit = false;
        return Ok(Start { at, from_commit });
    }
    if task.windowed {
        return Err("between_exports");
    }
    let at = task.first_commit.ok_or("no_start")?;
    let from_commit = true;
    Ok(Start { at, from_commit })
}
