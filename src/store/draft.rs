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
        // Nearly every line is a row: no other form is tried for one.
        let line = if line.starts_with('[') {
            serde_json::from_str(line).map(Line::Row)
        } else {
            serde_json::from_str(line)
        };
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::store::{Part, Visit, VisitAll};

    #[derive(Default)]
    struct Copy(bool, Vec<String>);

    impl Visit for Copy {
        type Error = serde_json::Error;
        fn row<R: serde::Serialize>(&mut self, row: &R) -> Result<(), Self::Error> {
            if self.0 {
                self.1.push(serde_json::to_string(row)?);
            }
            Ok(())
        }
    }

    impl VisitAll for Copy {
        fn begin(&mut self, part: Part) -> Result<(), Self::Error> {
            self.0 = part == Part::Copy;
            Ok(())
        }
    }

    fn copy(store: &Store) -> Vec<String> {
        let mut copy = Copy::default();
        store.dump_all(&mut copy).unwrap().unwrap();
        copy.1
    }

    /// What a file of an old layout, with a row in it, is dumped as.
    fn of_layout(layout: u32) -> (Connection, Vec<String>) {
        let conn = Connection::open_in_memory().unwrap();
        assert!(migrations::make(&conn, layout).unwrap());
        conn.execute_batch(
            "INSERT INTO meta VALUES ('key', zeroblob(32));
             INSERT INTO identities VALUES (1, 0, 'ada@example.org', 0, 20000);
             INSERT INTO repositories VALUES (1, zeroblob(16), 'app', x'', 0, 0, 20000, 20000);
             INSERT INTO paths VALUES (9, x'ff2f61');
             INSERT INTO commits (id, oid, author, utc, offset_min, committed_utc, summary, merge,
               lines_known, change_key, home)
             VALUES (4, zeroblob(20), 1, 1700000000, 60, 1700000000, 'One', 0, 1, 7, 1);",
        )
        .unwrap();
        let mut lines = vec![format!(
            "{{\"schema\":\"inward.copy.v1\",\"layout\":{layout}}}"
        )];
        for table in raw::tables(&conn).unwrap() {
            let columns = serde_json::to_string(&table.columns()).unwrap();
            lines.push(format!(
                "{{\"table\":\"{}\",\"columns\":{columns}}}",
                table.name
            ));
            let mut query = conn.prepare(&table.select()).unwrap();
            let width = table.columns().len();
            let rows = query.query_map([], |row| {
                let values = (0..width).map(|at| row.get_ref(at).map(raw::value));
                values.collect::<rusqlite::Result<Vec<_>>>()
            });
            for row in rows.unwrap() {
                lines.push(serde_json::to_string(&row.unwrap()).unwrap());
            }
        }
        (conn, lines)
    }

    #[test]
    fn a_dump_of_every_older_layout_becomes_what_its_store_would_become() {
        let now = 1_790_000_000;
        for layout in 1..=migrations::newest() {
            let (conn, lines) = of_layout(layout);
            let mut draft = Draft::new().unwrap();
            for line in &lines {
                draft.line(line).unwrap();
            }
            let made = draft.finish(now).unwrap();
            let shown = Clean::label(b"the old one");
            let moved = Store::set_up(conn, shown, None, now).unwrap();
            assert_eq!(copy(&made), copy(&moved), "layout {layout}");
            assert!(copy(&made).iter().any(|line| line.contains("ff2f61")));
        }
    }

    #[test]
    fn a_table_or_column_that_comes_later_is_carried_without_a_word_more() {
        let store = Store::memory(1_790_000_000).unwrap();
        store
            .conn
            .execute_batch(
                "CREATE TABLE later (id INTEGER PRIMARY KEY, share REAL, text TEXT) STRICT;
                 INSERT INTO later VALUES (3, 0.1, 'said');
                 ALTER TABLE goals ADD COLUMN later BLOB;",
            )
            .unwrap();
        let copy = copy(&store);
        for line in [
            r#"{"table":"later","columns":["id","share","text"]}"#,
            r#"[3,"0.1","said"]"#,
        ] {
            assert!(copy.iter().any(|one| one == line), "{line}");
        }
        assert!(
            copy.iter()
                .any(|line| line.contains(r#""closed","later"]"#))
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_line_whatever_does_more_than_be_refused(
            line in "\\PC{0,60}|[\\[\\]{}\",:0-9a-z -]{0,60}", at in 1_usize..4,
        ) {
            let store = Store::memory(1_790_000_000).unwrap();
            let mut lines = copy(&store);
            lines.insert(at, line);
            let mut draft = Draft::new().unwrap();
            let refused = lines.iter().try_for_each(|line| draft.line(line));
            prop_assert!(matches!(refused, Err(Refused::Unfit(_))), "{refused:?}");
        }
    }

    #[test]
    fn a_copy_without_its_key_makes_no_store() {
        let store = Store::memory(1_790_000_000).unwrap();
        store.conn.execute("DELETE FROM meta", []).unwrap();
        let mut draft = Draft::new().unwrap();
        for line in copy(&store) {
            draft.line(&line).unwrap();
        }
        let said = draft.finish(1_790_000_000).unwrap_err().to_string();
        assert!(said.contains("its key is missing"), "{said}");
    }
}
