//! Which points of a series get a label below: Mondays, or the first of a month.

use crate::model::calendar::Calendar;
use crate::model::figure::Point;
use crate::ui::words;
use chrono::Datelike;

/// The labels of `points` with the columns that `column` gives for each: every bucket's first
/// day; `Axes` skips those that would touch. Months and years are named when they are longer.
pub fn labels(
    points: &[Point],
    calendar: &Calendar,
    column: impl Fn(usize) -> u16,
) -> Vec<(u16, String)> {
    let months = points
        .first()
        .is_some_and(|point| (point.to - point.from).num_days() > 7);
    points
        .iter()
        .enumerate()
        .map(|(at, point)| {
            let text = if months {
                let format = if point.from.year() == calendar.today().year() {
                    "%b"
                } else {
                    "%b %Y"
                };
                point.from.format(format).to_string()
            } else {
                words::day(point.from, calendar)
            };
            (column(at), text)
        })
        .collect()
}
