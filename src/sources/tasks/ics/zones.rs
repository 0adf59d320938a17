//! The zones of a calendar file: known by name, or as the file describes them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{Duration, NaiveDate, NaiveDateTime, Offset as _, TimeZone as _};
use chrono_tz::Tz;

use super::super::dates::Dates;
use super::components::{Component, Kind};
use super::lines::Property;
use super::rule::Rule;
use crate::model::moment::Moment;
use crate::model::task::When;

/// Parts of zones that one file may describe.
const OBSERVANCES: usize = 2_000;

/// From when on an offset holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Onset {
    /// On the clock that was in force before.
    local: NaiveDateTime,
    utc: NaiveDateTime,
    minutes: i32,
}

/// A zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Utc,
    Named(Tz),
    /// As the file describes it: when each offset begins, in order.
    Own(Rc<Vec<Onset>>),
    /// None is given: a clock wherever its owner is.
    Floating,
}

impl Zone {
    /// The moment of a clock in it.
    pub(super) fn moment(&self, local: NaiveDateTime, dates: Dates) -> Option<Moment> {
        match self {
            Self::Floating => dates.wall(local),
            Self::Utc => dates.epoch(local.and_utc().timestamp())?.moment(),
            Self::Named(zone) => Dates::new(*zone).wall(local),
            Self::Own(onsets) => {
                let at = onsets.partition_point(|onset| onset.local <= local);
                let minutes = onsets.get(at.saturating_sub(1))?.minutes;
                let utc = local.and_utc().timestamp() - i64::from(minutes) * 60;
                Some(Moment::new(utc, minutes))
            }
        }
    }

    /// The clock in it at an instant of UTC.
    pub(super) fn clock(&self, utc: NaiveDateTime, dates: Dates) -> NaiveDateTime {
        let of = |zone: Tz| zone.offset_from_utc_datetime(&utc).fix().local_minus_utc() / 60;
        let minutes = match self {
            Self::Utc => 0,
            Self::Named(zone) => of(*zone),
            Self::Floating => of(dates.zone),
            Self::Own(onsets) => {
                let at = onsets.partition_point(|onset| onset.utc <= utc);
                let onset = onsets.get(at.saturating_sub(1));
                onset.map_or(0, |onset| onset.minutes)
            }
        };
        utc.checked_add_signed(Duration::minutes(minutes.into()))
            .unwrap_or(utc)
    }
}

/// A date of a property, with its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Date {
    Day(NaiveDate),
    Clock(NaiveDateTime, Zone),
}

impl Date {
    /// The date as it is kept.
    pub(super) fn when(&self, dates: Dates) -> Option<When> {
        match self {
            Self::Day(day) => Some(When::Day(*day)),
            Self::Clock(local, zone) => {
                let moment = zone.moment(*local, dates)?;
                Some(match zone {
                    Zone::Floating => When::Wall(moment),
                    _ => When::At(moment),
                })
            }
        }
    }

    /// The same in a zone, on another clock.
    pub(super) fn at(&self, local: NaiveDateTime) -> Self {
        match self {
            Self::Day(_) => Self::Day(local.date()),
            Self::Clock(_, zone) => Self::Clock(local, zone.clone()),
        }
    }

    /// The clock, midnight for a day.
    pub(super) fn local(&self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(chrono::NaiveTime::MIN),
            Self::Clock(local, _) => *local,
        }
    }
}

/// The zones of one file.
#[derive(Debug, Default)]
pub(super) struct Zones {
    parts: Vec<Component>,
    own: BTreeMap<String, Zone>,
    /// `X-WR-TIMEZONE` by calendar.
    defaults: BTreeMap<usize, Tz>,
    /// Names that nothing explains.
    unknown: BTreeSet<String>,
}

impl Zones {
    /// Takes what a component says about zones.
    pub(super) fn add(&mut self, component: &Component) {
        match component.kind {
            Kind::Observance if self.parts.len() < OBSERVANCES => {
                self.parts.push(component.clone());
            }
            Kind::Calendar => {
                let zone = component
                    .get("X-WR-TIMEZONE")
                    .and_then(|one| named(&one.value));
                if let Some(zone) = zone {
                    self.defaults.insert(component.calendar, zone);
                }
            }
            _ => {}
        }
    }

    /// Works out the zones that the file describes, up to `last`.
    pub(super) fn settle(&mut self, last: NaiveDateTime) {
        let mut onsets: BTreeMap<String, Vec<(NaiveDateTime, i32)>> = BTreeMap::new();
        let mut left = 200_000;
        for part in std::mem::take(&mut self.parts) {
            if let Some(found) = observance(&part, last, &mut left) {
                onsets.entry(part.zone).or_default().extend(found);
            }
        }
        for (name, mut list) in onsets {
            list.sort_by_key(|(at, _)| *at);
            self.own.insert(name, Zone::Own(Rc::new(timed(&list))));
        }
    }

    /// The dates of a property's value, one or a list; what is none is `None`.
    pub(super) fn dates(&mut self, property: &Property, calendar: usize) -> Vec<Option<Date>> {
        let zone = property.param("TZID").map(|id| self.zone(id, calendar));
        let values = property.value.split(',').take(10_000);
        values
            .map(|text| date(text.trim(), zone.as_ref()))
            .collect()
    }

    /// The first date of a property.
    pub(super) fn date(&mut self, property: &Property, calendar: usize) -> Option<Date> {
        self.dates(property, calendar).into_iter().next().flatten()
    }

    /// Names that nothing explains: their clocks were read as floating ones.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(String::as_str)
    }

    fn zone(&mut self, id: &str, calendar: usize) -> Zone {
        let id = id.trim();
        if let Some(zone) = named(id) {
            return Zone::Named(zone);
        }
        if let Some(zone) = self.own.get(id) {
            return zone.clone();
        }
        if self.unknown.len() < 100 {
            self.unknown.insert(id.to_owned());
        }
        let default = self.defaults.get(&calendar);
        default.map_or(Zone::Floating, |zone| Zone::Named(*zone))
    }
}

/// The same with the instants: each begins on the clock before it.
fn timed(list: &[(NaiveDateTime, i32)]) -> Vec<Onset> {
    let mut before = list.first().map_or(0, |(_, minutes)| *minutes);
    let each = list.iter().filter_map(|(local, minutes)| {
        let utc = local.checked_sub_signed(Duration::minutes(before.into()))?;
        before = *minutes;
        Some(Onset {
            local: *local,
            utc,
            minutes: *minutes,
        })
    });
    each.collect()
}

/// The zone of a name; programs put their own path before it.
fn named(id: &str) -> Option<Tz> {
    let mut rest = id.trim().trim_start_matches('/');
    if rest.len() > 200 {
        return None;
    }
    loop {
        if let Ok(zone) = rest.parse() {
            return Some(zone);
        }
        rest = rest.split_once('/')?.1;
    }
}

/// `20250901`, `20250901T091500`, `20250901T091500Z`.
fn date(text: &str, zone: Option<&Zone>) -> Option<Date> {
    let (text, utc) = match text.strip_suffix('Z') {
        Some(text) => (text, true),
        None => (text, false),
    };
    if text.len() == 8 && !utc {
        return Some(Date::Day(NaiveDate::parse_from_str(text, "%Y%m%d").ok()?));
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok()?;
    let zone = if utc {
        Zone::Utc
    } else {
        zone.cloned().unwrap_or(Zone::Floating)
    };
    Some(Date::Clock(local, zone))
}

/// The clocks at which one part of a zone begins, each with its offset. The clock is that of the
/// offset before, as the format has it.
fn observance(
    part: &Component,
    last: NaiveDateTime,
    left: &mut u32,
) -> Option<Vec<(NaiveDateTime, i32)>> {
    let minutes = minutes(&part.get("TZOFFSETTO")?.value)?;
    let Date::Clock(start, _) = date(part.get("DTSTART")?.value.trim(), None)? else {
        return None;
    };
    let mut onsets = vec![start];
    if let Some(rule) = part.get("RRULE").and_then(|one| Rule::parse(&one.value)) {
        onsets = rule.clocks((start, last), left).0;
    }
    let more = part.all("RDATE").flat_map(|one| one.value.split(','));
    onsets.extend(
        more.filter_map(|text| date(text.trim(), None))
            .map(|date| date.local()),
    );
    Some(onsets.into_iter().map(|at| (at, minutes)).collect())
}

/// `+0200`, `-0330`, `+023000` in minutes.
fn minutes(text: &str) -> Option<i32> {
    let text = text.trim();
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = text
        .get(1..5)
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let number: i32 = digits.parse().ok()?;
    Some(sign * (number / 100 * 60 + number % 100)).filter(|minutes| minutes.abs() <= 18 * 60)
}

#[cfg(test)]
mod tests {
    use super::super::super::input::Input;
    use super::super::components::Components;
    use super::*;

    fn zones(text: &str) -> Zones {
        let input = Input::from_bytes(text, "x.ics").unwrap();
        let mut components = Components::of(&input).unwrap();
        let mut zones = Zones::default();
        while let Some(one) = components.next().unwrap() {
            zones.add(&one);
        }
        let last = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        zones.settle(last.and_time(chrono::NaiveTime::MIN));
        zones
    }

    fn utc(zones: &mut Zones, line: &str) -> i64 {
        let property = Property::of(line).unwrap();
        let dates = Dates::new(chrono_tz::Europe::Berlin);
        let date = zones.date(&property, 0).unwrap();
        date.when(dates).unwrap().moment().unwrap().utc
    }

    const OWN: &str = "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0330\nTZOFFSETTO:+0230\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010325T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0230\nTZOFFSETTO:+0330\nEND:DAYLIGHT\nEND:VTIMEZONE\nEND:VCALENDAR\n";

    #[test]
    fn zones_by_name_by_description_by_default_and_none() {
        let mut zones = zones(OWN);
        let noon = 1_751_371_200; // 2025-07-01T12:00:00Z
        for (line, hours) in [
            ("DTSTART:20250701T120000Z", 0.0),
            ("DTSTART;TZID=Europe/Berlin:20250701T120000", 2.0),
            (
                "DTSTART;TZID=/example.org/2005/Europe/London:20250701T120000",
                1.0,
            ),
            ("DTSTART;TZID=Mine:20250701T120000", 3.5),
            ("DTSTART;TZID=\"Nowhere\":20250701T120000", 9.0),
            ("DTSTART:20250701T120000", 2.0),
        ] {
            let apart = (noon - utc(&mut zones, line)) as f64 / 3_600.0;
            assert!((apart - hours).abs() < 1e-9, "{line}: {apart}");
        }
        assert_eq!(zones.unknown().collect::<Vec<_>>(), ["Nowhere"]);
        let winter = utc(&mut zones, "DTSTART;TZID=Mine:20251201T120000");
        assert_eq!(winter, 1_764_581_400); // 09:30 UTC
        // The clock goes back at 03:00, which is 23:30 UTC of the day before.
        let mine = zones.own.get("Mine").unwrap();
        let dates = Dates::new(chrono_tz::Europe::Berlin);
        let clock = |second: i64| {
            let utc = chrono::DateTime::from_timestamp(1_761_435_000 + second, 0).unwrap();
            mine.clock(utc.naive_utc(), dates)
                .format("%H:%M:%S")
                .to_string()
        };
        assert_eq!([clock(-1), clock(0)], ["02:59:59", "02:00:00"]);
    }

    #[test]
    fn days_are_days_and_nonsense_is_none() {
        let mut zones = Zones::default();
        let mut date = |line: &str| zones.date(&Property::of(line).unwrap(), 0);
        assert!(matches!(
            date("DTSTART;VALUE=DATE:20251225"),
            Some(Date::Day(_))
        ));
        for line in [
            "DTSTART:INVALID-DATE",
            "DTSTART:20250230",
            "DTSTART:20250101T250000Z",
            "DTSTART:",
        ] {
            assert_eq!(date(line), None, "{line}");
        }
    }
}
