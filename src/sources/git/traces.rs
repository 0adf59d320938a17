//! What was left behind beside refs: stash entries and, if the owner lets it, reflogs.

use super::cut::{self, Frontier};
use super::judge::Judge;
use super::objects::Objects;
use super::reflog::{self, Logs};
use super::refs::Refs;
use super::request::Request;
use super::stash::{self, Entry};
use crate::model::history::RefEvent;
use crate::model::ids::Oid;

/// Stash entries and reflogs of one repository.
#[derive(Debug, Default)]
pub(super) struct Traces {
    /// The stash entries.
    stash: Vec<Entry>,
    /// What the reflogs tell; nothing unless they may be read.
    pub(super) logs: Logs,
}

/// Reads what `request` lets be read.
pub(super) fn read(
    request: &Request<'_>,
    refs: &Refs,
    objects: &mut Objects<'_>,
    judge: &mut Judge<'_>,
) -> Traces {
    let logs = if request.reflog {
        reflog::read(request.place, refs, judge)
    } else {
        Logs::default()
    };
    Traces {
        stash: stash::read(request.place, refs, objects, judge),
        logs,
    }
}

impl Traces {
    /// The commits that stash entries stand on.
    pub(super) fn bases(&self) -> impl Iterator<Item = Oid> {
        self.stash.iter().map(|entry| entry.base)
    }

    /// Commits to walk from beside the refs' tips: what `frontier` knows of is left out.
    pub(super) fn tips(&self, frontier: &Frontier) -> Vec<Oid> {
        let bases = self.bases().filter(|oid| !frontier.tips.contains(oid));
        let logs = self.logs.tips.iter().copied();
        let logs = logs.filter(|oid| !frontier.seen.contains(&cut::seen(*oid)));
        let mut tips: Vec<Oid> = bases.chain(logs).collect();
        tips.sort_unstable();
        tips.dedup();
        tips
    }

    /// What a frontier has to say of them.
    pub(super) fn frontier(&self) -> impl Iterator<Item = Oid> {
        let seen = self.logs.tips.iter().map(|oid| cut::seen(*oid));
        self.bases().chain(seen)
    }

    /// Everything that was done to refs.
    pub(super) fn events(&self) -> impl Iterator<Item = &RefEvent> {
        self.stash
            .iter()
            .map(|entry| &entry.event)
            .chain(&self.logs.events)
    }
}
