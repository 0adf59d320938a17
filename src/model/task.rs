//! What an export says about my work, other people left out: tasks, their moves, their reviews,
//! and time spent. A missing fact is `None`, never a guess.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::moment::Moment;
use super::stage::Status;
use super::text::Clean;

/// A time as exact as its export gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// An instant with a zone; the offset is the home zone's where the export gives none but `Z`.
    At(Moment),
    /// A clock without a zone, read in the zone the owner answered.
    Wall(Moment),
    /// A plain date: a day, not a midnight.
    Day(NaiveDate),
}

impl When {
    /// The civil day; `None` when a calendar cannot hold it.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::At(at) | Self::Wall(at) => at.day(),
            Self::Day(day) => Some(day),
        }
    }

    /// The moment; `None` for a plain date.
    pub fn moment(self) -> Option<Moment> {
        match self {
            Self::At(at) | Self::Wall(at) => Some(at),
            Self::Day(_) => None,
        }
    }

    /// Seconds to sort by: the instant, for a plain date its end in UTC, so that a day sorts after
    /// the instants in it.
    pub fn order(self) -> i64 {
        match self {
            Self::At(at) | Self::Wall(at) => at.utc,
            Self::Day(day) => i64::from(day.to_epoch_days()) * 86_400 + 86_399,
        }
    }
}

/// What kind of thing a task is. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskKind {
    /// Anything not said more exactly.
    #[default]
    Task = 0,
    /// A defect.
    Bug = 1,
    /// A feature or user story.
    Story = 2,
    /// A container of tasks.
    Epic = 3,
    /// A part of a task.
    Subtask = 4,
    /// A pull or merge request.
    Pr = 5,
}

impl TaskKind {
    /// Every kind, by number.
    pub const ALL: [Self; 6] = [
        Self::Task,
        Self::Bug,
        Self::Story,
        Self::Epic,
        Self::Subtask,
        Self::Pr,
    ];

    /// Its name in JSON, e.g. `pr`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Bug => "bug",
            Self::Story => "story",
            Self::Epic => "epic",
            Self::Subtask => "subtask",
            Self::Pr => "pr",
        }
    }
}

/// How much work a task was thought to be. The unit is kept: points are not time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Estimate {
    /// Seconds of work.
    Seconds(i64),
    /// Points, in thousandths (2.5 points = 2500).
    Points(i64),
}

/// A move between two states.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Transition {
    /// When.
    pub at: When,
    /// From where; `None` when the export does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Status>,
    /// To where.
    pub to: Status,
}

/// The times of a pull request of mine. Nobody's name is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// When it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<When>,
    /// When it was marked ready; `None` where the export does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready: Option<When>,
    /// The first review or comment by somebody else who is no bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_review: Option<When>,
    /// The first approval by somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<When>,
    /// When it was merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged: Option<When>,
    /// When it was closed without a merge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<When>,
    /// Lines added, as the tracker counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additions: Option<i64>,
    /// Lines deleted, as the tracker counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletions: Option<i64>,
    /// The branch it comes from: links it to commits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<Clean>,
    /// Object ids of its commits and its merge, 40 hexadecimal digits each: link it to commits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commits: Vec<String>,
}

/// A task of mine as one export shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskFacts {
    /// The tracker: `github`, `jira`, `taskwarrior`, …
    pub source: Clean,
    /// What people call it: `ING-207`, `owner/name#12`, or its stable id.
    pub key: Clean,
    /// Everything that names it, over all formats of the tracker, each unique in the world as far
    /// as the export allows; two tasks that share one are one task. Never empty; kept as keyed
    /// hashes only.
    #[serde(skip)]
    pub aliases: Vec<String>,
    /// What kind of thing it is.
    pub kind: TaskKind,
    /// Its title.
    pub title: Clean,
    /// Project, repository, board or list it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<Clean>,
    /// Where it stands.
    pub status: Status,
    /// When the tracker last changed it: decides which of two exports is newer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<When>,
    /// When it was written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<When>,
    /// When work on it began: the first move into progress, a start column, a clock. A planned
    /// start is not one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<When>,
    /// When it was finished or given up: the last move there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<When>,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<When>,
    /// What it was thought to take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// Time spent in seconds where the tracker gives only a sum without dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spent: Option<i64>,
    /// Labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Clean>,
    /// The key of what it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Clean>,
    /// Moves between states that the export holds, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
    /// The moves are all there are: no cut history, no missing one.
    pub history_whole: bool,
    /// The times of a pull request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Box<Review>>,
    /// Time spent on it by me.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
}

/// A stretch of time that I recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The tracker's own id of it; `None` where it has none: then its start tells it apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When it began; a plain date where only a day is known.
    pub start: When,
    /// When it ended; `None` for a running one or a bare sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<When>,
    /// How long it was, in seconds; `None` while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
    /// What it was spent on, in the owner's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Clean>,
}

/// A time entry that comes without its task: from a time tracker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LooseEntry {
    /// The tracker: `timewarrior`, `toggl`, …
    pub source: Clean,
    /// The stretch of time.
    pub entry: Entry,
    /// The project it was recorded on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<Clean>,
    /// The task it names, as it stands there (`ING-207`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Clean>,
    /// Labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Clean>,
    /// Busy time from a calendar: not work recorded, only time not free.
    #[serde(default)]
    pub busy: bool,
}

/// A pull request of somebody else that I reviewed: no title, no name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenReview {
    /// The tracker.
    pub source: Clean,
    /// `owner/name#12`.
    pub key: Clean,
    /// As [`TaskFacts::aliases`].
    #[serde(skip)]
    pub aliases: Vec<String>,
    /// The repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<Clean>,
    /// When I was asked; `None` where the export does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requested: Option<When>,
    /// When I reviewed, oldest first.
    pub times: Vec<When>,
}

/// One thing of mine that an export holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A task or pull request of mine.
    Task(Box<TaskFacts>),
    /// Time I recorded.
    Entry(Box<LooseEntry>),
    /// A review I gave.
    Given(Box<GivenReview>),
}

/// What people call a task within its project: `#12` of `owner/name#12`.
pub fn short_key(key: &Clean, project: Option<&Clean>) -> String {
    let rest = project.and_then(|project| key.as_str().strip_prefix(project.as_str()));
    let rest = rest.filter(|rest| rest.starts_with(['#', '!']));
    rest.unwrap_or(key.as_str()).to_owned()
}

/// `name` of `owner/name`: by it a project fits a repository.
pub fn last_part(name: &str) -> &str {
    let name = name.trim_end_matches('/');
    name.rsplit('/').next().unwrap_or(name)
}

/// A project in a narrow column: `name` of `owner/name`.
pub fn place(project: Option<&Clean>) -> &str {
    let project = project.map_or("", Clean::as_str);
    let path = project.rsplit('/').next();
    path.filter(|_| !project.contains(char::is_whitespace))
        .unwrap_or(project)
}
