//! What was done to refs, and what became of lines.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::super::ref_events::oldest_kept;
use super::Merge;
use crate::model::ids::{CommitId, RepoId};

/// What tells a ref event apart from others without its hash: kind, time, offset, commit and branch.
type Event = (u8, i64, i64, Option<CommitId>, Option<i64>);

/// The last pass over the lines of a repository: what decides which of two is newer, then its place.
type Pass = (i32, i64, Vec<u8>, Vec<u8>, i64);

impl Merge<'_> {
    pub(super) fn history(&self) -> rusqlite::Result<()> {
        let repos: Vec<(RepoId, RepoId)> = {
            let mut all: Vec<_> = self.repos.iter().map(|(a, b)| (*a, *b)).collect();
            all.sort_unstable();
            all
        };
        for (theirs, ours) in repos {
            self.events(theirs, ours)?;
            self.days(theirs, ours)?;
            self.lines(theirs, ours)?;
        }
        Ok(())
    }

    /// An event that both know by one hash is one; so are as many of the same kind, time, commit and
    /// branch as the one that has more of them knows.
    fn events(&self, theirs: RepoId, ours: RepoId) -> rusqlite::Result<()> {
        let told = events(self.from, theirs)?;
        let known = events(self.to, ours)?;
        let hashes: HashSet<i64> = known.iter().map(|one| one.0).collect();
        let met: HashSet<i64> = told.iter().map(|one| one.0).collect();
        let mut others: HashMap<Event, u32> = HashMap::new();
        for (_, event) in known.iter().filter(|one| !met.contains(&one.0)) {
            *others.entry(*event).or_default() += 1;
        }
        let oldest = oldest_kept(self.to, i64::from(self.today) * 86_400)?;
        let mut put = self.to.prepare_cached(
            "INSERT INTO ref_events (repository, hash, kind, utc, offset_min, \"commit\", branch)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET
               \"commit\" = CASE WHEN \"commit\" IS NULL THEN excluded.\"commit\" ELSE \"commit\" END,
               branch = CASE WHEN branch IS NULL THEN excluded.branch ELSE branch END",
        )?;
        for (hash, (kind, utc, offset, commit, branch)) in told {
            let commit = commit.and_then(|commit| self.commits.get(&commit).copied());
            let branch = branch.and_then(|branch| self.branches.get(&branch).copied());
            if !hashes.contains(&hash) {
                let event = (kind, utc, offset, commit, branch);
                let left = others.get_mut(&event).filter(|left| **left > 0);
                if let Some(left) = left {
                    *left -= 1;
                    continue;
                }
                // Counted by the day already, should it have been here.
                if utc < oldest {
                    continue;
                }
            }
            put.execute(params![ours, hash, kind, utc, offset, commit, branch])?;
        }
        Ok(())
    }

    /// Of what is only counted any more, the greater number stands: both may have counted the same.
    fn days(&self, theirs: RepoId, ours: RepoId) -> rusqlite::Result<()> {
        let mut query = self
            .from
            .prepare_cached("SELECT day, kind, n FROM ref_days WHERE repository = ?1")?;
        let mut rows = query.query([theirs])?;
        while let Some(row) = rows.next()? {
            let (day, kind, n): (i32, u8, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            self.to
                .prepare_cached(
                    "INSERT INTO ref_days (repository, day, kind, n) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET n = max(n, excluded.n)",
                )?
                .execute(params![ours, day, kind, n])?;
        }
        Ok(())
    }

    /// Fates belong to one pass: those of the newer one are taken whole.
    fn lines(&self, theirs: RepoId, ours: RepoId) -> rusqlite::Result<()> {
        let (Some(told), known) = (pass(self.from, theirs)?, pass(self.to, ours)?) else {
            return Ok(());
        };
        let is_newer = known.is_none_or(|known| {
            let of = |pass: &Pass| (pass.0, pass.1, pass.2.clone());
            of(&told) > of(&known)
        });
        if !is_newer {
            return Ok(());
        }
        self.to
            .execute("DELETE FROM line_fates WHERE repository = ?1", [ours])?;
        let mut query = self.from.prepare_cached(
            "SELECT \"commit\", born, deaths FROM line_fates WHERE repository = ?1",
        )?;
        let mut rows = query.query([theirs])?;
        while let Some(row) = rows.next()? {
            if let Some(commit) = self.commits.get(&row.get(0)?) {
                let (born, deaths): (i64, Vec<u8>) = (row.get(1)?, row.get(2)?);
                self.to
                    .prepare_cached(
                        "INSERT INTO line_fates (repository, \"commit\", born, deaths)
                         VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![ours, commit, born, deaths])?;
            }
        }
        let (day, tip_utc, basis, question, place) = told;
        // A pass in a place that is another repository's here is one without a place.
        let place = self.places.get(&place).copied().unwrap_or(0);
        self.to.execute(
            "INSERT OR REPLACE INTO line_passes (repository, place, question, basis, tip_utc, day)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![ours, place, question, basis, tip_utc, day],
        )?;
        Ok(())
    }
}

/// The events of a repository with their hashes, in the order in which they were stored.
fn events(conn: &Connection, repo: RepoId) -> rusqlite::Result<Vec<(i64, Event)>> {
    let mut query = conn.prepare_cached(
        "SELECT hash, kind, utc, offset_min, \"commit\", branch FROM ref_events
         WHERE repository = ?1 ORDER BY id",
    )?;
    let rows = query.query_map([repo], |row| {
        let event = (
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
        );
        Ok((row.get(0)?, event))
    })?;
    rows.collect()
}

fn pass(conn: &Connection, repo: RepoId) -> rusqlite::Result<Option<Pass>> {
    conn.prepare_cached(
        "SELECT day, tip_utc, basis, question, place FROM line_passes WHERE repository = ?1",
    )?
    .query_row([repo], |row| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    })
    .optional()
}
