//! Table `tombstones`: what was forgotten or refused, as keyed hashes, so that it does not come
//! back and cannot be read from the file.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use serde::Serialize;

use super::keys::Key;
use super::{Store, StoreError};
use crate::model::address::name_key;
use crate::model::identity::Address;
use crate::model::place::Place;
use crate::model::text::Clean;

/// What a tombstone stands for. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// A forgotten repository: its common folder.
    Place = 0,
    /// An address that was proposed and refused.
    Address = 1,
    /// A name that was taken back.
    Name = 2,
    /// A name in a tracker that was proposed and refused.
    Account = 3,
    /// A file of the inbox, in the state it was in when it was imported or declined.
    Offer = 4,
    /// A forgotten commit: its object id.
    Commit = 5,
    /// A forgotten task, recorded time or given review: one of its aliases.
    Alias = 6,
    /// The key of a forgotten task, as recorded time names it.
    Key = 7,
    /// A forgotten tracker.
    Source = 8,
    /// A forgotten export file: its keyed digest.
    Import = 9,
    /// A forgotten path, name of a branch or key in a message, whole.
    Word = 10,
}

impl Store {
    /// Whether the repository at `place` was forgotten: it is read again only after [`Self::lift`].
    pub fn is_forgotten(&self, place: &Place) -> Result<bool, StoreError> {
        let thing = place.common_dir.as_os_str().as_encoded_bytes();
        self.has_tombstone(Kind::Place, thing)
    }

    /// Lets the repository at `place` be read again; true when it had been forgotten.
    pub fn lift(&mut self, place: &Place) -> Result<bool, StoreError> {
        let thing = place.common_dir.as_os_str().as_encoded_bytes();
        let key = self.key.clone();
        self.write("lifting a tombstone", |conn| {
            let before = conn.total_changes();
            dig_up(conn, &key, Kind::Place, thing)?;
            Ok(conn.total_changes() > before)
        })
    }

    /// Whether a file of the inbox was imported or declined in this state (see
    /// `guard::exports::Waiting::mark`).
    pub fn is_offered(&self, mark: &[u8]) -> Result<bool, StoreError> {
        self.has_tombstone(Kind::Offer, mark)
    }

    /// Remembers that a file of the inbox was imported or declined in this state.
    pub fn set_offered(&mut self, mark: &[u8]) -> Result<(), StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("noting a file of the inbox", |conn| {
            bury(conn, &key, (Kind::Offer, mark), today)
        })
    }

    /// Remembers that this address was proposed and is not mine.
    pub fn refuse(&mut self, address: &Address) -> Result<(), StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("refusing an address", |conn| {
            bury(
                conn,
                &key,
                (Kind::Address, address.as_str().as_bytes()),
                today,
            )
        })
    }

    /// Whether this address was refused before.
    pub fn is_refused(&self, address: &Address) -> Result<bool, StoreError> {
        self.has_tombstone(Kind::Address, address.as_str().as_bytes())
    }

    /// Whether this name was taken back, in any case.
    pub fn is_refused_name(&self, name: &Clean) -> Result<bool, StoreError> {
        self.has_tombstone(Kind::Name, name_key(name.as_str().as_bytes()).as_bytes())
    }

    /// What was refused, to be asked without the store.
    pub(super) fn refusals(
        &self,
        conn: &Connection,
    ) -> rusqlite::Result<impl Fn(&Address) -> bool + Send + Sync + 'static> {
        let mut query = conn.prepare_cached("SELECT hash FROM tombstones WHERE kind = ?1")?;
        let hashes = query.query_map([Kind::Address as u8], |row| row.get(0))?;
        let hashes: HashSet<[u8; 32]> = hashes.collect::<rusqlite::Result<_>>()?;
        let key = self.key.clone();
        Ok(move |address: &Address| {
            let mut keys = key.all();
            !hashes.is_empty() && keys.any(|key| hashes.contains(&address_hash(&key, address)))
        })
    }

    pub(super) fn has_tombstone(&self, kind: Kind, thing: &[u8]) -> Result<bool, StoreError> {
        self.read("reading what was forgotten", |conn| {
            is_buried(conn, &self.key, kind, thing)
        })
    }
}

fn address_hash(key: &Key, address: &Address) -> [u8; 32] {
    key.tombstone(Kind::Address as u8, address.as_str().as_bytes())
}

/// Notes that a name was taken back, or that it is mine again.
pub(super) fn note_name(
    conn: &Connection,
    key: &Key,
    name: &Clean,
    gone: Option<i32>,
) -> rusqlite::Result<()> {
    let thing = name_key(name.as_str().as_bytes());
    if let Some(day) = gone {
        return bury(conn, key, (Kind::Name, thing.as_bytes()), day);
    }
    dig_up(conn, key, Kind::Name, thing.as_bytes())
}

/// Takes back that an address was refused.
pub(super) fn accept(conn: &Connection, key: &Key, address: &Address) -> rusqlite::Result<()> {
    dig_up(conn, key, Kind::Address, address.as_str().as_bytes())
}

/// Whether an address was refused.
pub(super) fn refused(conn: &Connection, key: &Key, address: &Address) -> rusqlite::Result<bool> {
    is_buried(conn, key, Kind::Address, address.as_str().as_bytes())
}

/// Whether a thing has a tombstone.
pub(super) fn is_buried(
    conn: &Connection,
    key: &Key,
    kind: Kind,
    thing: &[u8],
) -> rusqlite::Result<bool> {
    let mut query = conn.prepare_cached("SELECT 1 FROM tombstones WHERE hash = ?1")?;
    for key in key.all() {
        if query.exists([key.tombstone(kind as u8, thing)])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Takes back the tombstone of a thing.
pub(super) fn dig_up(
    conn: &Connection,
    key: &Key,
    kind: Kind,
    thing: &[u8],
) -> rusqlite::Result<()> {
    let mut delete = conn.prepare_cached("DELETE FROM tombstones WHERE hash = ?1")?;
    for key in key.all() {
        delete.execute([key.tombstone(kind as u8, thing)])?;
    }
    Ok(())
}

/// Writes the tombstone of a thing.
pub(super) fn bury(
    conn: &Connection,
    key: &Key,
    (kind, thing): (Kind, &[u8]),
    day: i32,
) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR IGNORE INTO tombstones (hash, kind, day) VALUES (?1, ?2, ?3)",
        params![key.tombstone(kind as u8, thing), kind as u8, day],
    )?;
    Ok(())
}
