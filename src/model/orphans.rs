//! Commits without a task, and finished tasks without a commit.

use super::dataset::{Dataset, UNDATED, flag};
use super::period::Range;

/// How many of each, within a range of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Commits that are linked with no task.
    pub commits: u64,
    /// Of how many commits that count: no merge, no copy, no squash of known originals, not taken
    /// out by the owner, on a believed day of the range.
    pub of_commits: u64,
    /// Finished tasks that no commit is linked with.
    pub tasks: u64,
    /// Of how many tasks that were finished in the range and not taken out by the owner.
    pub of_tasks: u64,
}

impl Orphans {
    /// Those of `range`. Every kind of commit makes a task no orphan, also one outside the range.
    pub fn of(data: &Dataset, range: Range) -> Self {
        let (from, to) = (range.from.to_epoch_days(), range.to.to_epoch_days());
        let mut linked_commits = vec![false; data.len()];
        let mut linked_tasks = vec![false; data.work.tasks.len()];
        for link in &data.links {
            linked_commits[link.commit as usize] = true;
            linked_tasks[link.task as usize] = true;
        }
        let left_out = flag::MERGE | flag::TWIN | flag::SQUASH | flag::EXCLUDED;
        let mut out = Self::default();
        for (at, day) in data.commits.day.iter().enumerate() {
            let counts = *day != UNDATED && (from..=to).contains(day) && !data.has(at, left_out);
            out.of_commits += u64::from(counts);
            out.commits += u64::from(counts && !linked_commits[at]);
        }
        for (task, linked) in data.work.tasks.iter().zip(linked_tasks) {
            let finished = task
                .done
                .is_some_and(|done| (from..=to).contains(&done.day));
            let counts = finished && !task.excluded;
            out.of_tasks += u64::from(counts);
            out.tasks += u64::from(counts && !linked);
        }
        out
    }
}
