//! Erasing everything: every row of every table, by the schema itself.

use rusqlite::Connection;

use super::steps::Step;
use crate::store::raw;

/// Tables that others refer to: they go last, so that each row goes by itself.
const LAST: &[&str] = &[
    "goals",
    "notes",
    "subjects",
    "commits",
    "repositories",
    "identities",
];

/// What erases every row; of what the store says of itself, its key stays for the moment.
pub(super) fn steps<'a>() -> Vec<Step<'a>> {
    vec![
        Step::rows("erasing everything", |conn, limit| {
            for table in tables(conn)? {
                if LAST.contains(&table.name.as_str()) {
                    continue;
                }
                let gone = some(conn, &table, limit)?;
                if gone > 0 {
                    return Ok(gone);
                }
            }
            Ok(0)
        }),
        Step::rows("erasing everything", |conn, limit| {
            for name in LAST {
                let found = tables(conn)?.into_iter().find(|table| table.name == *name);
                let gone = found.map_or(Ok(0), |table| some(conn, &table, limit))?;
                if gone > 0 {
                    return Ok(gone);
                }
            }
            Ok(0)
        }),
    ]
}

fn tables(conn: &Connection) -> rusqlite::Result<Vec<raw::Raw>> {
    raw::tables(conn)
}

/// Erases some rows of a table. The names are the schema's, which was checked.
fn some(conn: &Connection, table: &raw::Raw, limit: usize) -> rusqlite::Result<usize> {
    let (name, key) = (&table.name, table.key());
    let kept = if name == "meta" {
        "WHERE key <> 'key'"
    } else {
        ""
    };
    let sql = format!(
        "DELETE FROM \"{name}\" WHERE ({key}) IN (SELECT {key} FROM \"{name}\" {kept} LIMIT ?1)"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    conn.prepare_cached(&sql)?.execute([limit])
}
