//! Who I am: addresses and names, and what trackers call me.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::{Merge, number};
use crate::model::account::NameKind;

/// Whether two stores are one person's: an address of mine is in both, or in one tracker the same name
/// that is one person's only (an id, a login, an address). A display name is none.
pub(super) fn are_one(conn: &Connection, other: &Connection) -> rusqlite::Result<bool> {
    let certain = |conn: &Connection| -> rusqlite::Result<HashSet<(String, String)>> {
        let mut query = conn.prepare(
            "SELECT '', value FROM identities WHERE kind = 0
             UNION ALL SELECT source, folded FROM accounts WHERE kind IN (?1, ?2, ?3)",
        )?;
        let kinds = [NameKind::Id, NameKind::Login, NameKind::Address].map(|kind| kind as u8);
        query
            .query_map(kinds, |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    };
    Ok(!certain(conn)?.is_disjoint(&certain(other)?))
}

impl Merge<'_> {
    /// Of what both have, the surest evidence and the first day stay.
    pub(super) fn people(&mut self) -> rusqlite::Result<()> {
        let mut query = self
            .from
            .prepare("SELECT id, kind, value, evidence, added_day FROM identities ORDER BY id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, value): (u8, String) = (row.get(1)?, row.get(2)?);
            let (evidence, day): (u8, i32) = (row.get(3)?, row.get(4)?);
            self.to
                .prepare_cached(
                    "INSERT INTO identities (kind, value, evidence, added_day) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET evidence = min(evidence, excluded.evidence),
                       added_day = min(added_day, excluded.added_day)",
                )?
                .execute(params![kind, value, evidence, day])?;
            let sql = "SELECT id FROM identities WHERE kind = ?1 AND value = ?2";
            if let Some(id) = number(self.to, sql, params![kind, value])? {
                self.people.insert(row.get(0)?, id);
            }
        }
        let mut query = self.from.prepare(
            "SELECT source, folded, value, evidence, added_day, beside, kind FROM accounts
             ORDER BY source, folded",
        )?;
        let mut put = self.to.prepare(
            "INSERT INTO accounts (source, folded, value, evidence, added_day, beside, kind)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET value = min(value, excluded.value),
               evidence = min(evidence, excluded.evidence),
               added_day = min(added_day, excluded.added_day),
               beside = CASE WHEN beside IS NULL OR excluded.beside IS NULL THEN NULL
                 ELSE min(beside, excluded.beside) END,
               kind = min(kind, excluded.kind)",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            put.execute(params![
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, u8>(3)?,
                row.get::<_, i32>(4)?,
                row.get::<_, Option<String>>(5)?,
                row.get::<_, u8>(6)?,
            ])?;
        }
        Ok(())
    }
}
