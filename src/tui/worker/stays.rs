//! Stays of tasks in one stage as rows: the day on which each began, and how long it was.

use std::collections::HashMap;

use super::Known;
use super::items;
use crate::app::row::ItemRow;
use crate::model::work::{Stamp, Visit};
use crate::store::TaskRow;

/// The stays at these positions.
pub(super) fn rows(
    known: &Known,
    stored: &HashMap<i64, &TaskRow>,
    (at, lengths): (&[u32], &HashMap<u32, i64>),
) -> Vec<ItemRow> {
    let work = &known.data.work;
    let owners = work.owners();
    let row = |at: &u32| {
        let stay = work.visits.get(*at as usize)?;
        let task = work.tasks.get(*owners.get(*at as usize)? as usize)?;
        let stored = stored.get(&task.id.0)?;
        Some(ItemRow {
            at: stay.from.and_then(items::when),
            said: until(stay),
            seconds: lengths.get(at).copied(),
            ..items::happened(stored, None, task.excluded)
        })
    };
    at.iter().filter_map(row).collect()
}

/// `until 19 Nov`; empty where the end is not known.
fn until(stay: &Visit) -> String {
    let day = |stamp: Stamp| chrono::NaiveDate::from_epoch_days(stamp.day);
    let end = stay.to.and_then(day);
    end.map_or_else(String::new, |end| format!("until {}", end.format("%-d %b")))
}
