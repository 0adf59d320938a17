//! What acts were about, one after the other: stays at one place within a run of acts.

use super::super::select::Span;
use super::act::{Act, Kind, Place};
use super::acts::{Acts, Met};
use super::runs::{GAP, Run, Runs};

/// A stay shorter than this on the way to another place is passing through, seconds.
const PASSING: i64 = 120;

/// A stay at one place: acts that follow each other without a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stay {
    place: Place,
    /// The earliest that it can have begun, UTC seconds.
    begun: i64,
    /// Its first act, UTC seconds.
    from: i64,
    /// Its last act, UTC seconds.
    to: i64,
}

impl Stay {
    /// Seconds from its first to its last act.
    pub(super) fn seconds(&self) -> i64 {
        self.to - self.from
    }
}

/// The stays of one run of acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stays {
    /// One after the other; never empty of a run that has ended.
    pub(super) all: Vec<Stay>,
    /// Stays of less than two minutes on the way to elsewhere, or back: not among `all`.
    pub(super) passed: u64,
}

impl Stays {
    /// How often the place changed.
    pub(super) fn changes(&self) -> u64 {
        (self.all.len() as u64).saturating_sub(1)
    }

    fn add(&mut self, act: &Act) {
        if self.goes_on(act) {
            return;
        }
        // Since when the first stay lasted is not seen: it is never short.
        if let Some(left) = self.all.last()
            && self.all.len() > 1
            && act.utc - left.begun < PASSING
        {
            self.all.pop();
            self.passed += 1;
            if self.goes_on(act) {
                return;
            }
        }
        // Of a commit or a review the work came before it, and nobody knows since when.
        let before = self.all.last().map_or(act.utc, |stay| stay.to);
        let begun = match act.kind {
            Kind::Result => before,
            Kind::Entry | Kind::Step => act.utc,
        };
        self.all.push(Stay {
            place: act.place,
            begun,
            from: act.utc,
            to: act.utc,
        });
    }

    /// Whether `act` belongs to the last stay; if so, the stay lasts until it.
    fn goes_on(&mut self, act: &Act) -> bool {
        let Some(stay) = self.all.last_mut() else {
            return false;
        };
        let Some(place) = joined(stay.place, act.place) else {
            return false;
        };
        stay.place = place;
        stay.to = act.utc;
        true
    }
}

/// What two places that do not contradict each other are together; `None` when they are known to
/// be different. What is not known of one is no difference.
fn joined(one: Place, other: Place) -> Option<Place> {
    let differ = one.repo.zip(other.repo).is_some_and(|(a, b)| a != b)
        || one.branch.zip(other.branch).is_some_and(|(a, b)| a != b)
        || one.task.zip(other.task).is_some_and(|(a, b)| a != b);
    (!differ).then(|| Place {
        repo: one.repo.or(other.repo),
        branch: one.branch.or(other.branch),
        task: one.task.or(other.task),
    })
}

/// Calls `visit` for every session of `span` with its stays, by time.
pub(super) fn sessions(acts: &Acts<'_>, span: Span, mut visit: impl FnMut(&Run, &Stays)) -> Met {
    let mut runs = Runs::new(GAP);
    let mut stays = Stays::default();
    let met = acts.each(span, |act| {
        if let Some(run) = runs.act(&act) {
            visit(&run, &stays);
            stays.all.clear();
            stays.passed = 0;
        }
        stays.add(&act);
    });
    if let Some(run) = runs.end() {
        visit(&run, &stays);
    }
    met
}
