//! What status, category and resolution of a Jira issue say together.

use std::collections::HashMap;

use crate::model::stage::{Stage, StageWords, Status};
use crate::sources::tasks::words;

/// A status, and whether nothing more is to be done; `None` when only the owner's words can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) status: Status,
    pub(super) is_closed: Option<bool>,
}

/// Statuses by what stands in their cells: a file has few of them and many rows.
#[derive(Debug, Default)]
pub(super) struct Statuses {
    known: HashMap<(bool, Box<str>), Told>,
    /// The cells of one row, to look up what they mean.
    cells: String,
}

/// Combinations remembered.
const KNOWN: usize = 4_096;

impl Statuses {
    /// What these cells say; `resolved`: a date of resolution stands there.
    pub(super) fn of(
        &mut self,
        word: &str,
        category: &str,
        resolution: &str,
        resolved: bool,
    ) -> Told {
        self.cells.clear();
        for cell in [word, category, resolution] {
            self.cells.push_str(cell);
            self.cells.push('\u{1f}');
        }
        let key = (resolved, self.cells.as_str().into());
        if let Some(told) = self.known.get(&key) {
            return told.clone();
        }
        let told = tell(word, category, resolution, resolved);
        if self.known.len() < KNOWN {
            self.known.insert(key, told.clone());
        }
        told
    }
}

/// Jira's category decides; without one a resolution or its date does, unless the status is
/// plainly an open one: a reopened issue can keep both.
fn tell(word: &str, category: &str, resolution: &str, resolved: bool) -> Told {
    let table = StageWords::default();
    let category = stage_of_category(category);
    let status = Status::word(word).category(category);
    let unresolved = matches!(
        resolution.to_lowercase().as_str(),
        "" | "unresolved" | "nicht erledigt" | "sin resolver" | "non résolu" | "não resolvido"
    );
    let guess = table.stage(&Status::word(word));
    let is_closed = match (category, guess) {
        (Some(category), _) => Some(category == Stage::Done),
        (None, Some(guess)) => Some(guess.is_closed()),
        (None, None) if resolved || !unresolved => Some(true),
        (None, None) => None,
    };
    let status = if is_closed == Some(true) && words::gave_up(resolution) {
        status.fixed(Stage::Cancelled)
    } else if is_closed == Some(true) && category.is_none() && guess.is_none() {
        status.fixed(Stage::Done)
    } else {
        status
    };
    Told { status, is_closed }
}

/// Jira has three categories; they are written in the language of whoever exported.
pub(super) fn stage_of_category(category: &str) -> Option<Stage> {
    match StageWords::default().stage(&Status::word(category))? {
        Stage::Backlog | Stage::Todo => Some(Stage::Todo),
        Stage::InProgress | Stage::InReview => Some(Stage::InProgress),
        Stage::Done | Stage::Cancelled => Some(Stage::Done),
    }
}
