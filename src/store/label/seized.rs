//! What somebody who takes the file could read from it, as numbers.

use rusqlite::{Connection, params};

use super::times::{self, Times};
use crate::model::keep::NOT_KEPT;
use crate::model::moment::EARLIEST;
use crate::store::{Store, StoreError};

/// What the file tells about its owner, counted in the file itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Civil days that something of yours names, and the times of day.
    pub times: Times,
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
    /// Folders of this machine.
    pub folders: u64,
    /// Task keys and numbers that messages of yours name.
    pub mentions: u64,
    /// Tasks and pull requests.
    pub tasks: u64,
    /// Of these, with a title.
    pub titles: u64,
    /// Names of projects in trackers.
    pub projects: u64,
    /// Sets of labels that tasks and recorded time carry.
    pub tags: u64,
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
    /// Others' commits that landed yours, as bare object id and time.
    pub squashes: u64,
    /// Others' commits that name you co-author, as bare object id and time.
    pub pairings: u64,
    /// Walks whose ends are kept, as bare object ids of whoever's commits they are.
    pub walks: u64,
    /// What was forgotten or refused, as keyed hashes.
    pub forgotten: u64,
    /// Entries of the log.
    pub log: u64,
}

/// Commits, and those at night or at a weekend: 1970-01-01 was a Thursday.
const HOURS: &str = "SELECT count(*), coalesce(sum(
       second / 3600 NOT BETWEEN 6 AND 19 OR (day + 3) % 7 >= 5), 0) FROM (
       SELECT (utc + offset_min * 60) / 86400 AS day, (utc + offset_min * 60) % 86400 AS second
       FROM commits)
     WHERE day BETWEEN ?1 AND ?2";

/// Projects of trackers by name, wherever one stands.
const PROJECTS: &str = "SELECT count(*) FROM (SELECT project FROM tasks UNION
       SELECT project FROM reviews UNION SELECT project FROM time_entries)
     WHERE project IS NOT NULL AND project <> ''";

/// Labels; empty lists are none.
const TAGS: &str = "SELECT count(*) FROM (SELECT tags FROM tasks UNION
       SELECT tags FROM time_entries) WHERE tags IS NOT NULL AND tags NOT IN ('', '[]')";

impl Store {
    /// What this very file tells about its owner.
    pub fn told(&self) -> Result<Told, StoreError> {
        let today = self.today;
        self.read("counting what the file tells", |conn| told(conn, today))
    }
}

fn told(conn: &Connection, today: i32) -> rusqlite::Result<Told> {
    let believed = params![EARLIEST / 86_400, today.saturating_add(1)];
    let (commits, late) = conn.query_row(HOURS, believed, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let known = |table: &str, column: &str| {
        format!("SELECT count(*) FROM {table} WHERE {column} NOT IN ('', '{NOT_KEPT}')")
    };
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, u64>(0));
    Ok(Told {
        times: times::told(conn, today)?,
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
        folders: count("SELECT count(*) FROM places")?,
        mentions: count("SELECT count(DISTINCT token) FROM mentions")?,
        tasks: count("SELECT count(*) FROM tasks")?,
        titles: count(&known("tasks", "title"))?,
        projects: count(PROJECTS)?,
        tags: count(TAGS)?,
        given: count("SELECT count(*) FROM reviews WHERE given = 1")?,
        entries: count("SELECT count(*) FROM time_entries")?,
        names: count("SELECT (SELECT count(*) FROM identities) + (SELECT count(*) FROM accounts)")?,
        notes: count("SELECT count(*) FROM notes")?,
        goals: count("SELECT count(*) FROM goals")?,
        squashes: count("SELECT count(DISTINCT oid) FROM squashes")?,
        pairings: count("SELECT count(DISTINCT oid) FROM pairings")?,
        walks: count("SELECT count(*) FROM frontiers")?,
        forgotten: count("SELECT count(*) FROM tombstones")?,
        log: count("SELECT count(*) FROM audit")?,
    })
}
