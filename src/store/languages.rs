//! Table `languages`: linguist's names, each written once.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::model::ids::LanguageId;
use crate::model::text::Clean;

/// Language names already looked up.
#[derive(Debug, Default)]
pub(super) struct Languages(HashMap<&'static str, LanguageId>);

impl Languages {
    /// The id of `name`, made if new; 0 for none.
    pub(super) fn id(
        &mut self,
        conn: &Connection,
        name: Option<&'static str>,
    ) -> rusqlite::Result<LanguageId> {
        let Some(name) = name else {
            return Ok(LanguageId(0));
        };
        if let Some(id) = self.0.get(name) {
            return Ok(*id);
        }
        conn.prepare_cached("INSERT OR IGNORE INTO languages (name) VALUES (?1)")?
            .execute([name])?;
        let id = conn
            .prepare_cached("SELECT id FROM languages WHERE name = ?1")?
            .query_row([name], |row| row.get(0))?;
        self.0.insert(name, id);
        Ok(id)
    }
}

/// Every name by its id; entry 0 is "other".
pub(super) fn names(conn: &Connection) -> rusqlite::Result<Vec<Clean>> {
    let mut query = conn.prepare_cached("SELECT id, name FROM languages ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut names = vec![Clean::label(b"other")];
    while let Some(row) = rows.next()? {
        let LanguageId(id) = row.get(0)?;
        // A gap is a language that was erased.
        names.resize(usize::from(id), Clean::default());
        names.push(row.get(1)?);
    }
    Ok(names)
}
