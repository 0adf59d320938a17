//! Erasing commits, and the words that only they used.

use rusqlite::{Connection, params};

use super::steps::Step;
use crate::model::commit::mark;
use crate::model::ids::CommitId;
use crate::store::keys::Key;
use crate::store::{branches, choices, columns, linking, squashes, twins};

/// Key in `meta` that says that derived rows wait to be told again.
const UNSETTLED: &str = "unsettled";

/// The commits that a query names.
pub(in crate::store) fn list(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<Vec<CommitId>> {
    let mut query = conn.prepare(sql)?;
    query.query_map(params, |row| row.get(0))?.collect()
}

/// Erases commits with all that hangs on them, and words only they used.
pub(in crate::store) fn erase(conn: &Connection, ids: &[CommitId]) -> rusqlite::Result<()> {
    for id in ids {
        drop_one(conn, *id)?;
    }
    sweep(conn)?;
    derive(conn)
}

/// Erases one commit; what was derived from it waits until [`derive()`].
pub(super) fn drop_one(conn: &Connection, id: CommitId) -> rusqlite::Result<()> {
    columns::mark_stale_commit(conn, id)?;
    // What it stood for counts by itself until all is judged again.
    for sql in [
        "INSERT OR IGNORE INTO stale (home, block) SELECT home, id >> ?2 FROM commits
         WHERE twin_of = ?1",
        "UPDATE commits SET twin_of = NULL WHERE twin_of = ?1 AND ?2 > 0",
        "DELETE FROM commits WHERE id = ?1 AND ?2 > 0",
    ] {
        conn.prepare_cached(sql)?
            .execute(params![id, columns::BLOCK_BITS])?;
    }
    Ok(())
}

/// Erases words, branches, squashes and reverts that no stored commit has to do with, and what the
/// owner said of commits that are gone.
pub(in crate::store) fn sweep(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "DELETE FROM paths WHERE id NOT IN (SELECT path FROM file_changes)
           AND id NOT IN (SELECT old_path FROM file_changes WHERE old_path IS NOT NULL);",
    )?;
    sweep_few(conn)
}

fn sweep_few(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "DELETE FROM languages WHERE id NOT IN (SELECT language FROM file_changes);
         UPDATE commits SET reverts = NULL
           WHERE reverts IS NOT NULL AND reverts NOT IN (SELECT oid FROM commits);",
    )?;
    choices::sweep(conn)?;
    linking::sweep_choices(conn)?;
    branches::sweep(conn)?;
    squashes::sweep(conn)
}

/// Judges again what stays: it may have been a copy of what went, or part of it.
fn derive(conn: &Connection) -> rusqlite::Result<()> {
    columns::mark_all_stale(conn)?;
    conn.execute(
        "UPDATE commits SET marks = marks - ?1 WHERE marks & ?1 <> 0 AND NOT EXISTS
           (SELECT 1 FROM sightings WHERE \"commit\" = id AND ignored <> 0)",
        [mark::IGNORED],
    )?;
    twins::mark(conn)?;
    squashes::mark(conn)?;
    columns::rebuild(conn)
}

/// The steps after every erasing: words that nothing uses.
pub(super) fn sweep_steps() -> Vec<Step<'static>> {
    vec![
        unused_paths(),
        Step::once("erasing words that nothing uses", sweep_few),
    ]
}

/// The very last step: what is derived is told again.
pub(super) fn settle_step(key: &Key) -> Step<'_> {
    Step::once("putting figures in order", move |conn| settle(conn, key))
}

/// Notes that derived rows wait, in the first transaction of an erasing.
pub(super) fn unsettle(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, x'31')",
        [UNSETTLED],
    )?;
    Ok(())
}

/// Whether an erasing was interrupted before derived rows were told again.
pub(super) fn is_unsettled(conn: &Connection) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM meta WHERE key = ?1")?
        .exists([UNSETTLED])
}

/// Tells derived rows again, words that nothing uses out.
pub(in crate::store) fn settle(conn: &Connection, key: &Key) -> rusqlite::Result<()> {
    sweep(conn)?;
    derive(conn)?;
    linking::settle_all(conn, key)?;
    conn.execute("DELETE FROM meta WHERE key = ?1", [UNSETTLED])?;
    Ok(())
}

/// Without the room to pack them anew, the packed columns go; the next scan packs them.
pub(super) fn unpack(conn: &Connection) -> rusqlite::Result<()> {
    let mut query = conn.prepare("SELECT home, block FROM blocks LIMIT 1")?;
    let mut delete = conn.prepare("DELETE FROM blocks WHERE home = ?1 AND block = ?2")?;
    let one: Vec<(u32, u32)> = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (home, block) in one {
        conn.execute(
            "INSERT OR IGNORE INTO stale (home, block) VALUES (?1, ?2)",
            [home, block],
        )?;
        delete.execute([home, block])?;
    }
    Ok(())
}

/// Paths that no stored change names. The list is made anew when another program wrote meanwhile:
/// it may use one of them by then.
fn unused_paths() -> Step<'static> {
    let mut known: Option<(i64, Vec<i64>)> = None;
    Step::rows("erasing paths that nothing uses", move |conn, limit| {
        let version: i64 = conn.pragma_query_value(None, "data_version", |row| row.get(0))?;
        // A turn that was not kept leaves its rows: they come first in the next list.
        let list = match known.take() {
            Some((of, list)) if of == version && !list.is_empty() => list,
            _ => unused(conn)?,
        };
        let from = list.len().saturating_sub(limit);
        let mut delete = conn.prepare_cached("DELETE FROM paths WHERE id = ?1")?;
        for id in &list[from..] {
            delete.execute([id])?;
        }
        let taken = list.len() - from;
        known = Some((version, list[..from].to_vec()));
        Ok(taken)
    })
}

fn unused(conn: &Connection) -> rusqlite::Result<Vec<i64>> {
    let mut query = conn.prepare(
        "SELECT id FROM paths WHERE id NOT IN (SELECT path FROM file_changes)
           AND id NOT IN (SELECT old_path FROM file_changes WHERE old_path IS NOT NULL)",
    )?;
    query.query_map([], |row| row.get(0))?.collect()
}
