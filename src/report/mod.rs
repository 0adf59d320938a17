//! `Figure` to text, JSON and CSV. Pure: nothing here prints, reads or writes.
//!
//! `words` is the only place that makes numbers, dates and verdicts readable, `layout` the only
//! one that knows about columns; `text` draws any figure by its shape, `pages` puts figures
//! together, `json`, `csv` and `schema` hold what scripts rely on. Outside text comes in as
//! `Clean` only.

pub mod csv;
pub mod doctor;
pub mod draft;
pub mod explain;
pub mod explained;
pub mod flow;
mod grid;
pub mod json;
pub(crate) mod layout;
pub mod log;
pub mod names;
mod overview;
pub mod pages;
mod points;
pub mod privacy;
pub mod privacy_page;
mod projects;
mod reasons;
pub mod repository;
pub mod schema;
pub mod status;
pub mod task;
pub mod text;
pub mod trackers;
pub mod words;

pub use layout::fold;

use crate::model::away::Away;
use crate::model::calendar::Calendar;
use names::Names;

/// How and for whom a text is written.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Names of repositories and languages.
    pub names: Names<'a>,
    /// Today, and the owner's week.
    pub calendar: &'a Calendar,
    /// Days that are no workdays ([`Dataset::away`](crate::model::dataset::Dataset::away)).
    pub away: &'a [Away],
    /// Columns there are; 40 is the least that is used.
    pub width: usize,
    /// Draw with ASCII only: for `--plain`, screen readers and `TERM=dumb`.
    pub ascii: bool,
}

impl Context<'_> {
    /// Columns to fill.
    fn columns(&self) -> usize {
        self.width.clamp(40, 200)
    }
}
