//! Erasing for real: rows, what was derived from them, the free pages of the file, and then a
//! look at the bytes.
//!
//! "Erased" means in inward's files. git, backups, snapshots and spare disk blocks are out of
//! reach. The rollback journal is empty after each transaction and `secure_delete` overwrites what is
//! freed. First tombstones are written (`tombstones.rs`), then rows go in small transactions
//! (`steps.rs`), the row that names the thing last: so an erasing that was cut short can be asked for
//! again and finishes, and meanwhile nothing of it comes back.

mod commits;
mod days;
mod everything;
mod going;
mod obey;
pub(super) mod repository;
mod steps;
mod strings;
mod tasks;
mod text;
mod traces;

use std::cell::Cell;

use chrono::NaiveDate;
use rusqlite::limits::Limit;

use super::barred::{Days, Limits};
use super::error::Doing;
use super::keys::Key;
use super::sealed::When;
use super::tombstones::{self, Kind};
use super::{Store, StoreError, audit, linking};
use crate::model::identity::Address;
use crate::model::ids::RepoId;
use crate::model::period::Range;

pub(super) use commits::{erase, list, settle, sweep};
pub use going::Going;
pub(super) use going::counted;
pub(super) use obey::{enforce, take_over};
use steps::Step;
pub use traces::{Found, ReadBack, Stands, Traces};

/// What to erase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forget {
    /// A repository and the commits seen nowhere else; it is not read again until it is added
    /// again.
    Repository(RepoId),
    /// Everything before this day, which later scans and imports leave out too.
    Before(NaiveDate),
    /// Everything of these days, which later scans and imports leave out too.
    Days(Range),
    /// The task, recorded time or given review of this row; imports leave it out from now on.
    Task(i64),
    /// All that the exports of this tracker said; it is not imported again.
    Source(String),
    /// All that only the import of this number said; the file is not imported again.
    Import(u64),
    /// Rows in which this text stands, in any case. Those rows do not come back; new ones may.
    Text(String),
    /// Everything, the log and the key too.
    All,
}

/// What was erased, and how it was made sure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Commits that are gone.
    pub commits: u64,
    /// Strings looked for in the file (or the image of a store in memory) afterwards; none was found.
    pub sought: usize,
}

/// What became of the free pages of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenBack {
    /// The file is as small as it can be.
    Yes,
    /// No room to write it anew: what was freed is overwritten, and the file keeps its size.
    NoRoom,
    /// Another program reads it just now; as with no room.
    Busy,
}

const GIVING_BACK: &str = "giving free pages back";

impl Store {
    /// Erases and makes sure: [`StoreError::NotErased`] when a string is still in the file.
    pub fn forget(&mut self, what: &Forget) -> Result<Erased, StoreError> {
        let before = self.commit_count()?;
        let traces = self.erase_rows(what, &mut |_| ())?;
        let commits = before.saturating_sub(self.commit_count()?);
        self.give_back()?;
        let sought = traces.check(self)?;
        Ok(Erased { commits, sought })
    }

    /// Erases the rows and nothing more, in small transactions; `told` hears how many rows each of
    /// them took. The answer is what to look for afterwards. [`StoreError::NotNow`] when another
    /// program holds the store: what went until then stays gone.
    pub fn erase_rows(
        &mut self,
        what: &Forget,
        told: &mut dyn FnMut(usize),
    ) -> Result<Traces, StoreError> {
        let mut gone = 0;
        let mut count = |n: usize| {
            gone += n;
            told(n);
        };
        let done = self.erase_counted(what, &mut count);
        done.map_err(|error| not_now(error, gone))
    }

    fn erase_counted(
        &mut self,
        what: &Forget,
        told: &mut dyn FnMut(usize),
    ) -> Result<Traces, StoreError> {
        // Of a sealed store what another process saved meanwhile is erased too.
        self.refresh()?;
        let (key, today) = (self.key.clone(), self.today);
        let before = self.read("reading what to erase", strings::of)?;
        let gone = Cell::new(0_u64);
        let mut count = |n: usize| {
            gone.set(gone.get() + n as u64);
            told(n);
        };
        self.write("beginning to erase", |conn| {
            bar(conn, what, &key, today)?;
            super::view::drop(conn)?;
            commits::unsettle(conn)
        })?;
        let limits = days_of(what).map(|days| Limits::all(&days));
        self.step_by_step(steps_of(what, limits.as_ref(), (&key, today)), &mut count)?;
        if *what == Forget::All {
            self.new_key()?;
        } else {
            let object = object(what);
            self.write("writing the log", |conn| {
                audit::note(
                    conn,
                    &key,
                    today,
                    (audit::Action::Forget, &object, gone.get()),
                )
            })?;
            self.step_by_step(commits::sweep_steps(), &mut |_| ())?;
            if let Forget::Repository(repo) = what {
                self.write("erasing the repository", |conn| {
                    repository::drop_row(conn, *repo)
                })?;
            }
            match self.step_by_step(vec![commits::settle_step(&key)], &mut |_| ()) {
                // The rows are gone; figures wait for room.
                Err(StoreError::Full { .. }) => self.unpack_all()?,
                other => other?,
            }
        }
        let typed = match what {
            Forget::Text(text) => Some(text.clone()),
            _ => None,
        };
        Traces::new(self, before, typed)
    }

    /// Lets what has aged go, in small transactions, and looks for it in the file afterwards; rows
    /// that went.
    pub(super) fn purge(&mut self, limits: &Limits) -> Result<u64, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        let before = self.read("reading what has aged", strings::of)?;
        let mut gone = 0_u64;
        self.write("letting old rows go", commits::unsettle)?;
        let steps = days::steps(limits, &key, today);
        self.step_by_step(steps, &mut |n| gone += n as u64)?;
        let mut last = commits::sweep_steps();
        last.push(commits::settle_step(&key));
        self.step_by_step(last, &mut |_| ())?;
        let traces = Traces::new(self, before, None)?;
        if let Err(StoreError::NotErased { .. }) = traces.check(self) {
            self.give_back()?;
            traces.check(self)?;
        }
        Ok(gone)
    }

    /// Without room to pack them anew, the packed columns go, one by one.
    fn unpack_all(&mut self) -> Result<(), StoreError> {
        loop {
            let left = self.write("erasing packed columns", |conn| {
                commits::unpack(conn)?;
                conn.query_row("SELECT count(*) FROM blocks", [], |row| {
                    row.get::<_, u64>(0)
                })
            })?;
            if left == 0 {
                return Ok(());
            }
        }
    }

    /// Ends what an interrupted erasing left open: figures that wait to be put in order.
    pub(super) fn settle_if_open(&mut self) -> Result<(), StoreError> {
        if !self.read("looking for open work", commits::is_unsettled)? {
            return Ok(());
        }
        let key = self.key.clone();
        let done = self.write("putting figures in order", |conn| {
            commits::settle(conn, &key)
        });
        match done {
            // It waits: what is stored stays right without it.
            Err(StoreError::Full { .. } | StoreError::Busy { .. }) => Ok(()),
            other => other,
        }
    }

    /// Takes another key: what was hashed with the old one can no longer be recognised.
    fn new_key(&mut self) -> Result<(), StoreError> {
        let fresh = Key::random().map_err(|source| StoreError::Io {
            path: self.shown.clone(),
            doing: "making a key for",
            source,
        })?;
        self.write("changing the key", |conn| {
            conn.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('key', ?1)",
                [fresh.as_bytes()],
            )
        })?;
        self.key = fresh;
        Ok(())
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
                action: audit::Action::IdentityRemove,
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
        self.give_back()?;
        let traces = Traces::new(self, vec![(String::new(), before)], None)?;
        traces.check(self)
    }

    /// Gives the free pages back to the disk, as far as that is possible now.
    pub fn give_back(&mut self) -> Result<GivenBack, StoreError> {
        self.enter(GIVING_BACK)?;
        let done = self.vacuum();
        let given = self.leave(GIVING_BACK, done, When::Now)?;
        self.drop_earlier()?;
        Ok(given)
    }

    fn vacuum(&self) -> Result<GivenBack, StoreError> {
        // VACUUM attaches the new copy: the one time that is needed.
        let conn = &self.conn;
        let run = || {
            conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
            let done = conn.execute_batch("VACUUM");
            conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
            done
        };
        match run().doing(&self.shown, GIVING_BACK) {
            Ok(()) => Ok(GivenBack::Yes),
            Err(StoreError::Full { .. }) => Ok(GivenBack::NoRoom),
            Err(StoreError::Busy { .. }) => Ok(GivenBack::Busy),
            Err(error) => Err(error),
        }
    }
}

/// Every stored text that could tell something, and every object id.
pub(super) fn texts(conn: &rusqlite::Connection) -> rusqlite::Result<Vec<Vec<u8>>> {
    let all = strings::of(conn)?;
    Ok(all.into_iter().flat_map(|(_, texts)| texts).collect())
}

/// Another program was in the way: nothing is half done, and it is said what is left.
fn not_now(error: StoreError, gone: usize) -> StoreError {
    match error {
        StoreError::Busy { path, doing } => StoreError::NotNow { path, doing, gone },
        other => other,
    }
}

/// Makes sure that it does not come back, before the first row goes.
fn bar(conn: &rusqlite::Connection, what: &Forget, key: &Key, today: i32) -> rusqlite::Result<()> {
    if let Forget::Repository(repo) = what {
        for place in repository::places(conn, *repo)? {
            tombstones::bury(conn, key, (Kind::Place, &place), today)?;
        }
        // On another machine it lies elsewhere: by what it is, a merge knows it.
        if let Some(known) = repository::known_by(conn, *repo)? {
            tombstones::bury(conn, key, (Kind::Place, &known), today)?;
        }
    }
    days_of(what).map_or(Ok(()), |days| days.remember(conn))
}

fn days_of(what: &Forget) -> Option<Days> {
    match what {
        Forget::Before(day) => Some(Days::before(day.to_epoch_days())),
        Forget::Days(range) => Some(Days::between(range.from, range.to)),
        _ => None,
    }
}

fn steps_of<'a>(
    what: &'a Forget,
    limits: Option<&'a Limits>,
    (key, today): (&'a Key, i32),
) -> Vec<Step<'a>> {
    match (what, limits) {
        (Forget::Repository(repo), _) => repository::steps(*repo),
        (Forget::Task(subject), _) => tasks::task_steps(*subject, key, today),
        (Forget::Source(source), _) => tasks::source_steps(source, key, today),
        (Forget::Import(import), _) => tasks::import_steps(*import, key, today),
        (Forget::Text(text), _) => text::steps(text, key, today),
        (Forget::Before(_) | Forget::Days(_), Some(limits)) => days::steps(limits, key, today),
        (Forget::All, _) => everything::steps(),
        (Forget::Before(_) | Forget::Days(_), None) => Vec::new(),
    }
}

/// What the log says it was: a local id or a closed word, never a name.
fn object(what: &Forget) -> String {
    match what {
        Forget::Repository(repo) => format!("repository {}", repo.0),
        Forget::Before(_) => "before".to_owned(),
        Forget::Days(_) => "days".to_owned(),
        Forget::Task(subject) => format!("task {subject}"),
        Forget::Source(_) => "source".to_owned(),
        Forget::Import(import) => format!("import {import}"),
        Forget::Text(_) => "text".to_owned(),
        Forget::All => "all".to_owned(),
    }
}
