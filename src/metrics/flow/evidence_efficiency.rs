//! Evidence efficiency: the share of workdays on which a task left a trace.

use super::evidence::Evidence;
use super::{cycles, ratio};
use crate::metrics::items::Items;
use crate::metrics::linked;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Of, Rows, Unit};
use crate::model::selection::Selection;

/// Workdays with a trace, of all workdays between start and finish.
pub(in crate::metrics) struct EvidenceEfficiency;

impl Metric for EvidenceEfficiency {
    fn id(&self) -> &'static str {
        "evidence_efficiency"
    }

    fn title(&self) -> &'static str {
        "Days with a trace of the task"
    }

    fn unit(&self) -> Unit {
        Unit::Share
    }

    fn of(&self) -> Of {
        Of::Tasks
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[(
                "Is a low share idleness?",
                "No, it is a lower bound. Coverage by links is printed beside it, and a task without any trace is left out.",
            )],
            rule: "Of my workdays from the start to the finish of the tasks finished in the range, \
                   both ends included, the share that shows a trace of that task: a linked commit, \
                   recorded time, or a move between stages. Leave and holidays are no workdays; \
                   traces on days off do not count either. The days of all tasks are added up before \
                   dividing. Only tasks with a linked commit or recorded time at all. A lower bound. \
                   Below 5 tasks each is a point and there is no share, the same for each week.",
            formula: "evidence_efficiency = sum of workdays with a trace / sum of workdays from \
                      start to finish",
            needs: &[Need::Tasks, Need::Finished, Need::Links, Need::WorkWeek],
            source: "Ours: the question of flow efficiency (Kersten, Project to Product, 2018) put \
                     to traces, because a board's word is not work.",
            misleads: "Work without a commit (thinking, helping, reviewing) leaves no trace, and a \
                       commit that names no task is not seen: read the link coverage first. Who has \
                       three tasks at once has traces of each on some days only. The days of start \
                       and finish show their own move, so short tasks look busy.",
            left_out: "Finished tasks with neither a linked commit nor recorded time (`no_trace`), \
                       or without a workday between start and finish (`no_workday`). Epics \
                       (`epics`): their traces are on their parts. And what `cycle_time` leaves \
                       out: `no_start`, `backwards`, `between_exports`, `no_finish_time`, \
                       `excluded`.",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let found = Evidence::of(&items, question.span());
        let mut figure = ratio::figure(self, question, &found.shares);
        // Every one of these joins commits with tasks, not only the starts.
        let starts = cycles::starts(&items, found.from_commit, figure.n).into_iter();
        let starts = starts.filter(|rest| rest.what == "start_from_commit");
        figure.rests_on = starts.chain(linked::commits(&items.question)).collect();
        figure.left_out = found.tally.with(items.excluded());
        figure.previous = question.previous(|span| {
            let before = Evidence::of(&items, span).shares;
            (ratio::share(&before), before.len() as u64)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let found = Evidence::of(&items, items.question.span());
        Rows::Tasks(found.shares.iter().map(|one| one.at).collect())
    }
}
