use super::*;
use chrono::TimeZone;

fn calendar() -> Calendar {
    let now = Utc.with_ymd_and_hms(2026, 8, 19, 12, 0, 0).unwrap();
    Calendar::new(now, "UTC".parse().unwrap())
}

#[test]
fn numbers_keep_two_or_three_digits_when_they_are_long() {
    for (number, text) in [
        (0.0, "0"),
        (7.25, "7.2"),
        (218.0, "218"),
        (1204.0, "1,204"),
        (9_999.6, "10.0k"),
        (12_345.0, "12.3k"),
        (999_600.0, "1.0M"),
        (4_500_000.0, "4.5M"),
        (-12.0, "-12"),
    ] {
        assert_eq!(short(number), text);
    }
    assert_eq!(count(1_234_567), "1,234,567");
    assert_eq!(value(0.613, Unit::Share), "61%");
}

#[test]
fn a_year_is_written_only_when_it_is_another_one() {
    let day_of = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    assert_eq!(weekday(day_of(2026, 8, 16), &calendar()), "Sun 16 Aug");
    assert_eq!(weekday(day_of(2025, 8, 16), &calendar()), "Sat 16 Aug 2025");
    let half = Range::new(day_of(2025, 7, 1), day_of(2026, 6, 30));
    assert_eq!(range(half, &calendar()), "1 Jul 2025 to 30 Jun");
}

#[test]
fn days_can_be_told_in_few_columns() {
    let day_of = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (from, to, text) in [
        ("2026-08-16", "2026-08-16", "16 Aug"),
        ("2025-08-16", "2025-08-16", "16 Aug 2025"),
        ("2026-04-01", "2026-06-30", "Apr-Jun"),
        ("2025-04-01", "2025-06-30", "Apr-Jun 2025"),
        ("2026-04-01", "2026-04-30", "Apr"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2024-07-01", "2025-06-30", "Jul 24-Jun 25"),
        ("2026-04-03", "2026-06-17", "3 Apr-17 Jun"),
        ("2024-12-30", "2025-01-05", "30 Dec 24-5 Jan 25"),
    ] {
        let window = Window {
            range: Range::new(day_of(from), day_of(to)),
            weeks: None,
            name: None,
            live: false,
        };
        assert_eq!(brief(&window, &calendar()), text);
    }
}

#[test]
fn time_past_is_said_in_its_largest_unit() {
    let now = calendar().now;
    let before = |minutes| ago(now - chrono::Duration::minutes(minutes), now);
    assert_eq!(before(0), "just now");
    assert_eq!(before(59), "59 min ago");
    assert_eq!(before(47 * 60), "47 h ago");
    assert_eq!(before(9 * 1_440), "9 days ago");
}
