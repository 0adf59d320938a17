//! Task types: the mix of finished tasks.

use super::finished::{Finished, LEFT_OUT};
use super::home;
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Rows, Shape, Unit};
use crate::model::selection::Selection;

/// Finished tasks by kind.
pub(in crate::metrics) struct TaskTypes;

impl Metric for TaskTypes {
    fn id(&self) -> &'static str {
        "task_types"
    }

    fn title(&self) -> &'static str {
        "Kinds of tasks finished"
    }

    fn unit(&self) -> Unit {
        Unit::Items
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Does a large share mean much work?",
                "No, numbers of tasks are not amounts of work.",
            )],
            rule: "The tasks of `throughput` by kind: bug, story, epic, subtask, and task for all \
                   that their tracker does not call by one of these words. Always cut by kind, \
                   whatever cut is asked.",
            formula: "task_types[k] = |{t of kind k : t is done, finish(t) in the range}|",
            needs: &[Need::Tasks, Need::Finished],
            source: "Flow Framework (Kersten, Project to Product, 2018): flow distribution, with \
                     the kinds that trackers know in place of features, defects, debt and risk.",
            misleads: "A kind is a habit of whoever wrote the ticket; \"task\" means only that \
                       nothing more is known. Numbers of tasks are not amounts of work. An epic \
                       counts beside its parts.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let found = Finished::of(&items, question.span());
        let mut figure = question.blank(self, Shape::Shares);
        figure.n = found.count();
        figure.value = found.value(question);
        let kinds = found.tasks.iter().map(|(_, task, _)| task.kind.as_str());
        figure.points = home::counts(question, kinds.map(Key::Name));
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
