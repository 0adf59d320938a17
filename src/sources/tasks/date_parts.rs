//! A date as text, taken apart: day, clock and offset, in every shape that exports write.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use super::months;

/// Whether `3/4/2026` is the 3rd of April or March 4th.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// Day first.
    Dmy,
    /// Month first.
    Mdy,
}

/// A date before it is known in which order it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Date {
    Known(NaiveDate),
    /// Two numbers that are day and month in some order, and a year.
    Numeric(u32, u32, i32),
}

impl Date {
    /// The day, read in `order` where that matters.
    pub(super) fn resolve(self, order: Option<DayOrder>) -> Option<NaiveDate> {
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
pub(super) struct Parts {
    pub(super) date: Date,
    pub(super) time: Option<NaiveTime>,
    /// Minutes east of UTC.
    pub(super) offset: Option<i32>,
}

impl Parts {
    /// The parts of `text`; `None` when it is no date.
    pub(super) fn of(text: &str) -> Option<Self> {
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
    let half = half(rest);
    let hour = match half {
        Some(b'a') => hour % 12,
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

/// The `a` or `p` of `AM`, `p.m.`, `a. m.` at the beginning of `text`.
fn half(text: &str) -> Option<u8> {
    let mut letters = text
        .chars()
        .filter(|c| !matches!(c, '.' | ' ' | '\u{a0}' | '\u{202f}'));
    let half = match letters.next()? {
        'a' | 'A' => b'a',
        'p' | 'P' => b'p',
        _ => return None,
    };
    matches!(letters.next(), Some('m' | 'M')).then_some(half)
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
