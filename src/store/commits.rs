//! Table `commits`: one row an object id, mine only.

use std::collections::HashSet;

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::{self, Bits};
use super::file_changes::Dictionary;
use super::keys::Key;
use super::{Store, StoreError};
use crate::model::commit::{CommitRecord, mark};
use crate::model::history::Source;
use crate::model::identity::Address;
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::moment::Moment;
use crate::model::text::Clean;

/// Stored number of `class` for a commit that a program helped with.
pub(super) const ASSISTED: u8 = 1;

/// Version of the reader whose facts are whole: commits of older ones are read again in place.
pub(super) const READER: u32 = 2;

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

    /// The stored commit whose object id begins with `prefix` (hexadecimal), if there is
    /// exactly one.
    pub fn commit_named(&self, prefix: &str) -> Result<Option<CommitId>, StoreError> {
        let Some((low, high)) = super::find::oid_range(prefix) else {
            return Ok(None);
        };
        self.read("looking for a commit", |conn| {
            let mut query =
                conn.prepare_cached("SELECT id FROM commits WHERE oid BETWEEN ?1 AND ?2 LIMIT 2")?;
            let found = query.query_map([low, high], |row| row.get(0))?;
            let found = found.collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(match found[..] {
                [only] => Some(only),
                _ => None,
            })
        })
    }

    /// Object ids that are stored whole: their changes need not be read again.
    pub fn known(&self) -> Result<HashSet<Oid>, StoreError> {
        self.read("listing what is stored", |conn| {
            let mut query =
                conn.prepare("SELECT oid FROM commits WHERE lines_known AND reader = ?1")?;
            query.query_map([READER], |row| row.get(0))?.collect()
        })
    }

    /// How many commits are stored.
    pub fn commit_count(&self) -> Result<u64, StoreError> {
        self.read("counting commits", |conn| {
            conn.query_row("SELECT count(*) FROM commits", [], |row| row.get(0))
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

/// What a commit is written with beside its own facts.
pub(super) struct Context<'a> {
    pub(super) key: &'a Key,
    pub(super) author: i64,
    pub(super) home: RepoId,
    /// Write the facts of a commit again that is stored whole already.
    pub(super) replace: bool,
}

/// What became of a commit.
pub(super) enum Put {
    /// It is new.
    Added(CommitId),
    /// It was there and its facts were written again.
    Replaced(CommitId),
    /// It was there, whole.
    Kept,
}

/// Writes a commit and its files.
pub(super) fn put(
    conn: &Connection,
    record: &CommitRecord,
    context: &Context<'_>,
    dictionary: &mut Dictionary,
) -> rusqlite::Result<Put> {
    let added: Option<CommitId> = conn
        .prepare_cached(
            "INSERT INTO commits (oid, author, utc, offset_min, committed_utc, summary, merge,
               class, lines_known, change_key, home, patch, marks, reader)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (oid) DO NOTHING RETURNING id",
        )?
        .query_row(
            params![
                record.oid,
                context.author,
                record.authored.utc,
                record.authored.offset_min,
                record.committed_utc,
                record.summary,
                record.merge,
                record.assisted.then_some(ASSISTED),
                record.lines_known,
                context
                    .key
                    .change(record.authored.utc, record.summary.as_str()),
                context.home,
                record.patch.map(|patch| context.key.patch(patch)),
                record.marks,
                READER,
            ],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = added {
        dictionary.write(conn, id, &record.files)?;
        mention(conn, id, &record.mentions)?;
        return Ok(Put::Added(id));
    }
    replace(conn, record, context, dictionary)
}

/// Writes the task keys that a commit's message names.
fn mention(conn: &Connection, id: CommitId, tokens: &[Clean]) -> rusqlite::Result<()> {
    for token in tokens {
        conn.prepare_cached("INSERT OR IGNORE INTO mentions (\"commit\", token) VALUES (?1, ?2)")?
            .execute(params![id, token])?;
    }
    Ok(())
}

/// Writes the facts of a stored commit again: when asked, when its lines were not known, or when
/// an older reader read it.
fn replace(
    conn: &Connection,
    record: &CommitRecord,
    context: &Context<'_>,
    dictionary: &mut Dictionary,
) -> rusqlite::Result<Put> {
    let changed: Option<CommitId> = conn
        .prepare_cached(
            "UPDATE commits SET author = ?2, class = ?3, lines_known = ?4, patch = ?6,
               marks = ?7 | (marks & ?8), reader = ?9
             WHERE oid = ?1 AND ?4 >= lines_known AND (?5 OR ?4 > lines_known OR reader < ?9)
             RETURNING id",
        )?
        .query_row(
            params![
                record.oid,
                context.author,
                record.assisted.then_some(ASSISTED),
                record.lines_known,
                context.replace,
                record.patch.map(|patch| context.key.patch(patch)),
                record.marks,
                mark::IGNORED,
                READER,
            ],
            |row| row.get(0),
        )
        .optional()?;
    let Some(id) = changed else {
        return Ok(Put::Kept);
    };
    conn.prepare_cached("DELETE FROM file_changes WHERE \"commit\" = ?1")?
        .execute([id])?;
    conn.prepare_cached("DELETE FROM mentions WHERE \"commit\" = ?1")?
        .execute([id])?;
    mention(conn, id, &record.mentions)?;
    dictionary.write(conn, id, &record.files)?;
    Ok(Put::Replaced(id))
}
