//! Service level: within how long most tasks are finished.

use super::cycles::{Cycles, LEFT_OUT};
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::question::Question;
use crate::metrics::select::{Span, date};
use crate::metrics::stats::percentile_interval;
use crate::metrics::stats::{P85_FROM, STATISTIC_FROM, quantile, sorted};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Of, Point, Rest, Rows, Shape, Unit, Verdict};
use crate::model::selection::Selection;

/// The time within which 85 % of finished tasks were finished.
pub(in crate::metrics) struct ServiceLevel;

/// The share of tasks that keep the level.
const LEVEL: f64 = 0.85;

impl Metric for ServiceLevel {
    fn id(&self) -> &'static str {
        "service_level"
    }

    fn title(&self) -> &'static str {
        "Service level of tasks"
    }

    fn unit(&self) -> Unit {
        Unit::Seconds
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn lead(&self) -> Option<&'static str> {
        Some("85 % finish within")
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Is 85 % kept by construction?",
                    "On the same tasks it would be. The test uses the level of the period before.",
                ),
                (
                    "Can three of twenty tasks decide it?",
                    "Yes, hence the interval.",
                ),
            ],
            rule: "The 85th percentile (Hyndman-Fan type 7) of the cycle times of the tasks \
                   finished in the range, from 20 tasks, with an exact 95 % order-statistic interval \
                   (from 23). `kept_level_before` says how many of these tasks kept the 85th \
                   percentile of the period before: a level is tested on tasks that it was not made \
                   from. Below 5 tasks each is a point. Always over the whole range, whatever cut is \
                   asked.",
            formula: "service_level = 85th percentile over tasks finished in the range of (finish \
                      - start)",
            needs: &[Need::Tasks, Need::Finished, Need::Started],
            source: "Kanban Guide (2020): the service level expectation is a forecast of how long \
                     one item takes from start to finish, a period and a probability.",
            misleads: "It tells of the past: a promise only as long as the work stays like it. Of \
                       twenty tasks three decide it, so look at the interval. It says nothing of \
                       one large task, nor of tasks that never finish. No target and no quality of \
                       a person.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let cycles = Cycles::of(&items, question.span());
        let mut figure = question.blank(self, Shape::Number);
        let all = seconds(&cycles);
        figure.n = all.len() as u64;
        figure.value = level(&all);
        if figure.value.is_some() {
            figure.interval = percentile_interval(&all, LEVEL);
        } else if question.record.is_some() {
            figure.verdict = Verdict::TooFew {
                have: figure.n,
                need: P85_FROM,
            };
        }
        if figure.n < STATISTIC_FROM {
            figure.points = few(question, &cycles);
        }
        figure.rests_on = cycles.rests_on(&items);
        let before = |span: Span| seconds(&Cycles::of(&items, span));
        figure.previous = question.previous(|span| {
            let before = before(span);
            (level(&before), before.len() as u64)
        });
        let old = figure.previous.and_then(|before| before.value);
        if let Some(old) = old.filter(|_| figure.n > 0) {
            let kept = all.iter().filter(|seconds| **seconds <= old);
            figure.rests_on.push(Rest {
                what: "kept_level_before",
                n: kept.count() as u64,
                of: figure.n,
            });
        }
        figure.left_out = cycles.tally.with(items.excluded());
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        Rows::Tasks(Cycles::of(&items, items.question.span()).positions())
    }
}

/// The cycle times as rising numbers.
fn seconds(cycles: &Cycles<'_>) -> Vec<f64> {
    let all = cycles.found.iter().map(|cycle| cycle.seconds as f64);
    sorted(&all.collect::<Vec<_>>())
}

/// The level of rising cycle times; none below 20.
fn level(all: &[f64]) -> Option<f64> {
    let enough = all.len() as u64 >= P85_FROM;
    enough.then(|| quantile(all, LEVEL)).flatten()
}

/// A few tasks as points of their own, by finish.
fn few(question: &Question<'_>, cycles: &Cycles<'_>) -> Vec<Point> {
    let point = |cycle: &super::cycles::Cycle<'_>| {
        let day = date(cycle.done.day)?;
        Some(Point {
            from: day,
            to: day,
            complete: day < question.seen_to,
            ..question.part(cycle.key(), Some(cycle.seconds as f64), 1)
        })
    };
    let mut points: Vec<Point> = cycles.found.iter().filter_map(point).collect();
    points.sort_by_key(|point| point.from);
    points
}
