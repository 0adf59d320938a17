//! Sees to it that what turned on is read again.

use rusqlite::Connection;

use crate::model::keep::Kind;

/// Lets the next scan walk again, and read again the commits that lack what `kind` is.
pub(super) fn again(conn: &Connection, kind: Kind) -> rusqlite::Result<()> {
    if !kind.is_scanned() {
        return Ok(());
    }
    if kind != Kind::Branches {
        conn.execute("UPDATE commits SET reader = 0", [])?;
    }
    conn.execute(
        "UPDATE frontiers SET tips = x'', default_tips = x'', pending = x'', stamp = NULL",
        [],
    )?;
    Ok(())
}
