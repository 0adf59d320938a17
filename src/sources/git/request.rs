//! What is asked of a repository and what comes back.

use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;

use super::error::Warning;
use crate::model::commit::CommitRecord;
use crate::model::history::{Relation, Source};
use crate::model::identity::Me;
use crate::model::ids::Oid;
use crate::model::place::Place;
use crate::model::text::Clean;

/// What to read, and for whom.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The repository.
    pub place: &'a Place,
    /// Whose commits are wanted; nobody else's leave this room.
    pub me: &'a Me,
    /// [`Reading::tips`] of the last finished reading with the same `me`; empty = read all.
    pub frontier: &'a [Oid],
    /// [`Reading::default_tips`] of that reading.
    pub default_tips: &'a [Oid],
    /// [`Reading::pending`] of that reading.
    pub pending: &'a [(Oid, Oid)],
    /// Whether the owner lets the reflog be read.
    pub reflog: bool,
    /// Whether a commit is stored whole already, so that its lines need no counting.
    pub known: &'a (dyn Fn(Oid) -> bool + Sync),
    /// Whether a squash is known to hold this commit of mine.
    pub swallowed: &'a (dyn Fn(Oid) -> bool + Sync),
    /// Only commits authored on or after this day of their author.
    pub since: Option<NaiveDate>,
    /// Folders and files of the repository whose changes are left out.
    pub exclude: &'a [String],
    /// The time, UTC seconds.
    pub now_utc: i64,
    /// Set by anybody to end the reading early.
    pub stop: &'a AtomicBool,
}

/// What a reading tells, in no particular order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// So many commits were walked, so many of them are mine; the last one has the totals.
    Walked {
        /// Commits met so far.
        commits: u64,
        /// Mine among them.
        mine: u64,
    },
    /// A commit of mine that is not known yet.
    Commit(Box<CommitRecord>),
    /// A commit of mine that the walk met, known or new.
    Sighting {
        /// The commit.
        oid: Oid,
        /// The default branch holds it.
        on_default_branch: bool,
        /// What leads to it.
        source: Source,
        /// The short name of the branch it was made on, as far as refs and merges tell.
        branch: Option<Clean>,
    },
    /// How commits hang together, and what was done to refs.
    Relation(Relation),
}

/// The receiver of events wants no more of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// The result of a finished reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Commits walked, whoever wrote them.
    pub walked: u64,
    /// Commits of mine among them.
    pub mine: u64,
    /// Commits of mine handed out with `lines_known == false`.
    pub lines_unknown: u64,
    /// The next reading's [`Request::frontier`]. Beside ref tips it may hold marks, ids that
    /// start with seven zero bytes, which say what else the reading rested on and what reflogs
    /// named.
    pub tips: Vec<Oid>,
    /// Where the default branch stood, here and on `origin`.
    pub default_tips: Vec<Oid>,
    /// Branches with commits of mine that have not landed: the tip, and the commit at which it left
    /// the default branch.
    pub pending: Vec<(Oid, Oid)>,
    /// What the repository says about itself.
    pub facts: RepoFacts,
    /// What the owner should know.
    pub warnings: Vec<Warning>,
}

/// What a repository says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepoFacts {
    /// Commits without parents that this walk met, sorted.
    pub roots: Vec<Oid>,
    /// `host/path` of `origin`, without user, password or `.git`.
    pub remote: Option<Clean>,
    /// The short name of the default branch.
    pub default_branch: Option<Clean>,
    /// History is cut off at some commits.
    pub shallow: bool,
    /// File contents may be left on the server.
    pub partial: bool,
}
