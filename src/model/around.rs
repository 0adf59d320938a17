//! What lies around the folder that inward was started in, where it is no repository.

use super::text::Clean;

/// Repositories found near, by plain readers before the lock: nothing in them was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The folder that holds all of them, as it would be typed; empty where none was found.
    pub folder: String,
    /// Their names, in the order of their paths.
    pub names: Vec<Clean>,
    /// The search ended at its limit: there may be more.
    pub more: bool,
}
