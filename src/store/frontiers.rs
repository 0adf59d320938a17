//! Table `frontiers`: where the last finished walk of a place stopped.

use std::collections::HashMap;
use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::commits::READER;
use super::convert::{join, join_pairs, split, split_pairs};
use super::keys::Key;
use super::{Store, StoreError, keep, reflog, repositories};
use crate::model::identity::Me;
use crate::model::ids::{Oid, RepoId};
use crate::model::moment::EARLIEST;
use crate::model::place::{Place, Root};

/// The end of the last finished walk of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    /// Tips of every ref it walked.
    pub tips: Vec<Oid>,
    /// Where the default branch stood.
    pub default_tips: Vec<Oid>,
    /// Branches that had not landed: the tip, and where it left the default branch.
    pub pending: Vec<(Oid, Oid)>,
    /// What the refs looked like on disk; `None` when that could not be trusted.
    pub stamp: Option<Vec<u8>>,
    /// What the store held of the place then.
    pub counts: Counts,
}

/// What the store holds of one repository, as a scan reports it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Commits that another one stands for.
    pub twins: u64,
    /// Commits whose clock is not believed.
    pub undated: u64,
    /// Commits whose lines could not be read.
    pub lines_unknown: u64,
}

impl Store {
    /// Where the last finished walk of `place` stopped, if it asked the same: the same
    /// addresses, the same `since`, the same exclusions. `None` means: walk all of it.
    pub fn frontier(
        &self,
        place: &Place,
        me: &Me,
        root: &Root,
    ) -> Result<Option<Frontier>, StoreError> {
        let place = place.common_dir.as_os_str().as_encoded_bytes();
        self.read("reading where the last scan stopped", |conn| {
            let question = question(conn, &self.key, me, root)?;
            conn.prepare_cached(
                "SELECT tips, stamp, twins, undated, lines_unknown, default_tips, pending
                 FROM frontiers JOIN places ON places.id = place WHERE common_dir = ?1 AND question = ?2",
            )?
            .query_row(params![place, question], |row| {
                Ok(Frontier {
                    tips: split(row.get_ref(0)?.as_blob()?),
                    stamp: row.get(1)?,
                    counts: counts_from(row, 2)?,
                    default_tips: split(row.get_ref(5)?.as_blob()?),
                    pending: split_pairs(row.get_ref(6)?.as_blob()?),
                })
            })
            .optional()
        })
    }
}

impl Store {
    /// Whether the last finished walk of `place` left out other paths than `root` asks for: what
    /// is stored of it has to be read again.
    pub fn excluded_otherwise(&self, place: &Place, root: &Root) -> Result<bool, StoreError> {
        let exclusions = self.key.exclusions(&root.exclude);
        let place = place.common_dir.as_os_str().as_encoded_bytes();
        let last: Option<Vec<u8>> = self.read("reading what the last scan was asked", |conn| {
            conn.prepare_cached(
                "SELECT question FROM frontiers JOIN places ON places.id = place
                     WHERE common_dir = ?1",
            )?
            .query_row([place], |row| row.get(0))
            .optional()
        })?;
        Ok(last.is_some_and(|question| !question.ends_with(&exclusions)))
    }

    /// Counts anew what is stored of every place, after a scan that changed something; the
    /// result is by common folder.
    pub fn recount(&mut self, now_utc: i64) -> Result<HashMap<PathBuf, Counts>, StoreError> {
        self.write("counting", |conn| recount(conn, now_utc))
    }
}

/// Counts anew what is stored of every place.
pub(super) fn recount(
    conn: &Connection,
    now_utc: i64,
) -> rusqlite::Result<HashMap<PathBuf, Counts>> {
    let mut all = HashMap::new();
    for repo in repositories::list(conn)? {
        let counts = count(conn, repo.id, now_utc)?;
        conn.execute(
            "UPDATE frontiers SET twins = ?2, undated = ?3, lines_unknown = ?4
             WHERE place IN (SELECT id FROM places WHERE repository = ?1)",
            params![repo.id, counts.twins, counts.undated, counts.lines_unknown],
        )?;
        all.extend(repo.places.into_iter().map(|p| (p.common_dir, counts)));
    }
    Ok(all)
}

/// What the last walk of a place left in its frontier.
pub(super) fn counts(conn: &Connection, place: i64) -> rusqlite::Result<Option<Counts>> {
    conn.prepare_cached("SELECT twins, undated, lines_unknown FROM frontiers WHERE place = ?1")?
        .query_row([place], |row| counts_from(row, 0))
        .optional()
}

/// What the store holds of one repository.
pub(super) fn count(conn: &Connection, repo: RepoId, now_utc: i64) -> rusqlite::Result<Counts> {
    conn.prepare_cached(
        "SELECT count(c.twin_of), coalesce(sum(c.utc < ?2 OR c.utc > ?3), 0),
           coalesce(sum(NOT c.lines_known), 0)
         FROM sightings s JOIN commits c ON c.id = s.\"commit\" WHERE s.repository = ?1",
    )?
    .query_row((repo, EARLIEST, now_utc.saturating_add(86_400)), |row| {
        counts_from(row, 0)
    })
}

fn counts_from(row: &Row<'_>, first: usize) -> rusqlite::Result<Counts> {
    Ok(Counts {
        twins: row.get(first)?,
        undated: row.get(first + 1)?,
        lines_unknown: row.get(first + 2)?,
    })
}

/// Notes what the refs of a place look like now.
pub(super) fn restamp(conn: &Connection, place: &Place, stamp: &[u8]) -> rusqlite::Result<()> {
    if !keep::load(conn)?.hours {
        return Ok(());
    }
    conn.execute(
        "UPDATE frontiers SET stamp = ?2
         WHERE place = (SELECT id FROM places WHERE common_dir = ?1)",
        params![repositories::path_bytes(&place.common_dir), stamp],
    )?;
    Ok(())
}

/// What a walk is asked, as two keyed hashes: which commits, and which of their paths.
pub(super) fn question(
    conn: &Connection,
    key: &Key,
    me: &Me,
    root: &Root,
) -> rusqlite::Result<Vec<u8>> {
    let reflog = reflog::consent(conn)?.unwrap_or(false);
    let commits = key.question(me, root.since, (READER, reflog));
    Ok([commits, key.exclusions(&root.exclude)].concat())
}

/// Writes the end of a finished walk.
pub(super) fn write(
    conn: &Connection,
    place: i64,
    question: &[u8],
    frontier: &Frontier,
) -> rusqlite::Result<()> {
    // A stamp is made of file times.
    let stamp = frontier.stamp.as_ref();
    let hours = keep::load(conn)?.hours;
    let stamp = stamp.filter(|_| hours);
    conn.prepare_cached(
        "INSERT OR REPLACE INTO frontiers
           (place, question, tips, stamp, twins, undated, lines_unknown, default_tips, pending)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        place,
        question,
        join(&frontier.tips),
        stamp,
        frontier.counts.twins,
        frontier.counts.undated,
        frontier.counts.lines_unknown,
        join(&frontier.default_tips),
        join_pairs(&frontier.pending),
    ])?;
    Ok(())
}
