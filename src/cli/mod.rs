//! The command line: one file a command; the only room that prints.

mod add;
pub mod args;
mod ask;
mod audit;
pub mod backup;
mod behind;
mod dashboard;
mod doctor;
mod doctor_imports;
pub mod documents;
pub mod draft;
pub mod dump;
pub mod error;
pub mod forget;
mod given;
pub mod import;
mod keep;
mod kept;
pub mod link;
mod log;
mod log_imported;
mod log_notes;
mod logged;
mod look;
mod me;
mod me_add;
mod me_ask;
mod me_remove;
mod me_show;
mod me_wanted;
mod memory;
pub mod merge;
pub mod own;
mod paths;
pub mod picture;
mod places;
pub mod privacy;
mod rebuild;
mod reflog;
mod repos;
mod restore;
mod retain;
mod say;
mod scan;
pub mod seal;
mod session;
pub mod share;
mod shell;
mod show;
mod show_privacy;
mod show_repository;
mod show_task;
mod stats;
mod where_kept;
mod who;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _};

use crate::guard;
use crate::guard::launcher;
use crate::model::forms::{self, Forms};
use crate::model::text::is_shown;
use crate::report::draft::Kind;
use crate::store::sealed::DataKey;
use crate::tui::panics;

use args::{Cli, Command};
use error::CliError;
use session::Session;

/// The program, from its arguments to its exit code.
pub fn main() -> ExitCode {
    panics::install();
    guard::early();
    let child = launcher::child();
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let cli = Cli::from_arg_matches(&matches)?;
        Ok((cli, is_for_programs(&matches)))
    });
    let (cli, fixed) = match parsed {
        Ok(parsed) => parsed,
        Err(asked) => {
            // Help and version are answers, not errors; the rest is usage, code 2.
            let code = if asked.use_stderr() { 2 } else { 0 };
            // A message quotes what was typed as it is.
            let odd = |word: OsString| !is_shown(&word.to_string_lossy());
            if asked.use_stderr() && std::env::args_os().any(odd) {
                say::complain(asked.render().to_string().trim_end());
            } else {
                drop(asked.print());
            }
            return ExitCode::from(code);
        }
    };
    let mut say = say::Say::new(&cli.global);
    let code = match run((&cli, fixed), child, &mut say) {
        Ok(code) => code,
        Err(error) if error.is_closed_pipe() => 0,
        Err(error) => {
            say.problem(&format!("inward: {error}"));
            error.code as i32
        }
    };
    // A signal's code (143) and the launcher's (113) fit a byte; nothing else comes here.
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn run(
    (cli, fixed): (&Cli, bool),
    child: Option<launcher::Child>,
    say: &mut say::Say,
) -> Result<i32, CliError> {
    let no_session = match &cli.command {
        Some(Command::Completions { shell }) => Some(shell::completions(*shell, say.out())),
        Some(Command::Man) => Some(shell::man(say.out())),
        _ => None,
    };
    if let Some(done) = no_session {
        done?;
        say.flush()?;
        return Ok(0);
    }
    let mut session = Session::start(&cli.global)?;
    let forms = if fixed {
        Forms::FIXED
    } else {
        session.config.forms()
    };
    let code = forms::during(forms, || command(cli.command.as_ref(), &mut session, child));
    session.say.flush()?;
    code
}

/// Whether what the command writes is read by programs: then times and numbers have their fixed
/// forms, in the words beside them too.
fn is_for_programs(matches: &ArgMatches) -> bool {
    let given = |flag| matches!(matches.try_get_one::<bool>(flag), Ok(Some(true)));
    if given("json") || given("csv") {
        return true;
    }
    let below = matches.subcommand();
    below.is_some_and(|(name, below)| name == "dump" || is_for_programs(below))
}

fn command(
    command: Option<&Command>,
    session: &mut Session,
    child: Option<launcher::Child>,
) -> Result<i32, CliError> {
    if let Some(key) = child
        .as_ref()
        .and_then(|one| DataKey::from_bytes(one.key()))
    {
        session.key = Some(key);
    }
    if seal::needs_roots(command) {
        session.list_roots()?;
        if !matches!(command, Some(Command::Restore(_))) {
            session.refuse_gone()?;
        }
    }
    match command {
        None => return dashboard::run(session, child),
        Some(Command::Demo) => return dashboard::demo(session),
        Some(Command::Add(args)) => add::run(session, args),
        Some(Command::Repos(args)) => repos::run(session, args),
        Some(Command::Trust { repo }) => repos::trust(session, repo),
        Some(Command::Me(args)) => me::run(session, args),
        Some(Command::Scan(args)) => return scan::run(session, args),
        Some(Command::Import(args)) => import::run(session, args),
        Some(Command::Log(args)) => log::run(session, args),
        Some(Command::Note(args)) => own::note::run(session, args),
        Some(Command::Goal(args)) => own::goal::run(session, args),
        Some(Command::Exclude(args)) => own::exclude::run(session, args),
        Some(Command::Stats(args)) => stats::run(session, args),
        Some(Command::Explain { metric }) => stats::explain(session, metric),
        Some(Command::Show(args)) => show::run(session, args),
        Some(Command::Picture(args)) => picture::run(session, args),
        Some(Command::Link(args)) => link::run(session, args, true),
        Some(Command::Unlink(args)) => link::run(session, args, false),
        Some(Command::Standup(args)) => return draft::standup(session, args),
        Some(Command::Week(args)) => return draft::of_days(session, Kind::Week, args),
        Some(Command::Month(args)) => return draft::of_days(session, Kind::Month, args),
        Some(Command::Review(args)) => return draft::of_days(session, Kind::Review, args),
        Some(Command::Status) => stats::status(session),
        Some(Command::Backup(args)) => backup::run(session, args),
        Some(Command::Dump(args)) => dump::run(session, args),
        Some(Command::Merge(args)) => merge::run(session, args),
        Some(Command::Rebuild { files }) => rebuild::run(session, files),
        Some(Command::Restore(args)) => restore::run(session, args),
        Some(Command::Forget(args)) => return forget::run(session, args),
        Some(Command::Retain(args)) => retain::run(session, args),
        Some(Command::Privacy(args)) => privacy::run(session, args),
        Some(Command::Audit(args)) => audit::run(session, args),
        Some(Command::Share(args)) => share::run(session, args),
        Some(Command::Encrypt(args)) => seal::encrypt(session, args),
        Some(Command::Decrypt(args)) => seal::decrypt(session, args),
        Some(Command::Lock) => seal::lock(session),
        Some(Command::Doctor { json }) => doctor::run(session, *json),
        Some(Command::Paths) => paths::run(session),
        Some(Command::Completions { .. } | Command::Man) => Ok(()),
    }?;
    Ok(0)
}
