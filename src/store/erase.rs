//! Erasing for real: rows, what was derived from them, the free pages of the file, and then a
//! look at its bytes.
//!
//! "Erased" means in inward's file. git, backups, snapshots and spare disk blocks are out of
//! its reach. The rollback journal is empty after each transaction and `secure_delete`
//! overwrites what is freed, so no other file of the store can hold what is gone.

use chrono::NaiveDate;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OptionalExtension};

use super::error::Doing;
use super::read_back::{Needles, check, check_bytes};
use super::sealed::When;
use super::tombstones::{self, Kind};
use super::{Store, StoreError, audit, branches, choices, columns, linking, squashes, twins};
use crate::model::commit::mark;
use crate::model::identity::Address;
use crate::model::ids::{CommitId, RepoId};

/// What to erase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forget {
    /// A repository and the commits seen nowhere else; it is not read again until it is added
    /// again.
    Repository(RepoId),
    /// Commits authored before this day, which later scans leave out too.
    Before(NaiveDate),
    /// Everything.
    All,
}

/// What was erased, and how it was made sure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Commits that are gone.
    pub commits: u64,
    /// Strings looked for in the file afterwards; none was found. 0 for a store in memory.
    pub sought: usize,
}

impl Store {
    /// Erases and makes sure: [`StoreError::NotErased`] when a string is still in the file.
    pub fn forget(&mut self, what: &Forget) -> Result<Erased, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        let all = self.read("reading what to erase", texts)?;
        let commits = self.write("erasing", |conn| {
            let (object, gone) = match what {
                Forget::Repository(repo) => {
                    for place in places(conn, *repo)? {
                        tombstones::bury(conn, &key, (Kind::Place, &place), today)?;
                    }
                    (format!("repository {}", repo.0), repository(conn, *repo)?)
                }
                Forget::Before(day) => ("before".to_owned(), before(conn, *day)?),
                Forget::All => return everything(conn),
            };
            let entry = audit::Entry {
                day: today,
                action: "forget",
                object: &object,
                n: gone,
            };
            audit::append(conn, &key, &entry)?;
            linking::settle_all(conn, &key)?;
            Ok(gone)
        })?;
        let sought = self.make_sure(all)?;
        Ok(Erased { commits, sought })
    }

    /// Removes an address of mine and erases the commits it wrote. `None` when it was not mine.
    pub fn remove_address(&mut self, address: &Address) -> Result<Option<Erased>, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        let all = self.read("reading what to erase", texts)?;
        let commits = self.write("removing an address", |conn| {
            let Some(row) = super::identities::address_row(conn, address)? else {
                return Ok(None);
            };
            let gone = list(conn, "SELECT id FROM commits WHERE author = ?1", [row])?;
            erase(conn, &gone)?;
            linking::settle_all(conn, &key)?;
            conn.execute("DELETE FROM identities WHERE id = ?1", [row])?;
            // Taken again, it is asked the very question that the last walks answered.
            conn.execute("DELETE FROM frontiers", [])?;
            // They say which lines "I" removed.
            conn.execute_batch("DELETE FROM line_fates; DELETE FROM line_passes;")?;
            let entry = audit::Entry {
                day: today,
                action: "identity-remove",
                object: &format!("identity {row}"),
                n: gone.len() as u64,
            };
            audit::append(conn, &key, &entry)?;
            Ok(Some(gone.len() as u64))
        })?;
        let Some(commits) = commits else {
            return Ok(None);
        };
        let sought = self.make_sure(all)?;
        Ok(Some(Erased { commits, sought }))
    }

    /// Gives the free pages back and looks for what is gone in the bytes of the file.
    pub(super) fn make_sure(&mut self, before: Vec<Vec<u8>>) -> Result<usize, StoreError> {
        self.enter("giving free pages back")?;
        let done = self.vacuum();
        self.leave("giving free pages back", done, When::Now)?;
        let image = self.drop_earlier()?;
        let Some(file) = self.file.clone() else {
            return Ok(0);
        };
        // What still stands somewhere, whole or within another text, is not sought.
        let live = self.read("reading what is left", texts)?.join(&b'\n');
        let mut needles = Needles::new(before);
        let standing = needles.found(&live);
        needles.drop_all(&standing);
        if let Some(image) = image {
            check_bytes(&file, &image, &needles)?;
        }
        let journal = super::file::journal_of(&file);
        for part in [&file, &journal] {
            check(part, &needles)?;
        }
        Ok(needles.texts.len())
    }

    fn vacuum(&mut self) -> Result<(), StoreError> {
        // VACUUM attaches the new copy: the one time that is needed.
        let conn = &self.conn;
        let run = || {
            conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
            let done = conn.execute_batch("VACUUM");
            conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
            done
        };
        run().doing(&self.shown, "giving free pages back")
    }
}

fn places(conn: &Connection, repo: RepoId) -> rusqlite::Result<Vec<Vec<u8>>> {
    let mut query = conn.prepare("SELECT common_dir FROM places WHERE repository = ?1")?;
    query.query_map([repo], |row| row.get(0))?.collect()
}

pub(super) fn list(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<Vec<CommitId>> {
    let mut query = conn.prepare(sql)?;
    query.query_map(params, |row| row.get(0))?.collect()
}

/// Erases commits with all that hangs on them, and words only they used.
pub(super) fn erase(conn: &Connection, ids: &[CommitId]) -> rusqlite::Result<()> {
    // What stays may have been a copy of what goes, or part of it: all is judged again.
    columns::mark_all_stale(conn)?;
    {
        let mut delete = conn.prepare("DELETE FROM commits WHERE id = ?1")?;
        for id in ids {
            delete.execute([id])?;
        }
    }
    choices::sweep(conn)?;
    sweep(conn)?;
    linking::sweep_choices(conn)?;
    conn.execute(
        "UPDATE commits SET marks = marks - ?1 WHERE marks & ?1 <> 0 AND NOT EXISTS
           (SELECT 1 FROM sightings WHERE \"commit\" = id AND ignored <> 0)",
        [mark::IGNORED],
    )?;
    twins::mark(conn)?;
    squashes::mark(conn)?;
    columns::rebuild(conn)
}

/// Erases words, branches, squashes and reverts that no stored commit has to do with.
pub(super) fn sweep(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "DELETE FROM paths WHERE id NOT IN (SELECT path FROM file_changes)
           AND id NOT IN (SELECT old_path FROM file_changes WHERE old_path IS NOT NULL);
         DELETE FROM languages WHERE id NOT IN (SELECT language FROM file_changes);
         UPDATE commits SET reverts = NULL
           WHERE reverts IS NOT NULL AND reverts NOT IN (SELECT oid FROM commits);",
    )?;
    branches::sweep(conn)?;
    squashes::sweep(conn)
}

fn repository(conn: &Connection, repo: RepoId) -> rusqlite::Result<u64> {
    let gone = list(
        conn,
        "SELECT id FROM commits WHERE (home = ?1 OR id IN
           (SELECT \"commit\" FROM sightings WHERE repository = ?1))
         AND NOT EXISTS
           (SELECT 1 FROM sightings WHERE \"commit\" = id AND repository <> ?1)",
        [repo],
    )?;
    for statement in [
        "DELETE FROM line_fates WHERE repository = ?1",
        "DELETE FROM line_passes WHERE repository = ?1",
        "DELETE FROM sightings WHERE repository = ?1",
        "DELETE FROM ref_events WHERE repository = ?1",
        "DELETE FROM ref_days WHERE repository = ?1",
        "DELETE FROM pairings WHERE repository = ?1",
        "DELETE FROM squashes WHERE repository = ?1",
        "DELETE FROM branches WHERE repository = ?1",
        "INSERT OR IGNORE INTO stale (home, block) SELECT home, block FROM blocks WHERE home = ?1",
        // What other repositories hold too moves to the oldest of them.
        "UPDATE commits SET home = coalesce(
           (SELECT min(repository) FROM sightings WHERE \"commit\" = id), home) WHERE home = ?1",
    ] {
        conn.execute(statement, [repo])?;
    }
    erase(conn, &gone)?;
    conn.execute("DELETE FROM repositories WHERE id = ?1", [repo])?;
    Ok(gone.len() as u64)
}

fn before(conn: &Connection, day: NaiveDate) -> rusqlite::Result<u64> {
    let day = day.to_epoch_days();
    let gone = list(
        conn,
        "SELECT id FROM commits WHERE utc + offset_min * 60 < ?1 * 86400",
        [day],
    )?;
    for sql in [
        "DELETE FROM ref_events WHERE utc + offset_min * 60 < ?1 * 86400",
        "DELETE FROM pairings WHERE utc + offset_min * 60 < ?1 * 86400",
        "DELETE FROM ref_days WHERE day < ?1",
        "DELETE FROM notes WHERE to_day < ?1",
        "DELETE FROM goals WHERE closed < ?1",
    ] {
        conn.execute(sql, [day])?;
    }
    erase(conn, &gone)?;
    let cut = forgotten_before(conn)?.map_or(day, |old| old.max(day));
    conn.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('forgotten_before', ?1)",
        [cut.to_string().into_bytes()],
    )?;
    Ok(gone.len() as u64)
}

/// The day before which commits are left out, days from 1970-01-01.
pub(super) fn forgotten_before(conn: &Connection) -> rusqlite::Result<Option<i32>> {
    let value: Option<Vec<u8>> = conn
        .query_row(
            "SELECT value FROM meta WHERE key = 'forgotten_before'",
            [],
            |row| row.get(0),
        )
        .optional()?;
    Ok(value.and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok()))
}

fn everything(conn: &Connection) -> rusqlite::Result<u64> {
    let commits = conn.query_row("SELECT count(*) FROM commits", [], |row| row.get(0))?;
    conn.execute_batch(
        "DELETE FROM line_fates; DELETE FROM line_passes;
         DELETE FROM ref_events; DELETE FROM ref_days; DELETE FROM pairings;
         DELETE FROM squashes; DELETE FROM swallowed; DELETE FROM replaced;
         DELETE FROM mentions; DELETE FROM branches; DELETE FROM links; DELETE FROM unlinked;
         DELETE FROM link_choices; DELETE FROM remotes;
         DELETE FROM file_changes; DELETE FROM sightings; DELETE FROM commits;
         DELETE FROM frontiers; DELETE FROM places; DELETE FROM repositories;
         DELETE FROM paths; DELETE FROM languages; DELETE FROM identities;
         DELETE FROM task_seen; DELETE FROM imports; DELETE FROM aliases; DELETE FROM transitions;
         DELETE FROM tasks; DELETE FROM reviews; DELETE FROM time_entries;
         DELETE FROM observations; DELETE FROM subjects; DELETE FROM accounts;
         DELETE FROM goal_links; DELETE FROM goals; DELETE FROM notes; DELETE FROM exclusions;
         DELETE FROM tombstones; DELETE FROM audit; DELETE FROM blocks; DELETE FROM stale;
         DELETE FROM meta WHERE key <> 'key';",
    )?;
    Ok(commits)
}

/// Every stored text that could tell something, and every object id.
pub(super) fn texts(conn: &Connection) -> rusqlite::Result<Vec<Vec<u8>>> {
    let mut query = conn.prepare(
        "SELECT oid FROM commits
         UNION ALL SELECT DISTINCT CAST(summary AS BLOB) FROM commits
         UNION ALL SELECT bytes FROM paths
         UNION ALL SELECT CAST(name AS BLOB) FROM repositories
         UNION ALL SELECT path FROM places UNION ALL SELECT common_dir FROM places
         UNION ALL SELECT CAST(value AS BLOB) FROM identities
         UNION ALL SELECT tips FROM frontiers UNION ALL SELECT roots FROM repositories
         UNION ALL SELECT default_tips FROM frontiers UNION ALL SELECT pending FROM frontiers
         UNION ALL SELECT basis FROM line_passes
         UNION ALL SELECT oid FROM squashes UNION ALL SELECT oid FROM pairings
         UNION ALL SELECT squash FROM swallowed
         UNION ALL SELECT reverts FROM commits WHERE reverts IS NOT NULL
         UNION ALL SELECT squashed_by FROM commits WHERE squashed_by IS NOT NULL
         UNION ALL SELECT CAST(name AS BLOB) FROM branches
         UNION ALL SELECT DISTINCT CAST(token AS BLOB) FROM mentions
         UNION ALL SELECT CAST(text AS BLOB) FROM notes UNION ALL SELECT CAST(text AS BLOB) FROM goals
         UNION ALL SELECT CAST(reason AS BLOB) FROM exclusions WHERE reason IS NOT NULL
         UNION ALL SELECT CAST(value AS BLOB) FROM exclusions WHERE value IS NOT NULL
         -- A project may be called like a table: that word stands in the file for good.
         UNION ALL SELECT CAST(sql AS BLOB) FROM sqlite_schema WHERE sql IS NOT NULL",
    )?;
    let texts = query.query_map([], |row| row.get(0))?;
    let mut texts: Vec<Vec<u8>> = texts.collect::<rusqlite::Result<_>>()?;
    texts.extend(super::tasks::texts(conn)?);
    Ok(texts)
}

/// Whether a commit is left out because the owner forgot that time.
pub(super) fn is_cut(cut: Option<i32>, utc: i64, offset_min: i16) -> bool {
    let day = (utc.saturating_add(i64::from(offset_min) * 60)).div_euclid(86_400);
    cut.is_some_and(|cut| day < i64::from(cut))
}
