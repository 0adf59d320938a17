//! The owner's own words: notes on days, tasks and repositories, and events.

use super::away::EventKind;
use super::ids::RepoId;
use super::period::Range;
use super::text::Clean;

/// A note or an event about to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNote {
    /// What kind of event; `None` for a note.
    pub event: Option<EventKind>,
    /// The days it is about.
    pub days: Range,
    /// The words, at full length; may be empty for an event.
    pub text: Clean,
    /// It tells of something that mattered to others.
    pub impact: bool,
    /// The row of the task it is about.
    pub task: Option<i64>,
    /// The repository it is about.
    pub repo: Option<RepoId>,
}

/// A note or event as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number, never given twice.
    pub id: u64,
    /// What kind of event; `None` for a note.
    pub event: Option<EventKind>,
    /// The days it is about.
    pub days: Range,
    /// The words, at full length.
    pub text: Clean,
    /// It tells of something that mattered to others.
    pub impact: bool,
    /// The day it was written, days from 1970-01-01.
    pub written: i32,
    /// What it is about beside its days.
    pub about: About,
    /// It was read from a calendar file.
    pub from_file: bool,
}

/// What a note is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// It is about a task, whether that is here now or not.
    pub has_task: bool,
    /// The key of that task; `None` while no import shows it.
    pub task: Option<Clean>,
    /// The name of a repository.
    pub repo: Option<Clean>,
}
