//! The owner's own words: notes and events, goals, and what they say of rows.

pub mod args;
pub mod document;
pub(super) mod exclude;
pub(super) mod goal;
mod goal_list;
mod holidays;
pub(super) mod note;
mod words;

use serde::Serialize;

use super::error::{CliError, Code};
use super::session::Session;
use crate::report::json;
use crate::store::Store;

/// The store for writing the owner's own words: made where nothing is kept yet, since typing them in
/// is consent to keep them.
fn open(session: &mut Session) -> Result<Store, CliError> {
    session.prepare_folder()?;
    session.lock(Vec::new(), Vec::new());
    session.open_store()
}

/// Prints a document.
fn print(session: &mut Session, document: &impl Serialize) -> Result<(), CliError> {
    let text = json::ascii(document).map_err(|e| CliError::caused(Code::Failed, &e))?;
    writeln!(session.say.out(), "{text}")?;
    Ok(())
}

/// `3 days` and the like, told unless `--quiet`.
fn told(session: &mut Session, text: &str) -> Result<(), CliError> {
    if !session.say.is_quiet() {
        writeln!(session.say.out(), "{text}")?;
    }
    Ok(())
}

/// The task of this key; an unknown or shared one is an error that lists what there is.
fn task_named(store: &Store, key: &str) -> Result<i64, CliError> {
    let found = store
        .tasks_named(key)
        .map_err(super::session::store_error)?;
    match found.as_slice() {
        [one] => Ok(one.0),
        [] => Err(CliError::usage(format!(
            "no task is called `{}`",
            crate::model::text::Clean::label(key.as_bytes())
        ))
        .hint("`inward log all --kind tasks` lists them")),
        several => {
            let list: Vec<String> = several
                .iter()
                .map(|(_, label)| format!("  {label}"))
                .collect();
            Err(
                CliError::usage(format!("several tasks are called so:\n{}", list.join("\n")))
                    .hint("name one with its tracker before the key, for example jira:ING-207"),
            )
        }
    }
}

/// Writes the goals and where they stand: the text of the dashboard's page.
pub(super) fn goals(session: &mut Session, json: bool) -> Result<(), CliError> {
    goal_list::run(session, json, None)
}
