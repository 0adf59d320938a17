//! Ageing: how long each kind of row is kept, and letting go what is older.
//!
//! Rules are the owner's, in `meta`; without one a kind is kept until it is forgotten. Ref events are
//! the exception: after 180 days only their daily sums stay (`ref_events.rs`). What has aged goes when
//! the store is opened for writing, once a day, and is logged. Scans and imports leave out what is too
//! old to be kept; a rule that is taken back lets them bring it again.

use chrono::{Days as Later, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};

use super::barred::{Days, Limits, ended, times_of};
use super::error::unfit;
use super::{Store, StoreError, audit, ref_events, tasks};
use crate::model::moment::Moment;
use crate::model::privacy::Ageing;
use crate::model::stage::StageWords;
use crate::model::task::When;

/// Key in `meta` of the day of the last purge.
const PURGED: &str = "retain.purged";
/// Key in `meta` of the day up to which the record went when the clock jumped.
const HELD: &str = "retain.held";
/// A clock so many days after the newest entry of the log is not believed.
const JUMP: i32 = 30;

/// A kind of row that can age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Commits with their files and lines, and others' commits that tell of mine.
    Commits,
    /// Finished tasks and reviews that I gave.
    Tasks,
    /// Titles of finished tasks.
    Titles,
    /// Recorded time.
    Entries,
    /// Notes, events and closed goals.
    Notes,
}

impl Kept {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Commits,
        Self::Tasks,
        Self::Titles,
        Self::Entries,
        Self::Notes,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Commits => "commits",
            Self::Tasks => "tasks",
            Self::Titles => "titles",
            Self::Entries => "entries",
            Self::Notes => "notes",
        }
    }

    /// What it is, in words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Commits => "commits with their files and lines",
            Self::Tasks => "finished tasks, and reviews you gave",
            Self::Titles => "titles of finished tasks",
            Self::Entries => "recorded time",
            Self::Notes => "notes, events and closed goals",
        }
    }

    /// What the figures lose when it goes.
    pub fn costs(self) -> &'static str {
        match self {
            Self::Commits => {
                "every figure of commits, lines and files begins at that day; no sums of older ones are kept"
            }
            Self::Tasks => "figures of tasks and reviews begin at that day",
            Self::Titles => "no figure changes; drafts and lists show the key alone",
            Self::Entries => "figures of recorded time begin at that day",
            Self::Notes => "no figure changes but days away, which count as days of work again",
        }
    }

    fn key(self) -> String {
        format!("retain.{}", self.name())
    }
}

/// What a purge did when the store was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Purge {
    /// Nothing was due.
    #[default]
    Nothing,
    /// So many rows went.
    Gone(u64),
    /// The clock stands so many days after the newest entry of the log: nothing goes until the
    /// owner says that it is right ([`Store::release_purge`]).
    Held(i32),
    /// It could not be done or not be verified; why.
    Failed(String),
}

impl Store {
    /// After how many days a kind goes; `None`: never by itself.
    pub fn retained(&self, kind: Kept) -> Result<Option<u32>, StoreError> {
        self.read("reading how long rows are kept", |conn| rule(conn, kind))
    }

    /// Sets after how many days a kind goes, logged. What is older goes with [`Self::purge_now`].
    pub fn retain(&mut self, kind: Kept, days: Option<u32>) -> Result<(), StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("noting how long rows are kept", |conn| {
            match days {
                Some(days) => conn.execute(
                    "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
                    params![kind.key(), days.to_string().into_bytes()],
                )?,
                None => conn.execute("DELETE FROM meta WHERE key = ?1", [kind.key()])?,
            };
            let n = days.map_or(0, u64::from);
            audit::note(conn, &key, today, (audit::Action::Retain, kind.name(), n))
        })
    }

    /// How many rows of a kind are older than so many days.
    pub fn older(&self, kind: Kept, days: u32) -> Result<u64, StoreError> {
        let cut = cut(self.today, days);
        self.read("counting what is older", |conn| {
            let ages = ages(conn, kind)?;
            Ok(ages.iter().filter(|day| **day < cut).count() as u64)
        })
    }

    /// Every kind with its age, the day on which the next row goes, and how many go then.
    pub fn ageing(&self, today: NaiveDate) -> Result<Vec<Ageing>, StoreError> {
        self.read("reading what ages", |conn| {
            let today = today.to_epoch_days();
            let events = ref_events::days(conn)?;
            let mut out = vec![line(
                "ref events, to daily sums",
                Some(ref_events::KEPT_DAYS),
                &events,
                today,
            )];
            for kind in Kept::ALL {
                let after = rule(conn, kind)?;
                let ages = match after {
                    Some(_) => ages(conn, kind)?,
                    None => Vec::new(),
                };
                out.push(line(kind.about(), after, &ages, today));
            }
            Ok(out)
        })
    }

    /// How many days the clock stands after the newest entry of the log, while nothing goes because
    /// of that; `None` when nothing is held.
    pub fn held_days(&self) -> Result<Option<i32>, StoreError> {
        self.read("looking for what has aged", |conn| {
            Ok(match due(conn, self.today)? {
                Due::Held(days, _) => Some(days),
                Due::No | Due::Yes => None,
            })
        })
    }

    /// What the last opening for writing let go.
    pub fn purged(&self) -> &Purge {
        &self.purged
    }

    /// Says that the clock is right: what is due goes with the next [`Self::purge_now`].
    pub fn release_purge(&mut self) -> Result<(), StoreError> {
        self.write("noting that the clock is right", |conn| {
            conn.execute("DELETE FROM meta WHERE key IN (?1, ?2)", [HELD, PURGED])?;
            Ok(())
        })
    }

    /// Lets what has aged go at once, verified; how many rows.
    pub fn purge_now(&mut self) -> Result<u64, StoreError> {
        let today = self.today;
        let limits = self.read("reading how long rows are kept", |conn| limits(conn, today))?;
        let mut gone = 0;
        if limits != Limits::default() {
            gone = self.purge(&limits)?;
        }
        let key = self.key.clone();
        self.write("noting the purge", |conn| {
            conn.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
                params![PURGED, today.to_string().into_bytes()],
            )?;
            if gone > 0 {
                audit::note(conn, &key, today, (audit::Action::Purge, "aged rows", gone))?;
            }
            Ok(())
        })?;
        Ok(gone)
    }

    /// Lets what has aged go when the store is opened for writing, at most once a day. It never keeps
    /// the store from being opened.
    pub(super) fn purge_if_due(&mut self) -> Result<(), StoreError> {
        let today = self.today;
        self.purged = match self.read("looking for what has aged", |conn| due(conn, today))? {
            Due::No => Purge::Nothing,
            Due::Held(days, newly) => {
                if let Some(newest) = newly {
                    self.write("holding the purge", |conn| {
                        conn.execute(
                            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
                            params![HELD, newest.to_string().into_bytes()],
                        )
                    })?;
                }
                Purge::Held(days)
            }
            Due::Yes => match self.purge_now() {
                Ok(0) => Purge::Nothing,
                Ok(gone) => Purge::Gone(gone),
                Err(error) => Purge::Failed(error.to_string()),
            },
        };
        Ok(())
    }
}

/// Whether something may go now.
enum Due {
    No,
    Yes,
    /// The clock is so many days ahead; the day up to which the record goes, where that is new.
    Held(i32, Option<i32>),
}

fn due(conn: &Connection, today: i32) -> rusqlite::Result<Due> {
    if limits(conn, today)? == Limits::default() || number(conn, PURGED)? == Some(today) {
        return Ok(Due::No);
    }
    let mut any = false;
    for kind in Kept::ALL {
        if let Some(days) = rule(conn, kind)? {
            any |= ages(conn, kind)?.iter().any(|day| *day < cut(today, days));
        }
    }
    if !any {
        return Ok(Due::No);
    }
    let held = number(conn, HELD)?;
    let newest: Option<i32> = conn.query_row("SELECT max(day) FROM audit", [], |row| row.get(0))?;
    let Some(newest) = held.or(newest) else {
        return Ok(Due::Yes);
    };
    let ahead = today.saturating_sub(newest);
    if ahead <= JUMP {
        return Ok(Due::Yes);
    }
    Ok(Due::Held(ahead, held.is_none().then_some(newest)))
}

/// The first day that is kept.
fn cut(today: i32, days: u32) -> i32 {
    today.saturating_sub(i32::try_from(days).unwrap_or(i32::MAX))
}

/// What has aged by `today`.
pub(super) fn limits(conn: &Connection, today: i32) -> rusqlite::Result<Limits> {
    let before = |kind| -> rusqlite::Result<Days> {
        let rule = rule(conn, kind)?;
        Ok(rule.map_or_else(Days::default, |days| Days::before(cut(today, days))))
    };
    Ok(Limits {
        commits: before(Kept::Commits)?,
        acts: Days::default(),
        tasks: before(Kept::Tasks)?,
        entries: before(Kept::Entries)?,
        notes: before(Kept::Notes)?,
        titles: before(Kept::Titles)?,
    })
}

/// Takes over the rules of `other` where they are shorter; whether one was.
pub(super) fn join(conn: &Connection, other: &Connection) -> rusqlite::Result<bool> {
    let mut changed = false;
    for kind in Kept::ALL {
        let (ours, theirs) = (rule(conn, kind)?, rule(other, kind)?);
        let Some(theirs) = theirs.filter(|theirs| ours.is_none_or(|ours| *theirs < ours)) else {
            continue;
        };
        conn.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
            params![kind.key(), theirs.to_string().into_bytes()],
        )?;
        changed = true;
    }
    Ok(changed)
}

fn rule(conn: &Connection, kind: Kept) -> rusqlite::Result<Option<u32>> {
    let days = number(conn, &kind.key())?;
    Ok(days.and_then(|days| u32::try_from(days).ok()))
}

fn number(conn: &Connection, key: &str) -> rusqlite::Result<Option<i32>> {
    let value: Option<Vec<u8>> = conn
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    let text = value.and_then(|bytes| String::from_utf8(bytes).ok());
    text.map(|text| text.parse().map_err(|_bad| unfit(format!("{key} in meta"))))
        .transpose()
}

/// The day of each row of a kind by which it ages.
fn ages(conn: &Connection, kind: Kept) -> rusqlite::Result<Vec<i32>> {
    match kind {
        Kept::Commits => civil(conn, "SELECT utc, offset_min FROM commits"),
        Kept::Notes => numbers(
            conn,
            "SELECT to_day FROM notes UNION ALL SELECT closed FROM goals WHERE closed IS NOT NULL",
        ),
        Kept::Entries => {
            let mut query = conn.prepare("SELECT start FROM time_entries")?;
            let starts = query.query_map([], |row| row.get::<_, When>(0))?;
            let starts = starts.collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(starts.into_iter().filter_map(day_of).collect())
        }
        Kept::Tasks | Kept::Titles => {
            let tasks = tasks::list(conn, &StageWords::default())?.into_iter();
            let aged = tasks.filter_map(|task| {
                let end = ended(&task.facts)?;
                if kind == Kept::Titles {
                    return day_of(end).filter(|_| !task.facts.title.is_empty());
                }
                let moves = task.moves.iter().map(|one| one.until.unwrap_or(one.at));
                times_of(&task.facts).chain(moves).filter_map(day_of).max()
            });
            Ok(aged.collect())
        }
    }
}

fn day_of(when: When) -> Option<i32> {
    when.day().map(|day| day.to_epoch_days())
}

fn numbers(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<i32>> {
    let mut query = conn.prepare(sql)?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// The civil days of moments: UTC seconds and offset.
pub(super) fn civil(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<i32>> {
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([], |row| {
        Ok(Moment {
            utc: row.get(0)?,
            offset_min: row.get(1)?,
        })
    })?;
    let mut days = Vec::new();
    for at in rows {
        let at = at?;
        let seconds = at.utc.saturating_add(i64::from(at.offset_min) * 60);
        days.extend(i32::try_from(seconds.div_euclid(86_400)));
    }
    Ok(days)
}

/// One line of the list: the next day on which something goes, and how much.
fn line(what: &'static str, after: Option<u32>, ages: &[i32], today: i32) -> Ageing {
    let next = after.zip(ages.iter().min()).map(|(after, oldest)| {
        let after = i32::try_from(after).unwrap_or(i32::MAX);
        let day = oldest.saturating_add(after).saturating_add(1).max(today);
        let gone = ages.iter().filter(|age| age.saturating_add(after) < day);
        (day, gone.count() as u64)
    });
    let date = next.and_then(|(day, _)| {
        let days = u64::try_from(day).ok()?;
        NaiveDate::from_epoch_days(0)?.checked_add_days(Later::new(days))
    });
    Ageing {
        what,
        after_days: after,
        next: date,
        rows: next.map_or(0, |(_, rows)| rows),
    }
}
