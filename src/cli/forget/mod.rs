//! `inward forget`: erases in inward's files, reads every byte back, and says what it cannot reach.

pub mod args;
pub mod document;
mod files;
mod tell;
mod what;

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use crate::guard::room;
use crate::report::words::counted;
use crate::store::{Forget, GivenBack, Going, ReadBack, Store};

use super::error::{CliError, Code};
use super::session::{Session, nothing_kept, shown, store_error};
use args::ForgetArgs;
use what::What;

/// What was done, for people and for JSON.
struct Done {
    going: Option<Vec<Going>>,
    given_back: GivenBack,
    read: ReadBack,
    /// Files of the owner's in the outbox, which nobody but the owner removes.
    outbox: usize,
    /// What is left in the data folder, after everything was forgotten.
    remains: Vec<String>,
}

/// Forgets what `args` names: exit code 0 when it is verified, 6 when not.
pub(super) fn run(session: &mut Session, args: &ForgetArgs) -> Result<i32, CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !terminal && !args.yes {
        return Err(
            CliError::usage("forgetting needs your word: nothing was erased")
                .hint("on a terminal you are asked; elsewhere add --yes"),
        );
    }
    session.judge_folder()?;
    session.list_roots()?;
    if args.all {
        // The calls are refused behind the lock.
        session.drop_kept_key();
    }
    let tight = make_room(session);
    let outbox = files::outbox(session);
    let linked = files::other_names(session);
    let reads = outbox.iter().cloned().collect();
    session.lock(reads, Vec::new());
    let mut store = session.open_store()?;
    let what = what::named(session, &store, args)?;
    let going = store.going(&what.forget).map_err(store_error)?;
    if !args.yes {
        tell::before(session, &what, going.as_deref())?;
        if !typed("forget")? {
            return Err(CliError::usage("nothing was erased"));
        }
    }
    let done = erase(session, store, &what, (going, outbox.as_deref()));
    if tight {
        // Where there is room again, the reserve is put back.
        drop(room::reserve(&session.config.data_dir));
    }
    let done = done?;
    if let Some(words) = linked {
        session.say.note(&words);
    }
    if args.json {
        tell::json(session, &what, &done)?;
    } else {
        tell::after(session, &what, &done)?;
    }
    let code = if done.read.is_verified() {
        0
    } else {
        Code::NotErased as i32
    };
    Ok(code)
}

/// Gives the reserve up where the disk has no room: erasing needs a little, and a sealed store is
/// written whole.
fn make_room(session: &Session) -> bool {
    let dir = &session.config.data_dir;
    let store = &session.config.store;
    let whole = store.metadata().map_or(0, |found| found.len());
    let needed = if session.is_sealed() { whole } else { 0 };
    room::check_for(dir, needed).is_err() && room::release(dir)
}

fn erase(
    session: &mut Session,
    mut store: Store,
    what: &What,
    (going, outbox): (Option<Vec<Going>>, Option<&std::path::Path>),
) -> Result<Done, CliError> {
    files::unregister(session, what)?;
    files::remove_drafts(session)?;
    let mut gone = 0;
    let mut traces = store
        .erase_rows(&what.forget, &mut |n| {
            gone += n;
            session
                .say
                .passing(&format!("erasing: {}", counted(gone as u64, "row", "rows")));
        })
        .map_err(store_error)?;
    session.say.passing("");
    let given_back = store.give_back().map_err(store_error)?;
    traces.allow(files::staying(session));
    let inside = traces.in_sealed(&mut store).map_err(store_error)?;
    let mut remains = Vec::new();
    if what.forget == Forget::All {
        drop(store);
        remains = files::remove_all(session)?;
    }
    let (yours, others) = files::sides(session, outbox);
    let mut read = traces
        .read_back(&session.config.data_dir, (&yours, &others))
        .map_err(store_error)?;
    read.left.extend(inside);
    Ok(Done {
        going,
        given_back,
        read,
        outbox: outbox.map_or(0, files::count),
        remains,
    })
}

/// Whether the owner typed this word.
pub(super) fn typed(word: &str) -> Result<bool, CliError> {
    write!(std::io::stderr(), "Type `{word}` to do it: ")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim() == word)
}

/// The path of a file for a message.
fn name(path: &std::path::Path) -> String {
    shown(path).to_string()
}
