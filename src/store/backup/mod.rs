//! A backup: the whole store as one file in another place, plain or sealed as the store is.
//!
//! It is a store itself, with one row more in `meta`: what it is, and what was registered when it
//! was made (`label`). `write.rs` makes one while the store is in use; `read.rs` brings one into
//! memory, judged, for `inward restore` and `inward merge`.

mod read;
mod write;

use rusqlite::{Connection, OptionalExtension, params};

use super::error::first_fault;
use super::raw;

pub use read::Backup;
pub(super) use read::unshown;
pub use write::BackedUp;

/// Key in `meta` of what a backup says of itself; a store in use has none.
const LABEL: &str = "backup";

fn label(conn: &Connection) -> rusqlite::Result<Option<Vec<u8>>> {
    conn.prepare("SELECT value FROM meta WHERE key = ?1")?
        .query_row([LABEL], |row| row.get(0))
        .optional()
}

/// Whether it says that it is a backup.
pub(super) fn is_labelled(conn: &Connection) -> rusqlite::Result<bool> {
    label(conn).map(|label| label.is_some())
}

fn set_label(conn: &Connection, label: &[u8]) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
        params![LABEL, label],
    )?;
    Ok(())
}

/// Takes the label off: of a backup that was put in the place of a store by hand.
pub(super) fn drop_label(conn: &Connection) -> rusqlite::Result<bool> {
    Ok(conn.execute("DELETE FROM meta WHERE key = ?1", [LABEL])? > 0)
}

/// How many rows each table has, `meta` and its label aside.
fn counts(conn: &Connection) -> rusqlite::Result<Vec<(String, u64)>> {
    let tables = raw::tables(conn)?.into_iter();
    let told = tables.filter(|table| table.name != "meta");
    told.map(|table| {
        let sql = format!("SELECT count(*) FROM \"{}\"", table.name);
        Ok((table.name, conn.query_row(&sql, [], |row| row.get(0))?))
    })
    .collect()
}

/// What is wrong with a file page by page, or with what its rows refer to; `None`: nothing.
fn fault(conn: &Connection) -> rusqlite::Result<Option<String>> {
    let said: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return Ok(Some(first_fault(&said)));
    }
    let mut query = conn.prepare("PRAGMA foreign_key_check")?;
    let broken = query.query([])?.next()?.map(|row| row.get(0)).transpose()?;
    Ok(broken.map(|table: String| format!("a row of {table} belongs to one that is not there")))
}
