//! Where finished tasks spent the time between start and finish.

use super::finished::Finished;
use super::states::{STATES, UNKNOWN};
use super::tally::Tally;
use crate::metrics::items::Items;
use crate::metrics::select::Span;
use crate::model::figure::Rest;
use crate::model::stage::Stage;
use crate::model::task::TaskKind;
use crate::model::work::{Stamp, Task, Visit};

/// What every figure of stages between start and finish leaves out.
pub(super) const LEFT_OUT: &str = "Finished tasks of which no stays in stages are known \
    (`no_history`) or not all of them from start to finish (`gaps`); whose tracker tells no start \
    (`no_start`: a commit tells no stage), or one after the finish (`backwards`); whose moves are \
    plain dates, too coarse to add up (`day_only`); whose start or finish is only known to lie \
    between two exports (`between_exports`), or that have no time of finish (`no_finish_time`). \
    Epics (`epics`): their time is that of their parts. Time between a finish and a reopening. \
    Cancelled tasks, pull requests, and tasks that I took out (`excluded`).";

/// The reason of a task whose time is that of its parts.
const EPICS: &str = "epics";

/// The way of one finished task, all of it known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path {
    /// The position of the task.
    pub(super) at: u32,
    /// The civil day of its finish.
    pub(super) day: i32,
    /// Seconds between start and finish in each stage, by its number.
    seconds: [i64; STATES],
}

impl Path {
    /// Seconds between start and finish in `stage`.
    pub(super) fn of(&self, stage: Stage) -> i64 {
        self.seconds[stage as usize]
    }

    /// Seconds between start and finish during which it was not closed.
    pub(super) fn open(&self) -> i64 {
        let closed = self.of(Stage::Done) + self.of(Stage::Cancelled);
        self.seconds.iter().sum::<i64>() - closed
    }
}

/// The ways of the tasks finished in a span, by position, and what has none.
pub(super) struct Paths {
    pub(super) known: Vec<Path>,
    pub(super) tally: Tally,
    /// How many finished tasks of the span have none; epics are not asked.
    unknown: u64,
}

impl Paths {
    /// The ways of the tasks of `items` that were finished in `span`.
    pub(super) fn of(items: &Items<'_>, span: Span) -> Self {
        let Finished {
            tasks, mut tally, ..
        } = Finished::of(items, span);
        let (mut known, mut unknown) = (Vec::with_capacity(tasks.len()), 0);
        for (at, task, done) in tasks {
            match path(task, visits(items, task), done) {
                Ok(seconds) => known.push(Path {
                    at,
                    day: done.day,
                    seconds,
                }),
                Err(reason) => {
                    unknown += u64::from(reason != EPICS);
                    tally.add(reason);
                }
            }
        }
        Self {
            known,
            tally,
            unknown,
        }
    }

    /// How many of the finished tasks have a whole way; epics are none of them.
    pub(super) fn rest(&self) -> Option<Rest> {
        let n = self.known.len() as u64;
        let (what, of) = ("whole_history", n + self.unknown);
        (of > 0).then_some(Rest { what, n, of })
    }
}

/// The stays of a task.
pub(super) fn visits<'a>(items: &Items<'a>, task: &Task) -> &'a [Visit] {
    let range = task.visits.start as usize..task.visits.end as usize;
    let visits = &items.question.data.work.visits;
    visits.get(range).unwrap_or_default()
}

/// Seconds in each stage from start to finish, or why they are not known.
fn path(task: &Task, visits: &[Visit], done: Stamp) -> Result<[i64; STATES], &'static str> {
    if task.kind == TaskKind::Epic {
        return Err(EPICS);
    }
    if visits.is_empty() {
        return Err("no_history");
    }
    let missing = if task.windowed {
        "between_exports"
    } else {
        "no_start"
    };
    let start = task.started.ok_or(missing)?;
    let total = start.elapsed(done).ok_or("backwards")?;
    if start.whole_day || done.whole_day {
        return Err("day_only");
    }
    let mut seconds = [0; STATES];
    for visit in visits {
        let (Some(stage), Some(from), Some(to)) = (visit.stage, visit.from, visit.to) else {
            continue;
        };
        let inside = to.utc.min(done.utc) - from.utc.max(start.utc);
        if inside <= 0 {
            continue;
        }
        let cut = |end: Stamp| end.whole_day && (start.utc..=done.utc).contains(&end.utc);
        if cut(from) || cut(to) {
            return Err("day_only");
        }
        seconds[stage as usize] += inside;
    }
    // Stays follow each other: what they do not fill, nobody knows.
    let known = seconds.iter().take(UNKNOWN).sum::<i64>();
    if known == total {
        Ok(seconds)
    } else {
        Err("gaps")
    }
}
