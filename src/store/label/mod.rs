//! The label: what every table and column of the file is, why it is kept, and who reads it.
//!
//! The texts lie beside each other by what brings the rows. A test holds them against the schema
//! of a new store and against the statements of this room: a column without a text, a text
//! without a column, and a column that nothing reads all fail it. `TABLES` is the order of the
//! label: what tells most about its owner comes first.

mod commits;
mod keeping;
mod own;
#[cfg(test)]
mod reads;
mod relations;
mod seized;
mod tasks;
#[cfg(test)]
mod tests;
mod times;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::{Store, StoreError};
use crate::model::moment::EARLIEST;
use crate::model::privacy::{ColumnLabel, TableLabel};

pub use seized::Told;
pub use times::Times;

/// What reads a column that no figure, page or command uses: a plain copy of everything.
pub const ONLY_DUMP: &str = "nothing but inward dump";

/// What reads a column that only ties a row to what it goes with.
pub const ERASING: &str = "erasing: goes with what it belongs to";

/// The text of one table.
#[derive(Clone, Copy, Debug)]
pub struct TableText {
    /// Its name in the file.
    pub table: &'static str,
    /// What it holds, in words.
    pub holds: &'static str,
    /// How the days that its rows are about are found.
    days: Option<Days>,
    /// Its columns, in the order of the file.
    pub columns: &'static [ColumnLabel],
}

/// The days of a table: a query with one column `day`, days from 1970-01-01.
#[derive(Clone, Copy, Debug)]
struct Days {
    sql: &'static str,
    /// Days to come count too: what the owner plans, not what a wrong clock says.
    ahead: bool,
}

/// Texts of all tables, by what brings their rows.
pub const GROUPS: &[(&str, &[TableText])] = &[
    ("Commits", commits::TABLES),
    ("Tasks, reviews and recorded time", tasks::TABLES),
    ("What you say", own::TABLES),
    (
        "What commits are to one another, and what you did to branches",
        relations::TABLES,
    ),
    ("What the file itself needs", keeping::TABLES),
];

const fn past(sql: &'static str) -> Days {
    Days { sql, ahead: false }
}

const fn ahead(sql: &'static str) -> Days {
    Days { sql, ahead: true }
}

/// The day of a packed time of an export (see `when.rs`), in SQL.
macro_rules! day_of {
    ($column:literal) => {
        concat!(
            "((",
            $column,
            " >> 14) + (((",
            $column,
            " >> 2) & 4095) - 2048) * 60) / 86400"
        )
    };
}
use day_of;

/// A column that goes only with its row.
const fn kept(
    column: &'static str,
    what: &'static str,
    why: &'static str,
    read_by: &'static str,
) -> ColumnLabel {
    ColumnLabel {
        column,
        what,
        why,
        read_by,
        switch: None,
    }
}

/// A column that the switch of this name turns off.
const fn off(
    switch: &'static str,
    column: &'static str,
    what: &'static str,
    why: &'static str,
    read_by: &'static str,
) -> ColumnLabel {
    ColumnLabel {
        column,
        what,
        why,
        read_by,
        switch: Some(switch),
    }
}

impl Store {
    /// Every table with its columns, the rows it has here, and the first and last day they are
    /// about. Clocks that are not believed count for no day.
    pub fn label(&self) -> Result<Vec<TableLabel>, StoreError> {
        let today = self.today;
        self.read("counting rows for the label", |conn| {
            let all = GROUPS.iter().flat_map(|(_, tables)| *tables);
            all.map(|text| text.of(conn, today)).collect()
        })
    }
}

impl TableText {
    fn of(&self, conn: &Connection, today: i32) -> rusqlite::Result<TableLabel> {
        // The name is one of ours, not input.
        let sql = format!("SELECT count(*) FROM \"{}\"", self.table);
        let days = match self.days {
            Some(days) => days.of(conn, today)?,
            None => None,
        };
        Ok(TableLabel {
            table: self.table,
            rows: conn.query_row(&sql, [], |row| row.get(0))?,
            days,
            holds: self.holds,
            columns: self.columns.to_vec(),
        })
    }
}

impl Days {
    fn of(self, conn: &Connection, today: i32) -> rusqlite::Result<Option<(NaiveDate, NaiveDate)>> {
        let sql = format!(
            "SELECT min(day), max(day) FROM ({}) WHERE day BETWEEN ?1 AND ?2",
            self.sql
        );
        let last = if self.ahead {
            i32::MAX
        } else {
            today.saturating_add(1)
        };
        conn.query_row(&sql, params![EARLIEST / 86_400, last], |row| {
            let ends: (Option<i32>, Option<i32>) = (row.get(0)?, row.get(1)?);
            let day = |number: Option<i32>| number.and_then(NaiveDate::from_epoch_days);
            Ok(day(ends.0).zip(day(ends.1)))
        })
    }
}
