//! What the Privacy page and `inward show privacy` are told that no store knows: where the files
//! lie, and what the lock reached.

use std::fs;

use crate::guard::diagnose;
use crate::guard::lock::Level;
use crate::model::privacy::{FileState, LayerState, Place};
use crate::tui::Seen;

use super::session::{Session, shown};

/// What is told where nothing is kept: the demo.
pub(super) fn nothing_kept() -> Seen {
    Seen {
        place: Place {
            file: "nothing kept",
            disk_encryption: "unknown".to_owned(),
            ..Place::default()
        },
        ..Seen::default()
    }
}

/// Where the files lie, if anything is kept; called before the lock, which hides it.
pub(super) fn before_the_lock(session: &Session, keeps: bool) -> Seen {
    let config = &session.config;
    if !keeps {
        return nothing_kept();
    }
    let facts = diagnose::facts(&config.data_dir);
    let bytes = |path: &std::path::Path| fs::symlink_metadata(path).map_or(0, |found| found.len());
    let file = |(path, mode): &(std::path::PathBuf, u32)| FileState {
        path: shown(path.strip_prefix(&config.data_dir).unwrap_or(path)),
        bytes: bytes(path),
        mode: format!("{mode:04o}"),
        open_to_others: mode & 0o077 != 0,
    };
    let files = facts.modes.iter().filter(|(path, _)| path.is_file());
    Seen {
        place: Place {
            data_dir: shown(&config.data_dir),
            store: shown(&config.store),
            file: "plain",
            bytes: bytes(&config.store),
            disk_encryption: facts.disk.word().to_owned(),
            leaves_the_machine: facts.leaves.clone(),
            override_given: false,
        },
        files: files.map(file).collect(),
        ..Seen::default()
    }
}

/// The same with what the lock says of itself.
pub(super) fn locked(seen: Seen, level: &Level) -> Seen {
    let layers = level.layers().into_iter().map(|layer| LayerState {
        name: layer.name.to_owned(),
        holds: layer.holds,
        detail: layer.words,
    });
    Seen {
        offline: level.offline(),
        layers: layers.collect(),
        ..seen
    }
}
