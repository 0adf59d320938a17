//! Lengths of time as iCalendar writes them.

use chrono::Duration;

use super::super::dates::Dates;
use super::zones::{Date, Zone};
use crate::model::moment::Moment;
use crate::model::task::When;

/// `PT1H30M`, `P1DT2H`, `P2W`, `-PT5M` in seconds: a day is 24 hours here.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.trim_start_matches('+')),
    };
    let (mut total, mut digits, mut any) = (0_i64, String::new(), false);
    for c in text.strip_prefix('P')?.chars() {
        let each = match c {
            '0'..='9' => {
                digits.push(c);
                continue;
            }
            'T' if digits.is_empty() => continue,
            'W' => 604_800,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        let number: i64 = std::mem::take(&mut digits).parse().ok()?;
        total = total.checked_add(number.checked_mul(each)?)?;
        any = true;
    }
    // Longer than a lifetime is no length.
    (any && total < 86_400 * 36_525).then_some(sign * total)
}

/// Where what begins at `start` ends: of whole days the last one.
pub(super) fn end(start: &Date, seconds: i64, dates: Dates) -> Option<When> {
    match start {
        Date::Day(day) => {
            let more = (seconds / 86_400 - 1).max(0);
            day.checked_add_signed(Duration::days(more)).map(When::Day)
        }
        Date::Clock(_, zone) => {
            let utc = start.when(dates)?.moment()?.utc.checked_add(seconds)?;
            let at = chrono::DateTime::from_timestamp(utc, 0)?.naive_utc();
            let local = zone.clock(at, dates);
            let apart = (local - at).num_minutes();
            let moment = Moment::new(utc, i32::try_from(apart).ok()?);
            Some(match zone {
                Zone::Floating => When::Wall(moment),
                Zone::Utc => dates.epoch(utc)?,
                _ => When::At(moment),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (text, wanted) in [
            ("PT1H30M", Some(5_400)),
            ("P1DT2H", Some(93_600)),
            ("P2W", Some(1_209_600)),
            ("-PT5M", Some(-300)),
            ("P", None),
            ("1H", None),
            ("P99999999999999999999D", None),
            ("P99999999D", None),
        ] {
            assert_eq!(seconds(text), wanted, "{text}");
        }
    }
}
