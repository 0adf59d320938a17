//! A store made of the copy in a dump, in memory: nothing is written before all of it is judged.

use std::collections::BTreeSet;

use rusqlite::{Connection, params_from_iter};

use super::dump::Line;
use super::error::{Doing, StoreError};
use super::open::kept_key;
use super::raw::{self, Raw};
use super::{Store, migrations, pragmas};
use crate::model::text::Clean;

/// Why a copy makes no store.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A newer version wrote it.
    #[error("it holds layout {found}, this inward knows {known}")]
    Newer {
        /// The layout it has.
        found: u32,
        /// The newest layout known here.
        known: u32,
    },
    /// A line, or what its lines come to, is not what a dump writes.
    #[error("{0}")]
    Unfit(String),
    /// SQLite refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn unfit<T>(what: impl Into<String>) -> Result<T, Refused> {
    Err(Refused::Unfit(what.into()))
}

/// A store on its way: give it the lines of a copy in their order.
#[derive(Debug)]
pub struct Draft {
    conn: Connection,
    shown: Clean,
    /// The tables of the layout that the first line named; empty before it.
    tables: Vec<Raw>,
    /// Which of them have begun, and how to write into the last of those.
    begun: BTreeSet<usize>,
    into: Option<(usize, String)>,
}

impl Draft {
    /// One without any line yet.
    pub fn new() -> Result<Self, StoreError> {
        let shown = Clean::label(b"the store in memory");
        let conn = Connection::open_in_memory().doing(&shown, "making room")?;
        pragmas::apply(&conn).doing(&shown, "setting it up")?;
        Ok(Self {
            conn,
            shown,
            tables: Vec::new(),
            begun: BTreeSet::new(),
            into: None,
        })
    }

    /// Takes the next line.
    pub fn line(&mut self, line: &str) -> Result<(), Refused> {
        let line = serde_json::from_str(line);
        match line {
            Ok(Line::Head { schema, layout }) => self.head(&schema, layout),
            Ok(Line::Table { table, columns }) => self.table(&table, &columns),
            Ok(Line::Row(row)) => self.row(&row),
            Err(_what) => unfit("neither a table nor a row"),
        }
    }

    fn head(&mut self, schema: &str, layout: u32) -> Result<(), Refused> {
        let known = migrations::newest();
        if layout > known {
            return Err(Refused::Newer {
                found: layout,
                known,
            });
        }
        if !self.tables.is_empty() || schema != Line::SCHEMA || layout == 0 {
            return unfit("not the head of a copy");
        }
        let make = || {
            migrations::make(&self.conn, layout)?;
            // References hold at the end, whatever order the tables come in.
            self.conn
                .execute_batch("BEGIN; PRAGMA defer_foreign_keys = ON;")?;
            raw::tables(&self.conn)
        };
        self.tables = make().doing(&self.shown, "making its tables")?;
        Ok(())
    }

    fn table(&mut self, name: &str, columns: &[String]) -> Result<(), Refused> {
        let Some(at) = self.tables.iter().position(|table| table.name == name) else {
            return unfit("a table that inward does not make");
        };
        if self.tables[at].columns() != columns {
            return unfit("columns that inward does not make");
        }
        if !self.begun.insert(at) {
            return unfit("a table for the second time");
        }
        self.into = Some((at, self.tables[at].insert()));
        Ok(())
    }

    fn row(&mut self, row: &[serde_json::Value]) -> Result<(), Refused> {
        let Some((at, insert)) = &self.into else {
            return unfit("a row before any table");
        };
        let values = self.tables[*at].values(row).map_err(Refused::Unfit)?;
        let put = || {
            let mut query = self.conn.prepare_cached(insert)?;
            query.execute(params_from_iter(values))
        };
        // What SQLite refuses here is the row: a value twice, or none where one must be.
        put().map_or_else(|error| unfit(error.to_string()), |_| Ok(()))
    }

    /// The store, in memory, in the newest layout; `now_utc` in seconds dates its entries.
    pub fn finish(self, now_utc: i64) -> Result<Store, Refused> {
        if self.tables.is_empty() {
            return unfit("it has no head");
        }
        let missing = (0..self.tables.len()).find(|at| !self.begun.contains(at));
        if let Some(table) = missing.and_then(|at| self.tables.get(at)) {
            return unfit(format!("the table {} is missing", table.name));
        }
        let end = || {
            let mut query = self.conn.prepare("PRAGMA foreign_key_check")?;
            let broken = query.query([])?.next()?.map(|row| row.get(0)).transpose()?;
            if broken.is_none() {
                self.conn.execute_batch("COMMIT")?;
            }
            Ok((broken, kept_key(&self.conn)?))
        };
        let (broken, key): (Option<String>, _) = end().doing(&self.shown, "ending it")?;
        if let Some(table) = broken {
            return unfit(format!("a row of {table} belongs to one that is not there"));
        }
        if key.is_none() {
            return unfit("its key is missing");
        }
        Ok(Store::set_up(self.conn, self.shown, None, now_utc)?)
    }
}
