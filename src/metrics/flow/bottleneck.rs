//! The bottleneck: the one stage that holds finished tasks the longest, if it can be told.

use super::path::{LEFT_OUT, Path, Paths};
use super::shares::{STAGES, Shares};
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::question::Question;
use crate::metrics::stats::STATISTIC_FROM;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Point, Rest, Rows, Shape, Unit, Verdict};
use crate::model::selection::Selection;
use crate::model::stage::Stage;

/// The stage with the largest share of the time between start and finish.
pub(in crate::metrics) struct Bottleneck;

/// How many of the tasks behind it are named.
const NAMED: usize = 3;

/// What the rise of each of [`STAGES`] is called.
const RISES: [&str; STAGES.len()] = ["rise in todo", "rise in in-progress", "rise in in-review"];

impl Metric for Bottleneck {
    fn id(&self) -> &'static str {
        "bottleneck"
    }

    fn title(&self) -> &'static str {
        "Bottleneck"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Does one stuck ticket decide?",
                    "Then the interval reaches too far, and the figure says that it cannot tell.",
                ),
                (
                    "Is it always \"in progress\"?",
                    "Often, because that is the work itself. The rise against the period before tells more.",
                ),
            ],
            rule: "Of the time between start and finish of the tasks finished in the range, the \
                   share of each stage: todo (put back, or blocked), in progress, in review. The \
                   bottleneck is the stage with the largest share, named with the three tasks that \
                   hold most of its time (each with its part of it). It is named only from 5 tasks \
                   whose every stay is known, when these are at least half of the finished ones, \
                   and when the 95 % interval of the difference between the two largest shares lies \
                   above zero; its share comes with an interval of the same kind, tasks drawn whole. Beside \
                   it the stage whose share rose most against the period before, \
                   where the intervals of the two shares do not meet.",
            formula: "bottleneck = the stage s with the largest sum of time in s / sum of time in \
                      all stages between start and finish",
            needs: &[Need::Tasks, Need::Finished, Need::History],
            source: "Goldratt, The Goal (1984): the step that holds the flow back. Largest share of \
                     time in stage, and largest rise: ours, as trackers name it.",
            misleads: "Most time is not most harm: in progress is often the largest because the work \
                       is there. What happens before the start is not in it (a list would always be \
                       the largest), nor is time put back to the backlog. A board says where a \
                       ticket stands, not why. \"Cannot tell\" is an answer.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let paths = Paths::of(&items, question.span());
        let mut figure = question.blank(self, Shape::Shares);
        figure.n = paths.known.len() as u64;
        figure.rests_on.extend(paths.rest());
        let of = paths.rest().map_or(0, |rest| rest.of);
        if figure.n < STATISTIC_FROM {
            figure.points = few(question, &paths.known);
            if question.record.is_some() {
                figure.verdict = too_few(figure.n, STATISTIC_FROM);
            }
        } else {
            let shares = Shares::of(&paths.known);
            figure.points = points(question, &shares);
            let named = shares.largest();
            if figure.n * 2 < of {
                figure.verdict = too_few(figure.n, of.div_ceil(2));
            } else if let Some(stage) = named {
                figure.value = shares.value(stage);
                figure.interval = shares.interval(stage);
                let top = top(question, &paths.known, stage);
                figure.points.extend(top);
            } else {
                let (what, n) = ("shares_not_apart", figure.n);
                figure.rests_on.push(Rest { what, n, of: n });
            }
            let mut rise = None;
            figure.previous = question.previous(|span| {
                let before = Paths::of(&items, span);
                let old = Shares::of(&before.known);
                let n = before.known.len() as u64;
                rise = shares.rise(&old).filter(|_| n >= STATISTIC_FROM);
                let value = figure.value.and(named).and_then(|stage| old.value(stage));
                (value.filter(|_| n >= STATISTIC_FROM), n)
            });
            if let Some((at, by)) = rise.filter(|_| figure.n * 2 >= of) {
                let name = RISES.get(at).copied().unwrap_or_default();
                let rise = question.part(Key::Name(name), Some(by), figure.n);
                figure.points.push(rise);
            }
        }
        figure.left_out = paths.tally.with(items.excluded());
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let paths = Paths::of(&items, items.question.span());
        Rows::Tasks(paths.known.iter().map(|path| path.at).collect())
    }
}

fn too_few(have: u64, need: u64) -> Verdict {
    Verdict::TooFew { have, need }
}

/// The share of each stage, the largest first; n is the tasks that were in it.
fn points(question: &Question<'_>, shares: &Shares) -> Vec<Point> {
    let stages = shares.by_size().into_iter();
    let point = |stage: Stage| {
        let name = Key::Name(stage.as_str());
        question.part(name, shares.value(stage), shares.tasks(stage))
    };
    stages.map(point).collect()
}

/// The tasks with most time in the stage, and which part of its time that is.
fn top(question: &Question<'_>, known: &[Path], stage: Stage) -> Vec<Point> {
    let whole: i64 = known.iter().map(|path| path.of(stage)).sum();
    let mut most: Vec<&Path> = known.iter().filter(|path| path.of(stage) > 0).collect();
    // Stable: tasks of one time stay in the order of their positions.
    most.sort_by_key(|path| std::cmp::Reverse(path.of(stage)));
    let point = |path: &Path| {
        let part = path.of(stage) as f64 / whole as f64;
        question.part(Key::Task(path.at), Some(part), 1)
    };
    most.into_iter().take(NAMED).map(point).collect()
}

/// A few tasks, each with its part of the time of all.
fn few(question: &Question<'_>, known: &[Path]) -> Vec<Point> {
    let seconds = |path: &Path| STAGES.iter().map(|stage| path.of(*stage)).sum::<i64>();
    let whole: i64 = known.iter().map(seconds).sum();
    let point = |path: &Path| {
        let part = (whole > 0).then(|| seconds(path) as f64 / whole as f64);
        question.part(Key::Task(path.at), part, 1)
    };
    known.iter().map(point).collect()
}
