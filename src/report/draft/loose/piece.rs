//! A project's commits as pieces with the lines that say most.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::collective::{Collective, told};
use super::entry::{Entry, Fate};
use super::heaps::{Heap, heaps};
use super::kinds::Class;
use super::polish::line;
use super::said::{Candidate, said};
use super::{Room, days};
use crate::model::work_type::WorkType;
use crate::report::draft::document::{Piece, Said};
use crate::report::words::counted;

/// The pieces of project `name`, the largest first, what stands alone last.
pub(super) fn pieces(
    name: &str,
    entries: &[Entry<'_>],
    room: Room,
    today: NaiveDate,
) -> Vec<Piece> {
    let mut heaps = heaps(name, entries);
    let oldest = |at: usize| (entries[at].done.at.utc, entries[at].done.oid);
    heaps.sort_by_cached_key(|heap| {
        let weight: u64 = heap.positions().map(|at| entries[at].weight()).sum();
        // A release is what all the rest was for.
        (
            !releases(heap, entries),
            Reverse(weight),
            heap.positions().map(oldest).min(),
        )
    });
    let mut heaps: Vec<(Heap, bool)> = (0..)
        .zip(heaps)
        .map(|(at, heap)| (heap, at < room.pieces))
        .collect();
    heaps.sort_by_key(|(heap, _)| heap.area.is_none());
    let shown = heaps.iter().filter(|(_, shown)| *shown).count();
    let lines = room.pieces * room.said;
    let each = (lines / shown.max(1)).clamp(room.said, room.said * 2);
    let mut used = 0;
    let mut out = Vec::with_capacity(heaps.len());
    for (heap, shown) in &heaps {
        let most = match &heap.area {
            _ if !shown => room.said,
            Some(_) => each,
            None => lines.saturating_sub(used).max(room.said * 2),
        };
        let piece = piece(heap, entries, most, *shown, today);
        used += piece.said.len();
        out.push(piece);
    }
    out
}

/// Whether `heap` is the project's releases.
fn releases(heap: &Heap, entries: &[Entry<'_>]) -> bool {
    let is = |at: usize| matches!(entries[at].collective, Some(Collective::Release(_)));
    heap.collective && heap.positions().any(is)
}

fn piece(heap: &Heap, entries: &[Entry<'_>], most: usize, shown: bool, today: NaiveDate) -> Piece {
    let members = || heap.members.iter().map(|(at, _)| &entries[*at]);
    let ids: Vec<String> = members().map(|entry| entry.done.evidence.short()).collect();
    let mut said = if heap.collective {
        let kinds: Vec<&Collective> = members()
            .filter_map(|entry| entry.collective.as_ref())
            .collect();
        vec![Said {
            text: told(&kinds),
            kind: None,
            ids: ids.clone(),
        }]
    } else {
        said(candidates(heap, entries), most)
    };
    if said.is_empty() {
        let place = heap.area.as_ref().filter(|_| heap.folder);
        let place = place.map_or_else(String::new, |folder| format!(" in {folder}"));
        let text = counted(ids.len() as u64, "commit", "commits") + &place;
        said.push(Said {
            text,
            kind: None,
            ids: ids.clone(),
        });
    }
    let told: usize = said.iter().map(|said| said.ids.len()).sum();
    Piece {
        area: heap.area.clone(),
        commits: ids.len() as u64,
        days: days(members().map(|entry| entry.done), today),
        more: ids.len().saturating_sub(told) as u64,
        said,
        ids,
        shown,
    }
}

/// What the commits of `heap` would say, by age; a squash speaks for those it holds.
fn candidates(heap: &Heap, entries: &[Entry<'_>]) -> Vec<Candidate> {
    let names: BTreeSet<&str> = entries
        .iter()
        .filter_map(|entry| entry.summary.area.as_ref())
        .map(|area| area.prefix(usize::MAX))
        .collect();
    let is_name = |word: &str| word.contains(['-', '.']) && names.contains(word);
    let mut out = Vec::new();
    for (at, depth) in &heap.members {
        let entry = &entries[*at];
        let summary = &entry.summary;
        if entry.lead != *at || summary.words.is_empty() || entry.fate == Fate::Restores {
            continue;
        }
        let front = summary.area.as_ref().and_then(|area| area.rest(*depth));
        let mut text = line(front, &summary.words, &is_name);
        let mut class = summary.class;
        if entry.fate == Fate::TakenBack {
            text = format!("Tried and taken back: {text}");
            class = Class::Filler;
        } else if summary.reverts % 2 == 1 {
            text = format!("Revert \"{text}\"");
        }
        let held = heap
            .members
            .iter()
            .filter(|(other, _)| entries[*other].lead == *at);
        out.push(Candidate {
            text,
            class,
            kind: summary.kind.filter(|kind| *kind != WorkType::Unknown),
            own: *depth > 0,
            lines: entry.lines(),
            ids: held
                .map(|(other, _)| entries[*other].done.evidence.short())
                .collect(),
        });
    }
    out
}
