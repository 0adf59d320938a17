//! Joins sources and store: incremental, idempotent, reports progress and skipped rows.
//!
//! [`fn@import`] takes an export of tasks or time. [`fn@scan`] reads what is new in each repository and stores it;
//! [`follow_lines`] follows what became of the lines after it. Whatever stops it, what was
//! stored is whole and the next scan goes on from there.

mod census;
pub mod demo;
mod import;
mod intake;
pub mod label;
mod lines;
mod reader;
mod report;
mod scan;
pub mod sharing;
mod walk;

pub use census::{census, names};
pub use import::{
    Candidate, Candidates, FileReport, ImportFailure, ImportOptions, ImportReport, Outcome,
    Progress as ImportProgress, UnknownWord, import,
};
pub use lines::{LinesProgress, follow_lines};
pub use reader::{Git, Reader};
pub use report::{LinesReport, RepoReport, ScanReport};
pub use scan::{Options, Progress, Question, SyncError, Target, scan, scan_with};
