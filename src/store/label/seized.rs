//! What somebody who takes the file could read from it, as numbers.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::model::keep::NOT_KEPT;
use crate::model::moment::EARLIEST;
use crate::store::{Store, StoreError};

/// What the file tells about its owner, counted in the file itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Civil days with an act of yours: a commit, a ref event, recorded time.
    pub days: u64,
    /// The first and the last of them.
    pub ends: Option<(NaiveDate, NaiveDate)>,
    /// Commits whose clock is believed.
    pub commits: u64,
    /// Of these, between 20:00 and 6:00 or on a Saturday or Sunday, by your own clock then.
    pub late: u64,
    /// Commits with a summary line.
    pub summaries: u64,
    /// Names of files.
    pub paths: u64,
    /// Names of branches.
    pub branches: u64,
    /// Names of repositories.
    pub repositories: u64,
    /// Tasks and pull requests.
    pub tasks: u64,
    /// Of these, with a title.
    pub titles: u64,
    /// Reviews that you gave.
    pub given: u64,
    /// Recorded time and busy times, on a task or alone.
    pub entries: u64,
    /// Addresses and names of yours, those in trackers too.
    pub names: u64,
    /// Notes and events.
    pub notes: u64,
    /// Goals.
    pub goals: u64,
    /// Commits of others, as bare object id and time.
    pub others: u64,
    /// What was forgotten or refused, as keyed hashes.
    pub forgotten: u64,
    /// Entries of the log.
    pub log: u64,
}

/// Days of acts; commits, ref events and recorded time (busy times are no work).
const DAYS: &str = concat!(
    "SELECT count(*), min(day), max(day) FROM (
       SELECT (utc + offset_min * 60) / 86400 AS day FROM commits
       UNION SELECT (utc + offset_min * 60) / 86400 FROM ref_events
       UNION SELECT day FROM ref_days
       UNION SELECT ",
    super::day_of!("start"),
    " FROM time_entries WHERE busy = 0)
     WHERE day BETWEEN ?1 AND ?2"
);

/// Commits, and those at night or at a weekend: 1970-01-01 was a Thursday.
const HOURS: &str = "SELECT count(*), coalesce(sum(
       second / 3600 NOT BETWEEN 6 AND 19 OR (day + 3) % 7 >= 5), 0) FROM (
       SELECT (utc + offset_min * 60) / 86400 AS day, (utc + offset_min * 60) % 86400 AS second
       FROM commits)
     WHERE day BETWEEN ?1 AND ?2";

impl Store {
    /// What this very file tells about its owner.
    pub fn told(&self) -> Result<Told, StoreError> {
        let today = self.today;
        self.read("counting what the file tells", |conn| told(conn, today))
    }
}

fn told(conn: &Connection, today: i32) -> rusqlite::Result<Told> {
    let believed = params![EARLIEST / 86_400, today.saturating_add(1)];
    let (days, ends) = conn.query_row(DAYS, believed, |row| {
        let (first, last) = (row.get(1)?, row.get(2)?);
        let date = |number: Option<i32>| number.and_then(NaiveDate::from_epoch_days);
        Ok((row.get(0)?, date(first).zip(date(last))))
    })?;
    let (commits, late) = conn.query_row(HOURS, believed, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let known = |table: &str, column: &str| {
        format!("SELECT count(*) FROM {table} WHERE {column} NOT IN ('', '{NOT_KEPT}')")
    };
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, u64>(0));
    Ok(Told {
        days,
        ends,
        commits,
        late,
        summaries: count(&known("commits", "summary"))?,
        paths: count(&format!(
            "SELECT count(*) FROM paths WHERE substr(CAST(bytes AS TEXT), 1, {}) <> '{NOT_KEPT}'",
            NOT_KEPT.len()
        ))?,
        branches: count(
            "SELECT count(*) FROM (SELECT name FROM branches
               UNION SELECT branch FROM reviews WHERE branch IS NOT NULL)",
        )?,
        repositories: count("SELECT count(*) FROM repositories")?,
        tasks: count("SELECT count(*) FROM tasks")?,
        titles: count(&known("tasks", "title"))?,
        given: count("SELECT count(*) FROM reviews WHERE given = 1")?,
        entries: count("SELECT count(*) FROM time_entries")?,
        names: count("SELECT (SELECT count(*) FROM identities) + (SELECT count(*) FROM accounts)")?,
        notes: count("SELECT count(*) FROM notes")?,
        goals: count("SELECT count(*) FROM goals")?,
        others: count(
            "SELECT count(*) FROM (SELECT oid FROM squashes UNION SELECT oid FROM pairings)",
        )?,
        forgotten: count("SELECT count(*) FROM tombstones")?,
        log: count("SELECT count(*) FROM audit")?,
    })
}
