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
    let work = &data.work;
    let tasks = || work.tasks.iter().filter(|task| !task.is_pr());
    let finished = || tasks().filter(|task| task.done.is_some());
    let number = |n: usize| n as u64;
    let of_tasks = |keep: fn(&Task) -> bool| number(tasks().filter(|task| keep(task)).count());
    let of_finished =
        |keep: fn(&Task) -> bool| number(finished().filter(|task| keep(task)).count());
    let all = Some(number(tasks().count()));
    let done = Some(number(finished().count()));
    let (n, of, what, more) = match need {
        Need::Commits => (
            number(data.len()),
            None,
            "commits",
            "`inward scan` reads them",
        ),
        Need::Reflog => (
            number(data.ref_acts.len()),
            None,
            "ref events (reflog)",
            "the setting keep.reflog lets it be read",
        ),
        Need::Tasks => (
            number(tasks().count()),
            None,
            "tasks",
            "`inward import FILE` takes an export, `inward import --how` lists how to get one",
        ),
        Need::Finished => (
            of_tasks(|task| task.done.is_some()),
            all,
            "tasks with a finish time",
            "unfinished ones have none; `inward import --how` says which export tells more",
        ),
        Need::Started => (
            of_finished(|task| task.started.is_some() || task.first_commit.is_some()),
            done,
            "finished tasks with a start",
            "an export with the history of states has more",
        ),
        Need::History => (
            of_finished(|task| !task.visits.is_empty()),
            done,
            "finished tasks with moves between states",
            "an export with the history of states has more",
        ),
        Need::Estimates => (
            of_finished(|task| task.estimate.is_some()),
            done,
            "finished tasks with an estimate",
            "trackers export estimates where they are set",
        ),
        Need::PullRequests => (
            number(work.reviews.len()),
            None,
            "pull requests of yours",
            "`inward import --how github` says how to get them",
        ),
        Need::ReviewsGiven => (
            number(work.given.len()),
            None,
            "pull requests that you reviewed",
            "`inward import --how github` says how to get them",
        ),
        Need::Entries => (
            number(work.spent.iter().filter(|spent| !spent.busy).count()),
            None,
            "stretches of recorded time",
            "`inward import --how timewarrior` and others say how to get them",
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
            "repositories whose lines were followed",
            "`inward scan --lines` follows them",
        ),
        Need::Links => (
            number(data.links.chunk_by(|a, b| a.commit == b.commit).count()),
            Some(number(data.len())),
            "commits linked with a task",
            "a task's key in a message or branch links; `inward link` does by hand",
        ),
        Need::WorkWeek => (
            0,
            None,
            "your work week (work_days, work_hours in the settings)",
            "",
        ),
    };
    let n = (need != Need::WorkWeek).then_some(n);
    Here { what, n, of, more }
}
