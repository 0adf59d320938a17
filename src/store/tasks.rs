//! Reading tasks: the folded facts, and what they mean in stages.

use std::collections::HashMap;

use rusqlite::{Connection, Row, ToSql};

use super::convert::split;
use super::error::unfit;
use super::{Store, StoreError, dataset_choices, when};
use crate::model::fold::Move;
use crate::model::ids::TaskId;
use crate::model::stage::{StageWords, Status};
use crate::model::task::{Entry, Estimate, Review, TaskFacts, TaskKind, When};
use crate::model::text::Clean;
use crate::model::timeline::{Stages, Timeline};

/// A task of mine, folded from all that exports say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRow {
    /// Its row number in this store; changes when imports are undone.
    pub id: i64,
    /// Its facts; aliases and transitions are empty.
    pub facts: TaskFacts,
    /// Its moves, exact and observed, oldest first.
    pub moves: Vec<Move>,
    /// Where it stands, when work began and ended, and where it was meanwhile.
    pub timeline: Timeline,
    /// The owner said that one of its facts is another one.
    pub corrected: bool,
}

impl Store {
    /// Every task with the owner's corrections, by tracker and key.
    pub fn tasks(&self) -> Result<Vec<TaskRow>, StoreError> {
        self.read("reading tasks", |conn| corrected(conn, &self.words))
    }

    /// The tasks with this key, as people write it, in any case: several when trackers share it.
    pub fn task(&self, key: &str) -> Result<Vec<TaskRow>, StoreError> {
        self.read("looking for a task", |conn| {
            // A key in another case is rare: only then every key is looked at.
            let mut found = load(conn, &self.words, Some(("t.key = ?1", key)))?;
            if found.is_empty() {
                let any_case = ("t.key = ?1 COLLATE NOCASE", key);
                found = load(conn, &self.words, Some(any_case))?;
            }
            dataset_choices::correct(conn, &self.words, &mut found)?;
            Ok(found)
        })
    }

    /// A task as its exports tell it, whatever the owner corrected; `None` when it is not stored.
    pub fn exported(&self, task: TaskId) -> Result<Option<TaskFacts>, StoreError> {
        self.read("reading what exports say of a task", |conn| {
            let id = task.0.to_string();
            let which = Some(("t.subject = CAST(?1 AS INTEGER)", id.as_str()));
            let found = load(conn, &self.words, which)?;
            Ok(found.into_iter().next().map(|row| row.facts))
        })
    }

    /// Words of trackers that mean no stage yet, with how many current states and moves have
    /// them, most frequent first: (tracker, word, n).
    pub fn unknown_words(&self) -> Result<Vec<(Clean, Clean, u64)>, StoreError> {
        self.read("looking for unknown words", |conn| {
            unknown_words(conn, &self.words)
        })
    }
}

/// Every task with the owner's corrections, in the order of [`list`].
pub(super) fn corrected(conn: &Connection, words: &StageWords) -> rusqlite::Result<Vec<TaskRow>> {
    let mut tasks = list(conn, words)?;
    if dataset_choices::correct(conn, words, &mut tasks)? {
        in_order(&mut tasks);
    }
    Ok(tasks)
}

/// Every task as its exports tell it, in an order that depends on nothing but the facts.
pub(super) fn list(conn: &Connection, words: &StageWords) -> rusqlite::Result<Vec<TaskRow>> {
    load(conn, words, None)
}

fn unknown_words(
    conn: &Connection,
    words: &StageWords,
) -> rusqlite::Result<Vec<(Clean, Clean, u64)>> {
    let mut query = conn.prepare(
        "SELECT source, word, category, fixed, sum(n) FROM (
           SELECT source, word, category, fixed, count(*) AS n FROM tasks GROUP BY 1, 2, 3, 4
           UNION ALL
           SELECT source, to_word, to_category, to_fixed, count(*) FROM transitions
             JOIN tasks ON subject = task GROUP BY 1, 2, 3, 4
           UNION ALL
           SELECT source, from_word, from_category, from_fixed, count(*) FROM transitions
             JOIN tasks ON subject = task GROUP BY 1, 2, 3, 4
         ) WHERE word IS NOT NULL GROUP BY 1, 2, 3, 4",
    )?;
    let mut rows = query.query([])?;
    let mut unknown: HashMap<(Clean, Clean), u64> = HashMap::new();
    while let Some(row) = rows.next()? {
        let status = when::status(row, 1)?.unwrap_or_default();
        if let (None, Some(word)) = (words.stage(&status), status.word) {
            *unknown.entry((row.get(0)?, word)).or_default() += row.get::<_, u64>(4)?;
        }
    }
    let mut unknown: Vec<_> = unknown.into_iter().map(|((s, w), n)| (s, w, n)).collect();
    unknown.sort_unstable_by(|a, b| b.2.cmp(&a.2).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
    Ok(unknown)
}

/// The tasks for which `which` (a condition and its value) holds.
fn load(
    conn: &Connection,
    words: &StageWords,
    which: Option<(&str, &str)>,
) -> rusqlite::Result<Vec<TaskRow>> {
    let (condition, values): (&str, Vec<&dyn ToSql>) = match &which {
        Some((condition, value)) => (condition, vec![value]),
        None => ("1", Vec::new()),
    };
    let from = |table: &str, subject: &str, order: &str| {
        format!(
            "FROM {table} x JOIN tasks t ON t.subject = x.{subject} WHERE {condition}
             ORDER BY x.{subject}{order}"
        )
    };
    let mut tasks = each(
        conn,
        &format!("SELECT {TASK} FROM tasks t WHERE {condition} ORDER BY t.subject"),
        &values,
        task,
    )?;
    let moves = each(
        conn,
        &format!("SELECT {MOVE} {}", from("transitions", "task", ", x.n")),
        &values,
        moved,
    )?;
    merge(&mut tasks, moves, |task, moved| task.moves.push(moved));
    let reviews = each(
        conn,
        &format!("SELECT {REVIEW} {}", from("reviews", "subject", "")),
        &values,
        review,
    )?;
    merge(&mut tasks, reviews, |task, review| {
        task.facts.review = Some(Box::new(review));
    });
    let entries = each(
        conn,
        &format!(
            "SELECT {ENTRY} {}",
            from("time_entries", "subject", ", x.n")
        ),
        &values,
        entry,
    )?;
    merge(&mut tasks, entries, |task, entry| {
        task.facts.entries.push(entry);
    });
    let mut stages = Stages::new(words);
    for task in &mut tasks {
        task.timeline = Timeline::of(&task.facts, &task.moves, &mut stages);
    }
    in_order(&mut tasks);
    Ok(tasks)
}

fn in_order(tasks: &mut [TaskRow]) {
    let text = |task: &TaskRow| format!("{:?}{:?}", task.facts, task.moves);
    // A row is large: it is moved once, to its place.
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&tasks[*a], &tasks[*b]);
        let (one, other) = (&a.facts, &b.facts);
        let names = (&one.source, &one.key).cmp(&(&other.source, &other.key));
        let created = |facts: &TaskFacts| facts.created.map(When::order);
        names
            .then_with(|| created(one).cmp(&created(other)))
            .then_with(|| text(a).cmp(&text(b)))
    });
    let mut place = vec![0; order.len()];
    for (to, from) in order.into_iter().enumerate() {
        place[from] = to;
    }
    for at in 0..place.len() {
        while place[at] != at {
            let to = place[at];
            tasks.swap(at, to);
            place.swap(at, to);
        }
    }
}

/// The rows of a query, each with the subject in its first column.
fn each<T>(
    conn: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut query = conn.prepare(sql)?;
    query.query_map(values, read)?.collect()
}

/// Hands each row to its task; both come by subject.
fn merge<T>(tasks: &mut [TaskRow], rows: Vec<(i64, T)>, put: impl Fn(&mut TaskRow, T)) {
    let mut tasks = tasks.iter_mut().peekable();
    for (subject, row) in rows {
        while tasks.next_if(|task| task.id < subject).is_some() {}
        if let Some(task) = tasks.peek_mut().filter(|task| task.id == subject) {
            put(task, row);
        }
    }
}

const TASK: &str = "t.subject, t.source, t.key, t.kind, t.title, t.project, t.word, t.category,
  t.fixed, t.updated, t.created, t.started, t.done, t.due, t.estimate, t.estimate_unit, t.spent,
  t.tags, t.parent, t.history_whole";

fn task(row: &Row<'_>) -> rusqlite::Result<TaskRow> {
    let kind: u8 = row.get(3)?;
    let kind = TaskKind::ALL.get(usize::from(kind)).copied();
    let tags: Option<String> = row.get(17)?;
    let facts = TaskFacts {
        source: row.get(1)?,
        key: row.get(2)?,
        kind: kind.ok_or_else(|| unfit("kind of a task"))?,
        title: row.get(4)?,
        project: row.get(5)?,
        status: when::status(row, 6)?.unwrap_or_default(),
        updated: row.get(9)?,
        created: row.get(10)?,
        started: row.get(11)?,
        done: row.get(12)?,
        due: row.get(13)?,
        estimate: estimate(row.get(14)?, row.get(15)?)?,
        spent: row.get(16)?,
        tags: when::tags(tags.as_deref())?,
        parent: row.get(18)?,
        history_whole: row.get(19)?,
        ..TaskFacts::default()
    };
    Ok(TaskRow {
        id: row.get(0)?,
        facts,
        moves: Vec::new(),
        timeline: Timeline::default(),
        corrected: false,
    })
}

fn estimate(value: Option<i64>, unit: Option<u8>) -> rusqlite::Result<Option<Estimate>> {
    match (value, unit) {
        (None, _) => Ok(None),
        (Some(seconds), Some(0)) => Ok(Some(Estimate::Seconds(seconds))),
        (Some(points), Some(1)) => Ok(Some(Estimate::Points(points))),
        _ => Err(unfit("unit of an estimate")),
    }
}

const MOVE: &str = "x.task, x.at, x.until, x.from_word, x.from_category, x.from_fixed,
  x.to_word, x.to_category, x.to_fixed";

fn moved(row: &Row<'_>) -> rusqlite::Result<(i64, Move)> {
    let moved = Move {
        at: row.get(1)?,
        until: row.get(2)?,
        from: when::status(row, 3)?,
        to: when::status(row, 6)?.unwrap_or_else(Status::default),
    };
    Ok((row.get(0)?, moved))
}

const REVIEW: &str = "x.subject, x.opened, x.ready, x.first_review, x.approved, x.merged,
  x.closed, x.additions, x.deletions, x.branch, x.commits";

fn review(row: &Row<'_>) -> rusqlite::Result<(i64, Review)> {
    let commits = split(row.get_ref(10)?.as_blob()?);
    let review = Review {
        opened: row.get(1)?,
        ready: row.get(2)?,
        first_review: row.get(3)?,
        approved: row.get(4)?,
        merged: row.get(5)?,
        closed: row.get(6)?,
        additions: row.get(7)?,
        deletions: row.get(8)?,
        branch: row.get(9)?,
        commits: commits.iter().map(ToString::to_string).collect(),
    };
    Ok((row.get(0)?, review))
}

const ENTRY: &str = "x.subject, x.own_id, x.start, x.ended, x.seconds, x.note";

fn entry(row: &Row<'_>) -> rusqlite::Result<(i64, Entry)> {
    let id: Option<Clean> = row.get(1)?;
    let entry = Entry {
        id: id.map(|id| id.to_string()),
        start: row.get(2)?,
        end: row.get(3)?,
        seconds: row.get(4)?,
        note: row.get(5)?,
    };
    Ok((row.get(0)?, entry))
}
