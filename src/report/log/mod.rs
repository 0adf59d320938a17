//! The rows of `inward log`: what a row is, and all of them as text and JSON. One file a kind.

mod commit;
mod note;
mod review;
mod task;
mod time;

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::Serialize;

use super::Context;
use super::layout::{cut, left};
use super::words;
use crate::model::calendar::Calendar;
use crate::model::forms;
use crate::model::moment::Moment;
use crate::model::task::When;

pub use crate::model::happened::What;
pub use commit::LogRow;
pub use note::NoteRow;
pub use review::ReviewRow;
pub use task::TaskRow;
pub use time::{DayRow, EntryRow, by_day};

/// The name and version of the `log` document.
pub const LOG_SCHEMA: &str = "inward.log.v1";

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A commit.
    Commit(Box<LogRow>),
    /// A task or pull request of mine.
    Task(Box<TaskRow>),
    /// A review that I gave.
    Review(ReviewRow),
    /// Time recorded on one thing on one day.
    Day(DayRow),
    /// One time entry.
    Entry(Box<EntryRow>),
    /// A note or event.
    Note(Box<NoteRow>),
}

impl Row {
    /// The civil day it stands on; `None` for a row on no believed day.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Commit(row) => row.time.day().filter(|_| row.dated),
            Self::Task(row) => row.stands()?.day(),
            Self::Review(row) => row.at.day(),
            Self::Day(row) => Some(row.day),
            Self::Entry(row) => row.entry.entry.start.day(),
            Self::Note(row) => Some(row.day),
        }
    }

    /// Seconds to sort by; a plain day is its end in the home zone, so that it comes before the
    /// instants in it when the newest is first.
    fn order(&self, calendar: &Calendar) -> Option<i64> {
        let when = match self {
            Self::Commit(row) => return row.dated.then_some(row.time.utc),
            Self::Task(row) => row.stands()?,
            Self::Review(row) => row.at,
            Self::Day(row) => When::Day(row.day),
            Self::Entry(row) => row.entry.entry.start,
            Self::Note(row) => When::Day(row.day),
        };
        Some(match when {
            When::At(at) | When::Wall(at) => at.utc,
            When::Day(day) => end_of(day, calendar),
        })
    }

    fn line(&self) -> Line<'_> {
        match self {
            Self::Commit(row) => row.line(),
            Self::Task(row) => row.line(),
            Self::Review(row) => row.line(),
            Self::Day(row) => row.line(),
            Self::Entry(row) => row.line(),
            Self::Note(row) => row.line(),
        }
    }
}

/// The last second of a civil day in the home zone.
fn end_of(day: NaiveDate, calendar: &Calendar) -> i64 {
    let next = day.succ_opt().and_then(|next| next.and_hms_opt(0, 0, 0));
    let begins = next.and_then(|next| next.and_local_timezone(calendar.zone).earliest());
    // A midnight that summer time skips: the zone is at most a day off.
    begins.map_or_else(|| When::Day(day).order(), |at| at.timestamp() - 1)
}

/// The rows, newest first and those on no day last; rows of one instant stay as they came.
pub fn newest_first(mut rows: Vec<Row>, calendar: &Calendar) -> Vec<Row> {
    rows.sort_by_cached_key(|row| {
        let order = row.order(calendar);
        (order.is_none(), std::cmp::Reverse(order))
    });
    rows
}

/// What a row shows as text.
struct Line<'a> {
    /// When, where a clock is known.
    at: Option<Moment>,
    key: String,
    place: &'a str,
    text: Cow<'a, str>,
    tail: Vec<String>,
}

/// The rows as text, a day a paragraph; one sentence when there is none.
pub fn log_text(rows: &[Row], context: &Context<'_>) -> String {
    if rows.is_empty() {
        return "Nothing of yours is known in this range.\n".to_owned();
    }
    let mut out = String::new();
    let mut day: Option<Option<NaiveDate>> = None;
    for row in rows {
        let here = row.day();
        if day != Some(here) {
            if day.is_some() {
                out.push('\n');
            }
            let title = here.map_or_else(
                || "Undated".to_owned(),
                |day| words::weekday_and_day(day, context.calendar.today()),
            );
            out.extend([&title, "\n"]);
            day = Some(here);
        }
        out.push_str(&written(&row.line(), context));
    }
    out
}

/// `  14:03  a1f3c9e0b2  api       Retry on 429   +120 -34  3 files`
fn written(line: &Line<'_>, context: &Context<'_>) -> String {
    let local = line.at.and_then(Moment::local);
    let wide = forms::clock_width();
    let time = local.map_or_else(|| " ".repeat(wide), |at| forms::clock(&at));
    let tail = line.tail.join("  ");
    let head = format!(
        "  {time}  {}  {}  ",
        left(&line.key, 10, context.ascii),
        left(line.place, 12, context.ascii)
    );
    let room = context
        .columns()
        .saturating_sub(28 + wide + tail.len() + 2)
        .max(12);
    let text = cut(&line.text, room, context.ascii);
    let text = format!("{head}{}  {tail}", left(&text, room, context.ascii));
    format!("{}\n", text.trim_end())
}

/// A time as the document writes it: RFC 3339, or a plain day.
pub(crate) fn stamp(when: When) -> Option<String> {
    match when {
        When::At(at) | When::Wall(at) => at.rfc3339(),
        When::Day(day) => Some(day.to_string()),
    }
}

/// A clock as the document writes it; null where only a day is known.
pub(crate) fn clock(when: When) -> Option<String> {
    when.moment().and_then(Moment::rfc3339)
}

/// The `log` document.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    schema: &'static str,
    rows: Vec<RowJson<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum RowJson<'a> {
    Commit(Box<commit::RowJson<'a>>),
    Task(Box<task::RowJson<'a>>),
    Review(review::RowJson<'a>),
    Day(time::DayJson<'a>),
    Entry(Box<time::EntryJson<'a>>),
    Note(Box<note::RowJson<'a>>),
}

impl<'a> Document<'a> {
    /// The document of `rows`, in their order.
    pub fn new(rows: &'a [Row]) -> Self {
        let row = |row: &'a Row| match row {
            Row::Commit(row) => RowJson::Commit(Box::new(commit::RowJson::new(row))),
            Row::Task(row) => RowJson::Task(Box::new(task::RowJson::new(row))),
            Row::Review(row) => RowJson::Review(review::RowJson::new(row)),
            Row::Day(row) => RowJson::Day(time::DayJson::new(row)),
            Row::Entry(row) => RowJson::Entry(Box::new(time::EntryJson::new(row))),
            Row::Note(row) => RowJson::Note(Box::new(note::RowJson::new(row))),
        };
        Self {
            schema: LOG_SCHEMA,
            rows: rows.iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entries::Recorded;
    use crate::model::ids::Oid;
    use crate::model::text::Clean;
    use chrono::DateTime;

    fn commit(text: &str, oid: u8, dated: bool) -> Row {
        let at = DateTime::parse_from_rfc3339(text).unwrap();
        Row::Commit(Box::new(LogRow {
            day_only: false,
            time: Moment::new(at.timestamp(), at.offset().local_minus_utc() / 60),
            dated,
            oid: Oid([oid; 20]),
            repo: Clean::default(),
            summary: Clean::default(),
            files: 0,
            lines: None,
            flags: 0,
            out: None,
            tasks: Vec::new(),
        }))
    }

    fn day(text: &str) -> Row {
        Row::Day(DayRow {
            day: text.parse().unwrap(),
            task: None,
            project: None,
            busy: false,
            entries: 1,
            sum: Recorded::default(),
        })
    }

    #[test]
    fn a_plain_day_stands_before_the_instants_in_it_where_the_owner_lives() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let calendar = Calendar::new(now, chrono_tz::Asia::Tokyo);
        let wanted = [
            commit("2026-02-04T00:30:00+09:00", 1, true),
            day("2026-02-03"),
            commit("2026-02-03T23:30:00+09:00", 2, true),
            commit("2026-02-03T00:30:00+09:00", 3, true),
            day("2026-02-02"),
            commit("1970-01-01T00:00:00Z", 4, false),
        ];
        let mut shuffled = wanted.to_vec();
        shuffled.reverse();
        assert_eq!(newest_first(shuffled, &calendar), wanted);
    }

    #[test]
    fn rows_of_one_instant_stay_as_they_came() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let calendar = Calendar::new(now, chrono_tz::UTC);
        let one = commit("2026-02-04T00:30:00Z", 2, true);
        let rows = vec![one, commit("2026-02-04T00:30:00Z", 1, true)];
        assert_eq!(newest_first(rows.clone(), &calendar), rows);
    }
}
