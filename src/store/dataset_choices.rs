//! What the owner says of rows and days, taken over into the record in memory before any number is
//! made of it.

use std::collections::HashMap;

use rusqlite::Connection;

use super::choices::Held;
use super::keys::Key;
use super::tasks::TaskRow;
use super::{notes, rows};
use crate::model::choice::Correction;
use crate::model::dataset::{Dataset, flag};
use crate::model::fold::Move;
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{TaskFacts, When};
use crate::model::timeline::{Stages, Timeline};
use crate::model::work::{Spent, Stamp, Work};

/// Fills the days of events, and marks the rows that the owner took out. Commits and work items have
/// to be there.
pub(super) fn apply(conn: &Connection, key: &Key, data: &mut Dataset) -> rusqlite::Result<()> {
    data.away = notes::away(conn)?;
    let held = Held::load(conn)?;
    mark_commits(&held, data);
    if held.subjects.is_empty() && held.entries.is_empty() {
        return Ok(());
    }
    let work = &mut data.work;
    for task in &mut work.tasks {
        task.excluded |= held.subjects.contains_key(&task.id.0);
    }
    for given in &mut work.given {
        given.excluded |= held.subjects.contains_key(&given.id.0);
    }
    for spent in &mut work.spent {
        spent.excluded |= held.subjects.contains_key(&spent.id.0);
    }
    mark_entries(conn, key, &held, work)
}

/// Marks the commits that the owner took out; nothing else.
pub(super) fn apply_to_commits(conn: &Connection, data: &mut Dataset) -> rusqlite::Result<()> {
    mark_commits(&Held::load(conn)?, data);
    Ok(())
}

fn mark_commits(held: &Held, data: &mut Dataset) {
    if held.commits.is_empty() {
        return;
    }
    let columns = &mut data.commits;
    for (id, flags) in columns.id.iter().zip(&mut columns.flags) {
        if held.commits.contains_key(id) {
            *flags |= flag::EXCLUDED;
        }
    }
}

/// A task, and when an entry of it began and ended, and how long it was.
type Times = (i64, Stamp, Option<Stamp>, Option<i64>);

/// Marks entries of tasks. The record in memory knows an entry by its task and its times only: of
/// two that are alike, one is marked for each that is out.
fn mark_entries(
    conn: &Connection,
    key: &Key,
    held: &Held,
    work: &mut Work,
) -> rusqlite::Result<()> {
    if held.entries.is_empty() {
        return Ok(());
    }
    let mut out: HashMap<Times, u32> = HashMap::new();
    for one in rows::entries(conn, key)? {
        let entry = &one.told.entry;
        let Some(start) = Stamp::of(entry.start) else {
            continue;
        };
        if !one.loose && held.entries.contains_key(&(one.subject, one.part)) {
            let end = entry.end.and_then(Stamp::of);
            *out.entry((one.subject, start, end, entry.seconds))
                .or_default() += 1;
        }
    }
    let times = |spent: &Spent| (spent.id.0, spent.start, spent.end, spent.seconds);
    for spent in &mut work.spent {
        if let Some(left) = out.get_mut(&times(spent)).filter(|left| **left > 0) {
            *left -= 1;
            spent.excluded = true;
        }
    }
    Ok(())
}

/// Puts the corrected facts of tasks in the place of what exports say, and tells their way through
/// the stages anew. True when any was changed.
pub(super) fn correct(
    conn: &Connection,
    words: &StageWords,
    tasks: &mut [TaskRow],
) -> rusqlite::Result<bool> {
    let held = Held::load(conn)?;
    if held.corrected.is_empty() {
        return Ok(false);
    }
    let mut stages = Stages::new(words);
    for task in tasks.iter_mut() {
        for one in held.corrected.get(&task.id).into_iter().flatten() {
            put(one, (&mut task.facts, &mut task.moves), &mut stages);
        }
        if let Some(all) = held.corrected.get(&task.id) {
            task.corrected = true;
            task.timeline = Timeline::of(&task.facts, &task.moves, &mut stages);
            unknown(all, &mut task.timeline);
        }
    }
    Ok(true)
}

/// What the owner says is not known stays so, whatever moves tell.
fn unknown(all: &[Correction], timeline: &mut Timeline) {
    for one in all {
        match one {
            Correction::Started(None) => timeline.started = None,
            Correction::Done(None) => (timeline.done, timeline.cancelled) = (None, None),
            _ => {}
        }
    }
}

fn put(
    correction: &Correction,
    (facts, moves): (&mut TaskFacts, &mut Vec<Move>),
    stages: &mut Stages<'_>,
) {
    match correction {
        Correction::Created(when) => facts.created = *when,
        Correction::Kind(kind) => facts.kind = *kind,
        Correction::Project(project) => facts.project.clone_from(project),
        Correction::Started(when) => {
            facts.started = *when;
            if let Some(at) = when {
                start(*at, moves, stages);
            }
        }
        Correction::Done(when) => {
            facts.done = *when;
            if let Some(at) = when {
                finish(*at, (facts, moves), stages);
            }
        }
    }
}

/// Work began at `at`: the first move into work lies there, and what the history tells before it
/// within that time goes. A start later than the next move is left to the fact alone.
fn start(at: When, moves: &mut Vec<Move>, stages: &mut Stages<'_>) {
    let is_work = |stage| matches!(stage, Some(Stage::InProgress | Stage::InReview));
    let Some(first) = moves.iter().position(|one| is_work(stages.of(&one.to))) else {
        return;
    };
    let next = moves.get(first + 1).map(|one| one.at.order());
    if next.is_some_and(|next| next < at.order()) {
        return;
    }
    moves[first].at = at;
    moves[first].until = None;
    let mut index = 0;
    moves.retain(|one| {
        index += 1;
        index > first || one.at.order() <= at.order()
    });
}

/// It was finished at `at`: the last stay begins there, and later moves within the work before go.
fn finish(at: When, (facts, moves): (&mut TaskFacts, &mut Vec<Move>), stages: &mut Stages<'_>) {
    if stages.of(&facts.status) != Some(Stage::Done) {
        facts.status.fixed = Some(Stage::Done);
    }
    if moves.is_empty() {
        return;
    }
    let is_end =
        |one: &Move, stages: &mut Stages<'_>| stages.of(&one.to).is_some_and(Stage::is_closed);
    while moves.last().is_some_and(|last| is_end(last, stages)) {
        moves.pop();
    }
    while moves
        .last()
        .is_some_and(|last| last.at.order() > at.order())
    {
        moves.pop();
    }
    moves.push(Move {
        at,
        until: None,
        from: moves.last().map(|last| last.to.clone()),
        to: Status::of(Stage::Done),
    });
}
