//! The rows of task exports: imports, tasks with their moves, reviews, recorded time, and what
//! each export said.
//!
//! Rows of two stores that were fed the same files in another order are the same bytes, but for
//! the numbers of imports.

use chrono::NaiveDate;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::error::unfit;
use super::super::identities::Evidence;
use super::super::tasks::{self, TaskRow};
use super::super::{accounts, convert, imports, when};
use super::{Sink, Visit};
use crate::model::ids::Oid;
use crate::model::moment::Moment;
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Estimate, When};
use crate::model::text::Clean;
use crate::model::timeline::{Point, Stages};

/// A time as text: RFC 3339, or a plain day.
fn text(when: When) -> Option<String> {
    match when {
        When::At(at) | When::Wall(at) => at.rfc3339(),
        When::Day(day) => Some(day.to_string()),
    }
}

fn known(point: Option<Point>) -> Option<String> {
    point.and_then(Point::known).and_then(text)
}

fn column(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<String>> {
    Ok(row.get::<_, Option<When>>(index)?.and_then(text))
}

#[derive(Serialize)]
struct ImportLine {
    id: u64,
    day: Option<NaiveDate>,
    format: Clean,
    source: Clean,
    name: Clean,
    zone: Clean,
    modified: Option<String>,
    records: u64,
    mine: u64,
    not_mine: u64,
    rejected: u64,
}

pub(super) fn imports<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    for import in imports::list(conn)? {
        let modified = import.modified.map(|utc| Moment::new(utc, 0));
        sink.put(&ImportLine {
            id: import.id,
            day: NaiveDate::from_epoch_days(import.day),
            format: import.format,
            source: import.source,
            name: import.name,
            zone: import.zone,
            modified: modified.and_then(Moment::rfc3339),
            records: import.records,
            mine: import.mine,
            not_mine: import.not_mine,
            rejected: import.rejected,
        });
    }
    Ok(())
}

#[derive(Serialize)]
struct TaskLine {
    source: Clean,
    key: Clean,
    kind: &'static str,
    state: Option<&'static str>,
    title: Clean,
    project: Option<Clean>,
    status: Option<Clean>,
    category: Option<&'static str>,
    fixed: Option<&'static str>,
    created_at: Option<String>,
    started_at: Option<String>,
    done_at: Option<String>,
    cancelled_at: Option<String>,
    due_at: Option<String>,
    updated_at: Option<String>,
    estimate_seconds: Option<i64>,
    estimate_points: Option<f64>,
    spent_seconds: Option<i64>,
    tags: Vec<Clean>,
    parent: Option<Clean>,
    history_whole: bool,
}

pub(super) fn tasks<V: Visit>(
    conn: &Connection,
    words: &StageWords,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    for task in tasks::list(conn, words)? {
        if !sink.put(&task_line(task)) {
            break;
        }
    }
    Ok(())
}

fn task_line(task: TaskRow) -> TaskLine {
    let (facts, timeline) = (task.facts, task.timeline);
    let (seconds, points) = match facts.estimate {
        None => (None, None),
        Some(Estimate::Seconds(seconds)) => (Some(seconds), None),
        Some(Estimate::Points(points)) => (None, Some(points as f64 / 1_000.0)),
    };
    TaskLine {
        source: facts.source,
        key: facts.key,
        kind: facts.kind.as_str(),
        state: timeline.stage.map(Stage::as_str),
        title: facts.title,
        project: facts.project,
        status: facts.status.word,
        category: facts.status.category.map(Stage::as_str),
        fixed: facts.status.fixed.map(Stage::as_str),
        created_at: facts.created.and_then(text),
        started_at: known(timeline.started),
        done_at: known(timeline.done),
        cancelled_at: known(timeline.cancelled),
        due_at: facts.due.and_then(text),
        updated_at: facts.updated.and_then(text),
        estimate_seconds: seconds,
        estimate_points: points,
        spent_seconds: facts.spent,
        tags: facts.tags,
        parent: facts.parent,
        history_whole: facts.history_whole,
    }
}

#[derive(Serialize)]
struct MoveLine<'a> {
    source: &'a Clean,
    task: &'a Clean,
    at: Option<String>,
    until: Option<String>,
    from: Option<&'static str>,
    to: Option<&'static str>,
    observed: bool,
    from_word: Option<&'a Clean>,
    to_word: Option<&'a Clean>,
}

pub(super) fn transitions<V: Visit>(
    conn: &Connection,
    words: &StageWords,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    let mut stages = Stages::new(words);
    let mut stage = |status: &Status| stages.of(status).map(Stage::as_str);
    for task in &tasks::list(conn, words)? {
        for moved in &task.moves {
            let going = sink.put(&MoveLine {
                source: &task.facts.source,
                task: &task.facts.key,
                at: text(moved.at),
                until: moved.until.and_then(text),
                from: moved.from.as_ref().and_then(&mut stage),
                to: stage(&moved.to),
                observed: moved.until.is_some(),
                from_word: moved.from.as_ref().and_then(|from| from.word.as_ref()),
                to_word: moved.to.word.as_ref(),
            });
            if !going {
                return Ok(());
            }
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct ReviewLine {
    source: Clean,
    key: Clean,
    given: bool,
    project: Option<Clean>,
    opened_at: Option<String>,
    ready_at: Option<String>,
    first_review_at: Option<String>,
    approved_at: Option<String>,
    merged_at: Option<String>,
    closed_at: Option<String>,
    additions: Option<i64>,
    deletions: Option<i64>,
    branch: Option<Clean>,
    commits: Vec<Oid>,
    requested_at: Option<String>,
    times: Vec<String>,
}

pub(super) fn reviews<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT source, key, given, project, opened, ready, first_review, approved, merged, closed,
           additions, deletions, branch, commits, requested, times FROM reviews
         ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let times = when::split(row.get_ref(15)?.as_blob()?)?;
        let line = ReviewLine {
            source: row.get(0)?,
            key: row.get(1)?,
            given: row.get(2)?,
            project: row.get(3)?,
            opened_at: column(row, 4)?,
            ready_at: column(row, 5)?,
            first_review_at: column(row, 6)?,
            approved_at: column(row, 7)?,
            merged_at: column(row, 8)?,
            closed_at: column(row, 9)?,
            additions: row.get(10)?,
            deletions: row.get(11)?,
            branch: row.get(12)?,
            commits: convert::split(row.get_ref(13)?.as_blob()?),
            requested_at: column(row, 14)?,
            times: times.into_iter().filter_map(text).collect(),
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct EntryLine {
    source: Clean,
    task: Option<Clean>,
    project: Option<Clean>,
    start: Option<String>,
    end: Option<String>,
    seconds: Option<i64>,
    note: Option<Clean>,
    tags: Vec<Clean>,
    busy: bool,
    id: Option<Clean>,
}

pub(super) fn time_entries<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT source, task, project, start, ended, seconds, note, tags, busy, own_id
         FROM time_entries ORDER BY start, 1, 2, 3, 5, 6, 7, 8, 9, 10",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let tags: Option<String> = row.get(7)?;
        let line = EntryLine {
            source: row.get(0)?,
            task: row.get(1)?,
            project: row.get(2)?,
            start: column(row, 3)?,
            end: column(row, 4)?,
            seconds: row.get(5)?,
            note: row.get(6)?,
            tags: when::tags(tags.as_deref())?,
            busy: row.get(8)?,
            id: row.get(9)?,
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct SeenLine {
    import: Clean,
    format: Clean,
    kind: &'static str,
    facts: Value,
}

pub(super) fn task_seen<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT i.name, i.format, u.kind, o.facts FROM task_seen s
         JOIN imports i ON i.id = s.import JOIN observations o ON o.id = s.observation
         JOIN subjects u ON u.id = o.subject ORDER BY u.kind, o.facts, i.name, i.format",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let facts = serde_json::from_str(row.get_ref(3)?.as_str()?);
        let line = SeenLine {
            import: row.get(0)?,
            format: row.get(1)?,
            kind: match row.get(2)? {
                0 => "task",
                1 => "entry",
                2 => "review",
                other => return Err(unfit(format!("subject kind {other}"))),
            },
            facts: readable(facts.map_err(|error| unfit(format!("what an export said: {error}")))?),
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

/// Stored facts with their times as text, and their text clean even in an altered file.
fn readable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(Clean::note(&text).to_string()),
        Value::Array(list) => list.into_iter().map(readable).collect(),
        Value::Object(fields) => {
            let value = Value::Object(fields);
            if let Ok(when) = When::deserialize(&value) {
                return text(when).map_or(Value::Null, Value::String);
            }
            let Value::Object(fields) = value else {
                return value;
            };
            let fields = fields.into_iter();
            fields
                .map(|(name, value)| (name, readable(value)))
                .collect()
        }
        other => other,
    }
}

#[derive(Serialize)]
struct AccountLine {
    source: Clean,
    value: Clean,
    evidence: Evidence,
    added: Option<NaiveDate>,
}

pub(super) fn accounts<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    for account in accounts::list(conn)? {
        sink.put(&AccountLine {
            source: account.source,
            value: account.value,
            evidence: account.evidence,
            added: NaiveDate::from_epoch_days(account.added_day),
        });
    }
    Ok(())
}
