//! Which repository a place belongs to: it shows only when a walk has met the root commits.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::convert::{join, split};
use super::repositories::{Facts, free_name, repo_id};
use super::{branches, columns, notes};
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::text::Clean;

/// Decides at the end of a walk which repository the place belongs to, and returns it.
///
/// A place keeps its repository: a new remote, an orphan branch or an amended first commit do
/// not make a second one, and a history that was rewritten as a whole brings the same changes.
/// Only a whole walk that meets none of the roots known before, and no copy of a change that it
/// does not meet any more, says that another history lies there now. `met` are its commits.
pub(super) fn settle(
    conn: &Connection,
    (place, repo): (i64, RepoId),
    (facts, met): (&Facts<'_>, &[Oid]),
    today: i32,
) -> rusqlite::Result<RepoId> {
    if facts.roots.is_empty() {
        // An empty repository stays provisional; a walk of the newest commits meets no root.
        return update(conn, repo, facts, today);
    }
    let (key, roots): (Option<[u8; 16]>, Vec<u8>) = conn.query_row(
        "SELECT key, roots FROM repositories WHERE id = ?1",
        [repo],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut known = split(&roots);
    let fresh = key_of(facts);
    let owner = conn
        .prepare_cached("SELECT id FROM repositories WHERE key = ?1")?
        .query_row([fresh], |row| row.get(0))
        .optional()?;
    let settled = match (key, owner) {
        (None, Some(owner)) if owner != repo => {
            merge(conn, repo, owner)?;
            return update(conn, owner, facts, today);
        }
        (None, _) => repo,
        (Some(_), owner) => {
            let rootless = !known.iter().any(|root| facts.roots.contains(root));
            if facts.whole && !facts.shallow && rootless && is_another(conn, repo, met)? {
                known.clear();
                move_on(conn, (place, repo), owner, today)?
            } else {
                repo
            }
        }
    };
    known.extend(facts.roots);
    known.sort_unstable();
    known.dedup();
    let key = match key {
        Some(key) if !facts.whole || owner.is_some_and(|owner| owner != settled) => key,
        _ => fresh,
    };
    conn.execute(
        "UPDATE repositories SET key = ?2, roots = ?3 WHERE id = ?1",
        params![settled, key, join(&known)],
    )?;
    update(conn, settled, facts, today)
}

/// Moves what a walk met from the repository `from`, whose place it was, to `to`, which lies there
/// now: their histories have no root in common, so no commit of the walk is the earlier one's.
pub(super) fn carry(
    conn: &Connection,
    met: &[Oid],
    (from, to): (RepoId, RepoId),
) -> rusqlite::Result<()> {
    let mut find = conn.prepare("SELECT id, home FROM commits WHERE oid = ?1")?;
    let mut sighting = conn.prepare(
        "UPDATE OR REPLACE sightings SET repository = ?3 WHERE repository = ?2 AND \"commit\" = ?1",
    )?;
    let mut home = conn.prepare("UPDATE commits SET home = ?2 WHERE id = ?1")?;
    for oid in met {
        let mut rows = find.query([oid])?;
        let Some(row) = rows.next()? else {
            continue;
        };
        let (id, at_home): (CommitId, RepoId) = (row.get(0)?, row.get(1)?);
        sighting.execute((id, from, to))?;
        if at_home == from {
            columns::mark_stale(conn, from, columns::block_of(id))?;
            columns::mark_stale(conn, to, columns::block_of(id))?;
            home.execute((id, to))?;
        }
    }
    for statement in [
        "INSERT OR IGNORE INTO branches (repository, name)
         SELECT ?2, name FROM branches WHERE repository = ?1
           AND id IN (SELECT branch FROM sightings WHERE repository = ?2)",
        "UPDATE sightings SET branch =
           (SELECT new.id FROM branches old JOIN branches new ON new.name = old.name
            WHERE old.id = branch AND new.repository = ?2)
         WHERE repository = ?2 AND branch IN (SELECT id FROM branches WHERE repository = ?1)",
    ] {
        conn.execute(statement, [from, to])?;
    }
    branches::sweep_repository(conn, from)
}

/// Whether what `repo` held before and what a walk met have no change in common; false where
/// nothing is left to compare with.
fn is_another(conn: &Connection, repo: RepoId, met: &[Oid]) -> rusqlite::Result<bool> {
    let met: HashSet<&Oid> = met.iter().collect();
    let (mut before, mut now) = (HashSet::new(), HashSet::new());
    let mut query = conn.prepare(
        "SELECT c.oid, c.change_key, c.patch FROM sightings s JOIN commits c ON c.id = s.\"commit\"
         WHERE s.repository = ?1",
    )?;
    let mut rows = query.query([repo])?;
    while let Some(row) = rows.next()? {
        let side = if met.contains(&row.get::<_, Oid>(0)?) {
            &mut now
        } else {
            &mut before
        };
        side.insert((0, row.get::<_, i64>(1)?));
        if let Some(patch) = row.get::<_, Option<i64>>(2)? {
            side.insert((1, patch));
        }
    }
    Ok(!before.is_empty() && before.is_disjoint(&now))
}

/// Gives the place to `owner`, or to a new repository with a name like the old one's.
fn move_on(
    conn: &Connection,
    (place, repo): (i64, RepoId),
    owner: Option<RepoId>,
    today: i32,
) -> rusqlite::Result<RepoId> {
    let new = match owner {
        Some(owner) => owner,
        None => split_off(conn, repo, today)?,
    };
    conn.execute(
        "UPDATE places SET repository = ?2 WHERE id = ?1",
        params![place, new],
    )?;
    Ok(new)
}

fn update(
    conn: &Connection,
    repo: RepoId,
    facts: &Facts<'_>,
    today: i32,
) -> rusqlite::Result<RepoId> {
    conn.execute(
        "UPDATE repositories SET shallow = ?2, partial = ?3, last_day = ?4 WHERE id = ?1",
        params![repo, facts.shallow, facts.partial, today],
    )?;
    Ok(repo)
}

/// Moves all that hangs on the provisional repository `from` to `to`: they are one.
fn merge(conn: &Connection, from: RepoId, to: RepoId) -> rusqlite::Result<()> {
    for statement in [
        "INSERT OR IGNORE INTO branches (repository, name)
         SELECT ?2, name FROM branches WHERE repository = ?1",
        "INSERT INTO sightings (repository, \"commit\", on_default_branch, source, branch, ignored)
         SELECT ?2, \"commit\", on_default_branch, source,
           (SELECT new.id FROM branches old JOIN branches new ON new.name = old.name
            WHERE old.id = branch AND new.repository = ?2), ignored
         FROM sightings WHERE repository = ?1
         ON CONFLICT DO UPDATE SET
           on_default_branch = max(on_default_branch, excluded.on_default_branch),
           source = min(source, excluded.source), branch = coalesce(excluded.branch, branch),
           ignored = max(ignored, excluded.ignored)",
        "UPDATE ref_events SET branch =
           (SELECT new.id FROM branches old JOIN branches new ON new.name = old.name
            WHERE old.id = branch AND new.repository = ?2) WHERE repository = ?1",
        "UPDATE OR IGNORE ref_events SET repository = ?2 WHERE repository = ?1",
        "INSERT INTO ref_days (repository, day, kind, n)
         SELECT ?2, day, kind, n FROM ref_days WHERE repository = ?1
         ON CONFLICT DO UPDATE SET n = n + excluded.n",
        "INSERT OR IGNORE INTO pairings (repository, oid, identity, utc, offset_min)
         SELECT ?2, oid, identity, utc, offset_min FROM pairings WHERE repository = ?1",
        "INSERT OR IGNORE INTO squashes (repository, oid, utc, offset_min)
         SELECT ?2, oid, utc, offset_min FROM squashes WHERE repository = ?1",
        "INSERT OR IGNORE INTO stale (home, block) SELECT ?2, block FROM stale WHERE home = ?1",
        "INSERT OR IGNORE INTO stale (home, block) SELECT ?2, block FROM blocks WHERE home = ?1",
        "UPDATE commits SET home = ?2 WHERE home = ?1",
        "UPDATE places SET repository = ?2 WHERE repository = ?1",
    ] {
        conn.execute(statement, [from, to])?;
    }
    notes::carry(conn, (from, to))?;
    for statement in [
        "DELETE FROM stale WHERE home = ?1",
        "DELETE FROM blocks WHERE home = ?1",
        "DELETE FROM repositories WHERE id = ?1",
    ] {
        conn.execute(statement, [from])?;
    }
    Ok(())
}

/// A new repository with a name like `repo`'s.
fn split_off(conn: &Connection, repo: RepoId, today: i32) -> rusqlite::Result<RepoId> {
    let name: String = conn.query_row(
        "SELECT name FROM repositories WHERE id = ?1",
        [repo],
        |row| row.get(0),
    )?;
    conn.execute(
        "INSERT INTO repositories (name, roots, shallow, partial, first_day, last_day)
         VALUES (?1, x'', 0, 0, ?2, ?2)",
        params![free_name(conn, &name, RepoId(0))?, today],
    )?;
    repo_id(conn.last_insert_rowid())
}

/// Sixteen bytes that two clones of one repository share.
fn key_of(facts: &Facts<'_>) -> [u8; 16] {
    let mut hash = blake3::Hasher::new();
    hash.update(&join(facts.roots));
    hash.update(facts.remote.map_or("", Clean::as_str).as_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hash.finalize().as_bytes()[..16]);
    key
}
