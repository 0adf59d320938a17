//! Imports one export: what is mine goes to the store, in one transaction, or nothing does.
//!
//! A file is read once. What the owner has to say first (who they are in this tracker, which zone
//! its clocks are in) shows while reading: then nothing is kept, the caller asks, and reads again.

mod people;
mod reading;
mod report;
mod who;

pub use people::{Candidate, Candidates};
pub use report::{FileReport, ImportReport, UnknownWord};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::model::stage::StageWords;
use crate::sources::tasks::dates::DayOrder;
use crate::sources::tasks::mapping::Mapping;
use crate::sources::tasks::{Format, ImportError, Input, registry};
use crate::store::{Store, StoreError};
use reading::{Read, Reading};

/// What the caller decides about an import.
#[derive(Clone, Debug)]
pub struct ImportOptions<'a> {
    /// The format, when it is not to be told from the content.
    pub format: Option<&'static Format>,
    /// Names that the owner says are theirs in this tracker.
    pub mine: &'a [String],
    /// Everything in the file is the owner's, whoever stands there.
    pub all_mine: bool,
    /// The zone of clocks without one.
    pub zone: Tz,
    /// No question about that zone is needed, or nobody is there to answer it.
    pub zone_known: bool,
    /// What the owner said about `d/m` and `m/d`.
    pub day_order: Option<DayOrder>,
    /// The mapping of a table that no importer knows.
    pub mapping: Option<&'a Mapping>,
    /// Records that may be read.
    pub max_records: u64,
    /// False: count everything, write nothing.
    pub keep: bool,
    /// Now.
    pub now: DateTime<Utc>,
    /// The file's last change, UTC seconds; `None` for a pipe.
    pub modified: Option<i64>,
    /// The table of stage words.
    pub words: &'a StageWords,
}

/// How an import ended.
#[derive(Debug)]
pub enum Outcome {
    /// It was read; what is mine is kept (unless told otherwise).
    Done(Box<FileReport>),
    /// Nothing was kept: the owner has to say who of these they are.
    WhoAmI(Candidates),
    /// Nothing was kept: the owner has to say which zone the clocks are in.
    WhichZone,
}

/// Why an import failed.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The file cannot be taken.
    #[error("{0}")]
    File(#[from] ImportError),
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Told how many bytes were read, and how large the file is; false stops it.
pub type Progress<'p> = dyn FnMut(u64, u64) -> bool + 'p;

/// How often a file is read at most.
const READINGS: usize = 4;

/// Imports `input`, whose file the owner knows as `path`.
pub fn import(
    store: &mut Store,
    (path, input): (&str, &Input),
    options: &ImportOptions<'_>,
    progress: &mut Progress<'_>,
) -> Result<Outcome, ImportFailure> {
    let format = chosen(input, options)?;
    let mut reading = Reading::new(store, (path, input, format), options)?;
    // Each time more is known of who the owner is; twice is the most that a file can teach.
    for nth in 1..=READINGS {
        if reading.run(store, progress, nth == READINGS)? == Read::Whole {
            break;
        }
    }
    reading.end(store)
}

/// The format asked for, a mapping's, or the one that fits the beginning of the file.
fn chosen(input: &Input, options: &ImportOptions<'_>) -> Result<&'static Format, ImportError> {
    let mapped = options.mapping.and_then(|_| registry::by_id("csv"));
    let asked = options.format.or(mapped);
    asked
        .or_else(|| registry::detect(input.head()))
        .ok_or(ImportError::Unknown)
}
