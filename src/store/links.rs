//! Tables `links` and `link_choices`: reading which commit belongs to which task, and taking the
//! owner's word on it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::error::unfit;
use super::subjects::{self, Alias};
use super::{Store, StoreError, audit, linking};
use crate::model::ids::{CommitId, Oid, TaskId};
use crate::model::links::LinkRule;
use crate::model::text::Clean;

/// A task that a commit belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedTask {
    /// Its row.
    pub id: TaskId,
    /// The tracker.
    pub source: Clean,
    /// What people call it.
    pub key: Clean,
    /// How the link is known.
    pub rule: LinkRule,
}

/// What the owner's word changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relinked {
    /// How the link was known before; `None` when there was none.
    pub before: Option<LinkRule>,
    /// How it is known now.
    pub now: Option<LinkRule>,
}

impl Store {
    /// The tasks that a commit belongs to, by tracker and key.
    pub fn tasks_of(&self, commit: CommitId) -> Result<Vec<LinkedTask>, StoreError> {
        self.read("reading the tasks of a commit", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT t.subject, t.source, t.key, l.rule FROM links l
                 JOIN tasks t ON t.subject = l.task WHERE l.\"commit\" = ?1
                 ORDER BY t.source, t.key, t.created, t.title",
            )?;
            let rows = query.query_map([commit], |row| {
                Ok(LinkedTask {
                    id: TaskId(row.get(0)?),
                    source: row.get(1)?,
                    key: row.get(2)?,
                    rule: rule(row.get(3)?)?,
                })
            })?;
            rows.collect()
        })
    }

    /// The keys of the tasks that each of these commits belongs to, sorted; commits without one
    /// are absent.
    pub fn task_keys(
        &self,
        commits: &[CommitId],
    ) -> Result<HashMap<CommitId, Vec<Clean>>, StoreError> {
        self.read("reading the tasks of commits", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT t.key FROM links l JOIN tasks t ON t.subject = l.task
                 WHERE l.\"commit\" = ?1 ORDER BY t.key, t.source",
            )?;
            let mut out = HashMap::new();
            for commit in commits {
                let keys = query.query_map([commit], |row| row.get(0))?;
                let keys: Vec<Clean> = keys.collect::<rusqlite::Result<_>>()?;
                if !keys.is_empty() {
                    out.insert(*commit, keys);
                }
            }
            Ok(out)
        })
    }

    /// The commits of each task that has one, copies of one change counted once.
    pub fn commits_of_tasks(&self) -> Result<HashMap<TaskId, u64>, StoreError> {
        self.read("counting the commits of tasks", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT l.task, count(*) FROM links l JOIN commits c ON c.id = l.\"commit\"
                 WHERE c.twin_of IS NULL GROUP BY l.task",
            )?;
            let rows = query.query_map([], |row| Ok((TaskId(row.get(0)?), row.get(1)?)))?;
            rows.collect()
        })
    }

    /// The commits that belong to a task and how that is known, the oldest first; copies too.
    pub fn commits_of(&self, task: TaskId) -> Result<Vec<(CommitId, LinkRule)>, StoreError> {
        self.read("reading the commits of a task", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT c.id, l.rule FROM links l JOIN commits c ON c.id = l.\"commit\"
                 WHERE l.task = ?1 ORDER BY c.utc, c.oid",
            )?;
            let rows = query.query_map([task.0], |row| Ok((row.get(0)?, rule(row.get(1)?)?)))?;
            rows.collect()
        })
    }

    /// The stored commits whose object ids begin with `prefix` (4 to 40 hexadecimal digits), by
    /// object id; the first `most`. None where it is no such prefix.
    pub fn commits_named(
        &self,
        prefix: &str,
        most: usize,
    ) -> Result<Vec<(CommitId, Oid)>, StoreError> {
        let Some((low, high)) = super::find::oid_range(prefix) else {
            return Ok(Vec::new());
        };
        self.read("looking for commits", |conn| {
            let mut query = conn.prepare_cached(
                "SELECT id, oid FROM commits WHERE oid BETWEEN ?1 AND ?2 ORDER BY oid LIMIT ?3",
            )?;
            let rows = query.query_map(params![low, high, most], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            rows.collect()
        })
    }

    /// Takes the owner's word: the commit, and every copy of its change, belongs to the task
    /// (`linked`), or does not. It outlives scans and imports, and is taken back by the other word.
    pub fn choose_link(
        &mut self,
        commit: CommitId,
        task: TaskId,
        linked: bool,
    ) -> Result<Relinked, StoreError> {
        let (key, day) = (self.key.clone(), self.today);
        self.write("linking a commit with a task", |conn| {
            let before = stored(conn, commit, task)?;
            let oid: Oid = conn
                .prepare_cached("SELECT oid FROM commits WHERE id = ?1")?
                .query_row([commit], |row| row.get(0))?;
            let names = subjects::names(conn, task.0)?;
            put(conn, oid, &names, linked)?;
            linking::mark(conn, commit)?;
            linking::settle(conn, &key)?;
            let entry = audit::Entry {
                day,
                action: if linked {
                    audit::Action::Link
                } else {
                    audit::Action::Unlink
                },
                object: &format!("commit {}", commit.0),
                n: 1,
            };
            audit::append(conn, &key, &entry)?;
            let now = stored(conn, commit, task)?;
            Ok(Relinked { before, now })
        })
    }
}

/// Writes the owner's word on one commit; what was said of its copies gives way.
fn put(conn: &Connection, oid: Oid, names: &[Alias], linked: bool) -> rusqlite::Result<()> {
    let copies = linking::copies(conn, oid)?;
    for name in names {
        for copy in &copies {
            conn.prepare_cached("DELETE FROM link_choices WHERE oid = ?1 AND alias = ?2")?
                .execute(params![copy, name])?;
        }
        conn.prepare_cached("INSERT INTO link_choices (oid, alias, linked) VALUES (?1, ?2, ?3)")?
            .execute(params![oid, name, linked])?;
    }
    Ok(())
}

fn stored(conn: &Connection, commit: CommitId, task: TaskId) -> rusqlite::Result<Option<LinkRule>> {
    let number: Option<u8> = conn
        .prepare_cached("SELECT rule FROM links WHERE \"commit\" = ?1 AND task = ?2")?
        .query_row((commit, task.0), |row| row.get(0))
        .optional()?;
    number.map(rule).transpose()
}

/// The rule with this stored number.
pub(super) fn rule(number: u8) -> rusqlite::Result<LinkRule> {
    LinkRule::from_number(number).ok_or_else(|| unfit(format!("link rule {number}")))
}
