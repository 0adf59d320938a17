//! The copy: every table of the file, value by value, with the store's key. It is what
//! `inward restore` reads; people and other programs have the documented tables.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::{migrations, raw};
use super::{Sink, Visit};

/// A line of the copy. The first one is a head; then come tables, each with its rows.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(in super::super) enum Line {
    /// Which layout the values have.
    Head {
        /// [`Line::SCHEMA`].
        schema: String,
        /// The layout of the file.
        layout: u32,
    },
    /// The rows from here on are of this table.
    Table {
        /// Its name.
        table: String,
        /// Its columns.
        columns: Vec<String>,
    },
    /// A row, in the order of the columns.
    Row(Vec<Value>),
}

impl Line {
    /// What the first line says it is.
    pub(in super::super) const SCHEMA: &str = "inward.copy.v1";
}

pub(super) fn rows<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let head = Line::Head {
        schema: Line::SCHEMA.to_owned(),
        layout: migrations::layout(conn)?,
    };
    let mut going = sink.put(&head);
    for table in raw::tables(conn)? {
        let columns = table.columns().into_iter().map(str::to_owned).collect();
        let (name, select) = (table.name.clone(), table.select());
        going = going
            && sink.put(&Line::Table {
                table: name,
                columns,
            });
        let width = table.columns().len();
        let mut query = conn.prepare(&select)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()?.filter(|_| going) {
            let values = (0..width).map(|at| row.get_ref(at).map(raw::value));
            going = sink.put(&values.collect::<rusqlite::Result<Vec<Value>>>()?);
        }
    }
    Ok(())
}
