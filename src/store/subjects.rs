//! Tables `subjects`, `observations` and `aliases`: which observations are about one thing, and
//! what they fold to.
//!
//! Two observations of one kind that share an alias are about one thing. So a new observation can
//! unite several subjects, and undoing an import can take one apart again.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;

use super::derived::{self, Fold};
use super::error::unfit;
use super::keys::Key;
use crate::model::fold::{self, Seen};
use crate::model::task::{Fact, GivenReview, LooseEntry, TaskFacts};

/// What a subject is. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A task or pull request of mine.
    Task = 0,
    /// A time entry without its task.
    Entry = 1,
    /// A review that I gave.
    Given = 2,
}

/// A keyed hash of one of a thing's names.
pub(super) type Alias = [u8; 16];

/// What settling a subject found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// It shows what it showed before.
    Same,
    /// It shows something else, or is new.
    Changed,
    /// It is gone: no observation is left.
    Gone,
}

/// What an observation of a subject of this kind says; aliases are not part of it.
pub(super) fn fact(kind: u8, text: &str) -> rusqlite::Result<Fact> {
    let told = match kind {
        0 => serde_json::from_str(text).map(|facts| Fact::Task(Box::new(facts))),
        1 => serde_json::from_str(text).map(|facts| Fact::Entry(Box::new(facts))),
        2 => serde_json::from_str(text).map(|facts| Fact::Given(Box::new(facts))),
        other => return Err(unfit(format!("subject kind {other}"))),
    };
    told.map_err(|error| unfit(format!("what an export said: {error}")))
}

/// How a fact is stored: its kind and its text.
pub(super) fn text_of(fact: &Fact) -> rusqlite::Result<(Kind, String)> {
    let (kind, text) = match fact {
        Fact::Task(facts) => (Kind::Task, serde_json::to_string(facts)),
        Fact::Entry(facts) => (Kind::Entry, serde_json::to_string(facts)),
        Fact::Given(facts) => (Kind::Given, serde_json::to_string(facts)),
    };
    Ok((kind, text.map_err(|error| unfit(error.to_string()))?))
}

/// The aliases in the bytes of an observation.
pub(super) fn aliases(bytes: &[u8]) -> &[Alias] {
    bytes.as_chunks().0
}

/// Whether something is called so.
pub(super) fn is_called(conn: &Connection, alias: &Alias) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM aliases WHERE hash = ?1")?
        .exists([alias])
}

/// Everything that `subject` is called, sorted.
pub(super) fn names(conn: &Connection, subject: i64) -> rusqlite::Result<Vec<Alias>> {
    let mut query = conn.prepare_cached("SELECT aliases FROM observations WHERE subject = ?1")?;
    let mut rows = query.query([subject])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        names.extend_from_slice(aliases(row.get_ref(0)?.as_blob()?));
    }
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

/// Who is called so, if anything is.
pub(super) fn called(conn: &Connection, alias: &Alias) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT subject FROM aliases WHERE hash = ?1")?
        .query_row([alias], |row| row.get(0))
        .optional()
}

/// Notes that `subject` is called so, whoever was before.
fn call(conn: &Connection, alias: &Alias, subject: i64) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO aliases (hash, subject) VALUES (?1, ?2)
         ON CONFLICT (hash) DO UPDATE SET subject = ?2 WHERE subject <> ?2",
    )?
    .execute(params![alias, subject])?;
    Ok(())
}

/// Notes that `subject` is called so, unless another one is: that one.
pub(super) fn claim(
    conn: &Connection,
    alias: &Alias,
    subject: i64,
) -> rusqlite::Result<Option<i64>> {
    let free = conn
        .prepare_cached("INSERT OR IGNORE INTO aliases (hash, subject) VALUES (?1, ?2)")?
        .execute(params![alias, subject])?;
    if free == 1 {
        return Ok(None);
    }
    conn.prepare_cached("SELECT subject FROM aliases WHERE hash = ?1")?
        .query_row([alias], |row| row.get(0))
        .optional()
}

/// Gives an observation, and its names, to `subject`.
pub(super) fn give(
    conn: &Connection,
    (observation, names): (i64, &[Alias]),
    subject: i64,
) -> rusqlite::Result<()> {
    for alias in names {
        call(conn, alias, subject)?;
    }
    conn.prepare_cached("UPDATE observations SET subject = ?2 WHERE id = ?1")?
        .execute([observation, subject])?;
    Ok(())
}

/// The number that the next new subject has.
pub(super) fn next(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("SELECT 1 + coalesce(max(id), 0) FROM subjects", [], |row| {
        row.get(0)
    })
}

/// Writes a subject; what it shows is not known yet when `sum` is empty.
pub(super) fn add(conn: &Connection, id: i64, kind: u8, sum: &[u8]) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT INTO subjects (id, kind, sum) VALUES (?1, ?2, ?3)")?
        .execute(params![id, kind, sum])?;
    Ok(())
}

/// Whether more than one observation is about `subject`.
pub(super) fn is_told_twice(conn: &Connection, subject: i64) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM observations WHERE subject = ?1 LIMIT 1 OFFSET 1")?
        .exists([subject])
}

/// Makes `other` a part of `subject`; what both show is settled later.
pub(super) fn unite(conn: &Connection, subject: i64, other: i64) -> rusqlite::Result<()> {
    let mut query = conn.prepare_cached("SELECT aliases FROM observations WHERE subject = ?1")?;
    let mut rows = query.query([other])?;
    while let Some(row) = rows.next()? {
        for alias in aliases(row.get_ref(0)?.as_blob()?) {
            call(conn, alias, subject)?;
        }
    }
    conn.prepare_cached("UPDATE observations SET subject = ?1 WHERE subject = ?2")?
        .execute([subject, other])?;
    conn.prepare_cached("DELETE FROM subjects WHERE id = ?1")?
        .execute([other])?;
    Ok(())
}

/// One observation while it is decided which subject it belongs to.
struct Member {
    id: i64,
    aliases: Vec<Alias>,
    /// Some import still holds it.
    seen: bool,
}

/// After an import is gone: drops the observations of `subject` that no import holds any more,
/// and takes apart what nothing holds together now. The subjects that there are afterwards.
pub(super) fn regroup(conn: &Connection, subject: i64) -> rusqlite::Result<Vec<i64>> {
    let members = members(conn, subject)?;
    if members.iter().all(|member| member.seen) {
        return Ok(vec![subject]);
    }
    for member in &members {
        for alias in &member.aliases {
            conn.prepare_cached("DELETE FROM aliases WHERE hash = ?1")?
                .execute([alias])?;
        }
        if !member.seen {
            conn.prepare_cached("DELETE FROM observations WHERE id = ?1")?
                .execute([member.id])?;
        }
    }
    let left: Vec<&Member> = members.iter().filter(|member| member.seen).collect();
    let groups = groups(&left);
    if groups.is_empty() {
        conn.prepare_cached("DELETE FROM subjects WHERE id = ?1")?
            .execute([subject])?;
    }
    let kind: Option<u8> = conn
        .prepare_cached("SELECT kind FROM subjects WHERE id = ?1")?
        .query_row([subject], |row| row.get(0))
        .optional()?;
    let mut subjects = Vec::new();
    for (n, group) in groups.iter().enumerate() {
        let id = match kind {
            Some(kind) if n > 0 => {
                let id = next(conn)?;
                add(conn, id, kind, &[])?;
                id
            }
            _ => subject,
        };
        for member in group {
            give(conn, (member.id, &member.aliases), id)?;
        }
        subjects.push(id);
    }
    Ok(subjects)
}

fn members(conn: &Connection, subject: i64) -> rusqlite::Result<Vec<Member>> {
    let mut query = conn.prepare_cached(
        "SELECT id, aliases, EXISTS (SELECT 1 FROM task_seen WHERE observation = id)
         FROM observations WHERE subject = ?1 ORDER BY id",
    )?;
    let members = query.query_map([subject], |row| {
        Ok(Member {
            id: row.get(0)?,
            aliases: aliases(row.get_ref(1)?.as_blob()?).to_vec(),
            seen: row.get(2)?,
        })
    })?;
    members.collect()
}

/// Puts together what shares an alias, over any number of steps.
fn groups<'a>(members: &[&'a Member]) -> Vec<Vec<&'a Member>> {
    let mut group_of: HashMap<Alias, usize> = HashMap::new();
    let mut groups: Vec<Vec<&Member>> = Vec::new();
    for member in members {
        let mut met: Vec<usize> = member
            .aliases
            .iter()
            .filter_map(|alias| group_of.get(alias).copied())
            .collect();
        met.sort_unstable();
        met.dedup();
        let home = met.first().copied().unwrap_or(groups.len());
        if home == groups.len() {
            groups.push(Vec::new());
        }
        groups[home].push(member);
        for other in met.into_iter().skip(1) {
            let moved = std::mem::take(&mut groups[other]);
            groups[home].extend(moved);
        }
        for member in &groups[home] {
            group_of.extend(member.aliases.iter().map(|alias| (*alias, home)));
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Folds the observations of `subject` and writes what they show, if that is something new.
pub(super) fn settle(conn: &Connection, key: &Key, subject: i64) -> rusqlite::Result<Settled> {
    let found: Option<(u8, Vec<u8>)> = conn
        .prepare_cached("SELECT kind, sum FROM subjects WHERE id = ?1")?
        .query_row([subject], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((kind, before)) = found else {
        return Ok(Settled::Gone);
    };
    let fold = fold_of(conn, subject, kind)?;
    let sum = fold.sum(key)?;
    if before == sum {
        return Ok(Settled::Same);
    }
    derived::clear(conn, subject)?;
    fold.write(conn, subject)?;
    conn.prepare_cached("UPDATE subjects SET sum = ?2 WHERE id = ?1")?
        .execute(params![subject, sum])?;
    Ok(Settled::Changed)
}

/// One stored observation and the files it was seen in.
#[derive(Default)]
struct Stored {
    id: i64,
    facts: String,
    modified: Option<i64>,
    formats: Vec<String>,
}

fn fold_of(conn: &Connection, subject: i64, kind: u8) -> rusqlite::Result<Fold> {
    let stored = stored(conn, subject)?;
    match kind {
        0 => {
            let facts = parsed::<TaskFacts>(&stored)?;
            Ok(Fold::Task(Box::new(fold::task(&seen(&stored, &facts)))))
        }
        1 => {
            let facts = parsed::<LooseEntry>(&stored)?;
            let folded = fold::entry(&seen(&stored, &facts));
            let folded = folded.ok_or_else(|| unfit("a time entry that no import holds"))?;
            Ok(Fold::Entry(Box::new(folded)))
        }
        2 => {
            let facts = parsed::<GivenReview>(&stored)?;
            let folded = fold::given(&seen(&stored, &facts));
            let folded = folded.ok_or_else(|| unfit("a review that no import holds"))?;
            Ok(Fold::Given(Box::new(folded)))
        }
        other => Err(unfit(format!("subject kind {other}"))),
    }
}

fn stored(conn: &Connection, subject: i64) -> rusqlite::Result<Vec<Stored>> {
    let mut query = conn.prepare_cached(
        "SELECT o.id, o.facts, i.modified, i.format FROM observations o
         JOIN task_seen s ON s.observation = o.id JOIN imports i ON i.id = s.import
         WHERE o.subject = ?1 ORDER BY o.id",
    )?;
    let mut rows = query.query([subject])?;
    let mut all: Vec<Stored> = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if all.last().is_none_or(|last| last.id != id) {
            let facts = row.get(1)?;
            all.push(Stored {
                id,
                facts,
                ..Stored::default()
            });
        }
        if let Some(last) = all.last_mut() {
            last.modified = last.modified.max(row.get(2)?);
            last.formats.push(row.get(3)?);
        }
    }
    Ok(all)
}

fn parsed<F: DeserializeOwned>(stored: &[Stored]) -> rusqlite::Result<Vec<F>> {
    let parse = |one: &Stored| {
        serde_json::from_str(&one.facts).map_err(|error| {
            unfit(format!(
                "what an export said (observation {}): {error}",
                one.id
            ))
        })
    };
    stored.iter().map(parse).collect()
}

fn seen<'a, F>(stored: &'a [Stored], facts: &'a [F]) -> Vec<Seen<'a, F>> {
    let pairs = stored.iter().zip(facts);
    let seen = pairs.map(|(one, facts)| Seen {
        facts,
        modified: one.modified,
        formats: &one.formats,
    });
    seen.collect()
}
