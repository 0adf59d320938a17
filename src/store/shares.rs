//! Table `shares`: the ledger of what was handed out.

use rusqlite::{Connection, Row, params};

use super::error::unfit;
use super::notes::next;
use super::{Store, StoreError, audit};
use crate::model::shared::{NewShare, Shared};

impl Store {
    /// Notes a share that is about to be written, and logs it; its number. It stands in the ledger
    /// before the file is there: a crash may leave an entry too many, never a file that is not weighed
    /// with the next one.
    pub fn add_share(&mut self, share: &NewShare) -> Result<u64, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        let size = share.bytes.len() as u64;
        let hash = blake3::hash(&share.bytes);
        self.write("noting a share", |conn| {
            let id = next(conn, "shares", "share")?;
            conn.execute(
                "INSERT INTO shares (id, day, profile, window, given, bytes, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    id,
                    today,
                    share.profile,
                    share.window,
                    share.given.join(" "),
                    size,
                    &hash.as_bytes()[..],
                ],
            )?;
            let object = format!("share {id}");
            audit::note(conn, &key, today, (audit::Action::Share, &object, size))?;
            Ok(id)
        })
    }

    /// Takes back the entry of a share whose file could not be written; false when there is none. The
    /// log keeps that it was begun.
    pub fn drop_share(&mut self, id: u64) -> Result<bool, StoreError> {
        self.write("taking a share back", |conn| {
            let gone = conn.execute("DELETE FROM shares WHERE id = ?1", [id])?;
            Ok(gone == 1)
        })
    }

    /// The ledger, oldest first.
    pub fn shares(&self) -> Result<Vec<Shared>, StoreError> {
        self.read("reading the ledger of shares", list)
    }

    /// Erases the ledger, so that later shares are weighed alone; how many entries went.
    pub fn forget_shares(&mut self) -> Result<u64, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("erasing the ledger of shares", |conn| {
            let gone = conn.execute("DELETE FROM shares", [])? as u64;
            if gone > 0 {
                audit::note(conn, &key, today, (audit::Action::Forget, "shares", gone))?;
            }
            Ok(gone)
        })
    }
}

/// Every entry, by number.
pub(super) fn list(conn: &Connection) -> rusqlite::Result<Vec<Shared>> {
    conn.prepare_cached(
        "SELECT id, day, profile, window, given, bytes, hash FROM shares ORDER BY id",
    )?
    .query_map([], one)?
    .collect()
}

fn one(row: &Row<'_>) -> rusqlite::Result<Shared> {
    let given: String = row.get(4)?;
    let hash: Vec<u8> = row.get(6)?;
    Ok(Shared {
        id: row.get(0)?,
        day: row.get(1)?,
        profile: row.get(2)?,
        window: row.get(3)?,
        given: given.split_whitespace().map(str::to_owned).collect(),
        bytes: row.get(5)?,
        hash: hash
            .try_into()
            .map_err(|_bytes| unfit("the hash of a share"))?,
    })
}
