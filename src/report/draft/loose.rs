//! Work that no task shows.

use chrono::NaiveDate;

use super::Loose;
use crate::model::material::Done;

/// How much a text has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Pieces of a project.
    pub(super) pieces: usize,
    /// Summaries of a piece.
    pub(super) said: usize,
}

/// Commits by project and by what they are about.
pub(super) fn loose(commits: &[&Done], room: Room, today: NaiveDate) -> Vec<Loose> {
    let _ = (commits, room, today);
    Vec::new()
}
