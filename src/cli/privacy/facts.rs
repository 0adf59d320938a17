//! What the label is told of the switches.

use crate::model::privacy::Switch;
use crate::store::{Store, StoreError};

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
