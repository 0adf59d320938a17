//! The share of each stage in the time between start and finish, and which of them can be told
//! apart.

use super::path::Path;
use crate::metrics::stats::ratio_interval;
use crate::model::stage::Stage;

/// The stages that can hold a task up. The backlog is where things are put aside.
pub(super) const STAGES: [Stage; 3] = [Stage::Todo, Stage::InProgress, Stage::InReview];

/// Seconds of each task in each of [`STAGES`].
pub(super) struct Shares {
    tasks: Vec<[f64; STAGES.len()]>,
    sums: [f64; STAGES.len()],
}

impl Shares {
    /// The shares of these ways.
    pub(super) fn of(paths: &[Path]) -> Self {
        let seconds = |path: &Path| STAGES.map(|stage| path.of(stage) as f64);
        let tasks: Vec<_> = paths.iter().map(seconds).collect();
        let mut sums = [0.0; STAGES.len()];
        for task in &tasks {
            for (sum, seconds) in sums.iter_mut().zip(task) {
                *sum += seconds;
            }
        }
        Self { tasks, sums }
    }

    /// The share of a stage; `None` where no time passed at all.
    pub(super) fn value(&self, stage: Stage) -> Option<f64> {
        let whole: f64 = self.sums.iter().sum();
        let at = STAGES.iter().position(|other| *other == stage)?;
        (whole > 0.0).then(|| self.sums[at] / whole)
    }

    /// The 95 % interval of the share of a stage, tasks drawn whole; `None` below 5 of them.
    pub(super) fn interval(&self, stage: Stage) -> Option<(f64, f64)> {
        let at = STAGES.iter().position(|other| *other == stage)?;
        ratio_interval(&self.items(|task| task[at]))
    }

    /// How many tasks were in a stage.
    pub(super) fn tasks(&self, stage: Stage) -> u64 {
        let at = STAGES.iter().position(|other| *other == stage);
        let inside = |task: &&[f64; STAGES.len()]| at.is_some_and(|at| task[at] > 0.0);
        self.tasks.iter().filter(inside).count() as u64
    }

    /// The stages with time in them, the largest share first, of one size in the order of work.
    pub(super) fn by_size(&self) -> Vec<Stage> {
        self.order().into_iter().map(|at| STAGES[at]).collect()
    }

    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..STAGES.len())
            .filter(|at| self.sums[*at] > 0.0)
            .collect();
        order.sort_by(|a, b| self.sums[*b].total_cmp(&self.sums[*a]));
        order
    }

    /// The stage with the largest share, where chance does not explain what it is ahead of the
    /// next by.
    pub(super) fn largest(&self) -> Option<Stage> {
        let order = self.order();
        let first = *order.first()?;
        let ahead = |task: &[f64; STAGES.len()]| match order.get(1) {
            Some(second) => task[first] - task[*second],
            None => task[first],
        };
        let items: Vec<(f64, f64)> = self.items(ahead);
        let (low, _) = ratio_interval(&items)?;
        (low > 0.0).then(|| STAGES[first])
    }

    /// Which of [`STAGES`] has the largest rise of its share against `before`, and by how much,
    /// where the intervals of the two shares do not meet.
    pub(super) fn rise(&self, before: &Self) -> Option<(usize, f64)> {
        let rise = |at: usize| {
            let stage = STAGES[at];
            let by = self.value(stage)? - before.value(stage)?;
            let (low, _) = ratio_interval(&self.items(|task| task[at]))?;
            let (_, high) = ratio_interval(&before.items(|task| task[at]))?;
            (low > high).then_some((at, by))
        };
        let rises = (0..STAGES.len()).filter_map(rise);
        rises.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// `part` of each task beside all of its time.
    fn items(&self, part: impl Fn(&[f64; STAGES.len()]) -> f64) -> Vec<(f64, f64)> {
        let tasks = self.tasks.iter();
        tasks.map(|task| (part(task), task.iter().sum())).collect()
    }
}
