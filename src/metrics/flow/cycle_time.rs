//! Cycle time: from start to finish.

use super::cycles::{Cycle, Cycles, LEFT_OUT};
use super::home;
use crate::metrics::items::Items;
use crate::metrics::lengths::{self, Found, Length};
use crate::metrics::metric::{Definition, Metric, Need};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Unit};
use crate::model::selection::Selection;

/// How long finished tasks took.
pub(in crate::metrics) struct CycleTime;

impl Metric for CycleTime {
    fn id(&self) -> &'static str {
        "cycle_time"
    }

    fn title(&self) -> &'static str {
        "Cycle time of tasks"
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
                    "Only what I finished: where is the stuck one?",
                    "In the age of work in progress.",
                ),
                (
                    "Are starts guessed?",
                    "Only the first linked commit stands in, and the figure says how often.",
                ),
                (
                    "Do nights and weekends count?",
                    "Yes. It is elapsed time, as the field has it; work time is not known.",
                ),
            ],
            rule: "Elapsed time from the first start to the last finish of each task finished in \
                   the range, nights and weekends included. The start is what the tracker says, \
                   else the first move into progress or review; where the tracker gives none, the \
                   first linked commit, and the figure says how many. Where either end is a plain \
                   date, civil days with both ends counted. The value is the median with an exact \
                   95 % order-statistic interval (from 6 tasks); `p85` from 20 tasks, `p95` from \
                   60, Hyndman-Fan type 7; below 5 each task is a point of its own.",
            formula: "cycle_time = median over tasks finished in the range of (finish - start)",
            needs: &[Need::Tasks, Need::Finished, Need::Started],
            source: "Kanban Guide (2020): elapsed time between start and finish of a work item. \
                     Tools with the grain of a day add one, e.g. ActionableAgile. Flow Framework \
                     calls it flow time.",
            misleads: "It says how long, not how much work. Only finished tasks are in it: what is \
                       stuck shows in `work_item_age`. A first commit comes later than the real \
                       start, so such times are too short. A reopened task spans the time for which \
                       it was closed. Trackers of code call the time of a change by the same name: \
                       that is `change_cycle_time`.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let collect = |span| {
            let cycles = Cycles::of(&items, span);
            let lengths = cycles.found.iter().map(|cycle| Length {
                day: cycle.done.day,
                seconds: cycle.seconds,
                key: cycle.key(),
            });
            Found {
                lengths: lengths.collect(),
                left_out: cycles.tally.with(items.excluded()),
            }
        };
        let mut figure = lengths::figure(self, question, collect, |part, one| match one.key {
            Key::Task(at) => home::of(data, part, at),
            _ => None,
        });
        figure.rests_on = Cycles::of(&items, question.span()).rests_on(&items);
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        Rows::Tasks(Cycles::of(&items, items.question.span()).positions())
    }

    fn lengths(
        &self,
        data: &Dataset,
        selection: &Selection,
        calendar: &Calendar,
    ) -> Vec<(u32, i64)> {
        let items = Items::new(data, selection, calendar);
        let cycles = Cycles::of(&items, items.question.span());
        let length = |cycle: &Cycle<'_>| (cycle.at, cycle.seconds);
        cycles.found.iter().map(length).collect()
    }
}
