//! Takes what is not kept out of what exports said, and folds it anew.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::error::unfit;
use super::super::keys::Key;
use super::super::rows;
use super::super::subjects::{self, Alias, Kind};
use super::facts::{self, Numbers};
use super::load;
use crate::model::keep::Keep;
use crate::model::task::{GivenReview, LooseEntry, TaskFacts};
use crate::model::text::Clean;

/// One stored observation.
struct Told {
    id: i64,
    subject: i64,
    kind: u8,
    facts: String,
    aliases: Vec<u8>,
}

/// Rewrites every observation without what is not kept; how many changed.
pub(super) fn all(conn: &Connection, key: &Key) -> rusqlite::Result<u64> {
    let keep = load(conn)?;
    let mut numbers = Numbers::default();
    if !keep.hours {
        renumber_choices(conn, key)?;
    }
    let mut n = 0;
    for told in observations(conn)? {
        n += u64::from(one(conn, key, (&keep, &mut numbers), &told)?);
    }
    let mut query = conn.prepare("SELECT id FROM subjects ORDER BY id")?;
    let all = query.query_map([], |row| row.get(0))?;
    for subject in all.collect::<rusqlite::Result<Vec<i64>>>()? {
        subjects::settle(conn, key, subject)?;
    }
    Ok(n)
}

/// What the owner said of time on a task holds on to the entry, which its start told apart.
fn renumber_choices(conn: &Connection, key: &Key) -> rusqlite::Result<()> {
    let mut of_subject: HashMap<i64, Numbers> = HashMap::new();
    for entry in rows::entries(conn, key)? {
        let told = &entry.told.entry;
        if entry.loose || told.id.is_some() {
            continue;
        }
        let numbers = of_subject.entry(entry.subject).or_default();
        if let Some(id) = numbers.of(&Clean::default(), told.start) {
            let part = key.entry(&format!("id {id} 1"));
            conn.prepare_cached("UPDATE OR IGNORE exclusions SET part = ?2 WHERE part = ?1")?
                .execute(params![entry.part.as_slice(), part.as_slice()])?;
        }
    }
    Ok(())
}

fn observations(conn: &Connection) -> rusqlite::Result<Vec<Told>> {
    let mut query = conn.prepare(
        "SELECT o.id, o.subject, s.kind, o.facts, o.aliases FROM observations o
         JOIN subjects s ON s.id = o.subject ORDER BY o.id",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Told {
            id: row.get(0)?,
            subject: row.get(1)?,
            kind: row.get(2)?,
            facts: row.get(3)?,
            aliases: row.get(4)?,
        })
    })?;
    rows.collect()
}

/// Rewrites one observation; one that says the same as another now becomes part of it.
fn one(
    conn: &Connection,
    key: &Key,
    (keep, numbers): (&Keep, &mut Numbers),
    told: &Told,
) -> rusqlite::Result<bool> {
    let mut aliases = told.aliases.clone();
    let facts = match told.kind {
        kind if kind == Kind::Task as u8 => {
            changed::<TaskFacts>(told, |task| facts::of_task(keep, task))?
        }
        kind if kind == Kind::Given as u8 => {
            changed::<GivenReview>(told, |given| facts::of_given(keep, given))?
        }
        _ => {
            let mut entry: LooseEntry = parsed(told)?;
            let had_id = entry.entry.id.is_some();
            facts::of_entry(keep, numbers, &mut entry);
            if let Some(id) = entry.entry.id.as_ref().filter(|_| !had_id) {
                // Its old name was made of the second it began in.
                let name = format!("{}\u{1f}id\u{1f}{id}", entry.source);
                aliases = key.alias(Kind::Entry as u8, &name).to_vec();
            }
            written(&entry)?
        }
    };
    if facts == told.facts && aliases == told.aliases {
        return Ok(false);
    }
    let hash = key.observation(told.kind, &facts, &aliases);
    rename(conn, told, &aliases)?;
    let changed = conn
        .prepare_cached(
            "UPDATE OR IGNORE observations SET facts = ?2, hash = ?3, aliases = ?4 WHERE id = ?1",
        )?
        .execute(params![told.id, facts, hash, aliases])?;
    if changed == 0 {
        merge(conn, told, &hash)?;
    }
    Ok(true)
}

/// Puts the observation's imports on the one that says the same, and drops it.
fn merge(conn: &Connection, told: &Told, hash: &Alias) -> rusqlite::Result<()> {
    let (same, subject): (i64, i64) = conn
        .prepare_cached("SELECT id, subject FROM observations WHERE hash = ?1")?
        .query_row([hash], |row| Ok((row.get(0)?, row.get(1)?)))?;
    conn.prepare_cached(
        "INSERT OR IGNORE INTO task_seen (observation, import)
         SELECT ?2, import FROM task_seen WHERE observation = ?1",
    )?
    .execute([told.id, same])?;
    conn.prepare_cached("DELETE FROM task_seen WHERE observation = ?1")?
        .execute([told.id])?;
    conn.prepare_cached("DELETE FROM observations WHERE id = ?1")?
        .execute([told.id])?;
    if subject != told.subject {
        subjects::unite(conn, subject, told.subject)?;
    }
    Ok(())
}

/// Calls the observation's subject by its new names, in what the owner said of it too.
fn rename(conn: &Connection, told: &Told, names: &[u8]) -> rusqlite::Result<()> {
    if names == told.aliases {
        return Ok(());
    }
    let old: BTreeSet<&Alias> = subjects::aliases(&told.aliases).iter().collect();
    for alias in &old {
        conn.prepare_cached("DELETE FROM aliases WHERE hash = ?1")?
            .execute([alias])?;
    }
    for alias in subjects::aliases(names) {
        subjects::claim(conn, alias, told.subject)?;
    }
    conn.prepare_cached("UPDATE OR IGNORE exclusions SET key = ?2 WHERE key = ?1")?
        .execute(params![told.aliases, names])?;
    Ok(())
}

fn changed<F: Serialize + DeserializeOwned>(
    told: &Told,
    change: impl FnOnce(&mut F),
) -> rusqlite::Result<String> {
    let mut facts: F = parsed(told)?;
    change(&mut facts);
    written(&facts)
}

fn parsed<F: DeserializeOwned>(told: &Told) -> rusqlite::Result<F> {
    serde_json::from_str(&told.facts).map_err(|error| {
        unfit(format!(
            "what an export said (observation {}): {error}",
            told.id
        ))
    })
}

fn written<F: Serialize>(facts: &F) -> rusqlite::Result<String> {
    serde_json::to_string(facts).map_err(|error| unfit(error.to_string()))
}
