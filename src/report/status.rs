//! One line for a shell prompt.

use crate::metrics::by_id;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Unit};
use crate::model::period::Range;
use crate::model::selection::Selection;

use super::words;

/// The time from which [`status_line`] needs commits, UTC seconds: the running week began at most six
/// days ago, and a civil day anywhere at most a day before it does here.
pub fn since(calendar: &Calendar) -> i64 {
    calendar.now.timestamp() - 9 * 86_400
}

/// `3 commits today, 12 this week` in ASCII, without a line break; `no commits recorded` when the
/// store is empty.
pub fn status_line(data: &Dataset, calendar: &Calendar) -> String {
    let today = calendar.today();
    let ask = |range: Range| -> Option<Figure> {
        by_id("commits").map(|metric| metric.compute(data, &Selection::weekly(range), calendar))
    };
    let day = ask(Range::new(today, today)).and_then(|figure| figure.value);
    let week = ask(Range::weeks(1, calendar)).and_then(|figure| figure.value);
    let (Some(day), Some(week)) = (day, week) else {
        return "no commits recorded".to_owned();
    };
    let number = |value: f64, none: &str| match value {
        v if v <= 0.0 => none.to_owned(),
        v => words::value(v, Unit::Commits),
    };
    format!(
        "{} {} today, {} this week",
        number(day, "no"),
        words::unit_word(Unit::Commits, day),
        number(week, "none")
    )
}
