//! Reviews that I gave, as rows: repository, number and my own time, nothing else is kept of them.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Line, clock, stamp};
use crate::model::choice::{Marks, Out};
use crate::model::task::{GivenReview, When, place, short_key};
use crate::model::text::Clean;

/// One time that I reviewed a pull request of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// When I reviewed.
    pub at: When,
    /// The tracker.
    pub source: Clean,
    /// `owner/name#12`.
    pub key: Clean,
    /// The repository.
    pub project: Option<Clean>,
    /// When I was asked; `None` where no export says.
    pub requested: Option<When>,
    /// What the owner says of it.
    pub marks: Marks,
}

impl ReviewRow {
    /// A row for each time that I reviewed.
    pub fn of(given: &GivenReview, marks: &Marks) -> impl Iterator<Item = Self> {
        given.times.iter().map(|at| Self {
            marks: marks.clone(),
            at: *at,
            source: given.source.clone(),
            key: given.key.clone(),
            project: given.project.clone(),
            requested: given.requested,
        })
    }

    pub(super) fn line(&self) -> Line<'_> {
        Line {
            at: self.at.moment(),
            key: short_key(&self.key, self.project.as_ref()),
            place: place(self.project.as_ref()),
            text: "reviewed".into(),
            tail: self.marks.words().collect(),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct RowJson<'a> {
    kind: &'static str,
    time: Option<String>,
    day: Option<NaiveDate>,
    source: &'a Clean,
    key: &'a Clean,
    project: Option<&'a Clean>,
    requested_at: Option<String>,
    row: &'a str,
    excluded: Option<&'static str>,
}

impl<'a> RowJson<'a> {
    pub(super) fn new(row: &'a ReviewRow) -> Self {
        Self {
            kind: "review",
            time: clock(row.at),
            day: row.at.day(),
            source: &row.source,
            key: &row.key,
            project: row.project.as_ref(),
            requested_at: row.requested.and_then(stamp),
            row: &row.marks.row,
            excluded: row.marks.out.map(Out::as_str),
        }
    }
}
