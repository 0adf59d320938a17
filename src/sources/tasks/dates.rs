//! Dates as exports write them, each as exact as it stands there.
//!
//! Three kinds are told apart ([`When`]): instants with a zone, clocks without one, plain days.
//! `d/m` and `m/d` are never guessed row by row: [`Survey`] decides for a whole file.

use chrono::{
    DateTime, Datelike as _, Duration, FixedOffset, LocalResult, NaiveDate, NaiveDateTime,
    NaiveTime, Utc,
};
use chrono::{Offset, TimeZone};
use chrono_tz::Tz;

use super::error::ImportError;
use super::months;
use crate::model::moment::Moment;
use crate::model::task::When;
use crate::model::text::Clean;

/// Whether `3/4/2026` is the 3rd of April or March 4th.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// Day first.
    Dmy,
    /// Month first.
    Mdy,
}

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

/// A date before it is known in which order it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Date {
    Known(NaiveDate),
    /// Two numbers that are day and month in some order, and a year.
    Numeric(u32, u32, i32),
}

impl Date {
    fn resolve(self, order: Option<DayOrder>) -> Option<NaiveDate> {
        let date = match self {
            Self::Known(date) => Some(date),
            Self::Numeric(first, second, year) => match order? {
                DayOrder::Dmy => NaiveDate::from_ymd_opt(year, second, first),
                DayOrder::Mdy => NaiveDate::from_ymd_opt(year, first, second),
            },
        };
        // The year 1 and the year 9999 stand for "none".
        date.filter(|date| (1900..9000).contains(&date.year()))
    }
}

/// A text taken apart.
#[derive(Clone, Copy, Debug)]
struct Parts {
    date: Date,
    time: Option<NaiveTime>,
    /// Minutes east of UTC.
    offset: Option<i32>,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('\'');
        if text.len() < 6 || text.len() > 80 || !text.is_ascii() && text.chars().count() > 60 {
            return None;
        }
        if let Some(compact) = compact(text) {
            return Some(compact);
        }
        // `T` between date and time is a blank; a comment in brackets is none of it.
        let text = text.split('(').next().unwrap_or(text);
        let (head, tail) = split_time(text);
        let (time, offset) = match tail {
            Some(tail) => clock(tail)?,
            None => (None, None),
        };
        Some(Self {
            date: date(head)?,
            time,
            offset,
        })
    }
}

/// `20250102T030405Z`, `20250102T030405` and `20250102`.
fn compact(text: &str) -> Option<Parts> {
    let (day, rest) = text.split_at_checked(8)?;
    if !day.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let date = Date::Known(NaiveDate::parse_from_str(day, "%Y%m%d").ok()?);
    if rest.is_empty() {
        return Some(Parts {
            date,
            time: None,
            offset: None,
        });
    }
    let rest = rest.strip_prefix('T')?;
    let (clock, zone) = match rest.strip_suffix('Z') {
        Some(clock) => (clock, Some(0)),
        None => (rest, None),
    };
    Some(Parts {
        date,
        time: Some(NaiveTime::parse_from_str(clock, "%H%M%S").ok()?),
        offset: zone,
    })
}

/// The text before the clock, and from its hour on.
fn split_time(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    let before = text.get(..colon).unwrap_or_default();
    let hour = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (
        text.get(..hour).unwrap_or_default(),
        text.get(hour..).filter(|_| hour < colon),
    )
}

/// `15:04[:05[.123]] [AM|PM] [zone]`; `None` when it is no clock.
fn clock(text: &str) -> Option<(Option<NaiveTime>, Option<i32>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','));
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut numbers = digits.split(':');
    let hour: u32 = numbers.next()?.parse().ok()?;
    let minute: u32 = numbers.next()?.parse().ok()?;
    let second: u32 = match numbers.next() {
        Some(text) => text.split(['.', ',']).next()?.parse().ok()?,
        None => 0,
    };
    let mut rest = rest.trim();
    let lower = rest.to_lowercase().replace(['.', '\u{a0}', '\u{202f}'], "");
    let half = ["am", "pm", "a m", "p m"]
        .iter()
        .find(|half| lower.starts_with(**half));
    let hour = match half {
        Some(half) if half.starts_with('a') => hour % 12,
        Some(_) => hour % 12 + 12,
        None => hour,
    };
    if half.is_some() {
        let m = rest.find(['m', 'M']).map_or(rest.len(), |at| at + 1);
        rest = rest
            .get(m..)
            .unwrap_or_default()
            .trim_start_matches('.')
            .trim();
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second.min(59))?;
    Some((Some(time), offset(rest)?))
}

/// `Z`, `UTC`, `GMT+0100`, `+01:00`, `+0000 UTC`; the outer `None` is something else.
#[expect(
    clippy::option_option,
    reason = "outer: readable; inner: no zone stands there"
)]
fn offset(text: &str) -> Option<Option<i32>> {
    let text = text
        .trim_start_matches("GMT")
        .trim_start_matches("UTC")
        .trim();
    if text.is_empty() {
        return Some(None);
    }
    if matches!(text, "Z" | "z") {
        return Some(Some(0));
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text
        .chars()
        .skip(1)
        .filter(char::is_ascii_digit)
        .take(4)
        .collect();
    let number: i32 = digits.parse().ok()?;
    let minutes = match digits.len() {
        4 => number / 100 * 60 + number % 100,
        1 | 2 => number * 60,
        _ => return None,
    };
    Some(Some(sign * minutes))
}

/// The date in the text before the clock; weekdays and punctuation do not count.
fn date(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches(['T', ',']);
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut numbers: Vec<(usize, u32)> = Vec::with_capacity(3);
    let (mut month, mut month_at) = (None, 0);
    for word in words.filter(|word| !word.is_empty()) {
        let digits = ["st", "nd", "rd", "th", "年", "月", "日"]
            .iter()
            .find_map(|end| word.strip_suffix(end));
        let digits = digits.unwrap_or(word);
        if let Ok(number) = digits.parse::<u32>() {
            numbers.push((digits.len(), number));
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        } else if let Some(found) = months::number(word)
            && month.is_none()
        {
            (month, month_at) = (Some(found), numbers.len());
        } else if numbers.len() + usize::from(month.is_some()) > 2 {
            return None;
        }
    }
    let known = |y: i32, m: u32, d: u32| NaiveDate::from_ymd_opt(y, m, d).map(Date::Known);
    match (month, numbers.as_slice()) {
        (Some(m), [(4, y), (_, d)]) if month_at == 1 => known(i32::try_from(*y).ok()?, m, *d),
        (Some(m), [(_, d), (len, y)]) => known(year(*len, *y)?, m, *d),
        (None, [(4, y), (_, m), (_, d)]) => known(i32::try_from(*y).ok()?, *m, *d),
        (None, [(1 | 2, a), (1 | 2, b), (len, y)]) => {
            let fits = (1..=31).contains(a) && (1..=31).contains(b) && (*a <= 12 || *b <= 12);
            fits.then_some(Date::Numeric(*a, *b, year(*len, *y)?))
        }
        _ => None,
    }
}

/// Years of two digits: 00-68 are 2000s.
fn year(digits: usize, year: u32) -> Option<i32> {
    let year = i32::try_from(year).ok()?;
    match digits {
        4 => Some(year),
        2 if year <= 68 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(order: Option<DayOrder>) -> Dates {
        let zone = chrono_tz::Europe::Berlin;
        Dates { zone, order }
    }

    fn said(text: &str) -> Option<String> {
        let when = dates(Some(DayOrder::Dmy)).when(text)?;
        Some(match when {
            When::At(at) => format!("at {}", at.rfc3339().unwrap()),
            When::Wall(at) => format!("wall {}", at.rfc3339().unwrap()),
            When::Day(day) => format!("day {day}"),
        })
    }

    #[test]
    fn instants_of_every_tracker() {
        for (text, wanted) in [
            ("2025-10-11T10:00:52Z", "at 2025-10-11T12:00:52+02:00"),
            (
                "2021-09-06T04:34:26.239+0000",
                "at 2021-09-06T06:34:26+02:00",
            ),
            (
                "2021-09-06T04:34:26.239-0330",
                "at 2021-09-06T04:34:26-03:30",
            ),
            ("2026-01-02T09:05:10.123Z", "at 2026-01-02T10:05:10+01:00"),
            (
                "Tue May 14 2024 08:53:33 GMT+0000 (GMT)",
                "at 2024-05-14T10:53:33+02:00",
            ),
            (
                "Tue May 14 2024 08:53:33 GMT+0000 (GMT+00:00)",
                "at 2024-05-14T10:53:33+02:00",
            ),
            (
                "2025-08-07 21:47:56 +0000 UTC",
                "at 2025-08-07T23:47:56+02:00",
            ),
            ("20250905T141500Z", "at 2025-09-05T16:15:00+02:00"),
            ("2025-11-05T16:30:00+01:00", "at 2025-11-05T16:30:00+01:00"),
        ] {
            assert_eq!(said(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn clocks_without_a_zone_are_read_in_the_files_zone() {
        for (text, wanted) in [
            ("2/Jan/06 3:04 PM", "wall 2006-01-02T15:04:00+01:00"),
            ("12/Jul/2026 12:04 AM", "wall 2026-07-12T00:04:00+02:00"),
            ("2/Jan/06 15:04", "wall 2006-01-02T15:04:00+01:00"),
            ("Jan/2/06 3:04 PM", "wall 2006-01-02T15:04:00+01:00"),
            ("2006-01-02 15:04", "wall 2006-01-02T15:04:00+01:00"),
            ("12-12-2024 14:42", "wall 2024-12-12T14:42:00+01:00"),
            ("7.6.2025 14:59:28", "wall 2025-06-07T14:59:28+02:00"),
            ("March 1, 2026 3:04 PM", "wall 2026-03-01T15:04:00+01:00"),
            ("3/ene/26 9:15", "wall 2026-01-03T09:15:00+01:00"),
            ("20250102T030405", "wall 2025-01-02T03:04:05+01:00"),
            ("2026-03-29 02:30", "wall 2026-03-29T03:30:00+02:00"),
            ("2026-10-25 02:30", "wall 2026-10-25T02:30:00+02:00"),
        ] {
            assert_eq!(said(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn plain_days_stay_days() {
        for (text, wanted) in [
            ("2026-01-09", "day 2026-01-09"),
            ("May 2, 2023", "day 2023-05-02"),
            ("5 Jan 2026", "day 2026-01-05"),
            ("03/04/2024", "day 2024-04-03"),
            ("20260109", "day 2026-01-09"),
            ("1.2.69", "day 1969-02-01"),
            ("1.2.68", "day 2068-02-01"),
        ] {
            assert_eq!(said(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn marks_for_none_and_texts_are_no_dates() {
        for text in [
            "",
            "-",
            "null",
            "0001-01-01T00:00:00Z",
            "99991230T000000Z",
            "9999-12-30",
            "soon",
            "every monday",
            "2025-02-30",
            "13/13/2024",
            "40/1/2024",
            "2025-01-02T25:00:00Z",
            "1.2.3",
            "ING-2025-01-02x: y",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_decides_its_order_or_asks() {
        let decide = |texts: &[&str], said| {
            let mut survey = Survey::default();
            for (line, text) in texts.iter().enumerate() {
                survey.add(line as u64 + 2, text);
            }
            survey.decide(said)
        };
        assert_eq!(
            decide(&["1/5/2026", "7/15/2026"], None).unwrap(),
            Some(DayOrder::Mdy)
        );
        assert_eq!(
            decide(&["1.5.2026 9:00", "15.7.2026"], None).unwrap(),
            Some(DayOrder::Dmy)
        );
        assert_eq!(
            decide(&["1.5.2026 9:00"], None).unwrap(),
            Some(DayOrder::Dmy)
        );
        assert_eq!(decide(&["2026-05-01", "x"], None).unwrap(), None);
        let open = decide(&["1/5/2026", "2/6/2026"], None)
            .unwrap_err()
            .to_string();
        assert!(open.starts_with("line 2: 1/5/2026"), "{open}");
        let torn = decide(&["13/5/2026", "2/16/2026"], None);
        assert!(torn.is_err(), "both orders in one file");
        assert_eq!(
            decide(&["1/5/2026"], Some(DayOrder::Dmy)).unwrap(),
            Some(DayOrder::Dmy)
        );
        assert_eq!(dates(None).when("1/5/2026"), None, "never guessed");
    }

    #[test]
    fn what_has_happened_is_not_in_the_future_and_one_cell_of_it_decides() {
        let now = DateTime::from_timestamp(1_781_000_000, 0).unwrap(); // 9 June 2026
        let decide = |text| {
            let mut survey = Survey::default();
            survey.add(2, text);
            survey.past(text, now);
            survey.decide(None)
        };
        assert_eq!(decide("5/12/2026").unwrap(), Some(DayOrder::Mdy));
        assert_eq!(decide("12/5/2026").unwrap(), Some(DayOrder::Dmy));
        assert!(decide("5/4/2026").is_err(), "both have been");
        assert!(decide("11/12/2026").is_err(), "neither has been");
    }

    #[test]
    fn two_rows_whose_dates_follow_each_other_decide_unless_one_differs() {
        let decide = |rows: &[(&str, &str)]| {
            let mut survey = Survey::default();
            for (earlier, later) in rows {
                survey.add(2, earlier);
                survey.add(2, later);
                survey.in_order(earlier, later);
            }
            survey.decide(None)
        };
        let (dmy, mdy) = (("9/1/2026", "3/2/2026"), ("1/9/2026", "2/3/2026"));
        assert_eq!(decide(&[dmy, dmy]).unwrap(), Some(DayOrder::Dmy));
        assert_eq!(decide(&[mdy, mdy]).unwrap(), Some(DayOrder::Mdy));
        assert!(decide(&[dmy]).is_err(), "one row may be a date typed in");
        assert!(decide(&[dmy, dmy, mdy]).is_err());
    }
}
