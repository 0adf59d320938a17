//! Which work items pass a selection's filters, whatever day they stand on and whether or not the owner
//! took them out of figures: what a log lists.

use super::items::Items;
use crate::model::calendar::Calendar;
use crate::model::dataset::Dataset;
use crate::model::selection::Selection;

/// Positions in the lists of [`Work`](crate::model::work::Work).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passing {
    /// Tasks and pull requests of mine.
    pub tasks: Vec<u32>,
    /// Pull requests of others that I reviewed.
    pub given: Vec<u32>,
    /// Recorded time; busy time of a calendar is none.
    pub entries: Vec<u32>,
}

/// The work items of `data` that pass the repositories, sources and texts of `selection`. Languages are
/// no question to them: where some are chosen, none passes.
pub fn passing(data: &Dataset, selection: &Selection, calendar: &Calendar) -> Passing {
    if selection.languages.is_some() {
        return Passing::default();
    }
    let items = Items::new(data, selection, calendar);
    Passing {
        tasks: items.every().map(|(at, _)| at).collect(),
        given: items.every_given().map(|(at, _)| at).collect(),
        entries: items.every_entry().map(|(at, _)| at).collect(),
    }
}
