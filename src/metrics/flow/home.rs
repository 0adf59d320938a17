//! To which part of a whole a task belongs, and counts of tasks by part.

use std::cmp::Reverse;

use crate::metrics::parts::Part;
use crate::metrics::question::Question;
use crate::model::dataset::Dataset;
use crate::model::figure::{Key, Point};

/// The part of the task at position `at`; `None` where tasks have no part of that kind (a task has
/// no language and no kind of file).
pub(super) fn of(data: &Dataset, part: Part, at: u32) -> Option<Key> {
    let task = data.work.tasks.get(at as usize)?;
    match part {
        Part::Repo => {
            let repo = task.repo.and_then(|at| data.repos.get(usize::from(at)));
            Some(repo.map_or(Key::Name("no repository"), |repo| Key::Repo(*repo)))
        }
        Part::Project if task.project == 0 => Some(Key::Name("no project")),
        Part::Project => Some(Key::Project(task.project)),
        Part::Task => Some(Key::Task(at)),
        Part::Language | Part::Category => None,
    }
}

/// How many of `keys` there are of each, largest first; of one number, in the order of appearance.
pub(super) fn counts(question: &Question<'_>, keys: impl Iterator<Item = Key>) -> Vec<Point> {
    let mut sums: Vec<(Key, u64)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for key in keys {
        let place = *places.entry(key).or_insert(sums.len());
        match sums.get_mut(place) {
            Some(sum) => sum.1 += 1,
            None => sums.push((key, 1)),
        }
    }
    sums.sort_by_key(|sum| Reverse(sum.1));
    let point = |(key, n): (Key, u64)| question.part(key, Some(n as f64), n);
    sums.into_iter().map(point).collect()
}
