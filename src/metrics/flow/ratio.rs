//! Shares of time: sums over finished tasks, of which a part is counted.

use crate::metrics::metric::Metric;
use crate::metrics::parts::{Cut, Part};
use crate::metrics::question::Question;
use crate::metrics::select::date;
use crate::metrics::series::{Daily, judge, pieces};
use crate::metrics::stats::STATISTIC_FROM;
use crate::model::figure::{Figure, Key, Point, Shape, Verdict};

use super::home;

/// One finished task: `part` of `whole`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct One {
    /// Its position.
    pub(super) at: u32,
    /// The civil day of its finish.
    pub(super) day: i32,
    /// What counts.
    pub(super) part: u64,
    /// Of how much; never less.
    pub(super) whole: u64,
}

/// The figure of the sum of parts over the sum of wholes: over the range, then by weeks or parts.
/// Below 5 tasks each is a point, and there is no share; the same for each week and part.
pub(super) fn figure(metric: &dyn Metric, question: &Question<'_>, all: &[One]) -> Figure {
    let mut figure = question.blank(metric, Shape::Series);
    figure.n = all.len() as u64;
    if figure.n < STATISTIC_FROM {
        figure.points = all.iter().filter_map(|one| item(question, one)).collect();
        if question.record.is_some() {
            figure.verdict = Verdict::TooFew {
                have: figure.n,
                need: STATISTIC_FROM,
            };
        }
        return figure;
    }
    figure.value = share(all);
    match Cut::of(question.selection.by) {
        Cut::Time(bucket) => {
            let mut days = Daily::new(question, question.span());
            for one in all {
                days.add(one.day, one.part, one.whole);
            }
            let points = pieces(question, &days, bucket).into_iter();
            figure.points = points
                .map(|piece| piece.point(Key::Time, |cell| of(cell.n, cell.a, cell.b)))
                .collect();
            judge(question, &mut figure, Some(1.0));
        }
        Cut::Into(part) => {
            figure.shape = Shape::Shares;
            figure.points = parts(question, part, all);
        }
    }
    figure
}

/// The share of all of them; none below 5.
pub(super) fn share(all: &[One]) -> Option<f64> {
    let part = all.iter().map(|one| one.part).sum();
    let whole = all.iter().map(|one| one.whole).sum();
    of(all.len() as u64, part, whole)
}

fn of(n: u64, part: u64, whole: u64) -> Option<f64> {
    (n >= STATISTIC_FROM && whole > 0).then(|| part as f64 / whole as f64)
}

/// One of a few, on the day of its finish.
fn item(question: &Question<'_>, one: &One) -> Option<Point> {
    let day = date(one.day)?;
    let value = (one.whole > 0).then(|| one.part as f64 / one.whole as f64);
    Some(Point {
        from: day,
        to: day,
        complete: day < question.seen_to,
        ..question.part(Key::Task(one.at), value, 1)
    })
}

/// The shares of parts of the tasks, the largest share first and those without one last.
fn parts(question: &Question<'_>, part: Part, all: &[One]) -> Vec<Point> {
    let mut sums: Vec<(Key, Vec<One>)> = Vec::new();
    for one in all {
        let Some(key) = home::of(question.data, part, one.at) else {
            continue;
        };
        match sums.iter_mut().find(|sum| sum.0 == key) {
            Some(sum) => sum.1.push(*one),
            None => sums.push((key, vec![*one])),
        }
    }
    let point = |(key, ones): (Key, Vec<One>)| question.part(key, share(&ones), ones.len() as u64);
    let mut points: Vec<Point> = sums.into_iter().map(point).collect();
    let order = |point: &Point| point.value.unwrap_or(-1.0);
    points.sort_by(|a, b| order(b).total_cmp(&order(a)));
    points
}
