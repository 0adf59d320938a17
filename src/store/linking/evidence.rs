//! What is stored of commits that can tell a task.

use std::collections::HashMap;

use rusqlite::Connection;

use super::super::error::unfit;
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::links::LinkRule;

/// Of which commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Every one.
    All,
    /// The marked ones.
    Marked,
}

impl Which {
    /// The condition on a column with commits.
    pub(super) fn holds(self, column: &str) -> String {
        match self {
            Self::All => "1".to_owned(),
            Self::Marked => format!("{column} IN (SELECT \"commit\" FROM unlinked)"),
        }
    }
}

/// One commit.
pub(super) struct Commit {
    pub(super) id: CommitId,
    pub(super) oid: Oid,
    /// Author time, UTC seconds.
    pub(super) utc: i64,
    /// The commit that stands for its change; itself, unless it is a copy.
    pub(super) leader: CommitId,
}

/// Where a commit was seen.
pub(super) struct Spot {
    /// Position of the commit.
    pub(super) at: u32,
    pub(super) repo: RepoId,
    /// The row of the branch it was made on.
    pub(super) branch: Option<i64>,
    /// How sure a task is that the branch names.
    pub(super) rule: LinkRule,
}

/// A key that a message names.
pub(super) struct Named {
    /// Position of the commit.
    pub(super) at: u32,
    /// Position in [`Evidence::tokens`].
    pub(super) token: u32,
    pub(super) rule: LinkRule,
}

/// All of it; commits by their rows, and the other lists by commit.
pub(super) struct Evidence {
    pub(super) commits: Vec<Commit>,
    pub(super) spots: Vec<Spot>,
    pub(super) named: Vec<Named>,
    /// Every key once.
    pub(super) tokens: Vec<String>,
    /// Which squash, of anybody, holds which commit (its position).
    pub(super) held: Vec<(Oid, u32)>,
    /// Names of branches by their rows.
    pub(super) branches: HashMap<i64, String>,
}

impl Evidence {
    pub(super) fn load(conn: &Connection, which: Which) -> rusqlite::Result<Self> {
        let mut out = Self {
            commits: commits(conn, which)?,
            spots: Vec::new(),
            named: Vec::new(),
            tokens: Vec::new(),
            held: Vec::new(),
            branches: HashMap::new(),
        };
        out.sightings(conn, which)?;
        out.log(conn, which)?;
        out.spots
            .sort_unstable_by_key(|spot| (spot.at, spot.repo, spot.rule, spot.branch));
        out.mentions(conn, which)?;
        out.swallowed(conn, which)?;
        let mut query = conn.prepare_cached("SELECT id, name FROM branches")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        out.branches = rows.collect::<rusqlite::Result<_>>()?;
        Ok(out)
    }

    /// The position of a commit.
    pub(super) fn at(&self, id: CommitId) -> Option<u32> {
        let at = self.commits.binary_search_by_key(&id, |one| one.id).ok()?;
        u32::try_from(at).ok()
    }

    fn sightings(&mut self, conn: &Connection, which: Which) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT \"commit\", repository, branch FROM sightings WHERE {}",
            which.holds("\"commit\"")
        );
        let mut query = conn.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            self.spot(row.get(0)?, (row.get(1)?, row.get(2)?), LinkRule::Branch);
        }
        Ok(())
    }

    /// What the reflog says of where commits were made.
    fn log(&mut self, conn: &Connection, which: Which) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT \"commit\", repository, branch FROM ref_events
             WHERE \"commit\" IS NOT NULL AND branch IS NOT NULL AND kind IN (0, 1, 3, 6, 7, 11)
               AND {}",
            which.holds("\"commit\"")
        );
        let mut query = conn.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            self.spot(row.get(0)?, (row.get(1)?, row.get(2)?), LinkRule::Reflog);
        }
        Ok(())
    }

    fn spot(&mut self, commit: CommitId, (repo, branch): (RepoId, Option<i64>), rule: LinkRule) {
        if let Some(at) = self.at(commit) {
            self.spots.push(Spot {
                at,
                repo,
                branch,
                rule,
            });
        }
    }

    fn mentions(&mut self, conn: &Connection, which: Which) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT \"commit\", token, rule FROM mentions WHERE {} ORDER BY \"commit\"",
            which.holds("\"commit\"")
        );
        let mut query = conn.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        let mut places: HashMap<String, u32> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (token, rule) = (row.get_ref(1)?.as_str()?, row.get(2)?);
            let rule = LinkRule::from_number(rule).ok_or_else(|| unfit("rule of a mention"))?;
            let Some(at) = self.at(row.get(0)?) else {
                continue;
            };
            let token = if let Some(place) = places.get(token) {
                *place
            } else {
                let place = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
                self.tokens.push(token.to_owned());
                places.insert(token.to_owned(), place);
                place
            };
            self.named.push(Named { at, token, rule });
        }
        Ok(())
    }

    fn swallowed(&mut self, conn: &Connection, which: Which) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT squash, \"commit\" FROM swallowed WHERE {} ORDER BY squash, \"commit\"",
            which.holds("\"commit\"")
        );
        let mut query = conn.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(at) = self.at(row.get(1)?) {
                self.held.push((row.get(0)?, at));
            }
        }
        Ok(())
    }
}

fn commits(conn: &Connection, which: Which) -> rusqlite::Result<Vec<Commit>> {
    let sql = format!(
        "SELECT id, oid, utc, coalesce(twin_of, id) FROM commits WHERE {} ORDER BY id",
        which.holds("id")
    );
    let mut query = conn.prepare_cached(&sql)?;
    let rows = query.query_map([], |row| {
        Ok(Commit {
            id: row.get(0)?,
            oid: row.get(1)?,
            utc: row.get(2)?,
            leader: row.get(3)?,
        })
    })?;
    rows.collect()
}
