//! What a backup says of itself: the list of what is registered, which lies beside a store.

use serde::{Deserialize, Serialize};

use crate::model::place::Root;

use super::super::dump::registered::Registered;

/// The label of a backup.
#[derive(Serialize, Deserialize)]
pub(in super::super) struct Label {
    /// [`Label::SCHEMA`] in this version.
    schema: String,
    /// The version that wrote it.
    inward: String,
    /// What was registered.
    registered: Vec<Registered>,
}

impl Label {
    const SCHEMA: &'static str = "inward.backup.v1";

    /// The bytes of a label for these.
    pub(in super::super) fn of(roots: &[Root]) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(&Self {
            schema: Self::SCHEMA.to_owned(),
            inward: env!("CARGO_PKG_VERSION").to_owned(),
            registered: roots.iter().map(Registered::from).collect(),
        })
    }

    /// What was registered, and whether it had been trusted; `None` where these are no label's bytes.
    pub(in super::super) fn registered(bytes: &[u8]) -> Option<Vec<(Root, bool)>> {
        let label: Self = serde_json::from_slice(bytes).ok()?;
        let known = label.schema == Self::SCHEMA;
        known.then(|| label.registered.into_iter().map(Registered::root).collect())
    }
}
