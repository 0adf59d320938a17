//! Files that arrive with the dashboard: named in it, or waiting in the inbox. What waits is
//! offered, never taken without a yes.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use crate::guard::exports::{self, Waiting};
use crate::model::text::Clean;
use crate::report::words::count;
use crate::store::Store;
use crate::sync::{FileReport, ImportReport};

use super::super::error::CliError;
use super::super::session::{Session, shown, store_error};
use super::args::ImportArgs;
use super::{Opened, Settings, asking, one, open, tell};

/// Every file that the inbox's patterns name; before the lock.
pub(super) fn waiting(session: &Session) -> Vec<Waiting> {
    exports::inbox(&session.config.inbox, session.env.home())
}

/// Those of them that were neither imported nor declined in the state they are in.
pub(super) fn new_ones(store: &Store, waiting: Vec<Waiting>) -> Result<Vec<Waiting>, CliError> {
    let mut out = Vec::new();
    for file in waiting {
        if !store.is_offered(&file.mark()).map_err(store_error)? {
            out.push(file);
        }
    }
    Ok(out)
}

/// Remembers of the files in the inbox which ones were just imported.
pub(super) fn taken(
    store: &mut Store,
    waiting: &[Waiting],
    report: &ImportReport,
) -> Result<(), CliError> {
    let imported = |file: &&Waiting| {
        let name = file.path.file_name().unwrap_or_default();
        // One that cannot be read is not offered again until it changes.
        let mut files = report.files.iter().filter(|one| !one.is_unanswered());
        files.any(|one| Path::new(&one.path).file_name() == Some(name))
    };
    for file in waiting.iter().filter(imported) {
        store.set_offered(&file.mark()).map_err(store_error)?;
    }
    Ok(())
}

/// Files opened before the lock of a dashboard.
pub(in super::super) struct Arriving {
    named: Vec<Opened>,
    inbox: Vec<(Waiting, Opened)>,
}

impl Arriving {
    /// Opens the files that were named in the dashboard, and those in the inbox; before the lock.
    pub(in super::super) fn open(session: &Session, named: &[PathBuf]) -> Self {
        let waiting = if session.has_store() {
            waiting(session)
        } else {
            Vec::new()
        };
        Self {
            named: named.iter().map(|file| open(session, file)).collect(),
            inbox: waiting
                .into_iter()
                .map(|file| {
                    let opened = open(session, &file.path);
                    (file, opened)
                })
                .collect(),
        }
    }

    /// Imports what was named, and what waits if the owner says so; behind the lock, on the
    /// terminal, before the dashboard is drawn.
    pub(in super::super) fn take(
        self,
        session: &mut Session,
        store: &mut Store,
    ) -> Result<Arrived, CliError> {
        let mut files = self.named;
        let named = files.len();
        let mut marks = Vec::new();
        let offered = match offered(session, store, self.inbox) {
            Ok(offered) => offered,
            // No answer is none: the dashboard opens all the same.
            Err(error) if error.is_closed_pipe() => return Err(error),
            Err(_) => Vec::new(),
        };
        for (waiting, opened) in offered {
            marks.push(waiting);
            files.push(opened);
        }
        if files.is_empty() {
            return Ok(Arrived::default());
        }
        let settings = Settings::new(session, &ImportArgs::default())?;
        let report = match one::all(session, store, files, &settings) {
            Ok(report) => report,
            Err(error) => {
                let why = Clean::label(error.to_string().as_bytes());
                return Ok(Arrived {
                    done: None,
                    refused: Some(why),
                });
            }
        };
        taken(store, &marks, &report)?;
        let mut told = false;
        let mut refused = None;
        for (at, file) in report.files.iter().enumerate() {
            match &file.problem {
                // The dashboard asks for it again.
                Some(problem) if at < named => {
                    refused = Some(Clean::label(format!("this file {problem}").as_bytes()));
                }
                Some(problem) => {
                    told = true;
                    session.say.problem(&format!("{} {problem}", file.shown));
                }
                None => {
                    told = true;
                    tell::file(session, file, false)?;
                }
            }
        }
        session.say.flush()?;
        if told {
            drop(asking::prompt("Enter goes on to the dashboard ")?);
        }
        let done = came_in(&report);
        Ok(Arrived { done, refused })
    }
}

/// What became of the files that arrived.
#[derive(Default)]
pub(in super::super) struct Arrived {
    /// What came in, and what to look at now; `None` where nothing did.
    pub(in super::super) done: Option<Clean>,
    /// Why the file named in the dashboard was not taken.
    pub(in super::super) refused: Option<Clean>,
}

/// `12 new and 3 changed, 40 not yours and not kept, 2 rows skipped; 4 shows where tasks get stuck`.
fn came_in(report: &ImportReport) -> Option<Clean> {
    let files = || report.files.iter().filter(|file| file.problem.is_none());
    let sum = |of: fn(&FileReport) -> u64| files().map(of).sum::<u64>();
    let entries = sum(|file| file.entries);
    let parts = [
        (sum(|file| file.added), "new"),
        (sum(|file| file.updated), "changed"),
        (entries, "times recorded"),
        (sum(|file| file.not_mine), "not yours and not kept"),
        (sum(FileReport::rejected), "rows skipped"),
    ];
    files().next()?;
    let said: Vec<_> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", count(*n)))
        .collect();
    let said = if said.is_empty() {
        "nothing new in it".to_owned()
    } else {
        said.join(", ")
    };
    let next = "see Flow for where tasks get stuck, Work for each of them";
    Some(Clean::label(format!("imported: {said}; {next}").as_bytes()))
}

/// The files in the inbox that the owner says yes to. No leaves one for good, anything else for
/// the next start.
fn offered(
    session: &mut Session,
    store: &mut Store,
    inbox: Vec<(Waiting, Opened)>,
) -> Result<Vec<(Waiting, Opened)>, CliError> {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut new = Vec::new();
    for (file, opened) in inbox {
        if terminal && !store.is_offered(&file.mark()).map_err(store_error)? {
            new.push((file, opened));
        }
    }
    if new.is_empty() {
        return Ok(new);
    }
    for (file, _) in &new {
        session
            .say
            .note(&format!("new in your inbox: {}", shown(&file.path)));
    }
    let answer = asking::prompt("Import? y yes · n no, do not ask again · Enter later: ")?;
    match answer.to_lowercase().as_str() {
        "y" | "yes" => return Ok(new),
        "n" | "no" => {
            for (file, _) in &new {
                store.set_offered(&file.mark()).map_err(store_error)?;
            }
        }
        _ => {}
    }
    Ok(Vec::new())
}
