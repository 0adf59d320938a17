//! Table `imports`: which export files were taken. Each is one transaction, and can be undone.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::barred::key_of;
use super::error::unfit;
use super::import_writer::ImportWriter;
use super::keys::Key;
use super::sealed::When;
use super::subjects::{self, Settled};
use super::tombstones::{self, Kind};
use super::{Store, StoreError, audit, keep, linking};
use crate::model::text::Clean;

/// Key of the answer on times without a zone in `meta`.
const ZONE: &str = "import_zone";

/// An export file about to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// The format it was read as, e.g. `jira-csv`.
    pub format: String,
    /// The tracker it comes from, e.g. `jira`.
    pub source: String,
    /// The file's name without its folder.
    pub name: Clean,
    /// Hash of its bytes and of the options they were read with; stored as a keyed hash only.
    pub digest: [u8; 32],
    /// The zone in which its times without one were read.
    pub zone: String,
    /// When the file was last written, UTC seconds; `None` for a pipe.
    pub modified: Option<i64>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Its number, for `--undo`; of a dry run the one it would have had.
    pub id: u64,
    /// The same file was imported before, read in the same way.
    pub again: bool,
    /// Tasks, loose time entries and given reviews that were not there before.
    pub added: u64,
    /// Those that show something else now.
    pub updated: u64,
    /// Those that show what they showed before.
    pub unchanged: u64,
    /// Time entries in the file.
    pub entries: u64,
    /// Exact moves in the file.
    pub transitions: u64,
    /// Records of mine left out because they were forgotten.
    pub forgotten: u64,
}

/// An import as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number, for `--undo`.
    pub id: u64,
    /// The day it was taken, days from 1970-01-01.
    pub day: i32,
    /// The format it was read as.
    pub format: Clean,
    /// The tracker it comes from.
    pub source: Clean,
    /// The file's name.
    pub name: Clean,
    /// The zone in which its times without one were read.
    pub zone: Clean,
    /// When the file was last written, UTC seconds; `None` for a pipe.
    pub modified: Option<i64>,
    /// Records in the file.
    pub records: u64,
    /// Records of mine.
    pub mine: u64,
    /// Records of others, not stored.
    pub not_mine: u64,
    /// Records that could not be read.
    pub rejected: u64,
}

/// What undoing an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Tasks, loose time entries and given reviews that are gone.
    pub removed: u64,
    /// Those that show something else now.
    pub changed: u64,
}

impl Store {
    /// Imports what `feed` hands out, in one transaction: all of it is kept, or nothing. An error
    /// of `feed` (the inner one) keeps nothing, and neither does a dry run (`keep` = false), whose
    /// counts are those of the real one. A file that is known already changes nothing.
    pub fn import<E>(
        &mut self,
        import: &NewImport,
        keep: bool,
        feed: impl FnOnce(&mut ImportWriter<'_>) -> Result<(), E>,
    ) -> Result<Result<Imported, E>, StoreError> {
        let (key, today, again_asked) = (self.key.clone(), self.today, self.again_asked);
        if let Some(what) = self.read("reading what was forgotten", |conn| {
            bars(conn, &key, import)
        })? {
            if !again_asked {
                return Err(StoreError::Forgotten { what });
            }
            if keep {
                self.write("lifting a tombstone", |conn| lift(conn, &key, import))?;
            }
        }
        self.transact("importing", When::Now, |conn| {
            let (id, again, is_newer) = begin(conn, (&key, today), import)?;
            let file = (import.format.as_str(), import.modified);
            let mut writer =
                ImportWriter::new((conn, &key), (id, is_newer), file, (again_asked, today))?;
            writer.again = again;
            let told = feed(&mut writer);
            if let Some(error) = writer.failed.take() {
                return Err(error);
            }
            if let Err(error) = told {
                return Ok((false, Err(error)));
            }
            let imported = end(writer, (id, again), today)?;
            Ok((keep, Ok(imported)))
        })
    }

    /// The imports, oldest first.
    pub fn imports(&self) -> Result<Vec<ImportRow>, StoreError> {
        self.read("listing imports", list)
    }

    /// Takes an import back as a whole: what other imports show too stays. `None` when there is
    /// no such import.
    pub fn undo_import(&mut self, id: u64) -> Result<Option<Undone>, StoreError> {
        let (key, day) = (self.key.clone(), self.today);
        self.write("undoing an import", |conn| {
            let subjects = subjects_of(conn, id)?;
            if conn.execute("DELETE FROM imports WHERE id = ?1", [id])? == 0 {
                return Ok(None);
            }
            conn.execute("DELETE FROM task_seen WHERE import = ?1", [id])?;
            let undone = release(conn, &key, &subjects)?;
            linking::settle_all(conn, &key)?;
            let entry = audit::Entry {
                day,
                action: audit::Action::ImportUndo,
                object: &format!("import {id}"),
                n: undone.removed + undone.changed,
            };
            audit::append(conn, &key, &entry)?;
            Ok(Some(undone))
        })
    }

    /// The stored answer on which zone times without one are read in; `None` before it is given.
    pub fn import_zone(&self) -> Result<Option<String>, StoreError> {
        self.read("reading your answer on times without a zone", |conn| {
            let zone: Option<Vec<u8>> = conn
                .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
                .query_row([ZONE], |row| row.get(0))
                .optional()?;
            Ok(zone.and_then(|zone| String::from_utf8(zone).ok()))
        })
    }

    /// Stores the answer on which zone times without one are read in, e.g. `Europe/Berlin`.
    pub fn set_import_zone(&mut self, zone: &str) -> Result<(), StoreError> {
        self.write("noting your answer on times without a zone", |conn| {
            conn.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
                params![ZONE, zone.as_bytes()],
            )?;
            Ok(())
        })
    }
}

impl Store {
    /// Whether anything came from a tracker of this name, in any case.
    pub fn knows_source(&self, source: &str) -> Result<bool, StoreError> {
        self.read("looking for a tracker", |conn| {
            conn.prepare_cached(
                "SELECT 1 FROM imports WHERE source = ?1 COLLATE NOCASE
                 UNION ALL SELECT 1 FROM accounts WHERE source = ?1 COLLATE NOCASE
                 UNION ALL SELECT 1 FROM tasks WHERE source = ?1 COLLATE NOCASE",
            )?
            .exists([source.trim()])
        })
    }

    /// From now on imports bring back what was forgotten, or (false) leave it out.
    pub fn bring_back(&mut self, again_asked: bool) {
        self.again_asked = again_asked;
    }
}

/// Why nothing of a file is taken, if it was forgotten with its tracker or by itself.
fn bars(
    conn: &Connection,
    key: &Key,
    import: &NewImport,
) -> rusqlite::Result<Option<&'static str>> {
    let source = key_of(&import.source);
    if tombstones::is_buried(conn, key, Kind::Source, source.as_bytes())? {
        return Ok(Some("what this tracker said"));
    }
    for one in key.all() {
        let digest = one.digest(&import.digest);
        if tombstones::is_buried(conn, key, Kind::Import, &digest)? {
            return Ok(Some("what this file said"));
        }
    }
    Ok(None)
}

fn lift(conn: &Connection, key: &Key, import: &NewImport) -> rusqlite::Result<()> {
    let source = key_of(&import.source);
    tombstones::dig_up(conn, key, Kind::Source, source.as_bytes())?;
    for one in key.all() {
        tombstones::dig_up(conn, key, Kind::Import, &one.digest(&import.digest))?;
    }
    Ok(())
}

/// The row of the import, whether it was there already, and whether as an older file.
fn begin(
    conn: &Connection,
    (key, today): (&Key, i32),
    import: &NewImport,
) -> rusqlite::Result<(u64, bool, bool)> {
    let hours = keep::load(conn)?.hours;
    let modified = import.modified;
    let modified = modified.map(|utc| if hours { utc } else { keep::door::floor(utc) });
    let digest = key.digest(&import.digest);
    let mut known: Option<(u64, Option<i64>)> = None;
    for one in key.all() {
        // The same file may have come with another store.
        known = known.or(conn
            .prepare_cached("SELECT id, modified FROM imports WHERE digest = ?1")?
            .query_row([one.digest(&import.digest)], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?);
    }
    let newest = modified;
    if let Some((id, modified)) = known {
        // Of two copies of one file the newer time counts, in whatever order they come.
        let is_newer = newest > modified;
        if is_newer {
            conn.execute(
                "UPDATE imports SET modified = ?2 WHERE id = ?1",
                params![id, newest],
            )?;
        }
        return Ok((id, true, is_newer));
    }
    let id = u64::try_from(next_id(conn)?).map_err(|_large| unfit("number of an import"))?;
    conn.prepare_cached(
        "INSERT INTO imports (id, day, format, source, name, digest, zone, modified, records,
           mine, not_mine, rejected)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, 0)",
    )?
    .execute(params![
        id,
        today,
        Clean::label(import.format.as_bytes()),
        Clean::label(import.source.as_bytes()),
        import.name,
        digest,
        Clean::label(import.zone.as_bytes()),
        modified,
    ])?;
    Ok((id, false, false))
}

/// The number of the next import: one is never given twice, so that an old one cannot undo a new import.
pub(super) fn next_id(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row(
        "SELECT 1 + max(coalesce((SELECT max(id) FROM imports), 0), coalesce((SELECT
           max(CAST(substr(object, 8) AS INTEGER)) FROM audit WHERE action = 'import'), 0))",
        [],
        |row| row.get(0),
    )
}

/// Settles what the file changed and writes what it was.
fn end(
    mut writer: ImportWriter<'_>,
    (id, again): (u64, bool),
    day: i32,
) -> rusqlite::Result<Imported> {
    let (conn, key) = (writer.conn, writer.key);
    let mut dropped = Undone::default();
    if again {
        let gone = unsee(conn, id, &writer.fed)?;
        dropped = release(conn, key, &gone)?;
    }
    let [added, updated, unchanged] = writer.settle()?;
    // What a new reading of the file took back changed too, though it was settled before.
    let updated = updated + dropped.changed.min(unchanged);
    let unchanged = unchanged.saturating_sub(dropped.changed);
    if !again || added + updated + dropped.removed > 0 {
        linking::settle_all(conn, key)?;
    }
    let [records, mine, not_mine, rejected] = writer.counts;
    conn.execute(
        "UPDATE imports SET records = ?2, mine = ?3, not_mine = ?4, rejected = ?5 WHERE id = ?1",
        params![id, records, mine, not_mine, rejected],
    )?;
    let n = added + updated + dropped.removed;
    if !again || n > 0 {
        let entry = audit::Entry {
            day,
            action: audit::Action::Import,
            object: &format!("import {id}"),
            n,
        };
        audit::append(conn, key, &entry)?;
    }
    Ok(Imported {
        id,
        again,
        added,
        updated,
        unchanged,
        entries: writer.entries,
        transitions: writer.transitions,
        forgotten: writer.forgotten,
    })
}

/// Takes from an import what a new reading of the same file no longer finds (who I am may have
/// changed, or the reader has); the subjects concerned.
fn unsee(conn: &Connection, id: u64, fed: &HashSet<i64>) -> rusqlite::Result<BTreeSet<i64>> {
    let mut query = conn.prepare(
        "SELECT o.id, o.subject FROM task_seen s JOIN observations o ON o.id = s.observation
         WHERE s.import = ?1",
    )?;
    let rows = query.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut subjects = BTreeSet::new();
    for row in rows.collect::<rusqlite::Result<Vec<(i64, i64)>>>()? {
        if !fed.contains(&row.0) {
            conn.prepare_cached("DELETE FROM task_seen WHERE import = ?1 AND observation = ?2")?
                .execute(params![id, row.0])?;
            subjects.insert(row.1);
        }
    }
    Ok(subjects)
}

fn subjects_of(conn: &Connection, id: u64) -> rusqlite::Result<BTreeSet<i64>> {
    let mut query = conn.prepare(
        "SELECT o.subject FROM task_seen s JOIN observations o ON o.id = s.observation
         WHERE s.import = ?1",
    )?;
    query.query_map([id], |row| row.get(0))?.collect()
}

/// Settles subjects that an import no longer shows.
pub(super) fn release(
    conn: &Connection,
    key: &Key,
    from: &BTreeSet<i64>,
) -> rusqlite::Result<Undone> {
    let mut undone = Undone::default();
    for subject in from {
        let left = subjects::regroup(conn, *subject)?;
        undone.removed += u64::from(left.is_empty());
        for subject in left {
            let settled = subjects::settle(conn, key, subject)?;
            undone.changed += u64::from(settled == Settled::Changed);
        }
    }
    Ok(undone)
}

pub(super) fn list(conn: &Connection) -> rusqlite::Result<Vec<ImportRow>> {
    let mut query = conn.prepare(
        "SELECT id, day, format, source, name, zone, modified, records, mine, not_mine, rejected
         FROM imports ORDER BY id",
    )?;
    let rows = query.query_map([], |row| {
        Ok(ImportRow {
            id: row.get(0)?,
            day: row.get(1)?,
            format: row.get(2)?,
            source: row.get(3)?,
            name: row.get(4)?,
            zone: row.get(5)?,
            modified: row.get(6)?,
            records: row.get(7)?,
            mine: row.get(8)?,
            not_mine: row.get(9)?,
            rejected: row.get(10)?,
        })
    })?;
    rows.collect()
}
