//! How old unfinished tasks are, beside how long finished ones took.

use super::cycles::Cycles;
use super::open::InWork;
use crate::metrics::items::Items;
use crate::metrics::select::Span;
use crate::metrics::stats::{P85_FROM, P95_FROM, STATISTIC_FROM, quantile, sorted};
use crate::model::figure::Rest;
use crate::model::work::Stamp;

const DAY: i64 = 86_400;

/// A length that finished tasks kept, with how many of them it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    /// What its point is called.
    pub(super) name: &'static str,
    /// What the count of older tasks is called.
    pub(super) older: &'static str,
    /// Seconds: whole days and the part between two of them.
    pub(super) seconds: f64,
    /// Finished tasks.
    pub(super) n: u64,
}

/// Civil days from `from` to the day `to`, both counted, in seconds.
pub(super) fn age(from: Stamp, to: i32) -> i64 {
    (i64::from(to) - i64::from(from.day) + 1).max(1) * DAY
}

/// The percentiles of the tasks that were finished up to the moment, counted in civil days as ages
/// are: as many as there are enough tasks for.
pub(super) fn marks(items: &Items<'_>, moment: i32) -> Vec<Mark> {
    let span = Span {
        from: i32::MIN,
        to: moment,
        cut: None,
    };
    let cycles = Cycles::of(items, span).found;
    let days = cycles
        .iter()
        .map(|one| age(one.start.at, one.done.day) as f64);
    let all = sorted(&days.collect::<Vec<_>>());
    let n = all.len() as u64;
    [
        ("p50 finished", "older_than_p50", 0.5, STATISTIC_FROM),
        ("p85 finished", "older_than_p85", 0.85, P85_FROM),
        ("p95 finished", "older_than_p95", 0.95, P95_FROM),
    ]
    .into_iter()
    .filter(|(_, _, _, from)| n >= *from)
    .filter_map(|(name, older, p, _)| {
        Some(Mark {
            name,
            older,
            seconds: quantile(&all, p)?,
            n,
        })
    })
    .collect()
}

/// How many of the tasks that last at the moment are older than each mark.
pub(super) fn older(work: &InWork, marks: &[Mark]) -> Vec<Rest> {
    let ages: Vec<i64> = work
        .lasting()
        .map(|open| age(open.start.at, work.moment))
        .collect();
    let count = |mark: &Mark| {
        let over = ages.iter().filter(|age| **age as f64 > mark.seconds);
        Rest {
            what: mark.older,
            n: over.count() as u64,
            of: ages.len() as u64,
        }
    };
    let any = |_: &&Mark| !ages.is_empty();
    marks.iter().filter(any).map(count).collect()
}
