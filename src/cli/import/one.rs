//! Imports file after file, asking on a terminal what a file leaves open.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::model::text::Clean;
use crate::sources::tasks::{ImportError, Input};
use crate::store::{Store, StoreError};
use crate::sync::{
    self, Candidates, FileReport, ImportFailure, ImportOptions, ImportReport, Outcome,
};

use super::super::error::{CliError, Code};
use super::super::session::{Session, store_error};
use super::asking;
use super::{Opened, Settings};

/// How long an import runs before it shows how far it is, and how often it does so then.
const SILENT: Duration = Duration::from_millis(300);
const PAUSE: Duration = Duration::from_millis(100);

/// A file in memory of this run.
struct File {
    path: String,
    input: Input,
    modified: Option<i64>,
}

/// Imports every file; the report has one entry for each, in their order.
pub(super) fn all(
    session: &mut Session,
    store: &mut Store,
    opened: Vec<Opened>,
    settings: &Settings,
) -> Result<ImportReport, CliError> {
    let mut reports: Vec<FileReport> = Vec::new();
    let mut open: Vec<(usize, File, Option<Candidates>)> = Vec::new();
    for (at, file) in opened.into_iter().enumerate() {
        match into_input(file, settings) {
            Err(report) => reports.push(*report),
            Ok(file) => {
                let mut report = FileReport::default();
                match import(session, store, &file, settings)? {
                    Ok(found) if found.of_unknown > 0 => {
                        report = found;
                        open.push((at, file, None));
                    }
                    Ok(found) => report = found,
                    Err(candidates) => open.push((at, file, Some(candidates))),
                }
                reports.push(report);
            }
        }
    }
    // A list of users, or the tasks that an additional file belongs to, may have come after it.
    let several = reports.len() > 1;
    for (at, file, asked) in open {
        let retry = several && !(settings.terminal && asked.is_some());
        if retry && let Ok(report) = import(session, store, &file, settings)? {
            reports[at] = report;
        } else if let Some(candidates) = asked {
            reports[at] = FileReport::nobody(&file.path, candidates, settings.terminal);
        }
    }
    Ok(ImportReport { files: reports })
}

/// The file looked at; the error says why it cannot be taken.
fn into_input(file: Opened, settings: &Settings) -> Result<File, Box<FileReport>> {
    let failed = |why: String| Box::new(FileReport::failed(&file.path, why));
    let name = Clean::label(file.name.as_bytes());
    let origin = file.origin.map_err(failed)?;
    let input = Input::open(origin, name, settings.max_size);
    let input = input.map_err(|error| failed(error.to_string()))?;
    Ok(File {
        path: file.path,
        input,
        modified: file.modified,
    })
}

/// Imports one file; the inner error is that nobody in it is known to be the owner.
fn import(
    session: &mut Session,
    store: &mut Store,
    file: &File,
    settings: &Settings,
) -> Result<Result<FileReport, Candidates>, CliError> {
    let mut mine = settings.mine.clone();
    let mut zone = settings.zone;
    let mut order = settings.day_order;
    let words = session.config.stages.clone();
    loop {
        let answered = stored_zone(store)?;
        let options = ImportOptions {
            format: settings.format,
            mine: &mine,
            all_mine: settings.all_mine,
            zone: zone.or(answered).unwrap_or(session.calendar.zone),
            zone_known: zone.is_some() || answered.is_some() || !settings.terminal,
            day_order: order,
            mapping: settings.mapping.as_ref(),
            max_records: settings.max_records(),
            keep: !settings.dry_run,
            now: session.calendar.now,
            modified: file.modified,
            words: &words,
        };
        let mut bar = Bar::new(session, &file.input);
        let outcome = sync::import(
            store,
            (&file.path, &file.input),
            &options,
            &mut |read, size| {
                bar.show(read, size);
                true
            },
        );
        bar.end();
        match outcome {
            Ok(Outcome::Done(report)) => {
                if let Some(zone) = zone.filter(|_| !settings.dry_run) {
                    store.set_import_zone(zone.name()).map_err(store_error)?;
                }
                return Ok(Ok(*report));
            }
            Ok(Outcome::WhichZone) => {
                zone = Some(asking::zone(&file.path, session.calendar.zone)?);
            }
            Ok(Outcome::WhoAmI(candidates))
                if settings.terminal && !candidates.listed.is_empty() =>
            {
                match asking::me(store, &options, &file.input, (&file.path, &candidates))? {
                    Some(token) => mine = vec![token],
                    None => return Ok(Err(candidates)),
                }
            }
            Ok(Outcome::WhoAmI(candidates)) => return Ok(Err(candidates)),
            Err(ImportFailure::File(ImportError::DayOrder { sample, .. })) if settings.terminal => {
                order = Some(asking::order(&file.path, sample.as_str())?);
            }
            Err(ImportFailure::File(error)) => {
                return Ok(Ok(FileReport::failed(&file.path, error.to_string())));
            }
            Err(ImportFailure::Store(error @ StoreError::Forgotten { .. })) => {
                if !(settings.terminal && asking::again(&file.path, &error)?) {
                    let why = format!("was left out: {error}; --again takes it again");
                    return Ok(Ok(FileReport::failed(&file.path, why)));
                }
                store.bring_back(true);
            }
            Err(ImportFailure::Store(error)) => return Err(store_error(error)),
        }
    }
}

fn stored_zone(store: &Store) -> Result<Option<chrono_tz::Tz>, CliError> {
    let zone = store.import_zone().map_err(store_error)?;
    Ok(zone.and_then(|zone| zone.parse().ok()))
}

/// How far an import is, on a terminal's standard error, once it takes long.
struct Bar {
    begun: Instant,
    shown: Option<Instant>,
    on: bool,
    name: String,
}

impl Bar {
    fn new(session: &Session, input: &Input) -> Self {
        Self {
            begun: Instant::now(),
            shown: None,
            on: std::io::stderr().is_terminal() && !session.say.is_quiet(),
            name: input.name().to_string(),
        }
    }

    fn show(&mut self, read: u64, size: u64) {
        let due = match self.shown {
            None => self.begun.elapsed() >= SILENT,
            Some(last) => last.elapsed() >= PAUSE,
        };
        if !self.on || !due {
            return;
        }
        self.shown = Some(Instant::now());
        let share = (read.min(size) * 100).checked_div(size).unwrap_or(100);
        // Nobody is left to tell when standard error is closed.
        drop(write!(
            std::io::stderr(),
            "\r\x1b[Kreading {} {share} %",
            self.name
        ));
    }

    fn end(&self) {
        if self.shown.is_some() {
            drop(write!(std::io::stderr(), "\r\x1b[K"));
        }
    }
}

impl From<ImportFailure> for CliError {
    fn from(failure: ImportFailure) -> Self {
        match failure {
            ImportFailure::Store(error) => store_error(error),
            ImportFailure::File(error) => Self::caused(Code::Failed, &error),
        }
    }
}
