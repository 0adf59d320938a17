//! The projects of a draft: what they are called, their order, and which of their finished items a
//! short list shows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::items::Items;
use super::{Asked, Item, Kind, Project, days};
use crate::model::material::{Done, Material, Matter};
use crate::model::task::last_part;
use crate::report::words;

/// The project of a task: the owner's own, else the last part of what its tracker calls it, else the
/// tracker.
pub(super) fn of_task(task: &Matter) -> String {
    let named = task.facts.project.as_ref();
    let source = task.facts.source.as_str();
    let named = || {
        named
            .map_or(source, |name| last_part(name.as_str()))
            .to_owned()
    };
    task.project
        .as_ref()
        .map_or_else(named, ToString::to_string)
}

/// The project of a commit: the owner's own, else its repository.
pub(super) fn of_commit(commit: &Done) -> String {
    commit.project.as_ref().unwrap_or(&commit.repo).to_string()
}

/// How many finished items of a project a text lists.
fn most(kind: Kind) -> usize {
    match kind {
        Kind::Standup => usize::MAX,
        Kind::Week => 20,
        Kind::Month => 15,
        Kind::Review => 10,
    }
}

/// What a project holds so far.
#[derive(Default)]
struct Sums {
    kinds: BTreeMap<&'static str, u64>,
    more: BTreeMap<&'static str, u64>,
    commits: u64,
    days: BTreeSet<NaiveDate>,
}

impl Sums {
    fn on(&mut self, day: Option<NaiveDate>) {
        self.days.extend(day);
    }
}

/// The projects in the order in which they are told: by how many days something happened on in
/// them, the most first. Items that a short list leaves out are marked.
pub(super) fn projects(
    asked: &Asked<'_>,
    material: &Material,
    items: &mut Items,
    others: impl IntoIterator<Item = String>,
) -> Vec<Project> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    mark_shown(&mut items.finished, most(asked.kind));
    for item in &items.finished {
        let sum = sums.entry(item.project.clone()).or_default();
        *sum.kinds.entry(item.kind).or_default() += 1;
        if !item.shown {
            *sum.more.entry(item.kind).or_default() += 1;
        }
        sum.on(item.day);
    }
    for list in items.lists() {
        for item in list.iter() {
            sums.entry(item.project.clone()).or_default().on(item.day);
        }
    }
    for commit in &material.commits {
        let sum = sums.entry(of_commit(commit)).or_default();
        sum.commits += u64::from(commit.is_act());
        sum.on(commit.at.day());
    }
    for name in others {
        sums.entry(name).or_default();
    }
    let end = asked.range.to;
    let project = |(name, sum): (String, Sums)| {
        let ends = sum.days.first().zip(sum.days.last());
        let project = Project {
            name,
            finished: sum.kinds.values().sum(),
            kinds: counted(&sum.kinds),
            more: sum.more.values().sum(),
            more_kinds: counted(&sum.more),
            commits: sum.commits,
            days: ends.map_or_else(String::new, |(from, to)| days::stretch(*from, *to, end)),
        };
        (Reverse(sum.days.len()), project)
    };
    let mut out: Vec<(Reverse<usize>, Project)> = sums.into_iter().map(project).collect();
    out.sort_by(|(a, one), (b, other)| {
        let finished = other.finished.cmp(&one.finished);
        a.cmp(b)
            .then(finished)
            .then_with(|| one.name.cmp(&other.name))
    });
    out.into_iter().map(|(_, project)| project).collect()
}

/// Of each project the items with the most commits and pull requests, then those that took longest.
/// One or two more are no reason to cut.
fn mark_shown(items: &mut [Item], most: usize) {
    let mut by_project: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        by_project.entry(item.project.clone()).or_default().push(at);
    }
    for mut places in by_project.into_values() {
        if places.len() <= most.saturating_add(2) {
            continue;
        }
        places.sort_by_key(|at| {
            let item = &items[*at];
            let size = item.commits.len() + item.requests.len();
            let whole = matches!(item.kind, "epic" | "story");
            (Reverse(size), Reverse(whole), Reverse(item.workdays), *at)
        });
        for at in &places[most..] {
            items[*at].shown = false;
        }
    }
}

/// `3 bugs`, the most first.
fn counted(kinds: &BTreeMap<&'static str, u64>) -> Vec<String> {
    let mut kinds: Vec<(&'static str, u64)> = kinds.iter().map(|(kind, n)| (*kind, *n)).collect();
    kinds.sort_by_key(|(kind, n)| (Reverse(*n), *kind));
    let words = |(kind, n): (&str, u64)| {
        let (one, many) = match kind {
            "bug" => ("bug", "bugs"),
            "story" => ("story", "stories"),
            "epic" => ("epic", "epics"),
            "subtask" => ("subtask", "subtasks"),
            "pr" => ("pull request", "pull requests"),
            _ => ("task", "tasks"),
        };
        words::counted(n, one, many)
    };
    kinds.into_iter().map(words).collect()
}
