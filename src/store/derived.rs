//! Tables `tasks`, `transitions`, `reviews` and `time_entries`: what a subject's observations
//! fold to, written whole.

use rusqlite::{Connection, params};

use super::error::unfit;
use super::keys::Key;
use super::when;
use crate::model::fold::{Folded, Move};
use crate::model::ids::Oid;
use crate::model::stage::Status;
use crate::model::task::{Entry, Estimate, GivenReview, LooseEntry, Review, TaskFacts};
use crate::model::text::Clean;

/// What the observations of one subject fold to.
pub(super) enum Fold {
    Task(Box<Folded>),
    Entry(Box<LooseEntry>),
    Given(Box<GivenReview>),
}

impl Fold {
    /// Recognises it: the same one has the same sum.
    pub(super) fn sum(&self, key: &Key) -> rusqlite::Result<[u8; 16]> {
        let text = match self {
            Self::Task(task) => serde_json::to_vec(task),
            Self::Entry(entry) => serde_json::to_vec(entry),
            Self::Given(given) => serde_json::to_vec(given),
        };
        Ok(key.folded(&text.map_err(|error| unfit(error.to_string()))?))
    }

    /// Writes its rows; `subject` must have none.
    pub(super) fn write(&self, conn: &Connection, subject: i64) -> rusqlite::Result<()> {
        match self {
            Self::Task(task) => {
                write_task(conn, subject, &task.facts)?;
                for (n, moved) in task.moves.iter().enumerate() {
                    write_move(conn, (subject, n), moved)?;
                }
                if let Some(review) = &task.facts.review {
                    write_review(conn, subject, (&task.facts, review))?;
                }
                let facts = &task.facts;
                let (on, project) = (Some(&facts.key), facts.project.as_ref());
                for (n, entry) in facts.entries.iter().enumerate() {
                    let about = (&facts.source, on, project);
                    write_entry(conn, (subject, n), entry, about, (&[], false))?;
                }
                Ok(())
            }
            Self::Entry(loose) => {
                let about = (&loose.source, loose.task.as_ref(), loose.project.as_ref());
                let with = (loose.tags.as_slice(), loose.busy);
                write_entry(conn, (subject, 0), &loose.entry, about, with)
            }
            Self::Given(given) => write_given(conn, subject, given),
        }
    }
}

/// Removes the rows of a subject.
pub(super) fn clear(conn: &Connection, subject: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM tasks WHERE subject = ?1",
        "DELETE FROM reviews WHERE subject = ?1",
        "DELETE FROM time_entries WHERE subject = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([subject])?;
    }
    Ok(())
}

fn write_task(conn: &Connection, subject: i64, facts: &TaskFacts) -> rusqlite::Result<()> {
    let (estimate, unit) = match facts.estimate {
        None => (None, None),
        Some(Estimate::Seconds(seconds)) => (Some(seconds), Some(0)),
        Some(Estimate::Points(points)) => (Some(points), Some(1)),
    };
    conn.prepare_cached(
        "INSERT INTO tasks (subject, source, key, kind, title, project, word, category, fixed,
           updated, created, started, done, due, estimate, estimate_unit, spent, tags, parent,
           history_whole)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
           ?19, ?20)",
    )?
    .execute(params![
        subject,
        facts.source,
        facts.key,
        facts.kind as u8,
        facts.title,
        facts.project,
        facts.status.word,
        facts.status.category,
        facts.status.fixed,
        facts.updated,
        facts.created,
        facts.started,
        facts.done,
        facts.due,
        estimate,
        unit,
        facts.spent,
        when::tags_text(&facts.tags)?,
        facts.parent,
        facts.history_whole,
    ])?;
    Ok(())
}

fn write_move(conn: &Connection, (subject, n): (i64, usize), moved: &Move) -> rusqlite::Result<()> {
    let nothing = Status::default();
    let from = moved.from.as_ref().unwrap_or(&nothing);
    conn.prepare_cached(
        "INSERT INTO transitions (task, n, at, until, from_word, from_category, from_fixed,
           to_word, to_category, to_fixed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        subject,
        n,
        moved.at,
        moved.until,
        from.word,
        from.category,
        from.fixed,
        moved.to.word,
        moved.to.category,
        moved.to.fixed,
    ])?;
    Ok(())
}

fn write_review(
    conn: &Connection,
    subject: i64,
    (facts, review): (&TaskFacts, &Review),
) -> rusqlite::Result<()> {
    let commits = review.commits.iter();
    let commits: Vec<Oid> = commits
        .filter_map(|hex| Oid::from_hex(hex.as_bytes()))
        .collect();
    conn.prepare_cached(
        "INSERT INTO reviews (subject, given, source, key, project, opened, ready, first_review,
           approved, merged, closed, additions, deletions, branch, commits, times)
         VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, x'')",
    )?
    .execute(params![
        subject,
        facts.source,
        facts.key,
        facts.project,
        review.opened,
        review.ready,
        review.first_review,
        review.approved,
        review.merged,
        review.closed,
        review.additions,
        review.deletions,
        review.branch,
        super::convert::join(&commits),
    ])?;
    Ok(())
}

fn write_given(conn: &Connection, subject: i64, given: &GivenReview) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO reviews (subject, given, source, key, project, commits, requested, times)
         VALUES (?1, 1, ?2, ?3, ?4, x'', ?5, ?6)",
    )?
    .execute(params![
        subject,
        given.source,
        given.key,
        given.project,
        given.requested,
        when::join(&given.times),
    ])?;
    Ok(())
}

fn write_entry(
    conn: &Connection,
    (subject, n): (i64, usize),
    entry: &Entry,
    (source, task, project): (&Clean, Option<&Clean>, Option<&Clean>),
    (tags, busy): (&[Clean], bool),
) -> rusqlite::Result<()> {
    let id = entry.id.as_ref().map(|id| Clean::label(id.as_bytes()));
    conn.prepare_cached(
        "INSERT INTO time_entries (subject, n, source, task, project, own_id, start, ended,
           seconds, note, tags, busy)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        subject,
        n,
        source,
        task,
        project,
        id,
        entry.start,
        entry.end,
        entry.seconds,
        entry.note,
        when::tags_text(tags)?,
        busy,
    ])?;
    Ok(())
}
