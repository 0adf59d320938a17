//! Estimates: whether tasks thought larger took longer.

use super::cycles::{Cycle, Cycles};
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::select::Span;
use crate::metrics::stats::{STATISTIC_FROM, median};
use crate::metrics::stats::{spearman, spearman_interval};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Shape, Unit, Verdict};
use crate::model::selection::Selection;
use crate::model::task::Estimate;

/// How far estimates and cycle times go the same way.
pub(in crate::metrics) struct EstimateAccuracy;

/// Tasks below which no correlation is given.
const NEED: u64 = 10;

impl Metric for EstimateAccuracy {
    fn id(&self) -> &'static str {
        "estimate_accuracy"
    }

    fn title(&self) -> &'static str {
        "Estimates and cycle times"
    }

    fn unit(&self) -> Unit {
        Unit::Correlation
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "And when the estimate was corrected afterwards?",
                    "That cannot be seen in an export, and the definition says so.",
                ),
                ("Is 0.6 of ten tasks good?", "It may be chance."),
            ],
            rule: "Tasks finished in the range that have an estimate and a cycle time, put in order \
                   by each; the value says how alike the two orders are: 1 the same, 0 unrelated, \
                   -1 reversed (Spearman's correlation), from 10 tasks. Points are not time, so only \
                   the order is compared, and tasks estimated in the rarer of the two units are \
                   left out. `spent per estimate` is the median of recorded time over estimate, from \
                   5 tasks that tell both in time. Below 5 tasks each is named. Always over the \
                   whole range, whatever cut is asked.",
            formula: "estimate_accuracy = Spearman's rho of (estimate, finish - start)",
            needs: &[Need::Tasks, Need::Estimates, Need::Finished, Need::Started],
            source: "jirametrics (estimate against cycle time); Spearman (1904), because points are \
                     only an order.",
            misleads: "The estimate is the one of the newest export: one changed after the start \
                       cannot be seen, and a corrected one fits too well. Cycle time holds waiting \
                       that nobody estimated. Of ten tasks even a correlation of 0.6 may be chance. \
                       It is about the estimates, not about me.",
            left_out: "Finished tasks without an estimate above zero (`no_estimate`) or estimated \
                       in the other unit (`other_unit`), and what `cycle_time` leaves out: \
                       `no_start`, `backwards`, `between_exports`, `no_finish_time`, `excluded`.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let mut cycles = Cycles::of(&items, question.span());
        keep_estimated(&mut cycles);
        let mut figure = question.blank(self, Shape::Number);
        figure.n = cycles.found.len() as u64;
        figure.value = value(&cycles);
        figure.interval = figure
            .value
            .and_then(|rho| spearman_interval(rho, cycles.found.len()));
        if figure.n < NEED && question.record.is_some() {
            figure.verdict = Verdict::TooFew {
                have: figure.n,
                need: NEED,
            };
        }
        if figure.n < STATISTIC_FROM {
            let points = cycles.found.iter();
            figure.points = points
                .map(|cycle| question.part(cycle.key(), None, 1))
                .collect();
        }
        let ratios: Vec<f64> = cycles.found.iter().filter_map(ratio).collect();
        let n = ratios.len() as u64;
        if n >= STATISTIC_FROM {
            let name = Key::Name("spent per estimate");
            figure.points.push(question.part(name, median(&ratios), n));
        }
        figure.rests_on = cycles.rests_on(&items);
        figure.previous = question.previous(|span: Span| {
            let mut before = Cycles::of(&items, span);
            keep_estimated(&mut before);
            (value(&before), before.found.len() as u64)
        });
        figure.left_out = cycles.tally.with(items.excluded());
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let mut cycles = Cycles::of(&items, items.question.span());
        keep_estimated(&mut cycles);
        Rows::Tasks(cycles.positions())
    }
}

/// The estimate in its own unit; `None` of nothing, which is no estimate.
fn amount(cycle: &Cycle<'_>) -> Option<(bool, i64)> {
    let (time, amount) = match cycle.task.estimate? {
        Estimate::Seconds(seconds) => (true, seconds),
        Estimate::Points(points) => (false, points),
    };
    (amount > 0).then_some((time, amount))
}

/// Leaves the tasks with an estimate in the unit that most have; on a tie, in time.
fn keep_estimated(cycles: &mut Cycles<'_>) {
    let amounts = cycles.found.iter().filter_map(amount);
    let (time, points): (Vec<_>, Vec<_>) = amounts.partition(|(time, _)| *time);
    let unit = time.len() >= points.len();
    let tally = &mut cycles.tally;
    cycles.found.retain(|cycle| {
        let own = amount(cycle).map(|(time, _)| time == unit);
        match own {
            None => tally.add("no_estimate"),
            Some(false) => tally.add("other_unit"),
            Some(true) => {}
        }
        own == Some(true)
    });
}

/// The correlation; none below 10, nor where all are the same.
fn value(cycles: &Cycles<'_>) -> Option<f64> {
    let pair = |cycle: &Cycle<'_>| Some((amount(cycle)?.1 as f64, cycle.seconds as f64));
    let pairs: Vec<_> = cycles.found.iter().filter_map(pair).collect();
    let enough = pairs.len() as u64 >= NEED;
    enough.then(|| spearman(&pairs)).flatten()
}

/// Recorded time over an estimate in time.
fn ratio(cycle: &Cycle<'_>) -> Option<f64> {
    let (time, estimate) = amount(cycle)?;
    let spent = cycle.task.spent.filter(|spent| time && *spent > 0)?;
    Some(spent as f64 / estimate as f64)
}
