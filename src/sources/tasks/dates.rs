//! Dates as exports write them, each as exact as it stands there.
//!
//! Three kinds are told apart ([`When`]): instants with a zone, clocks without one, plain days.
//! `d/m` and `m/d` are never guessed row by row: [`Survey`] decides for a whole file.

use chrono::{DateTime, Duration, FixedOffset, LocalResult, NaiveDateTime, Utc};
use chrono::{Offset, TimeZone};
use chrono_tz::Tz;

pub use super::date_parts::DayOrder;
use super::date_parts::{Date, Parts};
use super::error::ImportError;
use crate::model::moment::Moment;
use crate::model::task::When;
use crate::model::text::Clean;

/// How the dates of one file are read.
#[derive(Clone, Copy, Debug)]
pub struct Dates {
    /// The zone of clocks without one.
    pub zone: Tz,
    /// How `3/4/2026` is read; without an answer such a date is none.
    pub order: Option<DayOrder>,
}

impl Dates {
    /// Dates of a file that has none that can be read in two ways.
    pub fn new(zone: Tz) -> Self {
        Self { zone, order: None }
    }

    /// The date in `text`; `None` for an empty one, a mark for "none" (`-`, `null`,
    /// `0001-01-01T00:00:00Z`, the year 9999) and what is no date.
    pub fn when(self, text: &str) -> Option<When> {
        let parts = Parts::of(text)?;
        let date = parts.date.resolve(self.order)?;
        let Some(time) = parts.time else {
            return Some(When::Day(date));
        };
        let local = date.and_time(time);
        match parts.offset {
            Some(minutes) => Some(When::At(self.at(local, minutes)?)),
            None => Some(When::Wall(self.wall(local)?)),
        }
    }

    /// Only the day of [`Self::when`]: for fields that mean a day though a clock stands there.
    pub fn day(self, text: &str) -> Option<When> {
        Parts::of(text)?.date.resolve(self.order).map(When::Day)
    }

    /// The instant of these UTC seconds; `None` for what no calendar holds.
    pub fn epoch(self, seconds: i64) -> Option<When> {
        let utc = DateTime::from_timestamp(seconds, 0)?.naive_utc();
        Some(When::At(self.at(utc, 0)?))
    }

    /// A wall clock in the file's zone. One that a change of the clock left out is an hour later;
    /// of one that came twice it is the first.
    pub fn wall(self, local: NaiveDateTime) -> Option<Moment> {
        let found = match self.zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at,
            LocalResult::None => {
                let later = local.checked_add_signed(Duration::hours(1))?;
                self.zone.from_local_datetime(&later).earliest()?
            }
        };
        let offset = found.offset().fix().local_minus_utc() / 60;
        Some(Moment::new(found.timestamp(), offset))
    }

    /// An instant; where it is given in UTC its day is told in the home zone.
    fn at(self, local: NaiveDateTime, offset_min: i32) -> Option<Moment> {
        let offset = FixedOffset::east_opt(offset_min * 60)?;
        let at = offset.from_local_datetime(&local).single()?;
        let shown = if offset_min == 0 {
            let home = self.zone.offset_from_utc_datetime(&at.naive_utc());
            home.fix().local_minus_utc() / 60
        } else {
            offset_min
        };
        Some(Moment::new(at.timestamp(), shown))
    }
}

/// Whether `text` is a date whose day and month can stand in either order.
pub fn needs_order(text: &str) -> bool {
    Parts::of(text).is_some_and(|parts| matches!(parts.date, Date::Numeric(..)))
}

/// What all dates of a file together say about `d/m` and `m/d`.
///
/// A number above 12 is a day, and what has happened does not lie in the future: one such cell
/// tells. That one thing happened before another is believed only from two rows that agree and
/// none that does not: trackers hold a few dates that were typed in or moved from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    sample: Option<(u64, String)>,
    dmy: bool,
    mdy: bool,
    /// Rows whose dates follow each other only as `d/m`, and only as `m/d`.
    follows: (u64, u64),
}

impl Survey {
    /// Looks at one cell.
    pub fn add(&mut self, line: u64, text: &str) {
        if let Some(Date::Numeric(first, second, _)) = Parts::of(text).map(|parts| parts.date) {
            // Full stops stand only where the day comes first.
            let dotted = text
                .split_whitespace()
                .next()
                .is_some_and(|date| date.bytes().filter(|b| *b == b'.').count() == 2);
            self.dmy |= first > 12 || dotted;
            self.mdy |= second > 12;
            if self.sample.is_none() {
                self.sample = Some((line, text.to_owned()));
            }
        }
    }

    /// Looks at a cell that says when something has happened, as of `now`.
    pub fn past(&mut self, text: &str, now: DateTime<Utc>) {
        let Some(parts) = Parts::of(text) else {
            return;
        };
        // Two days: clocks and zones differ.
        let latest = (now + Duration::days(2)).date_naive();
        let date = parts.date;
        if let (Some(dmy), Some(mdy)) = (
            date.resolve(Some(DayOrder::Dmy)),
            date.resolve(Some(DayOrder::Mdy)),
        ) {
            self.mdy |= dmy > latest && mdy <= latest;
            self.dmy |= mdy > latest && dmy <= latest;
        }
    }

    /// Looks at the cells of two things that happened one after the other.
    pub fn in_order(&mut self, earlier: &str, later: &str) {
        let (Some(earlier), Some(later)) = (Parts::of(earlier), Parts::of(later)) else {
            return;
        };
        let fits = |order| match (
            earlier.date.resolve(Some(order)),
            later.date.resolve(Some(order)),
        ) {
            (Some(earlier), Some(later)) => earlier <= later,
            _ => true,
        };
        match (fits(DayOrder::Dmy), fits(DayOrder::Mdy)) {
            (true, false) => self.follows.0 += 1,
            (false, true) => self.follows.1 += 1,
            _ => {}
        }
    }

    /// Takes in what another part of the same file shows.
    pub fn join(&mut self, other: &Self) {
        self.dmy |= other.dmy;
        self.mdy |= other.mdy;
        self.follows.0 += other.follows.0;
        self.follows.1 += other.follows.1;
        if self.sample.is_none() {
            self.sample.clone_from(&other.sample);
        }
    }

    /// The first date that needs an order.
    pub fn sample(&self) -> Option<&str> {
        self.sample.as_ref().map(|(_, text)| text.as_str())
    }

    /// Whether nothing more can be learned.
    pub fn is_decided(&self) -> bool {
        self.dmy || self.mdy
    }

    /// The order of the file: the owner's answer, else what the values show. `None` when no date
    /// needs one; dates that need one and decide nothing are an error.
    pub fn decide(&self, said: Option<DayOrder>) -> Result<Option<DayOrder>, ImportError> {
        if said.is_some() {
            return Ok(said);
        }
        match (&self.sample, self.dmy, self.mdy, self.follows) {
            (None, ..) => Ok(None),
            (_, true, false, _) | (_, false, false, (2.., 0)) => Ok(Some(DayOrder::Dmy)),
            (_, false, true, _) | (_, false, false, (0, 2..)) => Ok(Some(DayOrder::Mdy)),
            (Some((line, sample)), ..) => Err(ImportError::DayOrder {
                line: *line,
                sample: Clean::label(sample.as_bytes()),
            }),
        }
    }
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
