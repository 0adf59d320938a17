//! Erasing a repository: the commits seen nowhere else, and all that is told of it.

use rusqlite::{Connection, OptionalExtension, params};

use super::commits::drop_one;
use super::steps::Step;
use crate::model::ids::{CommitId, RepoId};

/// The common folders of its clones.
pub(super) fn places(conn: &Connection, repo: RepoId) -> rusqlite::Result<Vec<Vec<u8>>> {
    let mut query = conn.prepare("SELECT common_dir FROM places WHERE repository = ?1")?;
    query.query_map([repo], |row| row.get(0))?.collect()
}

/// The hash of its first commits and its remote, which clones on any machine share; `None` before
/// its first walk ended.
pub(in crate::store) fn known_by(
    conn: &Connection,
    repo: RepoId,
) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut query = conn.prepare_cached("SELECT key FROM repositories WHERE id = ?1")?;
    let found = query.query_row([repo], |row| row.get(0)).optional()?;
    Ok(found.flatten())
}

/// What erases all that is told of it; its own row, by which it is named, goes after everything else.
pub(super) fn steps<'a>(repo: RepoId) -> Vec<Step<'a>> {
    let mut steps = vec![
        Step::rows("erasing commits", move |conn, limit| {
            let gone = own_commits(conn, repo, limit)?;
            for id in &gone {
                drop_one(conn, *id)?;
            }
            Ok(gone.len())
        }),
        Step::once("erasing the packed columns", move |conn| {
            // What other repositories hold too moves to the oldest of them.
            for sql in [
                "INSERT OR IGNORE INTO stale (home, block)
                 SELECT home, block FROM blocks WHERE home = ?1",
                "INSERT OR IGNORE INTO stale (home, block) SELECT DISTINCT
                   (SELECT min(repository) FROM sightings WHERE \"commit\" = id AND repository <> ?1),
                   id >> 13 FROM commits WHERE home = ?1",
                "UPDATE commits SET home = (SELECT min(repository) FROM sightings
                   WHERE \"commit\" = id AND repository <> ?1) WHERE home = ?1",
                "DELETE FROM blocks WHERE home = ?1",
                "DELETE FROM stale WHERE home = ?1",
            ] {
                conn.execute(sql, [repo])?;
            }
            Ok(())
        }),
    ];
    for sql in [
        "DELETE FROM line_fates WHERE repository = ?1 AND \"commit\" IN
           (SELECT \"commit\" FROM line_fates WHERE repository = ?1 LIMIT ?2)",
        "DELETE FROM ref_events WHERE id IN
           (SELECT id FROM ref_events WHERE repository = ?1 LIMIT ?2)",
        "DELETE FROM sightings WHERE repository = ?1 AND \"commit\" IN
           (SELECT \"commit\" FROM sightings WHERE repository = ?1 LIMIT ?2)",
        "DELETE FROM notes WHERE id IN (SELECT id FROM notes WHERE repository = ?1 LIMIT ?2)",
        "DELETE FROM ref_days WHERE repository = ?1 AND ?2 > 0",
        "DELETE FROM line_passes WHERE repository = ?1 AND ?2 > 0",
        "DELETE FROM pairings WHERE repository = ?1 AND ?2 > 0",
        "DELETE FROM squashes WHERE repository = ?1 AND ?2 > 0",
        "DELETE FROM branches WHERE repository = ?1 AND ?2 > 0",
        "DELETE FROM remotes WHERE repository = ?1 AND ?2 > 0",
    ] {
        steps.push(Step::rows(
            "erasing what is told of it",
            move |conn, limit| {
                conn.execute(sql, params![repo, i64::try_from(limit).unwrap_or(i64::MAX)])
            },
        ));
    }
    steps
}

/// Erases its own row.
pub(super) fn drop_row(conn: &Connection, repo: RepoId) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM repositories WHERE id = ?1", [repo])?;
    Ok(())
}

/// Commits that only this repository holds.
fn own_commits(conn: &Connection, repo: RepoId, limit: usize) -> rusqlite::Result<Vec<CommitId>> {
    let mut query = conn.prepare_cached(
        "SELECT id FROM commits WHERE (home = ?1 OR id IN
           (SELECT \"commit\" FROM sightings WHERE repository = ?1))
         AND NOT EXISTS
           (SELECT 1 FROM sightings WHERE \"commit\" = id AND repository <> ?1) LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    query
        .query_map(params![repo, limit], |row| row.get(0))?
        .collect()
}
