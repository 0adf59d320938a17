//! What `update` wants done outside: the worker and the terminal answer with messages.

use std::sync::Arc;

use chrono::NaiveDate;

use super::correct::Correct;
use super::draft::{Form, Kind};
use super::exclude::Exclude;
use super::goals::GoalsAsk;
use super::kinds::Kinds;
use super::note::Subject;
use super::privacy::forget::Target;
use super::share::ShareAsk;
use crate::model::calendar::Calendar;
use crate::model::goal::{Aim, State};
use crate::model::identity::Address;
use crate::model::ids::{CommitId, RepoId, TaskId};
use crate::model::keep::Measure;
use crate::model::period::Range;
use crate::model::remembered::Remembered;
use crate::model::selection::Selection;
use crate::model::text::Clean;
use crate::share::{Profile, Window};

/// One thing to do. Effects are carried out in order; none of them blocks the drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Compute figures; answered by [`super::message::Message::Computed`] with the same id.
    Compute(Ask),
    /// Fetch rows; answered by [`super::message::Message::Rows`] with the same id.
    Rows(RowsAsk),
    /// Fetch one task with all that happened to it; answered by
    /// [`super::message::Message::Task`] with the same id.
    Task(TaskAsk),
    /// Fetch one repository with its figures; answered by
    /// [`super::message::Message::Repository`] with the same id.
    Repository(Box<RepositoryAsk>),
    /// Find the tasks that answer this text; answered by
    /// [`super::message::Message::FoundTasks`] with the same id.
    FindTasks {
        /// Grows with every ask, in one row with [`Ask::id`].
        id: u64,
        /// What was typed.
        text: String,
    },
    /// Fetch one commit and its files; answered by [`super::message::Message::Commit`].
    Commit(CommitAsk),
    /// Write a draft; answered by [`super::message::Message::Draft`] with the same id.
    Draft(DraftAsk),
    /// Put the Privacy page into words; answered by [`super::message::Message::Privacy`].
    Privacy(PrivacyAsk),
    /// Try from inside what the lock refuses; answered by [`super::message::Message::SelfTested`].
    SelfTest,
    /// Count what forgetting this would take; answered by
    /// [`super::message::Message::WouldForget`].
    WouldForget(Target),
    /// Forget this for good; the owner typed the word. Answered by
    /// [`super::message::Message::Forgot`].
    Forget(Target),
    /// Say what a share can tell; answered by [`super::message::Message::ShareOffered`].
    ShareLines {
        /// Comes back with the answer.
        id: u64,
        /// For whom.
        profile: Profile,
        /// About which days.
        window: Window,
    },
    /// Weigh what was chosen; answered by [`super::message::Message::ShareWeighed`].
    ShareWeigh(Box<ShareAsk>),
    /// Write the share that was weighed under this number: the owner typed the word. Answered by
    /// [`super::message::Message::ShareWritten`].
    ShareWrite(u64),
    /// Find a name for a file in the outbox, this one if it is free; answered by
    /// [`super::message::Message::Offered`].
    Offer(String),
    /// Write a new file into the outbox.
    WriteFile {
        /// Its name; another one like it where it is taken.
        name: String,
        /// All of it.
        text: Arc<str>,
    },
    /// Keep a note; answered by [`super::message::Message::NoteKept`] or `NoteNotKept`.
    AddNote {
        /// What it is about.
        about: Subject,
        /// The words.
        text: String,
        /// It mattered to others.
        impact: bool,
    },
    /// Read the goals; answered by [`super::message::Message::Goals`].
    Goals(GoalsAsk),
    /// Set a goal; answered by [`super::message::Message::GoalKept`] or `GoalNotKept`.
    AddGoal(Aim),
    /// Say where the goal of this number stands; answered by `GoalKept`.
    SetGoal(u64, State),
    /// Remove the note of this number.
    RemoveNote(u64),
    /// Read what is new, on a thread of its own; `full` reads everything again.
    Scan {
        /// Forget the frontier and read all.
        full: bool,
    },
    /// Stop the running scan at the next whole commit.
    StopScan,
    /// The owner said keep: write what is in memory to the store file.
    Keep {
        /// And read the reflog from now on.
        reflog: bool,
        /// How much is kept.
        measure: Measure,
    },
    /// The owner typed `this is me` for these addresses.
    ThisIsMe(Vec<Address>),
    /// Look for others who could be me; answered by [`super::message::Message::Proposals`].
    Proposals,
    /// The owner said which of those proposed they are, and which not.
    Answer {
        /// These become mine, and their commits are read.
        yes: Vec<Address>,
        /// These are not asked for again.
        no: Vec<Address>,
    },
    /// List the authors of the repository; answered by [`super::message::Message::People`].
    People,
    /// Take rows out of every figure, or let them count again; answered by
    /// [`super::message::Message::Excluded`].
    Exclude(Exclude),
    /// Make a fact of a task another one; answered by [`super::message::Message::Corrected`].
    Correct(Correct),
    /// Find what holds this text; answered by [`super::message::Message::Found`].
    Find(String),
    /// Note how the screen stands, for the next start.
    Remember(Remembered),
    /// Register a path the owner typed, through a fresh start of the program.
    Add(String),
    /// Put text on the clipboard (OSC 52).
    Copy(Clean),
    /// The same with a text of many lines.
    CopyText(Arc<str>),
    /// Ctrl-Z: give the terminal back and stop.
    Suspend,
    /// Ctrl-L: draw everything anew.
    Redraw,
    /// Leave with this exit code.
    Quit(i32),
}

/// Figures wanted for one screen. A newer ask of the same kind makes an older one worthless:
/// the worker may skip it, and a late answer is dropped by its id.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Grows with every ask.
    pub id: u64,
    /// Now, as the screen knows it.
    pub calendar: Calendar,
    /// What the screen as a whole is about: for [`super::view::PageView::workdays`].
    pub about: Selection,
    /// What to compute, in any order.
    pub questions: Vec<Question>,
    /// Also say what this metric means, and what is here for it: for
    /// [`super::view::PageView::explained`]. One of the questions is about it.
    pub explain: Option<&'static str>,
    /// Also put these figures into sentences, and tell the titles of their tasks: for
    /// [`super::view::PageView::told`].
    pub told: bool,
}

/// One figure wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Where on the screen the answer goes; unique within an ask.
    pub slot: Slot,
    /// The metric's stable id.
    pub metric: &'static str,
    /// When, where, which rows, cut how.
    pub selection: Selection,
}

/// The place of a figure on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// Tasks finished.
    Finished,
    /// Changes that reached a default branch.
    Delivered,
    /// From the start of a task to its end.
    Cycle,
    /// How old work in progress is.
    Ages,
    /// Reviews given.
    ReviewsGiven,
    /// How long a review of mine took to come.
    ReviewTime,
    /// How long I waited for a review.
    ReviewWait,
    /// Commits a week.
    Commits,
    /// Days with commits.
    ActiveDays,
    /// Lines changed.
    Lines,
    /// How large a change is.
    Sizes,
    /// The one measure a page is about.
    Main,
    /// The same over the period before.
    Before,
    /// The measure cut by repository or language.
    Split,
    /// The second cut.
    OtherSplit,
    /// A third.
    Third,
    /// One repository over time.
    Repo(RepoId),
    /// Hour × weekday.
    Hours,
    /// Days of a year.
    Year,
    /// The share of commits outside working hours.
    AfterHours,
    /// The share of commits on days that are no working days.
    Weekend,
    /// The stage that holds tasks up.
    Bottleneck,
    /// How long finished tasks took, task by task.
    Times,
    /// How long 85 % of them take.
    Level,
    /// The time of finished tasks by stage.
    Stages,
    /// The share of it that was work.
    Efficiency,
    /// Tasks by stage, bucket by bucket.
    Cumulative,
    /// The phases of merged pull requests.
    Phases,
    /// When the next tasks are done.
    Forecast,
    /// How many tasks are done by a date.
    ForecastItems,
    /// Tasks finished, whatever every page is narrowed to: what that hides.
    Unfiltered,
}

/// Rows wanted for a list, a window at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsAsk {
    /// Grows with every ask, in one row with [`Ask::id`].
    pub id: u64,
    /// Now, as the screen knows it.
    pub calendar: Calendar,
    /// When, where, which rows.
    pub selection: Selection,
    /// Only the rows behind this metric; `None` = every row of the selection.
    pub metric: Option<&'static str>,
    /// Only rows in which this text stands; empty = all. Of a commit in summary, path, repository or
    /// id; of anything else in key, title, project, tracker or what happened.
    pub text: String,
    /// Of the log, rows of these kinds alone.
    pub kinds: Kinds,
    /// In which order.
    pub sort: Sort,
    /// Position of the first row wanted.
    pub from: usize,
    /// How many rows are wanted.
    pub count: usize,
}

/// The order of a list. Ties are ordered by object id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// Turned round.
    pub reverse: bool,
}

/// What a list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortBy {
    /// Author time, newest first.
    #[default]
    Time,
    /// Lines changed or time taken, most first.
    Size,
    /// Repository or project, then newest first.
    Repository,
}

/// One commit wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitAsk {
    /// Grows with every ask, in one row with [`Ask::id`].
    pub id: u64,
    /// Which one.
    pub commit: CommitId,
}

/// One repository wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct RepositoryAsk {
    /// Which one.
    pub repo: RepoId,
    /// Its figures, and the number of the ask.
    pub figures: Ask,
}

/// One task wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskAsk {
    /// Grows with every ask, in one row with [`Ask::id`].
    pub id: u64,
    /// Now: the end of what still lasts, UTC seconds.
    pub now_utc: i64,
    /// Which one.
    pub which: Which,
}

/// A task by what is known of it where it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Its row in the store.
    Id(TaskId),
    /// Its key.
    Key(Clean),
}

/// The Privacy page wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrivacyAsk {
    /// Grows with every ask, in one row with [`Ask::id`].
    pub id: u64,
    /// Today, as the screen knows it.
    pub today: NaiveDate,
}

/// A draft wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftAsk {
    /// Grows with every ask, in one row with [`Ask::id`].
    pub id: u64,
    /// Now, as the screen knows it.
    pub calendar: Calendar,
    /// Which draft.
    pub kind: Kind,
    /// The days it is about; of a stand-up today, and the last workday is to be found.
    pub range: Range,
    /// In which form.
    pub form: Form,
    /// With the ids of the evidence.
    pub ids: bool,
}
