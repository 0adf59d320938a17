//! View models: what the worker prepares and a page draws. Text is clean, nothing is computed
//! from them but the drawing.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::correct::FactLine;
use super::draft::{Form, Kind};
use super::effect::Slot;
use crate::metrics::Workdays;
use crate::model::away::Away;
use crate::model::commit::{Category, Lines};
use crate::model::dataset::Labels;
use crate::model::figure::Figure;
use crate::model::identity::Address;
use crate::model::ids::{CommitId, LanguageId, Oid, RepoId, TaskId};
use crate::model::moment::Moment;
use crate::model::period::Range;
use crate::model::stage::Stage;
use crate::model::task::When;
use crate::model::text::Clean;

/// The answer to an [`super::effect::Ask`].
#[derive(Clone, Debug)]
pub struct PageView {
    /// The id of the ask.
    pub id: u64,
    /// The figures; one for every question that could be answered.
    pub figures: Vec<(Slot, Figure)>,
    /// How many workdays of the ask's `about` git saw, see [`crate::metrics::workdays`].
    pub workdays: Workdays,
    /// Names for the ids in the figures.
    pub labels: Arc<Labels>,
    /// The owner's marked days that touch the ask's `about`, sorted.
    pub away: Vec<Away>,
    /// What the ask's `told` wanted; empty when it wanted nothing.
    pub told: Told,
    /// What the ask's `explain` means, and what is here for it; empty when nothing was to explain.
    pub explained: Vec<Paragraph>,
}

/// Figures in sentences, and what the tasks in them are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The answer to the page's question, the most important sentence first.
    pub answer: Vec<String>,
    /// What lies ahead, a sentence each.
    pub ahead: Vec<String>,
    /// What figures without a row left out, in words.
    pub left_out: Vec<(Slot, String)>,
    /// The tasks in the figures, by their position.
    pub tasks: BTreeMap<u32, TaskNote>,
}

/// A task in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskNote {
    /// Its row in the store.
    pub id: TaskId,
    /// Its title; empty where none is kept.
    pub title: Clean,
    /// Where it stands; `None` when nothing says so.
    pub stage: Option<Stage>,
}

/// A task with all that happened to it: the answer to a [`super::effect::TaskAsk`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskView {
    /// The id of the ask.
    pub id: u64,
    /// Its row in the store.
    pub task: TaskId,
    /// What people call it.
    pub key: Clean,
    /// Its title; empty where none is kept.
    pub title: Clean,
    /// Where it stands, and what it is: `done`, `"Closed"`, `bug`, its tracker, its project.
    pub about: Vec<Clean>,
    /// Due, estimate, recorded time: a name, what is known, and what follows from it.
    pub facts: Vec<(&'static str, String)>,
    /// Its way through the stages, oldest first.
    pub stays: Vec<Stay>,
    /// The time between start and finish, in a sentence; empty where it is not known.
    pub took: String,
    /// Work and waiting in it: a name, seconds, and of what that is made.
    pub sums: Vec<(&'static str, i64, String)>,
    /// What happened, oldest first.
    pub events: Vec<TaskEvent>,
    /// What the record cannot say, a sentence each.
    pub unknown: Vec<String>,
    /// The facts that the owner can correct.
    pub correctable: Vec<FactLine>,
    /// The owner took it out of every figure.
    pub excluded: bool,
}

/// A repository: the answer to a [`super::effect::RepositoryAsk`].
#[derive(Clone, Debug)]
pub struct RepositoryView {
    /// Its figures, over the days of the ask; holds the id of the ask.
    pub page: PageView,
    /// What the owner calls it.
    pub name: Clean,
    /// Where it lies on this machine.
    pub places: Vec<Clean>,
    /// What is known of it beside figures, a clause each: commits and days, what was read when.
    pub facts: Vec<String>,
    /// What is not as it should be, a sentence each.
    pub marks: Vec<String>,
    /// What its lines leave out, in words; empty when nothing was.
    pub left_out: String,
    /// Tasks with commits of mine here in these days, most commits first.
    pub tasks: Vec<TaskShare>,
    /// The owner's notes about it, the newest first.
    pub notes: Vec<(Range, Clean)>,
}

/// A task as a part of a repository's work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskShare {
    /// Its row in the store.
    pub id: TaskId,
    /// What people call it.
    pub key: Clean,
    /// Its title; empty where none is kept.
    pub title: Clean,
    /// Its commits of mine there.
    pub commits: u64,
}

/// A stay of a task in one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The stage; `None` for a time of which no move tells.
    pub stage: Option<Stage>,
    /// Seconds.
    pub seconds: i64,
    /// It lasts still.
    pub lasts: bool,
}

/// Something that happened to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskEvent {
    /// When; of something that two exports only narrow down, when it had happened at the latest.
    pub at: When,
    /// In that case, when it had not happened yet.
    pub not_before: Option<When>,
    /// What it was, in a word: `moved`, `commit`.
    pub what: &'static str,
    /// More of it: the stages, the summary of a commit.
    pub text: Clean,
    /// Of a commit the rule that links it, and how sure that is; the first sign of work.
    pub note: String,
    /// The commit that it was.
    pub commit: Option<CommitId>,
}

/// A part of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its name, e.g. `Rule`; empty for more of the paragraph before.
    pub label: &'static str,
    /// Its texts, each on lines of its own.
    pub items: Vec<String>,
    /// The texts hold figures of the owner's: covered they are gone.
    pub figures: bool,
}

impl PageView {
    /// The figure in `slot`, if it could be computed.
    pub fn figure(&self, slot: Slot) -> Option<&Figure> {
        self.figures
            .iter()
            .find(|(at, _)| *at == slot)
            .map(|(_, figure)| figure)
    }
}

/// One commit in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitRow {
    /// Its row in the store.
    pub commit: CommitId,
    /// Its object id.
    pub oid: Oid,
    /// Author date in the author's own offset.
    pub authored: Moment,
    /// Only its day is kept.
    pub day_only: bool,
    /// The repository's name.
    pub repo: Clean,
    /// The first line of its message.
    pub summary: Clean,
    /// The language with most changed lines; empty when none is known.
    pub language: Clean,
    /// Changed files.
    pub files: u32,
    /// Added and deleted lines; `None` when they could not be read.
    pub lines: Option<Lines>,
    /// What else is true of it.
    pub marks: Marks,
}

/// Properties that leave a commit out of figures, or colour it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// A set of [`flag`](crate::model::dataset::flag) bits.
    pub flags: u16,
    /// Its clock is not believed.
    pub undated: bool,
}

impl Marks {
    /// Whether it has any of the bits `bits`.
    pub fn is(self, bits: u16) -> bool {
        self.flags & bits != 0
    }
}

/// One commit with its files: the answer to a [`super::effect::CommitAsk`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitView {
    /// The id of the ask.
    pub id: u64,
    /// The commit.
    pub row: CommitRow,
    /// Every repository that holds it.
    pub repos: Vec<Clean>,
    /// How it hangs together with others.
    pub ties: Ties,
    /// Its files, in path order.
    pub files: Vec<FileRow>,
}

/// What is known of a commit beside itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// The branch it was made on.
    pub branch: Option<Clean>,
    /// The commit that stands for the same change.
    pub twin_of: Option<Oid>,
    /// The squash that landed it, mine or somebody else's.
    pub squashed_by: Option<Oid>,
    /// The commits it holds as a squash.
    pub squash_of: Vec<Oid>,
    /// The commit it takes back.
    pub reverts: Option<Oid>,
    /// The commits that take it back.
    pub reverted_by: Vec<Oid>,
    /// Task keys and numbers that its message names.
    pub mentions: Vec<Clean>,
}

/// One changed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Path after the change.
    pub path: Clean,
    /// Path before a rename.
    pub old_path: Option<Clean>,
    /// Added and deleted lines; `None` = binary.
    pub lines: Option<Lines>,
    /// What kind of file.
    pub category: Category,
    /// Its language; empty when none is known.
    pub language: Clean,
}

/// A draft: the answer to a [`super::effect::DraftAsk`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftView {
    /// The id of the ask.
    pub id: u64,
    /// Which draft.
    pub kind: Kind,
    /// In which form.
    pub form: Form,
    /// With the ids of the evidence.
    pub ids: bool,
    /// The days it is about.
    pub range: Range,
    /// The text, every byte as it is copied and written.
    pub text: Arc<str>,
    /// It has nothing to tell.
    pub empty: bool,
    /// What stood in the way of the owner's own wording; empty when nothing did.
    pub problem: Clean,
}

/// A note of the owner's, as days and rows show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteMark {
    /// Its days.
    pub days: Range,
    /// The key of the task it is about.
    pub task: Option<Clean>,
    /// The name of the repository it is about.
    pub repo: Option<Clean>,
    /// Its words.
    pub text: Clean,
}

/// Where files of the owner's can be written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Outbox {
    /// Nowhere: nothing is kept, or the data are generated.
    #[default]
    None,
    /// Into this folder.
    Folder {
        /// The folder.
        path: Clean,
        /// How what is written there leaves this machine; empty when nothing says it does.
        leaves: Clean,
    },
    /// Its folder was refused, and why.
    Refused(Clean),
}

/// What is stored, and how safely.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Commits of mine.
    pub commits: u64,
    /// Tasks of mine, pull requests among them.
    pub tasks: u64,
    /// First and last believed day with a commit, stretched to today.
    pub extent: Option<Range>,
    /// The repositories, by name.
    pub repos: Vec<RepoLine>,
    /// Languages with the number of commits that touch them, most first.
    pub languages: Vec<(LanguageId, Clean, u64)>,
    /// Trackers with the number of their tasks, in the order of
    /// [`Labels::sources`](crate::model::dataset::Labels::sources).
    pub sources: Vec<(Clean, u64)>,
    /// My addresses; empty = nobody is "me" yet.
    pub me: Vec<Address>,
    /// Where the facts live now.
    pub kept: Kept,
    /// Generated data, not the owner's.
    pub demo: bool,
    /// What refuses the network.
    pub offline: Offline,
    /// The owner's notes, by their first day.
    pub notes: Vec<NoteMark>,
    /// Where drafts can be written to.
    pub outbox: Outbox,
    /// The store file, where it is or would be.
    pub store: Clean,
    /// When the last scan ended.
    pub last_scan: Option<DateTime<Utc>>,
}

/// One repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepoLine {
    /// Its row in the store.
    pub id: RepoId,
    /// Its name.
    pub name: Clean,
    /// Commits of mine that it was the first to bring.
    pub commits: u64,
}

/// Where the facts live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// In memory only: gone when the program ends.
    #[default]
    Memory,
    /// In the store file, plain.
    Plain,
    /// In the store file, sealed with a key.
    Sealed,
}

/// What keeps the program off the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offline {
    /// The kernel refuses sockets.
    Kernel,
    /// Only that no network code is built in; with the reason why no more.
    BuildOnly(Clean),
}

impl Default for Offline {
    fn default() -> Self {
        Self::BuildOnly(Clean::label(b"not checked"))
    }
}
