//! The owner's answer on the reflog: off until yes, and a no takes away what a yes brought.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Erased, Store, StoreError, audit, erase, linking};
use crate::model::history::Source;
use crate::model::ids::CommitId;

/// Key of the answer in `meta`.
const ANSWER: &str = "reflog";

/// The owner's answer, if there is one.
pub(super) fn consent(conn: &Connection) -> rusqlite::Result<Option<bool>> {
    let answer: Option<Vec<u8>> = conn
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([ANSWER], |row| row.get(0))
        .optional()?;
    Ok(answer.map(|answer| answer == b"yes"))
}

impl Store {
    /// Whether the reflog may be read; `None` until the owner answered.
    pub fn reflog_consent(&self) -> Result<Option<bool>, StoreError> {
        self.read("reading your answer on the reflog", consent)
    }

    /// Notes the owner's answer. After a no, ref events, their sums, what the reflog told of
    /// versions of commits, and commits that only the reflog led to are erased, verified as
    /// [`Self::forget`] does; the next scan walks again either way.
    pub fn set_reflog_consent(&mut self, yes: bool) -> Result<Erased, StoreError> {
        let before = self.reflog_consent()?;
        if before == Some(yes) {
            return Ok(Erased::default());
        }
        let (key, day) = (self.key.clone(), self.today);
        let texts = match before {
            Some(true) => Some(self.read("reading what to erase", erase::texts)?),
            _ => None,
        };
        let commits = self.write("noting your answer on the reflog", |conn| {
            set(conn, yes)?;
            let n = if before == Some(true) { undo(conn)? } else { 0 };
            let entry = audit::Entry {
                day,
                action: if yes {
                    audit::Action::KeepOn
                } else {
                    audit::Action::KeepOff
                },
                object: "reflog",
                n,
            };
            audit::append(conn, &key, &entry)?;
            linking::settle_all(conn, &key)?;
            Ok(n)
        })?;
        let sought = match texts {
            Some(texts) => self.make_sure(texts)?,
            None => 0,
        };
        Ok(Erased { commits, sought })
    }
}

/// Writes the answer down.
pub(super) fn set(conn: &Connection, yes: bool) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
        params![ANSWER, if yes { &b"yes"[..] } else { b"no" }],
    )?;
    Ok(())
}

/// Erases what only the reflog told; the number of commits.
pub(super) fn undo(conn: &Connection) -> rusqlite::Result<u64> {
    // Commits without any sighting are those of a scan that was cut short: where they came from
    // is not known, and the next scan brings back what a ref leads to.
    let gone: Vec<CommitId> = erase::list(
        conn,
        "SELECT id FROM commits WHERE NOT EXISTS
           (SELECT 1 FROM sightings WHERE \"commit\" = id AND source <> ?1)",
        [Source::Reflog as u8],
    )?;
    for sql in [
        "DELETE FROM ref_events",
        "DELETE FROM ref_days",
        "DELETE FROM replaced",
        // Where the last walk stopped may be where only the reflog leads.
        "UPDATE frontiers SET tips = x'', default_tips = x'', pending = x'', stamp = NULL",
    ] {
        conn.execute(sql, [])?;
    }
    conn.execute(
        "DELETE FROM sightings WHERE source = ?1",
        [Source::Reflog as u8],
    )?;
    erase::erase(conn, &gone)?;
    Ok(gone.len() as u64)
}
