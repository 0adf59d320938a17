//! A task from its first day to its last: what happened in time order, and what of it was work.
//! Pure; the command fills [`TaskStory`].

mod events;
mod json;
mod page;
mod spans;
mod text;

pub use json::{Document, TASK_SCHEMA};
pub use page::{Happened, Page, page};
pub use text::story_text;

use super::log::LogRow;
use crate::model::fold::Move;
use crate::model::links::LinkRule;
use crate::model::stage::StageWords;
use crate::model::task::{Review, TaskFacts};
use crate::model::text::Clean;
use crate::model::timeline::Timeline;

/// All that is known of one task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskStory {
    /// Its facts.
    pub facts: TaskFacts,
    /// Its moves, oldest first.
    pub moves: Vec<Move>,
    /// What they mean in stages.
    pub timeline: Timeline,
    /// Its commits, the oldest first; of copies of one change the one that counts.
    pub commits: Vec<StoryCommit>,
    /// How many copies were left out of that.
    pub copies: u64,
    /// The pull requests that it is, or shares commits with, by key.
    pub requests: Vec<StoryRequest>,
    /// Seconds of work recorded on it; `None` when nothing was.
    pub recorded: Option<i64>,
}

/// A commit of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryCommit {
    /// The commit.
    pub row: LogRow,
    /// How it is known to belong to the task.
    pub rule: LinkRule,
}

/// A pull request of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryRequest {
    /// Its key.
    pub key: Clean,
    /// Its times.
    pub review: Review,
}

/// What a story is told with.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The words of trackers for stages.
    pub words: &'a StageWords,
    /// Now, UTC seconds: the end of what still lasts.
    pub now_utc: i64,
}

#[cfg(test)]
mod tests;
