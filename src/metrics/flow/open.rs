//! When tasks were in progress: started and not finished.

use super::finished::reached;
use super::start::{self, Start};
use super::tally::Tally;
use crate::metrics::items::Items;
use crate::metrics::question::Question;
use crate::model::stage::Stage;
use crate::model::work::{Stamp, Task, Visit};

/// What every figure of tasks in progress leaves out.
pub(super) const LEFT_OUT: &str = "Tasks that are closed without a time of their end \
    (`no_finish_time`), or whose end is only known to lie between two exports (`between_exports`): \
    nobody knows for how long they were open. Tasks that ended later and tell no start \
    (`no_start`), or one after their end (`backwards`); tasks whose state is a word without a \
    stage (`no_stage`). Pull requests, and tasks that I took out (`excluded`).";

/// A stretch for which a task was started and not finished.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// The position of the task.
    pub(super) at: u32,
    /// When work on it began the first time.
    pub(super) start: Start,
    /// When the stretch began: that start, or a return from a closed stage.
    pub(super) from: Stamp,
    /// When it ended, on no earlier day than it began; `None` while it lasts.
    pub(super) to: Option<Stamp>,
}

impl Open {
    /// Whether it lasts at the end of the day.
    pub(super) fn at_end_of(&self, day: i32) -> bool {
        self.from.day <= day && self.to.is_none_or(|to| to.day > day)
    }
}

/// The stretches of every task, by position, and what is not known of the others.
pub(super) struct InWork {
    pub(super) stretches: Vec<Open>,
    /// In progress by the newest export, started nobody knows when.
    pub(super) undated: Vec<u32>,
    /// The last day asked about of which the record tells.
    pub(super) moment: i32,
    /// The moment is that of the newest export.
    pub(super) now: bool,
    pub(super) tally: Tally,
    /// A start is told of some task, and the record reaches the days asked about.
    pub(super) tells: bool,
}

impl InWork {
    /// The stretches of the tasks of `items`.
    pub(super) fn of(items: &Items<'_>) -> Self {
        let question = &items.question;
        let to = question.selection.range.to;
        let mut out = Self {
            stretches: Vec::new(),
            undated: Vec::new(),
            moment: to.min(question.seen_to).to_epoch_days(),
            now: to >= question.seen_to,
            tally: Tally::default(),
            tells: false,
        };
        for (at, task) in items.tasks() {
            if let Err(reason) = out.add(question, at, task) {
                out.tally.add(reason);
            }
        }
        let any = !out.stretches.is_empty() || !out.undated.is_empty();
        out.tells = any && reached(question);
        out
    }

    fn add(&mut self, question: &Question<'_>, at: u32, task: &Task) -> Result<(), &'static str> {
        let Some(stage) = task.stage else {
            return task.started.map_or(Ok(()), |_| Err("no_stage"));
        };
        let (start, end) = if stage.is_closed() {
            let Some(end) = task.done.or(task.cancelled) else {
                return Err(unknown_end(task));
            };
            match start::before(task, end) {
                Ok(start) => (start, Some(end)),
                // Only of one that may have been open then.
                Err(_) if end.day <= self.moment => return Ok(()),
                Err(reason) => return Err(reason),
            }
        } else {
            match start::open(task) {
                Ok(start) => (start, None),
                Err(_) if !works(task) => return Ok(()),
                Err(_) if self.now => {
                    self.undated.push(at);
                    return Ok(());
                }
                Err(reason) => return Err(reason),
            }
        };
        let visits = task.visits.start as usize..task.visits.end as usize;
        let visits = question.data.work.visits.get(visits).unwrap_or_default();
        self.stretches.extend(stretches(at, start, (end, visits)));
        Ok(())
    }

    /// The stretches that last at the end of the moment; a task has one at most.
    pub(super) fn lasting(&self) -> impl Iterator<Item = &Open> {
        let lasts = |open: &&Open| open.at_end_of(self.moment);
        self.stretches.iter().filter(lasts)
    }

    /// How many tasks were in progress at the end of the day, of those with a known start.
    pub(super) fn levels(&self) -> impl Fn(i32) -> u64 {
        let mut from: Vec<i32> = self.stretches.iter().map(|open| open.from.day).collect();
        let ends = self.stretches.iter().filter_map(|open| open.to);
        let mut to: Vec<i32> = ends.map(|to| to.day).collect();
        from.sort_unstable();
        to.sort_unstable();
        move |day| {
            let upto = |days: &[i32]| days.partition_point(|other| *other <= day);
            upto(&from).saturating_sub(upto(&to)) as u64
        }
    }
}

/// Whether its tracker says that it was begun, at whatever time.
fn works(task: &Task) -> bool {
    task.windowed || matches!(task.stage, Some(Stage::InProgress | Stage::InReview))
}

fn unknown_end(task: &Task) -> &'static str {
    if task.windowed {
        "between_exports"
    } else {
        "no_finish_time"
    }
}

/// From the start to the end, without stays in a closed stage in between.
fn stretches(
    at: u32,
    start: Start,
    (end, visits): (Option<Stamp>, &[Visit]),
) -> impl Iterator<Item = Open> {
    let mut ends = vec![start.at];
    for visit in visits {
        let closed = visit.stage.is_some_and(Stage::is_closed);
        let (Some(from), Some(to), true) = (visit.from, visit.to, closed) else {
            continue;
        };
        let last = ends.last().is_some_and(|last| last.utc <= from.utc);
        let before_end = end.is_none_or(|end| to.utc <= end.utc);
        if last && before_end && from.utc <= to.utc {
            ends.extend([from, to]);
        }
    }
    let last = ends.len().div_ceil(2);
    (0..last).filter_map(move |n| {
        let from = *ends.get(2 * n)?;
        let to = ends.get(2 * n + 1).copied().or(end);
        let day = |to: Stamp| to.day.max(from.day);
        let to = to.map(|to| Stamp { day: day(to), ..to });
        Some(Open {
            at,
            start,
            from,
            to,
        })
    })
}
