//! Erasing what exports said: one task, all of one tracker, or one import.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::steps::Step;
use crate::store::barred::key_of;
use crate::store::keys::Key;
use crate::store::tombstones::{self, Kind};
use crate::store::{imports, rows, subjects};

/// What erases one task, or a review that I gave, with recorded time that names it.
pub(super) fn task_steps(subject: i64, key: &Key, today: i32) -> Vec<Step<'_>> {
    vec![
        Step::each(
            "erasing time recorded on it",
            move |conn| entries_naming(conn, subject),
            move |conn, entry| drop_subject(conn, key, *entry, today),
        ),
        Step::once("erasing the task", move |conn| {
            if let Some(name) = telling_key(conn, subject)? {
                let name = key_of(&name);
                tombstones::bury(conn, key, (Kind::Key, name.as_bytes()), today)?;
            }
            drop_subject(conn, key, subject, today)
        }),
    ]
}

/// The key of a task where it tells it apart wherever it stands: letters and a number, as in
/// `ING-207`. A bare number is that of many.
fn telling_key(conn: &Connection, subject: i64) -> rusqlite::Result<Option<String>> {
    let key: Option<String> = conn
        .prepare_cached("SELECT key FROM tasks WHERE subject = ?1")?
        .query_row([subject], |row| row.get(0))
        .optional()?;
    Ok(key.filter(|key| key.chars().any(char::is_alphabetic)))
}

/// Recorded time that came without its task and names this one.
fn entries_naming(conn: &Connection, subject: i64) -> rusqlite::Result<Vec<i64>> {
    let Some(key) = telling_key(conn, subject)? else {
        return Ok(Vec::new());
    };
    let mut query = conn.prepare(
        "SELECT DISTINCT subject, task FROM time_entries JOIN subjects ON id = subject
         WHERE kind = ?1 AND task IS NOT NULL",
    )?;
    let loose = subjects::Kind::Entry as u8;
    let rows = query.query_map([loose], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows = rows.collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
    let naming = rows
        .into_iter()
        .filter(|(_, task)| key_of(task) == key_of(&key));
    Ok(naming.map(|(subject, _)| subject).collect())
}

/// Erases a subject with all that is said of it, and bars its names.
pub(super) fn drop_subject(
    conn: &Connection,
    key: &Key,
    subject: i64,
    today: i32,
) -> rusqlite::Result<()> {
    let aliases = rows::aliases_of(conn, subject)?;
    for alias in subjects::aliases(&aliases) {
        tombstones::bury(conn, key, (Kind::Alias, alias), today)?;
    }
    forget_words_about(conn, &aliases)?;
    conn.execute(
        "DELETE FROM task_seen WHERE observation IN
           (SELECT id FROM observations WHERE subject = ?1)",
        [subject],
    )?;
    for sql in [
        "DELETE FROM observations WHERE subject = ?1",
        "DELETE FROM aliases WHERE subject = ?1",
        "DELETE FROM links WHERE task = ?1",
        "DELETE FROM subjects WHERE id = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([subject])?;
    }
    Ok(())
}

/// Erases what the owner said about what goes by these names: notes, links, corrections.
fn forget_words_about(conn: &Connection, aliases: &[u8]) -> rusqlite::Result<()> {
    let names: BTreeSet<subjects::Alias> = subjects::aliases(aliases).iter().copied().collect();
    let is_about = |bytes: &[u8]| {
        subjects::aliases(bytes)
            .iter()
            .any(|one| names.contains(one))
    };
    for (list, delete) in [
        (
            "SELECT id, task FROM notes WHERE task IS NOT NULL",
            "DELETE FROM notes WHERE id = ?1",
        ),
        (
            "SELECT id, task FROM goal_links WHERE task IS NOT NULL",
            "DELETE FROM goal_links WHERE id = ?1",
        ),
        (
            "SELECT id, key FROM exclusions WHERE kind <> 0",
            "DELETE FROM exclusions WHERE id = ?1",
        ),
    ] {
        let mut query = conn.prepare_cached(list)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (id, about) in rows.collect::<rusqlite::Result<Vec<(i64, Vec<u8>)>>>()? {
            if is_about(&about) {
                conn.prepare_cached(delete)?.execute([id])?;
            }
        }
    }
    for name in &names {
        conn.prepare_cached("DELETE FROM link_choices WHERE alias = ?1")?
            .execute([name])?;
    }
    Ok(())
}

/// What erases all that one tracker's exports said, and who the owner is in it.
pub(super) fn source_steps<'a>(source: &'a str, key: &'a Key, today: i32) -> Vec<Step<'a>> {
    let mut steps = vec![Step::once("barring the tracker", move |conn| {
        let name = key_of(source);
        tombstones::bury(conn, key, (Kind::Source, name.as_bytes()), today)
    })];
    steps.extend(seen_steps(
        key,
        "SELECT s.observation, s.import FROM task_seen s JOIN imports i ON i.id = s.import
         WHERE i.source = ?1 COLLATE NOCASE LIMIT ?2",
        source.to_owned(),
    ));
    steps.push(Step::each(
        "erasing what only this tracker said",
        move |conn| subjects_from(conn, source),
        move |conn, subject| drop_subject(conn, key, *subject, today),
    ));
    for sql in [
        "DELETE FROM imports WHERE source = ?1 COLLATE NOCASE",
        "DELETE FROM accounts WHERE source = ?1 COLLATE NOCASE",
    ] {
        steps.push(Step::once("erasing the imports", move |conn| {
            conn.execute(sql, [source]).map(drop)
        }));
    }
    steps
}

/// What erases one import; the file is barred.
pub(super) fn import_steps(import: u64, key: &Key, today: i32) -> Vec<Step<'_>> {
    let mut steps = vec![Step::once("barring the file", move |conn| {
        let digest: Option<Vec<u8>> = conn
            .prepare("SELECT digest FROM imports WHERE id = ?1")?
            .query_row([import], |row| row.get(0))
            .optional()?;
        digest.map_or(Ok(()), |digest| {
            tombstones::bury(conn, key, (Kind::Import, &digest), today)
        })
    })];
    steps.extend(seen_steps(
        key,
        "SELECT observation, import FROM task_seen WHERE import = ?1 LIMIT ?2",
        import,
    ));
    steps.push(Step::once("erasing the import", move |conn| {
        conn.execute("DELETE FROM imports WHERE id = ?1", [import])
            .map(drop)
    }));
    steps
}

/// What takes from imports all they hold; what no other import holds goes. The query gives
/// observations and their imports, for a value and a limit.
fn seen_steps<'a>(
    key: &'a Key,
    sql: &'static str,
    value: impl rusqlite::ToSql + 'a,
) -> Vec<Step<'a>> {
    vec![Step::rows(
        "erasing what the exports said",
        move |conn, limit| {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let mut query = conn.prepare_cached(sql)?;
            let rows =
                query.query_map(params![value, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows = rows.collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
            let mut subjects = BTreeSet::new();
            for row in &rows {
                subjects.extend(subject_of(conn, row.0)?);
                conn.prepare_cached(
                    "DELETE FROM task_seen WHERE observation = ?1 AND import = ?2",
                )?
                .execute([row.0, row.1])?;
            }
            for subject in &subjects {
                let aliases = rows::aliases_of(conn, *subject)?;
                let left = imports::release(conn, key, &BTreeSet::from([*subject]))?;
                if left.removed > 0 {
                    forget_words_about(conn, &aliases)?;
                }
            }
            Ok(rows.len())
        },
    )]
}

fn subject_of(conn: &Connection, observation: i64) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT subject FROM observations WHERE id = ?1")?
        .query_row([observation], |row| row.get(0))
        .optional()
}

/// Subjects whose facts name this tracker, whatever file they came in.
fn subjects_from(conn: &Connection, source: &str) -> rusqlite::Result<Vec<i64>> {
    let mut query = conn.prepare(
        "SELECT subject FROM tasks WHERE source = ?1 COLLATE NOCASE
         UNION SELECT subject FROM reviews WHERE source = ?1 COLLATE NOCASE
         UNION SELECT subject FROM time_entries WHERE source = ?1 COLLATE NOCASE",
    )?;
    query.query_map([source], |row| row.get(0))?.collect()
}
