//! Cycle times of finished tasks: from start to finish.

use super::finished::Finished;
use super::start;
use super::tally::Tally;
use crate::metrics::items::Items;
use crate::metrics::linked;
use crate::metrics::select::Span;
use crate::model::figure::{Key, Rest};
use crate::model::work::{Stamp, Task};

/// What every figure of cycle times leaves out.
pub(super) const LEFT_OUT: &str = "Finished tasks without a start (`no_start`): neither their \
    tracker nor a linked commit from before the finish tells one. Tasks whose start comes after \
    their finish (`backwards`), or of which start or finish is only known to lie between two \
    exports (`between_exports`), or that have no time of finish (`no_finish_time`); the last two \
    whatever the range where they lie on no day. Cancelled tasks, pull requests, and tasks that I \
    took out (`excluded`).";

/// One finished task with its cycle time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cycle<'a> {
    /// Its position.
    pub(super) at: u32,
    pub(super) task: &'a Task,
    pub(super) start: start::Start,
    pub(super) done: Stamp,
    /// Seconds from start to finish.
    pub(super) seconds: i64,
}

impl Cycle<'_> {
    /// What a point of it stands for.
    pub(super) fn key(&self) -> Key {
        Key::Task(self.at)
    }
}

/// The cycle times of a span by position, and what has none.
pub(super) struct Cycles<'a> {
    pub(super) found: Vec<Cycle<'a>>,
    pub(super) tally: Tally,
}

impl<'a> Cycles<'a> {
    /// The cycle times of the tasks of `items` that were finished in `span`.
    pub(super) fn of(items: &Items<'a>, span: Span) -> Self {
        let Finished {
            tasks, mut tally, ..
        } = Finished::of(items, span);
        let mut found = Vec::with_capacity(tasks.len());
        for (at, task, done) in tasks {
            let start = start::before(task, done);
            match start.map(|start| (start, start.at.elapsed(done))) {
                Ok((start, Some(seconds))) => found.push(Cycle {
                    at,
                    task,
                    start,
                    done,
                    seconds,
                }),
                Ok((_, None)) => tally.add("backwards"),
                Err(reason) => tally.add(reason),
            }
        }
        Self { found, tally }
    }

    /// The positions of their tasks, rising.
    pub(super) fn positions(&self) -> Vec<u32> {
        self.found.iter().map(|cycle| cycle.at).collect()
    }

    /// How many starts are a first linked commit, and how many commits are linked where any is.
    pub(super) fn rests_on(&self, items: &Items<'_>) -> Vec<Rest> {
        let from_commit = self.found.iter().filter(|cycle| cycle.start.from_commit);
        starts(items, from_commit.count() as u64, self.found.len() as u64)
    }
}

/// What `of` starts rest on, `n` of which are a first linked commit.
pub(super) fn starts(items: &Items<'_>, n: u64, of: u64) -> Vec<Rest> {
    let what = "start_from_commit";
    let mut out = Vec::new();
    if of > 0 {
        out.push(Rest { what, n, of });
    }
    if n > 0 {
        out.extend(linked::commits(&items.question));
    }
    out
}
