//! The small walks of a reading that goes on from an earlier one: over what the default branch has
//! come to hold, because commits that were walked before can be on it now, and over what it has let
//! go of.

use super::graph::mark;
use super::judge::Judge;
use super::objects::Objects;
use super::parse::Commit;
use super::request::Request;
use super::visit::{Bounds, Halt, Mine, Outcome, Visitor};
use super::walk::Walk;
use crate::model::commit::CommitRecord;
use crate::model::ids::Oid;

/// Walks from the default branch's tips to where they were by the last reading; `bounds` are
/// those of the first walk. Empty where that one was over all of history, or nothing moved.
pub(super) fn walk(
    objects: Objects<'_>,
    bounds: Bounds<'_>,
    (request, judge): (&Request<'_>, &mut Judge<'_>),
) -> Result<Outcome, Halt> {
    let (now, past) = (bounds.default_tips, request.default_tips);
    if bounds.frontier.is_empty() || now.iter().all(|tip| past.contains(tip)) {
        return Ok(Outcome::default());
    }
    let bounds = Bounds {
        tips: now,
        soft_tips: &[],
        frontier: past,
        ..bounds
    };
    Walk::new(objects, bounds, request.stop, &mut Landed { judge }).run()
}

/// Walks the other way, from where the default branch's tips were to where they are: what the
/// branch no longer holds, because it was reset, amended, or is another one now. Empty where the
/// walk `landed` met all that it held as part of it. What git has removed since is not told.
pub(super) fn withdrawn(
    objects: Objects<'_>,
    bounds: Bounds<'_>,
    (request, judge): (&Request<'_>, &mut Judge<'_>),
    landed: &Outcome,
) -> Result<Outcome, Halt> {
    let (now, past) = (bounds.default_tips, request.default_tips);
    let is_held = |tip: &Oid| {
        let node = landed.graph.find(*tip);
        now.contains(tip) || node.is_some_and(|node| landed.graph.has(node, mark::DEFAULT))
    };
    // Behind a commit that cannot be read the branch may hold all that it did.
    let is_torn = landed.missing + landed.damaged > 0;
    if bounds.frontier.is_empty() || is_torn || past.iter().all(is_held) {
        return Ok(Outcome::default());
    }
    let bounds = Bounds {
        tips: &[],
        soft_tips: past,
        frontier: now,
        ..bounds
    };
    Walk::new(objects, bounds, request.stop, &mut Landed { judge }).run()
}

/// Only tells what is mine.
struct Landed<'a, 'b> {
    judge: &'a mut Judge<'b>,
}

impl Visitor for Landed<'_, '_> {
    fn judge(&mut self, oid: Oid, commit: &Commit<'_>) -> Option<CommitRecord> {
        self.judge.record(oid, commit)
    }

    fn found(&mut self, _mine: Mine) -> Result<(), Halt> {
        Ok(())
    }

    fn progress(&mut self, _walked: u64, _mine: u64) -> Result<(), Halt> {
        Ok(())
    }
}
