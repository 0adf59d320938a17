//! First and last day in words.

use chrono::{Datelike, NaiveDate};

/// `3 Jul`, `3 to 7 Jul`, `28 Jun to 3 Jul`; with the year where it is not that of `today`.
pub(super) fn span(first: NaiveDate, last: NaiveDate, today: NaiveDate) -> String {
    let end = if last.year() == today.year() && first.year() == last.year() {
        last.format("%-d %b")
    } else {
        last.format("%-d %b %Y")
    };
    let same_month = first.month() == last.month() && first.year() == last.year();
    if first == last {
        return end.to_string();
    }
    let start = if same_month {
        first.format("%-d")
    } else if first.year() == last.year() {
        first.format("%-d %b")
    } else {
        first.format("%-d %b %Y")
    };
    format!("{start} to {end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_says_month_and_year_once_where_once_is_enough() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let today = day(2026, 8, 16);
        for (first, last, words) in [
            (day(2026, 7, 3), day(2026, 7, 3), "3 Jul"),
            (day(2026, 7, 3), day(2026, 7, 7), "3 to 7 Jul"),
            (day(2026, 6, 28), day(2026, 7, 3), "28 Jun to 3 Jul"),
            (day(2025, 7, 3), day(2025, 7, 3), "3 Jul 2025"),
            (day(2025, 7, 3), day(2025, 7, 9), "3 to 9 Jul 2025"),
            (day(2025, 7, 3), day(2025, 12, 31), "3 Jul to 31 Dec 2025"),
            (
                day(2025, 12, 28),
                day(2026, 1, 3),
                "28 Dec 2025 to 3 Jan 2026",
            ),
        ] {
            assert_eq!(span(first, last, today), words);
        }
    }
}
