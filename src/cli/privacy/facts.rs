//! What is read for the label before the lock, as plain data.

use std::path::Path;

use crate::cli::session::{Session, shown};
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
    let facts = diagnose::facts(&session.config.data_dir);
    let kept = session.has_store();
    let file = |(path, mode): &(std::path::PathBuf, u32)| FileState {
        path: shown(path),
        bytes: bytes(path),
        mode: format!("{mode:04o}"),
        open_to_others: mode & 0o077 != 0,
    };
    Seen {
        place: Place {
            data_dir: shown(&session.config.data_dir),
            store: shown(&session.config.store),
            file: if kept { "plain" } else { "nothing kept" },
            bytes: bytes(&session.config.store),
            disk_encryption: facts.disk.word().to_owned(),
            leaves_the_machine: facts.leaves.clone(),
            override_given: false,
        },
        files: facts.modes.iter().map(file).collect(),
    }
}

/// The size of a file; 0 for a folder and for what is not there.
fn bytes(path: &Path) -> u64 {
    let found = path.symlink_metadata().ok();
    found
        .filter(std::fs::Metadata::is_file)
        .map_or(0, |found| found.len())
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
