//! From rows to a draft: each list from its own file, and what they share.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::items::items;
use super::loose::{Room, loose};
use super::{
    Asked, Code, DRAFT_SCHEMA, Draft, Kind, OldExport, days, figures, own, projects, seen,
};
use crate::model::dataset::{Dataset, flag};
use crate::model::ids::Oid;
use crate::model::material::{Done, Material};
use crate::report::words;

/// The draft of what `material` holds. Figures (limits, changes, workdays seen) are computed from
/// `data`; without it, and in a stand-up, their lists are empty.
pub fn compose(asked: &Asked<'_>, material: &Material, data: Option<&Dataset>) -> Draft {
    let today = asked.calendar.today();
    let material = &inherited(material.clone());
    let mut items = items(asked, material);
    let reviews = own::reviews(material);
    let helped = own::helped(material);
    let notes = own::notes(asked, material);
    let (events, ahead) = own::events(asked, material);
    let named = reviews.iter().map(|one| one.project.clone());
    let named = named.chain(notes.iter().filter_map(|note| note.project.clone()));
    let projects = projects::projects(asked, material, &mut items, named.collect::<Vec<_>>());
    let (numbers, all) = match data {
        Some(data) => match asked.kind {
            Kind::Week | Kind::Month => (Some(data), Some(data)),
            Kind::Review => (None, Some(data)),
            Kind::Standup => (None, None),
        },
        None => (None, None),
    };
    let seen = all.and_then(|data| seen::seen(asked, material, &mut items, data));
    let limits = |data| figures::limits(asked, &material.goals, data);
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
        loose: loose(&without_task(material), room(asked.kind), asked.range.to),
        reviews,
        helped,
        notes,
        events,
        ahead,
        outcomes: own::outcomes(asked, material),
        limits: numbers.map(limits).unwrap_or_default(),
        changes: numbers
            .map(|data| figures::changes(asked, data))
            .unwrap_or_default(),
        code: code(material),
        seen,
        old_exports: old_exports(asked, material),
    }
}

/// How much of the work without a task a text has room for.
fn room(kind: Kind) -> Room {
    let (pieces, said) = match kind {
        Kind::Standup => (6, 2),
        Kind::Week => (6, 3),
        Kind::Month | Kind::Review => (8, 3),
    };
    Room { pieces, said }
}

/// A squash belongs to the tasks of the commits that it holds: its own message may not say so.
fn inherited(mut material: Material) -> Material {
    let mut tasks: BTreeMap<Oid, BTreeSet<i64>> = BTreeMap::new();
    for one in &material.commits {
        if let Some(squash) = one.landed_as {
            tasks.entry(squash).or_default().extend(&one.tasks);
        }
    }
    for one in &mut material.commits {
        if let Some(more) = tasks.get(&one.oid) {
            let all: BTreeSet<i64> = one.tasks.iter().chain(more).copied().collect();
            one.tasks = all.into_iter().collect();
        }
    }
    material
}

/// The commits that no task tells of; a squash of these days stands for what it holds.
fn without_task(material: &Material) -> Vec<&Done> {
    let commits = material.commits.iter();
    commits
        .filter(|one| one.tasks.is_empty() && one.landed_as.is_none())
        .collect()
}

/// Commits as acts: the ones that a squash holds count, the squash does not.
fn code(material: &Material) -> Code {
    let acts = || {
        material
            .commits
            .iter()
            .filter(|one| one.flags & flag::SQUASH == 0)
    };
    let repositories: BTreeSet<_> = acts().map(|one| &one.repo).collect();
    let days: BTreeSet<_> = acts().filter_map(|one| one.at.day()).collect();
    Code {
        commits: acts().count() as u64,
        without_task: acts().filter(|one| one.tasks.is_empty()).count() as u64,
        repositories: repositories.len() as u64,
        days: days.len() as u64,
    }
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
