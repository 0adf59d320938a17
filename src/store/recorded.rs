//! Reading what imports brought beside tasks: recorded time, and reviews that I gave.

use rusqlite::{Connection, Row};

use super::{Store, StoreError, when};
use crate::model::task::{Entry, GivenReview, LooseEntry};
use crate::model::text::Clean;

impl Store {
    /// All time that I recorded, on a task (then with its key and project) or alone, by start.
    pub fn time_entries(&self) -> Result<Vec<LooseEntry>, StoreError> {
        self.read("reading recorded time", entries)
    }

    /// Reviews that I gave, by tracker and key; aliases are empty.
    pub fn given_reviews(&self) -> Result<Vec<GivenReview>, StoreError> {
        self.read("reading the reviews you gave", given)
    }
}

fn entries(conn: &Connection) -> rusqlite::Result<Vec<LooseEntry>> {
    let mut query = conn.prepare(
        "SELECT source, task, project, start, ended, seconds, note, tags, busy, own_id
         FROM time_entries ORDER BY start, 1, 2, 3, 5, 6, 7, 8, 9, 10",
    )?;
    query.query_map([], entry)?.collect()
}

/// An entry from columns 0 to 9: source, task, project, start, ended, seconds, note, tags, busy, id.
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<LooseEntry> {
    let (tags, id): (Option<String>, Option<Clean>) = (row.get(7)?, row.get(9)?);
    Ok(LooseEntry {
        source: row.get(0)?,
        task: row.get(1)?,
        project: row.get(2)?,
        entry: Entry {
            id: id.map(|id| id.to_string()),
            start: row.get(3)?,
            end: row.get(4)?,
            seconds: row.get(5)?,
            note: row.get(6)?,
        },
        tags: when::tags(tags.as_deref())?,
        busy: row.get(8)?,
    })
}

fn given(conn: &Connection) -> rusqlite::Result<Vec<GivenReview>> {
    let mut query = conn.prepare(
        "SELECT source, key, project, requested, times FROM reviews WHERE given = 1
         ORDER BY 1, 2, 3, 4, 5",
    )?;
    query.query_map([], review)?.collect()
}

/// A given review from columns 0 to 4: source, key, project, requested, times.
pub(super) fn review(row: &Row<'_>) -> rusqlite::Result<GivenReview> {
    Ok(GivenReview {
        source: row.get(0)?,
        key: row.get(1)?,
        aliases: Vec::new(),
        project: row.get(2)?,
        requested: row.get(3)?,
        times: when::split(row.get_ref(4)?.as_blob()?)?,
    })
}
