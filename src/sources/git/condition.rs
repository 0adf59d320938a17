//! What keeps a repository from telling all of its history, found without walking it.

use std::collections::BTreeSet;

use super::cut;
use super::error::GitError;
use super::open;
use super::standins;
use crate::model::ids::Oid;
use crate::model::place::Place;

/// What a repository says about what it lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Commits at which a shallow clone ends.
    pub cut_off: BTreeSet<Oid>,
    /// Objects that grafts and replacements name.
    pub replaced: BTreeSet<Oid>,
    /// File contents may be left on the server.
    pub partial: bool,
}

/// The condition of the repository at `place`. The error says why it cannot be read at all, and
/// what to do.
pub fn condition(place: &Place) -> Result<Condition, GitError> {
    let settings = open::check(place)?;
    Ok(Condition {
        cut_off: cut::shallow(place)?.into_iter().collect(),
        replaced: standins::read(place)?.into_iter().collect(),
        partial: settings.partial,
    })
}
