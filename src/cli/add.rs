//! `inward add`: register repositories, or folders to search. Reads no history.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use crate::model::place::Root;

use super::args::AddArgs;
use super::error::{CliError, Code};
use super::keep;
use super::places::{self, Places};
use super::reflog;
use super::session::{Session, shown, store_error};

/// Registers what `args` names; every path that is no repository and holds none is reported, the
/// rest is registered.
pub(super) fn run(session: &mut Session, args: &AddArgs) -> Result<(), CliError> {
    let paths = wanted(session, args)?;
    let mut failed = 0;
    let mut roots = session.roots.clone();
    let mut found = Places::default();
    let mut told = Vec::new();
    for path in paths {
        match register(session, &path, args) {
            Ok((root, line)) => {
                told.push(line);
                found.add(&root);
                roots.retain(|known| known.path != root.path);
                roots.push(root);
            }
            Err(problem) => {
                failed += 1;
                session.say.problem(&format!("inward: {problem}"));
            }
        }
    }
    bring_back(session, &found, args.again)?;
    for line in told {
        writeln!(session.say.out(), "{line}")?;
    }
    if roots != session.roots {
        session.prepare_folder()?;
        session.roots = roots;
        session.write_roots()?;
        keep::ask_before_store(session)?;
        reflog::ask_before_store(session)?;
        session
            .say
            .note("next: `inward scan` reads them, `inward` opens the dashboard");
    }
    if failed > 0 {
        return Err(CliError::new(
            Code::Failed,
            format!("{failed} not registered, see above"),
        ));
    }
    Ok(())
}

/// Repositories among `found` that were forgotten are read again only when the owner says so.
fn bring_back(session: &mut Session, found: &Places, again: bool) -> Result<(), CliError> {
    if !session.has_store() {
        return Ok(());
    }
    session.prepare_folder()?;
    let mut store = session.open_store()?;
    for (place, _) in &found.targets {
        if !store.is_forgotten(place).map_err(store_error)? {
            continue;
        }
        let name = shown(&place.path);
        if !again {
            if !std::io::stdin().is_terminal() {
                return Err(CliError::usage(format!(
                    "{name} was forgotten: nothing was registered"
                ))
                .hint("add --again to say that it is to be read again"));
            }
            let question = format!("{name} was forgotten. Read it again?");
            if !yes(&question)? {
                return Err(CliError::usage(format!("{name} stays forgotten")));
            }
        }
        store.lift(place).map_err(store_error)?;
    }
    Ok(())
}

/// A yes or no on a terminal; only a plain yes is one.
fn yes(question: &str) -> Result<bool, CliError> {
    write!(std::io::stderr(), "{question} y/N: ")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// The paths named on the command line, on standard input, at a prompt; else the folder one
/// stands in.
fn wanted(session: &mut Session, args: &AddArgs) -> Result<Vec<PathBuf>, CliError> {
    let from_input = args.paths.iter().any(|path| path.as_os_str() == "-");
    let mut paths: Vec<PathBuf> = args
        .paths
        .iter()
        .filter(|path| path.as_os_str() != "-")
        .cloned()
        .collect();
    if from_input {
        for line in std::io::stdin().lock().lines() {
            let line = line?;
            paths.extend((!line.trim().is_empty()).then(|| PathBuf::from(line.trim())));
        }
    } else if paths.is_empty() && std::io::stdin().is_terminal() {
        write!(
            std::io::stderr(),
            "Folder to register [{}]: ",
            shown(session.env.cwd())
        )?;
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        paths.extend((!line.trim().is_empty()).then(|| PathBuf::from(line.trim())));
    }
    if paths.is_empty() && !from_input {
        paths.push(session.env.cwd().to_owned());
    }
    Ok(paths)
}

fn register(session: &mut Session, path: &Path, args: &AddArgs) -> Result<(Root, String), String> {
    let path = places::real_path(session, path)?;
    let root = Root {
        trusted: session
            .roots
            .iter()
            .any(|known| known.path == path && known.trusted),
        since: args.since,
        exclude: args.exclude.clone(),
        ..places::plain_root(&path)
    };
    let mut found = Places::default();
    let count = found.add(&root);
    if count == 0 {
        return Err(found
            .problems
            .first()
            .cloned()
            .unwrap_or_else(|| format!("{}: no git repository here or below", shown(&path))));
    }
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let what = places::counted(count, "repository", "repositories");
    let told = format!("registered {}: {what}", shown(&path));
    // The rest of the folder is registered all the same: a note each, not a failure.
    for problem in &found.problems {
        session.say.problem(&format!("inward: {problem}"));
    }
    Ok((root, told))
}
