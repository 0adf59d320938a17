//! A row that the owner points at, by what it is.

use super::ids::{Oid, TaskId};
use super::work::Stamp;

/// A row of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chosen {
    /// A commit; its copies go with it.
    Commit(Oid),
    /// A task or a pull request of mine.
    Task(TaskId),
    /// A pull request of somebody else that I reviewed.
    Review(TaskId),
    /// Recorded time. Two entries that are alike in all of this are one as good as the other.
    Entry {
        /// What it was recorded for, or the entry itself.
        subject: TaskId,
        /// When it began.
        start: Stamp,
        /// When it ended, if that is known.
        end: Option<Stamp>,
        /// How long it was, where that was said.
        seconds: Option<i64>,
    },
}
