//! The one SQLite file: the only room that names rusqlite.
//!
//! Callers see verbs and plain rows, never a connection. Rows are the truth; the packed blocks
//! beside them (`columns.rs`) only make the dashboard's first frame fast.

mod accounts;
mod ailments;
mod audit;
mod backup;
mod barred;
mod batch;
mod branches;
mod checksum;
mod choices;
mod clusters;
mod columns;
mod commit_rows;
mod commits;
mod convert;
mod dataset;
mod dataset_choices;
mod dataset_fates;
mod dataset_links;
mod derived;
mod draft;
mod dump;
mod erase;
mod error;
mod file;
mod file_changes;
mod find;
mod folders;
mod frontiers;
mod goals;
mod identities;
#[cfg(test)]
mod import_tests;
mod import_writer;
mod imports;
mod keep;
mod keys;
mod label;
mod languages;
mod line_fates;
mod linking;
mod links;
mod material;
mod merge;
#[cfg(test)]
mod migration_tests;
mod migrations;
mod notes;
mod open;
mod pragmas;
mod projects;
mod raw;
mod read_back;
mod recorded;
mod ref_events;
mod reflog;
mod relations;
mod repositories;
mod rescue;
mod retain;
mod row_names;
mod row_places;
mod rows;
pub mod sealed;
mod settle;
mod shares;
mod sightings;
mod squashes;
mod subjects;
mod take_over;
mod tasks;
mod tombstones;
mod twins;
mod view;
mod when;
mod words;
mod work;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use rusqlite::{Connection, TransactionBehavior};

pub use accounts::Account;
pub use ailments::{Ailing, Ailments};
pub use audit::{Action, AuditRow, AuditState};
pub use backup::{BackedUp, Backup};
pub use checksum::Checksum;
pub use choices::{Choice, ChoiceRow};
pub use commit_rows::CommitRow;
pub use draft::{Draft, Refused};
pub use dump::{Part, Table, Visit, VisitAll};
pub use erase::{Erased, Forget, Found, GivenBack, Going, ReadBack, Stands, Traces};
pub use error::StoreError;
pub use file_changes::FileRow;
pub use frontiers::{Counts, Frontier};
pub use goals::{LinkTo, Linked};
pub use identities::{Evidence, Identity, Kind};
pub use import_writer::{Halted, ImportWriter};
pub use imports::{ImportRow, Imported, NewImport, Undone};
pub use keep::Turned;
pub use label::{ERASING, GROUPS, ONLY_DUMP, TableText, Times, Told};
pub use line_fates::{FateCounts, LinesBefore, LinesPassed};
pub use links::{LinkedTask, Relinked};
pub use merge::Merged;
pub use notes::{CalendarDay, CalendarRead};
pub use pragmas::BUSY_SECONDS;
pub use repositories::{Facts, PlaceRow, Repository};
pub use rescue::{Rescued, Saved, Secondly};
pub use retain::{Kept, Purge};
pub use rows::{Marked, RowRef};
pub use sightings::Sighting;
pub use take_over::Taken;
pub use tasks::TaskRow;
pub use words::{SecondPlace, second_place, wipe_second_place};
pub use writer::{Finish, Writer, Written};

use crate::model::project::Projects;
use crate::model::stage::StageWords;
use crate::model::text::Clean;
use error::Doing;
use keys::Key;
use sealed::When;

/// Instructions of SQLite between two looks at whether somebody waits: far below a millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 1_000;

/// What stands for the store's contents at one moment, see [`Store::stamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// How many rows this connection changed.
    own: u64,
    /// What other connections did.
    others: i64,
    /// The image of a sealed store.
    generation: u64,
}

/// The owner's store, open.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    /// Its path for messages.
    shown: Clean,
    /// Its real path; `None` in memory.
    file: Option<PathBuf>,
    key: Key,
    /// Today as days from 1970-01-01: the only time the store writes by itself.
    today: i32,
    /// When it was opened, UTC seconds: decides what has aged.
    now_utc: i64,
    /// How words of trackers lead to stages.
    words: StageWords,
    /// The owner's own projects.
    projects: Projects,
    /// Imports bring back what was forgotten.
    again_asked: bool,
    /// What opening it let go because of its age.
    purged: Purge,
    /// Where it is sealed on the disk, how; then the connection lives in memory.
    seal: Option<sealed::Seal>,
    /// What the second place of the owner's own words holds, as far as this store knows.
    second: Option<words::Noted>,
}

impl Store {
    /// The rules of the owner that it reads by: words for stages, and projects.
    pub fn rules(&self) -> (StageWords, Projects) {
        (self.words.clone(), self.projects.clone())
    }

    /// Reads by these rules from now on; nothing is stored but what is packed with the next scan.
    pub fn set_rules(
        &mut self,
        (words, projects): (StageWords, Projects),
    ) -> Result<(), StoreError> {
        projects::register(&self.conn, &projects).doing(&self.shown, "sorting into projects")?;
        (self.words, self.projects) = (words, projects);
        Ok(())
    }

    /// Runs `deed` in one write transaction: all of it is kept, or nothing. When it is done, it is
    /// on the disk.
    fn write<T>(
        &mut self,
        doing: &'static str,
        deed: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.write_or_try(doing, true, deed)
    }

    /// [`Self::write`]; without `keep`, nothing of what the deed did stays.
    fn write_or_try<T>(
        &mut self,
        doing: &'static str,
        keep: bool,
        deed: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let when = if keep { When::Now } else { When::Never };
        self.transact(doing, when, |conn| deed(conn).map(|value| (keep, value)))
    }

    /// [`Self::write`] for a batch of many: in a sealed store it may wait some seconds for its
    /// save ([`Self::save_due`]), and is nothing that may be told as stored before.
    fn write_soon<T>(
        &mut self,
        doing: &'static str,
        deed: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.transact(doing, When::Soon, |conn| {
            deed(conn).map(|value| (true, value))
        })
    }

    /// The one place where a write begins and ends. The deed says whether what it did stays.
    fn transact<T>(
        &mut self,
        doing: &'static str,
        when: When,
        deed: impl FnOnce(&Connection) -> rusqlite::Result<(bool, T)>,
    ) -> Result<T, StoreError> {
        self.enter(doing)?;
        let mut told = false;
        let run = || {
            let tx = self
                .conn
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            self.key.refresh(&tx)?;
            let before = tx.total_changes();
            let (keep, value) = deed(&tx)?;
            let changed = keep && tx.total_changes() != before;
            if changed && when == When::Now {
                let place = (self.file.as_deref(), self.seal.as_ref(), &self.key);
                told = Self::write_words(&tx, place, &mut self.second);
            }
            // Dropped without a commit, a transaction leaves nothing.
            if keep {
                tx.commit()?;
            }
            Ok((changed, value))
        };
        let done: rusqlite::Result<(bool, T)> = run();
        let changed = done.as_ref().is_ok_and(|(changed, _)| *changed);
        let done = done.map(|(_, value)| value).doing(&self.shown, doing);
        let done = self.leave(doing, done, if changed { when } else { When::Never });
        if told {
            self.words_stand(done.is_ok());
        }
        done
    }

    /// Runs `query` so that all of it sees one state of the file.
    /// A stamp that is another one whenever anything in the store may be: by this connection, by another
    /// one, or by another image of a sealed store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn stamp(&self) -> Result<Stamp, StoreError> {
        self.read("asking whether something changed", |conn| {
            let others = conn.pragma_query_value(None, "data_version", |row| row.get(0))?;
            Ok(Stamp {
                own: conn.total_changes(),
                others,
                generation: self.generation(),
            })
        })
    }

    /// From now on any reading or writing ends with an error soon after `wanted` holds; with `None`
    /// nothing does any more. For work that nobody waits for.
    ///
    /// # Errors
    /// When SQLite does not take it.
    pub fn give_way(&mut self, wanted: Option<&Arc<AtomicBool>>) -> Result<(), StoreError> {
        let handler = wanted.map(|wanted| {
            let wanted = Arc::clone(wanted);
            move || wanted.load(Relaxed)
        });
        self.conn
            .progress_handler(STEPS_BETWEEN_LOOKS, handler)
            .doing(&self.shown, "making way")
    }

    fn read<T>(
        &self,
        doing: &'static str,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let run = || {
            let tx = self.conn.unchecked_transaction()?;
            self.key.refresh(&tx)?;
            let value = query(&tx)?;
            tx.commit()?;
            Ok(value)
        };
        run().doing(&self.shown, doing)
    }
}
