//! Erases what turned off from what is stored.

use rusqlite::{Connection, params};

use super::super::keys::Key;
use super::{days, door, rewrite};
use crate::model::commit::mark;
use crate::model::keep::{Kind, NOT_KEPT};
use crate::model::work_type::WorkType;

/// How many notes and words of events are the owner's own.
pub(super) const NOTES: &str =
    "SELECT count(*) FROM notes WHERE kind = 0 OR (calendar IS NULL AND text <> '')";

/// Erases everything of `kind`; how many rows told of it. Notes stay: they are the owner's words,
/// and erased after a question only.
pub(super) fn erase(conn: &Connection, key: &Key, kind: Kind) -> rusqlite::Result<u64> {
    match kind {
        Kind::Hours => Ok(days::of_history(conn)? + rewrite::all(conn, key)?),
        Kind::Titles => Ok(calendar_titles(conn)? + rewrite::all(conn, key)?),
        Kind::Branches => Ok(branches(conn)? + rewrite::all(conn, key)?),
        Kind::Summaries => summaries(conn),
        Kind::Paths => paths(conn),
        Kind::Assistance => {
            let sql = "UPDATE commits SET class = NULL WHERE class IS NOT NULL";
            Ok(conn.execute(sql, [])? as u64)
        }
        Kind::Reflog | Kind::Notes => Ok(0),
    }
}

/// Erases the owner's notes, and the words of events that they typed; how many there were.
pub(super) fn notes(conn: &Connection) -> rusqlite::Result<u64> {
    let n = conn.query_row(NOTES, [], |row| row.get(0))?;
    conn.execute("DELETE FROM notes WHERE kind = 0", [])?;
    conn.execute("UPDATE notes SET text = '' WHERE calendar IS NULL", [])?;
    Ok(n)
}

fn calendar_titles(conn: &Connection) -> rusqlite::Result<u64> {
    let n = conn.execute(
        "UPDATE notes SET text = ?1 WHERE calendar IS NOT NULL AND text <> ?1",
        [NOT_KEPT],
    )?;
    Ok(n as u64)
}

/// Takes the words away and keeps the type of work that they named.
fn summaries(conn: &Connection) -> rusqlite::Result<u64> {
    let told: Vec<(i64, u8)> = {
        let mut query = conn.prepare("SELECT id, summary FROM commits WHERE summary <> ?1")?;
        let rows = query.query_map([NOT_KEPT], |row| {
            let kind = WorkType::of_summary(row.get_ref(1)?.as_str()?);
            Ok((row.get(0)?, mark::of_work_type(kind)))
        })?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    let mut update =
        conn.prepare("UPDATE commits SET summary = ?2, marks = marks | ?3 WHERE id = ?1")?;
    for (id, kind) in &told {
        update.execute(params![id, NOT_KEPT, kind])?;
    }
    Ok(told.len() as u64)
}

/// Gives every file of a commit its number in the place of its path.
fn paths(conn: &Connection) -> rusqlite::Result<u64> {
    // Old and new ids must not meet within one commit: first all of them below zero.
    conn.execute_batch(
        "CREATE TEMP TABLE renamed AS SELECT \"commit\", path,
           row_number() OVER (PARTITION BY \"commit\" ORDER BY path) AS nth FROM file_changes;
         CREATE UNIQUE INDEX temp.by_path ON renamed (\"commit\", path);
         UPDATE file_changes SET old_path = NULL, path = -(SELECT nth FROM temp.renamed r
           WHERE r.\"commit\" = file_changes.\"commit\" AND r.path = file_changes.path);
         DROP TABLE temp.renamed;
         DELETE FROM paths;",
    )?;
    let most: Option<i64> =
        conn.query_row("SELECT max(-path) FROM file_changes", [], |row| row.get(0))?;
    let mut insert = conn.prepare("INSERT INTO paths (id, bytes) VALUES (?1, ?2)")?;
    for nth in 1..=u32::try_from(most.unwrap_or(0)).unwrap_or(u32::MAX) {
        insert.execute(params![nth, door::path_name(nth).into_bytes()])?;
    }
    let n = conn.execute("UPDATE file_changes SET path = -path", [])?;
    Ok(n as u64)
}

fn branches(conn: &Connection) -> rusqlite::Result<u64> {
    conn.execute(
        "UPDATE sightings SET branch = NULL WHERE branch IS NOT NULL",
        [],
    )?;
    conn.execute(
        "UPDATE ref_events SET branch = NULL WHERE branch IS NOT NULL",
        [],
    )?;
    let n = conn.execute("DELETE FROM branches", [])?;
    conn.execute("INSERT OR IGNORE INTO unlinked SELECT id FROM commits", [])?;
    Ok(n as u64)
}
