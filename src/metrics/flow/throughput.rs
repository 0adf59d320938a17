//! Throughput: tasks finished.

use super::finished::{Finished, LEFT_OUT};
use super::home;
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::parts::Cut;
use crate::metrics::series::{Daily, judge, pieces};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Shape, Unit};
use crate::model::selection::Selection;

/// Tasks of mine that were finished.
pub(in crate::metrics) struct Throughput;

impl Metric for Throughput {
    fn id(&self) -> &'static str {
        "throughput"
    }

    fn title(&self) -> &'static str {
        "Tasks finished"
    }

    fn unit(&self) -> Unit {
        Unit::Items
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Zero after my last export: was I idle?",
                    "Those weeks have no value. Nothing is known after the newest export.",
                ),
                (
                    "Do ten small tasks beat one large one?",
                    "They count more, and that is all that a count says. The kinds stand in another figure.",
                ),
            ],
            rule: "Tasks of mine that reached done in the range, each once, on the civil day of \
                   the finish in its own offset. A reopened task counts at its last finish. Weeks \
                   after the newest export are not known; the week of that export is never compared \
                   with a whole one.",
            formula: "throughput = |{t : t is done, finish(t) in the range}|",
            needs: &[Need::Tasks, Need::Finished],
            source: "Kanban Guide (2020): the number of work items finished per unit of time, an \
                     exact count. Flow Framework calls it flow velocity.",
            misleads: "Items differ in size, so ten small ones look like more than one large: see \
                       `task_types`. An epic counts beside its parts. When a board is tidied, \
                       everything is done on one day. A reopened task leaves the week in which it \
                       was first finished.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let found = Finished::of(&items, question.span());
        let mut figure = question.blank(self, Shape::Series);
        figure.n = found.count();
        figure.value = found.value(question);
        match Cut::of(selection.by) {
            Cut::Time(bucket) => {
                let mut days = Daily::new(question, question.span());
                for (_, _, done) in &found.tasks {
                    days.add(done.day, 0, 0);
                }
                let tells = figure.value.is_some();
                figure.points = pieces(question, &days, bucket)
                    .into_iter()
                    .map(|piece| piece.point(Key::Time, |cell| tells.then_some(cell.n as f64)))
                    .collect();
                if tells {
                    judge(question, &mut figure, None);
                }
            }
            Cut::Into(part) => {
                figure.shape = Shape::Shares;
                let positions = found.tasks.iter().map(|(at, _, _)| *at);
                let keys = positions.filter_map(|at| home::of(data, part, at));
                figure.points = home::counts(question, keys);
            }
        }
        figure.left_out = found.tally.with(items.excluded());
        figure.previous = question.previous(|span| {
            let before = Finished::of(&items, span);
            (before.value(question), before.count())
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        Rows::Tasks(Finished::of(&items, items.question.span()).positions())
    }
}
