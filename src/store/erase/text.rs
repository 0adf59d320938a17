//! Erasing rows in which a text stands, in any case.
//!
//! Commits, tasks, recorded time, notes and goals go whole; of a path or a branch only that goes, and
//! the commits stay. What is told apart by more than words (a repository, an address, an account, a
//! file that was imported) stays and is named: other commands remove it.

use std::collections::HashSet;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::commits::drop_one;
use super::steps::Step;
use super::tasks::drop_subject;
use crate::model::ids::{CommitId, Oid};
use crate::store::columns;
use crate::store::error::unfit;
use crate::store::keys::Key;
use crate::store::tombstones::{self, Kind};

/// What erases every row in which `text` stands.
pub(super) fn steps<'a>(text: &'a str, key: &'a Key, today: i32) -> Vec<Step<'a>> {
    let mut steps = history(text, key, today);
    steps.push(Step::each(
        "erasing tasks and recorded time",
        move |conn| {
            let mut all = holding(conn, "SELECT subject, facts FROM observations", text)?;
            all.dedup();
            Ok(all)
        },
        move |conn, subject| drop_subject(conn, key, *subject, today),
    ));
    for (list, sql) in [
        (
            "SELECT id, text FROM notes",
            "DELETE FROM notes WHERE id = ?1",
        ),
        (
            "SELECT id, text FROM goals",
            "DELETE FROM goals WHERE id = ?1",
        ),
        (
            "SELECT id, value FROM exclusions WHERE value IS NOT NULL",
            "DELETE FROM exclusions WHERE id = ?1",
        ),
        (
            "SELECT id, reason FROM exclusions WHERE reason IS NOT NULL",
            "UPDATE exclusions SET reason = NULL WHERE id = ?1",
        ),
    ] {
        steps.push(Step::each(
            "erasing your own words",
            move |conn| holding(conn, list, text),
            move |conn, id| conn.execute(sql, [id]).map(drop),
        ));
    }
    steps
}

/// What erases it from what scans told.
fn history<'a>(text: &'a str, key: &'a Key, today: i32) -> Vec<Step<'a>> {
    let bury = move |conn: &Connection, kind: Kind, thing: &[u8]| {
        tombstones::bury(conn, key, (kind, thing), today)
    };
    vec![
        Step::each(
            "erasing commits",
            move |conn| holding(conn, "SELECT id, summary FROM commits", text),
            move |conn, id| {
                let id = CommitId(u32::try_from(*id).map_err(|_large| unfit("an id"))?);
                let sql = "SELECT oid FROM commits WHERE id = ?1";
                let oid: Oid = conn.query_row(sql, [id], |row| row.get(0))?;
                bury(conn, Kind::Commit, &oid.0)?;
                drop_one(conn, id)
            },
        ),
        Step::each(
            "erasing paths",
            move |conn| holding(conn, "SELECT id, bytes FROM paths", text),
            move |conn, id| {
                let sql = "SELECT bytes FROM paths WHERE id = ?1";
                let bytes: Vec<u8> = conn.query_row(sql, [id], |row| row.get(0))?;
                bury(conn, Kind::Word, &bytes)
            },
        ),
        Step::once("erasing changes of these paths", move |conn| {
            drop_paths(conn, &holding(conn, "SELECT id, bytes FROM paths", text)?)
        }),
        Step::each(
            "erasing branches",
            move |conn| holding(conn, "SELECT id, name FROM branches", text),
            move |conn, id| {
                let sql = "SELECT name FROM branches WHERE id = ?1";
                let name: String = conn.query_row(sql, [id], |row| row.get(0))?;
                bury(conn, Kind::Word, name.as_bytes())?;
                for sql in [
                    "UPDATE sightings SET branch = NULL WHERE branch = ?1",
                    "DELETE FROM branches WHERE id = ?1",
                ] {
                    conn.execute(sql, [id])?;
                }
                Ok(())
            },
        ),
        Step::each(
            "erasing keys in messages",
            move |conn| tokens(conn, text),
            move |conn, token| {
                bury(conn, Kind::Word, token.as_bytes())?;
                let sql = "DELETE FROM mentions WHERE token = ?1";
                conn.execute(sql, [token]).map(drop)
            },
        ),
    ]
}

/// The first columns of the rows in whose second one the text stands, in order.
fn holding(conn: &Connection, sql: &str, text: &str) -> rusqlite::Result<Vec<i64>> {
    let wanted = text.to_lowercase();
    let mut query = conn.prepare(sql)?;
    let mut rows = query.query([])?;
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        let stands = match row.get_ref(1)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => stands_in(bytes, &wanted),
            _ => false,
        };
        if stands {
            ids.push(row.get(0)?);
        }
    }
    ids.sort_unstable();
    Ok(ids)
}

/// Whether the text, in lower case, stands in these bytes: as it is, or as JSON writes it.
fn stands_in(bytes: &[u8], wanted: &str) -> bool {
    let told = String::from_utf8_lossy(bytes).to_lowercase();
    if told.contains(wanted) {
        return true;
    }
    let escaped = serde_json::Value::from(wanted).to_string();
    told.contains(escaped.trim_matches('"'))
}

fn tokens(conn: &Connection, text: &str) -> rusqlite::Result<Vec<String>> {
    let wanted = text.to_lowercase();
    let mut query = conn.prepare("SELECT DISTINCT token FROM mentions")?;
    let tokens = query.query_map([], |row| row.get(0))?;
    let mut tokens = tokens.collect::<rusqlite::Result<Vec<String>>>()?;
    tokens.retain(|token| token.to_lowercase().contains(&wanted));
    Ok(tokens)
}

/// Erases the changes of these paths, and where one of them was called so before.
fn drop_paths(conn: &Connection, paths: &[i64]) -> rusqlite::Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let paths: HashSet<i64> = paths.iter().copied().collect();
    let mut query = conn.prepare("SELECT \"commit\", path, old_path FROM file_changes")?;
    let mut rows = query.query([])?;
    let (mut drop, mut rename) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (commit, path): (CommitId, i64) = (row.get(0)?, row.get(1)?);
        let old: Option<i64> = row.get(2)?;
        if paths.contains(&path) {
            drop.push((commit, path));
        } else if old.is_some_and(|old| paths.contains(&old)) {
            rename.push((commit, path));
        }
    }
    for (list, sql) in [
        (
            drop,
            "DELETE FROM file_changes WHERE \"commit\" = ?1 AND path = ?2",
        ),
        (
            rename,
            "UPDATE file_changes SET old_path = NULL WHERE \"commit\" = ?1 AND path = ?2",
        ),
    ] {
        for (commit, path) in list {
            columns::mark_stale_commit(conn, commit)?;
            conn.prepare_cached(sql)?.execute(params![commit, path])?;
        }
    }
    Ok(())
}
