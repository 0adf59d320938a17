//! How a row of the log is named so that it is found again: after a scan, an import, an undone import.
//!
//! A commit is its object id. What imports bring is known by its aliases (keyed hashes of what its
//! tracker calls it); a time entry that a task brought by those of the task and a hash of its own.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension};

use super::choices::Held;
use super::convert::hex;
use super::keys::Key;
use super::subjects::{self, Alias};
use super::{Store, StoreError, recorded};
use crate::model::choice::{Correction, Marks, Out, RowKind};
use crate::model::ids::CommitId;
use crate::model::task::{GivenReview, LooseEntry, When};
use crate::model::text::Clean;

/// Hexadecimal digits of a row's id.
const DIGITS: usize = 10;
/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRef {
    /// What kind of row.
    pub kind: RowKind,
    /// What it can be named by: an object id, or `t-`, `r-` or `e-` and ten digits.
    pub id: String,
    /// What people know it by.
    pub label: Clean,
    pub(super) key: Vec<u8>,
    pub(super) part: Vec<u8>,
    /// Its subject, or of a commit its row.
    pub(super) subject: i64,
}

/// A row with its marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked<T> {
    /// The row.
    pub row: T,
    /// Its marks.
    pub marks: Marks,
}

impl Store {
    /// The marks of every task, by its row.
    pub fn task_marks(&self) -> Result<HashMap<i64, Marks>, StoreError> {
        self.read("reading what you say of tasks", |conn| {
            let held = Held::load(conn)?;
            let names = names(conn)?.into_iter();
            let marks = names.map(|(subject, alias)| {
                let corrected = held.corrected.get(&subject);
                let marks = Marks {
                    row: id_of('t', &alias),
                    out: held.subjects.get(&subject).copied(),
                    corrected: corrected
                        .map(|all| all.iter().map(Correction::fact).collect())
                        .unwrap_or_default(),
                };
                (subject, marks)
            });
            Ok(marks.collect())
        })
    }

    /// Commits that count in no figure, with why: copies of one are all out.
    pub fn commits_out(&self) -> Result<HashMap<CommitId, Out>, StoreError> {
        self.read("reading what you say of commits", |conn| {
            Ok(Held::load(conn)?.commits.into_iter().collect())
        })
    }

    /// All recorded time with its marks, in the order of [`Self::time_entries`].
    pub fn marked_entries(&self) -> Result<Vec<Marked<LooseEntry>>, StoreError> {
        self.read("reading recorded time", |conn| {
            let (held, names) = (Held::load(conn)?, names(conn)?);
            let marked = |one: Entry| {
                let out = if one.loose {
                    held.subjects.get(&one.subject)
                } else {
                    let own = held.entries.get(&(one.subject, one.part));
                    own.or_else(|| held.subjects.get(&one.subject))
                };
                Marked {
                    marks: Marks {
                        row: one.id(&self.key, &names),
                        out: out.copied(),
                        corrected: Vec::new(),
                    },
                    row: one.told,
                }
            };
            Ok(entries(conn, &self.key)?.into_iter().map(marked).collect())
        })
    }

    /// Reviews that I gave with their marks, in the order of [`Self::given_reviews`].
    pub fn marked_reviews(&self) -> Result<Vec<Marked<GivenReview>>, StoreError> {
        self.read("reading the reviews you gave", |conn| {
            let (held, names) = (Held::load(conn)?, names(conn)?);
            let mut query = conn.prepare(
                "SELECT source, key, project, requested, times, subject FROM reviews
                 WHERE given = 1 ORDER BY 1, 2, 3, 4, 5",
            )?;
            let rows = query.query_map([], |row| {
                let subject: i64 = row.get(5)?;
                Ok(Marked {
                    row: recorded::review(row)?,
                    marks: Marks {
                        row: names
                            .get(&subject)
                            .map(|alias| id_of('r', alias))
                            .unwrap_or_default(),
                        out: held.subjects.get(&subject).copied(),
                        corrected: Vec::new(),
                    },
                })
            })?;
            rows.collect()
        })
    }
}

/// The aliases of what several exports say about `subject`, sorted, 16 bytes each.
pub(super) fn aliases_of(conn: &Connection, subject: i64) -> rusqlite::Result<Vec<u8>> {
    let mut query = conn.prepare_cached("SELECT aliases FROM observations WHERE subject = ?1")?;
    let mut rows = query.query([subject])?;
    let mut all: BTreeSet<Alias> = BTreeSet::new();
    while let Some(row) = rows.next()? {
        all.extend(subjects::aliases(row.get_ref(0)?.as_blob()?));
    }
    Ok(all.into_iter().flatten().collect())
}

/// The subjects that go by any of these aliases, sorted.
pub(super) fn subjects_of(conn: &Connection, aliases: &[u8]) -> rusqlite::Result<Vec<i64>> {
    let mut found = BTreeSet::new();
    for alias in subjects::aliases(aliases) {
        found.extend(subjects::called(conn, alias)?);
    }
    Ok(found.into_iter().collect())
}

/// Looks up the keys of tasks by their aliases.
pub(super) struct Keys<'c> {
    conn: &'c Connection,
}

impl<'c> Keys<'c> {
    pub(super) fn new(conn: &'c Connection) -> Self {
        Self { conn }
    }

    /// The key of the task that goes by any of these aliases; `None` while no import shows it.
    pub(super) fn of(&self, aliases: &[u8]) -> rusqlite::Result<Option<Clean>> {
        for subject in subjects_of(self.conn, aliases)? {
            let key = self
                .conn
                .prepare_cached("SELECT key FROM tasks WHERE subject = ?1")?
                .query_row([subject], |row| row.get(0))
                .optional()?;
            if key.is_some() {
                return Ok(key);
            }
        }
        Ok(None)
    }
}

/// The smallest alias of every subject: what its id is made of.
pub(super) fn names(conn: &Connection) -> rusqlite::Result<HashMap<i64, Alias>> {
    let mut query = conn.prepare("SELECT subject, aliases FROM observations")?;
    let mut rows = query.query([])?;
    let mut names: HashMap<i64, Alias> = HashMap::new();
    while let Some(row) = rows.next()? {
        let first = subjects::aliases(row.get_ref(1)?.as_blob()?).iter().min();
        if let Some(first) = first {
            let name = names.entry(row.get(0)?).or_insert(*first);
            *name = (*name).min(*first);
        }
    }
    Ok(names)
}

pub(super) fn id_of(letter: char, alias: &Alias) -> String {
    let mut digits = hex(alias);
    digits.truncate(DIGITS);
    format!("{letter}-{digits}")
}

/// A time entry with what tells it apart.
pub(super) struct Entry {
    pub(super) subject: i64,
    /// It came without its task.
    pub(super) loose: bool,
    /// A keyed hash that tells it apart from the others of its task.
    pub(super) part: Alias,
    pub(super) told: LooseEntry,
}

impl Entry {
    pub(super) fn id(&self, key: &Key, names: &HashMap<i64, Alias>) -> String {
        let name = names.get(&self.subject).copied().unwrap_or_default();
        if self.loose {
            return id_of('e', &name);
        }
        id_of(
            'e',
            &key.entry(&format!("{}{}", hex(&name), hex(&self.part))),
        )
    }
}

/// Every time entry, in an order that depends on nothing but the facts.
pub(super) fn entries(conn: &Connection, key: &Key) -> rusqlite::Result<Vec<Entry>> {
    let mut query = conn.prepare(
        "SELECT source, task, project, start, ended, seconds, note, tags, busy, own_id, subject, kind
         FROM time_entries JOIN subjects ON id = subject
         ORDER BY start, 1, 2, 3, 5, 6, 7, 8, 9, 10",
    )?;
    let mut rows = query.query([])?;
    let (mut out, mut met) = (Vec::new(), HashMap::new());
    while let Some(row) = rows.next()? {
        let (subject, kind): (i64, u8) = (row.get(10)?, row.get(11)?);
        let entry = recorded::entry(row)?;
        let one = &entry.entry;
        let name = match (&one.id, one.start) {
            (Some(id), _) => format!("id {id}"),
            (None, When::At(at) | When::Wall(at)) => format!("at {}", at.utc),
            (None, When::Day(day)) => format!("on {day} {:?}", one.note),
        };
        // Two of one day about one thing are told apart by their order.
        let nth: &mut u32 = met.entry((subject, name.clone())).or_default();
        *nth += 1;
        out.push(Entry {
            subject,
            loose: kind == subjects::Kind::Entry as u8,
            part: key.entry(&format!("{name} {nth}")),
            told: entry,
        });
    }
    Ok(out)
}

/// `2026-03-05 ING-207 parser` for an entry.
pub(super) fn label_of(one: &LooseEntry) -> Clean {
    let day = one.entry.start.day().map(|day| day.to_string());
    let about = one.task.iter().chain(&one.project).chain(&one.entry.note);
    let parts = day.into_iter().chain(about.map(Clean::to_string));
    Clean::label(parts.collect::<Vec<_>>().join(" ").as_bytes())
}
