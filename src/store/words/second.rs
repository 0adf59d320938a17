//! Reading the second place. It is outside content like any file: judged first, believed only where it is
//! whole and says what it was written with.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::super::backup::unshown;
use super::super::error::{Doing, StoreError, shown};
use super::super::file::{check_header, exists};
use super::super::keys::Key;
use super::super::open::kept_key;
use super::super::sealed::{self, DataKey};
use super::super::{Store, migrations, pragmas};
use super::{STAMP, Stamp, held, place, second_place, stamp};
use crate::model::text::Clean;

/// What lies there, for a store that wants to write it.
pub(super) enum There {
    Nothing,
    /// Written for this store, from words with this stamp.
    Ours(Stamp),
    /// Another store's, or not to be read.
    Unknown,
}

/// What lies at the second place of the store at `path`, whose hashes are made with `ours`.
pub(super) fn there(path: &Path, key: Option<&DataKey>, ours: &Key) -> There {
    let look = || -> Result<Option<Option<Stamp>>, StoreError> {
        let Some(conn) = connect(path, key)? else {
            return Ok(None);
        };
        let name = shown(path);
        let theirs = kept_key(&conn).doing(&name, "reading its key")?;
        if !theirs.is_some_and(|theirs| ours.is(&theirs)) {
            return Ok(Some(None));
        }
        held(&conn).doing(&name, "reading it").map(Some)
    };
    match look() {
        Ok(None) => There::Nothing,
        Ok(Some(Some(stamp))) => There::Ours(stamp),
        Ok(Some(None)) | Err(_) => There::Unknown,
    }
}

/// Whether the plain store, as it stood before the deed that goes on, has other words than those that were
/// noted last: then what is in the second place may be all that is right.
pub(super) fn is_belied(path: &Path, noted: &Stamp) -> bool {
    if place::is_due(path) {
        return false;
    }
    let look = || -> rusqlite::Result<bool> {
        // Readers see the file as it is until the deed is committed.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NOFOLLOW
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags)?;
        pragmas::limit(&conn)?;
        conn.busy_timeout(Duration::ZERO)?;
        let layout = connect(path, None).ok().flatten();
        let same = layout.is_some_and(|there| {
            migrations::layout(&there).is_ok_and(|layout| layout == migrations::newest())
        });
        Ok(same && stamp(&conn)? != *noted)
    };
    look().unwrap_or(false)
}

/// The second place as `inward rebuild` finds it.
pub(in crate::store) enum Second {
    /// None is there.
    None,
    /// The owner's own words, as a store in memory.
    Whole {
        /// The words.
        store: Box<Store>,
        /// The last change may not be in it.
        is_due: bool,
    },
    /// Something is there that is not used, and why.
    Unfit(String),
}

/// The owner's own words out of the second place of the store at `path`, if it is whole.
pub(in crate::store) fn read(path: &Path, key: Option<&DataKey>, now_utc: i64) -> Second {
    match judged(path, key) {
        Ok(None) => Second::None,
        Ok(Some(conn)) => {
            let is_due = place::is_due(path);
            let label = Clean::label(b"the second place");
            match Store::set_up(conn, label, None, now_utc) {
                Ok(store) => Second::Whole {
                    store: Box::new(store),
                    is_due,
                },
                Err(error) => Second::Unfit(why(error)),
            }
        }
        Err(error) => Second::Unfit(why(error)),
    }
}

/// Why it is not used, without what to do about it.
fn why(error: StoreError) -> String {
    match error {
        StoreError::Damaged { what, .. } => what,
        StoreError::Newer { .. } => "a newer version of inward wrote it".to_owned(),
        other => other.to_string(),
    }
}

/// The file in memory, if all of it is as it was written.
fn judged(path: &Path, key: Option<&DataKey>) -> Result<Option<Connection>, StoreError> {
    let Some(conn) = connect(path, key)? else {
        return Ok(None);
    };
    let name = shown(&second_place(path));
    let look = || -> rusqlite::Result<Option<String>> {
        migrations::check(&conn)?;
        let said: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            return Ok(Some(said));
        }
        if let Some(table) = unshown(&conn)? {
            return Ok(Some(format!("text in {table} that inward does not write")));
        }
        if kept_key(&conn)?.is_none() {
            return Ok(Some("its key is missing".to_owned()));
        }
        let noted = held(&conn)?;
        // A layout since then may have added to what is hashed: then it is still what it was.
        if noted.is_none()
            || (migrations::layout(&conn)? == migrations::newest() && noted != Some(stamp(&conn)?))
        {
            return Ok(Some("it is not what was written".to_owned()));
        }
        conn.execute("DELETE FROM meta WHERE key = ?1", [STAMP])?;
        Ok(None)
    };
    match look().doing(&name, "reading it")? {
        None => Ok(Some(conn)),
        Some(what) => Err(StoreError::Damaged { path: name, what }),
    }
}

/// The file in memory, where it can run nothing; `None` where none is.
fn connect(path: &Path, key: Option<&DataKey>) -> Result<Option<Connection>, StoreError> {
    let place = second_place(path);
    if !exists(&place)? {
        return Ok(None);
    }
    let name = shown(&place);
    let image = match key {
        Some(key) if sealed::is_sealed(&place) => sealed::image_at(&place, key)?,
        // Nobody wrote that beside a sealed store.
        Some(_) => {
            let what = "it is not sealed as the store is".to_owned();
            return Err(StoreError::Damaged { path: name, what });
        }
        None => fs::read(&place).map_err(|error| StoreError::io(&place, "reading", error))?,
    };
    if image.is_empty() {
        let what = "it is empty".to_owned();
        return Err(StoreError::Damaged { path: name, what });
    }
    check_header(&name, &image, Some(image.len() as u64))?;
    let mut conn = Connection::open_in_memory().doing(&name, "making room")?;
    conn.deserialize_read_exact(rusqlite::MAIN_DB, image.as_slice(), image.len(), false)
        .doing(&name, "reading its image")?;
    pragmas::limit(&conn).doing(&name, "setting it up")?;
    Ok(Some(conn))
}

/// How the second place stands, for `inward doctor`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondPlace {
    /// None is there yet.
    Missing,
    /// It holds what the store holds.
    Whole,
    /// It holds something else than the store: a change was not written there, or the store was damaged.
    Behind,
    /// It is another store's.
    Anothers,
    /// It cannot be used, and why.
    Unfit(String),
}

impl Store {
    /// Looks at the second place of this store and compares it with the store.
    ///
    /// # Errors
    /// When the store itself cannot be read.
    pub fn second_place(&self) -> Result<SecondPlace, StoreError> {
        let Some(path) = self.file.as_deref() else {
            return Ok(SecondPlace::Missing);
        };
        let conn = match judged(path, self.data_key()) {
            Ok(None) => return Ok(SecondPlace::Missing),
            Ok(Some(conn)) => conn,
            Err(error) => return Ok(SecondPlace::Unfit(why(error))),
        };
        let name = shown(path);
        let theirs = kept_key(&conn).doing(&name, "reading its key")?;
        if !theirs.is_some_and(|theirs| self.key.is(&theirs)) {
            return Ok(SecondPlace::Anothers);
        }
        let there = stamp(&conn).doing(&name, "reading the second place")?;
        let here = self.read("reading your own words", stamp)?;
        Ok(if here == there {
            SecondPlace::Whole
        } else {
            SecondPlace::Behind
        })
    }

    /// Whether the second place is whole, nothing is due there, and it says something else than the store:
    /// words were damaged, or changed by another program.
    pub fn is_belied(&self) -> bool {
        let is_due = self.file.as_deref().is_none_or(place::is_due);
        !is_due && matches!(self.second_place(), Ok(SecondPlace::Behind))
    }
}
