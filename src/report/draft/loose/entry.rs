//! One commit as the drafts see it, and which commits only belong to another.

use std::collections::BTreeMap;

use super::collective::{Collective, collective};
use super::kinds::Class;
use super::summary::{Summary, head_of, read, subject};
use crate::model::dataset::flag;
use crate::model::material::Done;
use crate::model::work_type::WorkType;

/// A commit.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) done: &'a Done,
    pub(super) summary: Summary,
    /// A release or an update of a dependency.
    pub(super) collective: Option<Collective>,
    /// The position of the commit that it belongs to: the squash that holds it, else itself.
    pub(super) lead: usize,
    /// What became of it.
    pub(super) fate: Fate,
}

/// Whether a commit's change stands at the end of these days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It does.
    Stands,
    /// It restored another one of these days, which speaks for it.
    Restores,
    /// It was taken back, or takes one of these days back.
    TakenBack,
}

impl Entry<'_> {
    /// How much it counts when pieces are ordered: every commit something, large ones more, but
    /// none so much that its size alone decides.
    pub(super) fn weight(&self) -> u64 {
        let small = self.summary.class == Class::Filler && !self.done.summary.is_empty();
        if small || self.fate != Fate::Stands || self.collective.is_some() || self.is_reformat() {
            return 1;
        }
        let size = 2 + u64::from((1 + self.lines()).ilog2().min(8));
        // What is new or mended weighs more than upkeep.
        match self.summary.class {
            Class::Change => size * 2,
            Class::Plain => size,
            Class::Upkeep | Class::Filler => size.div_ceil(2),
        }
    }

    /// Its lines that count; none of a mass reformatting.
    pub(super) fn lines(&self) -> u64 {
        if self.is_reformat() {
            0
        } else {
            self.done.lines
        }
    }

    fn is_reformat(&self) -> bool {
        self.done.flags & flag::REFORMAT != 0
    }
}

/// The entries of one project's commits, which come by age.
pub(super) fn entries<'a>(commits: &[&'a Done]) -> Vec<Entry<'a>> {
    let mut heads: BTreeMap<&str, usize> = BTreeMap::new();
    for head in commits
        .iter()
        .filter_map(|done| head_of(done.summary.as_str()))
    {
        *heads.entry(head).or_default() += 1;
    }
    let known = |head: &str| heads.get(head).is_some_and(|n| *n > 1);
    let places: BTreeMap<_, usize> = commits
        .iter()
        .enumerate()
        .map(|(at, done)| (done.oid, at))
        .collect();
    let fates = fates(commits);
    let mut out: Vec<Entry<'a>> = Vec::with_capacity(commits.len());
    for (at, done) in commits.iter().enumerate() {
        let mut summary = read(done.summary.as_str(), &known);
        if summary.kind.is_none() {
            let named = WorkType::of_flags(done.flags);
            summary.kind =
                Some(named).filter(|kind| !matches!(kind, WorkType::Unknown | WorkType::Other));
        }
        if done.flags & flag::REFORMAT != 0 || summary.reverts % 2 == 1 {
            summary.class = summary.class.max(Class::Upkeep);
        }
        let front = summary.area.as_ref().map(|area| area.prefix(usize::MAX));
        let lead = done.landed_as.and_then(|oid| places.get(&oid)).copied();
        out.push(Entry {
            done,
            collective: collective(&summary.words, front).filter(|_| summary.reverts == 0),
            lead: lead.unwrap_or(at),
            fate: fates.get(at).copied().unwrap_or(Fate::Stands),
            summary,
        });
    }
    let leads: Vec<usize> = out.iter().map(|entry| entry.lead).collect();
    for (at, entry) in out.iter_mut().enumerate() {
        entry.lead = leader(at, &leads);
    }
    out
}

/// The last of the chain that begins at `at`: a squash may be held by another one. Who is in or before
/// a ring leads itself.
fn leader(at: usize, leads: &[usize]) -> usize {
    let mut last = at;
    for _ in 0..leads.len() {
        match leads.get(last) {
            Some(next) if *next != last => last = *next,
            _ => return last,
        }
    }
    at
}

/// What became of each commit, as the later ones with its summary in `Revert "…"` say.
fn fates(commits: &[&Done]) -> Vec<Fate> {
    let mut out = vec![Fate::Stands; commits.len()];
    // By subject: changes that stand, and changes that were taken back, each with its commits.
    let mut known: BTreeMap<&str, [Vec<Vec<usize>>; 2]> = BTreeMap::new();
    for (at, done) in commits.iter().enumerate() {
        let (subject, reverts) = subject(done.summary.as_str());
        let [standing, taken] = known.entry(subject).or_default();
        let back = reverts % 2 == 1;
        let found = match reverts {
            0 => None,
            _ if back => standing.pop(),
            _ => taken.pop(),
        };
        let is_alone = found.is_none();
        let mut change = found.unwrap_or_default();
        change.push(at);
        if back && !is_alone {
            taken.push(change);
        } else if !back {
            standing.push(change);
        }
    }
    for [standing, taken] in known.into_values() {
        taken
            .iter()
            .flatten()
            .for_each(|at| out[*at] = Fate::TakenBack);
        let later = standing.iter().flat_map(|change| change.iter().skip(1));
        later.for_each(|at| out[*at] = Fate::Restores);
    }
    out
}
