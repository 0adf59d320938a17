//! What the dashboard showed when it was left, so that it can begin there again.

use std::collections::BTreeSet;

use super::ids::RepoId;

/// The look of the dashboard in words: lines of a name and a value, which only the screen reads.
/// Nothing that the owner typed is in it but the name of a stretch of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// `window 12w`, `page trends`, one a line; what is as at first is absent.
    pub words: String,
    /// Only these repositories; `None` = all. Kept apart, because ids do not outlive the rows that
    /// they number.
    pub repos: Option<BTreeSet<RepoId>>,
}
