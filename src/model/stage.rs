//! Where a task stands: six stages, and how a tracker's own words lead to one of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::stage_words::built_in;
use super::text::Clean;

/// The six stages every tracker's states are mapped to. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Noted, not planned.
    Backlog = 0,
    /// Planned, not started; blocked work that waits is here too.
    Todo = 1,
    /// Worked on.
    InProgress = 2,
    /// Waits for, or is in, review or testing.
    InReview = 3,
    /// Finished.
    Done = 4,
    /// Given up: finished is something else.
    Cancelled = 5,
}

impl Stage {
    /// Every stage, in the order of work.
    pub const ALL: [Self; 6] = [
        Self::Backlog,
        Self::Todo,
        Self::InProgress,
        Self::InReview,
        Self::Done,
        Self::Cancelled,
    ];

    /// Its name on the command line and in JSON, e.g. `in-progress`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Backlog => "backlog",
            Self::Todo => "todo",
            Self::InProgress => "in-progress",
            Self::InReview => "in-review",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The stage of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// The stage with this stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Whether nothing more is to be done.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// What a tracker says about where a task stands. Kept as it was said: the stage is told from it
/// when it is read, so that a word mapped later needs no second import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Status {
    /// The tracker's own word, e.g. `Selected for Development`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<Clean>,
    /// The tracker's own category of that word, where it has one: decides before any word table
    /// of ours, which then only refines it (review within in-progress, backlog within todo).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Stage>,
    /// What other facts say beyond doubt (a resolution, a merge, a checked box): no word changes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Stage>,
}

impl Status {
    /// A bare word.
    pub fn word(word: &str) -> Self {
        let word = Clean::label(word.as_bytes());
        Self {
            word: Some(word).filter(|word| !word.is_empty()),
            ..Self::default()
        }
    }

    /// The same with the tracker's own category.
    #[must_use]
    pub fn category(mut self, category: Option<Stage>) -> Self {
        self.category = category;
        self
    }

    /// The same, beyond doubt.
    #[must_use]
    pub fn fixed(mut self, stage: Stage) -> Self {
        self.fixed = Some(stage);
        self
    }

    /// A stage known beyond doubt, without a word.
    pub fn of(stage: Stage) -> Self {
        Self::default().fixed(stage)
    }
}

/// The word table: the owner's entries before the built-in ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageWords {
    own: BTreeMap<String, Stage>,
}

impl StageWords {
    /// A table with the owner's entries (word, stage); case and spaces around a word do not count.
    pub fn new<W: AsRef<str>>(own: impl IntoIterator<Item = (W, Stage)>) -> Self {
        let key = |(word, stage): (W, Stage)| (key(word.as_ref()), stage);
        Self {
            own: own.into_iter().map(key).collect(),
        }
    }

    /// The stage that `status` means; `None` when nothing says so.
    pub fn stage(&self, status: &Status) -> Option<Stage> {
        if status.fixed.is_some() {
            return status.fixed;
        }
        let word = status.word.as_ref().map(|word| key(word.as_str()));
        let word = word.as_deref();
        if let Some(own) = word.and_then(|word| self.own.get(word)) {
            return Some(*own);
        }
        let guess = word.and_then(built_in);
        match (status.category, guess) {
            (None, guess) => guess,
            (Some(category), guess) => Some(refine(category, guess)),
        }
    }
}

/// The word within the tracker's own category: only a finer stage of the same category counts.
fn refine(category: Stage, guess: Option<Stage>) -> Stage {
    match (category, guess) {
        (Stage::InProgress, Some(Stage::InReview)) => Stage::InReview,
        (Stage::Todo, Some(Stage::Backlog)) => Stage::Backlog,
        (Stage::Done, Some(Stage::Cancelled)) => Stage::Cancelled,
        (category, _) => category,
    }
}

/// A word as it is compared: lower case, runs of spaces, `_` and `-` as one space.
fn key(word: &str) -> String {
    let lower = word.to_lowercase();
    let parts = lower.split(|c: char| c.is_whitespace() || c == '_' || c == '-');
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
#[path = "stage_tests.rs"]
mod tests;
