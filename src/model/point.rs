//! A time that may be known only as lying between two others.

use super::task::When;

/// When something happened, as exact as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When; of an observed point, the last time it is known not to have happened yet.
    pub at: When,
    /// Of an observed point, the first time it is known to have happened.
    pub until: Option<When>,
}

impl Point {
    /// An exact one.
    pub fn exact(at: When) -> Self {
        Self { at, until: None }
    }

    /// When it had happened at the latest.
    pub fn latest(self) -> When {
        self.until.unwrap_or(self.at)
    }

    /// The time, where it is known exactly.
    pub fn known(self) -> Option<When> {
        self.until.is_none().then_some(self.at)
    }
}
