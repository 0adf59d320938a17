//! Tables `ref_events` and `ref_days`: what I did to refs, and after 180 days only how often.

use rusqlite::{Connection, OptionalExtension, params};

use super::keys::Key;
use super::{Store, StoreError, audit, keep, linking};
use crate::model::history::RefEvent;
use crate::model::ids::{CommitId, RepoId};

/// How many days a ref event is kept: git too would have let it go.
pub(super) const KEPT_DAYS: u32 = 180;
/// The same in seconds.
const KEPT: i64 = KEPT_DAYS as i64 * 86_400;

/// Key in `meta` of the time up to which ref events have become daily sums.
const AGED: &str = "ref_events_aged";

/// The keyed hash of a line of the reflog: the one that it is known by already, for it may have come
/// with another store, else the one of this store.
pub(super) fn line(
    conn: &Connection,
    key: &Key,
    (repo, line): (RepoId, [u8; 16]),
) -> rusqlite::Result<i64> {
    let mut known =
        conn.prepare_cached("SELECT 1 FROM ref_events WHERE repository = ?1 AND hash = ?2")?;
    for other in key.others() {
        let hash = other.line(line);
        if known.exists((repo, hash))? {
            return Ok(hash);
        }
    }
    Ok(key.line(line))
}

/// Writes an event, or what is newly known of it; `line` is the keyed hash of its line.
pub(super) fn put(
    conn: &Connection,
    (repo, line): (RepoId, i64),
    event: &RefEvent,
    (commit, branch): (Option<CommitId>, Option<i64>),
) -> rusqlite::Result<()> {
    let changed = conn
        .prepare_cached(
            "INSERT INTO ref_events (repository, hash, kind, utc, offset_min, \"commit\", branch)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET kind = excluded.kind, utc = excluded.utc,
           offset_min = excluded.offset_min,
           \"commit\" = coalesce(excluded.\"commit\", \"commit\"),
           branch = coalesce(excluded.branch, branch)
         WHERE kind <> excluded.kind OR utc <> excluded.utc OR offset_min <> excluded.offset_min
           OR (excluded.\"commit\" IS NOT NULL AND \"commit\" IS NOT excluded.\"commit\")
           OR (excluded.branch IS NOT NULL AND branch IS NOT excluded.branch)",
        )?
        .execute(params![
            repo,
            line,
            event.kind as u8,
            event.at.utc,
            event.at.offset_min,
            commit,
            branch,
        ])?;
    if let Some(commit) = commit.filter(|_| changed > 0) {
        linking::mark(conn, commit)?;
    }
    Ok(())
}

/// The first second, UTC, whose events are kept. Those before it were counted already, if they
/// were ever seen, so they are never taken again: not even after the clock was set back.
pub(super) fn oldest_kept(conn: &Connection, now_utc: i64) -> rusqlite::Result<i64> {
    let aged: Option<Vec<u8>> = conn
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([AGED], |row| row.get(0))
        .optional()?;
    let aged = aged.and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok());
    Ok(oldest(conn, now_utc)?.max(aged.unwrap_or(i64::MIN)))
}

/// Turns events older than 180 days into daily sums, days by each event's own offset; how many
/// there were.
pub(super) fn age(conn: &Connection, now_utc: i64) -> rusqlite::Result<u64> {
    let oldest = oldest(conn, now_utc)?;
    if !is_due(conn, oldest)? {
        return Ok(0);
    }
    conn.execute(
        "INSERT INTO ref_days (repository, day, kind, n)
         SELECT repository,
           -- Rounds down, also before 1970.
           (utc + offset_min * 60 - ((utc + offset_min * 60) % 86400 + 86400) % 86400) / 86400
             AS civil, kind, count(*)
         FROM ref_events WHERE utc < ?1 GROUP BY repository, civil, kind
         ON CONFLICT DO UPDATE SET n = n + excluded.n",
        [oldest],
    )?;
    conn.execute(
        "INSERT OR IGNORE INTO unlinked (\"commit\") SELECT \"commit\" FROM ref_events
         WHERE utc < ?1 AND \"commit\" IS NOT NULL",
        [oldest],
    )?;
    let gone = conn.execute("DELETE FROM ref_events WHERE utc < ?1", [oldest])?;
    conn.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
        params![AGED, oldest.to_string().into_bytes()],
    )?;
    Ok(gone as u64)
}

/// The first second, UTC, that is not too old; the first of a day where only days are kept.
fn oldest(conn: &Connection, now_utc: i64) -> rusqlite::Result<i64> {
    let oldest = now_utc.saturating_sub(KEPT);
    let hours = keep::load(conn)?.hours;
    Ok(if hours {
        oldest
    } else {
        keep::door::floor(oldest)
    })
}

/// The civil days of the events that are kept.
pub(super) fn days(conn: &Connection) -> rusqlite::Result<Vec<i32>> {
    super::retain::civil(conn, "SELECT utc, offset_min FROM ref_events")
}

fn is_due(conn: &Connection, oldest: i64) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM ref_events WHERE utc < ?1")?
        .exists([oldest])
}

impl Store {
    /// Lets old ref events go when the store is opened for writing.
    pub(super) fn age_ref_events(&mut self, now_utc: i64) -> Result<(), StoreError> {
        let due = |conn: &Connection| is_due(conn, oldest(conn, now_utc)?);
        if !self.read("looking for old ref events", due)? {
            return Ok(());
        }
        let (key, day) = (self.key.clone(), self.today);
        self.write("letting old ref events go", |conn| {
            let n = age(conn, now_utc)?;
            linking::settle(conn, &key)?;
            let entry = audit::Entry {
                day,
                action: audit::Action::Purge,
                object: "ref events",
                n,
            };
            audit::append(conn, &key, &entry)
        })
    }
}
