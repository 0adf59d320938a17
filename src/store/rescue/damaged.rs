//! The damaged file: opened so that nothing in it can do anything, and read as far as it goes.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use crate::model::ids::Oid;
use crate::store::error::{Doing, StoreError, shown};
use crate::store::file::journal_of;
use crate::store::pragmas;
use crate::store::raw::Raw;

/// Why a file cannot be read, without what to do about it.
pub(super) fn what(error: StoreError) -> String {
    match error {
        StoreError::Damaged { what, .. } => what,
        StoreError::Torn { what, .. } => what.to_owned(),
        other => other.to_string(),
    }
}

/// The plain file, for reading; with a journal beside it the last write is rolled back first, as any
/// opening does.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    let unclean = journal_of(path).metadata().is_ok_and(|meta| meta.len() > 0);
    let access = if unclean {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    };
    let flags = access
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let name = shown(path);
    let conn = Connection::open_with_flags(path, flags).doing(&name, "reading it")?;
    guard(&conn).doing(&name, "reading it")?;
    Ok(conn)
}

pub(super) fn in_memory(path: &Path, image: &[u8]) -> Result<Connection, StoreError> {
    let name = shown(path);
    let mut conn = Connection::open_in_memory().doing(&name, "making room")?;
    conn.deserialize_read_exact(rusqlite::MAIN_DB, image, image.len(), false)
        .doing(&name, "reading its image")?;
    guard(&conn).doing(&name, "reading it")?;
    Ok(conn)
}

/// What a damaged or planted file may do: nothing.
fn guard(conn: &Connection) -> rusqlite::Result<()> {
    pragmas::limit(conn)?;
    conn.pragma_update(None, "query_only", true)
}

/// The rows of a table from its beginning, and, where that breaks off, from its end; why it broke off.
pub(super) fn rows(conn: &Connection, table: &Raw) -> (Vec<Vec<Value>>, Option<String>) {
    let (mut rows, broke) = half(conn, &table.select());
    let Some(why) = broke else {
        return (rows, None);
    };
    let (back, _) = half(conn, &table.select_backwards());
    let known: BTreeSet<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    rows.extend(
        back.into_iter()
            .filter(|row| !known.contains(&format!("{row:?}"))),
    );
    (rows, Some(why))
}

fn half(conn: &Connection, sql: &str) -> (Vec<Vec<Value>>, Option<String>) {
    let mut out = Vec::new();
    let mut read = || -> rusqlite::Result<()> {
        let mut query = conn.prepare(sql)?;
        let width = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let values = (0..width).map(|at| row.get(at));
            out.push(values.collect::<rusqlite::Result<_>>()?);
        }
        Ok(())
    };
    let broke = read().err().map(|error| error.to_string());
    (out, broke)
}

/// The commits that can be read.
pub(super) fn commits(conn: &Connection) -> BTreeSet<Oid> {
    let mut all = BTreeSet::new();
    for order in ["ASC", "DESC"] {
        let mut read = || -> rusqlite::Result<()> {
            let mut query =
                conn.prepare(&format!("SELECT oid FROM commits ORDER BY id {order}"))?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                all.insert(row.get(0)?);
            }
            Ok(())
        };
        if read().is_ok() {
            break;
        }
    }
    all
}
