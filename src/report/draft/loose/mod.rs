//! Work that no task shows: commits without one, grouped by what they are about.

mod area;
mod collective;
mod common;
mod entry;
mod groups;
mod head;
mod heaps;
#[cfg(test)]
mod invariants;
mod kinds;
mod piece;
mod polish;
mod rollup;
mod said;
mod summary;
#[cfg(test)]
mod tests;
mod topic;
mod word_lists;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::document::{Loose, Piece};
use crate::model::material::Done;
use crate::report::draft::days::span;
use crate::report::draft::projects::of_commit;

/// How much a short text takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Pieces of a project.
    pub(super) pieces: usize,
    /// Lines of a piece. A project with fewer pieces than [`Room::pieces`] gives each up to twice as
    /// many, and what is left to commits that stand alone.
    pub(super) said: usize,
}

/// What `commits` (each without a task; copies, merges and what the owner took out are not among
/// them) were about, by project, the largest first. Every commit stands in exactly one piece. The
/// order of `commits` does not matter.
pub(super) fn loose(commits: &[&Done], room: Room, today: NaiveDate) -> Vec<Loose> {
    let mut sorted = commits.to_vec();
    sorted.sort_by_key(|done| (done.at.utc, done.oid));
    let mut projects: BTreeMap<String, Vec<&Done>> = BTreeMap::new();
    for done in sorted {
        projects.entry(of_commit(done)).or_default().push(done);
    }
    let mut out: Vec<(u64, Loose)> = projects
        .into_iter()
        .map(|(name, commits)| project(&name, &commits, room, today))
        .collect();
    // Names are in order already: of two that weigh the same, the first one comes first.
    out.sort_by_key(|(weight, _)| Reverse(*weight));
    out.into_iter().map(|(_, loose)| loose).collect()
}

/// One project and what it weighs.
fn project(name: &str, commits: &[&Done], room: Room, today: NaiveDate) -> (u64, Loose) {
    let entries = entry::entries(commits);
    let pieces = piece::pieces(name, &entries, room, today);
    let hidden: Vec<&Piece> = pieces.iter().filter(|piece| !piece.shown).collect();
    let loose = Loose {
        project: name.to_owned(),
        commits: commits.len() as u64,
        days: days(commits.iter().copied(), today),
        more: hidden.len() as u64,
        more_commits: hidden.iter().map(|piece| piece.commits).sum(),
        pieces,
    };
    (entries.iter().map(entry::Entry::weight).sum(), loose)
}

/// First and last day of `commits` in words; empty when no clock of theirs fits a calendar.
fn days<'a>(commits: impl Iterator<Item = &'a Done>, today: NaiveDate) -> String {
    let mut ends: Option<(NaiveDate, NaiveDate)> = None;
    for day in commits.filter_map(|done| done.at.day()) {
        let (first, last) = ends.unwrap_or((day, day));
        ends = Some((first.min(day), last.max(day)));
    }
    ends.map_or_else(String::new, |(first, last)| span(first, last, today))
}
