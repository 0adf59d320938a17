//! What figures add to a week and a month: what changed, what is probably noise, and how the
//! owner's own limits were kept.

use chrono::{Days, NaiveDate};

use super::{Asked, Change, Kind, LimitLine};
use crate::metrics::{self, Metric};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point, Shape, Verdict};
use crate::model::goal::{Aim, Goal, Limit, Per, State};
use crate::model::period::Range;
use crate::model::selection::Selection;
use crate::report::words;

/// Outcomes and waiting; volume is not asked for, and when somebody works is nobody else's business:
/// that stands in a draft only where the owner set a limit.
const JUDGED: &[&str] = &[
    "throughput",
    "cycle_time",
    "review_received",
    "review_given",
    "wip",
];

/// Weeks that a usual range is told from.
const WEEKS: u64 = 26;

/// What each measure did; measures without anything to go by are left out.
pub(super) fn changes(asked: &Asked<'_>, data: &Dataset) -> Vec<Change> {
    let metrics = JUDGED.iter().filter_map(|id| metrics::by_id(id));
    metrics
        .filter_map(|metric| change(metric, asked, data))
        .collect()
}

fn change(metric: &'static dyn Metric, asked: &Asked<'_>, data: &Dataset) -> Option<Change> {
    let calendar = asked.calendar;
    let compute = |range| metrics::figure(metric, data, &Selection::weekly(range), calendar);
    let here = compute(asked.range);
    let back = asked.range.to.checked_sub_days(Days::new(WEEKS * 7 - 1))?;
    let judged = compute(Range::new(back.min(asked.range.from), asked.range.to));
    // Where nothing was measured, nothing is as usual.
    if here.value.is_none() && here.n == 0 {
        return None;
    }
    let usual = judged.usual.map(|ends| words::between(ends, judged.unit));
    let (state, words) = match &judged.verdict {
        Verdict::None | Verdict::TooFew { .. } if judged.shape == Shape::Distribution => {
            medians(&here, &judged, calendar)
        }
        Verdict::None | Verdict::NotKept(_) => return None,
        Verdict::TooFew { .. } | Verdict::TooFewWeeks { .. } => {
            ("too-few", words::verdict(&judged, calendar))
        }
        Verdict::Outside(all) => match left(all, &judged, asked) {
            Some(words) => ("outside", words),
            None => ("usual", within(&here, usual.as_deref())),
        },
        Verdict::WithinUsual => ("usual", within(&here, usual.as_deref())),
        Verdict::Shift { up, points } => {
            let side = if *up { "above" } else { "below" };
            let words = format!(
                "the last {points} whole weeks all lie {side} the mean: a change, not noise"
            );
            ("shift", words)
        }
    };
    Some(Change {
        metric: metric.id(),
        title: metric.title(),
        state,
        words,
        value: here.value.map(|value| shown(value, here.unit)),
        was: here
            .previous
            .and_then(|before| before.value)
            .map(|value| shown(value, here.unit)),
        usual,
    })
}

/// Which weeks of the draft left the usual range, and to which side; `None` when none did.
fn left(all: &[NaiveDate], judged: &Figure, asked: &Asked<'_>) -> Option<String> {
    let (low, high) = judged.usual?;
    let usual = words::between((low, high), judged.unit);
    let inside: Vec<&Point> = judged
        .points
        .iter()
        .filter(|point| point.key == Key::Time && all.contains(&point.from))
        .filter(|point| asked.range.contains(point.from))
        .collect();
    let above = |point: &&&Point| point.value.is_some_and(|value| value > high);
    let side = match inside.iter().filter(above).count() {
        0 => "less than",
        n if n == inside.len() => "more than",
        _ => "outside",
    };
    match inside.as_slice() {
        [] => None,
        [_] if asked.kind == Kind::Week => Some(format!("{side} the usual {usual} a week")),
        weeks => {
            let days = weeks
                .iter()
                .map(|week| words::day(week.from, asked.range.to));
            let days: Vec<String> = days.collect();
            let noun = if days.len() == 1 { "week" } else { "weeks" };
            Some(format!(
                "{side} the usual {usual} in the {noun} of {}",
                days.join(", ")
            ))
        }
    }
}

/// A median against that of the weeks up to it: another one only where its interval says so.
fn medians(here: &Figure, judged: &Figure, calendar: &Calendar) -> (&'static str, String) {
    let Some(usual) = judged.value else {
        return ("too-few", words::verdict(judged, calendar));
    };
    let weeks = judged.range.days() / 7;
    let usual_words = format!("{} over {weeks} weeks", shown(usual, judged.unit));
    let (Some(_), Some(ends)) = (here.value, here.interval) else {
        let noun = here.of.noun(here.n);
        let n = words::count(here.n);
        return (
            "too-few",
            format!("{n} {noun}, too few for a median; {usual_words}"),
        );
    };
    let interval = words::interval(ends, here.unit);
    let (state, claim) = if (ends.0..=ends.1).contains(&usual) {
        ("usual", "probably noise")
    } else {
        ("outside", "more than noise")
    };
    let words = format!("against {usual_words} (95 % interval {interval}): {claim}");
    (state, words)
}

/// `3 items`, `2.6 d`.
fn shown(value: f64, unit: crate::model::figure::Unit) -> String {
    let noun = words::unit_word(unit, value);
    let value = words::value(value, unit);
    if noun.is_empty() {
        value
    } else {
        format!("{value} {noun}")
    }
}

fn within(here: &Figure, usual: Option<&str>) -> String {
    match (here.value, usual) {
        (Some(value), Some(usual)) => {
            format!("{}, in a usual week {usual}", shown(value, here.unit))
        }
        (Some(value), None) => shown(value, here.unit),
        (None, Some(usual)) => format!("nothing to measure; in a usual week {usual}"),
        (None, None) => "nothing to measure".to_owned(),
    }
}

/// How open limits were kept, each over its own stretches of the days.
pub(super) fn limits(asked: &Asked<'_>, goals: &[Goal], data: &Dataset) -> Vec<LimitLine> {
    let mut out = Vec::new();
    for goal in goals.iter().filter(|goal| goal.state == State::Open) {
        let Aim::Limit(limit) = &goal.aim else {
            continue;
        };
        if let Some(metric) = metrics::by_id(limit.metric.as_str()) {
            let line = limit_line(metric, (goal.id, limit), asked, data);
            out.extend(Some(line).filter(|line| line.of > 0));
        }
    }
    out
}

fn limit_line(
    metric: &'static dyn Metric,
    (id, limit): (u64, &Limit),
    asked: &Asked<'_>,
    data: &Dataset,
) -> LimitLine {
    let figures: Vec<Figure> = stretches(asked.range, limit.per, asked.calendar)
        .into_iter()
        .map(|range| metrics::figure(metric, data, &Selection::weekly(range), asked.calendar))
        .collect();
    let values: Vec<f64> = figures.iter().filter_map(|figure| figure.value).collect();
    let unit = metric.unit();
    LimitLine {
        id: format!("goal {id}"),
        metric: metric.id().to_owned(),
        title: metric.title().to_owned(),
        most: shown(limit.most, unit),
        per: limit.per.as_str(),
        of: values.len() as u64,
        kept: values.iter().filter(|value| **value <= limit.most).count() as u64,
        value: values.last().map(|value| shown(*value, unit)),
        so_far: figures
            .last()
            .is_some_and(|figure| cut(figure.range, limit.per, asked)),
    }
}

/// Whether `range` is a part of a week or month that went on, or goes on, after the draft.
fn cut(range: Range, per: Per, asked: &Asked<'_>) -> bool {
    let month_in_a_week = asked.kind == Kind::Week && per == Per::Month;
    let end = per.bucket().end_of(range.from, asked.calendar.week_start);
    range.to >= asked.calendar.today() || (month_in_a_week && end > range.to)
}

/// The days, weeks or months that have begun and touch the days of the draft, from their first day.
fn stretches(range: Range, per: Per, calendar: &Calendar) -> Vec<Range> {
    let begun = range.to.min(calendar.today()).max(range.from);
    let first = per.bucket().holding(range.from, calendar);
    // A week belongs to the month that it begins in; a month is told up to the end of a week.
    let from = if per == Per::Week && first.from < range.from {
        first.to.succ_opt().unwrap_or(first.to)
    } else {
        first.from
    };
    if from > begun {
        return Vec::new();
    }
    // Nothing beyond the last day of the draft is told in it.
    let to = per
        .bucket()
        .end_of(begun, calendar.week_start)
        .min(range.to);
    Range::new(from, to).buckets(per.bucket(), calendar.week_start)
}
