//! Erasing days: commits, ref events, recorded time, notes, and tasks that lie in them whole.

use rusqlite::{Connection, params};

use super::commits::drop_one;
use super::steps::Step;
use super::tasks::drop_subject;
use crate::model::ids::CommitId;
use crate::model::moment::Moment;
use crate::model::stage::StageWords;
use crate::model::task::Fact;
use crate::store::barred::{Days, Limits};
use crate::store::error::unfit;
use crate::store::keys::Key;
use crate::store::subjects::{self, Kind};
use crate::store::{line_fates, tasks};

/// What erases everything of these days.
pub(super) fn steps<'a>(limits: &'a Limits, key: &'a Key, today: i32) -> Vec<Step<'a>> {
    let mut steps = vec![Step::each(
        "erasing commits",
        |conn| in_days(conn, &limits.commits, "commits", "id"),
        |conn, id| {
            drop_one(
                conn,
                CommitId(u32::try_from(*id).map_err(|_large| unfit("an id"))?),
            )
        },
    )];
    steps.push(Step::each(
        "erasing ref events",
        |conn| in_days(conn, &limits.acts, "ref_events", "id"),
        |conn, id| remove(conn, "DELETE FROM ref_events WHERE id = ?1", *id),
    ));
    for (list, delete) in [
        (
            "SELECT oid, utc, offset_min FROM pairings",
            "DELETE FROM pairings WHERE oid = ?1",
        ),
        (
            "SELECT oid, utc, offset_min FROM squashes",
            "DELETE FROM squashes WHERE oid = ?1",
        ),
    ] {
        steps.push(Step::each(
            "erasing commits of others that tell of yours",
            move |conn| others(conn, &limits.commits, list),
            move |conn, oid| conn.execute(delete, [oid]).map(drop),
        ));
    }
    steps.push(Step::once("erasing days of ref events", |conn| {
        for day in numbers(conn, "SELECT DISTINCT day FROM ref_days")? {
            if limits.acts.hold(day) {
                remove(conn, "DELETE FROM ref_days WHERE day = ?1", i64::from(day))?;
            }
        }
        Ok(())
    }));
    steps.push(Step::each(
        "erasing notes and events",
        |conn| {
            spans(
                conn,
                &limits.notes,
                "SELECT id, from_day, to_day FROM notes",
            )
        },
        |conn, id| remove(conn, "DELETE FROM notes WHERE id = ?1", *id),
    ));
    steps.push(Step::each(
        "erasing goals",
        |conn| {
            spans(
                conn,
                &limits.notes,
                "SELECT id, opened, closed FROM goals WHERE closed IS NOT NULL",
            )
        },
        |conn, id| remove(conn, "DELETE FROM goals WHERE id = ?1", *id),
    ));
    steps.push(Step::each(
        "erasing tasks and recorded time",
        |conn| subjects_in(conn, limits),
        move |conn, subject| drop_subject(conn, key, *subject, today),
    ));
    steps.push(Step::each(
        "erasing recorded time on tasks",
        |conn| reaching_in(conn, limits),
        move |conn, subject| trim(conn, key, limits, *subject),
    ));
    steps.push(Step::each(
        "erasing when lines went",
        |conn| line_fates::with_deaths(conn, |day| limits.acts.hold(day)),
        |conn, row| line_fates::move_deaths(conn, *row, |day| limits.acts.end_of(day)),
    ));
    steps
}

fn remove(conn: &Connection, sql: &str, id: i64) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute([id])?;
    Ok(())
}

fn numbers(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<i32>> {
    let mut query = conn.prepare(sql)?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// The rows whose own civil day was forgotten. The names are ours, not input.
fn in_days(conn: &Connection, days: &Days, table: &str, id: &str) -> rusqlite::Result<Vec<i64>> {
    let mut query = conn.prepare(&format!("SELECT {id}, utc, offset_min FROM {table}"))?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, moment(row)?)))?;
    kept(rows, |at| days.hold_moment(*at))
}

fn others(conn: &Connection, days: &Days, sql: &str) -> rusqlite::Result<Vec<Vec<u8>>> {
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, moment(row)?)))?;
    kept(rows, |at| days.hold_moment(*at))
}

fn moment(row: &rusqlite::Row<'_>) -> rusqlite::Result<Moment> {
    Ok(Moment {
        utc: row.get(1)?,
        offset_min: row.get(2)?,
    })
}

fn kept<T, F>(
    rows: impl Iterator<Item = rusqlite::Result<(T, F)>>,
    wanted: impl Fn(&F) -> bool,
) -> rusqlite::Result<Vec<T>> {
    let mut out = Vec::new();
    for row in rows {
        let (id, fact) = row?;
        if wanted(&fact) {
            out.push(id);
        }
    }
    Ok(out)
}

/// Rows that lie whole within forgotten days.
fn spans(conn: &Connection, days: &Days, sql: &str) -> rusqlite::Result<Vec<i64>> {
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    kept(rows, |(from, to): &(i32, i32)| {
        days.hold(*from) && days.end_of(*from) >= *to
    })
}

/// Tasks, recorded time and given reviews of which nothing lies outside.
fn subjects_in(conn: &Connection, limits: &Limits) -> rusqlite::Result<Vec<i64>> {
    let mut out = Vec::new();
    if limits.pass_facts() {
        return Ok(out);
    }
    for task in tasks::list(conn, &StageWords::default())? {
        let mut facts = task.facts;
        let moves = task.moves.iter().map(|one| one.until.unwrap_or(one.at));
        let inside = moves.into_iter().all(|at| limits.tasks.hold_when(at));
        facts.transitions.clear();
        let whole = Fact::Task(Box::new(facts));
        if inside && limits.trim(&whole).is_none() {
            out.push(task.id);
        }
    }
    for kind in [Kind::Entry, Kind::Given] {
        let of_kind = format!("SELECT id FROM subjects WHERE kind = {}", kind as u8);
        let mut query = conn.prepare(&of_kind)?;
        let ids = query.query_map([], |row| row.get(0))?;
        for id in ids.collect::<rusqlite::Result<Vec<i64>>>()? {
            if told(conn, id)?
                .iter()
                .all(|(_, fact)| limits.trim(fact).is_none())
            {
                out.push(id);
            }
        }
    }
    Ok(out)
}

/// Subjects with an observation of which something lies inside.
fn reaching_in(conn: &Connection, limits: &Limits) -> rusqlite::Result<Vec<i64>> {
    if limits.pass_facts() {
        return Ok(Vec::new());
    }
    let mut query = conn.prepare("SELECT id FROM subjects")?;
    let ids = query.query_map([], |row| row.get(0))?;
    let mut out = Vec::new();
    for id in ids.collect::<rusqlite::Result<Vec<i64>>>()? {
        let told = told(conn, id)?;
        if told
            .iter()
            .any(|(_, fact)| limits.trim(fact).as_ref() != Some(fact))
        {
            out.push(id);
        }
    }
    Ok(out)
}

/// The observations of a subject.
fn told(conn: &Connection, subject: i64) -> rusqlite::Result<Vec<(i64, Fact)>> {
    let kind: u8 = conn
        .prepare_cached("SELECT kind FROM subjects WHERE id = ?1")?
        .query_row([subject], |row| row.get(0))?;
    let mut query = conn.prepare_cached("SELECT id, facts FROM observations WHERE subject = ?1")?;
    let rows = query.query_map([subject], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows = rows.collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
    let facts = rows.into_iter().map(|(id, text)| {
        let fact = subjects::fact(kind, &text)?;
        Ok((id, fact))
    });
    facts.collect()
}

/// Takes what lies in forgotten days out of all that exports said about a subject.
fn trim(conn: &Connection, key: &Key, limits: &Limits, subject: i64) -> rusqlite::Result<()> {
    for (id, fact) in told(conn, subject)? {
        let left = limits.trim(&fact);
        match left {
            Some(left) if left == fact => {}
            Some(left) => rewrite(conn, key, id, &left)?,
            // What one export says lies in these days whole, what others say does not.
            None => conn
                .execute("DELETE FROM task_seen WHERE observation = ?1", [id])
                .map(drop)?,
        }
    }
    for subject in subjects::regroup(conn, subject)? {
        subjects::settle(conn, key, subject)?;
    }
    Ok(())
}

/// Writes an observation anew, as an import of what is left would; one that says the same already
/// takes its place.
fn rewrite(conn: &Connection, key: &Key, id: i64, fact: &Fact) -> rusqlite::Result<()> {
    let aliases: Vec<u8> = conn.query_row(
        "SELECT aliases FROM observations WHERE id = ?1",
        [id],
        |row| row.get(0),
    )?;
    let (kind, facts) = subjects::text_of(fact)?;
    let hash = key.observation(kind as u8, &facts, &aliases);
    let same: Option<i64> = {
        let mut query = conn.prepare("SELECT id FROM observations WHERE hash = ?1 AND id <> ?2")?;
        let mut rows = query.query(params![hash, id])?;
        rows.next()?.map(|row| row.get(0)).transpose()?
    };
    if let Some(same) = same {
        conn.execute(
            "INSERT OR IGNORE INTO task_seen (observation, import)
             SELECT ?2, import FROM task_seen WHERE observation = ?1",
            [id, same],
        )?;
        conn.execute("DELETE FROM task_seen WHERE observation = ?1", [id])?;
        return Ok(());
    }
    conn.execute(
        "UPDATE observations SET facts = ?2, hash = ?3 WHERE id = ?1",
        params![id, facts, hash],
    )?;
    Ok(())
}
