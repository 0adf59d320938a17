//! Figures of durations: cycle times, lead times, waits for a review. A median with an exact
//! interval and percentiles over the whole range, then the medians of its parts.

use super::metric::Metric;
use super::parts::{Cut, Part};
use super::question::Question;
use super::select::{Span, date};
use super::series;
use super::stats::{
    P85_FROM, P95_FROM, STATISTIC_FROM, TREND_FROM, median_interval, quantile, sorted, trend,
};
use crate::model::figure::{Figure, Key, LeftOut, Point, Shape, Trend, Verdict};
use crate::model::period::{Bucket, Range};

/// One measured duration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    /// The civil day it ended on, days from 1970-01-01.
    pub(super) day: i32,
    /// Seconds.
    pub(super) seconds: i64,
    /// What it is of: [`Key::Task`] where it is a task's.
    pub(super) key: Key,
}

/// The durations of a span in the order in which they ended, and what was left out on the way.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) lengths: Vec<Length>,
    pub(super) left_out: Vec<LeftOut>,
}

/// The figure of the durations that `collect` finds in a span. `part` tells to which part of a
/// whole one belongs; `None` where it belongs to none of that kind.
pub(super) fn figure(
    metric: &dyn Metric,
    question: &Question<'_>,
    collect: impl Fn(Span) -> Found,
    part: impl Fn(Part, &Length) -> Option<Key>,
) -> Figure {
    let mut figure = question.blank(metric, Shape::Distribution);
    let found = collect(question.span());
    figure.left_out = found.left_out;
    let mut lengths = found.lengths;
    lengths.sort_by_key(|length| length.day);
    figure.n = lengths.len() as u64;
    if figure.n < STATISTIC_FROM {
        figure.points = lengths
            .iter()
            .filter_map(|one| item(question, one))
            .collect();
        if question.record.is_some() {
            figure.verdict = Verdict::TooFew {
                have: figure.n,
                need: STATISTIC_FROM,
            };
        }
    } else {
        let all = seconds(&lengths);
        figure.value = quantile(&all, 0.5);
        figure.interval = median_interval(&all);
        figure.trend = trend_of(question, &lengths);
        figure.points = quantiles(question, &all);
        match Cut::of(question.selection.by) {
            Cut::Time(bucket) => figure.points.extend(buckets(question, &lengths, bucket)),
            // Each its own part, on the day on which it ended.
            Cut::Into(Part::Task) => {
                let each = lengths.iter().filter(|one| part(Part::Task, one).is_some());
                figure
                    .points
                    .extend(each.filter_map(|one| item(question, one)));
            }
            Cut::Into(kind) => figure
                .points
                .extend(parts(question, &lengths, |one| part(kind, one))),
        }
    }
    figure.previous = question.previous(|span| {
        let lengths = collect(span).lengths;
        (median(&lengths), lengths.len() as u64)
    });
    figure
}

/// Whether lengths rise or fall from one week to the next: a test over the items themselves, each
/// at its day, as soon as they ended in enough different weeks.
fn trend_of(question: &Question<'_>, lengths: &[Length]) -> Trend {
    // Day 0 was a Thursday: three days after a Monday.
    let start = i64::from(question.calendar.week_start.num_days_from_monday());
    let week = |one: &Length| (i64::from(one.day) + 3 - start).div_euclid(7);
    // As everywhere: only weeks that lie in the range and are over, without a marked day.
    let lengths: Vec<Length> = lengths
        .iter()
        .filter(|one| is_whole(question, week(one) * 7 - 3 + start))
        .copied()
        .collect();
    let weeks = lengths.chunk_by(|a, b| week(a) == week(b)).count() as u64;
    if weeks < TREND_FROM {
        return Trend::TooFew {
            have: weeks,
            need: TREND_FROM,
        };
    }
    let at = |one: &Length| (f64::from(one.day) / 7.0, one.seconds as f64);
    trend(&lengths.iter().map(at).collect::<Vec<_>>())
}

/// Whether the week that begins on the day number `from` is asked about whole, over by what is
/// known, and without a marked day.
fn is_whole(question: &Question<'_>, from: i64) -> bool {
    let day = |day: i64| i32::try_from(day).ok().and_then(date);
    let (Some(from), Some(to)) = (day(from), day(from + 6)) else {
        return false;
    };
    let asked = question.selection.range;
    let inside = asked.from <= from && to <= asked.to && to < question.seen_to;
    inside && !series::is_away(question, Range::new(from, to))
}

/// The lengths as rising numbers.
fn seconds(lengths: &[Length]) -> Vec<f64> {
    let all: Vec<f64> = lengths.iter().map(|one| one.seconds as f64).collect();
    sorted(&all)
}

/// The median; none below 5.
fn median(lengths: &[Length]) -> Option<f64> {
    let enough = lengths.len() as u64 >= STATISTIC_FROM;
    enough.then(|| quantile(&seconds(lengths), 0.5)).flatten()
}

/// `p50`, `p85` and `p95` of rising numbers over the whole range, as far as there are enough.
pub(super) fn quantiles(question: &Question<'_>, all: &[f64]) -> Vec<Point> {
    let n = all.len() as u64;
    [
        ("p50", 0.5, STATISTIC_FROM),
        ("p85", 0.85, P85_FROM),
        ("p95", 0.95, P95_FROM),
    ]
    .into_iter()
    .filter(|(_, _, from)| n >= *from)
    .map(|(name, p, _)| question.part(Key::Name(name), quantile(all, p), n))
    .collect()
}

/// One of a few, as a point of its own.
fn item(question: &Question<'_>, one: &Length) -> Option<Point> {
    let day = date(one.day)?;
    Some(Point {
        from: day,
        to: day,
        complete: day < question.seen_to,
        ..question.part(one.key, Some(one.seconds as f64), 1)
    })
}

/// The medians of the buckets of time; below 5 a bucket has none.
fn buckets(question: &Question<'_>, lengths: &[Length], bucket: Bucket) -> Vec<Point> {
    // Days hold counts only: they tell where the buckets lie and which of them are known.
    let mut days = series::Daily::new(question, question.span());
    for one in lengths {
        days.add(one.day, 0, 0);
    }
    let mut rest = lengths;
    let mut out = Vec::new();
    for piece in series::pieces(question, &days, bucket) {
        let (from, to) = (
            piece.range.from.to_epoch_days(),
            piece.range.to.to_epoch_days(),
        );
        let before = rest.partition_point(|one| one.day < from);
        let inside = rest.partition_point(|one| one.day <= to);
        let here = rest.get(before..inside).unwrap_or_default();
        out.push(piece.point(Key::Time, |_| median(here)));
        rest = rest.get(inside..).unwrap_or_default();
    }
    out
}

/// The medians of parts of a whole, the part with most items first; below 5 a part has none.
fn parts(
    question: &Question<'_>,
    lengths: &[Length],
    part: impl Fn(&Length) -> Option<Key>,
) -> Vec<Point> {
    let mut parts: Vec<(Key, Vec<Length>)> = Vec::new();
    for one in lengths {
        let Some(key) = part(one) else { continue };
        match parts.iter_mut().find(|known| known.0 == key) {
            Some(known) => known.1.push(*one),
            None => parts.push((key, vec![*one])),
        }
    }
    // Stable: parts of one size stay in the order in which their first item ended.
    parts.sort_by_key(|part| std::cmp::Reverse(part.1.len()));
    let point = |(key, lengths): (Key, Vec<Length>)| {
        // One item is shown, not summed up.
        let value = match lengths.as_slice() {
            [one] => Some(one.seconds as f64),
            several => median(several),
        };
        question.part(key, value, lengths.len() as u64)
    };
    parts.into_iter().map(point).collect()
}
