//! Table `exclusions`: what the owner says of rows, whatever scans and imports say.
//!
//! Kept apart from the rows by names that outlive them, so that nothing a scan, an import, an undone
//! import or a repeated one writes can take it back; only the owner does, or erasing the commit.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::slice;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::unfit;
use super::keys::Key;
use super::notes::{next, words};
use super::rows::{self, RowRef};
use super::{Store, StoreError, audit, keep};
use crate::model::choice::{Correction, Fact, Out, RowKind};
use crate::model::ids::{CommitId, Oid};
use crate::model::text::Clean;

/// Number of "corrected" in the column `what`.
const CORRECTED: u8 = 2;

/// What the owner says of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It counts in no figure.
    Out(Out),
    /// A fact of it is another one.
    Correct(Correction),
}

/// One entry of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceRow {
    /// Its number, never given twice.
    pub id: u64,
    /// What kind of row it is about.
    pub kind: RowKind,
    /// The row's object id.
    pub oid: Option<Oid>,
    /// What people know the row by; `None` while it is not here.
    pub label: Option<Clean>,
    /// What is said.
    pub choice: Choice,
    /// Why.
    pub reason: Option<Clean>,
    /// The day it was said, days from 1970-01-01.
    pub day: i32,
}

/// The civil day of a corrected time; any other value as it is.
fn day_of(value: String) -> String {
    match value.split_once('T') {
        Some((day, _)) if day.parse::<chrono::NaiveDate>().is_ok() => day.to_owned(),
        _ => value,
    }
}

impl Store {
    /// Says something of a row, with the reason; what was said before of the same (that it is out, or
    /// that fact) is replaced.
    pub fn choose(
        &mut self,
        row: &RowRef,
        choice: &Choice,
        reason: Option<&Clean>,
    ) -> Result<(), StoreError> {
        self.choose_all(slice::from_ref(row), choice, reason)
    }

    /// [`Self::choose`] for several rows: of all of them, or of none.
    pub fn choose_all(
        &mut self,
        rows: &[RowRef],
        choice: &Choice,
        reason: Option<&Clean>,
    ) -> Result<(), StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("noting what you say of a row", |conn| {
            let hours = keep::load(conn)?.hours;
            for row in rows {
                let id = note(conn, row, (choice, hours), (reason, today))?;
                let object = format!("exclusion {id}");
                audit::note(conn, &key, today, (audit::Action::Exclude, &object, 1))?;
            }
            Ok(())
        })
    }

    /// Takes back all that was said of a row; how much that was.
    pub fn unchoose(&mut self, row: &RowRef) -> Result<u64, StoreError> {
        let ids = self.read("reading what you say of rows", |conn| holding(conn, row))?;
        let ids: Vec<u64> = ids.into_iter().map(|(id, _)| id).collect();
        self.remove_choices(&ids)
    }

    /// Why facts of a row were corrected, where that was said.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reasons(&self, row: &RowRef) -> Result<HashMap<Fact, Clean>, StoreError> {
        self.read("reading what you say of rows", |conn| {
            let ids: Vec<u64> = holding(conn, row)?.into_iter().map(|(id, _)| id).collect();
            let told = said(conn)?.into_iter().filter(|one| ids.contains(&one.id));
            Ok(told
                .filter_map(|one| match one.choice {
                    Choice::Correct(correction) => Some((correction.fact(), one.reason?)),
                    Choice::Out(_) => None,
                })
                .collect())
        })
    }

    /// Takes back what was said of one fact of these rows, with `None` that they are out, and leaves
    /// what else was said of them; how much that was.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn take_back(&mut self, rows: &[RowRef], fact: Option<Fact>) -> Result<u64, StoreError> {
        let fact = fact.map_or(0, |fact| fact as u8);
        let ids = self.read("reading what you say of rows", |conn| {
            let mut ids = Vec::new();
            for row in rows {
                let said = holding(conn, row)?.into_iter();
                ids.extend(said.filter(|(_, of)| *of == fact).map(|(id, _)| id));
            }
            Ok(ids)
        })?;
        self.remove_choices(&ids)
    }

    /// Takes back the entries of these numbers; how many there were.
    pub fn remove_choices(&mut self, ids: &[u64]) -> Result<u64, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("taking back what you say of a row", |conn| {
            let mut gone = 0;
            for id in ids {
                if conn.execute("DELETE FROM exclusions WHERE id = ?1", [id])? == 1 {
                    gone += 1;
                    let object = format!("exclusion {id}");
                    audit::note(conn, &key, today, (audit::Action::Include, &object, 1))?;
                }
            }
            Ok(gone)
        })
    }

    /// All that the owner says of rows, in the order it was said.
    pub fn choices(&self) -> Result<Vec<ChoiceRow>, StoreError> {
        self.read("reading what you say of rows", |conn| list(conn, &self.key))
    }
}

/// Writes one entry in the place of what it replaces; its number. Without hours, times are days.
fn note(
    conn: &Connection,
    row: &RowRef,
    (choice, hours): (&Choice, bool),
    (reason, today): (Option<&Clean>, i32),
) -> rusqlite::Result<u64> {
    let (what, fact, value) = match choice {
        Choice::Out(out) => (*out as u8, 0, None),
        Choice::Correct(one) => (CORRECTED, one.fact() as u8, Some(one.value())),
    };
    let value = value.map(|value| if hours { value } else { day_of(value) });
    for (id, _) in holding(conn, row)?.iter().filter(|(_, of)| *of == fact) {
        conn.execute("DELETE FROM exclusions WHERE id = ?1", [id])?;
    }
    let id = next(conn, "exclusions", "exclude")?;
    let kind = row.kind as u8;
    conn.execute(
        "INSERT INTO exclusions (id, kind, key, part, what, fact, value, reason, day)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            id, kind, row.key, row.part, what, fact, value, reason, today
        ],
    )?;
    Ok(id)
}

pub(super) fn list(conn: &Connection, key: &Key) -> rusqlite::Result<Vec<ChoiceRow>> {
    let said = said(conn)?;
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let entries = rows::entries(conn, key)?;
    let shown = said.into_iter().map(|one| one.shown(conn, &entries));
    shown.collect()
}

/// One stored row.
struct Said {
    id: u64,
    kind: RowKind,
    key: Vec<u8>,
    part: Vec<u8>,
    choice: Choice,
    reason: Option<Clean>,
    day: i32,
}

impl Said {
    fn shown(self, conn: &Connection, entries: &[rows::Entry]) -> rusqlite::Result<ChoiceRow> {
        let oid = (self.kind == RowKind::Commit)
            .then(|| Oid::from_bytes(&self.key))
            .flatten();
        Ok(ChoiceRow {
            label: self.label(conn, entries)?,
            id: self.id,
            kind: self.kind,
            oid,
            choice: self.choice,
            reason: self.reason,
            day: self.day,
        })
    }

    /// What people know the row by, where it is here.
    fn label(&self, conn: &Connection, entries: &[rows::Entry]) -> rusqlite::Result<Option<Clean>> {
        let sql = match self.kind {
            RowKind::Commit => {
                let sql = "SELECT summary FROM commits WHERE oid = ?1";
                let found = conn.prepare_cached(sql)?;
                return { found }
                    .query_row([&self.key], |row| row.get(0))
                    .optional();
            }
            RowKind::Entry | RowKind::TaskEntry => {
                let subjects = rows::subjects_of(conn, &self.key)?;
                let is_it = |one: &&rows::Entry| {
                    subjects.contains(&one.subject) && (one.loose || one.part == self.part[..])
                };
                return Ok(entries
                    .iter()
                    .find(is_it)
                    .map(|one| rows::label_of(&one.told)));
            }
            RowKind::Task => "SELECT key || '  ' || title FROM tasks WHERE subject = ?1",
            RowKind::Review => "SELECT key FROM reviews WHERE subject = ?1 AND given = 1",
        };
        for subject in rows::subjects_of(conn, &self.key)? {
            let label = conn
                .prepare_cached(sql)?
                .query_row([subject], |row| row.get(0))
                .optional()?;
            if label.is_some() {
                return Ok(label);
            }
        }
        Ok(None)
    }
}

fn said(conn: &Connection) -> rusqlite::Result<Vec<Said>> {
    let mut query = conn.prepare_cached(
        "SELECT id, kind, key, part, what, fact, value, reason, day FROM exclusions ORDER BY id",
    )?;
    query.query_map([], one)?.collect()
}

fn one(row: &Row<'_>) -> rusqlite::Result<Said> {
    let (kind, what, fact): (u8, u8, u8) = (row.get(1)?, row.get(4)?, row.get(5)?);
    let value: Option<String> = row.get(6)?;
    let choice = match what {
        0 => Choice::Out(Out::Excluded),
        1 => Choice::Out(Out::NotMine),
        _ => {
            let correction = Correction::stored(fact, value.as_deref().unwrap_or_default());
            Choice::Correct(correction.ok_or_else(|| unfit("a correction"))?)
        }
    };
    let reason: Option<String> = row.get(7)?;
    let kind = RowKind::ALL.get(usize::from(kind)).copied();
    Ok(Said {
        id: row.get(0)?,
        kind: kind.ok_or_else(|| unfit("kind of an excluded row"))?,
        key: row.get(2)?,
        part: row.get(3)?,
        choice,
        reason: reason.is_some().then(|| words(row, 7)).transpose()?,
        day: row.get(8)?,
    })
}

/// The entries that hold for a row: number and fact.
fn holding(conn: &Connection, row: &RowRef) -> rusqlite::Result<Vec<(u64, u8)>> {
    let kin = match row.kind {
        RowKind::Commit => Some(kin(conn, row.subject)?),
        _ => None,
    };
    let mut out = Vec::new();
    for one in said(conn)? {
        let is_it = match &kin {
            Some(kin) => one.kind == row.kind && kin.contains(&one.key),
            None => {
                one.kind == row.kind
                    && one.part == row.part
                    && rows::subjects_of(conn, &one.key)?.contains(&row.subject)
            }
        };
        if is_it {
            let fact = match &one.choice {
                Choice::Out(_) => 0,
                Choice::Correct(correction) => correction.fact() as u8,
            };
            out.push((one.id, fact));
        }
    }
    Ok(out)
}

/// The object ids of all copies of a commit, and of the squashes or originals that are one with it.
fn kin(conn: &Connection, id: i64) -> rusqlite::Result<BTreeSet<Vec<u8>>> {
    let mut query = conn.prepare_cached(
        "WITH copies (id, oid) AS (
           SELECT c.id, c.oid FROM commits c JOIN commits o ON o.id = ?1
           WHERE c.id = coalesce(o.twin_of, o.id) OR c.twin_of = coalesce(o.twin_of, o.id))
         SELECT oid FROM copies
         UNION SELECT s.squash FROM swallowed s JOIN copies ON copies.id = s.\"commit\"
         UNION SELECT c.oid FROM swallowed s JOIN copies ON copies.oid = s.squash
           JOIN commits c ON c.id = s.\"commit\"",
    )?;
    query.query_map([id], |row| row.get(0))?.collect()
}

/// What the owner says, by the rows that are here.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Commits that are out, copies included.
    pub(super) commits: BTreeMap<CommitId, Out>,
    /// Tasks, given reviews and loose entries that are out.
    pub(super) subjects: HashMap<i64, Out>,
    /// Entries of tasks that are out: the task, and what tells the entry apart.
    pub(super) entries: HashMap<(i64, [u8; 16]), Out>,
    /// Corrected facts of tasks, sorted by fact.
    pub(super) corrected: HashMap<i64, Vec<Correction>>,
}

impl Held {
    /// All of it.
    pub(super) fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let mut held = Self::default();
        for one in said(conn)? {
            if one.kind == RowKind::Commit {
                held.commit(conn, &one)?;
                continue;
            }
            for subject in rows::subjects_of(conn, &one.key)? {
                match (&one.choice, one.part.first_chunk()) {
                    (Choice::Correct(correction), _) => {
                        let all = held.corrected.entry(subject).or_default();
                        all.retain(|other| other.fact() != correction.fact());
                        all.push(correction.clone());
                        all.sort_by_key(Correction::fact);
                    }
                    (Choice::Out(out), Some(part)) => {
                        held.entries.insert((subject, *part), *out);
                    }
                    (Choice::Out(out), None) => {
                        held.subjects.insert(subject, *out);
                    }
                }
            }
        }
        held.spread(conn)?;
        Ok(held)
    }

    fn commit(&mut self, conn: &Connection, one: &Said) -> rusqlite::Result<()> {
        let id: Option<CommitId> = conn
            .prepare_cached("SELECT id FROM commits WHERE oid = ?1")?
            .query_row([&one.key], |row| row.get(0))
            .optional()?;
        if let (Some(id), Choice::Out(out)) = (id, &one.choice) {
            self.commits.insert(id, *out);
        }
        Ok(())
    }

    /// Copies of one change are one: which of them stands for it can change with any scan. A squash
    /// is one with its originals: it is out when all of them are, and they are when it is.
    fn spread(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let mut open: Vec<(CommitId, Out)> =
            self.commits.iter().map(|(id, out)| (*id, *out)).collect();
        while let Some((id, out)) = open.pop() {
            let mut more = column(
                conn,
                "SELECT c.id FROM commits c JOIN commits o ON o.id = ?1
                 WHERE c.id = coalesce(o.twin_of, o.id) OR c.twin_of = coalesce(o.twin_of, o.id)
                 UNION SELECT s.\"commit\" FROM swallowed s JOIN commits o ON o.oid = s.squash
                 WHERE o.id = ?1",
                id,
            )?;
            let holding = "SELECT c.id FROM swallowed s JOIN commits c ON c.oid = s.squash
               WHERE s.\"commit\" = ?1";
            let originals =
                "SELECT s.\"commit\" FROM swallowed s JOIN commits c ON c.oid = s.squash
               WHERE c.id = ?1";
            for squash in column(conn, holding, id)? {
                let all = column(conn, originals, squash)?;
                if all.iter().all(|one| self.commits.contains_key(one)) {
                    more.push(squash);
                }
            }
            for id in more {
                if self.commits.insert(id, out).is_none() {
                    open.push((id, out));
                }
            }
        }
        Ok(())
    }
}

fn column(conn: &Connection, sql: &str, id: CommitId) -> rusqlite::Result<Vec<CommitId>> {
    let mut query = conn.prepare_cached(sql)?;
    query.query_map([id], |row| row.get(0))?.collect()
}

/// Forgets what was said of commits that are erased.
pub(super) fn sweep(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute(
        "DELETE FROM exclusions WHERE kind = ?1 AND key NOT IN (SELECT oid FROM commits)",
        [RowKind::Commit as u8],
    )?;
    Ok(())
}
