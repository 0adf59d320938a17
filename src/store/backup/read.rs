//! Reading a backup, or another store, into memory: the file itself is never written, and all of it
//! is judged before anything is done with it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rusqlite::backup::{Backup as Copying, StepResult};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::super::audit::AuditState;
use super::super::error::{Doing, StoreError, shown};
use super::super::file::{check_header, exists, journal_of, settle};
use super::super::open::kept_key;
use super::super::sealed::{self, DataKey};
use super::super::{Store, migrations, pragmas, raw, words};
use super::{drop_label, fault, label};
use crate::model::text::{Clean, is_shown};

/// A backup, or another store, in memory.
#[derive(Debug)]
pub struct Backup {
    /// What it holds, in the newest layout, without its label.
    pub store: Store,
    /// What it says of itself; `None` of a store that is no backup.
    pub label: Option<Vec<u8>>,
}

impl Backup {
    /// Reads the file at `path`, with `key` where it is sealed: its header, every page, what its
    /// rows refer to, its tables and its log. `now_utc` in seconds dates its entries.
    ///
    /// # Errors
    /// [`StoreError::Newer`] for one of a newer version, [`StoreError::Damaged`] and
    /// [`StoreError::Torn`] for one that is not what inward wrote, [`StoreError::Sealed`] without
    /// its key.
    pub fn read(path: &Path, key: Option<&DataKey>, now_utc: i64) -> Result<Self, StoreError> {
        let path = settle(path)?;
        if !exists(&path)? {
            return Err(StoreError::Missing { path: shown(&path) });
        }
        let conn = if sealed::is_sealed(&path) {
            let Some(key) = key else {
                return Err(StoreError::Sealed { path: shown(&path) });
            };
            of_image(&shown(&path), &sealed::image_at(&path, key)?)?
        } else {
            of_plain(&path)?
        };
        judged(conn, &shown(&path), now_utc)
    }

    /// Whether the file at `path` is a backup, and not a store in use or another file. Of a sealed
    /// one only `key` can tell.
    ///
    /// # Errors
    /// As [`Backup::read`].
    pub fn is_at(path: &Path, key: Option<&DataKey>) -> Result<bool, StoreError> {
        let path = settle(path)?;
        let name = shown(&path);
        let conn = match key {
            Some(key) if sealed::is_sealed(&path) => {
                of_image(&name, &sealed::image_at(&path, key)?)?
            }
            _ if sealed::is_sealed(&path) => return Ok(false),
            _ => {
                header(&path)?;
                open(&path)?
            }
        };
        Ok(label(&conn).doing(&name, "reading it")?.is_some())
    }
}

/// The store in `conn`, if it is one.
fn judged(conn: Connection, name: &Clean, now_utc: i64) -> Result<Backup, StoreError> {
    let damaged = |what: &str| StoreError::Damaged {
        path: name.clone(),
        what: what.to_owned(),
    };
    let look = || -> rusqlite::Result<Option<String>> {
        // Before a row is read: a column, index or view from elsewhere could compute anything.
        migrations::check(&conn)?;
        if let Some(what) = fault(&conn)? {
            return Ok(Some(what));
        }
        if let Some(table) = unshown(&conn)? {
            return Ok(Some(format!("text in {table} that inward does not write")));
        }
        if words::is_one(&conn)? {
            let what = "it holds your own words alone; `inward rebuild` reads it where it lies";
            return Ok(Some(what.to_owned()));
        }
        Ok(if migrations::layout(&conn)? == 0 {
            Some("it holds no store".to_owned())
        } else if kept_key(&conn)?.is_none() {
            Some("its key is missing".to_owned())
        } else {
            None
        })
    };
    if let Some(what) = look().doing(name, "checking it")? {
        return Err(damaged(&what));
    }
    let said = label(&conn).doing(name, "reading it")?;
    drop_label(&conn).doing(name, "reading it")?;
    let store = Store::set_up(conn, name.clone(), None, now_utc)?;
    match store.audit_verify(None)? {
        AuditState::Ok(_) => Ok(Backup { store, label: said }),
        off => Err(damaged(&format!("its log: {off}"))),
    }
}

/// The first table with a text that could act on a terminal or hide: it came past no door of inward's.
pub(in crate::store) fn unshown(conn: &Connection) -> rusqlite::Result<Option<String>> {
    for table in raw::tables(conn)? {
        let width = table.columns().len();
        let mut query = conn.prepare(&table.select())?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            for at in 0..width {
                let ValueRef::Text(bytes) = row.get_ref(at)? else {
                    continue;
                };
                if !std::str::from_utf8(bytes).is_ok_and(is_shown) {
                    return Ok(Some(table.name));
                }
            }
        }
    }
    Ok(None)
}

/// The whole of a plain file in memory, as one state of it: another program may be writing.
fn of_plain(path: &Path) -> Result<Connection, StoreError> {
    header(path)?;
    let name = shown(path);
    let from = open(path)?;
    let mut to = room(&name)?;
    let copy = |to: &mut Connection| -> rusqlite::Result<bool> {
        let copying = Copying::new(&from, to)?;
        Ok(copying.step(-1)? == StepResult::Done)
    };
    if copy(&mut to).doing(&name, "reading it")? {
        return Ok(to);
    }
    let doing = "reading it";
    Err(StoreError::Busy { path: name, doing })
}

fn of_image(name: &Clean, image: &[u8]) -> Result<Connection, StoreError> {
    check_header(name, image, Some(image.len() as u64))?;
    let mut conn = room(name)?;
    conn.deserialize_read_exact(rusqlite::MAIN_DB, image, image.len(), false)
        .doing(name, "reading its image")?;
    Ok(conn)
}

/// Judges the first bytes of a plain file, and whether a write into it was cut short.
fn header(path: &Path) -> Result<(), StoreError> {
    let failed = |error| StoreError::io(path, "reading", error);
    if journal_of(path).metadata().is_ok_and(|meta| meta.len() > 0) {
        return Err(StoreError::Unfinished { path: shown(path) });
    }
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut head = Vec::new();
    file.take(100).read_to_end(&mut head).map_err(failed)?;
    if head.is_empty() {
        let (path, what) = (shown(path), "it is empty".to_owned());
        return Err(StoreError::Damaged { path, what });
    }
    check_header(&shown(path), &head, Some(length))?;
    // Of a write-ahead file even a reader leaves two more beside it; no backup of ours is one.
    if head.get(18..20) != Some(&[1, 1]) {
        let what = "it is in a form that inward does not write".to_owned();
        let path = shown(path);
        return Err(StoreError::Damaged { path, what });
    }
    Ok(())
}

fn open(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let limited = Connection::open_with_flags(path, flags).and_then(|conn| {
        pragmas::limit(&conn)?;
        Ok(conn)
    });
    limited.doing(&shown(path), "reading it")
}

/// An empty database in memory, in which what a file brings may not run.
fn room(name: &Clean) -> Result<Connection, StoreError> {
    let limited = Connection::open_in_memory().and_then(|conn| {
        pragmas::limit(&conn)?;
        Ok(conn)
    });
    limited.doing(name, "making room")
}
