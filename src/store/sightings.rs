//! Table `sightings`: which repository holds which commit.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::branches::Branches;
use super::{Store, StoreError, columns};
use crate::model::history::Source;
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::text::Clean;

impl Store {
    /// The commits that one of `repos` holds, wherever they came from first.
    pub fn held_by(&self, repos: &BTreeSet<RepoId>) -> Result<BTreeSet<CommitId>, StoreError> {
        self.read("listing a repository's commits", |conn| {
            let mut query =
                conn.prepare_cached("SELECT \"commit\" FROM sightings WHERE repository = ?1")?;
            let mut held = BTreeSet::new();
            for repo in repos {
                for commit in query.query_map([repo], |row| row.get(0))? {
                    held.insert(commit?);
                }
            }
            Ok(held)
        })
    }
}

/// A commit of mine met in a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The commit.
    pub oid: Oid,
    /// The default branch holds it now.
    pub on_default_branch: bool,
    /// What leads to it.
    pub source: Source,
    /// The short name of the branch it was made on, if that is known.
    pub branch: Option<Clean>,
}

/// What became of a sighting.
pub(super) enum Seen {
    /// The commit is not stored (yet).
    Unknown,
    /// Nothing new.
    Same,
    /// The commit (at home in that repository) is new to this one, or its branch changed.
    Changed(CommitId, RepoId),
}

/// Notes that `repo` holds a commit. What is known of its branch is never unlearned, and the
/// source only improves; the default branch may gain and lose it. Where the repository lies in
/// `several` places, one of them that has it on its default branch is enough. Where the commit
/// is stored need not be looked up if the caller has just written it.
pub(super) fn note(
    conn: &Connection,
    (repo, several): (RepoId, bool),
    (sighting, stored): (&Sighting, Option<(CommitId, RepoId)>),
    branches: &mut Branches,
) -> rusqlite::Result<Seen> {
    let found = match stored {
        None => stored_at(conn, sighting.oid)?,
        known => known,
    };
    let Some((commit, home)) = found else {
        return Ok(Seen::Unknown);
    };
    let branch = match &sighting.branch {
        Some(name) => Some(branches.id(conn, repo, name)?),
        None => None,
    };
    let changed = conn
        .prepare_cached(
            "INSERT INTO sightings (repository, \"commit\", on_default_branch, source, branch)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET
               on_default_branch = max(excluded.on_default_branch, on_default_branch * ?6),
               source = min(source, excluded.source), branch = coalesce(excluded.branch, branch)
             WHERE on_default_branch < excluded.on_default_branch
               OR (on_default_branch > excluded.on_default_branch AND NOT ?6) OR source > excluded.source
               OR (excluded.branch IS NOT NULL AND branch IS NOT excluded.branch)",
        )?
        .execute(params![
            repo,
            commit,
            sighting.on_default_branch,
            sighting.source as u8,
            branch,
            several,
        ])?;
    Ok(match changed {
        0 => Seen::Same,
        _ => Seen::Changed(commit, home),
    })
}

/// Where a commit is stored, and in which repository it is at home.
fn stored_at(conn: &Connection, oid: Oid) -> rusqlite::Result<Option<(CommitId, RepoId)>> {
    conn.prepare_cached("SELECT id, home FROM commits WHERE oid = ?1")?
        .query_row([oid], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Whether the repository lies in more than one place.
pub(super) fn lies_in_several(conn: &Connection, repo: RepoId) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT count(*) > 1 FROM places WHERE repository = ?1")?
        .query_row([repo], |row| row.get(0))
}

/// After a walk over all of a repository: takes back that the default branch holds what the walk
/// did not find there (`landed` is what it did). Nothing where another place may hold it.
pub(super) fn withdraw(
    conn: &Connection,
    repo: RepoId,
    landed: &HashSet<Oid>,
) -> rusqlite::Result<()> {
    if lies_in_several(conn, repo)? {
        return Ok(());
    }
    let mut query = conn.prepare_cached(
        "SELECT id, oid FROM sightings JOIN commits ON id = \"commit\"
         WHERE repository = ?1 AND on_default_branch",
    )?;
    let rows = query.query_map([repo], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let all = rows.collect::<rusqlite::Result<Vec<(CommitId, Oid)>>>()?;
    let mut change = conn.prepare_cached(
        "UPDATE sightings SET on_default_branch = 0 WHERE repository = ?1 AND \"commit\" = ?2",
    )?;
    for (id, _) in all.iter().filter(|(_, oid)| !landed.contains(oid)) {
        change.execute((repo, id))?;
        columns::mark_stale_commit(conn, *id)?;
    }
    Ok(())
}
