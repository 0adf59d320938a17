//! What can happen to the screen: keys, time, and answers of the worker.

use chrono::{DateTime, NaiveDate, Utc};

use super::correct::Correct;
use super::exclude::Exclude;
use super::goals::GoalsView;
use super::look::Found;
use super::privacy::forget::{Outcome, Takes};
use super::privacy::{PrivacyView, SelfTest};
use super::rank::TaskHit;
use super::row::RowsView;
use super::share::{Preview, ShareOffer};
use super::view::{CommitView, DraftView, Facts, PageView, RepositoryView, TaskView};
use crate::input::action::Action;
use crate::input::key::Key;
use crate::model::identity::Address;
use crate::model::proposal::Proposal;
use crate::model::remembered::Remembered;
use crate::model::text::Clean;

/// One event. `update` turns it into a new state and effects.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// The mouse asked for this: a click on what stands for it, or the wheel.
    Pointed(Action),
    /// A named action, from the palette, the help overlay or a script.
    Action(Action),
    /// Text was pasted; dropped unless a text field has the focus.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The time; the only way by which it enters.
    Tick(DateTime<Utc>),
    /// How the screen was left; before the first [`Message::Facts`].
    Recall(Remembered),
    /// What is stored, at the start and whenever it changed (scan, keep, another process).
    /// The screen asks for its figures again.
    Facts(Box<Facts>),
    /// Figures that were asked for.
    Computed(PageView),
    /// What holds the text that was looked for.
    Found(Found),
    /// Rows that were asked for.
    Rows(RowsView),
    /// A commit that was asked for.
    Commit(Box<CommitView>),
    /// A task that was asked for.
    Task(Box<TaskView>),
    /// A repository that was asked for.
    Repository(Box<RepositoryView>),
    /// The tasks that answer the text of this ask, the best first.
    FoundTasks(u64, Vec<TaskHit>),
    /// A draft that was asked for.
    Draft(Box<DraftView>),
    /// The Privacy page that was asked for.
    Privacy(Box<PrivacyView>),
    /// What a self-test found.
    SelfTested(SelfTest),
    /// How much forgetting would take.
    WouldForget(Takes),
    /// What was asked to be forgotten is gone, or not.
    Forgot(Outcome),
    /// Rows count no more, or again.
    Excluded(Exclude),
    /// A fact of a task is another one now.
    Corrected(Correct),
    /// The lines that a share can have.
    ShareOffered(ShareOffer),
    /// A share was weighed: what would be written, or why it is not.
    ShareWeighed(u64, Result<Preview, Clean>),
    /// A share was written, and where; or why it was not.
    ShareWritten(u64, Result<Clean, Clean>),
    /// A name in the outbox that is free.
    Offered {
        /// The file's name.
        name: String,
        /// Its whole path.
        path: Clean,
    },
    /// A note is kept.
    NoteKept {
        /// Its number.
        number: u64,
        /// `note 12 is kept on Fri 20 Nov`.
        said: Clean,
    },
    /// A note could not be kept, and why.
    NoteNotKept(Clean),
    /// The goals that were asked for.
    Goals(Box<GoalsView>),
    /// A goal is set or changed.
    GoalKept {
        /// The number of a new one.
        new: Option<u64>,
        /// `goal 3 is set`.
        said: Clean,
    },
    /// A goal could not be kept, and why.
    GoalNotKept(Clean),
    /// News of the running scan.
    Scan(ScanNews),
    /// Nobody is "me" yet: the authors to choose from, sorted by address, without counts.
    People(Vec<PersonLine>),
    /// The worker looks for others who could be me, because this is the first run.
    Looking,
    /// Others who could be me, the strongest evidence first.
    Proposals {
        /// All of them.
        all: Vec<Proposal>,
        /// There may be something in them that the owner does not know of.
        news: bool,
    },
    /// A scan met so many others who could be me and were not there before.
    MoreOthers(usize),
    /// An ask could not be answered; the screen that waits for it shows why.
    AskFailed {
        /// The id of the ask.
        id: u64,
        /// What failed, on what, what to do next.
        why: Clean,
    },
    /// Something done outside went wrong (what, cause, next step); stays until Esc.
    Failed(Clean),
    /// Something done outside went well; shown for a few seconds.
    Done(Clean),
}

/// How a scan is getting on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanNews {
    /// Repository `index` of `of` is being read, counted from 1.
    Repository {
        /// Which one, from 1.
        index: usize,
        /// Of how many.
        of: usize,
        /// Its name.
        name: Clean,
    },
    /// Commits walked so far in this repository.
    Walked(u64),
    /// Commits of mine stored so far by this scan.
    Added(u64),
    /// The scan is over.
    Finished(Box<ScanEnd>),
}

/// What a finished scan has to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScanEnd {
    /// New commits of mine.
    pub added: u64,
    /// The owner stopped it.
    pub stopped: bool,
    /// Repositories that could not be read whole: what, why, next step.
    pub problems: Vec<Clean>,
}

/// One author of a repository, shown in the chooser and stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    /// The address.
    pub address: Address,
    /// The names it was used with.
    pub names: Vec<Clean>,
    /// First and last day it was used.
    pub days: Option<(NaiveDate, NaiveDate)>,
}
