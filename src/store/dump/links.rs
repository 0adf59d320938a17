//! The rows of which commit belongs to which task.

use rusqlite::Connection;
use serde::Serialize;

use super::super::convert::hex;
use super::super::links::rule;
use super::relations::each;
use super::{Sink, Visit};
use crate::model::ids::Oid;
use crate::model::links::{Confidence, LinkRule};
use crate::model::text::Clean;

pub(super) fn links<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        oid: Oid,
        source: Clean,
        task: Clean,
        rule: LinkRule,
        confidence: Confidence,
    }
    let sql = "SELECT c.oid, t.source, t.key, l.rule FROM links l
               JOIN commits c ON c.id = l.\"commit\" JOIN tasks t ON t.subject = l.task
               ORDER BY c.utc, c.oid, t.source, t.key, l.rule, t.created, t.title";
    each(conn, sink, sql, |row| {
        let rule = rule(row.get(3)?)?;
        Ok(Line {
            oid: row.get(0)?,
            source: row.get(1)?,
            task: row.get(2)?,
            rule,
            confidence: rule.confidence(),
        })
    })
}

pub(super) fn choices<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        oid: Oid,
        linked: bool,
        source: Option<Clean>,
        task: Option<Clean>,
        name: String,
    }
    let sql = "SELECT l.oid, l.linked, t.source, t.key, l.alias FROM link_choices l
               LEFT JOIN aliases a ON a.hash = l.alias LEFT JOIN tasks t ON t.subject = a.subject
               ORDER BY l.oid, l.alias";
    each(conn, sink, sql, |row| {
        Ok(Line {
            oid: row.get(0)?,
            linked: row.get(1)?,
            source: row.get(2)?,
            task: row.get(3)?,
            name: hex(row.get_ref(4)?.as_blob()?),
        })
    })
}

pub(super) fn remotes<V: Visit>(conn: &Connection, sink: &mut Sink<'_, V>) -> rusqlite::Result<()> {
    #[derive(Serialize)]
    struct Line {
        repo: Clean,
        hash: String,
    }
    let sql = "SELECT r.name, m.hash FROM remotes m JOIN repositories r ON r.id = m.repository
               ORDER BY r.name, m.hash";
    each(conn, sink, sql, |row| {
        Ok(Line {
            repo: row.get(0)?,
            hash: hex(row.get_ref(1)?.as_blob()?),
        })
    })
}
