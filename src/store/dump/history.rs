//! The rows of commits, their files and where they were seen.

use rusqlite::Connection;
use serde::Serialize;

use super::super::commits::ASSISTED;
use super::super::file_changes::{FileRow, each_of};
use super::{Sink, Visit, text};
use crate::model::commit::{Category, mark};
use crate::model::history::Source;
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
    marks: Vec<&'static str>,
    reverts: Option<Oid>,
    mentions: Vec<Clean>,
    lines_known: bool,
}

/// All commits by author time, ties by object id.
const IN_ORDER: &str = "ORDER BY c.utc, c.oid";

pub(super) fn commits<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut names = conn.prepare(
        "SELECT r.name FROM sightings s JOIN repositories r ON r.id = s.repository
         WHERE s.\"commit\" = ?1 ORDER BY r.name",
    )?;
    let mut mentions =
        conn.prepare("SELECT token FROM mentions WHERE \"commit\" = ?1 ORDER BY token")?;
    let mut query = conn.prepare(&format!(
        "SELECT c.id, c.oid, c.utc, c.offset_min, c.summary, c.merge, t.oid, c.squashed_by,
           c.class, c.lines_known, c.marks, c.reverts
         FROM commits c LEFT JOIN commits t ON t.id = c.twin_of {IN_ORDER}"
    ))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id: CommitId = row.get(0)?;
        let at = Moment {
            utc: row.get(2)?,
            offset_min: row.get(3)?,
        };
        let assisted = row.get::<_, Option<u8>>(8)? == Some(ASSISTED);
        let marks: u8 = row.get(10)?;
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
            class: class(assisted, marks),
            marks: mark_names(marks),
            reverts: row.get(11)?,
            mentions: mentions
                .query_map([id], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            lines_known: row.get(9)?,
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

/// One word for what kind of commit it is: that a program helped comes first, then form, then
/// a revert; `marks` has the last two apart.
fn class(assisted: bool, marks: u8) -> Option<&'static str> {
    let form = mark::REFORMAT | mark::IGNORED;
    match (assisted, marks & form != 0, marks & mark::REVERT != 0) {
        (true, _, _) => Some("assisted"),
        (_, true, _) => Some("reformat"),
        (_, _, true) => Some("revert"),
        _ => None,
    }
}

fn mark_names(marks: u8) -> Vec<&'static str> {
    [
        (mark::REVERT, "revert"),
        (mark::REFORMAT, "reformat"),
        (mark::IGNORED, "ignored"),
    ]
    .into_iter()
    .filter_map(|(bit, name)| (marks & bit != 0).then_some(name))
    .collect()
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
    source: Source,
    branch: Option<Clean>,
    ignored: bool,
}

pub(super) fn sightings<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    let mut query = conn.prepare(&format!(
        "SELECT c.oid, r.name, s.on_default_branch, s.source, b.name, s.ignored FROM sightings s
         JOIN commits c ON c.id = s.\"commit\" JOIN repositories r ON r.id = s.repository
         LEFT JOIN branches b ON b.id = s.branch
         {IN_ORDER}, r.name"
    ))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let line = SightingLine {
            oid: row.get(0)?,
            repo: row.get(1)?,
            on_default_branch: row.get(2)?,
            source: Source::from_number(row.get(3)?).unwrap_or_default(),
            branch: row.get(4)?,
            ignored: row.get(5)?,
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}
