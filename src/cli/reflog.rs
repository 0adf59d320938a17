//! The question whether the reflog may be read: asked once, on a terminal, no unless yes.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use crate::store::Store;

use super::error::CliError;
use super::session::{Session, store_error};

/// What the owner is asked.
const QUESTION: &str = "\
Git's reflog tells when you switched branches, amended, rebased or put work aside. inward can read
it and keep that for 180 days, then only how often a day. Read it? [y/N] ";

/// Asks when nothing was answered yet, neither in the settings nor in `store`, and notes the
/// answer. Without a terminal nothing is asked, and the reflog is not read.
pub(super) fn ask(session: &Session, store: &mut Store) -> Result<(), CliError> {
    if session.config.keep_reflog.is_some()
        || store.reflog_consent().map_err(store_error)?.is_some()
    {
        return Ok(());
    }
    if let Some(yes) = answer(session)? {
        store.set_reflog_consent(yes).map_err(store_error)?;
    }
    Ok(())
}

/// [`ask`] for a command that has no store open: one is made only to hold an answer.
pub(super) fn ask_before_store(session: &Session) -> Result<(), CliError> {
    if session.config.keep_reflog.is_some() {
        return Ok(());
    }
    if session.has_store() {
        return ask(session, &mut session.open_store()?);
    }
    if let Some(yes) = answer(session)? {
        let mut store = session.open_store()?;
        store.set_reflog_consent(yes).map_err(store_error)?;
    }
    Ok(())
}

/// The owner's answer; `None` where nobody can be asked, or the input ended.
fn answer(session: &Session) -> Result<Option<bool>, CliError> {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !terminal || session.say.is_quiet() {
        return Ok(None);
    }
    write!(std::io::stderr(), "{QUESTION}")?;
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line)?;
    let word = line.trim().to_ascii_lowercase();
    Ok((read > 0).then(|| word == "y" || word == "yes"))
}
