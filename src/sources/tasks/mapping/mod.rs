//! A mapping file for a table that no importer knows: which column is what.
//!
//! [`Mapping::parse`] reads one, [`Mapping::draft`] writes one for a table at hand; `mapped_csv.rs`
//! reads tables with it.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::dates::DayOrder;
use crate::model::stage::Stage;

mod draft;
pub(super) mod keys;
mod look;
mod names;
mod parse;
mod plain;
mod write;

/// Which column of a CSV is what; see [`Mapping::parse`]. Names of columns are in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// What the tracker is called: identities and accounts go by it.
    pub(super) source: String,
    /// The project of rows that name none.
    pub(super) project: Option<String>,
    /// Every row is the owner's.
    pub(super) mine: bool,
    /// Whether `3/4/2026` is the 3rd of April or March 4th.
    pub(super) order: Option<DayOrder>,
    /// The zone of clocks without one.
    pub(super) zone: Option<Tz>,
    /// What one row is.
    pub(super) rows: RowKind,
    /// Status words (lower case) and the stages they mean.
    pub(super) stages: BTreeMap<String, Stage>,
}

/// What one row of the table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A task.
    Task(Box<TaskColumns>),
    /// A stretch of time.
    Time(Box<TimeColumns>),
}

impl Default for RowKind {
    fn default() -> Self {
        Self::Task(Box::default())
    }
}

/// The columns of a table of tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TaskColumns {
    pub(super) title: String,
    pub(super) key: Option<String>,
    pub(super) status: Option<String>,
    pub(super) assignee: Vec<String>,
    pub(super) created: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) started: Option<String>,
    pub(super) done: Option<String>,
    pub(super) due: Option<String>,
    pub(super) estimate: Option<String>,
    pub(super) unit: Unit,
    pub(super) tags: Vec<String>,
    /// What stands between two tags of one cell.
    pub(super) separator: String,
    pub(super) kind: Option<String>,
    pub(super) project: Option<String>,
    pub(super) parent: Option<String>,
}

/// The columns of a table of time entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TimeColumns {
    pub(super) start: String,
    pub(super) start_clock: Option<String>,
    pub(super) end: Option<String>,
    pub(super) end_clock: Option<String>,
    pub(super) duration: Option<String>,
    pub(super) unit: Unit,
    pub(super) person: Vec<String>,
    pub(super) note: Option<String>,
    pub(super) project: Option<String>,
    pub(super) task: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) separator: String,
}

/// What a bare number of an estimate or a duration counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    /// Points: not time.
    #[default]
    Points,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of eight hours.
    Days,
}

impl Unit {
    /// Seconds in one; `None` for points.
    pub(super) fn seconds(self) -> Option<i64> {
        match self {
            Self::Points => None,
            Self::Seconds => Some(1),
            Self::Minutes => Some(60),
            Self::Hours => Some(3_600),
            Self::Days => Some(8 * 3_600),
        }
    }
}

/// Why a mapping file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct MappingError {
    /// Where, from 1.
    pub line: u64,
    /// What is wrong there, and what may stand there.
    pub what: String,
}

#[cfg(test)]
mod draft_tests;
#[cfg(test)]
mod plain_tests;
#[cfg(test)]
mod tests;
