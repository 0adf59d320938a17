//! Which commits are copies of one change: rebased, amended or cherry-picked.
//!
//! The same author time and the same summary make a group (an amend that rewords the summary is
//! a change of its own: nothing stored tells it from a new one). Of a group stays: one that a
//! default branch holds; else the one committed last; ties go to the smaller object id. Merges
//! are never twins: they carry no lines and each joins other branches.

use std::cmp::Reverse;

use rusqlite::Connection;

use super::columns;
use crate::model::ids::{CommitId, Oid, RepoId};

struct Member {
    id: CommitId,
    home: RepoId,
    twin_of: Option<CommitId>,
    /// The smallest of these stays.
    rank: (bool, Reverse<i64>, Oid),
}

/// Decides again in every group that has a commit in a stale block.
pub(super) fn mark(conn: &Connection) -> rusqlite::Result<()> {
    let mut members = conn.prepare_cached(
        "SELECT id, home, twin_of, committed_utc, oid, EXISTS
           (SELECT 1 FROM sightings WHERE \"commit\" = id AND on_default_branch)
         FROM commits WHERE change_key = ?1 AND NOT merge",
    )?;
    let mut change = conn.prepare_cached("UPDATE commits SET twin_of = ?2 WHERE id = ?1")?;
    for key in groups(conn)? {
        let rows = members.query_map([key], |row| {
            let on_default: bool = row.get(5)?;
            Ok(Member {
                id: row.get(0)?,
                home: row.get(1)?,
                twin_of: row.get(2)?,
                rank: (!on_default, Reverse(row.get(3)?), row.get(4)?),
            })
        })?;
        let group = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let kept = group.iter().min_by_key(|member| member.rank).map(|m| m.id);
        for member in group {
            let twin_of = kept.filter(|kept| *kept != member.id);
            if twin_of != member.twin_of {
                change.execute((member.id, twin_of))?;
                columns::mark_stale(conn, member.home, columns::block_of(member.id))?;
            }
        }
    }
    Ok(())
}

/// Change keys of groups that may have changed: two or more commits, or one that still says it
/// is a twin.
fn groups(conn: &Connection) -> rusqlite::Result<Vec<i64>> {
    let mut query = conn.prepare_cached(
        "SELECT DISTINCT a.change_key FROM commits a
         WHERE a.id BETWEEN ?1 AND ?2 AND a.home = ?3 AND NOT a.merge
           AND (a.twin_of IS NOT NULL OR EXISTS
             (SELECT 1 FROM commits b WHERE b.change_key = a.change_key AND b.id <> a.id))",
    )?;
    let mut keys = Vec::new();
    for (home, block) in columns::stale_blocks(conn)? {
        let (low, high) = columns::ids_of(block);
        let rows = query.query_map((low, high, home), |row| row.get(0))?;
        for key in rows {
            keys.push(key?);
        }
    }
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}
