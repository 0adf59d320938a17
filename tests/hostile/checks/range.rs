//! Ranges of days: what is read is in order, can be written, and is the same when read again.

use chrono::{DateTime, Weekday};
use inward::model::calendar::Calendar;
use inward::model::period::{Bucket, Range};

use super::{NOW, assert_line};

pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let now = DateTime::from_timestamp(NOW, 0).expect("a time");
    for week_start in [Weekday::Mon, Weekday::Sun] {
        let mut calendar = Calendar::new(now, chrono_tz::Tz::Europe__Berlin);
        calendar.week_start = week_start;
        one(&text, &calendar);
    }
    if let Some(written) = Range::written(&text) {
        let read = Range::parse(&text, &Calendar::new(now, chrono_tz::Tz::UTC), None);
        assert_eq!(
            read,
            Ok(written),
            "a date that stands for itself is a range"
        );
    }
}

fn one(text: &str, calendar: &Calendar) {
    let range = match Range::parse(text, calendar, None) {
        Ok(range) => range,
        Err(bad) => {
            assert!(
                text.contains(&bad.0),
                "a refusal names what was refused: {bad:?}"
            );
            return;
        }
    };
    assert!(range.from <= range.to, "{text:?}: {range:?}");
    let printed = range.to_string();
    assert_line(&printed, "a range");
    let again = Range::parse(&printed, calendar, None);
    assert_eq!(again.as_ref(), Ok(&range), "{text:?} printed as {printed}");
    for neighbour in [range.previous(), range.next()] {
        assert!(neighbour.from <= neighbour.to, "{text:?}: {neighbour:?}");
    }
    if range.days() > 20_000 {
        return;
    }
    for bucket in [Bucket::Day, Bucket::Week, Bucket::Month] {
        let buckets = range.buckets(bucket, calendar.week_start);
        assert_eq!(
            buckets.iter().map(|one| one.days()).sum::<u64>(),
            range.days()
        );
        assert_eq!(buckets.first().map(|one| one.from), Some(range.from));
        assert_eq!(buckets.last().map(|one| one.to), Some(range.to));
        assert!(buckets.windows(2).all(|pair| pair[0].to < pair[1].from));
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let texts = "all today yesterday tuesday last-tuesday week last-week month last-month quarter \
        last-quarter year last-year 90d 12w 36500d 2026 2026-Q1 2026-H1 2026-03 2026-W07 2026-01-05 \
        2026-01..2026-02 0001-01-01..9999-12-31 2024-02-29..today 9999 -001 +001 2026-W53";
    texts
        .split(' ')
        .map(|text| text.as_bytes().to_vec())
        .collect()
}
