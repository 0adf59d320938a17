//! What is worth a look on the Overview: work that grew old, and records that end too early. Facts
//! with a next step, never a judgement.

use chrono::NaiveDate;

use super::effect::Slot;
use super::state::State;
use super::view::PageView;
use crate::metrics::{Aging, aging};

/// One thing worth a look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Worth {
    /// A task in progress that is older than 85 of 100 finished ones were.
    Aging(Aging),
    /// Exports tell of tasks up to this day only.
    TasksEnd(NaiveDate),
    /// Repositories were read last so many days ago.
    Unread(i64),
}

/// Days after which a record that ends is mentioned.
const OLD: i64 = 7;

/// What is worth a look, the most pressing first: tasks by age, then records that end early.
pub fn of(state: &State, view: &PageView) -> Vec<Worth> {
    let ages = view.figure(Slot::Ages).map(aging);
    let mut out: Vec<Worth> = ages.into_iter().flatten().map(Worth::Aging).collect();
    let today = state.calendar.today();
    // A period of the past asks nothing of today's records.
    if state.look.window.range.to < today {
        return out;
    }
    let ends = [Slot::Finished, Slot::ReviewsGiven]
        .into_iter()
        .filter_map(|slot| view.figure(slot)?.known_to)
        .max();
    out.extend(
        ends.filter(|day| (today - *day).num_days() > OLD)
            .map(Worth::TasksEnd),
    );
    let scanned = state.facts.as_ref().and_then(|facts| facts.last_scan);
    out.extend(
        scanned
            .map(|then| (state.calendar.now - then).num_days())
            .filter(|days| *days > OLD)
            .map(Worth::Unread),
    );
    out
}
