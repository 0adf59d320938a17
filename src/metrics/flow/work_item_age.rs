//! How old the tasks in progress are.

use std::cmp::Reverse;

use super::open::{InWork, Open};
use super::{ages, cycles};
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::question::Question;
use crate::metrics::select::date;
use crate::metrics::stats::{STATISTIC_FROM, median};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Point, Rows, Shape, Unit, Verdict};
use crate::model::selection::Selection;

/// Days since the start of each task in progress.
pub(in crate::metrics) struct WorkItemAge;

impl Metric for WorkItemAge {
    fn id(&self) -> &'static str {
        "work_item_age"
    }

    fn title(&self) -> &'static str {
        "Age of work in progress"
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
                    "Does an old export hide age?",
                    "Yes. \"Now\" is the newest export, and the points carry their dates.",
                ),
                (
                    "Is the median age a forecast?",
                    "No. Old tasks stay and young ones pass.",
                ),
            ],
            rule: "For each task in progress (see `wip`) the civil days from its start, both ends \
                   counted, to the end of the range or the newest export, whichever comes first: \
                   \"now\" is what the newest export saw, not the clock. A point a task, the oldest \
                   first; the value is the median, from 5 tasks. Beside it `p50 finished`, `p85 \
                   finished` (from 20) and `p95 finished` (from 60) of the tasks finished up to \
                   then over the whole record, counted in the same days, and how many are older. \
                   The start is that of `cycle_time`, the first linked commit where the tracker \
                   gives none; of a reopened task the first one.",
            formula: "age(t) = newest export - start(t) + 1 day, for t started and not ended",
            needs: &[Need::Tasks, Need::Started],
            source: "Kanban Guide (2020): elapsed time between start and now of an unfinished \
                     item. Comparing it with percentiles of finished items: ActionableAgile.",
            misleads: "Old tasks stay in view and young ones pass, so the median age of what is \
                       open says nothing about how long tasks take. An old export makes everything \
                       look younger. Old is not bad: a large task, or one put aside on purpose.",
            left_out: "Tasks in progress without a known start (`no_start`, or `between_exports` \
                       where two exports saw it happen between them), and all that `wip` leaves \
                       out. Pull requests, and tasks that I took out (`excluded`).",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let mut work = InWork::of(&items);
        let mut figure = question.blank(self, Shape::Distribution);
        for at in &work.undated {
            let task = data.work.tasks.get(*at as usize);
            let between = task.is_some_and(|task| task.windowed);
            work.tally.add(if between {
                "between_exports"
            } else {
                "no_start"
            });
        }
        if work.tells {
            let open = oldest_first(&work);
            let ages: Vec<f64> = open.iter().map(|one| seconds(one, work.moment)).collect();
            figure.n = ages.len() as u64;
            figure.value = (figure.n >= STATISTIC_FROM)
                .then(|| median(&ages))
                .flatten();
            if figure.n < STATISTIC_FROM {
                figure.verdict = Verdict::TooFew {
                    have: figure.n,
                    need: STATISTIC_FROM,
                };
            }
            let point = |one: &Open| point(question, one, work.moment);
            figure.points = open.iter().filter_map(point).collect();
            let marks = ages::marks(&items, work.moment);
            let shown =
                |mark: &ages::Mark| question.part(Key::Name(mark.name), Some(mark.seconds), mark.n);
            figure.points.extend(marks.iter().map(shown));
            figure.rests_on = ages::older(&work, &marks);
            let commits = open.iter().filter(|one| one.start.from_commit).count();
            let starts = cycles::starts(&items, commits as u64, figure.n);
            figure.rests_on.extend(starts);
        }
        figure.left_out = work.tally.with(items.excluded());
        figure
    }

    fn lengths(
        &self,
        data: &Dataset,
        selection: &Selection,
        calendar: &Calendar,
    ) -> Vec<(u32, i64)> {
        let work = InWork::of(&Items::new(data, selection, calendar));
        let known = work.lasting().filter(|_| work.tells);
        let age = |open: &Open| (open.at, ages::age(open.start.at, work.moment));
        known.map(age).collect()
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let work = InWork::of(&Items::new(data, selection, calendar));
        let known = work.lasting().filter(|_| work.tells);
        Rows::Tasks(known.map(|open| open.at).collect())
    }
}

fn oldest_first(work: &InWork) -> Vec<Open> {
    let mut open: Vec<Open> = work.lasting().copied().collect();
    // Stable: tasks of one age stay in the order of their positions.
    open.sort_by_key(|one| Reverse(ages::age(one.start.at, work.moment)));
    open
}

fn seconds(open: &Open, moment: i32) -> f64 {
    ages::age(open.start.at, moment) as f64
}

/// A task from its start to the moment.
fn point(question: &Question<'_>, open: &Open, moment: i32) -> Option<Point> {
    Some(Point {
        from: date(open.start.at.day)?,
        to: date(moment)?,
        ..question.part(Key::Task(open.at), Some(seconds(open, moment)), 1)
    })
}
