//! From rows to a draft: each list from its own file, and what they share.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::items::items;
use super::loose::{Room, loose};
use super::{
    Asked, Code, DRAFT_SCHEMA, Draft, Kind, Loose, OldExport, days, figures, own, projects, seen,
};
use crate::model::dataset::Dataset;
use crate::model::ids::Oid;
use crate::model::material::{Done, Material};
use crate::report::words;

/// The draft of what `material` holds. Figures (limits, changes, workdays seen) are computed from
/// `data`; without it, and in a stand-up, their lists are empty.
pub fn compose(asked: &Asked<'_>, material: Material, data: Option<&Dataset>) -> Draft {
    let today = asked.calendar.today();
    let material = &once(material);
    let mut items = items(asked, material);
    let reviews = own::reviews(material);
    let helped = own::helped(material);
    let notes = own::notes(asked, material);
    let (events, ahead) = own::events(asked, material);
    let named = reviews.iter().map(|one| one.project.clone());
    let named = named.chain(notes.iter().filter_map(|note| note.project.clone()));
    let projects = projects::projects(asked, material, &mut items, named.collect::<Vec<_>>());
    // A self-review is made to be handed on: no limits of mine stand in it.
    let numbers = data.filter(|_| matches!(asked.kind, Kind::Week | Kind::Month));
    let all = data.filter(|_| asked.kind != Kind::Standup);
    let open = unlanded(material);
    let (loose, unlanded) = loose_parts(asked, material, &open);
    Draft {
        schema: DRAFT_SCHEMA,
        kind: asked.kind,
        today,
        range: asked.range,
        days: days::in_words(asked.range),
        running: asked.range.to >= today,
        ids: asked.ids,
        since: (asked.kind == Kind::Standup).then(|| days::since(asked.calendar, asked.away)),
        projects,
        finished: items.finished,
        given_up: items.given_up,
        moved: items.moved,
        in_progress: items.in_progress,
        waiting: items.waiting,
        stale: items.stale,
        loose,
        unlanded,
        reviews,
        helped,
        notes,
        events,
        ahead,
        outcomes: own::outcomes(asked, material),
        limits: numbers.map_or_else(Vec::new, |data| {
            figures::limits(asked, &material.goals, data)
        }),
        changes: numbers.map_or_else(Vec::new, |data| figures::changes(asked, data)),
        code: code(material, &open),
        seen: all.and_then(|data| seen::seen(asked, material, data)),
        old_exports: old_exports(asked, material),
    }
}

/// How much of the work without a task a text has room for.
fn room(kind: Kind) -> Room {
    let (pieces, said) = match kind {
        Kind::Standup => (6, 2),
        Kind::Week => (6, 3),
        Kind::Month => (8, 3),
        Kind::Review => (12, 3),
    };
    Room { pieces, said }
}

/// Each piece of work once. A squash of these days speaks for the commits that it holds, and belongs
/// to their tasks, since its own message may not say so; one whose commits lie in other days was told
/// there, and one that says nothing of its own leaves the word to them.
fn once(mut material: Material) -> Material {
    let mut tasks: BTreeMap<Oid, BTreeSet<i64>> = BTreeMap::new();
    for one in &material.commits {
        if let Some(squash) = one.landed_as {
            tasks.entry(squash).or_default().extend(&one.tasks);
        }
    }
    let is_mute = |one: &Done| {
        one.summary
            .as_str()
            .starts_with("Squashed commit of the following")
    };
    let speaks = |one: &Done| tasks.contains_key(&one.oid) && !is_mute(one);
    let speaking = material.commits.iter().filter(|one| speaks(one));
    let speaking: BTreeSet<Oid> = speaking.map(|one| one.oid).collect();
    for one in &mut material.commits {
        one.landed_as = one.landed_as.filter(|squash| speaking.contains(squash));
        if let Some(more) = tasks.get(&one.oid) {
            let all: BTreeSet<i64> = one.tasks.iter().chain(more).copied().collect();
            one.tasks = all.into_iter().collect();
        }
    }
    material
        .commits
        .retain(|one| one.is_act() || speaking.contains(&one.oid));
    material
}

/// The commits that no task tells of; a squash of these days stands for what it holds.
fn without_task(material: &Material) -> impl Iterator<Item = &Done> {
    let commits = material.commits.iter();
    commits.filter(|one| one.tasks.is_empty() && one.landed_as.is_none())
}

/// Work without a task, and the part of it that has not landed. What is begun is the news of a day
/// and a week; who reads of a month or a half-year takes what is told for what exists.
fn loose_parts(
    asked: &Asked<'_>,
    material: &Material,
    open: &BTreeSet<Oid>,
) -> (Vec<Loose>, Vec<Loose>) {
    let told: Vec<&Done> = without_task(material).collect();
    let part = |commits: &[&Done], room| loose(commits, room, asked.range.to);
    let room = room(asked.kind);
    if matches!(asked.kind, Kind::Standup | Kind::Week) {
        return (part(&told, room), Vec::new());
    }
    let (open, told): (Vec<&Done>, Vec<&Done>) =
        told.into_iter().partition(|one| open.contains(&one.oid));
    let few = Room { pieces: 3, said: 1 };
    (part(&told, room), part(&open, few))
}

/// Commits that no default branch holds; of repositories where none does, nothing is known.
fn unlanded(material: &Material) -> BTreeSet<Oid> {
    let landed = material.commits.iter().filter(|one| one.landed);
    let repos: BTreeSet<_> = landed.map(|one| &one.repo).collect();
    let open = material.commits.iter().filter(|one| !one.landed);
    open.filter(|one| repos.contains(&one.repo))
        .map(|one| one.oid)
        .collect()
}

/// Commits as acts: the ones that a squash holds count, the squash does not.
fn code(material: &Material, open: &BTreeSet<Oid>) -> Code {
    let tasked = tasked(material);
    let acts = || material.commits.iter().filter(|one| one.is_act());
    let repositories: BTreeSet<_> = acts().map(|one| &one.repo).collect();
    let days: BTreeSet<_> = acts().filter_map(|one| one.at.day()).collect();
    let missing = |one: &&Done| one.tasks.is_empty() && tasked.contains(&projects::of_commit(one));
    Code {
        commits: acts().count() as u64,
        without_task: acts().filter(missing).count() as u64,
        unlanded: acts().filter(|one| open.contains(&one.oid)).count() as u64,
        repositories: repositories.len() as u64,
        days: days.len() as u64,
    }
}

/// Projects in which commits have tasks: only there one can be missing.
fn tasked(material: &Material) -> BTreeSet<String> {
    let with = material.commits.iter().filter(|one| !one.tasks.is_empty());
    let tasks = material.tasks.iter().map(projects::of_task);
    with.map(projects::of_commit).chain(tasks).collect()
}

/// Trackers with open tasks that nothing is known of up to the end of the days, or to today.
fn old_exports(asked: &Asked<'_>, material: &Material) -> Vec<OldExport> {
    let today = asked.calendar.today();
    let end = asked.range.to.min(today);
    let exports = material.exports.iter().filter_map(|(source, day)| {
        let day = NaiveDate::from_epoch_days(*day)?;
        (day < end).then(|| OldExport {
            source: source.clone(),
            day,
            when: words::weekday_and_day(day, today),
        })
    });
    exports.collect()
}
