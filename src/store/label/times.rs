//! Which days and which times of day the file names, by every column that holds one.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::model::moment::EARLIEST;
use crate::model::task::When;
use crate::store::when;

/// The days that something of yours names, and how many times are known finer than a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Civil days with an act of yours: a commit, a ref event, recorded time, a review you gave.
    pub worked: u64,
    /// Civil days that anything of yours names: tasks, reviews, notes, events and the like too.
    pub named: u64,
    /// The first and the last of those.
    pub ends: Option<(NaiveDate, NaiveDate)>,
    /// Days on which inward itself wrote down something: scans, imports, answers, the log.
    pub used: u64,
    /// Times of tasks and their moves, finer than a day.
    pub tasks: u64,
    /// Times of pull requests and reviews, finer than a day.
    pub reviews: u64,
    /// Begins and ends of recorded time and busy times, finer than a day.
    pub entries: u64,
    /// Ref events.
    pub refs: u64,
}

/// What a day says of its owner.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// An act of work.
    Worked,
    /// Something of theirs, which others can have done.
    Named,
    /// The same, and it may lie ahead.
    Planned,
    /// That they used inward.
    Used,
}

/// Times in UTC seconds beside an offset: table, column, what a day of it says.
const CLOCKS: &[(&str, &str, Says)] = &[
    ("commits", "utc", Says::Worked),
    ("commits", "committed_utc", Says::Named),
    ("ref_events", "utc", Says::Worked),
    ("pairings", "utc", Says::Named),
    ("squashes", "utc", Says::Named),
];

/// Packed times of exports (see `when.rs`).
const PACKED: &[(&str, &str, Says)] = &[
    ("tasks", "updated", Says::Named),
    ("tasks", "created", Says::Named),
    ("tasks", "started", Says::Named),
    ("tasks", "done", Says::Named),
    ("tasks", "due", Says::Planned),
    ("transitions", "at", Says::Named),
    ("transitions", "until", Says::Named),
    ("reviews", "opened", Says::Named),
    ("reviews", "ready", Says::Named),
    ("reviews", "first_review", Says::Named),
    ("reviews", "approved", Says::Named),
    ("reviews", "merged", Says::Named),
    ("reviews", "closed", Says::Named),
    ("reviews", "requested", Says::Named),
    ("time_entries", "start", Says::Worked),
    ("time_entries", "ended", Says::Worked),
];

/// Days as numbers.
const DAYS: &[(&str, &str, Says)] = &[
    ("ref_days", "day", Says::Worked),
    ("notes", "written", Says::Used),
    ("goals", "opened", Says::Used),
    ("goals", "closed", Says::Used),
    ("exclusions", "day", Says::Used),
    ("identities", "added_day", Says::Used),
    ("accounts", "added_day", Says::Used),
    ("imports", "day", Says::Used),
    ("repositories", "first_day", Says::Used),
    ("repositories", "last_day", Says::Used),
    ("tombstones", "day", Says::Used),
    ("line_passes", "day", Says::Used),
    ("shares", "day", Says::Used),
    ("audit", "day", Says::Used),
];

/// The days notes and events are about.
const NOTES: &str = "SELECT DISTINCT from_day, to_day FROM notes";

/// When reviews were given, packed in one field.
const GIVEN: &str = "SELECT given, times FROM reviews";

/// No note or event is believed to last longer, in days.
const LONGEST: i32 = 3_660;

/// Days, by what they say.
#[derive(Default)]
struct Found {
    worked: BTreeSet<i32>,
    named: BTreeSet<i32>,
    used: BTreeSet<i32>,
}

impl Found {
    /// Takes a day; one of a clock that is not believed counts for nothing.
    fn take(&mut self, day: i32, says: Says, today: i32) {
        let ahead = says == Says::Planned;
        let first = i32::try_from(EARLIEST / 86_400).unwrap_or(0);
        if day < first || (!ahead && day > today.saturating_add(1)) {
            return;
        }
        match says {
            Says::Used => {
                self.used.insert(day);
                return;
            }
            Says::Worked => {
                self.worked.insert(day);
            }
            Says::Named | Says::Planned => {}
        }
        self.named.insert(day);
    }

    /// Takes the day of a time; 1 where it is known finer than a day.
    fn take_time(&mut self, at: When, says: Says, today: i32) -> u64 {
        if let Some(day) = at.day() {
            self.take(day.to_epoch_days(), says, today);
        }
        u64::from(!matches!(at, When::Day(_)))
    }
}

/// Counts in the file itself.
pub(super) fn told(conn: &Connection, today: i32) -> rusqlite::Result<Times> {
    let mut out = Times::default();
    let mut found = Found::default();
    for (sql, says) in day_queries() {
        let mut query = conn.prepare(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            found.take(row.get(0)?, says, today);
        }
    }
    notes(conn, &mut found)?;
    for (table, column, says) in PACKED {
        let exact = match *table {
            "reviews" => &mut out.reviews,
            "time_entries" => &mut out.entries,
            _ => &mut out.tasks,
        };
        *exact += packed(conn, (table, column), (*says, today), &mut found)?;
    }
    out.reviews += given(conn, today, &mut found)?;
    out.refs = conn.query_row("SELECT count(*) FROM ref_events", [], |row| row.get(0))?;
    out.worked = found.worked.len() as u64;
    out.named = found.named.len() as u64;
    out.used = found.used.len() as u64;
    let day = |number: Option<&i32>| number.copied().and_then(NaiveDate::from_epoch_days);
    out.ends = day(found.named.first()).zip(day(found.named.last()));
    Ok(out)
}

/// The queries whose only column is a day. The names in them are ours, not input.
fn day_queries() -> Vec<(String, Says)> {
    let clocks = CLOCKS.iter().map(|(table, column, says)| {
        let day = format!("({column} + offset_min * 60) / 86400");
        (format!("SELECT DISTINCT {day} FROM {table}"), *says)
    });
    let days = DAYS.iter().map(|(table, column, says)| {
        let sql = format!("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL");
        (sql, *says)
    });
    let exports = "SELECT DISTINCT modified / 86400 FROM imports WHERE modified IS NOT NULL";
    let exports = std::iter::once((exports.to_owned(), Says::Used));
    clocks.chain(days).chain(exports).collect()
}

/// The query for a packed column. Busy times of a calendar are no work.
fn packed_query(table: &str, column: &str) -> String {
    let busy = if table == "time_entries" { "busy" } else { "0" };
    format!("SELECT {column}, {busy} FROM {table} WHERE {column} IS NOT NULL")
}

/// Takes the days of a packed column; how many of its times are finer than a day.
fn packed(
    conn: &Connection,
    (table, column): (&str, &str),
    (says, today): (Says, i32),
    found: &mut Found,
) -> rusqlite::Result<u64> {
    let mut query = conn.prepare(&packed_query(table, column))?;
    let mut rows = query.query([])?;
    let mut exact = 0;
    while let Some(row) = rows.next()? {
        let busy: bool = row.get(1)?;
        let says = if busy { Says::Planned } else { says };
        if let Some(at) = when::unpack(row.get(0)?) {
            exact += found.take_time(at, says, today);
        }
    }
    Ok(exact)
}

/// Takes the days on which reviews were given; how many of the times are finer than a day.
fn given(conn: &Connection, today: i32, found: &mut Found) -> rusqlite::Result<u64> {
    let mut query = conn.prepare(GIVEN)?;
    let mut rows = query.query([])?;
    let mut exact = 0;
    while let Some(row) = rows.next()? {
        let says = if row.get(0)? {
            Says::Worked
        } else {
            Says::Named
        };
        for at in when::split(row.get_ref(1)?.as_blob()?)? {
            exact += found.take_time(at, says, today);
        }
    }
    Ok(exact)
}

/// Takes every day of every note and event; they may lie ahead.
fn notes(conn: &Connection, found: &mut Found) -> rusqlite::Result<()> {
    let mut query = conn.prepare(NOTES)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (from, to): (i32, i32) = (row.get(0)?, row.get(1)?);
        for day in from..=to.min(from.saturating_add(LONGEST)) {
            found.take(day, Says::Planned, 0);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{GROUPS, reads};
    use super::*;
    use crate::store::Store;

    /// Columns that tell a time and are not counted here, each with why.
    const ASIDE: &[(&str, &str, &str)] = &[
        (
            "observations",
            "facts",
            "the same times, as the export said them",
        ),
        (
            "line_passes",
            "tip_utc",
            "the time of a commit, whoever's it is",
        ),
        ("blocks", "data", "the same times, packed"),
    ];

    /// Whether a column holds a day or a time, by its label.
    fn is_time(column: &crate::model::privacy::ColumnLabel) -> bool {
        column.switch == Some("hours")
            || column.column == "day"
            || column.column.ends_with("_day")
            || ["utc", "written", "opened", "closed", "modified"].contains(&column.column)
    }

    #[test]
    fn every_column_that_holds_a_day_or_a_time_is_counted() {
        let mut store = reads::store();
        let mut read = BTreeSet::new();
        let packed = PACKED
            .iter()
            .map(|(table, column, _)| packed_query(table, column));
        let all = day_queries().into_iter().map(|(sql, _)| sql);
        let rest = [NOTES, GIVEN].map(str::to_owned);
        for sql in all.chain(packed).chain(rest) {
            read.extend(reads::reads(&mut store, &sql));
        }
        let tables = GROUPS.iter().flat_map(|(_, tables)| *tables);
        let columns = tables.flat_map(|table| table.columns.iter().map(|one| (table.table, one)));
        let mut seen = 0;
        for (table, column) in columns.filter(|(_, column)| is_time(column)) {
            seen += 1;
            let at = (table.to_owned(), column.column.to_owned());
            let aside = ASIDE
                .iter()
                .any(|one| (one.0, one.1) == (table, column.column));
            assert!(aside != read.contains(&at), "{at:?}");
        }
        assert!(seen > 35, "{seen}");
    }

    #[test]
    fn a_day_that_only_one_thing_names_is_counted_once_and_clocks_are_doubted() {
        let store = Store::memory(1_790_000_000).unwrap();
        let today = store.today;
        let noon = |day: i32| i64::from(day) * 86_400 + 43_200;
        let packed = |day: i32| noon(day) << 14 | 2_048 << 2;
        let sql = format!(
            "INSERT INTO subjects (id, kind, sum) VALUES (1, 0, x''), (2, 2, x'');
             INSERT INTO tasks (subject, source, key, kind, title, created, due, history_whole)
               VALUES (1, 'github', 'A-1', 0, 'a', {}, {}, 1);
             INSERT INTO reviews (subject, given, source, key, opened, commits, times)
               VALUES (2, 1, 'github', '7', {}, x'', x'');
             INSERT INTO time_entries (subject, n, source, start, busy)
               VALUES (1, 0, 'github', {}, 0), (1, 1, 'github', {}, 1);
             INSERT INTO notes (kind, from_day, to_day, text, impact, written)
               VALUES (1, {}, {}, 'leave', 0, {today});",
            packed(today - 30),
            packed(today + 30),
            packed(today - 20),
            packed(today - 10),
            packed(today + 40_000),
            today + 3,
            today + 4,
        );
        store.conn.execute_batch(&sql).unwrap();
        let found = told(&store.conn, today).unwrap();
        assert_eq!((found.worked, found.used), (1, 1));
        // Three in the past, the due date, two days of leave, and a busy time far ahead.
        assert_eq!(found.named, 7);
        assert_eq!((found.tasks, found.reviews, found.entries), (2, 1, 2));
        let day = |number| NaiveDate::from_epoch_days(number).unwrap();
        assert_eq!(found.ends, Some((day(today - 30), day(today + 40_000))));
    }
}
