//! What an erasing would take, and what it would leave: it is done, counted and not kept.

use rusqlite::Connection;
use serde::Serialize;

use super::{Forget, bar, commits, days_of, not_now, repository, steps_of};
use crate::store::barred::Limits;
use crate::store::{Store, StoreError};

/// One kind of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Going {
    /// What they are, in words: several of them.
    pub what: &'static str,
    /// How many go.
    pub goes: u64,
    /// How many stay.
    pub stays: u64,
}

/// What is counted: words, and the query.
const KINDS: &[(&str, &str)] = &[
    ("repositories", "SELECT count(*) FROM repositories"),
    ("commits", "SELECT count(*) FROM commits"),
    (
        "days with commits",
        "SELECT count(DISTINCT (utc + offset_min * 60) / 86400) FROM commits",
    ),
    ("paths", "SELECT count(*) FROM paths"),
    ("branches", "SELECT count(*) FROM branches"),
    (
        "ref events",
        "SELECT (SELECT count(*) FROM ref_events) + (SELECT coalesce(sum(n), 0) FROM ref_days)",
    ),
    ("imports", "SELECT count(*) FROM imports"),
    ("tasks", "SELECT count(*) FROM tasks"),
    (
        "reviews you gave",
        "SELECT count(*) FROM reviews WHERE given = 1",
    ),
    ("time entries", "SELECT count(*) FROM time_entries"),
    ("notes and events", "SELECT count(*) FROM notes"),
    ("goals", "SELECT count(*) FROM goals"),
    ("shares in the ledger", "SELECT count(*) FROM shares"),
    (
        "corrections and links of yours",
        "SELECT (SELECT count(*) FROM exclusions) + (SELECT count(*) FROM link_choices)",
    ),
    (
        "addresses and names of yours",
        "SELECT count(*) FROM identities",
    ),
    (
        "names of yours in trackers",
        "SELECT count(*) FROM accounts",
    ),
    ("entries of the log", "SELECT count(*) FROM audit"),
];

impl Store {
    /// What [`Self::erase_rows`] would take and leave, kind by kind; kinds without a row are left
    /// out. `None` where there is not even room to try. Nothing is changed.
    pub fn going(&mut self, what: &Forget) -> Result<Option<Vec<Going>>, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        let tried = self.write_or_try("counting what would go", false, |conn| {
            let before = counts(conn)?;
            bar(conn, what, &key, today)?;
            let limits = days_of(what).map(|days| Limits::all(&days));
            for mut step in steps_of(what, limits.as_ref(), (&key, today)) {
                step.whole(conn)?;
            }
            commits::sweep(conn)?;
            if let Forget::Repository(repo) = what {
                repository::drop_row(conn, *repo)?;
            }
            let after = counts(conn)?;
            let kinds = KINDS.iter().zip(before.into_iter().zip(after));
            let rows = kinds.map(|((what, _), (before, after))| Going {
                what,
                goes: before.saturating_sub(after),
                stays: after,
            });
            Ok(rows.filter(|row| row.goes + row.stays > 0).collect())
        });
        match tried {
            Ok(rows) => Ok(Some(rows)),
            Err(StoreError::Full { .. }) => Ok(None),
            Err(error) => Err(not_now(error, 0)),
        }
    }
}

/// Each kind of rows, in words, with how many there are.
pub(in crate::store) fn counted(conn: &Connection) -> rusqlite::Result<Vec<(&'static str, u64)>> {
    let words = KINDS.iter().map(|(what, _)| *what);
    Ok(words.zip(counts(conn)?).collect())
}

fn counts(conn: &Connection) -> rusqlite::Result<Vec<u64>> {
    let count = |sql: &str| conn.prepare_cached(sql)?.query_row([], |row| row.get(0));
    KINDS.iter().map(|(_, sql)| count(sql)).collect()
}
