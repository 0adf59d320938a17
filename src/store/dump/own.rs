//! The rows of the owner's own words: notes, goals, and what they say of rows.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::super::choices::{self, Choice};
use super::super::keys::Key;
use super::super::{goals, notes, shares};
use super::{Sink, Visit};
use crate::model::away::EventKind;
use crate::model::choice::Correction;
use crate::model::goal::{Aim, GoalLink};
use crate::model::ids::Oid;
use crate::model::text::Clean;

#[derive(Serialize)]
struct NoteLine {
    id: u64,
    event: Option<EventKind>,
    from: NaiveDate,
    to: NaiveDate,
    text: Clean,
    impact: bool,
    written: Option<NaiveDate>,
    task: Option<Clean>,
    repo: Option<Clean>,
    from_file: bool,
}

pub(super) fn notes<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    for note in notes::list(conn, None)? {
        let line = NoteLine {
            id: note.id,
            event: note.event,
            from: note.days.from,
            to: note.days.to,
            text: note.text,
            impact: note.impact,
            written: date(note.written),
            task: note.about.task,
            repo: note.about.repo,
            from_file: note.from_file,
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct GoalLine {
    id: u64,
    outcome: Option<Clean>,
    metric: Option<Clean>,
    most: Option<f64>,
    per: Option<&'static str>,
    state: &'static str,
    opened: Option<NaiveDate>,
    closed: Option<NaiveDate>,
}

pub(super) fn goals<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    for goal in goals::list(conn)? {
        let (outcome, limit) = match goal.aim {
            Aim::Outcome(text) => (Some(text), None),
            Aim::Limit(limit) => (None, Some(limit)),
        };
        let line = GoalLine {
            id: goal.id,
            outcome,
            most: limit.as_ref().map(|limit| limit.most),
            per: limit.as_ref().map(|limit| limit.per.as_str()),
            metric: limit.map(|limit| limit.metric),
            state: goal.state.as_str(),
            opened: date(goal.opened),
            closed: goal.closed.and_then(date),
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct ShareLine {
    id: u64,
    day: Option<NaiveDate>,
    profile: String,
    window: String,
    given: Vec<String>,
    bytes: u64,
    hash: String,
}

pub(super) fn shares<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    for share in shares::list(conn)? {
        let line = ShareLine {
            hash: share.hash_text(),
            id: share.id,
            day: date(share.day),
            profile: share.profile,
            window: share.window,
            given: share.given,
            bytes: share.bytes,
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct GoalLinkLine {
    goal: u64,
    task: Option<Clean>,
    note: Option<u64>,
}

pub(super) fn goal_links<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    for goal in goals::list(conn)? {
        for link in goal.links {
            let (task, note) = match link {
                GoalLink::Task(key) => (key, None),
                GoalLink::Note(id) => (None, Some(id)),
            };
            let goal = goal.id;
            if !sink.put(&GoalLinkLine { goal, task, note }) {
                return Ok(());
            }
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct ChoiceLine {
    id: u64,
    kind: &'static str,
    oid: Option<Oid>,
    row: Option<Clean>,
    what: &'static str,
    fact: Option<&'static str>,
    value: Option<String>,
    reason: Option<Clean>,
    day: Option<NaiveDate>,
}

pub(super) fn exclusions<V: Visit>(
    conn: &Connection,
    key: &Key,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    for one in choices::list(conn, key)? {
        let (what, correction) = match &one.choice {
            Choice::Out(out) => (out.as_str(), None),
            Choice::Correct(correction) => ("corrected", Some(correction)),
        };
        let line = ChoiceLine {
            id: one.id,
            kind: one.kind.as_str(),
            oid: one.oid,
            row: one.label,
            what,
            fact: correction.map(|one| one.fact().as_str()),
            value: correction.map(Correction::value),
            reason: one.reason,
            day: date(one.day),
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(day)
}
