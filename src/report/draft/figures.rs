//! What figures add to a week and a month: what changed, what is probably noise, and how the
//! owner's own limits were kept.

use chrono::Days;

use super::{Asked, Change, LimitLine};
use crate::metrics::{self, Metric};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Shape, Verdict};
use crate::model::goal::{Aim, Goal, Limit, Per, State};
use crate::model::period::{Bucket, Range};
use crate::model::selection::Selection;
use crate::report::words;

/// Outcomes and waiting first, then pace; volume is not asked for.
const JUDGED: &[&str] = &[
    "throughput",
    "cycle_time",
    "review_received",
    "review_given",
    "wip",
    "after_hours_share",
    "weekend_share",
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
    let compute = |range| metric.compute(data, &Selection::weekly(range), calendar);
    let here = compute(asked.range);
    let back = asked.range.to.checked_sub_days(Days::new(WEEKS * 7 - 1))?;
    let judged = compute(Range::new(back.min(asked.range.from), asked.range.to));
    if here.n == 0 && judged.n == 0 {
        return None;
    }
    let usual = judged.usual.map(|ends| words::between(ends, judged.unit));
    let weeks = |all: &[chrono::NaiveDate]| {
        let last = |week: &chrono::NaiveDate| week.checked_add_days(Days::new(6)).unwrap_or(*week);
        let inside =
            |week: &&chrono::NaiveDate| **week <= asked.range.to && last(week) >= asked.range.from;
        all.iter().filter(inside).copied().collect::<Vec<_>>()
    };
    let (state, words) = match &judged.verdict {
        Verdict::None | Verdict::TooFew { .. } if judged.shape == Shape::Distribution => {
            medians(&here, &judged, calendar)
        }
        Verdict::None => return None,
        Verdict::TooFew { .. } | Verdict::TooFewWeeks { .. } => {
            ("too-few", words::verdict(&judged, calendar))
        }
        Verdict::WithinUsual => ("usual", within(&here, usual.as_deref())),
        Verdict::Outside(all) => match weeks(all) {
            none if none.is_empty() => ("usual", within(&here, usual.as_deref())),
            some => {
                let judged = Figure {
                    verdict: Verdict::Outside(some),
                    ..judged.clone()
                };
                ("outside", words::verdict(&judged, calendar))
            }
        },
        Verdict::Shift { .. } => ("shift", words::verdict(&judged, calendar)),
    };
    let shown = |value: f64| shown(value, here.unit);
    Some(Change {
        metric: metric.id(),
        title: metric.title(),
        state,
        words,
        value: here.value.map(shown),
        was: here.previous.and_then(|before| before.value).map(shown),
        usual,
    })
}

/// A median against that of the weeks up to it: another one only where its interval says so.
fn medians(here: &Figure, judged: &Figure, calendar: &Calendar) -> (&'static str, String) {
    let Some(usual) = judged.value else {
        return ("too-few", words::verdict(judged, calendar));
    };
    let weeks = judged.range.days() / 7;
    let usual_words = format!("{} over {weeks} weeks", shown(usual, judged.unit));
    let (Some(value), Some(ends)) = (here.value, here.interval) else {
        let noun = here.of.noun(here.n);
        let n = words::count(here.n);
        return (
            "too-few",
            format!("{n} {noun}, too few for a median; {usual_words}"),
        );
    };
    let median = format!(
        "median {} {}",
        shown(value, here.unit),
        words::interval(ends, here.unit)
    );
    if (ends.0..=ends.1).contains(&usual) {
        let words = format!("{median}, {usual_words}: probably noise");
        return ("usual", words);
    }
    (
        "outside",
        format!("{median}, {usual_words}: more than noise"),
    )
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
            out.push(limit_line(metric, (goal.id, limit), asked, data));
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
        .map(|range| metric.compute(data, &Selection::weekly(range), asked.calendar))
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
    }
}

/// The days, weeks or months that have begun and touch the days of the draft, whole.
fn stretches(range: Range, per: Per, calendar: &Calendar) -> Vec<Range> {
    let today = calendar.today();
    let begun = Range::new(range.from, range.to.min(today).max(range.from));
    let bucket = match per {
        Per::Day => Bucket::Day,
        Per::Week => Bucket::Week,
        Per::Month => Bucket::Month,
    };
    let from = match per {
        Per::Day => begun.from,
        Per::Week => calendar.week_of(begun.from),
        Per::Month => chrono::Datelike::with_day(&begun.from, 1).unwrap_or(begun.from),
    };
    let to = bucket.end_of(begun.to, calendar.week_start);
    Range::new(from, to).buckets(bucket, calendar.week_start)
}
