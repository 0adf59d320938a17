//! The label, put together: facts of the guard that were read before the lock, and what the store
//! says of itself. The command, its JSON and the dashboard's page show the same one.

mod seized;

use chrono::NaiveDate;

use crate::model::keep::Keep;
use crate::model::privacy::{FileState, Label, LayerState, LogState, Place};
use crate::store::{Store, StoreError};

/// What is never kept, in words.
pub const NEVER: &str = "file contents, diffs, message bodies, descriptions and comments of tasks, other people's \
     names, addresses, commits or tasks; of reviewers of yours only times, of pull requests you \
     reviewed only repository, number and your times";

/// So many of the newest entries of the log are shown.
pub const NEWEST: usize = 10;

/// What the label needs from outside the store.
#[derive(Clone, Debug)]
pub struct Given {
    /// Where the store is and how it lies there.
    pub place: Place,
    /// Every file of the data folder.
    pub files: Vec<FileState>,
    /// What the badge says.
    pub offline: String,
    /// The layers of the lock.
    pub layers: Vec<LayerState>,
    /// Today.
    pub today: NaiveDate,
}

/// The label of `store`; without one, that of a machine that keeps nothing. The errors are those
/// of reading the store.
pub fn of(store: Option<&Store>, given: Given) -> Result<Label, StoreError> {
    let mut label = Label {
        place: given.place,
        files: given.files,
        offline: given.offline,
        layers: given.layers,
        keep: Keep::default().switches(),
        tables: Vec::new(),
        never_kept: NEVER.to_owned(),
        seized: Vec::new(),
        ageing: Vec::new(),
        log: LogState {
            verdict: "empty".to_owned(),
            ..LogState::default()
        },
        last_check: None,
    };
    match store {
        Some(store) => {
            label.keep = store.keep()?.switches();
            label.tables = store.label()?;
            label.seized = seized::sentences(&store.told()?, &label.keep);
            label.ageing = store.ageing(given.today)?;
            label.log = store.log_state(NEWEST)?;
            label.last_check = store.last_check()?;
        }
        None => label.seized = vec![seized::NOTHING.to_owned()],
    }
    Ok(label)
}

#[cfg(test)]
mod tests;
