//! The second place: what nothing else holds, in a small store of its own beside the store, so that damage
//! of the store takes no word of its owner's with it.
//!
//! It is written anew, whole, by the transaction that changed one of these tables, before that is
//! committed: who may write the store may write it. A plain store's is plain, a sealed one's sealed with the
//! same key. Only `inward rebuild` reads it. Where it cannot be written (a full disk), the deed goes on, and
//! the next change or opening writes it.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::error::{Doing, StoreError, shown};
use super::file::exists;
use super::open::kept_key;
use super::sealed::{self, DataKey, Seal};
use super::{Store, migrations, pragmas, raw};
use crate::model::text::Clean;

/// What it holds; `meta` in part.
pub(super) const TABLES: [&str; 12] = [
    "accounts",
    "exclusions",
    "goal_links",
    "goals",
    "identities",
    "imports",
    "link_choices",
    "meta",
    "notes",
    "repositories",
    "shares",
    "tombstones",
];

/// Rows of `meta` that hold for a store that is built anew, beside those of what is kept and how long.
const ANSWERS: [&str; 6] = [
    "key",
    "keys",
    "reflog",
    "import_zone",
    "forgotten_before",
    "forgotten_days",
];

/// Key in `meta` of the second place: the [`stamp`] of what it holds.
const STAMP: &str = "words";

/// Says what all of it is at one moment.
pub(super) type Stamp = [u8; 32];

/// Where it lies, beside the store at `path`.
pub fn second_place(path: &Path) -> PathBuf {
    ending(path, ".words")
}

fn draft(path: &Path) -> PathBuf {
    ending(path, ".words.new")
}

fn ending(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn is_told(table: &raw::Raw) -> bool {
    TABLES.contains(&table.name.as_str())
}

/// Whether a row of `meta` holds for a store that is built anew.
pub(super) fn is_answer(key: &str) -> bool {
    ANSWERS.contains(&key) || key.starts_with("keep.") || key.starts_with("retain.")
}

/// A hash of every row that belongs there.
fn stamp(conn: &Connection) -> rusqlite::Result<Stamp> {
    let mut hash = blake3::Hasher::new();
    for table in raw::tables(conn)?.iter().filter(|table| is_told(table)) {
        hash.update(table.name.as_bytes());
        let width = table.columns().len();
        let mut query = conn.prepare_cached(&table.select())?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if table.name == "meta" && !is_answer(row.get_ref(0)?.as_str()?) {
                continue;
            }
            for at in 0..width {
                raw::feed(&mut hash, row.get_ref(at)?);
            }
        }
    }
    Ok(*hash.finalize().as_bytes())
}

/// Writes it anew where what it holds is not what it held when `last` was noted; what it holds now is
/// noted there.
pub(super) fn keep(
    conn: &Connection,
    (path, seal): (&Path, Option<&Seal>),
    last: &mut Option<Stamp>,
) {
    let Ok(now) = stamp(conn) else { return };
    if *last == Some(now) {
        return;
    }
    if last.is_none() && is_anothers(conn, (path, seal)).unwrap_or(true) && set_aside(path).is_err()
    {
        return;
    }
    *last = write(conn, (path, seal), &now).ok().map(|()| now);
}

/// Whether what lies there belongs to a store with another key: one that was here before, and is gone.
fn is_anothers(
    conn: &Connection,
    (path, seal): (&Path, Option<&Seal>),
) -> Result<bool, StoreError> {
    let key = seal.map(Seal::key);
    let Some(there) = connect(path, key)? else {
        return Ok(false);
    };
    let name = shown(path);
    let of = |conn: &Connection| kept_key(conn).doing(&name, "reading its key");
    Ok(match (of(conn)?, of(&there)?) {
        (Some(ours), Some(theirs)) => !ours.is(&theirs),
        _ => false,
    })
}

/// Gives it a name of its own: nobody deletes the words of a store that may be missed yet.
fn set_aside(path: &Path) -> std::io::Result<()> {
    let place = second_place(path);
    let names = (1..=999).map(|n| ending(path, &format!(".words.aside-{n}")));
    let mut free = names.filter(|name| name.symlink_metadata().is_err());
    match free.next() {
        Some(name) => fs::rename(place, name),
        None => Err(std::io::Error::other("too many were set aside")),
    }
}

fn write(
    conn: &Connection,
    (path, seal): (&Path, Option<&Seal>),
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let name = shown(path);
    let image = image(conn, stamp).doing(&name, "writing your own words a second time")?;
    let file = match seal {
        Some(seal) => seal.seal_image(&image)?,
        None => image,
    };
    let draft = draft(path);
    // Of a write that was cut short.
    drop(fs::remove_file(&draft));
    sealed::write_new_file(&draft, &file)?;
    let place = second_place(path);
    let failed = |error| StoreError::io(&place, "writing", error);
    fs::rename(&draft, &place).map_err(failed)?;
    sealed::sync_folder(&place).map_err(failed)
}

/// A store of these tables alone.
fn image(from: &Connection, stamp: &Stamp) -> rusqlite::Result<Vec<u8>> {
    let mut to = Connection::open_in_memory()?;
    pragmas::apply(&to)?;
    // Many small tables.
    to.pragma_update(None, "page_size", 1024)?;
    migrations::make(&to, migrations::newest())?;
    to.pragma_update(None, "foreign_keys", false)?;
    to.execute_batch("BEGIN")?;
    for table in raw::tables(from)?.iter().filter(|table| is_told(table)) {
        let width = table.columns().len();
        let mut query = from.prepare_cached(&table.select())?;
        let mut insert = to.prepare(&table.insert())?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if table.name == "meta" && !is_answer(row.get_ref(0)?.as_str()?) {
                continue;
            }
            let values = (0..width).map(|at| row.get_ref(at).map(ToSqlOutput::Borrowed));
            insert.execute(params_from_iter(
                values.collect::<rusqlite::Result<Vec<_>>>()?,
            ))?;
        }
    }
    to.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2)",
        params![STAMP, stamp],
    )?;
    to.execute_batch("COMMIT")?;
    Ok(to.serialize(rusqlite::MAIN_DB)?.to_vec())
}

/// What the file at the second place of the store at `path` holds, by its own word.
fn noted(path: &Path, key: Option<&DataKey>) -> Option<Stamp> {
    let conn = connect(path, key).ok()??;
    held(&conn).ok()?
}

/// Whether this is a second place, and no store.
pub(super) fn is_one(conn: &Connection) -> rusqlite::Result<bool> {
    held(conn).map(|held| held.is_some())
}

fn held(conn: &Connection) -> rusqlite::Result<Option<Stamp>> {
    conn.prepare("SELECT value FROM meta WHERE key = ?1")?
        .query_row([STAMP], |row| row.get(0))
        .optional()
}

/// The file in memory; `None` where none is.
fn connect(path: &Path, key: Option<&DataKey>) -> Result<Option<Connection>, StoreError> {
    let place = second_place(path);
    if !exists(&place)? {
        return Ok(None);
    }
    let name = shown(&place);
    let image = match key {
        Some(key) => sealed::image_at(&place, key)?,
        None => fs::read(&place).map_err(|error| StoreError::io(&place, "reading", error))?,
    };
    super::file::check_header(&name, &image, Some(image.len() as u64))?;
    let mut conn = Connection::open_in_memory().doing(&name, "making room")?;
    conn.deserialize_read_exact(rusqlite::MAIN_DB, image.as_slice(), image.len(), false)
        .doing(&name, "reading its image")?;
    Ok(Some(conn))
}

/// The owner's own words out of the second place of the store at `path`, as a store in memory; `None`
/// where there is none that is whole.
pub(super) fn read(path: &Path, key: Option<&DataKey>, now_utc: i64) -> Option<Store> {
    let conn = connect(path, key).ok()??;
    let whole = || -> rusqlite::Result<bool> {
        let said: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        // A layout since then may have added to what is hashed: then it is still what it was.
        let is_own = migrations::layout(&conn)? < migrations::newest()
            || held(&conn)? == Some(stamp(&conn)?);
        Ok(said == "ok" && is_own)
    };
    if !whole().ok()? {
        return None;
    }
    conn.execute("DELETE FROM meta WHERE key = ?1", [STAMP])
        .ok()?;
    Store::set_up(conn, Clean::label(b"the second place"), None, now_utc).ok()
}

/// Takes it away, overwritten where it is plain: the store is about to be sealed, unsealed, or given
/// another key.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    for file in [second_place(path), draft(path)] {
        if !exists(&file)? {
            continue;
        }
        let failed = |error| StoreError::io(&file, "removing", error);
        if !sealed::is_sealed(&file) {
            let mut plain = fs::OpenOptions::new()
                .write(true)
                .open(&file)
                .map_err(failed)?;
            sealed::overwrite(&mut plain).map_err(failed)?;
        }
        fs::remove_file(&file).map_err(failed)?;
    }
    Ok(())
}

impl Store {
    /// Makes sure that the second place holds what this store does; it never keeps the store from being
    /// opened.
    pub(super) fn check_words(&mut self) {
        let Some(path) = self.file.clone() else {
            return;
        };
        if self.second.is_none() {
            self.second = noted(&path, self.data_key());
        }
        keep(&self.conn, (&path, self.seal.as_ref()), &mut self.second);
    }
}
