//! The rows of how commits hang together and of what was done to refs.

use chrono::NaiveDate;
use rusqlite::{Connection, Row};
use serde::Serialize;

use super::super::error::unfit;
use super::super::links::rule;
use super::{Sink, Visit};
use crate::model::history::RefEventKind;
use crate::model::identity::Address;
use crate::model::ids::Oid;
use crate::model::links::LinkRule;
use crate::model::moment::Moment;
use crate::model::text::Clean;

/// Hands out one line for each row of a query.
pub(super) fn each<V: Visit, L: Serialize>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
    sql: &str,
    line: impl Fn(&Row<'_>) -> rusqlite::Result<L>,
) -> rusqlite::Result<()> {
    let mut query = conn.prepare(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if !sink.put(&line(row)?) {
            break;
        }
    }
    Ok(())
}

fn kind(number: u8) -> rusqlite::Result<RefEventKind> {
    RefEventKind::from_number(number).ok_or_else(|| unfit(format!("ref event kind {number}")))
}

fn moment(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<String>> {
    let at = Moment {
        utc: row.get(first)?,
        offset_min: row.get(first + 1)?,
    };
    Ok(at.rfc3339())
}

pub(super) fn mentions<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        oid: Oid,
        token: Clean,
        rule: LinkRule,
    }
    let sql = "SELECT c.oid, m.token, m.rule FROM mentions m JOIN commits c ON c.id = m.\"commit\"
               ORDER BY c.utc, c.oid, m.token";
    each(conn, sink, sql, |row| {
        Ok(Line {
            oid: row.get(0)?,
            token: row.get(1)?,
            rule: rule(row.get(2)?)?,
        })
    })
}

pub(super) fn branches<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        repo: Clean,
        name: Clean,
        commits: u64,
    }
    let sql = "SELECT r.name, b.name, (SELECT count(*) FROM sightings s
                 WHERE s.repository = r.id AND s.branch = b.id)
               FROM branches b JOIN repositories r ON r.id = b.repository ORDER BY r.name, b.name";
    each(conn, sink, sql, |row| {
        Ok(Line {
            repo: row.get(0)?,
            name: row.get(1)?,
            commits: row.get(2)?,
        })
    })
}

pub(super) fn replaced<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        old: Oid,
        new: Oid,
    }
    let sql = "SELECT o.oid, n.oid FROM replaced JOIN commits o ON o.id = old
               JOIN commits n ON n.id = new ORDER BY o.utc, o.oid, n.oid";
    each(conn, sink, sql, |row| {
        Ok(Line {
            old: row.get(0)?,
            new: row.get(1)?,
        })
    })
}

pub(super) fn swallowed<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        squash: Oid,
        oid: Oid,
    }
    let sql = "SELECT s.squash, c.oid FROM swallowed s JOIN commits c ON c.id = s.\"commit\"
               ORDER BY s.squash, c.utc, c.oid";
    each(conn, sink, sql, |row| {
        Ok(Line {
            squash: row.get(0)?,
            oid: row.get(1)?,
        })
    })
}

pub(super) fn squashes<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        repo: Clean,
        oid: Oid,
        author_time: Option<String>,
    }
    let sql = "SELECT r.name, s.oid, s.utc, s.offset_min FROM squashes s
               JOIN repositories r ON r.id = s.repository ORDER BY s.utc, s.oid, r.name";
    each(conn, sink, sql, |row| {
        Ok(Line {
            repo: row.get(0)?,
            oid: row.get(1)?,
            author_time: moment(row, 2)?,
        })
    })
}

pub(super) fn pairings<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        repo: Clean,
        oid: Oid,
        author_time: Option<String>,
        address: Address,
    }
    let sql = "SELECT r.name, p.oid, p.utc, p.offset_min, i.value FROM pairings p
               JOIN repositories r ON r.id = p.repository JOIN identities i ON i.id = p.identity
               ORDER BY p.utc, p.oid, r.name";
    each(conn, sink, sql, |row| {
        Ok(Line {
            repo: row.get(0)?,
            oid: row.get(1)?,
            author_time: moment(row, 2)?,
            address: row.get(4)?,
        })
    })
}

pub(super) fn ref_events<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        repo: Clean,
        time: Option<String>,
        kind: RefEventKind,
        oid: Option<Oid>,
        branch: Option<Clean>,
    }
    let sql = "SELECT r.name, e.utc, e.offset_min, e.kind, c.oid, b.name FROM ref_events e
               JOIN repositories r ON r.id = e.repository
               LEFT JOIN commits c ON c.id = e.\"commit\" LEFT JOIN branches b ON b.id = e.branch
               ORDER BY e.utc, r.name, e.kind, c.oid, b.name, e.offset_min";
    each(conn, sink, sql, |row| {
        Ok(Line {
            repo: row.get(0)?,
            time: moment(row, 1)?,
            kind: kind(row.get(3)?)?,
            oid: row.get(4)?,
            branch: row.get(5)?,
        })
    })
}

pub(super) fn ref_days<V: Visit>(
    conn: &Connection,
    sink: &mut Sink<'_, V>,
) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        repo: Clean,
        day: Option<NaiveDate>,
        kind: RefEventKind,
        n: u64,
    }
    let sql = "SELECT r.name, d.day, d.kind, d.n FROM ref_days d
               JOIN repositories r ON r.id = d.repository ORDER BY d.day, r.name, d.kind";
    each(conn, sink, sql, |row| {
        Ok(Line {
            repo: row.get(0)?,
            day: NaiveDate::from_epoch_days(row.get(1)?),
            kind: kind(row.get(2)?)?,
            n: row.get(3)?,
        })
    })
}
