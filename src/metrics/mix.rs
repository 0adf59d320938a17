//! What the mixes of changed lines (languages, repositories, kinds of files) have in common.

use super::lines::DroppedLines;
use super::lines_changed::{mix, sum};
use super::metric::Metric;
use super::parts::Part;
use super::question::Question;
use crate::model::figure::{Figure, Shape};

/// What every mix leaves out.
pub(super) const LEFT_OUT: &str = "Generated, vendored and lock files, twins, commits that a \
    squash swallowed and mass reformatting, in lines (raw counts them); merges have no lines; \
    undated commits; commits whose lines are unknown, in commits.";

/// The figure of a mix: its value is all counted lines, its points are the parts.
pub(super) fn share_of_lines(metric: &dyn Metric, part: Part, question: &Question<'_>) -> Figure {
    let mut figure = question.blank(metric, Shape::Shares);
    let mut dropped = DroppedLines::default();
    let mix = mix(question, part, &mut dropped);
    figure.n = mix.n;
    figure.value = question.counted_value(mix.lines);
    figure.points = mix.points;
    figure.left_out = dropped.reasons(question);
    figure.previous = question.previous(|span| {
        let (lines, n) = sum(question, span);
        (Some(lines as f64), n)
    });
    figure
}
