//! Table `branches`: names of branches, kept only while a commit of mine is on one.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::ids::RepoId;
use crate::model::text::Clean;

/// Branch names of one repository already looked up.
#[derive(Debug, Default)]
pub(super) struct Branches {
    repo: Option<RepoId>,
    ids: HashMap<Clean, i64>,
}

impl Branches {
    /// The row of the branch `name` of `repo`, made if new.
    pub(super) fn id(
        &mut self,
        conn: &Connection,
        repo: RepoId,
        name: &Clean,
    ) -> rusqlite::Result<i64> {
        if self.repo != Some(repo) {
            self.repo = Some(repo);
            self.ids.clear();
        }
        if let Some(id) = self.ids.get(name) {
            return Ok(*id);
        }
        conn.prepare_cached("INSERT OR IGNORE INTO branches (repository, name) VALUES (?1, ?2)")?
            .execute(params![repo, name])?;
        let id = conn
            .prepare_cached("SELECT id FROM branches WHERE repository = ?1 AND name = ?2")?
            .query_row(params![repo, name], |row| row.get(0))?;
        self.ids.insert(name.clone(), id);
        Ok(id)
    }
}

/// The row of the branch `name` of `repo`, if a commit of mine is on it.
pub(super) fn find(conn: &Connection, repo: RepoId, name: &Clean) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT id FROM branches WHERE repository = ?1 AND name = ?2")?
        .query_row(params![repo, name], |row| row.get(0))
        .optional()
}

/// Erases the branches of `repo` that no commit of mine is on any more.
pub(super) fn sweep_repository(conn: &Connection, repo: RepoId) -> rusqlite::Result<()> {
    let gone = conn.execute(
        "DELETE FROM branches WHERE repository = ?1 AND id NOT IN
           (SELECT branch FROM sightings WHERE repository = ?1 AND branch IS NOT NULL)",
        [repo],
    )?;
    if gone > 0 {
        detach(conn)?;
    }
    Ok(())
}

/// Erases every branch that no commit of mine is on any more.
pub(super) fn sweep(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "DELETE FROM branches WHERE id NOT IN
           (SELECT branch FROM sightings WHERE branch IS NOT NULL)",
        [],
    )?;
    detach(conn)
}

/// Takes erased branches out of the ref events.
fn detach(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR IGNORE INTO unlinked (\"commit\") SELECT \"commit\" FROM ref_events
         WHERE \"commit\" IS NOT NULL AND branch IS NOT NULL
           AND branch NOT IN (SELECT id FROM branches)",
        [],
    )?;
    conn.execute(
        "UPDATE ref_events SET branch = NULL
         WHERE branch IS NOT NULL AND branch NOT IN (SELECT id FROM branches)",
        [],
    )?;
    Ok(())
}
