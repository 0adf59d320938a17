//! Takes the facts of one export file, inside the one transaction of its import.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};

use super::barred::Barred;
use super::derived::Fold;
use super::error::unfit;
use super::keep::{
    self,
    facts::{self, Numbers},
};
use super::keys::Key;
use super::subjects::{self, Alias, Kind, Settled};
use crate::model::fold::{self, Seen};
use crate::model::keep::Keep;
use crate::model::task::{Fact, LooseEntry, When};
use crate::model::text::Clean;

/// The store could not take a fact: the reading of the file is to stop, and the import says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the store could not take it")]
pub struct Halted;

/// Takes the facts of one file; see [`super::Store::import`].
#[derive(Debug)]
pub struct ImportWriter<'c> {
    pub(super) conn: &'c Connection,
    pub(super) key: &'c Key,
    pub(super) import: u64,
    pub(super) modified: Option<i64>,
    pub(super) formats: [String; 1],
    /// Records in the file, mine, not mine, rejected.
    pub(super) counts: [u64; 4],
    /// The same file was imported before.
    pub(super) again: bool,
    /// Time entries and exact moves in the facts taken.
    pub(super) entries: u64,
    pub(super) transitions: u64,
    /// The observations the file holds.
    pub(super) fed: HashSet<i64>,
    /// The subjects it names.
    pub(super) named: HashMap<i64, Named>,
    /// The number of the next new subject.
    next: i64,
    /// The file was imported before, and is newer now than it was known to be.
    is_newer: bool,
    /// How often a day's entry without an id was met in this file.
    twins: HashMap<String, u32>,
    pub(super) failed: Option<rusqlite::Error>,
    /// What may be kept.
    keep: Keep,
    /// Numbers of the time entries of a day.
    numbers: Numbers,
    barred: Barred<'c>,
    /// The owner wants back what was forgotten.
    again_asked: bool,
    /// Facts left out because they were forgotten.
    pub(super) forgotten: u64,
}

/// What the file does to a subject that it names.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Named {
    /// It was not there before.
    pub(super) new: bool,
    /// Other subjects that were there before are part of it now.
    pub(super) united: bool,
    /// Whether it has to be folded again.
    pub(super) look: Look,
}

/// Whether a subject has to be folded again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Nothing about it has changed.
    #[default]
    No,
    /// One more file holds an observation of it: of several, another may be the newest now.
    IfTwice,
    /// A new observation is about it.
    Yes,
}

/// What is written of one fact.
struct Row {
    kind: Kind,
    facts: String,
    aliases: Vec<Alias>,
    /// The same names as stores call them that were merged into this one.
    elsewhere: Vec<Alias>,
}

impl<'c> ImportWriter<'c> {
    pub(super) fn new(
        (conn, key): (&'c Connection, &'c Key),
        (import, is_newer): (u64, bool),
        (format, modified): (&str, Option<i64>),
        (again_asked, today): (bool, i32),
    ) -> rusqlite::Result<Self> {
        let keep = keep::load(conn)?;
        let modified = modified.map(|utc| {
            if keep.hours {
                utc
            } else {
                keep::door::floor(utc)
            }
        });
        Ok(Self {
            conn,
            key,
            import,
            modified,
            formats: [format.to_owned()],
            next: subjects::next(conn)?,
            is_newer,
            again: false,
            counts: [0; 4],
            entries: 0,
            transitions: 0,
            fed: HashSet::new(),
            named: HashMap::new(),
            twins: HashMap::new(),
            failed: None,
            keep,
            numbers: Numbers::default(),
            barred: Barred::load(conn, key, today)?,
            again_asked,
            forgotten: 0,
        })
    }

    /// Takes one fact. After an error nothing of the file is kept, and the import ends with the
    /// store's reason.
    pub fn put(&mut self, fact: &Fact) -> Result<(), Halted> {
        if self.failed.is_none() {
            self.failed = if facts::passes(&self.keep) {
                self.take(fact).err()
            } else {
                let kept = facts::fact(&self.keep, &mut self.numbers, fact);
                self.take(&kept).err()
            };
        }
        if self.failed.is_some() {
            return Err(Halted);
        }
        Ok(())
    }

    /// Whether a task of mine goes by one of these names already.
    pub fn knows(&mut self, aliases: &[String]) -> Result<bool, Halted> {
        for name in aliases {
            for key in self.key.all() {
                let alias = key.alias(Kind::Task as u8, name);
                match subjects::is_called(self.conn, &alias) {
                    Ok(false) => {}
                    Ok(true) => return Ok(true),
                    Err(error) => {
                        self.failed = Some(error);
                        return Err(Halted);
                    }
                }
            }
        }
        Ok(false)
    }

    /// Whether the same file was imported before.
    pub fn is_known(&self) -> bool {
        self.again
    }

    /// Tells how many records the whole file has, and what they were; the last call counts.
    pub fn counts(&mut self, records: u64, mine: u64, not_mine: u64, rejected: u64) {
        self.counts = [records, mine, not_mine, rejected];
    }

    fn take(&mut self, fact: &Fact) -> rusqlite::Result<()> {
        let trimmed;
        let fact = if self.barred.limits.pass_facts() {
            fact
        } else if let Some(left) = self.barred.limits.trim(fact) {
            trimmed = left;
            &trimmed
        } else {
            self.forgotten += 1;
            return Ok(());
        };
        let row = self.row(fact)?;
        if self.is_barred(fact, &row)? {
            self.forgotten += 1;
            return Ok(());
        }
        let bytes = row.aliases.concat();
        let hash = self.key.observation(row.kind as u8, &row.facts, &bytes);
        // Most are new, so each is written as a new subject of its own before anything is asked.
        let (conn, fresh) = (self.conn, self.next);
        let is_new = conn
            .prepare_cached(
                "INSERT OR IGNORE INTO observations (subject, hash, facts, aliases)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![fresh, hash, row.facts, bytes])?
            == 1;
        if !is_new {
            let (observation, subject) = conn
                .prepare_cached("SELECT id, subject FROM observations WHERE hash = ?1")?
                .query_row([hash], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let seen = self.see(observation, fact)?;
            let named = self.named.entry(subject).or_default();
            if seen {
                named.look = named.look.max(Look::IfTwice);
            }
            return Ok(());
        }
        let observation = conn.last_insert_rowid();
        self.see(observation, fact)?;
        let mut known = Vec::new();
        for alias in &row.aliases {
            known.extend(subjects::claim(conn, alias, fresh)?);
        }
        if known.is_empty() {
            return self.add(&row, fact);
        }
        let subject = self.unite(known)?;
        subjects::give(conn, (observation, &row.aliases), subject)
    }

    /// Whether it was forgotten; where the owner asked for it again, that is taken back.
    fn is_barred(&self, fact: &Fact, row: &Row) -> rusqlite::Result<bool> {
        let task = match fact {
            Fact::Entry(loose) => loose.task.as_ref(),
            Fact::Task(_) | Fact::Given(_) => None,
        };
        let task = task.map(Clean::as_str);
        let barred = self.barred.names(&row.aliases)? || self.barred.names(&row.elsewhere)?;
        if !barred && !self.barred.entry_of(task)? {
            return Ok(false);
        }
        if self.again_asked {
            self.barred.lift(&row.aliases, fact)?;
            self.barred.lift(&row.elsewhere, fact)?;
        }
        Ok(!self.again_asked)
    }

    /// Notes that the file holds an observation; whether that can change what its subject shows.
    fn see(&mut self, observation: i64, fact: &Fact) -> rusqlite::Result<bool> {
        if !self.fed.insert(observation) {
            return Ok(false);
        }
        match fact {
            Fact::Task(task) => {
                self.entries += task.entries.len() as u64;
                self.transitions += task.transitions.len() as u64;
            }
            Fact::Entry(_) => self.entries += 1,
            Fact::Given(_) => {}
        }
        let sql = "INSERT OR IGNORE INTO task_seen (observation, import) VALUES (?1, ?2)";
        let added = self
            .conn
            .prepare_cached(sql)?
            .execute(params![observation, self.import])?;
        Ok(added == 1 || self.is_newer)
    }

    /// Writes a new subject with one observation.
    fn add(&mut self, row: &Row, fact: &Fact) -> rusqlite::Result<()> {
        let subject = self.next;
        self.next += 1;
        let fold = self.fold_alone(fact)?;
        let sum = fold.sum(self.key)?;
        subjects::add(self.conn, subject, row.kind as u8, &sum)?;
        fold.write(self.conn, subject)?;
        let named = Named {
            new: true,
            ..Named::default()
        };
        self.named.insert(subject, named);
        Ok(())
    }

    /// Makes one subject of all that an observation's names lead to.
    fn unite(&mut self, mut known: Vec<i64>) -> rusqlite::Result<i64> {
        known.sort_unstable();
        known.dedup();
        // The oldest one stays: a subject that was there before has a smaller number.
        let (first, others) = known.split_first().ok_or_else(|| unfit("no name"))?;
        for other in others {
            subjects::unite(self.conn, *first, *other)?;
            let other = self.named.remove(other).unwrap_or_default();
            let named = self.named.entry(*first).or_default();
            named.united |= !other.new || other.united;
        }
        self.named.entry(*first).or_default().look = Look::Yes;
        Ok(*first)
    }

    /// What one observation alone folds to.
    fn fold_alone(&self, fact: &Fact) -> rusqlite::Result<Fold> {
        let folded = match fact {
            Fact::Task(facts) => Some(Fold::Task(Box::new(fold::task(&[self.seen(&**facts)])))),
            Fact::Entry(facts) => {
                fold::entry(&[self.seen(&**facts)]).map(|folded| Fold::Entry(Box::new(folded)))
            }
            Fact::Given(facts) => {
                fold::given(&[self.seen(&**facts)]).map(|folded| Fold::Given(Box::new(folded)))
            }
        };
        folded.ok_or_else(|| unfit("a fact that says nothing"))
    }

    fn seen<'a, F>(&'a self, facts: &'a F) -> Seen<'a, F> {
        Seen {
            facts,
            modified: self.modified,
            formats: &self.formats,
        }
    }

    fn row(&mut self, fact: &Fact) -> rusqlite::Result<Row> {
        let (kind, facts) = subjects::text_of(fact)?;
        let names = match fact {
            Fact::Task(facts) => names(&facts.aliases, &facts.source, &facts.key),
            Fact::Entry(_) => Vec::new(),
            Fact::Given(facts) => names(&facts.aliases, &facts.source, &facts.key),
        };
        let names = match fact {
            Fact::Entry(loose) => vec![self.entry_name(loose)],
            Fact::Task(_) | Fact::Given(_) => names,
        };
        let called = |key: &Key| {
            names
                .iter()
                .map(|name| key.alias(kind as u8, name))
                .collect()
        };
        let mut aliases: Vec<Alias> = called(self.key);
        let elsewhere: Vec<Alias> = self
            .key
            .others()
            .flat_map(|key| -> Vec<Alias> { called(&key) })
            .collect();
        for alias in &elsewhere {
            // What such a store brought is the same thing.
            if subjects::is_called(self.conn, alias)? {
                aliases.push(*alias);
            }
        }
        aliases.sort_unstable();
        aliases.dedup();
        Ok(Row {
            kind,
            facts,
            aliases,
            elsewhere,
        })
    }

    /// What tells a loose time entry apart: its own id, else its start, else (where only the day
    /// is known) its day and what it was spent on, the second and third of a file counted.
    fn entry_name(&mut self, loose: &LooseEntry) -> String {
        let name = name_of_entry(loose);
        if loose.entry.id.is_some() || loose.entry.start.moment().is_some() {
            return name;
        }
        let nth = self.twins.entry(name.clone()).or_default();
        *nth += 1;
        match *nth {
            1 => name,
            nth => nth_name(&name, nth),
        }
    }

    /// Folds what the file changed; how many of the named subjects are new, changed, the same.
    pub(super) fn settle(&mut self) -> rusqlite::Result<[u64; 3]> {
        let [mut added, mut updated, mut unchanged] = [0; 3];
        let mut named: Vec<(i64, Named)> = self.named.iter().map(|(id, n)| (*id, *n)).collect();
        named.sort_unstable_by_key(|(subject, _)| *subject);
        for (subject, named) in named {
            let open = match named.look {
                Look::No => false,
                Look::IfTwice => subjects::is_told_twice(self.conn, subject)?,
                Look::Yes => true,
            };
            let changed =
                open && subjects::settle(self.conn, self.key, subject)? == Settled::Changed;
            match (named.new, changed || named.united) {
                (true, _) => added += 1,
                (false, true) => updated += 1,
                (false, false) => unchanged += 1,
            }
        }
        Ok([added, updated, unchanged])
    }
}

/// What tells a time entry apart that came without its task, but for the second and third of a day.
pub(super) fn name_of_entry(loose: &LooseEntry) -> String {
    let source = &loose.source;
    match (&loose.entry.id, loose.entry.start) {
        (Some(id), _) => format!("{source}\u{1f}id\u{1f}{id}"),
        (None, When::At(at) | When::Wall(at)) => format!("{source}\u{1f}at\u{1f}{}", at.utc),
        (None, When::Day(day)) => {
            let text = |part: &Option<Clean>| part.as_ref().map(Clean::to_string);
            let (project, task) = (text(&loose.project), text(&loose.task));
            let about = format!("{project:?}{task:?}{:?}", text(&loose.entry.note));
            format!("{source}\u{1f}on\u{1f}{day}\u{1f}{about}{:?}", loose.tags)
        }
    }
}

/// The name of the `nth` entry of a day that has the same name.
pub(super) fn nth_name(name: &str, nth: u32) -> String {
    format!("{name}\u{1f}{nth}")
}

/// An export always names its things; its key stands in where an importer gave no alias.
pub(super) fn names(aliases: &[String], source: &Clean, key: &Clean) -> Vec<String> {
    if aliases.is_empty() {
        return vec![format!("{source}\u{1f}{key}")];
    }
    aliases.to_vec()
}
