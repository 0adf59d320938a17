//! Runs of acts with no long gap between them.

use super::act::Act;

/// The longest gap within a session, seconds: two hours.
pub(super) const GAP: i64 = 2 * 3_600;

/// A run of acts, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The civil day of its first act, days from 1970-01-01.
    pub(super) day: i32,
    /// Its first act, UTC seconds.
    pub(super) from: i64,
    /// Its last act, UTC seconds.
    pub(super) to: i64,
}

impl Run {
    /// Seconds from its first to its last act.
    pub(super) fn seconds(&self) -> u64 {
        u64::try_from(self.to - self.from).unwrap_or(0)
    }
}

/// Cuts acts, by time, into runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runs {
    gap: i64,
    open: Option<Run>,
}

impl Runs {
    /// Runs whose gaps are `gap` seconds at most.
    pub(super) fn new(gap: i64) -> Self {
        Self { gap, open: None }
    }

    /// The next act; the run that ended before it, if one did.
    pub(super) fn act(&mut self, act: &Act) -> Option<Run> {
        if let Some(open) = self.open.as_mut()
            && act.utc - open.to <= self.gap
        {
            open.to = act.utc;
            return None;
        }
        self.open.replace(Run {
            day: act.day,
            from: act.utc,
            to: act.utc,
        })
    }

    /// The last run, once there are no more acts.
    pub(super) fn end(self) -> Option<Run> {
        self.open
    }
}
