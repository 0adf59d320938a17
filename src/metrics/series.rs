//! Rows to days, days to buckets, buckets to points, and what their weeks allow to say.

use chrono::NaiveDate;

use super::question::Question;
use super::select::{Fate, Span};
use super::stats::{RUN, STATISTIC_FROM, USUAL_FROM, last_run, trend, xmr};
use crate::model::figure::{Figure, Key, Point, Trend, Verdict};
use crate::model::period::{Bucket, Range};
use crate::model::selection::By;

/// Ranges longer than this are drawn over the record only (40 years of days).
const LONGEST_DRAWN: u64 = 14_610;

/// What one day, or one stretch of days, holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Commits.
    pub(super) n: u64,
    /// The measure's first sum: added lines, or hits of a share.
    pub(super) a: u64,
    /// Its second sum: deleted lines.
    pub(super) b: u64,
    /// Days with at least one commit.
    pub(super) days: u64,
}

impl Cell {
    fn add(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            a: self.a + other.a,
            b: self.b + other.b,
            days: self.days + other.days,
        }
    }
}

/// One cell a day: the only sums over rows, from which every bucket and total is made.
pub(super) struct Daily {
    from: i32,
    cells: Vec<Cell>,
}

impl Daily {
    /// Empty days for the part of `span` inside the record.
    pub(super) fn new(question: &Question<'_>, span: Span) -> Self {
        let inside = question.record.map(|record| {
            let record = Span::whole(record);
            (span.from.max(record.from), span.to.min(record.to))
        });
        let (from, to) = inside.unwrap_or((0, -1));
        let length = usize::try_from(i64::from(to) - i64::from(from) + 1).unwrap_or(0);
        Self {
            from,
            cells: vec![Cell::default(); length],
        }
    }

    /// One more commit on `day`, with its two amounts.
    pub(super) fn add(&mut self, day: i32, a: u64, b: u64) {
        let at = usize::try_from(i64::from(day) - i64::from(self.from));
        if let Some(cell) = at.ok().and_then(|at| self.cells.get_mut(at)) {
            cell.n += 1;
            cell.a += a;
            cell.b += b;
            cell.days = 1;
        }
    }

    /// Everything.
    pub(super) fn total(&self) -> Cell {
        self.cells.iter().copied().fold(Cell::default(), Cell::add)
    }

    /// The days of `range`.
    fn sum(&self, range: Range) -> Cell {
        let place = |day: NaiveDate| i64::from(day.to_epoch_days()) - i64::from(self.from);
        let length = self.cells.len();
        let from = usize::try_from(place(range.from).max(0))
            .unwrap_or(length)
            .min(length);
        let to = usize::try_from((place(range.to) + 1).max(0))
            .unwrap_or(length)
            .min(length);
        let cells = self.cells.get(from..to).unwrap_or_default();
        cells.iter().copied().fold(Cell::default(), Cell::add)
    }
}

/// The counted commits of `span` by day; `amounts(index, day, fate)` gives the two
/// sums of a commit, `None` when it does not count.
pub(super) fn daily(
    question: &Question<'_>,
    span: Span,
    mut amounts: impl FnMut(usize, i32, Fate) -> Option<(u64, u64)>,
) -> Daily {
    let mut out = Daily::new(question, span);
    question.filter.each(span, |index, day, fate| {
        if let Some((a, b)) = amounts(index, day, fate) {
            out.add(day, a, b);
        }
    });
    out
}

/// One bucket of a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) range: Range,
    pub(super) cell: Cell,
    /// Its last day is over.
    pub(super) complete: bool,
    /// It lies inside the record; outside, nothing is known, which is not zero.
    pub(super) known: bool,
}

impl Piece {
    /// The point with `value` of its cell, missing when the bucket is not known.
    pub(super) fn point(self, key: Key, value: impl Fn(Cell) -> Option<f64>) -> Point {
        Point {
            from: self.range.from,
            to: self.range.to,
            key,
            value: value(self.cell).filter(|_| self.known),
            unit: None,
            interval: None,
            n: self.cell.n,
            complete: self.complete,
        }
    }
}

/// The range cut into buckets. Buckets before the record, and those still to come, are not known.
pub(super) fn pieces(question: &Question<'_>, daily: &Daily, bucket: Bucket) -> Vec<Piece> {
    question
        .record
        .and_then(|record| drawn(question.selection.range, record, question.calendar.today()))
        .map_or_else(Vec::new, |range| cut(question, daily, range, bucket))
}

/// The buckets of `range`.
pub(super) fn cut(
    question: &Question<'_>,
    daily: &Daily,
    range: Range,
    bucket: Bucket,
) -> Vec<Piece> {
    let today = question.calendar.today();
    range
        .buckets(bucket, question.calendar.week_start)
        .into_iter()
        .map(|range| {
            let cell = daily.sum(range);
            let begun = question
                .record
                .is_some_and(|record| range.to >= record.from);
            Piece {
                range,
                cell,
                complete: range.to < today.min(question.seen_to),
                known: begun && (range.from <= question.seen_to || cell.n > 0),
            }
        })
        .collect()
}

/// `range`, or the part of it inside the record when it is too long to draw.
fn drawn(range: Range, record: Range, today: NaiveDate) -> Option<Range> {
    if range.days() <= LONGEST_DRAWN {
        return Some(range);
    }
    let from = range.from.max(record.from);
    let to = range.to.min(record.to.max(today));
    (from <= to).then_some(Range { from, to })
}

/// Sets usual range, verdict and trend of a series from its whole weeks: seven days long, over,
/// not before the record, and without a marked day (leave, a holiday, on call, a launch). `most`
/// is the value no week can exceed, if there is one.
pub(super) fn judge(question: &Question<'_>, figure: &mut Figure, most: Option<f64>) {
    let (By::Time(Bucket::Week), Some(record)) = (question.selection.by, question.record) else {
        return;
    };
    if figure.n < STATISTIC_FROM {
        figure.verdict = Verdict::TooFew {
            have: figure.n,
            need: STATISTIC_FROM,
        };
        return;
    }
    let weeks: Vec<(NaiveDate, f64)> = whole_weeks(figure)
        .filter(|point| point.from >= record.from)
        .filter(|point| !is_away(question, Range::new(point.from, point.to)))
        .filter_map(|point| Some((point.from, point.value?)))
        .collect();
    figure.trend = trend_of(&weeks);
    (figure.usual, figure.verdict) = usual(&weeks, most);
}

/// What the weeks together do; a week left out leaves its gap.
fn trend_of(weeks: &[(NaiveDate, f64)]) -> Trend {
    let points: Vec<(f64, f64)> = weeks
        .iter()
        .map(|(from, value)| (f64::from(from.to_epoch_days()) / 7.0, *value))
        .collect();
    trend(&points)
}

/// The usual range of `weeks`, and which of them left it.
fn usual(weeks: &[(NaiveDate, f64)], most: Option<f64>) -> (Option<(f64, f64)>, Verdict) {
    let values: Vec<f64> = weeks.iter().map(|week| week.1).collect();
    let Some(limits) = xmr(&values) else {
        let verdict = Verdict::TooFewWeeks {
            have: weeks.len() as u64,
            need: USUAL_FROM,
        };
        return (None, verdict);
    };
    // A count cannot fall below 0, nor a share rise above 1: the range says only what can happen.
    // A balance can fall below 0, and a week of it that did shows so.
    let least = if values.iter().any(|value| *value < 0.0) {
        f64::NEG_INFINITY
    } else {
        0.0
    };
    let low = limits.low.max(least);
    let high = most.map_or(limits.high, |most| limits.high.min(most));
    let outside: Vec<NaiveDate> = weeks
        .iter()
        .filter(|week| week.1 < low || week.1 > high)
        .map(|week| week.0)
        .collect();
    let verdict = match last_run(&values, limits.mean) {
        _ if !outside.is_empty() => Verdict::Outside(outside),
        Some((up, points)) if points >= RUN => Verdict::Shift {
            up,
            points: u32::try_from(points).unwrap_or(u32::MAX),
        },
        _ => Verdict::WithinUsual,
    };
    (Some((low, high)), verdict)
}

/// Whether `range` holds a day that the owner marked.
pub(super) fn is_away(question: &Question<'_>, range: Range) -> bool {
    let (from, to) = (range.from.to_epoch_days(), range.to.to_epoch_days());
    let away = &question.data.away;
    away.iter().any(|away| away.from <= to && away.to >= from)
}

/// The weeks of a weekly series that are seven days long and over.
pub(super) fn whole_weeks(figure: &Figure) -> impl Iterator<Item = &Point> {
    figure
        .points
        .iter()
        .filter(|point| point.key == Key::Time && point.complete)
        .filter(|point| Range::new(point.from, point.to).days() == 7)
}

#[cfg(test)]
#[path = "series_tests.rs"]
mod tests;
