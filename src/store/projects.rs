//! The owner's projects as functions of SQL, so that packing asks the same question everywhere.

use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use crate::model::project::Projects;

/// Key in `meta` of the settings that the packed columns were made with.
const PACKED_WITH: &str = "projects";

/// Makes `project_tag()` and `project_of(repository, path)` answer by `projects`.
pub(super) fn register(conn: &Connection, projects: &Projects) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let tag = tag(projects);
    conn.create_scalar_function("project_tag", 0, flags, move |_| Ok(tag.clone()))?;
    let projects = Arc::new(projects.clone());
    conn.create_scalar_function("project_of", 2, flags, move |told| {
        let repo = told.get_raw(0).as_str()?;
        let path = told.get_raw(1).as_blob()?;
        Ok(projects.of_path(repo, path))
    })
}

/// What changes with the settings; empty without any project.
fn tag(projects: &Projects) -> String {
    if projects.is_empty() {
        return String::new();
    }
    // The form for people who mend programs tells every rule apart, and is the same on each run.
    let told = format!("{projects:?}");
    blake3::hash(told.as_bytes()).to_hex().to_string()
}

/// Whether files are sorted into projects.
pub(super) fn are_there(conn: &Connection) -> rusqlite::Result<bool> {
    conn.query_row("SELECT project_tag() <> ''", [], |row| row.get(0))
}

/// Remembers that the packed columns were made with these settings.
pub(super) fn packed(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO meta (key, value) VALUES (?1, CAST(project_tag() AS BLOB))
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([PACKED_WITH])?;
    Ok(())
}
