//! Table `frontiers`: where the last finished walk of a place stopped.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::convert::{join, split};
use super::keys::Key;
use super::{Store, StoreError};
use crate::model::identity::Me;
use crate::model::ids::Oid;
use crate::model::place::{Place, Root};

/// The end of the last finished walk of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    /// Tips of every ref it walked.
    pub tips: Vec<Oid>,
    /// What the refs looked like on disk; `None` when that could not be trusted.
    pub stamp: Option<Vec<u8>>,
    /// What the store held of the place then.
    pub counts: Counts,
}

/// What the store holds of one repository, as a scan reports it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Commits that another one stands for.
    pub twins: u64,
    /// Commits whose clock is not believed.
    pub undated: u64,
    /// Commits whose lines could not be read.
    pub lines_unknown: u64,
}

impl Store {
    /// Where the last finished walk of `place` stopped, if it asked the same: the same
    /// addresses, the same `since`, the same exclusions. `None` means: walk all of it.
    pub fn frontier(
        &self,
        place: &Place,
        me: &Me,
        root: &Root,
    ) -> Result<Option<Frontier>, StoreError> {
        let question = question(&self.key, me, root);
        let place = place.common_dir.as_os_str().as_encoded_bytes();
        self.read("reading where the last scan stopped", |conn| {
            conn.prepare_cached(
                "SELECT tips, stamp, twins, undated, lines_unknown FROM frontiers
                 JOIN places ON places.id = place WHERE common_dir = ?1 AND question = ?2",
            )?
            .query_row(params![place, question], |row| {
                Ok(Frontier {
                    tips: split(row.get_ref(0)?.as_blob()?),
                    stamp: row.get(1)?,
                    counts: Counts {
                        twins: row.get(2)?,
                        undated: row.get(3)?,
                        lines_unknown: row.get(4)?,
                    },
                })
            })
            .optional()
        })
    }
}

/// What a walk is asked, as a keyed hash.
pub(super) fn question(key: &Key, me: &Me, root: &Root) -> [u8; 32] {
    let since: Option<NaiveDate> = root.since;
    key.question(me, since, &root.exclude)
}

/// Writes the end of a finished walk.
pub(super) fn write(
    conn: &Connection,
    place: i64,
    question: &[u8],
    frontier: &Frontier,
) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO frontiers
           (place, question, tips, stamp, twins, undated, lines_unknown)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        place,
        question,
        join(&frontier.tips),
        frontier.stamp,
        frontier.counts.twins,
        frontier.counts.undated,
        frontier.counts.lines_unknown,
    ])?;
    Ok(())
}
