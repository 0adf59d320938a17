//! What was imported, and taking one of it back.

use chrono::NaiveDate;

use crate::report::words::count;

use super::super::error::{CliError, Code};
use super::super::session::{Session, store_error};
use super::inbox;

/// Lists the imports, and the files that wait in the inbox.
pub(super) fn list(session: &mut Session) -> Result<(), CliError> {
    let waiting = inbox::waiting(session);
    if !session.has_store() {
        return Err(CliError::usage("nothing was imported yet").hint(
            "`inward import FILE` takes an export, `inward import --how` says how to get one",
        ));
    }
    let store = session.open_kept()?;
    let imports = store.imports().map_err(store_error)?;
    let new = inbox::new_ones(&store, waiting)?;
    let out = session.say.out();
    if imports.is_empty() {
        writeln!(out, "nothing was imported yet")?;
    }
    for one in &imports {
        let name = if one.name.is_empty() {
            "(pipe)"
        } else {
            one.name.as_str()
        };
        writeln!(
            out,
            "{:>4}  {}  {:<16}  {} of {} yours  {name}",
            one.id,
            NaiveDate::from_epoch_days(one.day).unwrap_or_default(),
            one.format,
            count(one.mine),
            count(one.records),
        )?;
    }
    for file in &new {
        let path = super::super::session::shown(&file.path);
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
