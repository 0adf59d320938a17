//! Table `audit`: what was written, erased or handed out. Entries carry the day and local ids,
//! never a name, so that nothing has to be rewritten when something is forgotten.
//!
//! Each entry holds a keyed hash of itself and the one before it. That finds accidents and edits
//! by whoever lacks the key; the key lies in the same file, so it stops nobody who can read it.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::convert::hex;
use super::keys::Key;
use super::{Store, StoreError};
use crate::model::text::Clean;

/// What is written into a new entry.
pub(super) struct Entry<'a> {
    pub(super) day: i32,
    pub(super) action: &'a str,
    pub(super) object: &'a str,
    pub(super) n: u64,
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// The day, days from 1970-01-01.
    pub day: i32,
    /// What was done.
    pub action: Clean,
    /// On what, by local id.
    pub object: Clean,
    /// How many rows.
    pub n: u64,
    prev: Vec<u8>,
    mac: Vec<u8>,
}

/// What a check of the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditState {
    /// Every entry fits the one before it; so many there are.
    Ok(u64),
    /// This entry is not what was written.
    Altered(u64),
    /// This entry is missing.
    Gap(u64),
    /// A receipt was given and the log ends before the entry it was made of.
    ShorterThanReceipt,
}

impl Store {
    /// Logs `action` on `object` (a local id, never a name) with `n` rows or bytes.
    pub fn audit(&mut self, action: &str, object: &str, n: u64) -> Result<(), StoreError> {
        let (day, key) = (self.today, self.key.clone());
        let entry = Entry {
            day,
            action,
            object,
            n,
        };
        self.write("writing the log", |conn| append(conn, &key, &entry))
    }

    /// The log, oldest first.
    pub fn audit_rows(&self) -> Result<Vec<AuditRow>, StoreError> {
        self.read("reading the log", list)
    }

    /// Checks the log entry by entry, and that the entry a receipt was made of is still in it.
    pub fn audit_verify(&self, receipt: Option<&str>) -> Result<AuditState, StoreError> {
        Ok(verify(&self.key, &self.audit_rows()?, receipt))
    }

    /// Sixteen hexadecimal digits of the newest entry, to keep elsewhere; `None` while empty.
    pub fn audit_receipt(&self) -> Result<Option<String>, StoreError> {
        Ok(self.audit_rows()?.last().map(receipt_of))
    }
}

/// Appends one entry to the chain.
pub(super) fn append(conn: &Connection, key: &Key, entry: &Entry<'_>) -> rusqlite::Result<()> {
    let last: Option<(u64, Vec<u8>)> = conn
        .prepare_cached("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (seq, prev) = last.map_or((1, Vec::new()), |(seq, mac)| (seq + 1, mac));
    let mac = mac_of(key, seq, entry, &prev);
    conn.prepare_cached(
        "INSERT INTO audit (seq, day, action, object, n, prev, mac)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        seq,
        entry.day,
        entry.action,
        entry.object,
        entry.n,
        prev,
        mac
    ])?;
    Ok(())
}

/// Appends an entry: action, object (a local id) and how many rows.
pub(super) fn note(
    conn: &Connection,
    key: &Key,
    day: i32,
    (action, object, n): (&str, &str, u64),
) -> rusqlite::Result<()> {
    let entry = Entry {
        day,
        action,
        object,
        n,
    };
    append(conn, key, &entry)
}

fn mac_of(key: &Key, seq: u64, entry: &Entry<'_>, prev: &[u8]) -> [u8; 32] {
    key.audit(
        prev,
        &[
            &seq.to_le_bytes(),
            &entry.day.to_le_bytes(),
            entry.action.as_bytes(),
            entry.object.as_bytes(),
            &entry.n.to_le_bytes(),
        ],
    )
}

pub(super) fn list(conn: &Connection) -> rusqlite::Result<Vec<AuditRow>> {
    let mut query =
        conn.prepare("SELECT seq, day, action, object, n, prev, mac FROM audit ORDER BY seq")?;
    let rows = query.query_map([], |row| {
        Ok(AuditRow {
            seq: row.get(0)?,
            day: row.get(1)?,
            action: row.get(2)?,
            object: row.get(3)?,
            n: row.get(4)?,
            prev: row.get(5)?,
            mac: row.get(6)?,
        })
    })?;
    rows.collect()
}

fn verify(key: &Key, rows: &[AuditRow], receipt: Option<&str>) -> AuditState {
    let mut prev: &[u8] = &[];
    for (index, row) in rows.iter().enumerate() {
        let seq = index as u64 + 1;
        if row.seq != seq {
            return AuditState::Gap(seq);
        }
        let entry = Entry {
            day: row.day,
            action: row.action.as_str(),
            object: row.object.as_str(),
            n: row.n,
        };
        if row.prev != prev || row.mac != mac_of(key, seq, &entry, prev) {
            return AuditState::Altered(seq);
        }
        prev = &row.mac;
    }
    let known = |receipt: &str| {
        rows.iter()
            .any(|row| receipt_of(row).eq_ignore_ascii_case(receipt.trim()))
    };
    match receipt {
        Some(receipt) if !known(receipt) => AuditState::ShorterThanReceipt,
        _ => AuditState::Ok(rows.len() as u64),
    }
}

fn receipt_of(row: &AuditRow) -> String {
    hex(row.mac.get(..8).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Store {
        let mut store = Store::memory(1_790_000_000).unwrap();
        for n in 0..5 {
            store.audit("scan", "repository 1", n).unwrap();
        }
        store
    }

    #[test]
    fn an_edited_entry_is_named() {
        let store = log();
        assert_eq!(store.audit_verify(None).unwrap(), AuditState::Ok(5));
        for edit in [
            "UPDATE audit SET n = 9 WHERE seq = 3",
            "UPDATE audit SET day = day + 1 WHERE seq = 3",
            "UPDATE audit SET action = 'dump' WHERE seq = 3",
            "UPDATE audit SET mac = zeroblob(32) WHERE seq = 3",
        ] {
            let store = log();
            store.conn.execute(edit, []).unwrap();
            assert_eq!(store.audit_verify(None).unwrap(), AuditState::Altered(3));
        }
    }

    #[test]
    fn a_missing_entry_is_a_gap_and_a_cut_tail_needs_the_receipt() {
        let store = log();
        let receipt = store.audit_receipt().unwrap().unwrap();
        assert_eq!(receipt.len(), 16);
        store
            .conn
            .execute("DELETE FROM audit WHERE seq = 5", [])
            .unwrap();
        assert_eq!(store.audit_verify(None).unwrap(), AuditState::Ok(4));
        let with = store.audit_verify(Some(&receipt)).unwrap();
        assert_eq!(with, AuditState::ShorterThanReceipt);
        store
            .conn
            .execute("DELETE FROM audit WHERE seq = 2", [])
            .unwrap();
        assert_eq!(store.audit_verify(None).unwrap(), AuditState::Gap(2));
    }
}
