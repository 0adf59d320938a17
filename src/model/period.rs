//! Ranges of civil days as the command line writes them, and the buckets they are cut into.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

use super::calendar::Calendar;

/// Civil days from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// A text that is no range.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "`{0}` is not a range: use all, today, yesterday, tuesday, last-tuesday, week, last-week, month, last-month, quarter, \
     last-quarter, year, last-year, 90d, 12w, 2026, 2026-Q1, 2026-H1, 2026-03, 2026-W07, 2026-01-05 or A..B"
)]
pub struct BadRange(pub String);

/// How a range is cut along time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bucket {
    /// One civil day.
    Day,
    /// Seven days from the calendar's week start.
    Week,
    /// A calendar month.
    Month,
}

impl Range {
    /// The range from `from` to `to`; the two are swapped when they are the wrong way round.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            from: from.min(to),
            to: from.max(to),
        }
    }

    /// The range that `text` means. `all` is `extent` (first and last day with data, stretched
    /// to today), or today alone when there is no data.
    pub fn parse(text: &str, calendar: &Calendar, extent: Option<Self>) -> Result<Self, BadRange> {
        if let Some((a, b)) = text.split_once("..") {
            let from = Self::parse(a, calendar, extent)?.from;
            let to = Self::parse(b, calendar, extent)?.to;
            if from > to {
                return Err(BadRange(text.to_owned()));
            }
            return Ok(Self { from, to });
        }
        named(text, calendar, extent)
            .or_else(|| weekday(text, calendar.today()))
            .or_else(|| counted(text, calendar))
            .or_else(|| dated(text))
            .ok_or_else(|| BadRange(text.to_owned()))
    }

    /// The days of a date that stands for itself: `2026-03-05`, `2026-03`, `2026-W10`, `2026-Q1`,
    /// `2026-H1`. A year alone is a number like any other, and `None`.
    pub fn written(text: &str) -> Option<Self> {
        dated(text).filter(|_| text.contains('-'))
    }

    /// The last `weeks` whole weeks, the running one included.
    pub fn weeks(weeks: u32, calendar: &Calendar) -> Self {
        let start = calendar.week_of(calendar.today());
        let back = Days::new(u64::from(weeks.max(1) - 1) * 7);
        let from = start.checked_sub_days(back).unwrap_or(NaiveDate::MIN);
        Self {
            from,
            to: plus(start, 6),
        }
    }

    /// How many days the range holds.
    pub fn days(self) -> u64 {
        u64::try_from((self.to - self.from).num_days() + 1).unwrap_or(0)
    }

    /// Whether `day` is inside.
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The range of the same length and the same weekdays that ends just before this one
    /// (whole months step by months, so that a quarter is compared with a quarter).
    #[must_use]
    pub fn previous(self) -> Self {
        if let Some(months) = self.whole_months() {
            let from = self
                .from
                .checked_sub_months(months)
                .unwrap_or(NaiveDate::MIN);
            return Self {
                from,
                to: minus(self.from, 1),
            };
        }
        let days = self.step();
        Self {
            from: minus(self.from, days),
            to: minus(self.to, days),
        }
    }

    /// The range of the same kind that starts just after this one.
    #[must_use]
    pub fn next(self) -> Self {
        if let Some(months) = self.whole_months() {
            let from = plus(self.to, 1);
            let end = from.checked_add_months(months).unwrap_or(NaiveDate::MAX);
            return Self {
                from,
                to: minus(end, 1),
            };
        }
        let days = self.step();
        Self {
            from: plus(self.from, days),
            to: plus(self.to, days),
        }
    }

    /// How many calendar months the range is, if it is made of whole ones.
    fn whole_months(self) -> Option<Months> {
        let end = plus(self.to, 1);
        let number = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        let whole = self.from.day() == 1 && end.day() == 1;
        let months = u32::try_from(number(end) - number(self.from)).ok()?;
        whole.then_some(Months::new(months))
    }

    /// Days to the neighbouring range with the same weekdays; a single day has no weekday to keep.
    fn step(self) -> u64 {
        if self.days() == 1 {
            1
        } else {
            self.days().div_ceil(7) * 7
        }
    }

    /// The buckets that cover the range, in order. The first and last may be cut by it.
    pub fn buckets(self, bucket: Bucket, week_start: Weekday) -> Vec<Self> {
        let mut out = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let to = bucket.end_of(from, week_start).min(self.to);
            out.push(Self { from, to });
            if to == NaiveDate::MAX {
                break;
            }
            from = plus(to, 1);
        }
        out
    }
}

impl Bucket {
    /// The whole bucket that holds `day`.
    pub fn holding(self, day: NaiveDate, calendar: &Calendar) -> Range {
        let from = match self {
            Self::Day => day,
            Self::Week => calendar.week_of(day),
            Self::Month => day.with_day(1).unwrap_or(day),
        };
        Range::new(from, self.end_of(day, calendar.week_start))
    }

    /// The last day of the bucket that holds `day`.
    pub fn end_of(self, day: NaiveDate, week_start: Weekday) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => plus(day, 6 - u64::from(day.weekday().days_since(week_start))),
            Self::Month => end_of_months(day, 1),
        }
    }
}

fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days))
        .unwrap_or(NaiveDate::MAX)
}

fn minus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days))
        .unwrap_or(NaiveDate::MIN)
}

/// The last day of the `months` months that start with `day`'s month.
fn end_of_months(day: NaiveDate, months: u32) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first
        .checked_add_months(Months::new(months))
        .map_or(NaiveDate::MAX, |next| minus(next, 1))
}

fn months_from(first: NaiveDate, months: u32) -> Range {
    Range {
        from: first,
        to: end_of_months(first, months),
    }
}

fn named(text: &str, calendar: &Calendar, extent: Option<Range>) -> Option<Range> {
    let today = calendar.today();
    let week = calendar.week_of(today);
    let month = today.with_day(1)?;
    let quarter = month.with_month0(month.month0() / 3 * 3)?;
    let year = NaiveDate::from_ymd_opt(today.year(), 1, 1)?;
    Some(match text {
        "all" => extent.map_or(
            Range {
                from: today,
                to: today,
            },
            |e| Range {
                from: e.from.min(today),
                to: e.to.max(today),
            },
        ),
        "today" => Range {
            from: today,
            to: today,
        },
        "yesterday" => Range {
            from: minus(today, 1),
            to: minus(today, 1),
        },
        "week" => Range {
            from: week,
            to: plus(week, 6),
        },
        "last-week" => Range {
            from: minus(week, 7),
            to: minus(week, 1),
        },
        "month" => months_from(month, 1),
        "last-month" => months_from(month.checked_sub_months(Months::new(1))?, 1),
        "quarter" => months_from(quarter, 3),
        "last-quarter" => months_from(quarter.checked_sub_months(Months::new(3))?, 3),
        "year" => months_from(year, 12),
        "last-year" => months_from(year.checked_sub_months(Months::new(12))?, 12),
        _ => return None,
    })
}

/// The one day that the name of a weekday means, in any case and in English, long or of three
/// letters. Bare it is the nearest such day up to `today`; with `last-` (or `last `) it is before
/// today, so that `last-tuesday` said on a Tuesday is the one a week ago.
fn weekday(text: &str, today: NaiveDate) -> Option<Range> {
    let bare = text
        .strip_prefix("last-")
        .or_else(|| text.strip_prefix("last "));
    let until = if bare.is_some() {
        minus(today, 1)
    } else {
        today
    };
    let wanted: Weekday = bare.unwrap_or(text).parse().ok()?;
    let day = minus(until, u64::from(until.weekday().days_since(wanted)));
    Some(Range { from: day, to: day })
}

fn counted(text: &str, calendar: &Calendar) -> Option<Range> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = digits(number).filter(|n| (1..=36_500).contains(n))?;
    let today = calendar.today();
    match unit {
        "d" => Some(Range {
            from: minus(today, u64::from(number) - 1),
            to: today,
        }),
        "w" => Some(Range::weeks(number, calendar)),
        _ => None,
    }
}

/// A number without a sign.
fn digits(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

fn dated(text: &str) -> Option<Range> {
    let (year, rest) = text.split_once('-').unwrap_or((text, ""));
    // No sign: what is printed again begins with four digits.
    let year = digits(year).filter(|_| year.len() == 4)?;
    let year = i32::try_from(year).ok()?;
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        let plain = text.len() == 10 && !text.contains(char::is_whitespace);
        return plain.then_some(Range { from: day, to: day });
    }
    if rest.is_empty() {
        return (!text.ends_with('-'))
            .then(|| Some(months_from(NaiveDate::from_ymd_opt(year, 1, 1)?, 12)))?;
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        let quarter = digits(quarter).filter(|q| (1..=4).contains(q))?;
        return Some(months_from(
            NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1)?,
            3,
        ));
    }
    if let Some(half) = rest.strip_prefix('H') {
        let half = digits(half).filter(|half| (1..=2).contains(half))?;
        return Some(months_from(
            NaiveDate::from_ymd_opt(year, half * 6 - 5, 1)?,
            6,
        ));
    }
    if let Some(week) = rest.strip_prefix('W') {
        // An ISO week is Monday to Sunday by definition, whatever the calendar's own week start.
        let monday = NaiveDate::from_isoywd_opt(year, digits(week)?, Weekday::Mon)?;
        return Some(Range {
            from: monday,
            to: plus(monday, 6),
        });
    }
    let month = digits(rest).filter(|_| rest.len() == 2)?;
    Some(months_from(NaiveDate::from_ymd_opt(year, month, 1)?, 1))
}

impl fmt::Display for Range {
    /// `2026-08-01..2026-08-31`, a form that [`Range::parse`] reads back.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            return write!(out, "{}", self.from);
        }
        write!(out, "{}..{}", self.from, self.to)
    }
}

impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;
