//! Lead time: from creation to finish.

use super::finished::Finished;
use super::home;
use super::tally::Tally;
use crate::metrics::items::Items;
use crate::metrics::lengths::{self, Found, Length};
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::select::Span;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Unit};
use crate::model::selection::Selection;

/// How long finished tasks took from the day they were written down.
pub(in crate::metrics) struct LeadTime;

impl Metric for LeadTime {
    fn id(&self) -> &'static str {
        "lead_time"
    }

    fn title(&self) -> &'static str {
        "Lead time of tasks"
    }

    fn unit(&self) -> Unit {
        Unit::Seconds
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Does a year in the backlog count?",
                    "Yes, so it is read beside the cycle time.",
                ),
                (
                    "Is it the lead time of DORA?",
                    "No. There is no data on deployments here.",
                ),
            ],
            rule: "Elapsed time from the creation to the last finish of each task finished in the \
                   range, nights and weekends included; where either end is a plain date, civil \
                   days with both ends counted. The value is the median with an exact 95 % \
                   order-statistic interval (from 6 tasks); `p85` from 20 tasks, `p95` from 60, \
                   Hyndman-Fan type 7; below 5 each task is a point of its own.",
            formula: "lead_time = median over tasks finished in the range of (finish - creation)",
            needs: &[Need::Tasks, Need::Finished],
            source: "Kanban: request to delivery. DORA's lead time for changes is another thing \
                     (commit to production) and needs data on deployments, which is not here.",
            misleads: "Time in the list before anybody began dominates it: read it beside \
                       `cycle_time`. A ticket written after the work has a lead time of minutes. A \
                       tracker that was moved may have created every ticket on one day.",
            left_out: "Finished tasks without a time of creation (`no_creation`) or created after \
                       their finish (`backwards`); those whose finish is only known to lie between \
                       two exports (`between_exports`) or is not told (`no_finish_time`), whatever \
                       the range. Cancelled tasks, pull requests, and tasks that I took out \
                       (`excluded`).",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let collect = |span| {
            let (lengths, tally) = leads(&items, span);
            Found {
                lengths,
                left_out: tally.with(items.excluded()),
            }
        };
        lengths::figure(self, &items.question, collect, |part, one| match one.key {
            Key::Task(at) => home::of(data, part, at),
            _ => None,
        })
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let (lengths, _) = leads(&items, items.question.span());
        Rows::Tasks(lengths.into_iter().filter_map(position).collect())
    }

    fn lengths(
        &self,
        data: &Dataset,
        selection: &Selection,
        calendar: &Calendar,
    ) -> Vec<(u32, i64)> {
        let items = Items::new(data, selection, calendar);
        let (lengths, _) = leads(&items, items.question.span());
        let length = |one: Length| Some((position(one)?, one.seconds));
        lengths.into_iter().filter_map(length).collect()
    }
}

/// The task that a lead time is of.
fn position(one: Length) -> Option<u32> {
    match one.key {
        Key::Task(at) => Some(at),
        _ => None,
    }
}

/// The lead times of the tasks finished in `span`, by position, and what has none.
fn leads(items: &Items<'_>, span: Span) -> (Vec<Length>, Tally) {
    let Finished {
        tasks, mut tally, ..
    } = Finished::of(items, span);
    let mut lengths = Vec::with_capacity(tasks.len());
    for (at, task, done) in tasks {
        let Some(created) = task.created else {
            tally.add("no_creation");
            continue;
        };
        match created.elapsed(done) {
            Some(seconds) => lengths.push(Length {
                day: done.day,
                seconds,
                key: Key::Task(at),
            }),
            None => tally.add("backwards"),
        }
    }
    (lengths, tally)
}
