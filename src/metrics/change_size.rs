//! How large a change is: the distribution of counted lines a commit.

use super::lines::{DroppedLines, known};
use super::metric::{Definition, Metric, Need};
use super::question::{Question, reasons};
use super::select::{Span, date};
use super::sizes::Sizes;
use super::stats::{P85_FROM, P95_FROM, STATISTIC_FROM, median_ranks, quantile_by};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point, Rows, Shape, Unit, Verdict};
use crate::model::selection::Selection;

/// Lines a commit changes, as a distribution.
pub(super) struct ChangeSize;

/// Bins of the distribution, both ends included.
const BINS: [(&str, u64, u64); 7] = [
    ("0 lines", 0, 0),
    ("1-9 lines", 1, 9),
    ("10-49 lines", 10, 49),
    ("50-99 lines", 50, 99),
    ("100-499 lines", 100, 499),
    ("500-999 lines", 500, 999),
    ("1000+ lines", 1_000, u64::MAX),
];

impl Metric for ChangeSize {
    fn id(&self) -> &'static str {
        "change_size"
    }

    fn title(&self) -> &'static str {
        "Size of a change"
    }

    fn unit(&self) -> Unit {
        Unit::Lines
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Does one huge change move it?",
                    "Hardly: it is a median. The tail shows in p85 and p95.",
                ),
                (
                    "Are merges in it?",
                    "No, and neither are commits without one counted file; both are counted beside it.",
                ),
            ],
            rule: "Counted lines added plus deleted of each commit. The value is the median with \
                   an exact 95 % order-statistic interval (from 6 commits); points are the \
                   quantiles `p50`, `p85` (from 20 commits) and `p95` (from 60), Hyndman-Fan type \
                   7, then the number of commits in each bin. Below 5 commits each is a point \
                   `item` and there is no statistic. Always over the whole range, whatever cut is \
                   asked.",
            formula: "change_size = median over counted commits of (added + deleted) in counted files",
            needs: &[Need::Commits],
            source: "Apache DevLake (pull-request size), as median and 85th percentile in place \
                     of an average.",
            misleads: "Size is not worth. One move of a folder outweighs a month; the median \
                       stays calm, the tail does not.",
            left_out: "Commits without one counted file (empty, or only generated, vendored or \
                       lock files) and commits whose lines are unknown, in commits; lines of \
                       those files, of twins, of commits that a squash swallowed and of mass \
                       reformatting (raw counts them); merges and undated commits.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let question = Question::of_lines(data, selection, calendar);
        let mut figure = question.blank(self, Shape::Distribution);
        let found = collect(&question, question.span());
        let n = found.sizes.len();
        figure.n = n as u64;
        figure.value = median(&found.sizes);
        figure.left_out = found.dropped.reasons(&question);
        figure
            .left_out
            .extend(reasons(&[("no_counted_file", found.empty)]));
        if figure.n < STATISTIC_FROM {
            if !data.is_empty() {
                figure.verdict = Verdict::TooFew {
                    have: figure.n,
                    need: STATISTIC_FROM,
                };
            }
            figure.points = found.items;
        } else {
            figure.interval =
                median_ranks(n).map(|(low, high)| (found.sizes.at(low), found.sizes.at(high)));
            figure.points = points(&question, &found.sizes);
        }
        figure.previous = question.previous(|span| {
            let sizes = collect(&question, span).sizes;
            (median(&sizes), sizes.len() as u64)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let question = Question::of_lines(data, selection, calendar);
        let counted = |index| {
            let mut entries = data.changes_of(index);
            entries.any(|at| question.filter.counts(at))
        };
        Rows::Commits(question.counted_if(|index| known(&question, index) && counted(index)))
    }
}

/// The sizes of a span, and what was left out on the way.
struct Found {
    sizes: Sizes,
    dropped: DroppedLines,
    /// Commits without a counted file.
    empty: u64,
    /// The first few as points of their own.
    items: Vec<Point>,
}

fn collect(question: &Question<'_>, span: Span) -> Found {
    let mut found = Found {
        sizes: Sizes::new(),
        dropped: DroppedLines::default(),
        empty: 0,
        items: Vec::new(),
    };
    question.filter.each(span, |index, day, fate| {
        if !found.dropped.keeps(question, index, fate) {
            return;
        }
        let lines = found.dropped.sum(question, index);
        if !lines.any {
            found.empty += 1;
            return;
        }
        let size = lines.added + lines.deleted;
        found.sizes.add(size);
        if (found.items.len() as u64) < STATISTIC_FROM {
            found
                .items
                .extend(date(day).map(|day| item(question, day, size)));
        }
    });
    found.sizes.finish();
    found
}

fn item(question: &Question<'_>, day: chrono::NaiveDate, size: u64) -> Point {
    Point {
        from: day,
        to: day,
        complete: day < question.calendar.today(),
        ..question.part(Key::Name("item"), Some(size as f64), 1)
    }
}

fn median(sizes: &Sizes) -> Option<f64> {
    (sizes.len() as u64 >= STATISTIC_FROM)
        .then(|| quantile_by(sizes.len(), 0.5, |rank| sizes.at(rank)))
        .flatten()
}

fn points(question: &Question<'_>, sizes: &Sizes) -> Vec<Point> {
    let n = sizes.len() as u64;
    let quantiles = [
        ("p50", 0.5, STATISTIC_FROM),
        ("p85", 0.85, P85_FROM),
        ("p95", 0.95, P95_FROM),
    ];
    let quantiles = quantiles
        .into_iter()
        .filter(|(_, _, from)| n >= *from)
        .map(|(name, p, _)| {
            let value = quantile_by(sizes.len(), p, |rank| sizes.at(rank));
            question.part(Key::Name(name), value, n)
        });
    let bins = BINS.into_iter().map(|(name, low, high)| {
        let inside = sizes.between(low, high);
        question.part(Key::Name(name), Some(inside as f64), inside)
    });
    quantiles.chain(bins).collect()
}
