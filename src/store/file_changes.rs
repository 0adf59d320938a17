//! Tables `file_changes` and `paths`: the files of each commit.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::languages::Languages;
use super::{Store, StoreError};
use crate::model::commit::{Category, FileChange, Lines};
use crate::model::ids::CommitId;
use crate::model::text::{Clean, RawPath};

/// One changed file of a stored commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Path after the change (before it, for a deletion).
    pub path: RawPath,
    /// Path before a rename.
    pub old_path: Option<RawPath>,
    /// Added and deleted lines; `None` for a binary file.
    pub lines: Option<Lines>,
    /// What kind of file.
    pub category: Category,
    /// Its language, if one is known.
    pub language: Option<Clean>,
}

impl Store {
    /// The files of a commit, by path.
    pub fn files_of(&self, commit: CommitId) -> Result<Vec<FileRow>, StoreError> {
        self.read("reading a commit's files", |conn| {
            let mut rows = Vec::new();
            each_of(conn, commit, &mut |row| {
                rows.push(row);
                Ok(())
            })?;
            Ok(rows)
        })
    }
}

/// Visits the files of a commit by path.
pub(super) fn each_of(
    conn: &Connection,
    commit: CommitId,
    visit: &mut dyn FnMut(FileRow) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut query = conn.prepare_cached(
        "SELECT new.bytes, old.bytes, f.added, f.deleted, f.category, l.name
         FROM file_changes f JOIN paths new ON new.id = f.path
         LEFT JOIN paths old ON old.id = f.old_path
         LEFT JOIN languages l ON l.id = f.language
         WHERE f.\"commit\" = ?1 ORDER BY new.bytes",
    )?;
    let mut rows = query.query([commit])?;
    while let Some(row) = rows.next()? {
        let (added, deleted): (Option<u32>, Option<u32>) = (row.get(2)?, row.get(3)?);
        visit(FileRow {
            path: row.get(0)?,
            old_path: row.get(1)?,
            lines: added
                .zip(deleted)
                .map(|(added, deleted)| Lines { added, deleted }),
            category: row.get(4)?,
            language: row.get(5)?,
        })?;
    }
    Ok(())
}

/// Dictionary entries already looked up, for one writer.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    paths: HashMap<RawPath, i64>,
    languages: Languages,
}

/// Beyond so many paths the map starts again: it saves look-ups, it need not be complete.
const MOST_PATHS: usize = 100_000;

impl Dictionary {
    fn path(&mut self, conn: &Connection, path: &RawPath) -> rusqlite::Result<i64> {
        if let Some(id) = self.paths.get(path) {
            return Ok(*id);
        }
        let new = conn
            .prepare_cached("INSERT OR IGNORE INTO paths (bytes) VALUES (?1)")?
            .execute([path])?;
        let id = if new == 1 {
            conn.last_insert_rowid()
        } else {
            conn.prepare_cached("SELECT id FROM paths WHERE bytes = ?1")?
                .query_row([path], |row| row.get(0))?
        };
        if self.paths.len() >= MOST_PATHS {
            self.paths.clear();
        }
        self.paths.insert(path.clone(), id);
        Ok(id)
    }

    /// Writes the files of a commit that has none yet. A path listed twice (a file that became
    /// a link, say) is one row with both counts.
    pub(super) fn write(
        &mut self,
        conn: &Connection,
        commit: CommitId,
        files: &[FileChange],
    ) -> rusqlite::Result<()> {
        let mut insert = conn.prepare_cached(
            "INSERT INTO file_changes
               (\"commit\", path, old_path, added, deleted, language, category)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET
               added = added + excluded.added, deleted = deleted + excluded.deleted",
        )?;
        for file in files {
            let path = self.path(conn, &file.path)?;
            let old = match &file.old_path {
                Some(old) => Some(self.path(conn, old)?),
                None => None,
            };
            let language = self.languages.id(conn, file.language)?;
            insert.execute(params![
                commit,
                path,
                old,
                file.lines.map(|lines| lines.added),
                file.lines.map(|lines| lines.deleted),
                language,
                file.category,
            ])?;
        }
        Ok(())
    }
}
