//! Commits and where they were seen. Of what two stores tell of one commit, the newer reader's reading
//! is taken, then the one whose lines are known, then the one with fewer files.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::Merge;
use super::files::Row;
use crate::model::commit::mark;
use crate::model::ids::{CommitId, Oid, RepoId};

/// Hashes of the other store by which commits are found to be copies, as this store has them.
#[derive(Default)]
struct Hashes {
    changes: HashMap<i64, i64>,
    patches: HashMap<i64, i64>,
}

impl Merge<'_> {
    pub(super) fn commits(&mut self) -> rusqlite::Result<()> {
        let hashes = self.hashes()?;
        let (to, from) = (self.to, self.from);
        Row::each(from, |theirs| {
            let (Some(author), Some(home)) = (
                self.people.get(&theirs.author),
                self.repos.get(&theirs.home),
            ) else {
                return Ok(());
            };
            let by = self.hashed(&theirs, &hashes);
            let id = match Row::of(to, theirs.oid)? {
                None => theirs.told.add(to, (theirs.oid, *author, *home), by)?,
                Some(ours) => {
                    if theirs.told < ours.told {
                        theirs.told.replace(to, (ours.id, *author), by)?;
                    }
                    self.house(ours.id, (ours.home, *home))?;
                    ours.id
                }
            };
            if let Some(reverts) = theirs.reverts {
                // Of several that it takes back, the one with the smallest id is kept.
                to.prepare_cached(
                    "UPDATE commits SET reverts = ?2 WHERE id = ?1
                       AND (reverts IS NULL OR reverts > ?2)",
                )?
                .execute(params![id, reverts])?;
            }
            self.commits.insert(theirs.id, id);
            Ok(())
        })?;
        self.branches()?;
        self.sightings()?;
        self.relations()
    }

    /// What a commit both have tells of the other store's hashes.
    fn hashes(&self) -> rusqlite::Result<Hashes> {
        let mut hashes = Hashes::default();
        if self.key.is(self.theirs) {
            return Ok(hashes);
        }
        let mut query = self
            .from
            .prepare("SELECT oid, change_key, patch, reader FROM commits")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let oid: Oid = row.get(0)?;
            let ours: Option<(i64, Option<i64>, u32)> = self
                .to
                .prepare_cached("SELECT change_key, patch, reader FROM commits WHERE oid = ?1")?
                .query_row([oid], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let (change, patch, reader): (i64, Option<i64>, u32) =
                (row.get(1)?, row.get(2)?, row.get(3)?);
            let Some(ours) = ours else { continue };
            hashes.changes.insert(change, ours.0);
            if let Some((theirs, ours)) = patch.zip(ours.1).filter(|_| reader == ours.2) {
                hashes.patches.insert(theirs, ours);
            }
        }
        Ok(hashes)
    }

    /// What this store's key makes of a commit of the other one; what it cannot make again stays what
    /// it is, and is known by it among the other's.
    fn hashed(&self, theirs: &Row, hashes: &Hashes) -> (i64, Option<i64>) {
        let (utc, summary) = theirs.told.change();
        let is_whole = |key: &super::Key| key.change(utc, summary) == theirs.change;
        let change = if self.theirs.all().any(|key| is_whole(&key)) {
            self.key.change(utc, summary)
        } else {
            let known = hashes.changes.get(&theirs.change);
            known.copied().unwrap_or(theirs.change)
        };
        let known = |patch: i64| hashes.patches.get(&patch).copied().unwrap_or(patch);
        (change, theirs.patch.map(known))
    }

    /// Of two repositories that brought a commit first, the one that was read first is its home.
    fn house(&self, id: CommitId, (ours, theirs): (RepoId, RepoId)) -> rusqlite::Result<()> {
        if ours == theirs {
            return Ok(());
        }
        let age = |repo: RepoId| -> rusqlite::Result<(i32, Option<Vec<u8>>)> {
            let sql = "SELECT first_day, key FROM repositories WHERE id = ?1";
            let mut query = self.to.prepare_cached(sql)?;
            query.query_row([repo], |row| Ok((row.get(0)?, row.get(1)?)))
        };
        if age(theirs)? < age(ours)? {
            self.to
                .prepare_cached("UPDATE commits SET home = ?2 WHERE id = ?1")?
                .execute(params![id, theirs])?;
        }
        Ok(())
    }

    fn branches(&mut self) -> rusqlite::Result<()> {
        let mut query = self
            .from
            .prepare("SELECT id, repository, name FROM branches ORDER BY id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let Some(repo) = self.repos.get(&row.get(1)?) else {
                continue;
            };
            let name: String = row.get(2)?;
            self.to
                .prepare_cached(
                    "INSERT OR IGNORE INTO branches (repository, name) VALUES (?1, ?2)",
                )?
                .execute(params![repo, name])?;
            let sql = "SELECT id FROM branches WHERE repository = ?1 AND name = ?2";
            if let Some(here) = super::number(self.to, sql, params![repo, name])? {
                self.branches.insert(row.get(0)?, here);
            }
        }
        Ok(())
    }

    fn sightings(&self) -> rusqlite::Result<()> {
        let mut query = self.from.prepare(
            "SELECT repository, \"commit\", on_default_branch, source, branch, ignored
             FROM sightings ORDER BY repository, \"commit\"",
        )?;
        let mut put = self.to.prepare(
            "INSERT INTO sightings (repository, \"commit\", on_default_branch, source, branch, ignored)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET
               on_default_branch = max(on_default_branch, excluded.on_default_branch),
               source = min(source, excluded.source), ignored = max(ignored, excluded.ignored),
               branch = CASE WHEN branch IS NULL THEN excluded.branch
                 WHEN (SELECT name FROM branches WHERE id = excluded.branch) <
                   (SELECT name FROM branches WHERE id = branch) THEN excluded.branch
                 ELSE branch END",
        )?;
        let mut mark_ignored = self
            .to
            .prepare("UPDATE commits SET marks = marks | ?2 WHERE id = ?1")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (Some(repo), Some(commit)) =
                (self.repos.get(&row.get(0)?), self.commits.get(&row.get(1)?))
            else {
                continue;
            };
            let branch: Option<i64> = row.get(4)?;
            let branch = branch.and_then(|branch| self.branches.get(&branch));
            let (landed, source): (bool, u8) = (row.get(2)?, row.get(3)?);
            let ignored: bool = row.get(5)?;
            put.execute(params![repo, commit, landed, source, branch, ignored])?;
            if ignored {
                mark_ignored.execute(params![commit, mark::IGNORED])?;
            }
        }
        Ok(())
    }

    /// Versions, squashes and pairings.
    fn relations(&self) -> rusqlite::Result<()> {
        let each = |sql: &str, deed: &mut dyn FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>| {
            let mut query = self.from.prepare(sql)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                deed(row)?;
            }
            Ok::<(), rusqlite::Error>(())
        };
        let here = |row: &rusqlite::Row<'_>, at: usize| -> rusqlite::Result<Option<CommitId>> {
            Ok(self.commits.get(&row.get(at)?).copied())
        };
        let to: &Connection = self.to;
        each(
            "SELECT old, new FROM replaced ORDER BY old, new",
            &mut |row| {
                if let (Some(old), Some(new)) = (here(row, 0)?, here(row, 1)?) {
                    to.prepare_cached("INSERT OR IGNORE INTO replaced (old, new) VALUES (?1, ?2)")?
                        .execute(params![old, new])?;
                }
                Ok(())
            },
        )?;
        each("SELECT \"commit\", squash FROM swallowed", &mut |row| {
            if let Some(commit) = here(row, 0)? {
                to.prepare_cached(
                    "INSERT OR IGNORE INTO swallowed (\"commit\", squash) VALUES (?1, ?2)",
                )?
                .execute(params![commit, row.get::<_, Oid>(1)?])?;
            }
            Ok(())
        })?;
        each(
            "SELECT repository, oid, utc, offset_min FROM squashes",
            &mut |row| {
                if let Some(repo) = self.repos.get(&row.get(0)?) {
                    let (oid, utc, offset): (Oid, i64, i64) =
                        (row.get(1)?, row.get(2)?, row.get(3)?);
                    to.prepare_cached(
                    "INSERT INTO squashes (repository, oid, utc, offset_min) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET utc = excluded.utc, offset_min = excluded.offset_min
                     WHERE (excluded.utc, excluded.offset_min) < (utc, offset_min)",
                )?
                .execute(params![repo, oid, utc, offset])?;
                }
                Ok(())
            },
        )?;
        each(
            "SELECT repository, oid, identity, utc, offset_min FROM pairings",
            &mut |row| {
                let (Some(repo), Some(identity)) =
                    (self.repos.get(&row.get(0)?), self.people.get(&row.get(2)?))
                else {
                    return Ok(());
                };
                let (oid, utc, offset): (Oid, i64, i64) = (row.get(1)?, row.get(3)?, row.get(4)?);
                to.prepare_cached(
                    "INSERT INTO pairings (repository, oid, identity, utc, offset_min)
                     VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO UPDATE SET identity = excluded.identity WHERE
                       (SELECT value FROM identities WHERE id = excluded.identity) <
                       (SELECT value FROM identities WHERE id = identity)",
                )?
                .execute(params![repo, oid, identity, utc, offset])?;
                Ok(())
            },
        )
    }
}
