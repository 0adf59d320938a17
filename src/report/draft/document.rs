//! A draft before it is put into words: what `--json` writes, and every variable that a wording
//! template can use. A field that is renamed here breaks templates of the owner.

use chrono::NaiveDate;
use serde::Serialize;

use super::Kind;
use crate::model::period::Range;
use crate::model::text::Clean;

/// The name and version of the document.
pub const DRAFT_SCHEMA: &str = "inward.draft.v1";

/// A draft: facts in groups, each with the ids of its evidence. Lists are complete; what a text
/// leaves out of a long one has `shown` false.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Draft {
    /// [`DRAFT_SCHEMA`].
    pub schema: &'static str,
    /// Which draft.
    pub kind: Kind,
    /// The day it was made for.
    pub today: NaiveDate,
    /// First and last day it is about.
    pub range: Range,
    /// The same in words: `Mon 16 to Sun 22 Nov`.
    pub days: String,
    /// These days are not over yet.
    pub running: bool,
    /// Ids of evidence are to be written.
    pub ids: bool,
    /// Of a stand-up: since when.
    pub since: Option<Since>,
    /// Every project that something below belongs to, in the order in which it is to be told.
    pub projects: Vec<Project>,
    /// What was finished or merged.
    pub finished: Vec<Item>,
    /// What was given up.
    pub given_up: Vec<Item>,
    /// What moved, began or was worked on in these days and is not finished.
    pub moved: Vec<Item>,
    /// What is in progress at the end of these days, and moves.
    pub in_progress: Vec<Item>,
    /// What waits for review or for others at the end of these days, the longest first.
    pub waiting: Vec<Item>,
    /// What is in progress but showed no sign of life for five workdays, the longest first.
    pub stale: Vec<Item>,
    /// Work that no task shows, by project.
    pub loose: Vec<Loose>,
    /// Of a month and a review, the part of that which no default branch holds: `loose` has the rest.
    pub unlanded: Vec<Loose>,
    /// Reviews that I gave, by project.
    pub reviews: Vec<Reviews>,
    /// Commits of others that name me co-author, by repository.
    pub helped: Vec<Helped>,
    /// Notes about these days, by day.
    pub notes: Vec<NoteLine>,
    /// Leave, holidays, on-call days and launches in these days, by day.
    pub events: Vec<Event>,
    /// The same of the week after them.
    pub ahead: Vec<Event>,
    /// Outcomes that were reached in these days, then those that are open.
    pub outcomes: Vec<Outcome>,
    /// My own upper limits. Empty for a stand-up.
    pub limits: Vec<LimitLine>,
    /// What changed, and what is probably noise. Empty for a stand-up.
    pub changes: Vec<Change>,
    /// Commits, in numbers; last, because they say least.
    pub code: Code,
    /// How many workdays left a trace; `None` for a stand-up.
    pub seen: Option<Seen>,
    /// Trackers whose newest export is older than these days or than yesterday.
    pub old_exports: Vec<OldExport>,
}

/// Since when a stand-up tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Since {
    /// The last workday before today.
    pub day: NaiveDate,
    /// `yesterday`, `Friday`, `Fri 6 Nov`.
    pub words: String,
    /// Why it is not yesterday: `weekend`, `leave`, `holiday`, in the order of the days.
    pub because: Vec<&'static str>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// How many things were finished in it.
    pub finished: u64,
    /// These by kind, the most first: `3 bugs`, `1 story`.
    pub kinds: Vec<String>,
    /// How many of them a text leaves out of its list.
    pub more: u64,
    /// Those by kind.
    pub more_kinds: Vec<String>,
    /// Its commits, copies counted once.
    pub commits: u64,
    /// First and last day on which anything happened, in words.
    pub days: String,
}

/// A task or pull request of mine.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "variables of a template, each asked by its name"
)]
pub struct Item {
    /// The id of its evidence: `ING-7`, `owner/name#12`.
    pub id: String,
    /// What people call it: `ING-7`, `name#12`; empty where that is its title or nothing one would say.
    pub key: String,
    /// Its tracker.
    pub source: Clean,
    /// `task`, `bug`, `story`, `epic`, `subtask`, `pr`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its title.
    pub title: Clean,
    /// Its project.
    pub project: String,
    /// What happened to it in these days: `finished`, `merged`, `given-up`, `reopened`, `opened` (a
    /// pull request), `started`, `moved`, `put-back`, `worked-on`; `open` when nothing did.
    pub what: &'static str,
    /// Where it stands at the end of these days: `backlog`, `todo`, `in-progress`, `in-review`,
    /// `done`, `cancelled`.
    pub stage: Option<&'static str>,
    /// The tracker's own word for that, where it is the present one.
    pub word: Option<Clean>,
    /// An open pull request that was approved.
    pub approved: bool,
    /// The day on which it happened.
    pub day: Option<NaiveDate>,
    /// The same in words: `Fri 20 Nov`.
    pub when: Option<String>,
    /// Between two exports: it had happened by that day.
    pub by_then: bool,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// The same in words.
    pub due_words: Option<String>,
    /// It is open and that day is over.
    pub overdue: bool,
    /// When work on it began.
    pub started: Option<NaiveDate>,
    /// Of what is open, workdays since it began, the first one counted; of what is finished, those it
    /// took.
    pub workdays: Option<u64>,
    /// What it waits for: `review`, `others`.
    pub waits_for: Option<&'static str>,
    /// For how many workdays.
    pub waited: Option<u64>,
    /// Of what is open, whole workdays since the last sign of life (a move or a commit).
    pub idle: Option<u64>,
    /// Its parent or epic, as its tracker calls it.
    pub parent: Option<Clean>,
    /// Ids of its commits in these days, the oldest first; copies counted once.
    pub commits: Vec<String>,
    /// Pull requests that belong to it.
    pub requests: Vec<Request>,
    /// It belongs into a short list: of what is finished, the larger part; of what is open, what showed
    /// a sign of life within 60 workdays.
    pub shown: bool,
}

/// A pull request of a task.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Request {
    /// The id of its evidence: `owner/name#12`.
    pub id: String,
    /// `name#12`.
    pub key: String,
    /// Where it stands at the end of these days: `draft`, `open`, `approved`, `merged`,
    /// `closed`.
    pub state: &'static str,
}

/// Commits of one project that belong to no task.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Loose {
    /// The project.
    pub project: String,
    /// How many commits.
    pub commits: u64,
    /// First and last day, in words.
    pub days: String,
    /// The same by what they were about, the largest first.
    pub pieces: Vec<Piece>,
    /// Pieces that a short list leaves out.
    pub more: u64,
    /// Commits in those.
    pub more_commits: u64,
}

/// Commits about one thing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Piece {
    /// What they are about, as their summaries or their folder say; `None` for what stands alone.
    pub area: Option<String>,
    /// How many commits.
    pub commits: u64,
    /// First and last day, in words.
    pub days: String,
    /// The summaries that say most, without the area in front; the oldest first.
    pub said: Vec<Said>,
    /// Commits that are not among these.
    pub more: u64,
    /// Ids of all of them, the oldest first.
    pub ids: Vec<String>,
    /// It belongs into a short list.
    pub shown: bool,
}

/// What one or several commits say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// The words; never empty.
    pub text: String,
    /// The type that they name, where they do: `feature`, `fix`, `docs`, …
    #[serde(rename = "type")]
    pub kind: Option<&'static str>,
    /// Ids of the commits that say so.
    pub ids: Vec<String>,
}

/// Reviews of one project.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reviews {
    /// The project.
    pub project: String,
    /// How many pull requests.
    pub requests: u64,
    /// How many reviews; a pull request may be reviewed again.
    pub times: u64,
    /// The number of each: `12`.
    pub keys: Vec<String>,
    /// Ids of the evidence: `owner/name#12`.
    pub ids: Vec<String>,
}

/// Help in one repository.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Helped {
    /// The repository.
    pub project: String,
    /// Commits of others that name me.
    pub commits: u64,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteLine {
    /// The id of the evidence: `note 3`.
    pub id: String,
    /// Its first day.
    pub day: NaiveDate,
    /// Its days in words.
    pub when: String,
    /// The words.
    pub text: Clean,
    /// It tells of something that mattered to others.
    pub impact: bool,
    /// The key of the task it is about.
    pub task: Option<Clean>,
    /// The project it is about.
    pub project: Option<String>,
}

/// A marked stretch of days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// The id of the evidence: `note 3`.
    pub id: String,
    /// `leave`, `holiday`, `oncall`, `launch`.
    pub kind: &'static str,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// Its days in words.
    pub when: String,
    /// Workdays among them, as far as they lie in the days of the draft.
    pub workdays: u64,
    /// What the owner calls it; may be empty.
    pub text: Clean,
}

/// An outcome that I set for myself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The id of the evidence: `goal 2`.
    pub id: String,
    /// The words.
    pub text: Clean,
    /// `done`, `open`, `dropped`.
    pub state: &'static str,
    /// When it was reached or dropped.
    pub day: Option<NaiveDate>,
    /// The same in words.
    pub when: Option<String>,
    /// Tasks of it, as far as exports show them.
    pub tasks: u64,
    /// Those that are finished.
    pub tasks_done: u64,
}

/// An upper limit that I set for myself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitLine {
    /// The id of the evidence: `goal 3`.
    pub id: String,
    /// The metric's id.
    pub metric: String,
    /// The metric's name.
    pub title: String,
    /// The limit in words: `10%`, `2 d`.
    pub most: String,
    /// `day`, `week`, `month`.
    pub per: &'static str,
    /// Of how many such stretches of these days there is a value.
    pub of: u64,
    /// In how many of them it was kept.
    pub kept: u64,
    /// The value of the last one in words.
    pub value: Option<String>,
    /// The last one is not over, or not within these days.
    pub so_far: bool,
}

/// What a measure did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The metric's id.
    pub metric: &'static str,
    /// Its name.
    pub title: &'static str,
    /// `outside`: a week of these days left the usual range; `shift`: the last weeks lie on one side;
    /// `usual`: neither, differences are probably noise; `too-few`.
    pub state: &'static str,
    /// A whole sentence or clause about it.
    pub words: String,
    /// The value over these days in words.
    pub value: Option<String>,
    /// The value before, in words.
    pub was: Option<String>,
    /// The usual week in words.
    pub usual: Option<String>,
}

/// Commits in numbers; copies counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Code {
    /// Commits.
    pub commits: u64,
    /// Those without a task, in projects that have tasks.
    pub without_task: u64,
    /// Those that no default branch holds, where the repository has one.
    pub unlanded: u64,
    /// Repositories they lie in.
    pub repositories: u64,
    /// Days with one.
    pub days: u64,
}

/// What the record saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// Workdays with a trace.
    pub seen: u64,
    /// Workdays that are over; leave and holidays are none.
    pub of: u64,
    /// The same as sentences, with what leaves no trace.
    pub words: String,
}

/// A tracker of which nothing is known after a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OldExport {
    /// The tracker.
    pub source: Clean,
    /// The day of its newest export.
    pub day: NaiveDate,
    /// The same in words.
    pub when: String,
}
