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

mod activitywatch;
mod asana_csv;
mod asana_json;
mod azure_csv;
mod bugzilla;
mod bugzilla_csv;
mod bugzilla_json;
mod cells;
mod clickup_csv;
mod clockify_csv;
mod date_parts;
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
#[cfg(test)]
mod hostile;
mod ics;
pub mod input;
mod jira_csv;
mod jira_json;
mod json;
mod labels;
mod linear_csv;
pub mod lines;
mod links;
mod mapped_csv;
pub mod mapping;
mod markdown;
pub mod mine;
mod monday_csv;
mod months;
mod names;
mod notion;
mod oids;
mod open;
mod org;
pub mod outline;
#[cfg(test)]
mod personal_tests;
mod phabricator;
mod records;
pub mod registry;
mod sheet;
mod shortcut_csv;
pub mod table;
#[cfg(test)]
mod table_props;
mod taskwarrior;
#[cfg(test)]
mod testing;
mod time_sheet;
mod timewarrior;
mod todoist_csv;
mod todoist_json;
mod todotxt;
mod toggl_csv;
mod toggl_json;
#[cfg(test)]
mod tracker_json_tests;
mod trello;
mod wakatime_json;
mod watson;
mod words;
mod youtrack_csv;

pub use error::ImportError;
pub use format::{Context, Format, How, Out, Rejected};
pub use found::{Found, Item, Person, Reviewed, Whose};
pub use ics::{AllDay, Days, all_days};
pub use input::{Input, MAX_SIZE, Origin};
