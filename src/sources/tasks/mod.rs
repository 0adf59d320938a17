//! Task exports, each format in one file.
//!
//! An importer is a `Format` value in a file of its own and one line in `registry.rs`. It is asked
//! whether the beginning of a file is its format (`fits`), and then reads the file from beginning
//! to end (`read`), handing every record to [`Out`]: tasks with the people that stand there
//! ([`Found`]), time entries, rejected records with the reason. It keeps no state and knows no
//! other importer. What it can rely on:
//!
//! - [`Input`] is decoded, without byte order mark, and can be read several times;
//! - [`table`], [`elements`] and [`lines`] read the three physical forms piece by piece, within limits;
//! - [`dates`] reads every kind of date and keeps which kind it was;
//! - [`mine`] leaves of all this what is the owner's: nobody else gets past this room.
//!
//! `timewarrior.rs` is the smallest example.

mod azure_csv;
mod cells;
mod clockify_csv;
pub mod dates;
pub mod elements;
pub mod error;
mod fields;
pub mod format;
pub mod found;
mod github;
mod gitlab;
mod gitlab_csv;
mod harvest_csv;
pub mod head;
pub mod input;
mod jira_csv;
mod jira_json;
mod json;
mod labels;
mod linear_csv;
pub mod lines;
pub mod mapping;
pub mod mine;
mod months;
mod oids;
pub mod outline;
mod records;
pub mod registry;
mod sheet;
pub mod table;
#[cfg(test)]
mod testing;
mod time_sheet;
mod timewarrior;
mod toggl_csv;
mod toggl_json;
#[cfg(test)]
mod tracker_json_tests;
mod words;

pub use error::ImportError;
pub use format::{Context, Format, How, Out, Rejected};
pub use found::{Found, Item, Person, Reviewed, Whose};
pub use input::{Input, MAX_SIZE, Origin};
