//! Table `links`: which commit belongs to which task, told from what is stored alone.
//!
//! Each commit has evidence of its own (`direct.rs`): object ids of pull requests, words of its
//! message, the branch it was made on. Copies of one change share it, a squash and its originals
//! hand it to each other, and the owner's word stands above all (`groups.rs`). Whatever changes
//! one of these marks the commit; the finishing transaction of every write tells the marked ones
//! again, and all of them when tasks changed. So the order in which things arrive changes nothing.

mod direct;
mod evidence;
mod fits;
mod groups;
mod tasks;

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::keys::Key;
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::links::LinkRule;
use evidence::{Evidence, Which};

/// More marked commits than these are told with all others: that is quicker by then.
const MANY: u64 = 4_096;

/// Says that the links of a commit may have changed; nothing where it is gone.
pub(super) fn mark(conn: &Connection, id: CommitId) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO unlinked (\"commit\") SELECT id FROM commits WHERE id = ?1",
    )?
    .execute([id])?;
    Ok(())
}

/// [`mark`] for every commit that a repository holds.
pub(super) fn mark_repository(conn: &Connection, repo: RepoId) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR IGNORE INTO unlinked (\"commit\")
         SELECT \"commit\" FROM sightings WHERE repository = ?1",
        [repo],
    )?;
    Ok(())
}

/// Notes the project path of a repository's remote (`host/owner/name`), as a keyed hash; its
/// commits are marked when it is new.
pub(super) fn note_remote(
    conn: &Connection,
    key: &Key,
    (repo, remote): (RepoId, &str),
) -> rusqlite::Result<()> {
    let Some((_, path)) = remote.split_once('/') else {
        return Ok(());
    };
    let added = conn
        .prepare_cached("INSERT OR IGNORE INTO remotes (repository, hash) VALUES (?1, ?2)")?
        .execute((repo, key.remote(path)))?;
    if added > 0 {
        mark_repository(conn, repo)?;
    }
    Ok(())
}

/// Tells the links of every marked commit again.
pub(super) fn settle(conn: &Connection, key: &Key) -> rusqlite::Result<()> {
    let marked: u64 = conn.query_row("SELECT count(*) FROM unlinked", [], |row| row.get(0))?;
    match marked {
        0 => Ok(()),
        1..=MANY => {
            spread_marks(conn)?;
            tell(conn, key, Which::Marked)
        }
        _ => tell(conn, key, Which::All),
    }
}

/// Tells the links of every commit again: tasks changed, or commits are gone.
pub(super) fn settle_all(conn: &Connection, key: &Key) -> rusqlite::Result<()> {
    tell(conn, key, Which::All)
}

/// Marks what hangs together with a marked commit: copies, squashes and their originals.
fn spread_marks(conn: &Connection) -> rusqlite::Result<()> {
    let ids = |sql: &str, id: CommitId| -> rusqlite::Result<Vec<CommitId>> {
        let mut query = conn.prepare_cached(sql)?;
        query.query_map([id], |row| row.get(0))?.collect()
    };
    let mut query = conn.prepare_cached("SELECT \"commit\" FROM unlinked")?;
    let mut next: Vec<CommitId> = query
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut seen: BTreeSet<CommitId> = next.iter().copied().collect();
    while let Some(id) = next.pop() {
        for sql in [
            "SELECT twin_of FROM commits WHERE id = ?1 AND twin_of IS NOT NULL",
            "SELECT id FROM commits WHERE twin_of = ?1",
            "SELECT c.id FROM swallowed s JOIN commits c ON c.oid = s.squash
             WHERE s.\"commit\" = ?1",
            "SELECT o.\"commit\" FROM swallowed s JOIN swallowed o ON o.squash = s.squash
             WHERE s.\"commit\" = ?1",
            "SELECT \"commit\" FROM swallowed
             WHERE squash = (SELECT oid FROM commits WHERE id = ?1)",
        ] {
            for other in ids(sql, id)? {
                if seen.insert(other) {
                    mark(conn, other)?;
                    next.push(other);
                }
            }
        }
    }
    Ok(())
}

/// A link as it is stored: commit, subject of the task, rule.
type Row = (CommitId, i64, LinkRule);

fn tell(conn: &Connection, key: &Key, which: Which) -> rusqlite::Result<()> {
    let known = tasks::Known::load(conn)?;
    let mut wanted: Vec<Row> = Vec::new();
    if !known.tasks.is_empty() {
        let evidence = Evidence::load(conn, which)?;
        let own = direct::told(conn, key, &known, &evidence)?;
        let choices = groups::choices(conn, &known, &evidence)?;
        let told = groups::spread(&known, &evidence, own, &choices);
        let row = |(at, task, rule): &(u32, u32, LinkRule)| {
            let commit = &evidence.commits[*at as usize];
            (commit.id, known.tasks[*task as usize].subject, *rule)
        };
        wanted = told.iter().map(row).collect();
        wanted.sort_unstable_by_key(|(commit, task, _)| (*commit, *task));
    }
    write(conn, which, &wanted)?;
    conn.execute("DELETE FROM unlinked", [])?;
    Ok(())
}

/// Makes the stored links of the commits asked for the `wanted` ones, sorted; rows that stay are
/// not touched.
fn write(conn: &Connection, which: Which, wanted: &[Row]) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT \"commit\", task, rule FROM links WHERE {} ORDER BY \"commit\", task",
        which.holds("\"commit\"")
    );
    let mut query = conn.prepare_cached(&sql)?;
    let stored = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let stored = stored.collect::<rusqlite::Result<Vec<(CommitId, i64, u8)>>>()?;
    let mut delete =
        conn.prepare_cached("DELETE FROM links WHERE \"commit\" = ?1 AND task = ?2")?;
    let mut put = conn.prepare_cached(
        "INSERT OR REPLACE INTO links (\"commit\", task, rule) VALUES (?1, ?2, ?3)",
    )?;
    let mut old = stored.into_iter().peekable();
    for (commit, task, rule) in wanted {
        let here = (*commit, *task);
        while let Some(gone) = old.next_if(|one| (one.0, one.1) < here) {
            delete.execute((gone.0, gone.1))?;
        }
        let same = old.next_if(|one| (one.0, one.1) == here);
        if same.is_none_or(|one| one.2 != *rule as u8) {
            put.execute((commit, task, *rule as u8))?;
        }
    }
    for gone in old {
        delete.execute((gone.0, gone.1))?;
    }
    Ok(())
}

/// Erases what the owner said of commits that are stored no more.
pub(super) fn sweep_choices(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "DELETE FROM link_choices WHERE oid NOT IN (SELECT oid FROM commits)",
        [],
    )?;
    Ok(())
}

/// The object ids of all copies of the change of `oid`, itself among them.
pub(super) fn copies(conn: &Connection, oid: Oid) -> rusqlite::Result<Vec<Oid>> {
    let mut query = conn.prepare_cached(
        "SELECT oid FROM commits WHERE coalesce(twin_of, id) =
           (SELECT coalesce(twin_of, id) FROM commits WHERE oid = ?1)
         AND (id = (SELECT coalesce(twin_of, id) FROM commits WHERE oid = ?1)
           OR twin_of = (SELECT coalesce(twin_of, id) FROM commits WHERE oid = ?1))",
    )?;
    query.query_map([oid], |row| row.get(0))?.collect()
}
