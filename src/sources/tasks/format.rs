//! What an importer is. A leaf: importers import this file, `registry.rs` lists them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::dates::DayOrder;
use super::error::ImportError;
use super::found::{Found, Item, Person, Whose};
use super::head::Head;
use super::input::Input;
use super::mapping::Mapping;
use crate::model::task::LooseEntry;
use crate::model::text::Clean;

/// One export format: how to know it, how to read it, how to get it.
#[derive(Debug)]
pub struct Format {
    /// Its name for `--format`, e.g. `jira-csv`.
    pub id: &'static str,
    /// The tracker it comes from: identities, accounts and `--how` go by it.
    pub source: &'static str,
    /// What it is called in a sentence, e.g. `Jira CSV`.
    pub label: &'static str,
    /// Whether the beginning of a file is this format.
    pub fits: fn(&Head) -> bool,
    /// Reads a file from beginning to end into `out`.
    pub read: fn(&Input, &Context<'_>, &mut Out<'_>) -> Result<(), ImportError>,
    /// Counts of records at which exports of this format are known to be cut, and why.
    pub caps: &'static [(u64, &'static str)],
    /// How to get the best export; `None` where another format of the tracker says it.
    pub how: Option<&'static How>,
}

/// How to get an export out of a tracker, what it gives, and what it cannot.
#[derive(Debug)]
pub struct How {
    /// The tracker's name as it writes itself.
    pub title: &'static str,
    /// What to do, one step an entry; a line that begins with `$ ` is a command.
    pub steps: &'static [&'static str],
    /// Which facts it yields.
    pub yields: &'static str,
    /// What it cannot give, and what would.
    pub cannot: &'static str,
}

/// What a reader may know beside the file.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The zone of clocks without one, and the home zone that days are told in.
    pub zone: Tz,
    /// Now: a date after it is no date.
    pub now: DateTime<Utc>,
    /// What the owner said about `d/m` and `m/d`.
    pub day_order: Option<DayOrder>,
    /// A mapping for a table that no importer knows.
    pub mapping: Option<&'a Mapping>,
}

/// Takes what a reader finds.
pub struct Out<'a> {
    sink: &'a mut dyn FnMut(Item) -> Result<(), ImportError>,
    /// Records read so far, good and bad.
    records: u64,
    /// How many may be.
    limit: u64,
    rejected: Vec<Rejected>,
    rejected_more: u64,
    warnings: Vec<String>,
}

/// A record that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Rejected {
    /// Where it begins, from 1.
    pub line: u64,
    /// Why.
    pub reason: Clean,
}

/// Rejected records listed one by one; the rest are counted.
pub const LISTED: usize = 1_000;

impl<'a> Out<'a> {
    /// Hands everything to `sink`; more than `limit` records are an error.
    pub fn new(limit: u64, sink: &'a mut dyn FnMut(Item) -> Result<(), ImportError>) -> Self {
        Self {
            sink,
            records: 0,
            limit,
            rejected: Vec::new(),
            rejected_more: 0,
            warnings: Vec::new(),
        }
    }

    /// Takes a task or pull request.
    pub fn task(&mut self, found: Found) -> Result<(), ImportError> {
        self.count(found.line)?;
        (self.sink)(Item::Task(Box::new(found)))
    }

    /// Takes a time entry.
    pub fn entry(&mut self, line: u64, whose: Whose, entry: LooseEntry) -> Result<(), ImportError> {
        self.count(line)?;
        let entry = Box::new(entry);
        (self.sink)(Item::Entry { line, whose, entry })
    }

    /// Takes a line of a list of users; it is no record of its own.
    pub fn person(&mut self, person: Person) -> Result<(), ImportError> {
        (self.sink)(Item::Person(person))
    }

    /// Notes a record that cannot be taken; the reason says why in a few words.
    pub fn reject(&mut self, line: u64, reason: &str) -> Result<(), ImportError> {
        self.count(line)?;
        if self.rejected.len() < LISTED {
            let reason = Clean::label(reason.as_bytes());
            self.rejected.push(Rejected { line, reason });
        } else {
            self.rejected_more += 1;
        }
        Ok(())
    }

    /// Says something about the file as a whole, once.
    pub fn warn(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.warnings.contains(&text) {
            self.warnings.push(text);
        }
    }

    /// Records so far: taken, and rejected.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// What was rejected (listed ones and how many more), and the warnings.
    pub fn finish(self) -> (Vec<Rejected>, u64, Vec<String>) {
        (self.rejected, self.rejected_more, self.warnings)
    }

    fn count(&mut self, line: u64) -> Result<(), ImportError> {
        self.records += 1;
        if self.records > self.limit {
            let limit = self.limit;
            return Err(ImportError::TooMany { line, limit });
        }
        Ok(())
    }
}
