//! Which commits are copies of one change: rebased, amended or cherry-picked.
//!
//! The rule is in `clusters.rs`; this finds the commits it has to judge again. Of a cluster stays:
//! one that a default branch holds; else the one committed last; ties go to the smaller object id.
//! Merges are never twins: they carry no lines and each joins other branches.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::clusters::{self, Member};
use super::columns;
use super::convert::split;
use super::linking;
use crate::model::ids::{CommitId, RepoId};

/// Decides again about every commit in a stale block and all that hang together with one.
pub(super) fn mark(conn: &Connection) -> rusqlite::Result<()> {
    let mut judged = HashSet::new();
    let mut change = conn.prepare_cached("UPDATE commits SET twin_of = ?2 WHERE id = ?1")?;
    for seed in seeds(conn)? {
        if judged.contains(&seed) {
            continue;
        }
        let web = Web::around(conn, seed)?;
        let kept = clusters::kept(&web.members, &web.replaced);
        for (at, row) in web.rows.iter().enumerate() {
            judged.insert(row.id);
            let twin_of = (kept[at] != at).then(|| web.rows[kept[at]].id);
            if twin_of != row.twin_of {
                change.execute((row.id, twin_of))?;
                columns::mark_stale(conn, row.home, columns::block_of(row.id))?;
                for id in [Some(row.id), row.twin_of].into_iter().flatten() {
                    linking::mark(conn, id)?;
                }
            }
        }
    }
    Ok(())
}

/// Commits in stale blocks that may be copies, have some, or still say that they are one.
fn seeds(conn: &Connection) -> rusqlite::Result<Vec<CommitId>> {
    let mut query = conn.prepare_cached(
        "SELECT a.id FROM commits a
         WHERE a.id BETWEEN ?1 AND ?2 AND a.home = ?3 AND NOT a.merge AND (a.twin_of IS NOT NULL
           OR EXISTS (SELECT 1 FROM commits b WHERE b.change_key = a.change_key AND b.id <> a.id)
           OR (a.patch IS NOT NULL AND EXISTS
             (SELECT 1 FROM commits b WHERE b.patch = a.patch AND b.id <> a.id))
           OR EXISTS (SELECT 1 FROM replaced WHERE old = a.id)
           OR EXISTS (SELECT 1 FROM replaced WHERE new = a.id))",
    )?;
    let mut seeds = Vec::new();
    for (home, block) in columns::stale_blocks(conn)? {
        let (low, high) = columns::ids_of(block);
        for id in query.query_map((low, high, home), |row| row.get(0))? {
            seeds.push(id?);
        }
    }
    Ok(seeds)
}

struct Row {
    id: CommitId,
    home: RepoId,
    twin_of: Option<CommitId>,
}

/// Every commit that hangs together with one, by whatever joins commits.
#[derive(Default)]
struct Web {
    rows: Vec<Row>,
    members: Vec<Member>,
    /// Positions of old and new versions.
    replaced: Vec<(usize, usize)>,
}

impl Web {
    fn around(conn: &Connection, seed: CommitId) -> rusqlite::Result<Self> {
        let mut web = Self::default();
        let mut at: HashMap<CommitId, usize> = HashMap::new();
        let (mut keys, mut patches) = (HashSet::new(), HashSet::new());
        let mut pairs = Vec::new();
        let mut next = vec![seed];
        while let Some(id) = next.pop() {
            if at.contains_key(&id) || !web.load(conn, id)? {
                continue;
            }
            let position = web.rows.len() - 1;
            at.insert(id, position);
            let (key, patch) = {
                let member = &web.members[position];
                (member.change_key, member.patch)
            };
            if keys.insert(key) {
                next.extend(same(conn, SAME_KEY, key)?);
            }
            if let Some(patch) = patch.filter(|patch| patches.insert(*patch)) {
                next.extend(same(conn, SAME_PATCH, patch)?);
            }
            for (old, new) in versions(conn, id)? {
                next.extend([old, new]);
                pairs.push((old, new));
            }
        }
        let both = |(old, new)| Some((*at.get(&old)?, *at.get(&new)?));
        web.replaced = pairs.into_iter().filter_map(both).collect();
        web.replaced.sort_unstable();
        web.replaced.dedup();
        Ok(web)
    }

    /// Takes in a commit; false for a merge.
    fn load(&mut self, conn: &Connection, id: CommitId) -> rusqlite::Result<bool> {
        let mut find = conn.prepare_cached(
            "SELECT home, twin_of, oid, utc, committed_utc, change_key, patch FROM commits
             WHERE id = ?1 AND NOT merge",
        )?;
        let mut rows = find.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(false);
        };
        self.rows.push(Row {
            id,
            home: row.get(0)?,
            twin_of: row.get(1)?,
        });
        let mut seen = conn.prepare_cached(
            "SELECT repository, on_default_branch, roots FROM sightings
             JOIN repositories r ON r.id = repository WHERE \"commit\" = ?1",
        )?;
        let (mut defaults, mut repos, mut roots) = (Vec::new(), Vec::new(), Vec::new());
        let mut places = seen.query([id])?;
        while let Some(place) = places.next()? {
            let repo: RepoId = place.get(0)?;
            repos.push(repo);
            defaults.extend(place.get::<_, bool>(1)?.then_some(repo));
            roots.extend(split(place.get_ref(2)?.as_blob()?));
        }
        let mut squashes =
            conn.prepare_cached("SELECT squash FROM swallowed WHERE \"commit\" = ?1")?;
        self.members.push(Member {
            oid: row.get(2)?,
            utc: row.get(3)?,
            committed_utc: row.get(4)?,
            change_key: row.get(5)?,
            patch: row.get(6)?,
            defaults,
            repos,
            roots,
            size: conn
                .prepare_cached(
                    "SELECT coalesce(sum(added), 0), coalesce(sum(deleted), 0)
                     FROM file_changes WHERE \"commit\" = ?1",
                )?
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?,
            squashes: squashes
                .query_map([id], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
        });
        Ok(true)
    }
}

const SAME_KEY: &str = "SELECT id FROM commits WHERE change_key = ?1 AND NOT merge";
const SAME_PATCH: &str = "SELECT id FROM commits WHERE patch = ?1 AND NOT merge";

fn same(conn: &Connection, sql: &str, value: i64) -> rusqlite::Result<Vec<CommitId>> {
    let mut query = conn.prepare_cached(sql)?;
    query.query_map([value], |row| row.get(0))?.collect()
}

/// The pairs of old and new versions that a commit is in.
fn versions(conn: &Connection, id: CommitId) -> rusqlite::Result<Vec<(CommitId, CommitId)>> {
    let mut query = conn.prepare_cached(
        "SELECT old, new FROM replaced WHERE old = ?1
         UNION SELECT old, new FROM replaced WHERE new = ?1",
    )?;
    query
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
