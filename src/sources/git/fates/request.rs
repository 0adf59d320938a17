//! What the pass over lines is asked and what it tells.

use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;

use super::super::error::Warning;
use crate::model::fates::LineFate;
use crate::model::identity::Me;
use crate::model::ids::Oid;
use crate::model::place::Place;

/// Which lines to follow, and where.
#[derive(Clone, Copy)]
pub struct FollowRequest<'a> {
    /// The repository.
    pub place: &'a Place,
    /// Whose lines; of all others' nothing is told.
    pub me: &'a Me,
    /// [`Followed::basis`] of the last finished pass with the same question; empty = none.
    pub last: &'a [Oid],
    /// Another clone was followed up to this time: nothing is to be done here unless this one goes
    /// further.
    pub newer_than: Option<i64>,
    /// Whether a commit of mine is known to change form and not meaning.
    pub reformats: &'a dyn Fn(Oid) -> bool,
    /// Only commits authored on or after this day of their author bring lines.
    pub since: Option<NaiveDate>,
    /// Folders and files of the repository that do not count.
    pub exclude: &'a [String],
    /// The time, UTC seconds: decides which clocks are believed.
    pub now_utc: i64,
    /// Set by anybody to end the pass early.
    pub stop: &'a AtomicBool,
}

/// The result of a finished pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// What it rested on: the default branch's tips, and marks of what else decides.
    pub basis: Vec<Oid>,
    /// When the newest of these tips was committed, UTC seconds.
    pub tip_utc: i64,
    /// Commits of the default branch, whoever wrote them.
    pub walked: u64,
    /// My commits on it, by object id.
    pub fates: Vec<LineFate>,
    /// My commits on it whose lines could not be known.
    pub commits_unknown: u64,
    /// Lines that got lost on the way because something could not be read; no fate counts them.
    pub lines_lost: u64,
    /// What the owner should know.
    pub warnings: Vec<Warning>,
}
