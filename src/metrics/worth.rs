//! Which work in progress grew older than finished work usually was.

use crate::model::figure::{Figure, Key};

/// A task in progress that is older than 85 of 100 finished tasks were.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aging {
    /// Its place in the labels of the data set.
    pub task: u32,
    /// Its age in seconds.
    pub age: f64,
    /// What 85 of 100 finished tasks took at most, in seconds.
    pub p85: f64,
}

/// The tasks that `ages`, a figure of `work_item_age`, shows to be that old, the oldest first; none
/// where too few tasks are finished for an 85th percentile.
pub fn aging(ages: &Figure) -> Vec<Aging> {
    let p85 = ages
        .points
        .iter()
        .find(|point| point.key == Key::Name("p85 finished"))
        .and_then(|point| point.value);
    let Some(p85) = p85 else {
        return Vec::new();
    };
    let mut out: Vec<Aging> = ages
        .points
        .iter()
        .filter_map(|point| match (point.key, point.value) {
            (Key::Task(task), Some(age)) if age > p85 => Some(Aging { task, age, p85 }),
            _ => None,
        })
        .collect();
    out.sort_by(|a, b| b.age.total_cmp(&a.age).then(a.task.cmp(&b.task)));
    out
}
