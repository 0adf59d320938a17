//! The answer to a text filter, as commit ids: text stays in the store.

use std::collections::{BTreeSet, HashSet};

use rusqlite::Connection;

use super::{Store, StoreError};
use crate::model::dataset::{Dataset, HumanRule};
use crate::model::ids::{CommitId, Oid};

/// Fewest hexadecimal digits that are taken for an object id.
const OID_DIGITS: usize = 4;

impl Store {
    /// Sets [`Dataset::mark_human`]'s flag by the owner's `rule`; an id that fits no stored commit, or
    /// several, marks none.
    pub fn mark_human(&self, data: &mut Dataset, rule: &HumanRule) -> Result<(), StoreError> {
        let mut ids = BTreeSet::new();
        for prefix in &rule.commits {
            ids.extend(self.commit_named(prefix)?);
        }
        data.mark_human(rule.before, &ids);
        Ok(())
    }

    /// The commits that fit `text`: each of its words stands, in any case, in the summary, in a
    /// changed path, in the name of a repository that holds it, or begins its object id.
    /// Without a word, every commit fits.
    pub fn find(&self, text: &str) -> Result<BTreeSet<CommitId>, StoreError> {
        self.read("searching", |conn| {
            let mut found: Option<BTreeSet<CommitId>> = None;
            for word in text.split_whitespace() {
                let hits = word_hits(conn, word)?;
                found = Some(match found {
                    None => hits,
                    Some(before) => before.intersection(&hits).copied().collect(),
                });
            }
            match found {
                Some(found) => Ok(found),
                None => ids(conn, "SELECT id FROM commits", []),
            }
        })
    }
}

fn word_hits(conn: &Connection, word: &str) -> rusqlite::Result<BTreeSet<CommitId>> {
    let word = word.to_lowercase();
    let mut hits = BTreeSet::new();
    let mut query = conn.prepare_cached("SELECT id, summary FROM commits")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if holds(row.get_ref(1)?.as_bytes()?, &word) {
            hits.insert(row.get(0)?);
        }
    }
    by_path(conn, &word, &mut hits)?;
    let mut query = conn.prepare_cached("SELECT id, name FROM repositories")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if holds(row.get_ref(1)?.as_bytes()?, &word) {
            let repo: i64 = row.get(0)?;
            let sql = "SELECT \"commit\" FROM sightings WHERE repository = ?1";
            hits.append(&mut ids(conn, sql, [repo])?);
        }
    }
    if let Some(range) = oid_range(&word) {
        let sql = "SELECT id FROM commits WHERE oid BETWEEN ?1 AND ?2";
        hits.append(&mut ids(conn, sql, range)?);
    }
    Ok(hits)
}

fn by_path(conn: &Connection, word: &str, hits: &mut BTreeSet<CommitId>) -> rusqlite::Result<()> {
    let mut paths: HashSet<i64> = HashSet::new();
    let mut query = conn.prepare_cached("SELECT id, bytes FROM paths")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if holds(row.get_ref(1)?.as_blob()?, word) {
            paths.insert(row.get(0)?);
        }
    }
    if paths.is_empty() {
        return Ok(());
    }
    let mut query = conn.prepare_cached("SELECT \"commit\", path, old_path FROM file_changes")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let old: Option<i64> = row.get(2)?;
        if paths.contains(&row.get(1)?) || old.is_some_and(|old| paths.contains(&old)) {
            hits.insert(row.get(0)?);
        }
    }
    Ok(())
}

/// Whether the lower-case `word` stands in `text` in any case.
fn holds(text: &[u8], word: &str) -> bool {
    if text.is_ascii() && word.is_ascii() {
        let word = word.as_bytes();
        return text
            .windows(word.len())
            .any(|window| window.eq_ignore_ascii_case(word));
    }
    String::from_utf8_lossy(text).to_lowercase().contains(word)
}

fn ids(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<BTreeSet<CommitId>> {
    let mut query = conn.prepare_cached(sql)?;
    query.query_map(params, |row| row.get(0))?.collect()
}

/// The first and last object id that begin with `prefix`; `None` unless it is 4 to 40
/// hexadecimal digits.
pub(super) fn oid_range(prefix: &str) -> Option<(Oid, Oid)> {
    if !(OID_DIGITS..=40).contains(&prefix.len()) {
        return None;
    }
    let low = Oid::from_hex(format!("{prefix:0<40}").as_bytes())?;
    let high = Oid::from_hex(format!("{prefix:f<40}").as_bytes())?;
    Some((low, high))
}
