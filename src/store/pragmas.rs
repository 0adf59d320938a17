//! How every connection is set up before its first query.
//!
//! A rollback journal instead of a write-ahead log: no shared memory that kills the process on
//! a full disk, no log that a second reader keeps from being erased, one file to look after,
//! and a read-only disk still reads. Its price is that a commit waits for running readers (and
//! they for it): transactions here take milliseconds and both sides wait up to
//! [`BUSY_SECONDS`]; `tests/store_processes.rs` shows a second process reading meanwhile.

use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode};

use super::error::unfit;

/// How long a reader or writer waits for another process, in seconds.
pub const BUSY_SECONDS: u64 = 5;

/// Marks a SQLite file as inward's, in its header: the letters `inwd`.
pub(super) const APPLICATION_ID: i32 = 0x696e_7764;

/// Longest value read or written, in bytes: a block of packed columns stays far below.
const LONGEST: i32 = 128 << 20;

/// Sets up `conn`; nothing in the file changes but a journal mode that was not ours.
pub(super) fn apply(conn: &Connection) -> rusqlite::Result<()> {
    limit(conn)?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "mmap_size", 0)?;
    conn.pragma_update(None, "cache_size", -32_768)?;
    conn.pragma_update(None, "secure_delete", "ON")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    journal(conn)
}

/// What a file may not do whatever stands in it; nothing in it is read or changed.
pub(super) fn limit(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(Duration::from_secs(BUSY_SECONDS))?;
    // A planted schema may not run anything, and our own statements may not break the file.
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        // Else a statement whose plan may rest on a value, as one beside a partial index does, is
        // compiled anew for every value: six times for each row of a list.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        conn.set_db_config(config, on)?;
    }
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LENGTH, LONGEST),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        // Cascading deletes count as triggers.
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 8),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        conn.set_limit(limit, value)?;
    }
    Ok(())
}

/// Chooses the journal and reads back what was really chosen.
fn journal(conn: &Connection) -> rusqlite::Result<()> {
    let asked = conn.query_row("PRAGMA journal_mode = TRUNCATE", [], |row| row.get(0));
    let mode: String = match asked {
        // A file nobody may write keeps its journal; its writes are refused later, by name.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ReadOnly) => return Ok(()),
        other => other?,
    };
    match mode.as_str() {
        "truncate" | "memory" => Ok(()),
        _ if conn.is_readonly(rusqlite::MAIN_DB)? => Ok(()),
        other => Err(unfit(format!("its journal mode stays {other}"))),
    }
}
