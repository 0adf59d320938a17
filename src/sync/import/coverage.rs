//! Which facts an export gave, and what cannot be told without the others.

use serde::Serialize;

use crate::model::stage::{Stage, StageWords};
use crate::model::task::{TaskFacts, TaskKind};

/// How many of my tasks in a file have which fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Tasks, pull requests left out.
    pub tasks: u64,
    /// Pull requests.
    pub pull_requests: u64,
    /// With the time they were written down.
    pub created: u64,
    /// Finished ones; given up is not finished.
    pub finished: u64,
    /// Of these, with the time they were finished.
    pub finished_when: u64,
    /// Of these, with a start too: only they have a cycle time.
    pub finished_started: u64,
    /// With moves between states.
    pub moves: u64,
    /// With an estimate.
    pub estimate: u64,
}

impl Coverage {
    /// Counts a task that stands in `stage`.
    pub(super) fn add(&mut self, task: &TaskFacts, stage: Option<Stage>, words: &StageWords) {
        if task.kind == TaskKind::Pr {
            self.pull_requests += 1;
            return;
        }
        self.tasks += 1;
        self.created += u64::from(task.created.is_some());
        self.moves += u64::from(!task.transitions.is_empty());
        self.estimate += u64::from(task.estimate.is_some());
        if stage != Some(Stage::Done) {
            return;
        }
        let moved = |wanted: fn(Stage) -> bool| {
            let mut moves = task.transitions.iter();
            moves.any(|one| words.stage(&one.to).is_some_and(wanted))
        };
        let done = task.done.is_some() || moved(|stage| stage == Stage::Done);
        let working = |stage| matches!(stage, Stage::InProgress | Stage::InReview);
        let started = task.started.is_some() || moved(working);
        self.finished += 1;
        self.finished_when += u64::from(done);
        self.finished_started += u64::from(done && started);
    }

    /// What cannot be told from the file, and why, a sentence each; `better` is the tracker whose
    /// `--how` may help.
    pub fn missing(&self, better: &str) -> Vec<String> {
        let mut out = Vec::new();
        if self.tasks == 0 {
            return out;
        }
        if self.created == 0 {
            out.push("no creation times: lead time cannot be known from it".to_owned());
        }
        if self.finished > 0 && self.finished_when == 0 {
            out.push(format!(
                "it does not say when the {} finished tasks were finished: throughput and cycle time cannot be known from it",
                self.finished
            ));
        } else if self.finished_when > 0 && self.finished_started == 0 {
            out.push(
                "it does not say when work began: cycle time cannot be known from it".to_owned(),
            );
        } else if self.finished_started < self.finished_when {
            out.push(format!(
                "{} of {} finished tasks have no start: they have no cycle time",
                self.finished_when - self.finished_started,
                self.finished_when
            ));
        }
        if self.moves == 0 {
            out.push("no moves between states: time in stage cannot be known from it".to_owned());
        }
        if !out.is_empty() {
            out.push(format!(
                "`inward import --how {better}` says which export gives more"
            ));
        }
        out
    }
}
