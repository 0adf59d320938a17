//! What is meant: names of the command line to rows of the store.

use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use crate::cli::error::{CliError, Code};
use crate::cli::session::{Session, store_error};
use crate::model::period::Range;
use crate::model::text::Clean;
use crate::store::{Forget, Repository, Store};

use super::args::ForgetArgs;
use super::tell::LOOK_AGAIN;

/// The longest text, in bytes.
const LONGEST: u64 = 1 << 16;

/// What is to be forgotten.
pub(super) struct What {
    /// For the store.
    pub(super) forget: Forget,
    /// In words, without the name: `one repository`.
    pub(super) words: &'static str,
    /// Its name, for the terminal alone.
    pub(super) name: String,
    /// Registered paths that go with it.
    pub(super) places: Vec<PathBuf>,
}

/// What the arguments name.
pub(super) fn named(session: &Session, store: &Store, args: &ForgetArgs) -> Result<What, CliError> {
    if let Some(repo) = &args.repo {
        return repository(session, store, repo);
    }
    if let Some(task) = &args.task {
        return task_of(store, &line(task, "Task: ")?);
    }
    if let Some(source) = &args.source {
        return source_of(store, source);
    }
    if let Some(day) = args.before {
        let name = format!("before {day}");
        return Ok(what(Forget::Before(day), "everything before a day", name));
    }
    if let Some(days) = &args.days {
        let range = Range::parse(days, &session.calendar, None)
            .map_err(|error| CliError::usage(error.to_string()))?;
        let name = format!("from {} to {}", range.from, range.to);
        return Ok(what(Forget::Days(range), "everything of some days", name));
    }
    if let Some(text) = &args.text {
        return text_of(text);
    }
    let mut all = what(Forget::All, "everything", String::new());
    all.places = session.roots.iter().map(|root| root.path.clone()).collect();
    Ok(all)
}

fn what(forget: Forget, words: &'static str, name: String) -> What {
    What {
        forget,
        words,
        name,
        places: Vec::new(),
    }
}

fn repository(session: &Session, store: &Store, named: &str) -> Result<What, CliError> {
    let known = store.repositories().map_err(store_error)?;
    let path = session.env.absolute(Path::new(named));
    let path = path.canonicalize().unwrap_or(path);
    let lies_there = |repo: &&Repository| {
        let mut places = repo.places.iter();
        places.any(|place| place.path == path || place.common_dir == path)
    };
    let found = known.iter().find(|repo| repo.name.as_str() == named);
    let Some(repo) = found.or_else(|| known.iter().find(lies_there)) else {
        let list: Vec<String> = known.iter().map(|repo| repo.name.to_string()).collect();
        let hint = match list.as_slice() {
            [] => format!("nothing of any repository is kept. {LOOK_AGAIN}"),
            several => format!("known: {}. {LOOK_AGAIN}", several.join(", ")),
        };
        let wanted = Clean::label(named.as_bytes());
        return Err(
            CliError::new(Code::Failed, format!("no repository is called {wanted}")).hint(hint),
        );
    };
    let mut meant = what(
        Forget::Repository(repo.id),
        "one repository",
        repo.name.to_string(),
    );
    meant.places = repo.places.iter().map(|place| place.path.clone()).collect();
    Ok(meant)
}

fn task_of(store: &Store, named: &str) -> Result<What, CliError> {
    let mut found = Vec::new();
    for key in keys_of(named) {
        found = store.subjects_named(&key).map_err(store_error)?;
        if !found.is_empty() {
            break;
        }
    }
    let shown = Clean::label(named.as_bytes());
    match found.as_slice() {
        [(subject, label)] => Ok(what(Forget::Task(*subject), "one task", label.to_string())),
        [] => Err(
            CliError::new(Code::Failed, format!("no task is called {shown}")).hint(format!(
                "`inward log all --kind tasks` lists them. {LOOK_AGAIN}"
            )),
        ),
        several => {
            let list: Vec<String> = several
                .iter()
                .map(|(_, label)| format!("  {label}"))
                .collect();
            Err(
                CliError::usage(format!("several are called so:\n{}", list.join("\n")))
                    .hint("name one with its tracker before the key, for example jira:ING-207"),
            )
        }
    }
}

/// What a task may be called: what was typed; of an address, its last part (`…/browse/ING-207`), or
/// project and number (`…/owner/name/issues/12`).
fn keys_of(named: &str) -> Vec<String> {
    let mut keys = vec![named.to_owned()];
    let Some((_, address)) = named.split_once("://") else {
        return keys;
    };
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
    keys.extend(parts.last().map(|last| (*last).to_owned()));
    let kinds = ["issues", "pull", "pulls", "merge_requests", "work_items"];
    let at = parts.iter().rposition(|part| kinds.contains(part));
    if let Some((at, number)) = at.zip(parts.last()) {
        let project: Vec<&str> = parts[1..at]
            .iter()
            .filter(|part| **part != "-")
            .copied()
            .collect();
        let project = project.join("/");
        keys.extend([format!("{project}#{number}"), format!("{project}!{number}")]);
    }
    keys
}

fn source_of(store: &Store, named: &str) -> Result<What, CliError> {
    let imports = store.imports().map_err(store_error)?;
    if let Ok(number) = named.parse::<u64>() {
        if imports.iter().any(|one| one.id == number) {
            let name = format!("import {number}");
            return Ok(what(Forget::Import(number), "one import", name));
        }
    } else if store.knows_source(named).map_err(store_error)? {
        let source = named.trim().to_owned();
        return Ok(what(Forget::Source(source.clone()), "one tracker", source));
    }
    let wanted = Clean::label(named.as_bytes());
    let hint = "`inward import` lists the imports";
    Err(CliError::new(Code::Failed, format!("nothing came from {wanted}")).hint(hint))
}

fn text_of(given: &str) -> Result<What, CliError> {
    if given != "-" {
        return Err(CliError::usage(
            "the text is not taken from the arguments, which other programs can read",
        )
        .hint("`inward forget --text -` reads it from standard input, or asks for it"));
    }
    let text = line(given, "Text to forget: ")?;
    if text.chars().count() < 3 {
        return Err(CliError::usage(
            "a text of fewer than three characters stands almost everywhere",
        )
        .hint("give more of it"));
    }
    Ok(what(Forget::Text(text.clone()), "rows with a text", text))
}

/// The argument, or for `-` one line of standard input, asked for on a terminal.
fn line(given: &str, question: &str) -> Result<String, CliError> {
    if given != "-" {
        return Ok(given.trim().to_owned());
    }
    let mut text = String::new();
    if std::io::stdin().is_terminal() {
        use std::io::{BufRead as _, Write as _};
        write!(std::io::stderr(), "{question}")?;
        std::io::stdin().lock().read_line(&mut text)?;
    } else {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(LONGEST)
            .read_to_end(&mut bytes)?;
        text = String::from_utf8_lossy(&bytes).into_owned();
    }
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(CliError::usage("nothing was named"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::keys_of;

    #[test]
    fn an_address_names_the_task_that_it_shows() {
        for (address, key) in [
            ("https://tracker.example.org/browse/ING-207", "ING-207"),
            (
                "https://forge.example.org/ada/engine/issues/12",
                "ada/engine#12",
            ),
            (
                "https://forge.example.org/ada/engine/pull/12?x=1",
                "ada/engine#12",
            ),
            (
                "https://forge.example.org/group/ada/engine/-/merge_requests/3",
                "group/ada/engine!3",
            ),
            ("ING-207", "ING-207"),
        ] {
            assert!(keys_of(address).iter().any(|one| one == key), "{address}");
        }
    }
}
