//! Rows by what they are: what a screen points at, as what the owner says of it is kept by.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use super::choices::Held;
use super::keys::Key;
use super::row_names::{commits_named, of_entry, of_subject};
use super::rows::{Entry, RowRef, entries, names};
use super::subjects::Alias;
use super::{Store, StoreError};
use crate::model::choice::RowKind;
use crate::model::chosen::Chosen;
use crate::model::text::Clean;
use crate::model::work::Stamp;

impl Store {
    /// The rows that are `wanted`, without those that are no longer stored. Of recorded time that is
    /// alike, the entry whose being out (or not) is to become `out`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn chosen_rows(&self, wanted: &[Chosen], out: bool) -> Result<Vec<RowRef>, StoreError> {
        self.read("looking for rows", |conn| {
            let mut time = None;
            let mut found = Vec::new();
            for one in wanted {
                found.extend(match *one {
                    Chosen::Commit(oid) => commits_named(conn, &oid.to_string())?.pop(),
                    Chosen::Task(id) => subject(conn, RowKind::Task, id.0)?,
                    Chosen::Review(id) => subject(conn, RowKind::Review, id.0)?,
                    Chosen::Entry { .. } => {
                        let time = match &mut time {
                            Some(time) => time,
                            none => none.insert(Time::load(conn, &self.key)?),
                        };
                        time.take((conn, &self.key), one, out)?
                    }
                });
            }
            Ok(found)
        })
    }
}

fn subject(conn: &Connection, kind: RowKind, id: i64) -> rusqlite::Result<Option<RowRef>> {
    let (letter, sql) = match kind {
        RowKind::Review => (
            'r',
            "SELECT source || ' ' || key FROM reviews WHERE subject = ?1 AND given = 1",
        ),
        _ => (
            't',
            "SELECT source || ' ' || key || '  ' || title FROM tasks WHERE subject = ?1",
        ),
    };
    let label = conn.prepare_cached(sql)?;
    let label: Option<Clean> = { label }.query_row([id], |row| row.get(0)).optional()?;
    let row = label.map(|label| of_subject(conn, (kind, letter), id, label));
    row.transpose()
}

/// All recorded time, read once.
struct Time {
    all: Vec<Entry>,
    held: Held,
    names: HashMap<i64, Alias>,
    taken: HashSet<usize>,
}

impl Time {
    fn load(conn: &Connection, key: &Key) -> rusqlite::Result<Self> {
        Ok(Self {
            all: entries(conn, key)?,
            held: Held::load(conn)?,
            names: names(conn)?,
            taken: HashSet::new(),
        })
    }

    fn take(
        &mut self,
        (conn, key): (&Connection, &Key),
        wanted: &Chosen,
        out: bool,
    ) -> rusqlite::Result<Option<RowRef>> {
        let is_it = |(at, one): &(usize, &Entry)| {
            !self.taken.contains(at) && chosen(one) == Some(*wanted) && self.is_out(one) != out
        };
        let found = self.all.iter().enumerate().find(is_it);
        let Some((at, one)) = found else {
            return Ok(None);
        };
        let row = of_entry(conn, one, one.id(key, &self.names))?;
        self.taken.insert(at);
        Ok(Some(row))
    }

    fn is_out(&self, one: &Entry) -> bool {
        if one.loose {
            self.held.subjects.contains_key(&one.subject)
        } else {
            self.held.entries.contains_key(&(one.subject, one.part))
        }
    }
}

/// What a screen points at an entry by.
fn chosen(one: &Entry) -> Option<Chosen> {
    let entry = &one.told.entry;
    Some(Chosen::Entry {
        subject: crate::model::ids::TaskId(one.subject),
        start: Stamp::of(entry.start)?,
        end: entry.end.and_then(Stamp::of),
        seconds: entry.seconds,
    })
}
