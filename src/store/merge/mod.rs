//! Another store of the same person becomes part of this one: `inward merge`.
//!
//! Facts are united, one kind a file: who I am (`people.rs`), repositories, commits, what was done to
//! refs and what became of lines (`history.rs`), what exports said (`exports.rs`), the owner's own words
//! (`words.rs`, `goals.rs`). Where both say something else of one thing, a rule decides that does not ask which side
//! it stands on, so that it is the same whichever store is merged into the other, and nothing more
//! happens when it is merged again. What is derived (twins, squashes, tasks, links, packed columns) is
//! told again, never copied. What either side forgot, refused or does not keep holds for both
//! (`erase/obey.rs`). All of it is one transaction.
//!
//! Each store hashes with a key of its own. Names that can be told from what is stored are hashed again
//! with the key of this one (`names.rs`); the rest stays as it is, and the other key is kept for asking.

mod commits;
mod exports;
mod files;
mod goals;
mod history;
mod names;
mod people;
mod repositories;
mod words;

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::keys::Key;
use super::sealed::When;
use super::{Store, StoreError, audit, erase, frontiers, keep, raw};
use crate::model::ids::{CommitId, RepoId};
use names::Names;

/// What came of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// It brought something: each kind of rows with how many there were before and are now.
    Changed(Vec<(&'static str, u64, u64)>),
    /// All of it was here already: nothing was written.
    Nothing,
    /// It is another person's: no address, and no account in a tracker, is in both.
    Stranger,
}

/// Both stores, and which rows of the other one are which rows here.
struct Merge<'a> {
    to: &'a Connection,
    from: &'a Connection,
    key: &'a Key,
    theirs: &'a Key,
    today: i32,
    names: Names,
    people: HashMap<i64, i64>,
    repos: HashMap<RepoId, RepoId>,
    places: HashMap<i64, i64>,
    commits: HashMap<CommitId, CommitId>,
    branches: HashMap<i64, i64>,
}

impl Store {
    /// Takes all of `other` into this store, in one transaction; `other` is in memory and not used
    /// any more afterwards.
    ///
    /// # Errors
    /// Nothing is changed then.
    pub fn merge(&mut self, other: Self) -> Result<Merged, StoreError> {
        self.take_in(other, true)
    }

    /// Takes the owner's own words back from where they were rescued to, once what they are about is
    /// here again. Nothing is logged: they are this store's.
    ///
    /// # Errors
    /// Nothing is changed then.
    pub fn take_in_words(&mut self, rescued: Self) -> Result<(), StoreError> {
        self.take_in(rescued, false).map(drop)
    }

    fn take_in(&mut self, mut other: Self, logged: bool) -> Result<Merged, StoreError> {
        // What is counted by the day already must not be counted again as events.
        other.age_ref_events(self.now_utc)?;
        other.settle_if_open()?;
        let (key, today, now) = (self.key.clone(), self.today, self.now_utc);
        self.transact("merging another store", When::Now, |conn| {
            if !people::are_one(conn, &other.conn)? && !key.is(&other.key) {
                return Ok((false, Merged::Stranger));
            }
            let (counted, before) = (erase::counted(conn)?, sum(conn)?);
            take(conn, &other, (&key, today))?;
            frontiers::recount(conn, now)?;
            if sum(conn)? == before {
                return Ok((false, Merged::Nothing));
            }
            let after = erase::counted(conn)?.into_iter();
            let kinds = counted.into_iter().zip(after);
            let kinds: Vec<_> = kinds
                .map(|((what, before), (_, after))| (what, before, after))
                .collect();
            let added = kinds
                .iter()
                .map(|(_, before, after)| after.saturating_sub(*before));
            let note = (audit::Action::Merge, "", added.sum());
            if logged {
                audit::note(conn, &key, today, note)?;
            }
            Ok((true, Merged::Changed(kinds)))
        })
    }
}

/// Takes over facts, then what may not stand, then tells what is derived again.
fn take(conn: &Connection, other: &Store, (key, today): (&Key, i32)) -> rusqlite::Result<()> {
    erase::take_over(conn, key, (&other.conn, &other.key))?;
    let (off, _) = keep::join(conn, &other.conn)?;
    let mut merge = Merge {
        to: conn,
        from: &other.conn,
        key,
        theirs: &other.key,
        today,
        names: Names::load(conn, &other.conn, (key, &other.key))?,
        people: HashMap::new(),
        repos: HashMap::new(),
        places: HashMap::new(),
        commits: HashMap::new(),
        branches: HashMap::new(),
    };
    merge.people()?;
    merge.repositories()?;
    merge.commits()?;
    merge.history()?;
    merge.exports()?;
    merge.words()?;
    // What goes takes all its names with it, by which something else may have to go.
    loop {
        let buried = merge.names.bury(conn, (key, today))?;
        erase::enforce(conn, key, today)?;
        if !buried && !merge.names.bury(conn, (key, today))? {
            break;
        }
    }
    off.erase(conn, key)?;
    // What moved to another repository is packed no more where it was.
    conn.execute(
        "INSERT OR IGNORE INTO stale (home, block) SELECT home, block FROM blocks",
        [],
    )?;
    erase::settle(conn, key)?;
    repositories::rename(conn)
}

/// A hash of every row that is a fact or follows from one; what is packed and the log aside.
fn sum(conn: &Connection) -> rusqlite::Result<blake3::Hash> {
    const LEFT_OUT: [&str; 4] = ["audit", "blocks", "stale", "unlinked"];
    let mut hash = blake3::Hasher::new();
    for table in raw::tables(conn)? {
        if LEFT_OUT.contains(&table.name.as_str()) {
            continue;
        }
        hash.update(table.name.as_bytes());
        let width = table.columns().len();
        let mut query = conn.prepare(&table.select())?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if table.name == "meta" && matches!(row.get_ref(0)?.as_str()?, "projects" | "unsettled")
            {
                continue;
            }
            for at in 0..width {
                raw::feed(&mut hash, row.get_ref(at)?);
            }
        }
    }
    Ok(hash.finalize())
}

/// The number in the first column of the first row, if there is one.
fn number(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached(sql)?
        .query_row(params, |row| row.get(0))
        .optional()
}
