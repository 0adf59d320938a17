//! Table `commits`: one row an object id, mine only.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::file_changes::Dictionary;
use super::keep::door;
use super::keys::Key;
use super::{Store, StoreError, columns};
use crate::model::commit::{CommitRecord, Mention, mark};
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::keep::Keep;

/// Stored number of `class` for a commit that a program helped with.
pub(super) const ASSISTED: u8 = 1;

/// Version of the reader whose facts are whole: commits of older ones are read again in place.
pub(super) const READER: u32 = 3;

impl Store {
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

/// What a commit is written with beside its own facts.
pub(super) struct Context<'a> {
    pub(super) key: &'a Key,
    pub(super) author: i64,
    pub(super) home: RepoId,
    /// Write the facts of a commit again that is stored whole already.
    pub(super) replace: bool,
    /// What may be kept.
    pub(super) keep: &'a Keep,
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
    // A change is recognised by what it was, whatever of it is kept.
    let change = (record.authored.utc, record.summary.as_str());
    let told = change;
    let change = context.key.change(change.0, change.1);
    for other in context.key.others() {
        // Copies that came with another store are known by its hashes until the change is met here.
        take_in(conn, "change_key", (other.change(told.0, told.1), change))?;
        if let Some(patch) = record.patch {
            take_in(
                conn,
                "patch",
                (other.patch(patch), context.key.patch(patch)),
            )?;
        }
    }
    let record = &*door::commit(context.keep, record);
    let added = conn
        .prepare_cached(
            "INSERT INTO commits (oid, author, utc, offset_min, committed_utc, summary, merge,
               class, lines_known, change_key, home, patch, marks, reader)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (oid) DO NOTHING",
        )?
        .execute(params![
            record.oid,
            context.author,
            record.authored.utc,
            record.authored.offset_min,
            record.committed_utc,
            record.summary,
            record.merge,
            record.assisted.then_some(ASSISTED),
            record.lines_known,
            change,
            context.home,
            record.patch.map(|patch| context.key.patch(patch)),
            record.marks,
            READER,
        ])?;
    if added > 0 {
        let id = commit_id(conn.last_insert_rowid())?;
        dictionary.write(conn, id, &record.files)?;
        mention(conn, id, &record.mentions)?;
        return Ok(Put::Added(id));
    }
    replace(conn, record, context, dictionary)
}

fn commit_id(row: i64) -> rusqlite::Result<CommitId> {
    let id = u32::try_from(row).map(CommitId);
    id.or(Err(rusqlite::Error::IntegralValueOutOfRange(0, row)))
}

/// Gives commits that another store knew by one hash the one by which this store knows them; their
/// copies are judged again. The name is ours, not input.
fn take_in(conn: &Connection, column: &str, (from, to): (i64, i64)) -> rusqlite::Result<()> {
    let mut query = conn.prepare_cached(&format!("SELECT id FROM commits WHERE {column} = ?1"))?;
    let known = query.query_map([from], |row| row.get(0))?;
    for id in known.collect::<rusqlite::Result<Vec<CommitId>>>()? {
        let sql = format!("UPDATE commits SET {column} = ?2 WHERE id = ?1");
        conn.prepare_cached(&sql)?.execute((id, to))?;
        columns::mark_stale_commit(conn, id)?;
    }
    Ok(())
}

/// Writes the task keys that a commit's message names.
fn mention(conn: &Connection, id: CommitId, named: &[Mention]) -> rusqlite::Result<()> {
    for Mention { token, how } in named {
        conn.prepare_cached(
            "INSERT OR IGNORE INTO mentions (\"commit\", token, rule) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![id, token, *how as u8])?;
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
               marks = ?7 | (marks & ?8), reader = ?9, utc = ?10, offset_min = ?11,
               committed_utc = ?12, summary = ?13
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
                record.authored.utc,
                record.authored.offset_min,
                record.committed_utc,
                record.summary,
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
