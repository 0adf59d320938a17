//! Which tasks were finished in a span.

use super::tally::Tally;
use crate::metrics::items::Items;
use crate::metrics::question::Question;
use crate::metrics::select::Span;
use crate::model::stage::Stage;
use crate::model::work::{Stamp, Task};

/// What every figure of finished tasks leaves out.
pub(super) const LEFT_OUT: &str = "Finished tasks whose finish is only known to lie between two \
    exports (`between_exports`), or that have none (`no_finish_time`): they lie on no day, so they \
    are counted here whatever the range. Cancelled tasks are not done. Pull requests have figures \
    of their own. Tasks that I took out (`excluded`).";

/// The tasks of a span that were finished, by position, and what could not be placed.
pub(super) struct Finished<'a> {
    /// Position, task, and when it was finished.
    pub(super) tasks: Vec<(u32, &'a Task, Stamp)>,
    /// Done, but nobody knows when.
    pub(super) tally: Tally,
    /// The record tells when tasks were finished: of one at least, or none is done.
    tells: bool,
}

impl<'a> Finished<'a> {
    /// The tasks of `items` that were finished in `span`, the last time where one was reopened.
    pub(super) fn of(items: &Items<'a>, span: Span) -> Self {
        let mut out = Self {
            tasks: Vec::new(),
            tally: Tally::default(),
            tells: false,
        };
        for (at, task) in items.tasks() {
            match task.done {
                Some(done) => {
                    out.tells = true;
                    if span.holds(done) {
                        out.tasks.push((at, task, done));
                    }
                }
                None if task.stage == Some(Stage::Done) => {
                    let reason = if task.windowed {
                        "between_exports"
                    } else {
                        "no_finish_time"
                    };
                    out.tally.add(reason);
                }
                None => {}
            }
        }
        out.tells |= out.tally == Tally::default();
        out
    }

    /// How many.
    pub(super) fn count(&self) -> u64 {
        self.tasks.len() as u64
    }

    /// Their number as a value: missing where the record does not reach, or tells no finish at all.
    pub(super) fn value(&self, question: &Question<'_>) -> Option<f64> {
        (self.tells && reached(question)).then_some(self.count() as f64)
    }

    /// Their positions, rising.
    pub(super) fn positions(&self) -> Vec<u32> {
        self.tasks.iter().map(|(at, _, _)| *at).collect()
    }
}

/// Whether the record tells of a part of the days asked about: before it and after the newest
/// export nothing is known, which is not zero.
pub(super) fn reached(question: &Question<'_>) -> bool {
    let range = question.selection.range;
    question
        .record
        .is_some_and(|record| range.to >= record.from && range.from <= question.seen_to)
}
