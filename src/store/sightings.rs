//! Table `sightings`: which repository holds which commit.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::{Store, StoreError};
use crate::model::ids::{CommitId, Oid, RepoId};

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

/// What became of a sighting.
pub(super) enum Seen {
    /// The commit is not stored (yet).
    Unknown,
    /// Nothing new.
    Same,
    /// The commit (at home in that repository) is new to this one, or its branch changed.
    Changed(CommitId, RepoId),
}

/// Notes that `repo` holds the commit `oid`.
pub(super) fn note(
    conn: &Connection,
    repo: RepoId,
    oid: Oid,
    on_default_branch: bool,
) -> rusqlite::Result<Seen> {
    let mut find = conn.prepare_cached("SELECT id, home FROM commits WHERE oid = ?1")?;
    let mut rows = find.query([oid])?;
    let Some(row) = rows.next()? else {
        return Ok(Seen::Unknown);
    };
    let (commit, home): (CommitId, RepoId) = (row.get(0)?, row.get(1)?);
    let changed = conn
        .prepare_cached(
            "INSERT INTO sightings (repository, \"commit\", on_default_branch)
             VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET on_default_branch = excluded.on_default_branch
             WHERE on_default_branch <> excluded.on_default_branch",
        )?
        .execute((repo, commit, on_default_branch))?;
    Ok(match changed {
        0 => Seen::Same,
        _ => Seen::Changed(commit, home),
    })
}
