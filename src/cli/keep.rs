//! How much is kept: asked in one line at the first keep, taken over from the settings, and the
//! question before notes are erased.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use crate::model::keep::{Kind, Measure};
use crate::report::words::counted;
use crate::store::{Store, Turned};

use super::error::CliError;
use super::session::{Session, shown, store_error};

/// What is typed to erase notes.
const WORD: &str = "erase";

/// Takes what the settings say over into `store`; says what turned on or off, and asks before
/// notes are erased.
pub(super) fn agree(session: &Session, store: &mut Store) -> Result<(), CliError> {
    let answered = store.keep().map_err(store_error)?;
    let wanted = session.config.keep.over(answered);
    let turned = store.set_keep(&wanted).map_err(store_error)?;
    if store.file().is_some() {
        say(session, &turned);
    }
    if !wanted.notes {
        erase_notes(session, store)?;
    }
    Ok(())
}

/// Takes what the settings say about the reflog over into `store`; says what changes by it.
pub(super) fn agree_on_reflog(session: &Session, store: &mut Store) -> Result<(), CliError> {
    let Some(yes) = session.config.keep_reflog else {
        return Ok(());
    };
    let before = store.reflog_consent().map_err(store_error)?;
    store.set_reflog_consent(yes).map_err(store_error)?;
    let is_new = before.is_none() && store.commit_count().map_err(store_error)? == 0;
    match (before, yes) {
        // The first scan reads it anyway.
        (None, true) if is_new => {}
        (None | Some(false), true) => note(
            session,
            "keep.reflog is on: from the next `inward scan` on the reflog is read, as far back as git still has it",
        ),
        (Some(true), false) => note(
            session,
            "keep.reflog is off: what was read of the reflog is erased in inward's files, and it is not read any more",
        ),
        _ => {}
    }
    Ok(())
}

/// Says what turning switches did.
fn say(session: &Session, turned: &Turned) {
    for (kind, rows) in turned.off.iter().filter(|(_, rows)| *rows > 0) {
        note(
            session,
            &format!(
                "{} is off: erased from {} in inward's files; not from git, backups, \
                 snapshots, spare disk blocks",
                kind.setting(),
                counted(*rows, "row", "rows")
            ),
        );
    }
    let mut next = Vec::new();
    for kind in &turned.on {
        if *kind == Kind::Notes {
            next.push("notes that you write from now on are kept");
        }
        if kind.is_scanned() && !next.contains(&"`inward scan` reads it again") {
            next.push("`inward scan` reads it again");
        }
        if kind.is_imported() && !next.contains(&"imports need their exports again") {
            next.push("imports need their exports again");
        }
    }
    if !next.is_empty() {
        let names: Vec<&str> = turned.on.iter().map(|kind| kind.setting()).collect();
        note(
            session,
            &format!("{} is on: {}", names.join(", "), next.join("; ")),
        );
    }
}

/// Asks whether the notes go, now that none are kept; without a terminal they stand and are named.
fn erase_notes(session: &Session, store: &mut Store) -> Result<(), CliError> {
    let left = store.notes_to_erase().map_err(store_error)?;
    if left == 0 {
        return Ok(());
    }
    if !on_terminal(session) {
        note(
            session,
            &format!(
                "keep.notes is off, and {left} of your own words still stand: they are erased only \
                 after a question on a terminal"
            ),
        );
        return Ok(());
    }
    let question = format!(
        "keep.notes is off. Erase {left} notes in your own words for good? Nothing else holds them. \
         Type {WORD}, or Enter to leave them: "
    );
    if line(&question)?.is_some_and(|typed| typed == WORD) {
        let n = store.erase_notes().map_err(store_error)?;
        note(
            session,
            &format!(
                "{n} erased in inward's files; not from backups, snapshots, spare disk blocks"
            ),
        );
    }
    Ok(())
}

/// Asks how much is to be kept, where nothing is kept yet and neither the settings nor an earlier
/// answer say; without a terminal everything is, or what the settings say.
pub(super) fn ask(session: &Session, store: &mut Store) -> Result<(), CliError> {
    if is_said(session)
        || store.keep_answered().map_err(store_error)?
        || store.commit_count().map_err(store_error)? > 0
        || !store.imports().map_err(store_error)?.is_empty()
    {
        return Ok(());
    }
    if let Some(measure) = measure(session)? {
        store.set_measure(measure).map_err(store_error)?;
    }
    Ok(())
}

/// [`ask`] for a command that has no store open: one is made only to hold an answer.
pub(super) fn ask_before_store(session: &Session) -> Result<(), CliError> {
    if is_said(session) {
        return Ok(());
    }
    if session.has_store() {
        return ask(session, &mut session.open_store()?);
    }
    if let Some(measure) = measure(session)? {
        let mut store = session.open_store()?;
        store.set_measure(measure).map_err(store_error)?;
    }
    Ok(())
}

/// Whether the settings say anything of what the question is about.
fn is_said(session: &Session) -> bool {
    let asked = [Kind::Hours, Kind::Titles, Kind::Summaries, Kind::Paths];
    asked
        .into_iter()
        .any(|kind| session.config.keep.of(kind).is_some())
}

/// The answer; `None` where nobody can be asked, or the input ended.
fn measure(session: &Session) -> Result<Option<Measure>, CliError> {
    if !on_terminal(session) {
        return Ok(None);
    }
    let words = Measure::ALL.map(Measure::words);
    let question = format!("Keep 1 {}, 2 {}, 3 {}? [1] ", words[0], words[1], words[2]);
    loop {
        let Some(typed) = line(&question)? else {
            return Ok(None);
        };
        let measure = match typed.as_str() {
            "" | "1" => Measure::Everything,
            "2" => Measure::NoWords,
            "3" => Measure::DaysOnly,
            _ => continue,
        };
        if let Some(file) = &session.config.config_file {
            note(
                session,
                &format!("changed at any time under [keep] in {}", shown(file)),
            );
        }
        return Ok(Some(measure));
    }
}

fn on_terminal(session: &Session) -> bool {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    terminal && !session.say.is_quiet()
}

/// Asks and reads one line; `None` when the input ended.
fn line(question: &str) -> Result<Option<String>, CliError> {
    write!(std::io::stderr(), "{question}")?;
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_ascii_lowercase()))
}

/// Something worth knowing: standard error, unless quiet.
fn note(session: &Session, text: &str) {
    if !session.say.is_quiet() {
        // Nobody is left to tell when standard error is closed.
        drop(writeln!(std::io::stderr(), "{text}"));
    }
}
