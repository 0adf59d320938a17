//! What is told to the worker, and what it tells back.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::super::run::Incoming;
use super::super::scanner;
use crate::app::correct::Correct;
use crate::app::effect::{Ask, CommitAsk, DraftAsk, PrivacyAsk, RepositoryAsk, RowsAsk, TaskAsk};
use crate::app::exclude::Exclude;
use crate::app::goals::GoalsAsk;
use crate::app::message::Message;
use crate::app::note::Subject;
use crate::app::privacy::forget::Target;
use crate::app::share::ShareAsk;
use crate::model::goal::{Aim, State};
use crate::model::identity::Address;
use crate::model::keep::Measure;
use crate::model::remembered::Remembered;
use crate::model::text::Clean;
use crate::share::{Profile, Window};

/// What the worker can be told.
#[derive(Debug)]
pub(in crate::tui) enum Job {
    /// Figures are wanted.
    Figures(Ask),
    /// Rows are wanted.
    Rows(RowsAsk),
    /// A commit is wanted.
    Commit(CommitAsk),
    /// A task is wanted.
    Task(TaskAsk),
    /// A repository is wanted.
    Repository(Box<RepositoryAsk>),
    /// The tasks that answer this text are wanted, under this number.
    FindTasks(u64, String),
    /// A draft is wanted.
    Draft(DraftAsk),
    /// The Privacy page is wanted.
    Privacy(PrivacyAsk),
    /// What the lock refuses is to be tried.
    SelfTest,
    /// How much forgetting would take is wanted.
    WouldForget(Target),
    /// The owner typed the word: this is to be forgotten.
    Forget(Target),
    /// A free name in the outbox is wanted.
    Offer(String),
    /// A file is to be written into the outbox.
    WriteFile { name: String, text: Arc<str> },
    /// A note is to be kept.
    AddNote {
        about: Subject,
        text: String,
        impact: bool,
    },
    /// The goals are wanted.
    Goals(GoalsAsk),
    /// A goal is to be set.
    AddGoal(Aim),
    /// The goal of this number stands so from now on.
    SetGoal(u64, State),
    /// The note of this number is to be removed.
    RemoveNote(u64),
    /// The owner asked for a scan.
    Scan {
        /// Of everything.
        full: bool,
    },
    /// The running scan is to stop.
    StopScan,
    /// A row is to count no more, or again.
    Exclude(Exclude),
    /// A fact of a task is to be another one.
    Correct(Box<Correct>),
    /// What a share of these days can tell.
    ShareLines(u64, Profile, Window),
    /// A share is to be weighed.
    ShareWeigh(Box<ShareAsk>),
    /// The weighed share of this number is to be written.
    ShareWrite(u64),
    /// The refs of these targets are not what they were.
    RefsMoved(BTreeSet<usize>),
    /// The file of a sealed store is not what it was.
    StoreMoved,
    /// News of the scanning thread.
    Scanned(scanner::Part),
    /// The owner typed the sentence for these addresses.
    ThisIsMe(Vec<Address>),
    /// The authors are to be listed.
    People,
    /// Others who could be me are to be looked for.
    Proposals,
    /// The owner answered proposals.
    Answer {
        /// Mine.
        yes: Vec<Address>,
        /// Not mine.
        no: Vec<Address>,
    },
    /// What is in memory is to be kept, the reflog read from now on or not, and how much of it.
    Keep { reflog: bool, measure: Measure },
    /// A path is to be added.
    Add(String),
    /// What holds this text is wanted.
    Find(String),
    /// How the screen stands, for the next start; at the end of this one somebody waits for it.
    Remember(Remembered, Option<Sender<()>>),
}

/// What the worker and its threads say to the loop.
#[derive(Debug)]
pub(in crate::tui) enum Event {
    /// Something for the screen.
    Message(Message),
    /// What is to happen next takes a fresh start of the program.
    Leave(Wish),
}

/// What only a fresh start of the program can do, because this one is locked.
#[derive(Debug)]
pub(in crate::tui) enum Wish {
    /// Keep this image of the store.
    Keep(Vec<u8>),
    /// Register this path, and keep the image of a store in memory.
    Add(String, Option<Vec<u8>>),
}

/// The way back to the loop.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Out(Sender<Incoming<Event>>);

impl Out {
    /// The way through `to`.
    pub(in crate::tui) fn new(to: Sender<Incoming<Event>>) -> Self {
        Self(to)
    }

    /// Says `message`.
    pub(in crate::tui) fn say(&self, message: Message) {
        self.send(Event::Message(message));
    }

    /// Says what went wrong: what, on what, what to do next.
    pub(in crate::tui) fn failed(&self, why: &str) {
        self.say(Message::Failed(Clean::label(why.as_bytes())));
    }

    pub(super) fn send(&self, event: Event) {
        // Without a listener the program is ending, and nobody misses it.
        self.0.send(Incoming::Event(event)).ok();
    }
}
