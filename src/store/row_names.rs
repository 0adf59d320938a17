//! Which row of the log a word means: how an object id begins, a key, or a row's id.

use rusqlite::{Connection, OptionalExtension};

use super::find::oid_range;
use super::keys::Key;
use super::rows::{Entry, RowRef, aliases_of, entries, id_of, label_of, names};
use super::{Store, StoreError, subjects};
use crate::model::choice::RowKind;
use crate::model::ids::Oid;
use crate::model::text::Clean;

/// Rows that one name is listed with, when it fits several.
const LISTED: usize = 20;

impl Store {
    /// Every row that `text` can mean: how an object id begins, the key of a task or of a pull request
    /// that I reviewed (with its tracker, `jira:ING-207`, where two have it), or a row's id.
    pub fn rows_named(&self, text: &str) -> Result<Vec<RowRef>, StoreError> {
        let text = text.trim();
        self.read("looking for a row", |conn| {
            let mut found = commits_named(conn, text)?;
            found.extend(keys_named(conn, text)?);
            found.extend(ids_named(conn, &self.key, text)?);
            found.truncate(LISTED);
            Ok(found)
        })
    }

    /// The tasks of this key, in any case, or of this tracker and key (`jira:ING-207`): row and what
    /// people know it by.
    pub fn tasks_named(&self, key: &str) -> Result<Vec<(i64, Clean)>, StoreError> {
        let found = self.read("looking for a task", |conn| keys_named(conn, key.trim()))?;
        let tasks = found.into_iter().filter(|row| row.kind == RowKind::Task);
        Ok(tasks.map(|row| (row.subject, row.label)).collect())
    }

    /// As [`Self::tasks_named`], with reviews that I gave; an address names them too, where an export
    /// gave it.
    pub fn subjects_named(&self, key: &str) -> Result<Vec<(i64, Clean)>, StoreError> {
        let key = key.trim();
        let found = self.read("looking for a task", |conn| keys_named(conn, key))?;
        if !found.is_empty() {
            let rows = found.into_iter().map(|row| (row.subject, row.label));
            return Ok(rows.collect());
        }
        self.read("looking for a task", |conn| {
            let mut rows = Vec::new();
            for kind in [subjects::Kind::Task, subjects::Kind::Given] {
                for own in self.key.all() {
                    let alias = own.alias(kind as u8, key);
                    let subject = subjects::called(conn, &alias)?;
                    let new = subject.filter(|subject| rows.iter().all(|(row, _)| row != subject));
                    if let Some(subject) = new {
                        rows.push((subject, Clean::label(key.as_bytes())));
                    }
                }
            }
            Ok(rows)
        })
    }
}

pub(super) fn commits_named(conn: &Connection, text: &str) -> rusqlite::Result<Vec<RowRef>> {
    let Some((low, high)) = oid_range(text) else {
        return Ok(Vec::new());
    };
    let mut query = conn.prepare(
        "SELECT id, oid, summary FROM commits WHERE oid BETWEEN ?1 AND ?2 ORDER BY oid LIMIT 20",
    )?;
    let rows = query.query_map([low, high], |row| {
        let oid: Oid = row.get(1)?;
        Ok(RowRef {
            kind: RowKind::Commit,
            id: oid.to_string(),
            label: row.get(2)?,
            key: oid.0.to_vec(),
            part: Vec::new(),
            subject: row.get(0)?,
        })
    })?;
    rows.collect()
}

/// Tasks and given reviews of this key.
fn keys_named(conn: &Connection, text: &str) -> rusqlite::Result<Vec<RowRef>> {
    let mut out = Vec::new();
    for (kind, letter, sql) in [
        (
            RowKind::Task,
            't',
            "SELECT subject, source || ' ' || key || '  ' || title FROM tasks
             WHERE key = ?1 COLLATE NOCASE OR source || ':' || key = ?1 COLLATE NOCASE
             ORDER BY source, key, subject",
        ),
        (
            RowKind::Review,
            'r',
            "SELECT subject, source || ' ' || key FROM reviews WHERE given = 1
             AND (key = ?1 COLLATE NOCASE OR source || ':' || key = ?1 COLLATE NOCASE)
             ORDER BY source, key, subject",
        ),
    ] {
        let mut query = conn.prepare(sql)?;
        let rows = query.query_map([text], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (subject, label) in rows.collect::<rusqlite::Result<Vec<(i64, Clean)>>>()? {
            out.push(of_subject(conn, (kind, letter), subject, label)?);
        }
    }
    Ok(out)
}

/// The row of a task (`t`) or of a given review (`r`).
pub(super) fn of_subject(
    conn: &Connection,
    (kind, letter): (RowKind, char),
    subject: i64,
    label: Clean,
) -> rusqlite::Result<RowRef> {
    let key = aliases_of(conn, subject)?;
    let first = subjects::aliases(&key).first().copied();
    Ok(RowRef {
        kind,
        id: id_of(letter, &first.unwrap_or_default()),
        label,
        key,
        part: Vec::new(),
        subject,
    })
}

/// Rows whose id begins so: `t-`, `r-` or `e-` and at least four digits.
fn ids_named(conn: &Connection, key: &Key, text: &str) -> rusqlite::Result<Vec<RowRef>> {
    let text = text.to_lowercase();
    let Some((letter, digits)) = text.split_once('-') else {
        return Ok(Vec::new());
    };
    let fits = digits.len() >= 4 && digits.chars().all(|c| c.is_ascii_hexdigit());
    if !fits || !["t", "r", "e"].contains(&letter) {
        return Ok(Vec::new());
    }
    if letter == "e" {
        return entries_named(conn, key, &text);
    }
    let (kind, letter, sql) = if letter == "t" {
        let sql = "SELECT source || ' ' || key || '  ' || title FROM tasks WHERE subject = ?1";
        (RowKind::Task, 't', sql)
    } else {
        let sql = "SELECT source || ' ' || key FROM reviews WHERE subject = ?1 AND given = 1";
        (RowKind::Review, 'r', sql)
    };
    let mut out = Vec::new();
    for (subject, alias) in names(conn)? {
        if !id_of(letter, &alias).starts_with(&text) {
            continue;
        }
        let label = conn.prepare_cached(sql)?;
        let label: Option<Clean> = { label }
            .query_row([subject], |row| row.get(0))
            .optional()?;
        if let Some(label) = label {
            out.push(of_subject(conn, (kind, letter), subject, label)?);
        }
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(out)
}

fn entries_named(conn: &Connection, key: &Key, text: &str) -> rusqlite::Result<Vec<RowRef>> {
    let names = names(conn)?;
    let mut out = Vec::new();
    for one in entries(conn, key)? {
        let id = one.id(key, &names);
        if !id.starts_with(text) {
            continue;
        }
        out.push(of_entry(conn, &one, id)?);
    }
    Ok(out)
}

/// The row of recorded time with this id.
pub(super) fn of_entry(conn: &Connection, one: &Entry, id: String) -> rusqlite::Result<RowRef> {
    let (kind, part) = if one.loose {
        (RowKind::Entry, Vec::new())
    } else {
        (RowKind::TaskEntry, one.part.to_vec())
    };
    Ok(RowRef {
        kind,
        id,
        label: label_of(&one.told),
        key: aliases_of(conn, one.subject)?,
        part,
        subject: one.subject,
    })
}
