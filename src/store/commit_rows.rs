//! A stored commit with all that lists and its own page show of it.

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Row};

use super::columns::{self, Bits};
use super::commits::ASSISTED;
use super::{Store, StoreError};
use crate::model::commit::mark;
use crate::model::history::Source;
use crate::model::identity::Address;
use crate::model::ids::{CommitId, Oid};
use crate::model::moment::Moment;
use crate::model::text::Clean;

/// A stored commit, as lists and the commit page show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitRow {
    /// Its row.
    pub id: CommitId,
    /// The object id.
    pub oid: Oid,
    /// Which of my addresses wrote it.
    pub author: Address,
    /// Author date with the author's own offset.
    pub authored: Moment,
    /// Committer time, UTC seconds.
    pub committed_utc: i64,
    /// First paragraph of the message on one line.
    pub summary: Clean,
    /// Two or more parents.
    pub merge: bool,
    /// A program helped, as trailers say.
    pub assisted: bool,
    /// False when the lines could not be read.
    pub lines_known: bool,
    /// The commit that stands for the same change.
    pub twin_of: Option<Oid>,
    /// The squash that landed it.
    pub squashed_by: Option<Oid>,
    /// The stored commits that it holds as a squash, the oldest first.
    pub squash_of: Vec<Oid>,
    /// The commit of mine that it takes back.
    pub reverts: Option<Oid>,
    /// The commits of mine that take it back, the oldest first.
    pub reverted_by: Vec<Oid>,
    /// Task keys and numbers that its message names, sorted.
    pub mentions: Vec<Clean>,
    /// A set of [`mark`] bits.
    pub marks: u8,
    /// A set of [`flag`](crate::model::dataset::flag) bits, as in the dataset.
    pub flags: u16,
    /// The branch it was made on, in the first repository that knows.
    pub branch: Option<Clean>,
    /// What leads to it: the best source of any repository.
    pub source: Source,
    /// Names of the repositories that hold it, the first one first.
    pub repos: Vec<Clean>,
    /// How many files it changed.
    pub files: u32,
    /// Lines added, binary files aside.
    pub added: u64,
    /// Lines deleted, binary files aside.
    pub deleted: u64,
}

impl Store {
    /// The stored commits with these ids, in this order; unknown ids are left out.
    pub fn commit_rows(&self, ids: &[CommitId]) -> Result<Vec<CommitRow>, StoreError> {
        self.read("reading commits", |conn| {
            let rows = ids.iter().map(|id| one(conn, *id));
            rows.filter_map(Result::transpose).collect()
        })
    }
}

fn one(conn: &Connection, id: CommitId) -> rusqlite::Result<Option<CommitRow>> {
    let found = conn
        .prepare_cached(
            "SELECT c.id, c.oid, i.value, c.utc, c.offset_min, c.committed_utc, c.summary,
               c.merge, c.class, c.lines_known, t.oid, c.squashed_by, c.reverts, c.marks, c.fate,
               EXISTS (SELECT 1 FROM sightings s
                 WHERE s.\"commit\" = c.id AND s.on_default_branch = 1)
             FROM commits c JOIN identities i ON i.id = c.author
             LEFT JOIN commits t ON t.id = c.twin_of WHERE c.id = ?1",
        )?
        .query_row([id], from_row)
        .optional()?;
    let Some(mut commit) = found else {
        return Ok(None);
    };
    let mut seen = conn.prepare_cached(
        "SELECT r.name, b.name, s.source FROM sightings s
         JOIN repositories r ON r.id = s.repository LEFT JOIN branches b ON b.id = s.branch
         JOIN commits c ON c.id = s.\"commit\" WHERE c.id = ?1 ORDER BY r.id <> c.home, r.id",
    )?;
    let mut rows = seen.query([id])?;
    let mut best = None;
    while let Some(row) = rows.next()? {
        commit.repos.push(row.get(0)?);
        commit.branch = commit.branch.take().or(row.get(1)?);
        let source = Source::from_number(row.get(2)?).unwrap_or_default();
        best = Some(best.map_or(source, |best: Source| best.min(source)));
    }
    commit.source = best.unwrap_or_default();
    commit.squash_of = column(
        conn,
        "SELECT m.oid FROM swallowed s JOIN commits m ON m.id = s.\"commit\"
         WHERE s.squash = (SELECT oid FROM commits WHERE id = ?1) ORDER BY m.utc, m.oid",
        id,
    )?;
    commit.reverted_by = column(
        conn,
        "SELECT oid FROM commits WHERE reverts = (SELECT oid FROM commits WHERE id = ?1)
         ORDER BY utc, oid",
        id,
    )?;
    commit.mentions = column(
        conn,
        "SELECT token FROM mentions WHERE \"commit\" = ?1 ORDER BY token",
        id,
    )?;
    (commit.files, commit.added, commit.deleted) = conn
        .prepare_cached(
            "SELECT count(*), coalesce(sum(added), 0), coalesce(sum(deleted), 0)
             FROM file_changes WHERE \"commit\" = ?1",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(Some(commit))
}

/// One column of what belongs to a commit.
fn column<T: FromSql>(conn: &Connection, sql: &str, id: CommitId) -> rusqlite::Result<Vec<T>> {
    let mut query = conn.prepare_cached(sql)?;
    query.query_map([id], |row| row.get(0))?.collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CommitRow> {
    let (merge, twin_of) = (row.get(7)?, row.get(10)?);
    let assisted = row.get::<_, Option<u8>>(8)? == Some(ASSISTED);
    let (lines_known, marks) = (row.get(9)?, row.get(13)?);
    let flags = columns::flags(&Bits {
        merge,
        twin: Option::is_some(&twin_of),
        lines_known,
        assisted,
        fate: row.get(14)?,
        marks,
        on_default: row.get(15)?,
        work_type: mark::work_type(row.get_ref(6)?.as_str()?, row.get(13)?),
    });
    Ok(CommitRow {
        id: row.get(0)?,
        oid: row.get(1)?,
        author: row.get(2)?,
        authored: Moment {
            utc: row.get(3)?,
            offset_min: row.get(4)?,
        },
        committed_utc: row.get(5)?,
        summary: row.get(6)?,
        merge,
        assisted,
        lines_known,
        twin_of,
        squashed_by: row.get(11)?,
        squash_of: Vec::new(),
        reverts: row.get(12)?,
        reverted_by: Vec::new(),
        mentions: Vec::new(),
        marks,
        flags,
        branch: None,
        source: Source::Ref,
        repos: Vec::new(),
        files: 0,
        added: 0,
        deleted: 0,
    })
}
