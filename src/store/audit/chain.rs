//! The chain: an entry's keyed hash covers the entry and the hash of the one before it.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::error::unfit;
use super::super::keys::Key;
use super::{Action, AuditRow};
use crate::model::text::Clean;

/// What is written into a new entry.
pub(in crate::store) struct Entry<'a> {
    pub(in crate::store) day: i32,
    pub(in crate::store) action: Action,
    pub(in crate::store) object: &'a str,
    pub(in crate::store) n: u64,
}

/// An entry byte for byte as it lies in the file, whatever somebody made of it.
pub(super) struct Link {
    pub(super) seq: i64,
    day: i64,
    action: Vec<u8>,
    object: Vec<u8>,
    n: i64,
    prev: Vec<u8>,
    pub(super) mac: Vec<u8>,
}

impl Link {
    /// Whether it is what was written after an entry with the hash `prev`.
    pub(super) fn holds(&self, key: &Key, prev: &[u8]) -> bool {
        self.prev == prev && self.mac == self.hash(key, prev)
    }

    fn hash(&self, key: &Key, prev: &[u8]) -> [u8; 32] {
        key.audit(
            prev,
            &[
                &self.seq.to_le_bytes(),
                // Four bytes where it is a day at all, as entries were always hashed.
                match i32::try_from(self.day) {
                    Ok(day) => day.to_le_bytes().to_vec(),
                    Err(_) => self.day.to_le_bytes().to_vec(),
                }
                .as_slice(),
                &self.action,
                &self.object,
                &self.n.to_le_bytes(),
            ],
        )
    }
}

/// Number and hash of the newest entry.
pub(super) fn last(conn: &Connection) -> rusqlite::Result<Option<(u64, Vec<u8>)>> {
    conn.prepare_cached("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Appends one entry to the chain.
pub(in crate::store) fn append(
    conn: &Connection,
    key: &Key,
    entry: &Entry<'_>,
) -> rusqlite::Result<()> {
    let (seq, prev) = last(conn)?.map_or((1, Vec::new()), |(seq, mac)| (seq + 1, mac));
    let link = Link {
        // No log grows that long: the entry before it is not one of ours.
        seq: i64::try_from(seq)
            .map_err(|_end| unfit("the log has no number left, so an entry was planted"))?,
        day: entry.day.into(),
        action: entry.action.word().into(),
        object: entry.object.into(),
        n: i64::try_from(entry.n).unwrap_or(i64::MAX),
        prev: Vec::new(),
        mac: Vec::new(),
    };
    let mac = link.hash(key, &prev);
    conn.prepare_cached(
        "INSERT INTO audit (seq, day, action, object, n, prev, mac)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        link.seq,
        link.day,
        entry.action.word(),
        entry.object,
        link.n,
        prev,
        mac
    ])?;
    Ok(())
}

/// Appends an entry: action, object (a local id or a closed word) and how many rows.
pub(in crate::store) fn note(
    conn: &Connection,
    key: &Key,
    day: i32,
    (action, object, n): (Action, &str, u64),
) -> rusqlite::Result<()> {
    let entry = Entry {
        day,
        action,
        object,
        n,
    };
    append(conn, key, &entry)
}

/// Every entry as it is shown, oldest first. One that somebody altered beyond what an entry can hold
/// is shown as near as it goes: the verdict names it.
pub(in crate::store) fn list(conn: &Connection) -> rusqlite::Result<Vec<AuditRow>> {
    let rows = links(conn)?.into_iter().map(|link| AuditRow {
        seq: u64::try_from(link.seq).unwrap_or_default(),
        day: i32::try_from(link.day).unwrap_or_default(),
        action: Clean::label(&link.action),
        object: Clean::label(&link.object),
        n: u64::try_from(link.n).unwrap_or_default(),
    });
    Ok(rows.collect())
}

/// Every entry as it lies there, oldest first.
pub(super) fn links(conn: &Connection) -> rusqlite::Result<Vec<Link>> {
    let mut query =
        conn.prepare("SELECT seq, day, action, object, n, prev, mac FROM audit ORDER BY seq")?;
    let rows = query.query_map([], link)?;
    rows.collect()
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    let bytes =
        |at: usize| -> rusqlite::Result<Vec<u8>> { Ok(row.get_ref(at)?.as_bytes()?.into()) };
    Ok(Link {
        seq: row.get(0)?,
        day: row.get(1)?,
        action: bytes(2)?,
        object: bytes(3)?,
        n: row.get(4)?,
        prev: bytes(5)?,
        mac: bytes(6)?,
    })
}
