//! Every stored row as plain values, for `inward dump`: the owner can read all that is kept.
//!
//! Rows come in an order that depends on nothing but what is stored.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::commits::ASSISTED;
use super::convert::{hex, split};
use super::file_changes::{FileRow, each_of};
use super::{Store, StoreError, audit, identities, repositories};
use crate::model::commit::Category;
use crate::model::ids::{CommitId, Oid};
use crate::model::moment::Moment;
use crate::model::text::{Clean, RawPath};

/// The tables, by the names of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// My addresses and names.
    Identities,
    /// What was read from.
    Repositories,
    /// My commits.
    Commits,
    /// Their files.
    FileChanges,
    /// Which repository holds which commit.
    Sightings,
    /// Where each scan stopped.
    Frontiers,
    /// What was forgotten or refused, as keyed hashes.
    Tombstones,
    /// What was written and handed out.
    Audit,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 8] = [
        Self::Identities,
        Self::Repositories,
        Self::Commits,
        Self::FileChanges,
        Self::Sightings,
        Self::Frontiers,
        Self::Tombstones,
        Self::Audit,
    ];

    /// Its name in files and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identities => "identities",
            Self::Repositories => "repositories",
            Self::Commits => "commits",
            Self::FileChanges => "file_changes",
            Self::Sightings => "sightings",
            Self::Frontiers => "frontiers",
            Self::Tombstones => "tombstones",
            Self::Audit => "audit",
        }
    }
}

impl Table {
    /// What a row of it holds, in words for the owner's label.
    pub fn holds(self) -> &'static str {
        match self {
            Self::Identities => "your addresses and names, and why they are believed to be yours",
            Self::Repositories => "name, path, first and last day read",
            Self::Commits => "object id, times, summary line, merge, assisted; yours only",
            Self::FileChanges => "path, added and deleted lines, language, kind of file",
            Self::Sightings => "which repository holds which commit",
            Self::Frontiers => "where each scan stopped: bare object ids",
            Self::Tombstones => "what you forgot or refused, as keyed hashes",
            Self::Audit => "day, action and count of every write and every file that left",
        }
    }
}

/// Takes the rows of a dump.
pub trait Visit {
    /// Why it stops early.
    type Error;
    /// Takes one row; an error ends the dump.
    fn row<R: Serialize>(&mut self, row: &R) -> Result<(), Self::Error>;
}

impl Store {
    /// Hands every row of `table` to `visit`. The outer error is the store's, the inner one the
    /// visitor's.
    pub fn dump<V: Visit>(
        &self,
        table: Table,
        visit: &mut V,
    ) -> Result<Result<(), V::Error>, StoreError> {
        let mut stopped = Ok(());
        self.read("reading all of it", |conn| {
            let mut sink = Sink {
                visit,
                stopped: &mut stopped,
            };
            match table {
                Table::Identities => identities(conn, &mut sink),
                Table::Repositories => repositories_of(conn, &mut sink),
                Table::Commits => commits(conn, &mut sink),
                Table::FileChanges => file_changes(conn, &mut sink),
                Table::Sightings => sightings(conn, &mut sink),
                Table::Frontiers => frontiers(conn, &mut sink),
                Table::Tombstones => tombstones(conn, &mut sink),
                Table::Audit => log(conn, &mut sink),
            }
        })?;
        Ok(stopped)
    }

    /// How many rows each table has, in the order of [`Table::ALL`].
    pub fn table_rows(&self) -> Result<Vec<(Table, u64)>, StoreError> {
        self.read("counting rows", |conn| {
            let count = |table: Table| {
                // The name is one of ours, not input.
                let sql = format!("SELECT count(*) FROM {}", table.name());
                conn.query_row(&sql, [], |row| Ok((table, row.get(0)?)))
            };
            Table::ALL.into_iter().map(count).collect()
        })
    }
}

/// Hands rows on until the visitor stops.
struct Sink<'a, V: Visit> {
    visit: &'a mut V,
    stopped: &'a mut Result<(), V::Error>,
}

impl<V: Visit> Sink<'_, V> {
    /// False once the visitor stopped.
    fn put<R: Serialize>(&mut self, row: &R) -> bool {
        if self.stopped.is_ok() {
            *self.stopped = self.visit.row(row);
        }
        self.stopped.is_ok()
    }
}

#[derive(Serialize)]
struct IdentityRow {
    kind: identities::Kind,
    value: Clean,
    evidence: identities::Evidence,
    added: Option<NaiveDate>,
    commits: u64,
}

fn identities<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    for identity in identities::list(conn)? {
        sink.put(&IdentityRow {
            kind: identity.kind,
            value: identity.value,
            evidence: identity.evidence,
            added: date(identity.added_day),
            commits: identity.commits,
        });
    }
    Ok(())
}

#[derive(Serialize)]
struct RepositoryRow {
    id: u32,
    key: Option<String>,
    name: Clean,
    places: Vec<PlaceRow>,
    shallow: bool,
    partial: bool,
    first_seen: Option<NaiveDate>,
    last_seen: Option<NaiveDate>,
    commits: u64,
}

#[derive(Serialize)]
struct PlaceRow {
    path: String,
    path_hex: Option<String>,
}

fn repositories_of<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    for repo in repositories::list(conn)? {
        let places = repo.places.iter().map(|place| {
            let bytes = repositories::path_bytes(&place.path);
            let (path, path_hex) = text(bytes);
            PlaceRow { path, path_hex }
        });
        sink.put(&RepositoryRow {
            id: repo.id.0,
            key: repo.key.map(|key| hex(&key)),
            name: repo.name,
            places: places.collect(),
            shallow: repo.shallow,
            partial: repo.partial,
            first_seen: date(repo.first_day),
            last_seen: date(repo.last_day),
            commits: repo.commits,
        });
    }
    Ok(())
}

#[derive(Serialize)]
struct CommitLine {
    oid: Oid,
    repos: Vec<Clean>,
    author_time: Option<String>,
    summary: Clean,
    merge: bool,
    twin_of: Option<Oid>,
    squashed_by: Option<Oid>,
    class: Option<&'static str>,
    lines_known: bool,
}

/// All commits by author time, ties by object id.
const IN_ORDER: &str = "ORDER BY c.utc, c.oid";

fn commits<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut names = conn.prepare(
        "SELECT r.name FROM sightings s JOIN repositories r ON r.id = s.repository
         WHERE s.\"commit\" = ?1 ORDER BY r.name",
    )?;
    let mut query = conn.prepare(&format!(
        "SELECT c.id, c.oid, c.utc, c.offset_min, c.summary, c.merge, t.oid, c.squashed_by,
           c.class, c.lines_known
         FROM commits c LEFT JOIN commits t ON t.id = c.twin_of {IN_ORDER}"
    ))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id: CommitId = row.get(0)?;
        let at = Moment {
            utc: row.get(2)?,
            offset_min: row.get(3)?,
        };
        let line = CommitLine {
            oid: row.get(1)?,
            repos: names
                .query_map([id], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            author_time: at.rfc3339(),
            summary: row.get(4)?,
            merge: row.get(5)?,
            twin_of: row.get(6)?,
            squashed_by: row.get(7)?,
            class: (row.get::<_, Option<u8>>(8)? == Some(ASSISTED)).then_some("assisted"),
            lines_known: row.get(9)?,
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct FileLine {
    oid: Oid,
    path: String,
    path_hex: Option<String>,
    old_path: Option<String>,
    old_path_hex: Option<String>,
    added: Option<u32>,
    deleted: Option<u32>,
    binary: bool,
    language: Option<Clean>,
    category: Category,
}

fn file_changes<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut query = conn.prepare(&format!("SELECT c.id, c.oid FROM commits c {IN_ORDER}"))?;
    let mut rows = query.query([])?;
    let mut going = true;
    while let Some(row) = rows.next()? {
        let oid = row.get(1)?;
        each_of(conn, row.get(0)?, &mut |file| {
            going = going && sink.put(&file_line(oid, file));
            Ok(())
        })?;
        if !going {
            break;
        }
    }
    Ok(())
}

fn file_line(oid: Oid, file: FileRow) -> FileLine {
    let (path, path_hex) = text(file.path.as_bytes());
    let old = file.old_path.as_ref().map(RawPath::as_bytes).map(text);
    let (old_path, old_path_hex) = old.map_or((None, None), |(text, hex)| (Some(text), hex));
    FileLine {
        oid,
        path,
        path_hex,
        old_path,
        old_path_hex,
        added: file.lines.map(|lines| lines.added),
        deleted: file.lines.map(|lines| lines.deleted),
        binary: file.lines.is_none(),
        language: file.language,
        category: file.category,
    }
}

#[derive(Serialize)]
struct SightingLine {
    oid: Oid,
    repo: Clean,
    on_default_branch: bool,
}

fn sightings<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut query = conn.prepare(&format!(
        "SELECT c.oid, r.name, s.on_default_branch FROM sightings s
         JOIN commits c ON c.id = s.\"commit\" JOIN repositories r ON r.id = s.repository
         {IN_ORDER}, r.name"
    ))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let line = SightingLine {
            oid: row.get(0)?,
            repo: row.get(1)?,
            on_default_branch: row.get(2)?,
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct FrontierLine {
    repo: Clean,
    path: String,
    path_hex: Option<String>,
    tips: Vec<Oid>,
    question: String,
    stamp: Option<String>,
}

fn frontiers<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT r.name, p.path, f.tips, f.question, f.stamp FROM frontiers f
         JOIN places p ON p.id = f.place JOIN repositories r ON r.id = p.repository
         ORDER BY p.path, p.id",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (path, path_hex) = text(row.get_ref(1)?.as_blob()?);
        let stamp = row.get_ref(4)?.as_blob_or_null()?;
        let line = FrontierLine {
            repo: row.get(0)?,
            path,
            path_hex,
            tips: split(row.get_ref(2)?.as_blob()?),
            question: hex(row.get_ref(3)?.as_blob()?),
            stamp: stamp.map(hex),
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct TombstoneLine {
    hash: String,
    kind: &'static str,
    day: Option<NaiveDate>,
}

fn tombstones<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut query = conn.prepare("SELECT hash, kind, day FROM tombstones ORDER BY hash")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let kind: u8 = row.get(1)?;
        sink.put(&TombstoneLine {
            hash: hex(row.get_ref(0)?.as_blob()?),
            kind: if kind == 0 { "repository" } else { "address" },
            day: date(row.get(2)?),
        });
    }
    Ok(())
}

#[derive(Serialize)]
struct AuditLine {
    seq: u64,
    day: Option<NaiveDate>,
    action: Clean,
    object: Clean,
    n: u64,
}

fn log<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    for row in audit::list(conn)? {
        sink.put(&AuditLine {
            seq: row.seq,
            day: date(row.day),
            action: row.action,
            object: row.object,
            n: row.n,
        });
    }
    Ok(())
}

/// A path as text, and its exact bytes in hexadecimal when they are not UTF-8.
fn text(bytes: &[u8]) -> (String, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (
            String::from_utf8_lossy(bytes).into_owned(),
            Some(hex(bytes)),
        ),
    }
}

fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(day)
}
