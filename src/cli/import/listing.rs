//! What was imported, and taking one of it back.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::text::Clean;
use crate::report::json;
use crate::report::words::count;
use crate::store::ImportRow;

use super::super::error::{CliError, Code};
use super::super::session::{Session, shown, store_error};
use super::inbox;

/// The list as `--json` writes it.
#[derive(Serialize)]
struct Listing {
    schema: &'static str,
    imports: Vec<Line>,
    waiting: Vec<Clean>,
}

#[derive(Serialize)]
struct Line {
    import: u64,
    day: NaiveDate,
    format: Clean,
    source: Clean,
    name: Clean,
    zone: Clean,
    records: u64,
    mine: u64,
    not_mine: u64,
    rejected: u64,
}

impl From<ImportRow> for Line {
    fn from(row: ImportRow) -> Self {
        Self {
            import: row.id,
            day: NaiveDate::from_epoch_days(row.day).unwrap_or_default(),
            format: row.format,
            source: row.source,
            name: row.name,
            zone: row.zone,
            records: row.records,
            mine: row.mine,
            not_mine: row.not_mine,
            rejected: row.rejected,
        }
    }
}

/// Lists the imports, and the files that wait in the inbox.
pub(super) fn list(session: &mut Session, as_json: bool) -> Result<(), CliError> {
    let waiting = inbox::waiting(session);
    if !session.has_store() {
        return Err(CliError::usage("nothing was imported yet").hint(
            "`inward import FILE` takes an export, `inward import --how` says how to get one",
        ));
    }
    let store = session.open_kept()?;
    let listing = Listing {
        schema: "inward.imports.v1",
        imports: store
            .imports()
            .map_err(store_error)?
            .into_iter()
            .map(Line::from)
            .collect(),
        waiting: inbox::new_ones(&store, waiting)?
            .iter()
            .map(|file| shown(&file.path))
            .collect(),
    };
    let out = session.say.out();
    if as_json {
        let document = json::ascii(&listing).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(out, "{document}")?;
        return Ok(());
    }
    if listing.imports.is_empty() {
        writeln!(out, "nothing was imported yet")?;
    }
    for one in &listing.imports {
        let name = if one.name.is_empty() {
            "(pipe)"
        } else {
            one.name.as_str()
        };
        let (mine, records) = (count(one.mine), count(one.records));
        let (id, day, format) = (one.import, one.day, &one.format);
        writeln!(
            out,
            "{id:>4}  {day}  {format:<16}  {mine} of {records} yours  {name}"
        )?;
    }
    for path in &listing.waiting {
        writeln!(out, "waiting in the inbox: {path}")?;
    }
    Ok(())
}

/// Takes an import back as a whole.
pub(super) fn undo(session: &mut Session, id: u64) -> Result<(), CliError> {
    let gone = || {
        CliError::new(Code::Failed, format!("there is no import {id}"))
            .hint("`inward import` lists them")
    };
    if !session.has_store() {
        return Err(gone());
    }
    session.prepare_folder()?;
    session.lock(Vec::new(), Vec::new());
    let mut store = session.open_store()?;
    let undone = store
        .undo_import(id)
        .map_err(store_error)?
        .ok_or_else(gone)?;
    if !session.say.is_quiet() {
        writeln!(
            session.say.out(),
            "import {id} is taken back: {} gone, {} changed back",
            count(undone.removed),
            count(undone.changed)
        )?;
    }
    Ok(())
}
