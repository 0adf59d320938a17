//! What the figures that count commits have in common.

use super::metric::Metric;
use super::parts::{Cut, Home, Parts};
use super::question::{Dropped, Question};
use super::select::Fate;
use super::series::{daily, judge, pieces};
use crate::model::figure::{Figure, Key, Shape};

/// The number of counted commits for which `hit(index)` holds; the others are left out as
/// `not_landed`.
pub(super) fn count_commits(
    metric: &dyn Metric,
    question: &Question<'_>,
    hit: impl Fn(usize) -> bool,
) -> Figure {
    let mut dropped = Dropped::default();
    let mut keeps = |index, fate| dropped.keeps(fate) && dropped.lands(hit(index));
    let mut figure = question.blank(metric, Shape::Series);
    match Cut::of(question.selection.by) {
        Cut::Time(bucket) => {
            let days = daily(question, question.span(), |index, _, fate| {
                keeps(index, fate).then_some((0, 0))
            });
            figure.n = days.total().n;
            figure.points = pieces(question, &days, bucket)
                .into_iter()
                .map(|piece| piece.point(Key::Time, |cell| Some(cell.n as f64)))
                .collect();
            judge(question, &mut figure, None);
        }
        Cut::Into(part) => {
            figure.shape = Shape::Shares;
            let (mut home, mut parts) = (Home::new(part), Parts::default());
            question.filter.each(question.span(), |index, _, fate| {
                if keeps(index, fate) {
                    figure.n += 1;
                    parts.add(home.of(question, index), index, 1);
                }
            });
            figure.points = parts.points(question, part, |value, _| Some(value as f64));
        }
    }
    figure.value = question.counted_value(figure.n);
    figure.left_out = dropped.reasons(&question.filter);
    figure.previous = question.previous(|span| {
        let mut n = 0;
        question.filter.each(span, |index, _, fate| {
            n += u64::from(fate == Fate::Counted && hit(index));
        });
        (Some(n as f64), n)
    });
    figure
}
