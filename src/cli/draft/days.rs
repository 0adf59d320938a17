//! Which days a draft is about.

use chrono::{Datelike, NaiveDate};

use crate::cli::ask;
use crate::cli::error::CliError;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::period::{Bucket, Range};
use crate::report::draft::Kind;

/// What is typed; a single day stands for the week or month that holds it.
///
/// # Errors
/// When the words name no range.
pub(super) fn range(
    kind: Kind,
    typed: Option<&str>,
    calendar: &Calendar,
    data: &Dataset,
) -> Result<Range, CliError> {
    let Some(typed) = typed else {
        return Ok(usual(kind, calendar));
    };
    let range = ask::range(Some(typed), calendar, data)?;
    if range.from > calendar.today() {
        return Err(CliError::usage("these days have not begun"));
    }
    Ok(match kind {
        Kind::Week | Kind::Month if range.days() == 1 => holding(kind, range.from, calendar),
        _ => range,
    })
}

/// The running week, month or half-year; while none of its workdays is over (of a half-year: none of
/// its months), the one before: that is what is to be told then.
fn usual(kind: Kind, calendar: &Calendar) -> Range {
    let today = calendar.today();
    let running = holding(kind, today, calendar);
    let begun = if kind == Kind::Review {
        today.month() != running.from.month()
    } else {
        let mut over = running.from.iter_days().take_while(|day| *day < today);
        over.any(|day| calendar.work_week.is_workday(day))
    };
    match running.from.pred_opt() {
        Some(before) if !begun => holding(kind, before, calendar),
        _ => running,
    }
}

fn holding(kind: Kind, day: NaiveDate, calendar: &Calendar) -> Range {
    match kind {
        Kind::Review => half_of(day.year(), day.month() > 6).unwrap_or(Range::new(day, day)),
        Kind::Month => Bucket::Month.holding(day, calendar),
        Kind::Week | Kind::Standup => Bucket::Week.holding(day, calendar),
    }
}

fn half_of(year: i32, second: bool) -> Option<Range> {
    let (from, to) = if second {
        ((7, 1), (12, 31))
    } else {
        ((1, 1), (6, 30))
    };
    let day = |(month, day)| NaiveDate::from_ymd_opt(year, month, day);
    Some(Range::new(day(from)?, day(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn told(kind: Kind, typed: Option<&str>, now: &str) -> String {
        let now = DateTime::parse_from_rfc3339(now).unwrap();
        let calendar = Calendar::new(now.into(), chrono_tz::UTC);
        let range = range(kind, typed, &calendar, &Dataset::default()).unwrap();
        format!("{}..{}", range.from, range.to)
    }

    #[test]
    fn on_the_first_workday_the_week_and_month_before_are_told() {
        let week = |now| told(Kind::Week, None, now);
        assert_eq!(week("2026-11-23T09:00:00Z"), "2026-11-16..2026-11-22");
        assert_eq!(week("2026-11-24T09:00:00Z"), "2026-11-23..2026-11-29");
        assert_eq!(week("2026-11-29T09:00:00Z"), "2026-11-23..2026-11-29");
        let month = |now| told(Kind::Month, None, now);
        // The 1st of November 2026 is a Sunday.
        assert_eq!(month("2026-11-02T09:00:00Z"), "2026-10-01..2026-10-31");
        assert_eq!(month("2026-11-03T09:00:00Z"), "2026-11-01..2026-11-30");
    }

    #[test]
    fn a_review_is_about_a_half_year_and_in_its_first_month_about_the_one_before() {
        let review = |now| told(Kind::Review, None, now);
        assert_eq!(review("2026-07-31T09:00:00Z"), "2026-01-01..2026-06-30");
        assert_eq!(review("2026-08-01T09:00:00Z"), "2026-07-01..2026-12-31");
        assert_eq!(review("2026-01-10T09:00:00Z"), "2025-07-01..2025-12-31");
    }

    #[test]
    fn a_day_stands_for_its_week_and_a_half_year_has_a_name() {
        let now = "2026-11-24T09:00:00Z";
        let week = told(Kind::Week, Some("2026-03-04"), now);
        assert_eq!(week, "2026-03-02..2026-03-08");
        let month = told(Kind::Month, Some("2026-02-10"), now);
        assert_eq!(month, "2026-02-01..2026-02-28");
        assert_eq!(
            told(Kind::Review, Some("2026-H1"), now),
            "2026-01-01..2026-06-30"
        );
        assert_eq!(
            told(Kind::Review, Some("2025-H2"), now),
            "2025-07-01..2025-12-31"
        );
    }
}
