//! Where tasks stood at the end of some days.

use super::tally::Tally;
use crate::metrics::items::Items;
use crate::model::stage::Stage;
use crate::model::work::{Task, Visit};

/// The stages, and not known.
pub(super) const STATES: usize = Stage::ALL.len() + 1;
/// The state of a task whose stage nothing tells.
pub(super) const UNKNOWN: usize = STATES - 1;

/// What a state is called.
pub(super) fn name(state: usize) -> &'static str {
    Stage::ALL
        .get(state)
        .map_or("not known", |stage| stage.as_str())
}

/// How many tasks were in each state at the end of each asked day.
pub(super) struct States {
    /// For each day, how many are in each state.
    numbers: Vec<[u64; STATES]>,
    /// Some task was counted.
    pub(super) any: bool,
    pub(super) tally: Tally,
}

impl States {
    /// Counts the tasks of `items` at the end of the days `ends`, which never fall.
    pub(super) fn count(items: &Items<'_>, ends: &[i32]) -> Self {
        let (mut any, mut tally) = (false, Tally::default());
        // For each day, how many more are in each state than at the one before.
        let mut changes = vec![[0_i64; STATES]; ends.len()];
        let question = &items.question;
        let seen = question.seen_to.to_epoch_days();
        let mut way = Vec::new();
        for (_, task) in items.tasks() {
            let visits = task.visits.start as usize..task.visits.end as usize;
            let visits = question.data.work.visits.get(visits).unwrap_or_default();
            if !walk(task, visits, seen, &mut way) {
                tally.add("no_creation");
                continue;
            }
            any = true;
            let mut was = None;
            for &(day, state) in &way {
                let at = ends.partition_point(|end| *end < day);
                if let Some(change) = changes.get_mut(at) {
                    change[state] += 1;
                    if let Some(was) = was.replace(state) {
                        change[was] -= 1;
                    }
                }
            }
        }
        let mut sums = [0_i64; STATES];
        let numbers = changes.into_iter().map(|change| {
            for (sum, change) in sums.iter_mut().zip(change) {
                *sum += change;
            }
            sums.map(|sum| u64::try_from(sum).unwrap_or_default())
        });
        Self {
            numbers: numbers.collect(),
            any,
            tally,
        }
    }

    /// The numbers at the end of the asked day at position `at`.
    pub(super) fn at(&self, at: usize) -> [u64; STATES] {
        self.numbers.get(at).copied().unwrap_or_default()
    }

    /// Whether any task was in the state at the end of an asked day.
    pub(super) fn occurs(&self, state: usize) -> bool {
        self.numbers.iter().any(|numbers| numbers[state] > 0)
    }
}

/// Fills `way` with the days on which the task came to a state, never falling; false when nobody
/// knows since when it exists.
fn walk(task: &Task, visits: &[Visit], seen: i32, way: &mut Vec<(i32, usize)>) -> bool {
    way.clear();
    let Some(created) = task.created else {
        return false;
    };
    let end = task.done.or(task.cancelled).map(|end| end.day);
    let mut step = |day: i32, state: usize| {
        let last = way.last().map_or(created.day, |last| last.0);
        way.push((day.max(last), state));
    };
    step(created.day, UNKNOWN);
    for visit in visits {
        // A stay that was left nobody knows when tells nothing of the days after its beginning.
        let known = visit.to.is_some() || visit.lasts;
        let stage = visit.stage.filter(|_| known);
        if let Some(from) = visit
            .from
            .filter(|from| end.is_none_or(|end| from.day <= end))
        {
            step(from.day, stage.map_or(UNKNOWN, |stage| stage as usize));
        }
        if let Some(to) = visit.to.filter(|to| end.is_none_or(|end| to.day <= end)) {
            step(to.day, UNKNOWN);
        }
    }
    if let (Some(end), Some(stage)) = (end, task.stage) {
        step(end, stage as usize);
    } else if let Some(stage) = task.stage.filter(|_| created.day <= seen) {
        step(seen, stage as usize);
    }
    true
}
