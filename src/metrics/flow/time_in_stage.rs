//! Time in stage: where finished tasks spent their time.

use super::finished::Finished;
use super::path::visits;
use super::tally::Tally;
use crate::metrics::items::Items;
use crate::metrics::metric::{Definition, Metric, Need};
use crate::metrics::question::Question;
use crate::metrics::stats::{STATISTIC_FROM, median, median_interval, sorted};
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of, Point, Rest, Rows, Shape, Unit, Verdict};
use crate::model::selection::{Only, Selection};
use crate::model::stage::Stage;
use crate::model::task::TaskKind;
use crate::model::work::Visit;

/// The time of finished tasks by stage.
pub(in crate::metrics) struct TimeInStage;

impl Metric for TimeInStage {
    fn id(&self) -> &'static str {
        "time_in_stage"
    }

    fn title(&self) -> &'static str {
        "Time in stage"
    }

    fn unit(&self) -> Unit {
        Unit::Seconds
    }

    fn of(&self) -> Of {
        Of::Visits
    }

    fn compares(&self) -> bool {
        false
    }

    fn definition(&self) -> Definition {
        Definition {
            asked: &[
                (
                    "Does the backlog always win?",
                    "Yes, as planning. The bottleneck begins at the start of work.",
                ),
                (
                    "Is it many short stays or a long one?",
                    "The sum and the median of one stay are both shown.",
                ),
            ],
            rule: "For each task finished in the range, every stay in a stage from its creation to \
                   its last finish; a stage that it came back to counts again. Points are the time \
                   of all stays in each stage, the most first, n of them the stays; `p50 ` and a \
                   stage is the median of one stay there (from 5 stays), with its exact 95 % \
                   order-statistic interval (from 6). The value is the time of \
                   all stays. Nights and weekends are in it. Below 5 tasks each is a point. Always \
                   by stage, whatever cut is asked.",
            formula: "time_in_stage[s] = sum over stays in s of (left - entered)",
            needs: &[Need::Tasks, Need::Finished, Need::History],
            source: "Time in state of trackers and Kanban tools (ActionableAgile, jirametrics), \
                     counted by visit.",
            misleads: "Time in the list before anybody began dwarfs the rest: that is planning, not \
                       delay. Many short visits and one long one add up to the same. A board's \
                       words were mapped to six stages, and a wrong word moves whole weeks. Stories \
                       and their parts count both.",
            left_out: "Stays in a word without a stage, or times of which no move tells (`gaps`), \
                       stays whose beginning or end is not known exactly (`open_ends`) or that end \
                       before they begin (`backwards`): all in stays. In tasks: `no_history` (no \
                       stay is known), `epics` (their time is that of their parts), \
                       `between_exports` and `no_finish_time`. The last stay, in done. Cancelled \
                       tasks, pull requests, and tasks that I took out (`excluded`).",
        }
    }

    fn compute(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Figure {
        let items = Items::new(data, selection, calendar);
        let question = &items.question;
        let found = Stays::of(&items);
        let mut figure = question.blank(self, Shape::Shares);
        figure.n = found.lengths.iter().map(|all| all.len() as u64).sum();
        let tasks = found.tasks.len() as u64;
        if tasks < STATISTIC_FROM {
            let points = found.tasks.iter();
            figure.points = points
                .map(|(at, seconds)| question.part(Key::Task(*at), Some(*seconds), 1))
                .collect();
            if question.record.is_some() {
                figure.verdict = Verdict::TooFew {
                    have: tasks,
                    need: STATISTIC_FROM,
                };
            }
        } else {
            figure.value = Some(found.lengths.iter().flatten().sum());
            figure.points = found.points(question);
        }
        figure.rests_on = found.rests_on;
        figure.left_out = found.tally.with(items.excluded());
        figure
    }

    fn rows(&self, data: &Dataset, selection: &Selection, calendar: &Calendar) -> Rows {
        let found = Stays::of(&Items::new(data, selection, calendar));
        match selection.only {
            Some(Only::Stage(_)) => Rows::Stays(found.each.into_iter().map(|(at, _)| at).collect()),
            _ => Rows::Tasks(found.tasks.into_iter().map(|(at, _)| at).collect()),
        }
    }

    fn lengths(
        &self,
        data: &Dataset,
        selection: &Selection,
        calendar: &Calendar,
    ) -> Vec<(u32, i64)> {
        match selection.only {
            Some(Only::Stage(_)) => Stays::of(&Items::new(data, selection, calendar)).each,
            _ => Vec::new(),
        }
    }
}

/// The names of a stage's median, by its number; their first letter marks a quantile.
const MEDIANS: [&str; Stage::ALL.len()] = [
    "p50 backlog",
    "p50 todo",
    "p50 in-progress",
    "p50 in-review",
    "p50 done",
    "p50 cancelled",
];

/// The stays of the tasks finished in the range.
struct Stays {
    /// Seconds of each stay, by stage.
    lengths: [Vec<f64>; Stage::ALL.len()],
    /// The tasks with a known stay, rising, and the seconds of their stays.
    tasks: Vec<(u32, f64)>,
    /// Each stay by its position, rising, and its seconds.
    each: Vec<(u32, i64)>,
    rests_on: Vec<Rest>,
    tally: Tally,
}

impl Stays {
    fn of(items: &Items<'_>) -> Self {
        let Finished {
            tasks, mut tally, ..
        } = Finished::of(items, items.question.span());
        let mut lengths: [Vec<f64>; Stage::ALL.len()] = Default::default();
        let (mut known, mut all, mut whole, mut finished) = (Vec::new(), 0, 0, 0);
        let only = match items.question.selection.only {
            Some(Only::Stage(stage)) => Some(stage),
            _ => None,
        };
        let mut each = Vec::new();
        for (at, task, _) in tasks {
            if task.kind == TaskKind::Epic {
                tally.add("epics");
                continue;
            }
            let stays = visits(items, task);
            // The last stay begins with the finish.
            let stays = (task.visits.start..).zip(stays).filter(|(_, stay)| {
                let last = stay.lasts && stay.stage.is_some_and(Stage::is_closed);
                !last && only.is_none_or(|only| stay.stage == Some(only))
            });
            let (mut seconds, mut here, mut missing) = (0.0, 0_u64, 0_u64);
            for (place, stay) in stays {
                match length(stay) {
                    Ok((stage, length)) => {
                        lengths[stage as usize].push(length as f64);
                        each.push((place, length));
                        seconds += length as f64;
                        here += 1;
                    }
                    Err(reason) => {
                        tally.add(reason);
                        missing += 1;
                    }
                }
            }
            all += here + missing;
            finished += u64::from(only.is_none() || here + missing > 0);
            whole += u64::from(here > 0 && missing == 0);
            if here > 0 {
                known.push((at, seconds));
            } else if missing == 0 && only.is_none() {
                tally.add("no_history");
            }
        }
        let stays = lengths.iter().map(|all| all.len() as u64).sum();
        let rests_on = [
            ("whole_history", whole, finished),
            ("stays_known", stays, all),
        ];
        let rests_on = rests_on.into_iter().filter(|(_, _, of)| *of > 0);
        Self {
            rests_on: rests_on.map(|(what, n, of)| Rest { what, n, of }).collect(),
            lengths,
            tasks: known,
            each,
            tally,
        }
    }

    /// The time in each stage, the most first, then the median of one stay.
    fn points(&self, question: &Question<'_>) -> Vec<Point> {
        let mut stages: Vec<(Stage, &Vec<f64>)> =
            Stage::ALL.into_iter().zip(&self.lengths).collect();
        stages.retain(|(_, all)| !all.is_empty());
        let sum = |all: &[f64]| all.iter().sum::<f64>();
        // Whole seconds: their sums are exact, and so is their order.
        stages.sort_by(|a, b| sum(b.1).total_cmp(&sum(a.1)));
        let total = stages.iter().map(|(stage, all)| {
            let name = Key::Name(stage.as_str());
            question.part(name, Some(sum(all)), all.len() as u64)
        });
        let median = stages.iter().filter_map(|(stage, all)| {
            let n = all.len() as u64;
            let value = median(all).filter(|_| n >= STATISTIC_FROM)?;
            let name = MEDIANS.get(*stage as usize)?;
            Some(Point {
                interval: median_interval(&sorted(all)),
                ..question.part(Key::Name(name), Some(value), n)
            })
        });
        total.chain(median).collect()
    }
}

/// The stage and seconds of a stay, or why they are not known.
fn length(stay: &Visit) -> Result<(Stage, i64), &'static str> {
    let stage = stay.stage.ok_or("gaps")?;
    let (from, to) = stay.from.zip(stay.to).ok_or("open_ends")?;
    let seconds = from.elapsed(to).ok_or("backwards")?;
    Ok((stage, seconds))
}
