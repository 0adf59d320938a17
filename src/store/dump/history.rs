//! The rows of commits, their files and where they were seen.

use rusqlite::Connection;
use serde::Serialize;

use super::super::commits::ASSISTED;
use super::super::file_changes::{FileRow, each_of};
use super::{Sink, Visit, text};
use crate::model::commit::Category;
use crate::model::ids::{CommitId, Oid};
use crate::model::moment::Moment;
use crate::model::text::{Clean, RawPath};

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

pub(super) fn commits<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
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

pub(super) fn file_changes<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
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

pub(super) fn sightings<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
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
