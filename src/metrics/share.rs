//! What the shares of commits (assisted, after hours, on days off) have in common.

use super::metric::Metric;
use super::parts::{Cut, Home, Parts};
use super::question::{Dropped, Question};
use super::select::Fate;
use super::series::{daily, judge, pieces};
use super::stats::{STATISTIC_FROM, wilson};
use crate::model::figure::{Figure, Key, Shape, Verdict};

/// What every share of commits leaves out.
pub(super) const LEFT_OUT: &str = "What the commits figure leaves out: merges, twins and \
    squashes whose originals count (raw counts both) and undated commits. A week, month or part with fewer than 5 commits has no share.";

/// The share of counted commits for which `hit(index, day)` holds. Below 5 commits there is none.
pub(super) fn share_of_commits(
    metric: &dyn Metric,
    question: &Question<'_>,
    hit: impl Fn(usize, i32) -> bool,
) -> Figure {
    let mut dropped = Dropped::default();
    let mut figure = question.blank(metric, Shape::Series);
    let days = daily(question, question.span(), |index, day, fate| {
        dropped.keeps(fate).then(|| (u64::from(hit(index, day)), 0))
    });
    let total = days.total();
    figure.n = total.n;
    figure.value = share(total.a, total.n);
    figure.interval = figure.value.and_then(|_| wilson(total.a, total.n));
    figure.left_out = dropped.reasons(&question.filter);
    match Cut::of(question.selection.by) {
        Cut::Time(bucket) => {
            figure.points = pieces(question, &days, bucket)
                .into_iter()
                .map(|piece| piece.point(Key::Time, |cell| share(cell.a, cell.n)))
                .collect();
            judge(question, &mut figure, Some(1.0));
        }
        Cut::Into(part) => {
            figure.shape = Shape::Shares;
            let (mut home, mut parts) = (Home::new(part), Parts::default());
            question.filter.each(question.span(), |index, day, fate| {
                if fate == Fate::Counted {
                    let place = home.of(question, index);
                    parts.add(place, index, u64::from(hit(index, day)));
                }
            });
            figure.points = parts.points(question, part, share);
        }
    }
    if figure.value.is_none() && !question.data.is_empty() {
        figure.verdict = Verdict::TooFew {
            have: figure.n,
            need: STATISTIC_FROM,
        };
    }
    figure.previous = question.previous(|span| {
        let total = daily(question, span, |index, day, fate| {
            (fate == Fate::Counted).then(|| (u64::from(hit(index, day)), 0))
        })
        .total();
        (share(total.a, total.n), total.n)
    });
    figure
}

fn share(hits: u64, all: u64) -> Option<f64> {
    (all >= STATISTIC_FROM).then(|| hits as f64 / all as f64)
}
