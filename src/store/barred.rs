//! The door: what was forgotten is not written again, whatever a scan or an import brings.
//!
//! Things are known by keyed hashes (`tombstones.rs`), days by a rule in `meta`. Where nothing was
//! forgotten, asking costs nothing; else one look-up a thing.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::keys::Key;
use super::retain;
use super::subjects::Alias;
use super::tombstones::{self, Kind};
use crate::model::ids::Oid;
use crate::model::moment::Moment;
use crate::model::task::{Fact, TaskFacts, When};
use crate::model::text::Clean;

/// Key in `meta` of the day before which nothing is kept.
const BEFORE: &str = "forgotten_before";
/// Key in `meta` of forgotten stretches of days: `FROM:TO`, one a line.
const STRETCHES: &str = "forgotten_days";

/// Days that were forgotten, days from 1970-01-01.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Days {
    /// All before this one.
    before: Option<i32>,
    /// Stretches, both ends included.
    stretches: Vec<(i32, i32)>,
}

impl Days {
    /// All before a day.
    pub(super) fn before(day: i32) -> Self {
        Self {
            before: Some(day),
            stretches: Vec::new(),
        }
    }

    /// The days from one to another, both included.
    pub(super) fn between(from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            before: None,
            stretches: vec![(from.to_epoch_days(), to.to_epoch_days())],
        }
    }

    /// The days that were forgotten up to now.
    pub(super) fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let text = |key: &str| -> rusqlite::Result<Option<String>> {
            let value: Option<Vec<u8>> = conn
                .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
                .query_row([key], |row| row.get(0))
                .optional()?;
            Ok(value.and_then(|bytes| String::from_utf8(bytes).ok()))
        };
        let pair = |line: &str| {
            let (from, to) = line.split_once(':')?;
            Some((from.parse().ok()?, to.parse().ok()?))
        };
        let stretches = text(STRETCHES)?.unwrap_or_default();
        Ok(Self {
            before: text(BEFORE)?.and_then(|day| day.parse().ok()),
            stretches: stretches.lines().filter_map(pair).collect(),
        })
    }

    /// Adds other days to these.
    fn join(&mut self, other: &Self) {
        self.before = self.before.max(other.before);
        self.stretches.extend(&other.stretches);
        self.stretches.sort_unstable();
        self.stretches.dedup();
    }

    /// Adds these days to the ones that stay out.
    pub(super) fn remember(&self, conn: &Connection) -> rusqlite::Result<()> {
        let mut all = Self::load(conn)?;
        all.join(self);
        let lines = all
            .stretches
            .iter()
            .map(|(from, to)| format!("{from}:{to}"));
        let lines = lines.collect::<Vec<_>>().join("\n");
        let before = all.before.map(|day| day.to_string());
        for (key, value) in [(BEFORE, before), (STRETCHES, Some(lines))] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                conn.execute(
                    "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
                    params![key, value.into_bytes()],
                )?;
            }
        }
        Ok(())
    }

    /// Whether no day was forgotten.
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_none() && self.stretches.is_empty()
    }

    /// Whether a day was forgotten.
    pub(super) fn hold(&self, day: i32) -> bool {
        self.before.is_some_and(|before| day < before)
            || self
                .stretches
                .iter()
                .any(|(from, to)| (from..=to).contains(&&day))
    }

    /// Whether the civil day of a moment was forgotten.
    pub(super) fn hold_moment(&self, at: Moment) -> bool {
        let seconds = at.utc.saturating_add(i64::from(at.offset_min) * 60);
        i32::try_from(seconds.div_euclid(86_400)).is_ok_and(|day| self.hold(day))
    }

    /// Whether the day of a time of an export was forgotten.
    pub(super) fn hold_when(&self, when: When) -> bool {
        when.day().is_some_and(|day| self.hold(day.to_epoch_days()))
    }

    /// The last of the forgotten days that a day lies among, the day itself if it is not.
    pub(super) fn end_of(&self, day: i32) -> i32 {
        let mut end = day;
        while self.hold(end) {
            let before = self.before.filter(|before| end < *before).map(|b| b - 1);
            let stretches = self.stretches.iter();
            let ends = stretches.filter(|(from, to)| (from..=to).contains(&&end));
            let last = ends.map(|(_, to)| *to).chain(before).max().unwrap_or(end);
            if !self.hold(last.saturating_add(1)) || last == i32::MAX {
                return last;
            }
            end = last.saturating_add(1);
        }
        end
    }
}

/// Up to where each kind of row is kept; what lies in these days goes and stays out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// Commits, and others' commits that tell of mine.
    pub(super) commits: Days,
    /// What I did to refs, its daily sums, and when lines went.
    pub(super) acts: Days,
    /// Tasks and given reviews that lie in these days whole.
    pub(super) tasks: Days,
    /// Recorded time.
    pub(super) entries: Days,
    /// Notes, events and goals that are closed.
    pub(super) notes: Days,
    /// Titles of tasks that ended in these days.
    pub(super) titles: Days,
}

impl Limits {
    /// All that lies in these days.
    pub(super) fn all(days: &Days) -> Self {
        Self {
            commits: days.clone(),
            acts: days.clone(),
            tasks: days.clone(),
            entries: days.clone(),
            notes: days.clone(),
            titles: Days::default(),
        }
    }

    /// What was forgotten and what has aged by `today`.
    pub(super) fn load(conn: &Connection, today: i32) -> rusqlite::Result<Self> {
        let mut limits = retain::limits(conn, today)?;
        let days = Days::load(conn)?;
        for of_kind in [
            &mut limits.commits,
            &mut limits.acts,
            &mut limits.tasks,
            &mut limits.entries,
            &mut limits.notes,
        ] {
            of_kind.join(&days);
        }
        Ok(limits)
    }

    /// Whether facts of exports pass as they are.
    pub(super) fn pass_facts(&self) -> bool {
        [&self.tasks, &self.entries, &self.titles]
            .iter()
            .all(|days| days.is_empty())
    }

    /// What is left of a fact; `None` when all of it goes.
    pub(super) fn trim(&self, fact: &Fact) -> Option<Fact> {
        match fact {
            Fact::Task(task) if self.holds_task(task) => None,
            Fact::Task(task) => {
                let mut task = task.clone();
                task.entries
                    .retain(|entry| !self.entries.hold_when(entry.start));
                if ended(&task).is_some_and(|at| self.titles.hold_when(at)) {
                    task.title = Clean::default();
                }
                Some(Fact::Task(task))
            }
            Fact::Entry(one) => (!self.entries.hold_when(one.entry.start)).then(|| fact.clone()),
            Fact::Given(given) => {
                let mut given = given.clone();
                given.times.retain(|at| !self.tasks.hold_when(*at));
                let asked = given.requested.is_some_and(|at| !self.tasks.hold_when(at));
                (asked || !given.times.is_empty()).then_some(Fact::Given(given))
            }
        }
    }

    /// Whether a task was begun and ended within these days. When a tracker last touched it, and when
    /// it was due, do not count: a clean-up years later is not work on it.
    pub(super) fn holds_task(&self, task: &TaskFacts) -> bool {
        ended(task).is_some() && times_of(task).all(|at| self.tasks.hold_when(at))
    }
}

/// When a task or pull request ended.
pub(super) fn ended(task: &TaskFacts) -> Option<When> {
    let review = task.review.as_ref();
    let closed = review.and_then(|review| review.merged.or(review.closed));
    task.done.or(closed)
}

/// Every time at which something happened to a task.
pub(super) fn times_of(task: &TaskFacts) -> impl Iterator<Item = When> {
    let own = [task.created, task.started, task.done]
        .into_iter()
        .flatten();
    let moves = task.transitions.iter().map(|one| one.at);
    let entries = task.entries.iter().map(|entry| entry.start);
    let review = task.review.iter().flat_map(|review| {
        let all = [
            review.opened,
            review.ready,
            review.first_review,
            review.approved,
            review.merged,
            review.closed,
        ];
        all.into_iter().flatten()
    });
    own.chain(moves).chain(entries).chain(review)
}

/// What may not be written again.
#[derive(Debug)]
pub(super) struct Barred<'c> {
    conn: &'c Connection,
    key: &'c Key,
    pub(super) limits: Limits,
    /// Kinds of which something was forgotten.
    kinds: Vec<Kind>,
}

impl<'c> Barred<'c> {
    pub(super) fn load(conn: &'c Connection, key: &'c Key, today: i32) -> rusqlite::Result<Self> {
        let mut kinds = Vec::new();
        let mut any = conn.prepare_cached("SELECT 1 FROM tombstones WHERE kind = ?1 LIMIT 1")?;
        for kind in [Kind::Commit, Kind::Word, Kind::Alias, Kind::Key] {
            if any.exists([kind as u8])? {
                kinds.push(kind);
            }
        }
        Ok(Self {
            conn,
            key,
            limits: Limits::load(conn, today)?,
            kinds,
        })
    }

    fn holds(&self, kind: Kind, thing: &[u8]) -> rusqlite::Result<bool> {
        Ok(self.kinds.contains(&kind) && tombstones::is_buried(self.conn, self.key, kind, thing)?)
    }

    /// Whether a commit was forgotten, by itself or with its day.
    pub(super) fn commit(&self, oid: Oid, at: Moment) -> rusqlite::Result<bool> {
        Ok(self.limits.commits.hold_moment(at) || self.holds(Kind::Commit, &oid.0)?)
    }

    /// Whether words can have been forgotten at all.
    pub(super) fn has_words(&self) -> bool {
        self.kinds.contains(&Kind::Word)
    }

    /// Whether a path, the name of a branch or a key in a message was forgotten.
    pub(super) fn word(&self, word: &[u8]) -> rusqlite::Result<bool> {
        self.holds(Kind::Word, word)
    }

    /// Whether a thing of these names was forgotten.
    pub(super) fn names(&self, aliases: &[Alias]) -> rusqlite::Result<bool> {
        for alias in aliases {
            if self.holds(Kind::Alias, alias)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether recorded time names a task that was forgotten.
    pub(super) fn entry_of(&self, task: Option<&str>) -> rusqlite::Result<bool> {
        task.map_or(Ok(false), |task| {
            self.holds(Kind::Key, key_of(task).as_bytes())
        })
    }
}

impl Barred<'_> {
    /// Takes back that a thing of these names was forgotten.
    pub(super) fn lift(&self, aliases: &[Alias], fact: &Fact) -> rusqlite::Result<()> {
        for alias in aliases {
            tombstones::dig_up(self.conn, self.key, Kind::Alias, alias)?;
        }
        let key = match fact {
            Fact::Task(task) => Some(task.key.as_str()),
            Fact::Entry(entry) => entry.task.as_ref().map(Clean::as_str),
            Fact::Given(_) => None,
        };
        key.map_or(Ok(()), |key| {
            tombstones::dig_up(self.conn, self.key, Kind::Key, key_of(key).as_bytes())
        })
    }
}

/// The key of a task as it is compared.
pub(super) fn key_of(task: &str) -> String {
    task.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgotten_days_are_those_before_one_and_stretches() {
        let days = Days {
            before: Some(10),
            stretches: vec![(10, 12), (20, 20)],
        };
        let held: Vec<i32> = (8..22).filter(|day| days.hold(*day)).collect();
        assert_eq!(held, [8, 9, 10, 11, 12, 20]);
        assert_eq!(
            [3, 11, 13, 20].map(|day| days.end_of(day)),
            [12, 12, 13, 20]
        );
        assert!(!Days::default().hold(0));
    }
}
