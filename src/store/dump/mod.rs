//! Every stored row as plain values, for `inward dump`: the owner can read all that is kept.
//!
//! Rows come in an order that depends on nothing but what is stored.

mod columns;
mod copy;
mod history;
mod lines;
mod links;
mod own;
mod relations;
mod rest;
mod table;
mod tasks;

use rusqlite::Connection;
use serde::Serialize;

use super::convert::hex;
use super::{Store, StoreError};

pub(super) use copy::Line;
pub use table::Table;

/// Takes the rows of a dump.
pub trait Visit {
    /// Why it stops early.
    type Error;
    /// Takes one row; an error ends the dump.
    fn row<R: Serialize>(&mut self, row: &R) -> Result<(), Self::Error>;
}

/// A part of a whole dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The rows of a table, as they are documented.
    Table(Table),
    /// What the file holds, value by value: what [`super::Draft`] makes a store of.
    Copy,
}

/// Takes a whole dump, part by part.
pub trait VisitAll: Visit {
    /// The rows up to the next call are of this part; an error ends the dump.
    fn begin(&mut self, part: Part) -> Result<(), Self::Error>;
}

impl Store {
    /// Hands every row of `table` to `visit`. The outer error is the store's, the inner one the
    /// visitor's.
    pub fn dump<V: Visit>(
        &self,
        table: Table,
        visit: &mut V,
    ) -> Result<Result<(), V::Error>, StoreError> {
        let mut stopped = Ok(());
        self.read("reading all of it", |conn| {
            let mut sink = Sink {
                visit,
                stopped: &mut stopped,
            };
            self.rows_of(conn, table, &mut sink)
        })?;
        Ok(stopped)
    }

    /// Hands over every table and then the copy, all of one state of the file. The errors are
    /// those of [`Self::dump`].
    pub fn dump_all<V: VisitAll>(&self, visit: &mut V) -> Result<Result<(), V::Error>, StoreError> {
        let mut stopped = Ok(());
        self.read("reading all of it", |conn| {
            let parts = Table::ALL.into_iter().map(Part::Table);
            for part in parts.chain([Part::Copy]) {
                stopped = visit.begin(part);
                if stopped.is_err() {
                    break;
                }
                let mut sink = Sink {
                    visit: &mut *visit,
                    stopped: &mut stopped,
                };
                match part {
                    Part::Table(table) => self.rows_of(conn, table, &mut sink)?,
                    Part::Copy => copy::rows(conn, &mut sink)?,
                }
                if stopped.is_err() {
                    break;
                }
            }
            Ok(())
        })?;
        Ok(stopped)
    }

    fn rows_of<V: Visit>(
        &self,
        conn: &Connection,
        table: Table,
        sink: &mut Sink<'_, V>,
    ) -> rusqlite::Result<()> {
        match table {
            Table::Identities => rest::identities(conn, sink),
            Table::Repositories => rest::repositories_of(conn, sink),
            Table::Commits => history::commits(conn, sink),
            Table::FileChanges => history::file_changes(conn, sink),
            Table::Sightings => history::sightings(conn, sink),
            Table::Mentions => relations::mentions(conn, sink),
            Table::Links => links::links(conn, sink),
            Table::LinkChoices => links::choices(conn, sink),
            Table::Remotes => links::remotes(conn, sink),
            Table::Branches => relations::branches(conn, sink),
            Table::Replaced => relations::replaced(conn, sink),
            Table::Swallowed => relations::swallowed(conn, sink),
            Table::Squashes => relations::squashes(conn, sink),
            Table::Pairings => relations::pairings(conn, sink),
            Table::RefEvents => relations::ref_events(conn, sink),
            Table::RefDays => relations::ref_days(conn, sink),
            Table::LineFates => lines::fates(conn, sink),
            Table::LinePasses => lines::passes(conn, sink),
            Table::Imports => tasks::imports(conn, sink),
            Table::Tasks => tasks::tasks(conn, &self.words, sink),
            Table::Transitions => tasks::transitions(conn, &self.words, sink),
            Table::Reviews => tasks::reviews(conn, sink),
            Table::TimeEntries => tasks::time_entries(conn, sink),
            Table::TaskSeen => tasks::task_seen(conn, sink),
            Table::Accounts => tasks::accounts(conn, sink),
            Table::Notes => own::notes(conn, sink),
            Table::Goals => own::goals(conn, sink),
            Table::GoalLinks => own::goal_links(conn, sink),
            Table::Shares => own::shares(conn, sink),
            Table::Exclusions => own::exclusions(conn, &self.key, sink),
            Table::Frontiers => rest::frontiers(conn, sink),
            Table::Tombstones => rest::tombstones(conn, sink),
            Table::Audit => rest::log(conn, sink),
        }
    }

    /// How many rows each table has, in the order of [`Table::ALL`].
    pub fn table_rows(&self) -> Result<Vec<(Table, u64)>, StoreError> {
        self.read("counting rows", |conn| {
            let count = |table: Table| {
                // The name is one of ours, not input.
                let sql = format!("SELECT count(*) FROM {}", table.name());
                conn.query_row(&sql, [], |row| Ok((table, row.get(0)?)))
            };
            Table::ALL.into_iter().map(count).collect()
        })
    }
}

/// Hands rows on until the visitor stops.
struct Sink<'a, V: Visit> {
    visit: &'a mut V,
    stopped: &'a mut Result<(), V::Error>,
}

impl<V: Visit> Sink<'_, V> {
    /// False once the visitor stopped.
    fn put<R: Serialize>(&mut self, row: &R) -> bool {
        if self.stopped.is_ok() {
            *self.stopped = self.visit.row(row);
        }
        self.stopped.is_ok()
    }
}

/// A path as text, and its exact bytes in hexadecimal when they are not UTF-8.
fn text(bytes: &[u8]) -> (String, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (
            String::from_utf8_lossy(bytes).into_owned(),
            Some(hex(bytes)),
        ),
    }
}
