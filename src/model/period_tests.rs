//! What the words for days mean, and how a range is cut.

use super::*;
use chrono::{TimeZone, Utc};

fn calendar() -> Calendar {
    // Wednesday 19 August 2026.
    let now = Utc.with_ymd_and_hms(2026, 8, 19, 12, 0, 0).unwrap();
    Calendar::new(now, chrono_tz::Tz::UTC)
}

fn shown(text: &str) -> String {
    Range::parse(text, &calendar(), None).map_or_else(|_| "bad".into(), |r| r.to_string())
}

#[test]
fn every_range_of_the_contract_means_its_days() {
    for (text, days) in [
        ("today", "2026-08-19"),
        ("yesterday", "2026-08-18"),
        ("week", "2026-08-17..2026-08-23"),
        ("last-week", "2026-08-10..2026-08-16"),
        ("month", "2026-08-01..2026-08-31"),
        ("last-month", "2026-07-01..2026-07-31"),
        ("quarter", "2026-07-01..2026-09-30"),
        ("last-quarter", "2026-04-01..2026-06-30"),
        ("year", "2026-01-01..2026-12-31"),
        ("last-year", "2025-01-01..2025-12-31"),
        ("90d", "2026-05-22..2026-08-19"),
        ("12w", "2026-06-01..2026-08-23"),
        ("2026", "2026-01-01..2026-12-31"),
        ("2026-Q1", "2026-01-01..2026-03-31"),
        ("2026-H1", "2026-01-01..2026-06-30"),
        ("2025-H2", "2025-07-01..2025-12-31"),
        ("2026-03", "2026-03-01..2026-03-31"),
        ("2026-W07", "2026-02-09..2026-02-15"),
        ("2026-01-05", "2026-01-05"),
        ("2026-01..2026-02", "2026-01-01..2026-02-28"),
        ("all", "2026-08-19"),
    ] {
        assert_eq!(shown(text), days, "{text}");
    }
}

#[test]
fn a_weekday_is_the_nearest_one_and_last_is_never_today() {
    // Today is a Wednesday.
    for (text, day) in [
        ("tuesday", "2026-08-18"),
        ("last-tuesday", "2026-08-18"),
        ("last tuesday", "2026-08-18"),
        ("Tuesday", "2026-08-18"),
        ("tue", "2026-08-18"),
        ("wednesday", "2026-08-19"),
        ("last-wednesday", "2026-08-12"),
        ("thursday", "2026-08-13"),
        ("last-thursday", "2026-08-13"),
        ("monday..wednesday", "2026-08-17..2026-08-19"),
    ] {
        assert_eq!(shown(text), day, "{text}");
    }
}

#[test]
fn what_is_no_range_is_refused() {
    for text in [
        "last-",
        "last-someday",
        "tuesdays",
        "thursday..wednesday..x",
        "wednesday..thursday",
        "",
        "w",
        "0w",
        "2026-13",
        "2026-Q5",
        "2026-W60",
        "2026-02..2026-01",
        "-0011-01-1",
        "-001-01-01",
        "+001",
        "+001-01-01",
        "2026-+1-01",
        "2026-1-001",
        "2026-W+7",
        "2026-Q+1",
        "2026-+3",
        "x..y",
        "20261",
        "2026-",
    ] {
        assert_eq!(shown(text), "bad", "{text}");
    }
}

#[test]
fn previous_keeps_weekdays_and_whole_months() {
    let weeks = Range::parse("12w", &calendar(), None).unwrap().previous();
    assert_eq!(weeks.to_string(), "2026-03-09..2026-05-31");
    let quarter = Range::parse("quarter", &calendar(), None).unwrap();
    assert_eq!(quarter.previous().to_string(), "2026-04-01..2026-06-30");
    assert_eq!(quarter.previous().next(), quarter);
    assert_eq!(
        Range::parse("90d", &calendar(), None)
            .unwrap()
            .previous()
            .days(),
        90
    );
}

#[test]
fn buckets_cover_the_range_once() {
    let range = Range::parse("2026-01-05..2026-03-31", &calendar(), None).unwrap();
    for bucket in [Bucket::Day, Bucket::Week, Bucket::Month] {
        let cut = range.buckets(bucket, Weekday::Mon);
        assert_eq!(cut.iter().map(|r| r.days()).sum::<u64>(), range.days());
    }
    assert_eq!(range.buckets(Bucket::Month, Weekday::Mon).len(), 3);
}

#[test]
fn a_date_that_stands_for_itself_is_no_word_of_the_calendar() {
    for (text, days) in [
        ("2026-01-05", "2026-01-05"),
        ("2026-03", "2026-03-01..2026-03-31"),
        ("2026-W07", "2026-02-09..2026-02-15"),
        ("2026-Q1", "2026-01-01..2026-03-31"),
    ] {
        let found = Range::written(text).map(|days| days.to_string());
        assert_eq!(found.as_deref(), Some(days));
    }
    for text in [
        "2026", "week", "12w", "tuesday", "2026-1-5", "2026-13", "-", "",
    ] {
        assert_eq!(Range::written(text), None, "{text}");
    }
}
