//! Every stored row as plain values, for `inward dump`: the owner can read all that is kept.
//!
//! Rows come in an order that depends on nothing but what is stored.

mod history;
mod lines;
mod links;
mod own;
mod relations;
mod rest;
mod tasks;

use serde::Serialize;

use super::convert::hex;
use super::{Store, StoreError};

/// The tables, by the names of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// My addresses and names.
    Identities,
    /// What was read from.
    Repositories,
    /// My commits.
    Commits,
    /// Their files.
    FileChanges,
    /// Which repository holds which commit.
    Sightings,
    /// Task keys and numbers that messages name.
    Mentions,
    /// Which commit belongs to which task.
    Links,
    /// What I said of that.
    LinkChoices,
    /// Which projects of trackers are a repository's, as keyed hashes.
    Remotes,
    /// Names of branches with a commit of mine on them.
    Branches,
    /// Which commit was amended into which.
    Replaced,
    /// Which commits a squash holds.
    Swallowed,
    /// Somebody else's commits that hold commits of mine.
    Squashes,
    /// Somebody else's commits that name me as co-author.
    Pairings,
    /// What I did to refs.
    RefEvents,
    /// What is left of that after 180 days.
    RefDays,
    /// What became of the lines of each commit.
    LineFates,
    /// How far lines were followed.
    LinePasses,
    /// Which export files were taken.
    Imports,
    /// My tasks and pull requests.
    Tasks,
    /// Their moves between states.
    Transitions,
    /// Review times of my pull requests, and of those I reviewed.
    Reviews,
    /// Time that I recorded.
    TimeEntries,
    /// What each export said.
    TaskSeen,
    /// What I am called in trackers.
    Accounts,
    /// The owner's own words, and events.
    Notes,
    /// What the owner set for themselves.
    Goals,
    /// What belongs to which goal.
    GoalLinks,
    /// What the owner says of rows.
    Exclusions,
    /// Where each scan stopped.
    Frontiers,
    /// What was forgotten or refused, as keyed hashes.
    Tombstones,
    /// What was written and handed out.
    Audit,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 32] = [
        Self::Identities,
        Self::Repositories,
        Self::Commits,
        Self::FileChanges,
        Self::Sightings,
        Self::Mentions,
        Self::Links,
        Self::LinkChoices,
        Self::Remotes,
        Self::Branches,
        Self::Replaced,
        Self::Swallowed,
        Self::Squashes,
        Self::Pairings,
        Self::RefEvents,
        Self::RefDays,
        Self::LineFates,
        Self::LinePasses,
        Self::Imports,
        Self::Tasks,
        Self::Transitions,
        Self::Reviews,
        Self::TimeEntries,
        Self::TaskSeen,
        Self::Accounts,
        Self::Notes,
        Self::Goals,
        Self::GoalLinks,
        Self::Exclusions,
        Self::Frontiers,
        Self::Tombstones,
        Self::Audit,
    ];

    /// Its name in files and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identities => "identities",
            Self::Repositories => "repositories",
            Self::Commits => "commits",
            Self::FileChanges => "file_changes",
            Self::Sightings => "sightings",
            Self::Mentions => "mentions",
            Self::Links => "links",
            Self::LinkChoices => "link_choices",
            Self::Remotes => "remotes",
            Self::Branches => "branches",
            Self::Replaced => "replaced",
            Self::Swallowed => "swallowed",
            Self::Squashes => "squashes",
            Self::Pairings => "pairings",
            Self::RefEvents => "ref_events",
            Self::RefDays => "ref_days",
            Self::LineFates => "line_fates",
            Self::LinePasses => "line_passes",
            Self::Imports => "imports",
            Self::Tasks => "tasks",
            Self::Transitions => "transitions",
            Self::Reviews => "reviews",
            Self::TimeEntries => "time_entries",
            Self::TaskSeen => "task_seen",
            Self::Accounts => "accounts",
            Self::Notes => "notes",
            Self::Goals => "goals",
            Self::GoalLinks => "goal_links",
            Self::Exclusions => "exclusions",
            Self::Frontiers => "frontiers",
            Self::Tombstones => "tombstones",
            Self::Audit => "audit",
        }
    }
}

impl Table {
    /// What a row of it holds, in words for the owner's label.
    pub fn holds(self) -> &'static str {
        match self {
            Self::Identities => "your addresses and names, and why they are believed to be yours",
            Self::Repositories => "name, path, first and last day read",
            Self::Commits => {
                "object id, times, summary line, merge, assisted, revert, reformatting, what it \
                 takes back, a keyed hash of its change; yours only"
            }
            Self::FileChanges => "path, added and deleted lines, language, kind of file",
            Self::Sightings => "which repository holds which commit, on which branch",
            Self::Mentions => "task keys and numbers that your messages name, and how",
            Self::Links => "which commit of yours belongs to which task, and how that is known",
            Self::LinkChoices => {
                "what you said of that: object id of your commit, the task as a keyed hash"
            }
            Self::Remotes => "which project of a tracker a repository is, as a keyed hash",
            Self::Branches => "names of branches that a commit of yours is on",
            Self::Replaced => "which of your commits was amended into which",
            Self::Swallowed => "which of your commits a squash holds",
            Self::Squashes => "others' squashes of your commits: bare object id and time",
            Self::Pairings => "others' commits that name you co-author: bare object id and time",
            Self::RefEvents => "what you did to refs, from the reflog if you allowed it: 180 days",
            Self::RefDays => "how often you did that on each older day",
            Self::LineFates => {
                "how many lines a commit of yours brought, and on which day how many of them were \
                 removed, by you or not (nobody's name)"
            }
            Self::LinePasses => "how far lines were followed: day, bare object ids",
            Self::Imports => {
                "file name, format, tracker, day and row counts; its content as a hash"
            }
            Self::Tasks => {
                "key, title, project, state, times, due, estimate, tags, parent; yours only"
            }
            Self::Transitions => "when a task of yours moved from which state to which",
            Self::Reviews => {
                "times, size, branch and commits of your pull requests; of those you reviewed \
                 repository, number and your own times"
            }
            Self::TimeEntries => "time you recorded: start, end, note, project, tags; busy times",
            Self::TaskSeen => "what each export said of your tasks, so that it can be undone",
            Self::Accounts => "your names in trackers, and why they are believed to be yours",
            Self::Notes => {
                "your own words on days, tasks and repositories; leave, holidays, on-call, launches"
            }
            Self::Goals => "your outcomes and upper limits, and where they stand",
            Self::GoalLinks => "which tasks and notes belong to a goal of yours",
            Self::Exclusions => "rows you left out or corrected, and your reasons",
            Self::Frontiers => "where each scan stopped: bare object ids",
            Self::Tombstones => "what you forgot or refused, as keyed hashes",
            Self::Audit => "day, action and count of every write and every file that left",
        }
    }
}

/// Takes the rows of a dump.
pub trait Visit {
    /// Why it stops early.
    type Error;
    /// Takes one row; an error ends the dump.
    fn row<R: Serialize>(&mut self, row: &R) -> Result<(), Self::Error>;
}

impl Store {
    /// Hands every row of `table` to `visit`. The outer error is the store's, the inner one the
    /// visitor's.
    pub fn dump<V: Visit>(
        &self,
        table: Table,
        visit: &mut V,
    ) -> Result<Result<(), V::Error>, StoreError> {
        let mut stopped = Ok(());
        self.read("reading all of it", |conn| {
            let mut sink = Sink {
                visit,
                stopped: &mut stopped,
            };
            match table {
                Table::Identities => rest::identities(conn, &mut sink),
                Table::Repositories => rest::repositories_of(conn, &mut sink),
                Table::Commits => history::commits(conn, &mut sink),
                Table::FileChanges => history::file_changes(conn, &mut sink),
                Table::Sightings => history::sightings(conn, &mut sink),
                Table::Mentions => relations::mentions(conn, &mut sink),
                Table::Links => links::links(conn, &mut sink),
                Table::LinkChoices => links::choices(conn, &mut sink),
                Table::Remotes => links::remotes(conn, &mut sink),
                Table::Branches => relations::branches(conn, &mut sink),
                Table::Replaced => relations::replaced(conn, &mut sink),
                Table::Swallowed => relations::swallowed(conn, &mut sink),
                Table::Squashes => relations::squashes(conn, &mut sink),
                Table::Pairings => relations::pairings(conn, &mut sink),
                Table::RefEvents => relations::ref_events(conn, &mut sink),
                Table::RefDays => relations::ref_days(conn, &mut sink),
                Table::LineFates => lines::fates(conn, &mut sink),
                Table::LinePasses => lines::passes(conn, &mut sink),
                Table::Imports => tasks::imports(conn, &mut sink),
                Table::Tasks => tasks::tasks(conn, &self.words, &mut sink),
                Table::Transitions => tasks::transitions(conn, &self.words, &mut sink),
                Table::Reviews => tasks::reviews(conn, &mut sink),
                Table::TimeEntries => tasks::time_entries(conn, &mut sink),
                Table::TaskSeen => tasks::task_seen(conn, &mut sink),
                Table::Accounts => tasks::accounts(conn, &mut sink),
                Table::Notes => own::notes(conn, &mut sink),
                Table::Goals => own::goals(conn, &mut sink),
                Table::GoalLinks => own::goal_links(conn, &mut sink),
                Table::Exclusions => own::exclusions(conn, &self.key, &mut sink),
                Table::Frontiers => rest::frontiers(conn, &mut sink),
                Table::Tombstones => rest::tombstones(conn, &mut sink),
                Table::Audit => rest::log(conn, &mut sink),
            }
        })?;
        Ok(stopped)
    }

    /// How many rows each table has, in the order of [`Table::ALL`].
    pub fn table_rows(&self) -> Result<Vec<(Table, u64)>, StoreError> {
        self.read("counting rows", |conn| {
            let count = |table: Table| {
                // The name is one of ours, not input.
                let sql = format!("SELECT count(*) FROM {}", table.name());
                conn.query_row(&sql, [], |row| Ok((table, row.get(0)?)))
            };
            Table::ALL.into_iter().map(count).collect()
        })
    }
}

/// Hands rows on until the visitor stops.
struct Sink<'a, V: Visit> {
    visit: &'a mut V,
    stopped: &'a mut Result<(), V::Error>,
}

impl<V: Visit> Sink<'_, V> {
    /// False once the visitor stopped.
    fn put<R: Serialize>(&mut self, row: &R) -> bool {
        if self.stopped.is_ok() {
            *self.stopped = self.visit.row(row);
        }
        self.stopped.is_ok()
    }
}

/// A path as text, and its exact bytes in hexadecimal when they are not UTF-8.
fn text(bytes: &[u8]) -> (String, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (
            String::from_utf8_lossy(bytes).into_owned(),
            Some(hex(bytes)),
        ),
    }
}
