//! The order of a list of commits.

use std::cmp::{Ordering, Reverse};

use super::Known;
use crate::app::effect::{Sort, SortBy};
use crate::model::dataset::Dataset;

/// Sorts `rows`; ties by time, then object id. The columns are sorted by (time, object id), so
/// that an index stands for both.
pub(super) fn commits(known: &Known, rows: &mut [u32], sort: Sort) {
    let utc = &known.data.commits.utc;
    let newest = |index: u32| Reverse(utc[index as usize]);
    let turned = |order: Ordering| if sort.reverse { order.reverse() } else { order };
    match sort.by {
        SortBy::Time => {
            rows.sort_unstable_by(|&a, &b| turned(newest(a).cmp(&newest(b))).then(a.cmp(&b)));
        }
        SortBy::Size => {
            let mut sized: Vec<_> = rows
                .iter()
                .map(|row| (size(&known.data, *row), *row))
                .collect();
            sized.sort_unstable_by(|&(x, a), &(y, b)| {
                turned(y.cmp(&x))
                    .then(newest(a).cmp(&newest(b)))
                    .then(a.cmp(&b))
            });
            for (slot, (_, row)) in rows.iter_mut().zip(sized) {
                *slot = row;
            }
        }
        SortBy::Repository => {
            let name = |index: u32| {
                let repo = known.data.commits.repo[index as usize];
                known.labels.repos.get(usize::from(repo))
            };
            rows.sort_unstable_by(|&a, &b| {
                turned(name(a).cmp(&name(b)))
                    .then(newest(a).cmp(&newest(b)))
                    .then(a.cmp(&b))
            });
        }
    }
}

/// Lines added and deleted, of every kind of file.
fn size(data: &Dataset, index: u32) -> u64 {
    data.changes_of(index as usize)
        .map(|at| u64::from(data.changes.added[at]) + u64::from(data.changes.deleted[at]))
        .sum()
}
