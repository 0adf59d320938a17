//! Flow efficiency: the share of time in progress, as the tracker declares it.

use super::path::{LEFT_OUT, Path, Paths};
use super::ratio::{self, One};
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Of, Rows, Unit};
use crate::model::selection::Selection;
use crate::model::stage::Stage;

/// Time in progress, of all time between start and finish.
pub(in crate::metrics) struct FlowEfficiency;

impl Metric for FlowEfficiency {
    fn id(&self) -> &'static str {
        "flow_efficiency"
    }

    fn title(&self) -> &'static str {
        "Flow efficiency, declared"
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
                    "Is in progress the same as work?",
                    "No, it is a word of the board. The version by traces is another figure.",
                ),
                (
                    "Can one giant task decide it?",
                    "It weighs most; below five tasks there is no share.",
                ),
            ],
            rule: "Of the time between start and finish of the tasks finished in the range, the \
                   share that their tracker calls in progress. All else is waiting: review (which \
                   waits and reviews under one word), and the list after a move back. The time of \
                   all tasks is added up before dividing. Only tasks whose every stay from start to \
                   finish is known to the second. Below 5 tasks each is a point and there is no \
                   share, the same for each week.",
            formula: "flow_efficiency = sum of time in progress / sum of (finish - start), closed \
                      time taken out",
            needs: &[Need::Tasks, Need::Finished, Need::History],
            source: "Flow Framework (Kersten, Project to Product, 2018): active time over active \
                     and waiting time of finished items.",
            misleads: "In progress is a word on a board, not work: nights, weekends and forgotten \
                       tickets are in it, so it is too high; a review that is being done counts as \
                       waiting, so it is too low. One long task outweighs many short ones. \
                       `evidence_efficiency` asks for traces instead; the two must not be compared.",
            left_out: LEFT_OUT,
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let paths = Paths::of(&items, question.span());
        let mut figure = ratio::figure(self, question, &shares(&paths));
        figure.rests_on.extend(paths.rest());
        figure.left_out = paths.tally.with(items.excluded());
        figure.previous = question.previous(|span| {
            let before = shares(&Paths::of(&items, span));
            (ratio::share(&before), before.len() as u64)
        });
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let items = Items::new(data, selection, calendar);
        let paths = Paths::of(&items, items.question.span());
        Rows::Tasks(paths.known.iter().map(|path| path.at).collect())
    }
}

fn shares(paths: &Paths) -> Vec<One> {
    let seconds = |seconds: i64| u64::try_from(seconds).unwrap_or_default();
    let one = |path: &Path| One {
        at: path.at,
        day: path.day,
        part: seconds(path.of(Stage::InProgress)),
        whole: seconds(path.open()),
    };
    paths.known.iter().map(one).collect()
}
