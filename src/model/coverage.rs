//! Which facts exports gave, and what cannot be told without the others.

use std::fmt;

use serde::Serialize;

use super::fold::Move;
use super::stage::{Stage, StageWords};
use super::task::{TaskFacts, TaskKind};
use super::timeline::Timeline;

/// How many of my tasks have which fact.
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
    /// Of those with a finish time, with the time they were written down: only they have a lead
    /// time.
    pub finished_created: u64,
    /// With moves between states.
    pub moves: u64,
    /// With an estimate.
    pub estimate: u64,
}

/// What is missing, and what it keeps from being known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No creation times.
    Created,
    /// No finish times, of so many finished tasks.
    Finished(u64),
    /// No starts.
    Started,
    /// No starts although there are moves: none went into progress.
    NeverBegun,
    /// So many without a start, of so many with a finish time.
    SomeStarted(u64, u64),
    /// No moves.
    Moves,
}

impl Gap {
    /// The ids of the metrics that cannot be told, or only of some tasks.
    pub fn metrics(self) -> &'static [&'static str] {
        match self {
            Self::Created => &["lead_time"],
            Self::Finished(_) => &["throughput", "cycle_time", "lead_time"],
            Self::Started | Self::NeverBegun | Self::SomeStarted(..) => &["cycle_time"],
            Self::Moves => &["time_in_stage"],
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created => out.write_str("no creation times: lead time cannot be known from it"),
            Self::Finished(1) => out.write_str(
                "it does not say when the finished task was finished: throughput and cycle time cannot be known from it",
            ),
            Self::Finished(n) => write!(
                out,
                "it does not say when the {n} finished tasks were finished: throughput and cycle time cannot be known from it"
            ),
            Self::Started => {
                out.write_str("it does not say when work began: cycle time cannot be known from it")
            }
            Self::SomeStarted(without, n) => write!(
                out,
                "{without} of {n} finished tasks have no start: they have no cycle time"
            ),
            Self::NeverBegun => out.write_str(
                "no finished task was ever moved into progress: cycle time cannot be known; if a word of the tracker means work, say so under [stages]",
            ),
            Self::Moves => {
                out.write_str("no moves between states: time in stage cannot be known from it")
            }
        }
    }
}

impl Coverage {
    /// Counts a task of an export that stands in `stage`.
    pub fn add(&mut self, task: &TaskFacts, stage: Option<Stage>, words: &StageWords) {
        let moved = |wanted: fn(Stage) -> bool| {
            let mut moves = task.transitions.iter();
            moves.any(|one| words.stage(&one.to).is_some_and(wanted))
        };
        let working = |stage| matches!(stage, Stage::InProgress | Stage::InReview);
        // Only a finished task is asked when.
        let finished = (stage == Some(Stage::Done)).then(|| Finished {
            when: task.done.is_some() || moved(|stage| stage == Stage::Done),
            started: task.started.is_some() || moved(working),
        });
        self.count(task, !task.transitions.is_empty(), finished);
    }

    /// Counts a stored task, folded from all exports.
    pub fn add_folded(&mut self, task: &TaskFacts, moves: &[Move], timeline: &Timeline) {
        let finished = (timeline.stage == Some(Stage::Done)).then_some(Finished {
            when: timeline.done.is_some(),
            started: timeline.started.is_some(),
        });
        self.count(task, !moves.is_empty(), finished);
    }

    fn count(&mut self, task: &TaskFacts, moves: bool, finished: Option<Finished>) {
        if task.kind == TaskKind::Pr {
            self.pull_requests += 1;
            return;
        }
        self.tasks += 1;
        self.created += u64::from(task.created.is_some());
        self.moves += u64::from(moves);
        self.estimate += u64::from(task.estimate.is_some());
        if let Some(Finished { when, started }) = finished {
            self.finished += 1;
            self.finished_when += u64::from(when);
            self.finished_started += u64::from(when && started);
            self.finished_created += u64::from(when && task.created.is_some());
        }
    }

    /// What is missing, the earliest step of work first.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut out = Vec::new();
        if self.tasks == 0 {
            return out;
        }
        if self.created == 0 {
            out.push(Gap::Created);
        }
        if self.finished > 0 && self.finished_when == 0 {
            out.push(Gap::Finished(self.finished));
        } else if self.finished_when > 0 && self.finished_started == 0 {
            out.push(if self.moves > 0 {
                Gap::NeverBegun
            } else {
                Gap::Started
            });
        } else if self.finished_started < self.finished_when {
            let without = self.finished_when - self.finished_started;
            out.push(Gap::SomeStarted(without, self.finished_when));
        }
        if self.moves == 0 {
            out.push(Gap::Moves);
        }
        out
    }

    /// What cannot be told, and why, a sentence each; `better` is the tracker whose `--how` tells
    /// of an export with more in it, if there is one.
    pub fn missing(&self, better: Option<&str>) -> Vec<String> {
        let mut out: Vec<String> = self.gaps().iter().map(ToString::to_string).collect();
        if !out.is_empty() {
            out.extend(better.map(which_gives_more));
        }
        out
    }
}

/// Where it says which export of the tracker `better` gives more.
pub fn which_gives_more(better: &str) -> String {
    format!("`inward import --how {better}` says which export gives more")
}

/// What is known of a finished task.
#[derive(Clone, Copy)]
struct Finished {
    when: bool,
    started: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::moment::Moment;
    use crate::model::stage::Status;
    use crate::model::task::When;
    use crate::model::timeline::Stages;

    fn at(utc: i64) -> When {
        When::At(Moment::new(utc, 0))
    }

    fn folded(tasks: &[TaskFacts]) -> Coverage {
        let (words, mut all) = (StageWords::default(), Coverage::default());
        for task in tasks {
            let timeline = Timeline::of(task, &[], &mut Stages::new(&words));
            all.add_folded(task, &[], &timeline);
        }
        all
    }

    fn done(finish: Option<When>, started: Option<When>) -> TaskFacts {
        TaskFacts {
            status: Status::word("Done"),
            created: Some(at(5)),
            done: finish,
            started,
            ..TaskFacts::default()
        }
    }

    #[test]
    fn a_stored_task_counts_as_its_export_did() {
        let (words, mut read) = (StageWords::default(), Coverage::default());
        let tasks = [
            done(Some(at(9)), None),
            done(Some(at(9)), Some(at(7))),
            done(None, Some(at(7))),
        ];
        for task in &tasks {
            read.add(task, words.stage(&task.status), &words);
        }
        assert_eq!(folded(&tasks), read);
        assert_eq!((read.finished, read.finished_when), (3, 2));
        assert_eq!(read.finished_started, 1);
        assert_eq!(read.gaps(), [Gap::SomeStarted(1, 2), Gap::Moves]);
    }

    #[test]
    fn without_a_finish_time_neither_throughput_nor_cycle_time_is_known() {
        let all = folded(&[done(None, Some(at(7)))]);
        assert_eq!(all.gaps(), [Gap::Finished(1), Gap::Moves]);
        assert!(all.gaps()[0].metrics().contains(&"throughput"));
        assert!(all.missing(Some("jira"))[2].contains("--how jira"));
        assert!(folded(&[]).missing(Some("jira")).is_empty());
    }
}
