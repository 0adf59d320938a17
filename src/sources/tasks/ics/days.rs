//! The all-day events of a calendar: holidays, and other days that the owner marks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::super::ImportError;
use super::super::dates::Dates;
use super::super::input::Input;
use super::components::{Component, Components, Kind};
use super::events::{Events, uid};
use super::is_calendar;
use super::lines::Property;
use super::zones::Date;
use crate::model::period::Range;
use crate::model::text::Clean;

/// The most days or stretches that are taken of one file.
const MOST: u64 = 20_000;
/// The longest stretch: what lasts longer is no holiday.
const LONGEST: i64 = 366;
/// The first year that is taken: no commit before it is believed.
const FIRST_YEAR: i32 = 1990;
const DAY: i64 = 86_400;

/// An all-day event, one entry for each time that it recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllDay {
    /// What tells it apart in the file, whatever its title and its days.
    pub uid: String,
    /// Its days.
    pub days: Range,
    /// Its title.
    pub title: Clean,
}

/// What a calendar holds of all-day events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The events, by day and title.
    pub days: Vec<AllDay>,
    /// What was left out, and how many: a reason in words each.
    pub left_out: Vec<(&'static str, u64)>,
}

/// Reads the all-day events of a calendar, recurring ones up to the end of the year after `now`. An
/// event from midnight to midnight of its own clock is one too.
pub fn all_days(input: &Input, zone: Tz, now: DateTime<Utc>) -> Result<Days, ImportError> {
    if !is_calendar(input.head()) {
        return Err(ImportError::Refused(
            "is no calendar: export it as iCalendar (.ics)".to_owned(),
        ));
    }
    let last = NaiveDate::from_ymd_opt(now.year() + 1, 12, 31).unwrap_or(NaiveDate::MAX);
    let end = last.and_time(NaiveTime::MIN).and_utc();
    let mut reading = Reading {
        events: Events::new(Dates::new(zone), end),
        last,
        found: BTreeMap::new(),
        left_out: BTreeMap::new(),
    };
    reading.events.survey(input)?;
    let mut components = Components::of(input)?;
    while let Some(one) = components.next()? {
        if one.kind == Kind::Event {
            reading.event(&one)?;
        }
    }
    Ok(reading.end())
}

struct Reading {
    events: Events,
    last: NaiveDate,
    /// By what tells them apart.
    found: BTreeMap<String, AllDay>,
    left_out: BTreeMap<&'static str, u64>,
}

impl Reading {
    fn event(&mut self, one: &Component) -> Result<(), ImportError> {
        if one.word("STATUS") == "CANCELLED" {
            self.leave("cancelled");
            return Ok(());
        }
        let start = one.get("DTSTART");
        let start = start.and_then(|start| self.events.zones.date(start, one.calendar));
        let Some(start) = start else {
            self.leave("without a start");
            return Ok(());
        };
        let Some(seconds) = self.events.seconds(one, &start) else {
            self.leave("with an end before its start");
            return Ok(());
        };
        let moved = one.get("RECURRENCE-ID");
        let moved = moved.and_then(|id| self.events.instant(id, one.calendar));
        if moved.is_some() {
            return self.take(one, (&start, seconds), moved);
        }
        for (at, seconds, nth) in self.events.times(one, &start, seconds) {
            self.take(one, (&at, seconds), nth)?;
        }
        Ok(())
    }

    fn take(
        &mut self,
        one: &Component,
        (start, seconds): (&Date, i64),
        nth: Option<i64>,
    ) -> Result<(), ImportError> {
        let Some(days) = days(start, seconds) else {
            self.leave("with a time of day");
            return Ok(());
        };
        let from = start.local().date();
        let to = from.checked_add_signed(Duration::days(days - 1));
        let Some(to) = to.filter(|_| days <= LONGEST) else {
            self.leave("longer than a year");
            return Ok(());
        };
        if to.year() < FIRST_YEAR || from > self.last {
            self.leave("before 1990 or after next year");
            return Ok(());
        }
        let title = one.get("SUMMARY").map(Property::text).unwrap_or_default();
        let title = Clean::label(title.as_bytes());
        let name = match (uid(one), nth) {
            (uid, _) if uid.is_empty() => format!("{from}\u{1f}{title}"),
            (uid, None) => uid,
            (uid, Some(nth)) => format!("{uid}/{nth}"),
        };
        let day = AllDay {
            uid: name,
            days: Range::new(from, to),
            title,
        };
        self.add(one.line, day)
    }

    /// Some programs give several events one name: then the day tells them apart.
    fn add(&mut self, line: u64, mut day: AllDay) -> Result<(), ImportError> {
        if self
            .found
            .get(&day.uid)
            .is_some_and(|known| known.days != day.days)
        {
            day.uid = format!("{}\u{1f}{}", day.uid, day.days);
        }
        self.found.insert(day.uid.clone(), day);
        if self.found.len() as u64 > MOST {
            return Err(ImportError::TooMany { line, limit: MOST });
        }
        Ok(())
    }

    fn leave(&mut self, why: &'static str) {
        *self.left_out.entry(why).or_default() += 1;
    }

    fn end(mut self) -> Days {
        let said = &self.events.said;
        let notes = [
            (
                "with a rule that is not followed beyond its first time",
                said.unfollowed,
            ),
            ("cut, since they recur too often", said.cut),
            (
                "with an additional or excepted date that is none",
                said.bad_dates,
            ),
        ];
        for (why, n) in notes.into_iter().filter(|(_, n)| *n > 0) {
            self.left_out.insert(why, n);
        }
        let mut days: Vec<AllDay> = self.found.into_values().collect();
        days.sort_by(|a, b| {
            let key = |one: &AllDay| (one.days.from, one.days.to);
            key(a)
                .cmp(&key(b))
                .then_with(|| (&a.title, &a.uid).cmp(&(&b.title, &b.uid)))
        });
        // The same day under the same title is one, whatever calendars call it.
        let mut met = BTreeSet::new();
        days.retain(|one| met.insert((one.days.from, one.days.to, one.title.clone())));
        Days {
            days,
            left_out: self.left_out.into_iter().collect(),
        }
    }
}

/// How many whole days an event lasts; `None` for one with a time of day. Of one with clocks, a day
/// may be an hour shorter or longer where the clock changes.
fn days(start: &Date, seconds: i64) -> Option<i64> {
    match start {
        // Without an end, and where a program writes the last day for the day after, it is one day.
        Date::Day(_) => Some((seconds / DAY).max(1)),
        Date::Clock(local, _) => {
            let whole = (seconds + DAY / 2) / DAY;
            let near = (seconds - whole * DAY).abs() <= 3_600;
            (local.time() == NaiveTime::MIN && whole >= 1 && near).then_some(whole)
        }
    }
}

#[cfg(test)]
#[path = "days_tests.rs"]
mod tests;
