//! All that is told of one commit, without the numbers of rows, so that two stores can be compared.

use rusqlite::{Connection, params};

use crate::model::commit::mark;
use crate::model::ids::{CommitId, Oid, RepoId};

/// One changed file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct File {
    path: Vec<u8>,
    old_path: Option<Vec<u8>>,
    lines: Option<(i64, i64)>,
    language: Option<String>,
    category: u8,
}

/// What a store tells of a commit. The order decides of two that differ: fewer files are taken, since
/// what either side leaves out stays out, and what comes first else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    /// An older reader comes later.
    reader: std::cmp::Reverse<u32>,
    lines_known: std::cmp::Reverse<bool>,
    number_of_files: usize,
    files: Vec<File>,
    author: String,
    utc: i64,
    offset_min: i64,
    committed_utc: i64,
    summary: String,
    merge: bool,
    class: Option<u8>,
    marks: u8,
    /// Token, and how it stands in the message.
    mentions: Vec<(String, u8)>,
}

/// A row of `commits`.
pub(super) struct Row {
    pub(super) id: CommitId,
    pub(super) oid: Oid,
    pub(super) author: i64,
    pub(super) home: RepoId,
    pub(super) change: i64,
    pub(super) patch: Option<i64>,
    pub(super) reverts: Option<Oid>,
    pub(super) told: Told,
}

/// What every reading of a row selects, in this order.
const COLUMNS: &str = "c.id, c.oid, c.author, c.home, c.change_key, c.patch, c.reverts, c.reader,
   c.lines_known, i.value, c.utc, c.offset_min, c.committed_utc, c.summary, c.merge, c.class, c.marks";

impl Row {
    /// The commit of this object id.
    pub(super) fn of(conn: &Connection, oid: Oid) -> rusqlite::Result<Option<Self>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM commits c JOIN identities i ON i.id = c.author WHERE c.oid = ?1"
        );
        let mut query = conn.prepare_cached(&sql)?;
        let mut rows = query.query([oid])?;
        let row = rows.next()?;
        row.map(|row| Self::read(conn, row)).transpose()
    }

    /// Every commit, in the order in which they were stored.
    pub(super) fn each(
        conn: &Connection,
        mut deed: impl FnMut(Self) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT {COLUMNS} FROM commits c JOIN identities i ON i.id = c.author ORDER BY c.id"
        );
        let mut query = conn.prepare(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            deed(Self::read(conn, row)?)?;
        }
        Ok(())
    }

    fn read(conn: &Connection, row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let id: CommitId = row.get(0)?;
        let files = files(conn, id)?;
        let marks: u8 = row.get(16)?;
        Ok(Self {
            id,
            oid: row.get(1)?,
            author: row.get(2)?,
            home: row.get(3)?,
            change: row.get(4)?,
            patch: row.get(5)?,
            reverts: row.get(6)?,
            told: Told {
                reader: std::cmp::Reverse(row.get(7)?),
                lines_known: std::cmp::Reverse(row.get(8)?),
                number_of_files: files.len(),
                files,
                author: row.get(9)?,
                utc: row.get(10)?,
                offset_min: row.get(11)?,
                committed_utc: row.get(12)?,
                summary: row.get(13)?,
                merge: row.get(14)?,
                class: row.get(15)?,
                // What a list of the repository says is told by its sightings.
                marks: marks & !mark::IGNORED,
                mentions: mentions(conn, id)?,
            },
        })
    }
}

fn files(conn: &Connection, id: CommitId) -> rusqlite::Result<Vec<File>> {
    let mut query = conn.prepare_cached(
        "SELECT p.bytes, o.bytes, f.added, f.deleted, l.name, f.category FROM file_changes f
         JOIN paths p ON p.id = f.path LEFT JOIN paths o ON o.id = f.old_path
         LEFT JOIN languages l ON l.id = f.language
         WHERE f.\"commit\" = ?1 ORDER BY p.bytes",
    )?;
    let rows = query.query_map([id], |row| {
        let (added, deleted): (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
        Ok(File {
            path: row.get(0)?,
            old_path: row.get(1)?,
            lines: added.zip(deleted),
            language: row.get(4)?,
            category: row.get(5)?,
        })
    })?;
    rows.collect()
}

fn mentions(conn: &Connection, id: CommitId) -> rusqlite::Result<Vec<(String, u8)>> {
    let mut query = conn
        .prepare_cached("SELECT token, rule FROM mentions WHERE \"commit\" = ?1 ORDER BY token")?;
    let rows = query.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

impl Told {
    /// Recognises changes by what they were: author time and summary.
    pub(super) fn change(&self) -> (i64, &str) {
        (self.utc, &self.summary)
    }

    /// Writes a commit that was not here; its row.
    pub(super) fn add(
        &self,
        conn: &Connection,
        (oid, author, home): (Oid, i64, RepoId),
        (change, patch): (i64, Option<i64>),
    ) -> rusqlite::Result<CommitId> {
        let id: CommitId = conn
            .prepare_cached(
                "INSERT INTO commits (oid, author, utc, offset_min, committed_utc, summary, merge,
                   class, lines_known, change_key, home, patch, marks, reader)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) RETURNING id",
            )?
            .query_row(
                params![
                    oid,
                    author,
                    self.utc,
                    self.offset_min,
                    self.committed_utc,
                    self.summary,
                    self.merge,
                    self.class,
                    self.lines_known.0,
                    change,
                    home,
                    patch,
                    self.marks,
                    self.reader.0,
                ],
                |row| row.get(0),
            )?;
        self.write_parts(conn, id)?;
        Ok(id)
    }

    /// Writes it in the place of what is told of the commit here.
    pub(super) fn replace(
        &self,
        conn: &Connection,
        (id, author): (CommitId, i64),
        (change, patch): (i64, Option<i64>),
    ) -> rusqlite::Result<()> {
        conn.prepare_cached(
            "UPDATE commits SET author = ?2, utc = ?3, offset_min = ?4, committed_utc = ?5,
               summary = ?6, merge = ?7, class = ?8, lines_known = ?9, change_key = ?10,
               patch = ?11, marks = ?12 | (marks & ?13), reader = ?14 WHERE id = ?1",
        )?
        .execute(params![
            id,
            author,
            self.utc,
            self.offset_min,
            self.committed_utc,
            self.summary,
            self.merge,
            self.class,
            self.lines_known.0,
            change,
            patch,
            self.marks,
            mark::IGNORED,
            self.reader.0,
        ])?;
        for sql in [
            "DELETE FROM file_changes WHERE \"commit\" = ?1",
            "DELETE FROM mentions WHERE \"commit\" = ?1",
        ] {
            conn.prepare_cached(sql)?.execute([id])?;
        }
        self.write_parts(conn, id)
    }

    fn write_parts(&self, conn: &Connection, id: CommitId) -> rusqlite::Result<()> {
        let mut insert = conn.prepare_cached(
            "INSERT INTO file_changes (\"commit\", path, old_path, added, deleted, language, category)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for file in &self.files {
            let old = file.old_path.as_ref();
            let old = old.map(|old| word(conn, Word::Path, old)).transpose()?;
            let language = file.language.as_ref();
            let language = language
                .map(|name| word(conn, Word::Language, name))
                .transpose()?;
            insert.execute(params![
                id,
                word(conn, Word::Path, &file.path)?,
                old,
                file.lines.map(|lines| lines.0),
                file.lines.map(|lines| lines.1),
                language.unwrap_or(0),
                file.category,
            ])?;
        }
        for (token, rule) in &self.mentions {
            conn.prepare_cached(
                "INSERT OR IGNORE INTO mentions (\"commit\", token, rule) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![id, token, rule])?;
        }
        Ok(())
    }
}

/// A dictionary.
#[derive(Clone, Copy)]
enum Word {
    Path,
    Language,
}

/// The number of a word, written if it is new.
fn word(conn: &Connection, of: Word, word: &dyn rusqlite::ToSql) -> rusqlite::Result<i64> {
    let (find, add) = match of {
        Word::Path => (
            "SELECT id FROM paths WHERE bytes = ?1",
            "INSERT INTO paths (bytes) VALUES (?1) RETURNING id",
        ),
        Word::Language => (
            "SELECT id FROM languages WHERE name = ?1",
            "INSERT INTO languages (name) VALUES (?1) RETURNING id",
        ),
    };
    match super::number(conn, find, [word])? {
        Some(id) => Ok(id),
        None => conn
            .prepare_cached(add)?
            .query_row([word], |row| row.get(0)),
    }
}
