//! The rows of all tables but the commits': who, where from, how far, what was forgotten.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::super::convert::{hex, split, split_pairs};
use super::super::error::unfit;
use super::super::{audit, identities, repositories};
use super::{Sink, Visit, text};
use crate::model::ids::Oid;
use crate::model::text::Clean;

#[derive(Serialize)]
struct IdentityRow {
    kind: identities::Kind,
    value: Clean,
    evidence: identities::Evidence,
    added: Option<NaiveDate>,
    commits: u64,
}

pub(super) fn identities<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
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

pub(super) fn repositories_of<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
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
struct FrontierLine {
    repo: Clean,
    path: String,
    path_hex: Option<String>,
    tips: Vec<Oid>,
    default_tips: Vec<Oid>,
    pending: Vec<[Oid; 2]>,
    question: String,
    stamp: Option<String>,
}

pub(super) fn frontiers<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT r.name, p.path, f.tips, f.question, f.stamp, f.default_tips,
           f.pending FROM frontiers f
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
            default_tips: split(row.get_ref(5)?.as_blob()?),
            pending: split_pairs(row.get_ref(6)?.as_blob()?)
                .into_iter()
                .map(|(tip, base)| [tip, base])
                .collect(),
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

pub(super) fn tombstones<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    let mut query = conn.prepare("SELECT hash, kind, day FROM tombstones ORDER BY hash")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let kind = match row.get(1)? {
            0 => "repository",
            1 => "address",
            2 => "name",
            3 => "account",
            4 => "inbox",
            5 => "commit",
            6 => "task",
            7 => "task-key",
            8 => "tracker",
            9 => "import",
            10 => "word",
            other => return Err(unfit(format!("tombstone kind {other}"))),
        };
        sink.put(&TombstoneLine {
            hash: hex(row.get_ref(0)?.as_blob()?),
            kind,
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

pub(super) fn log<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
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

fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(day)
}
