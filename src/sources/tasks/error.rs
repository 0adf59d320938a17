//! Why a file could not be imported as a whole. A bad row is no error: it is listed and skipped.

use std::io;

use crate::model::text::Clean;

/// Why nothing of a file was imported. Every message says what is wrong and what to do next; the
/// caller puts the file's name before it.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The system refuses to read it.
    #[error("cannot be read: {0}: check its path and permissions")]
    Unreadable(#[from] io::Error),
    /// Nothing is in it.
    #[error("is empty: export it again")]
    Empty,
    /// A list without anything in it.
    #[error("holds an empty list: there was nothing to export, or nothing that was asked for")]
    Nothing,
    /// Larger than the limit.
    #[error("is larger than {limit} bytes: `--max-size` raises the limit")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// More rows than the limit.
    #[error("line {line}: has more than {limit} records: `--max-size` raises the limit")]
    TooMany {
        /// Where the first one too many begins.
        line: u64,
        /// The limit.
        limit: u64,
    },
    /// A web page was saved in place of the export.
    #[error(
        "is a web page, most likely the tracker's login page: sign in, then export again and save that"
    )]
    WebPage,
    /// Something that has to be unpacked or saved in another form first.
    #[error("is {what}: {next}")]
    Container {
        /// What it is, e.g. `a zip archive`.
        what: &'static str,
        /// What to do with it.
        next: &'static str,
    },
    /// The tracker answered with an error, and that was saved.
    #[error("is an error reply of the tracker, not an export: {0}")]
    Reply(Clean),
    /// No importer knows it.
    #[error(
        "is in no format that inward knows: `inward import --how` lists them, and `--map-template` drafts a mapping for any CSV"
    )]
    Unknown,
    /// A known format that cannot be taken, with the reason and the way out.
    #[error("{0}")]
    Refused(String),
    /// Its structure is broken from this line on.
    #[error(
        "line {line}: {what}: export it again, or name the format with --format if it is another"
    )]
    Broken {
        /// Where, from 1.
        line: u64,
        /// What is wrong there.
        what: String,
    },
    /// A column that nothing can be done without.
    #[error("has no column {0}: choose it in the export, or map another one with --map")]
    NoColumn(Clean),
    /// Dates that can be read in two ways, and nothing in the file decides.
    #[error(
        "line {line}: {sample} can be day/month or month/day, and nothing in the file decides: say which with --dates dmy or --dates mdy"
    )]
    DayOrder {
        /// Where such a date stands.
        line: u64,
        /// The date.
        sample: Clean,
    },
    /// The caller stopped.
    #[error("was stopped: nothing of it was kept")]
    Stopped,
}
