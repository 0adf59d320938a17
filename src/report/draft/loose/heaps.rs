//! Who belongs together: the commits of a project as heaps, one a piece.

use std::collections::{BTreeMap, BTreeSet};

use super::area::{Area, key};
use super::common::{Words, words_of};
use super::entry::Entry;
use super::groups::{Areas, Group, Rule, Source, groups};
use super::kinds::{Class, words};
use super::topic::{topic, vocabulary};

/// Commits of one piece before it is put into words.
pub(super) struct Heap {
    /// What they are about.
    pub(super) area: Option<String>,
    /// Its name is a folder's.
    pub(super) folder: bool,
    /// All of them say the same every time.
    pub(super) collective: bool,
    /// Positions, and how many parts of a commit's front the area says already.
    pub(super) members: Vec<(usize, usize)>,
}

impl Heap {
    /// Positions of its commits.
    pub(super) fn positions(&self) -> impl Iterator<Item = usize> {
        self.members.iter().map(|(at, _)| *at)
    }
}

/// Who belongs together.
pub(super) fn heaps(name: &str, entries: &[Entry<'_>]) -> Vec<Heap> {
    let (leads, same) = parted(entries);
    let name = name.rsplit('/').next().unwrap_or(name);
    let project = Area::new([name]).map_or_else(Vec::new, |area| area.keys());
    let areas = areas(entries, &leads);
    let words = leads.iter().map(|at| words_of(&entries[*at], &project));
    let words: Vec<Words> = words.collect();
    let summaries = leads.iter().map(|at| &entries[*at].summary);
    let told = summaries
        .filter(|summary| !summary.words.is_empty())
        .count();
    let rule = Rule {
        nested: leads.len().div_ceil(32).max(3),
        project: &project,
        // Where few have summaries, folders are all that is known.
        dull: &if told * 2 < leads.len() {
            BTreeSet::new()
        } else {
            dull(&areas)
        },
        most: leads.len() / 2,
    };
    let told = groups(&areas, &words, rule).into_iter();
    let mut heaps: Vec<Heap> = told.map(|group| of_group(group, &leads)).collect();
    heaps.extend(same.into_iter().map(|(area, members)| Heap {
        area: Some(area.to_owned()),
        folder: false,
        collective: true,
        members: members.into_iter().map(|at| (at, 0)).collect(),
    }));
    for heap in &mut heaps {
        let held: BTreeSet<usize> = heap.positions().collect();
        let others = entries.iter().enumerate();
        let others = others.filter(|(at, entry)| entry.lead != *at && held.contains(&entry.lead));
        heap.members.extend(others.map(|(at, _)| (at, 0)));
        heap.members.sort_unstable();
    }
    heaps
}

/// Commits that lead, and apart from them those that say the same every time, by their area. One of
/// these alone says more in its own words.
fn parted(entries: &[Entry<'_>]) -> (Vec<usize>, BTreeMap<&'static str, Vec<usize>>) {
    let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut leads: Vec<usize> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        match &entry.collective {
            _ if entry.lead != at => {}
            Some(kind) => same.entry(kind.area()).or_default().push(at),
            None => leads.push(at),
        }
    }
    let one = same.values().filter(|members| members.len() == 1);
    leads.extend(one.flatten());
    leads.sort_unstable();
    same.retain(|_, members| members.len() > 1);
    (leads, same)
}

/// Folders that hold more than half of the commits.
fn dull(areas: &[Areas]) -> BTreeSet<Vec<String>> {
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
