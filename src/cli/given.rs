//! What the Privacy page and `inward show privacy` are told that no store knows: where the files
//! lie, and what the lock reached.

use crate::guard::diagnose;
use crate::guard::lock::Level;
use crate::model::privacy::{LayerState, Place};
use crate::tui::Seen;

use super::session::Session;

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
    Seen {
        place: diagnose::place(&config.data_dir, &config.store),
        files: diagnose::file_states(&config.data_dir),
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
