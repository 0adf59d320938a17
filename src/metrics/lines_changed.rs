//! Lines changed: added plus deleted.

use super::lines::{DroppedLines, known};
use super::metric::{Definition, Metric, Need};
use super::parts::{Cut, Part, Parts};
use super::question::Question;
use super::select::Span;
use super::series::{Cell, Daily, daily, judge, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point, Rows, Shape, Unit};
use crate::model::period::Bucket;
use crate::model::selection::Selection;

/// Lines added plus lines deleted, as `git log --numstat -M` counts them.
pub(super) struct LinesChanged;

impl Metric for LinesChanged {
    fn id(&self) -> &'static str {
        "lines_changed"
    }

    fn title(&self) -> &'static str {
        "Lines changed"
    }

    fn unit(&self) -> Unit {
        Unit::Lines
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Does a reformat look like a week of work?",
                    "Mass reformatting, moves, generated, vendored and lock files are left out and counted beside it; `--raw` shows them.",
                ),
                (
                    "Do programs write some of these lines?",
                    "Yes. The share of commits with evidence of assistance is another figure, and a lower bound.",
                ),
            ],
            rule: "Lines added plus lines deleted against the first parent, renames followed, as \
                   `git log --numstat -M` counts them. A series carries the total of each bucket, \
                   then the same buckets again with the keys `added` and `deleted`. n is the \
                   number of commits whose lines are known. Binary files have no lines.",
            formula: "lines_changed = sum over counted commits of (added + deleted) in counted files",
            needs: &[Need::Commits],
            source: "git log --numstat. Others call this churn (Tornhill, gitcortex); that word \
                     also means rework, so it is not used here.",
            misleads: "Large is not much work, and small is not little: a move or a reformat is \
                       large, a hard fix is one line. Programs write lines too.",
            left_out: "Generated, vendored and lock files, twins, commits that a squash swallowed \
                       (the squash has their lines) and mass reformatting (recognised, or listed in \
                       `.git-blame-ignore-revs`), in lines (raw counts them); merges have no \
                       lines; undated commits; commits whose lines are unknown (missing objects, \
                       or a change beyond the size budget), in commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::of_lines(data, selection, calendar);
        let mut dropped = DroppedLines::default();
        let mut figure = question.blank(self, Shape::Series);
        let lines;
        match Cut::of(selection.by) {
            Cut::Time(bucket) => {
                let days = by_day(&question, question.span(), &mut dropped);
                let total = days.total();
                (figure.n, lines) = (total.n, total.a + total.b);
                figure.points = mirrored(&question, &days, bucket);
                judge(&question, &mut figure, None);
            }
            Cut::Into(part) => {
                figure.shape = Shape::Shares;
                let mix = mix(&question, part, &mut dropped);
                (figure.n, lines, figure.points) = (mix.n, mix.lines, mix.points);
            }
        }
        figure.value = question.counted_value(lines);
        figure.left_out = dropped.reasons(&question);
        figure.previous = question.previous(|span| {
            let (lines, n) = sum(&question, span);
            (Some(lines as f64), n)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::of_lines(data, selection, calendar);
        Rows::Commits(question.counted_if(|index| known(&question, index)))
    }
}

/// Added and deleted lines by day.
fn by_day(question: &Question<'_>, span: Span, dropped: &mut DroppedLines) -> Daily {
    daily(question, span, |index, _, fate| {
        if !dropped.keeps(question, index, fate) {
            return None;
        }
        let lines = dropped.sum(question, index);
        Some((lines.added, lines.deleted))
    })
}

/// Totals, then added, then deleted lines of each bucket.
fn mirrored(question: &Question<'_>, days: &Daily, bucket: Bucket) -> Vec<Point> {
    let pieces = pieces(question, days, bucket);
    let series = |key, value: fn(Cell) -> u64| {
        pieces
            .iter()
            .map(move |piece| piece.point(key, |cell| Some(value(cell) as f64)))
    };
    series(Key::Time, |cell| cell.a + cell.b)
        .chain(series(Key::Name("added"), |cell| cell.a))
        .chain(series(Key::Name("deleted"), |cell| cell.b))
        .collect()
}

/// Changed lines by part.
pub(super) struct Mix {
    /// Commits with known lines.
    pub(super) n: u64,
    /// Counted lines of all parts.
    pub(super) lines: u64,
    pub(super) points: Vec<Point>,
}

/// The mix of the asked range by `part`.
pub(super) fn mix(question: &Question<'_>, part: Part, dropped: &mut DroppedLines) -> Mix {
    let mut parts = Parts::default();
    let (mut n, mut lines) = (0, 0);
    question.filter.each(question.span(), |index, _, fate| {
        if !dropped.keeps(question, index, fate) {
            return;
        }
        n += 1;
        if part == Part::Repo {
            let sum = dropped.sum(question, index);
            if sum.any {
                lines += sum.added + sum.deleted;
                let place = usize::from(question.data.commits.repo[index]);
                parts.add(place, index, sum.added + sum.deleted);
            }
            return;
        }
        dropped.each(question, index, |entry, added, deleted| {
            lines += added + deleted;
            parts.add(
                part.place(question.data, index, entry),
                index,
                added + deleted,
            );
        });
    });
    Mix {
        n,
        lines,
        points: parts.points(question, part, |value, _| Some(value as f64)),
    }
}

/// Counted lines and commits of another span.
pub(super) fn sum(question: &Question<'_>, span: Span) -> (u64, u64) {
    let total = by_day(question, span, &mut DroppedLines::default()).total();
    (total.a + total.b, total.n)
}
