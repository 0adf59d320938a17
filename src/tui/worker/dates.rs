//! Days among the words of a list's filter: `2026-03-04`, `2026-03`, `2026-W10`.

use chrono::Datelike as _;

use crate::app::row::ItemRow;
use crate::model::calendar::Calendar;
use crate::model::period::Range;
use crate::model::task::When;

/// The days that were typed; without any, every day holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Days(Vec<Range>);

impl Days {
    /// Whether a row of this day (from 1970-01-01) passes: it lies in all that was typed.
    pub(super) fn hold(&self, day: i32) -> bool {
        let within =
            |range: &Range| range.from.to_epoch_days() <= day && day <= range.to.to_epoch_days();
        self.0.iter().all(within)
    }

    /// Whether the row passes: a row of several days by any of them, one without a day by none.
    pub(super) fn hold_row(&self, row: &ItemRow) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let at = row.at.and_then(When::day).map(|day| Range::new(day, day));
        let days = row.days.or(at);
        let meets = |range: &Range, days: Range| range.from <= days.to && days.from <= range.to;
        days.is_some_and(|days| self.0.iter().all(|range| meets(range, days)))
    }
}

/// The days in `text`, and the words that are left.
pub(super) fn split(text: &str, calendar: &Calendar) -> (Days, String) {
    let (mut days, mut words) = (Days::default(), Vec::new());
    for word in text.split_whitespace() {
        match day_of(word, calendar) {
            Some(range) => days.0.push(range),
            None => words.push(word),
        }
    }
    (days, words.join(" "))
}

/// A year, a dash and more: what a title or an object id does not look like. A plain year is a word.
fn day_of(word: &str, calendar: &Calendar) -> Option<Range> {
    let (year, rest) = word.split_once('-')?;
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    if !is_year || rest.is_empty() {
        return None;
    }
    let range = Range::parse(&word.to_uppercase(), calendar, None).ok()?;
    (range.from.year() >= 1970).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, TimeZone, Utc};

    fn calendar() -> Calendar {
        let now = Utc.with_ymd_and_hms(2026, 11, 19, 12, 0, 0).unwrap();
        Calendar::new(now, chrono_tz::UTC)
    }

    fn day(text: &str) -> i32 {
        text.parse::<NaiveDate>().unwrap().to_epoch_days()
    }

    #[test]
    fn days_are_taken_out_of_the_words() {
        let (days, words) = split("retry 2026-03 queue", &calendar());
        assert_eq!(words, "retry queue");
        assert!(days.hold(day("2026-03-31")) && !days.hold(day("2026-04-01")));
        let (days, words) = split("2026-03-04", &calendar());
        assert!(words.is_empty());
        assert!(days.hold(day("2026-03-04")) && !days.hold(day("2026-03-05")));
        let (week, _) = split("2026-w10", &calendar());
        assert!(week.hold(day("2026-03-02")) && !week.hold(day("2026-03-09")));
    }

    #[test]
    fn what_is_no_day_stays_a_word() {
        for text in [
            "ING-207",
            "2026",
            "2026-",
            "2026-foo",
            "a1f3-2026",
            "12-03-04",
        ] {
            let (days, words) = split(text, &calendar());
            assert_eq!((days, words.as_str()), (Days::default(), text));
        }
    }
}
