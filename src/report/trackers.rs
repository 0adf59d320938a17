//! What each tracker's imports give for a metric of tasks, and which export would give more.

use std::collections::BTreeMap;

use super::words;
use crate::model::coverage::{Coverage, which_gives_more};
use crate::model::text::Clean;

/// What every tracker's imports hold.
pub type Trackers = BTreeMap<Clean, Coverage>;

/// Tasks that can count, of those in question.
type Counts = fn(&Coverage) -> (u64, u64);

/// What each task that counts for a metric needs, and how many have it.
struct Wanted {
    /// In words after "with".
    needs: &'static str,
    /// Tasks that can count, of those in question.
    counts: Counts,
    /// Whether those in question are the finished ones.
    of_finished: bool,
}

/// What `metric` wants of a task; `None` where no single fact decides.
fn wanted(metric: &str) -> Option<Wanted> {
    let of_finished = metric != "time_in_stage";
    let (needs, counts): (_, Counts) = match metric {
        "throughput" => ("the time they were finished", |c| {
            (c.finished_when, c.finished)
        }),
        "cycle_time" | "service_level" => ("a start and a finish time", |c| {
            (c.finished_started, c.finished)
        }),
        "lead_time" => ("a creation and a finish time", |c| {
            (c.finished_created, c.finished)
        }),
        "time_in_stage" => ("moves between states", |c| (c.moves, c.tasks)),
        _ => return None,
    };
    Some(Wanted {
        needs,
        counts,
        of_finished,
    })
}

/// Whether a single fact of a task decides for the metric `id`.
pub(super) fn wants(id: &str) -> bool {
    wanted(id).is_some()
}

/// What every tracker's imports give for `metric`, a few sentences a tracker; empty for a metric
/// for which no single fact of a task decides.
pub(super) fn lines(metric: &str, trackers: &Trackers) -> Vec<Vec<String>> {
    let Some(wanted) = wanted(metric) else {
        return Vec::new();
    };
    trackers
        .iter()
        .map(|(tracker, coverage)| of_tracker((metric, &wanted), tracker, coverage))
        .collect()
}

fn of_tracker(
    (metric, wanted): (&str, &Wanted),
    tracker: &Clean,
    coverage: &Coverage,
) -> Vec<String> {
    let (with, of) = (wanted.counts)(coverage);
    let tasks = words::counted(coverage.tasks, "task", "tasks");
    let mut out = vec![match (coverage.tasks, wanted.of_finished) {
        (0, _) => format!(
            "{tracker}: no tasks, {}",
            words::counted(coverage.pull_requests, "pull request", "pull requests")
        ),
        (_, true) => format!(
            "{tracker}: {tasks}, {} finished; {} of these with {}",
            words::count(of),
            words::count(with),
            wanted.needs
        ),
        (_, false) => format!(
            "{tracker}: {tasks}, {} of these with {}",
            words::count(with),
            wanted.needs
        ),
    }];
    let gaps = coverage.gaps().into_iter();
    let gaps: Vec<_> = gaps.filter(|gap| gap.metrics().contains(&metric)).collect();
    out.extend(gaps.iter().map(|gap| format!("missing: {gap}")));
    if with < of {
        out.push(which_gives_more(tracker.as_str()));
    }
    out
}
