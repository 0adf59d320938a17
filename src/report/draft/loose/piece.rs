//! A project's commits as pieces with the lines that say most.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::area::{Area, key};
use super::collective::{Collective, told};
use super::common::{Words, words_of};
use super::entry::{Entry, Fate};
use super::groups::{Areas, Group, Rule, Source, groups};
use super::kinds::{Class, words};
use super::polish::line;
use super::said::{Candidate, said};
use super::topic::{topic, vocabulary};
use super::{Room, days};
use crate::model::work_type::WorkType;
use crate::report::draft::document::{Piece, Said};
use crate::report::words::count;

/// Commits of one piece before it is put into words.
struct Heap {
    area: Option<String>,
    /// Its name is a folder's.
    folder: bool,
    /// All of them say the same every time.
    collective: bool,
    /// Positions, and how many parts of a commit's front the area says already.
    members: Vec<(usize, usize)>,
}

impl Heap {
    fn positions(&self) -> impl Iterator<Item = usize> {
        self.members.iter().map(|(at, _)| *at)
    }
}

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
        (Reverse(weight), heap.positions().map(oldest).min())
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

/// Who belongs together.
fn heaps(name: &str, entries: &[Entry<'_>]) -> Vec<Heap> {
    let mut same: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    let mut leads: Vec<usize> = Vec::new();
    for (at, entry) in entries
        .iter()
        .enumerate()
        .filter(|(at, entry)| entry.lead == *at)
    {
        match &entry.collective {
            Some(kind) => same.entry(kind.area()).or_default().push((at, 0)),
            None => leads.push(at),
        }
    }
    // One alone says more in its own words.
    let one = same.values().filter(|members| members.len() == 1);
    leads.extend(one.flatten().map(|(at, _)| *at));
    same.retain(|_, members| members.len() > 1);
    leads.sort_unstable();
    let project = Area::new([name.rsplit('/').next().unwrap_or(name)])
        .map_or_else(Vec::new, |area| area.keys());
    let areas = areas(entries, &leads);
    let words: Vec<Words> = leads
        .iter()
        .map(|at| words_of(&entries[*at], &project))
        .collect();
    let rule = Rule {
        nested: leads.len().div_ceil(32).max(3),
        project: &project,
        dull: &dull(&areas, &words),
        most: leads.len() / 2,
    };
    let told = groups(&areas, &words, rule)
        .into_iter()
        .map(|group| of_group(group, &leads));
    let mut heaps: Vec<Heap> = told.collect();
    heaps.extend(same.into_iter().map(|(area, members)| Heap {
        area: Some(area.to_owned()),
        folder: false,
        collective: true,
        members,
    }));
    for heap in &mut heaps {
        let held: BTreeSet<usize> = heap.members.iter().map(|(at, _)| *at).collect();
        let others = entries
            .iter()
            .enumerate()
            .filter(|(at, entry)| entry.lead != *at && held.contains(&entry.lead));
        heap.members.extend(others.map(|(at, _)| (at, 0)));
        heap.members.sort_unstable();
    }
    heaps
}

/// Folders that hold more than half of the commits; none where few have summaries, since folders are
/// all that is known then.
fn dull(areas: &[Areas], words: &[Words]) -> BTreeSet<Vec<String>> {
    let told = |(areas, words): (&Areas, &Words)| areas.front.is_some() || !words.is_empty();
    if areas.iter().zip(words).filter(|pair| told(*pair)).count() * 2 < areas.len() {
        return BTreeSet::new();
    }
    let mut held: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for folder in areas.iter().filter_map(|areas| areas.folder.as_ref()) {
        let keys = folder.keys();
        for depth in 1..=keys.len() {
            *held
                .entry(keys.iter().take(depth).cloned().collect())
                .or_default() += 1;
        }
    }
    held.retain(|_, n| *n * 2 > areas.len());
    held.into_keys().collect()
}

fn of_group(group: Group, leads: &[usize]) -> Heap {
    let members = group.members.iter().map(|(at, said)| (leads[*at], *said));
    Heap {
        folder: group.source == Source::Folder,
        members: members.collect(),
        area: group.area,
        collective: false,
    }
}

/// What each of `leads` may be grouped by.
fn areas(entries: &[Entry<'_>], leads: &[usize]) -> Vec<Areas> {
    let vocabulary = vocabulary(entries);
    let of = |at: &usize| {
        let entry = &entries[*at];
        let branch = entry.done.branch.as_ref();
        let folder = entry
            .done
            .folder
            .as_ref()
            .filter(|folder| is_at_home(entry, folder.as_str()));
        Areas {
            front: entry.summary.area.clone(),
            kind: entry.summary.type_area.and_then(Area::whole),
            branch: branch.and_then(|branch| topic(branch.as_str(), &vocabulary)),
            folder: folder.and_then(|folder| Area::new(folder.as_str().split('/'))),
        }
    };
    leads.iter().map(of).collect()
}

/// Whether a commit is about `folder`: most lines of a feature may be those of its tests and pages of
/// the manual, and still it is about neither.
fn is_at_home(entry: &Entry<'_>, folder: &str) -> bool {
    let beside = [
        "test",
        "testsuite",
        "spec",
        "doc",
        "example",
        "bench",
        "changelog",
    ];
    let is_beside = |word: &String| beside.contains(&word.as_str());
    let told = entry.summary.class >= Class::Upkeep || entry.summary.words.is_empty();
    let folder: Vec<String> = folder.split(['/', '-', '_']).map(key).collect();
    told || !folder.iter().any(is_beside) || words(&entry.summary.words).iter().any(is_beside)
}

fn piece(heap: &Heap, entries: &[Entry<'_>], most: usize, shown: bool, today: NaiveDate) -> Piece {
    let members = || heap.members.iter().map(|(at, _)| &entries[*at]);
    let ids: Vec<String> = members().map(|entry| entry.done.oid.short()).collect();
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
        let noun = if ids.len() == 1 { "commit" } else { "commits" };
        let place = heap.area.as_ref().filter(|_| heap.folder);
        let place = place.map_or_else(String::new, |folder| format!(" in {folder}"));
        let text = format!("{} {noun}{place}", count(ids.len() as u64));
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
                .map(|(other, _)| entries[*other].done.oid.short())
                .collect(),
        });
    }
    out
}
