//! Numbers, days and ranges as a reader sees them.

use inward::model::figure::Unit;
use inward::report::words;

use super::{calendar, date, range};

#[test]
fn numbers_read_well() {
    for (value, text) in [
        (0.0, "0"),
        (7.0, "7"),
        (12.5, "12.5"),
        (137.4, "137"),
        (999.4, "999"),
        (999.6, "1k"),
        (2_099.0, "2.1k"),
        (9_960.0, "10k"),
        (34_400.0, "34k"),
        (345_000.0, "345k"),
        (999_600.0, "1M"),
        (2_500_000.0, "2.5M"),
        (3e9, "3G"),
    ] {
        assert_eq!(words::short(value), text, "{value}");
    }
    assert_eq!(words::count(1_234_567), "1,234,567");
    assert_eq!(words::count(100), "100");
    for (share, text) in [
        (0.0, "0%"),
        (0.0004, "0.1%"),
        (0.004, "0.4%"),
        (0.094, "9%"),
        (1.0, "100%"),
    ] {
        assert_eq!(words::percent(share), text);
    }
    for (seconds, text) in [
        (45.0, "45s"),
        (720.0, "12m"),
        (6_300.0, "1h45"),
        (224_640.0, "2.6d"),
    ] {
        assert_eq!(words::duration(seconds), text);
    }
    assert_eq!(words::between((5.7, 34.2), Unit::Commits), "6-34");
    assert_eq!(words::interval((0.076, 0.108), Unit::Share), "[8-11]");
    assert_eq!(words::interval((12.0, 24.5), Unit::Lines), "[12-24.5]");
}

#[test]
fn days_and_ranges_read_well() {
    let today = calendar().today();
    assert_eq!(words::day(date("2026-08-16"), today), "16 Aug");
    assert_eq!(words::day(date("2025-08-16"), today), "Sat 16 Aug 2025");
    for (text, said) in [
        ("12w", "12 weeks to Sun 16 Aug (so far)"),
        ("last-week", "the week to Sun 9 Aug"),
        ("month", "Aug 2026 (so far)"),
        ("2026-Q1", "Q1 2026"),
        ("2025", "2025"),
        ("today", "Sun 16 Aug (today)"),
        ("yesterday", "Sat 15 Aug"),
        ("2026-06-02..2026-06-19", "2 Jun to 19 Jun"),
    ] {
        assert_eq!(words::range(range(text), &calendar()), said, "{text}");
    }
}
