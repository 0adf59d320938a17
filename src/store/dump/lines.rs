//! The rows of what became of my lines.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::super::convert::{hex, split};
use super::super::line_fates::unpacked;
use super::{Sink, Visit};
use crate::model::fates::{Death, LineFate};
use crate::model::ids::Oid;
use crate::model::text::Clean;

#[derive(Serialize)]
struct FateLine {
    oid: Oid,
    repo: Clean,
    born: u32,
    alive: u32,
    died: Vec<DeathLine>,
}

/// `day` is null when no clock of the commit that removed them is believed.
#[derive(Serialize)]
struct DeathLine {
    day: Option<NaiveDate>,
    by_me: bool,
    lines: u32,
}

impl From<&Death> for DeathLine {
    fn from(death: &Death) -> Self {
        Self {
            day: NaiveDate::from_epoch_days(death.day),
            by_me: death.by_me,
            lines: death.lines,
        }
    }
}

pub(super) fn fates<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT c.oid, r.name, l.born, l.deaths FROM line_fates l
         JOIN commits c ON c.id = l.\"commit\" JOIN repositories r ON r.id = l.repository
         ORDER BY c.utc, c.oid, r.name",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let fate = LineFate {
            oid: row.get(0)?,
            born: row.get(2)?,
            died: unpacked(row.get_ref(3)?.as_blob()?).collect(),
        };
        let line = FateLine {
            oid: fate.oid,
            repo: row.get(1)?,
            born: fate.born,
            alive: fate.alive(),
            died: fate.died.iter().map(DeathLine::from).collect(),
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct PassLine {
    repo: Clean,
    day: Option<NaiveDate>,
    tips: Vec<Oid>,
    question: String,
}

pub(super) fn passes<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT r.name, l.day, l.basis, l.question FROM line_passes l
         JOIN repositories r ON r.id = l.repository ORDER BY r.name",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let line = PassLine {
            repo: row.get(0)?,
            day: NaiveDate::from_epoch_days(row.get(1)?),
            tips: split(row.get_ref(2)?.as_blob()?),
            question: hex(row.get_ref(3)?.as_blob()?),
        };
        if !sink.put(&line) {
            break;
        }
    }
    Ok(())
}
