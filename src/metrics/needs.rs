//! The data that a metric needs, how much of it is here, and what would give more.

use super::metric::Need;
use crate::model::dataset::{Dataset, UNDATED};
use crate::model::work::Task;

/// How much of what a metric needs is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here {
    /// What is needed, in a few words.
    pub what: &'static str,
    /// How much of it there is; `None` for a setting, which is always there.
    pub n: Option<u64>,
    /// Of how many that could be there, where that is known.
    pub of: Option<u64>,
    /// What would give more.
    pub more: &'static str,
}

/// What `data` holds of `need`.
pub fn here(need: Need, data: &Dataset) -> Here {
    let (n, of) = counted(need, data);
    let (what, more) = words(need);
    Here { what, n, of, more }
}

/// How much there is of it, and of how many.
fn counted(need: Need, data: &Dataset) -> (Option<u64>, Option<u64>) {
    let work = &data.work;
    let tasks = || work.tasks.iter().filter(|task| !task.is_pr());
    let finished = || tasks().filter(|task| task.done.is_some());
    let number = |n: usize| n as u64;
    let of_tasks = |keep: fn(&Task) -> bool| number(tasks().filter(|task| keep(task)).count());
    let of_finished =
        |keep: fn(&Task) -> bool| number(finished().filter(|task| keep(task)).count());
    let all = Some(number(tasks().count()));
    let done = Some(number(finished().count()));
    let (n, of) = match need {
        Need::Commits => (number(data.len()), None),
        Need::Reflog => (number(data.ref_acts.len()), None),
        Need::Tasks => (number(tasks().count()), None),
        Need::Finished => (of_tasks(|task| task.done.is_some()), all),
        Need::Started => (
            of_finished(|task| task.started.is_some() || task.first_commit.is_some()),
            done,
        ),
        Need::History => (
            number(finished().filter(|task| moved(data, task)).count()),
            done,
        ),
        Need::Estimates => (of_finished(|task| task.estimate.is_some()), done),
        Need::PullRequests => (number(work.reviews.len()), None),
        Need::ReviewsGiven => (number(work.given.len()), None),
        Need::Entries => (
            number(work.spent.iter().filter(|spent| !spent.busy).count()),
            None,
        ),
        Need::Lines => (
            number(
                data.fates
                    .until
                    .iter()
                    .filter(|day| **day != UNDATED)
                    .count(),
            ),
            Some(number(data.repos.len())),
        ),
        Need::Links => (
            number(data.links.chunk_by(|a, b| a.commit == b.commit).count()),
            Some(number(data.len())),
        ),
        Need::WorkWeek => return (None, None),
    };
    (Some(n), of)
}

/// What it is called, and what would give more.
fn words(need: Need) -> (&'static str, &'static str) {
    match need {
        Need::Commits => ("commits", "`inward scan` reads them"),
        Need::Reflog => (
            "ref events (reflog)",
            "the setting keep.reflog lets it be read",
        ),
        Need::Tasks => (
            "tasks",
            "`inward import FILE` takes an export, `inward import --how` lists how to get one",
        ),
        Need::Finished => (
            "tasks with a finish time",
            "unfinished ones have none; `inward import --how` says which export tells more",
        ),
        Need::Started => (
            "finished tasks with a start",
            "an export with the history of states has more",
        ),
        Need::History => (
            "finished tasks with moves between states",
            "an export with the history of states has more",
        ),
        Need::Estimates => (
            "finished tasks with an estimate",
            "trackers export estimates where they are set",
        ),
        Need::PullRequests => (
            "pull requests of yours",
            "`inward import --how github` says how to get them",
        ),
        Need::ReviewsGiven => (
            "pull requests that you reviewed",
            "`inward import --how github` says how to get them",
        ),
        Need::Entries => (
            "stretches of recorded time",
            "`inward import --how timewarrior` and others say how to get them",
        ),
        Need::Lines => (
            "repositories whose lines were followed",
            "`inward scan --lines` follows them",
        ),
        Need::Links => (
            "commits linked with a task",
            "a task's key in a message or branch links; `inward link` does by hand",
        ),
        Need::WorkWeek => ("your work week (work_days, work_hours in the settings)", ""),
    }
}

/// Whether a move of the task is known exactly.
fn moved(data: &Dataset, task: &Task) -> bool {
    let visits = task.visits.start as usize..task.visits.end as usize;
    let visits = data.work.visits.get(visits).unwrap_or_default();
    visits.iter().skip(1).any(|visit| visit.from.is_some())
}
