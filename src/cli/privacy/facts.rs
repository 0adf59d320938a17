//! What is read for the label before the lock, as plain data.

use crate::cli::session::Session;
use crate::guard::diagnose;
use crate::model::privacy::{FileState, Place, Switch};
use crate::store::{Store, StoreError};

/// What was seen of the data folder.
pub(super) struct Seen {
    /// Where the store is and how it lies there.
    pub(super) place: Place,
    /// The folder and every file in it.
    pub(super) files: Vec<FileState>,
}

/// Looks at the data folder without changing it; before the lock.
pub(super) fn seen(session: &Session) -> Seen {
    let config = &session.config;
    Seen {
        place: diagnose::place(&config.data_dir, &config.store),
        files: diagnose::file_states(&config.data_dir),
    }
}

/// What may be kept, by switch.
pub(super) fn switches(store: Option<&Store>) -> Result<Vec<Switch>, StoreError> {
    let Some(store) = store else {
        return Ok(Vec::new());
    };
    Ok(vec![Switch {
        name: "reflog",
        on: store.reflog_consent()?.unwrap_or(false),
        about: "what you did to branches and when, from git's own list",
    }])
}
