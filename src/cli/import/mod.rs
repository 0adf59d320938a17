//! `inward import`: task exports into the store.

pub mod args;
mod asking;
pub mod document;
mod how;
mod inbox;
mod listing;
mod one;
mod tell;

use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use crate::guard::exports;
use crate::report::json;
use crate::sources::tasks::dates::DayOrder;
use crate::sources::tasks::mapping::Mapping;
use crate::sources::tasks::{Format, Input, MAX_SIZE, Origin, registry};
use crate::store::Store;
use crate::sync::ImportReport;

use super::error::{CliError, Code};
use super::places::Places;
use super::session::{Session, shown, store_error};
use super::who::take_configured;
use args::{DateOrder, ImportArgs};

pub use how::imports_markdown;
pub(super) use inbox::Arriving;

/// A file that was opened before the lock.
struct Opened {
    /// As the owner named it.
    path: String,
    name: String,
    /// Why it cannot be read, if it cannot.
    origin: Result<Origin, String>,
    modified: Option<i64>,
}

/// Imports, or lists, takes back, explains how to export, drafts a mapping.
pub(super) fn run(session: &mut Session, args: &ImportArgs) -> Result<(), CliError> {
    if let Some(tracker) = &args.how {
        return how::tell(session, tracker.as_deref());
    }
    if let Some(file) = &args.map_template {
        return template(session, file, max_size(args)?);
    }
    if let Some(id) = args.undo {
        return listing::undo(session, id);
    }
    if args.files.is_empty() {
        return listing::list(session, args.json);
    }
    files_into_store(session, args)
}

/// Imports the files named; each by itself, so that one that fails keeps no other out.
fn files_into_store(session: &mut Session, args: &ImportArgs) -> Result<(), CliError> {
    let settings = Settings::new(session, args)?;
    let mut opened: Vec<Opened> = args.files.iter().map(|file| open(session, file)).collect();
    let waiting = inbox::waiting(session);
    let mut places = Places::registered(session);
    let configured = places.configured(session);
    places.problems.clear();
    if !args.dry_run {
        session.prepare_folder()?;
    }
    session.lock(Vec::new(), Vec::new());
    for file in &mut opened {
        read_pipe(file, settings.max_size);
    }
    let mut store = if args.dry_run && !session.has_store() {
        let mut store = Store::memory(session.now_utc()).map_err(store_error)?;
        session.agree(&mut store)?;
        store
    } else {
        let mut store = session.open_store()?;
        if !args.dry_run {
            super::keep::ask(session, &mut store)?;
        }
        store
    };
    take_configured(&mut store, &configured)?;
    super::retain::tell_purge(session, &store);
    store.bring_back(args.again);
    let report = one::all(session, &mut store, opened, &settings)?;
    if !args.dry_run {
        inbox::taken(&mut store, &waiting, &report)?;
    }
    end(session, &report, args)
}

/// Export files that were opened before the lock, to be read into a store that takes another one's place.
pub(super) struct Again {
    opened: Vec<Opened>,
    settings: Settings,
}

impl Again {
    /// Opens the files named; before the lock.
    pub(super) fn open(session: &Session, files: &[PathBuf]) -> Result<Self, CliError> {
        let args = ImportArgs {
            files: files.to_vec(),
            ..ImportArgs::default()
        };
        Ok(Self {
            settings: Settings::new(session, &args)?,
            opened: files.iter().map(|file| open(session, file)).collect(),
        })
    }

    /// Imports them; how many could not be. Each is named.
    pub(super) fn read(self, session: &mut Session, store: &mut Store) -> Result<usize, CliError> {
        let report = one::all(session, store, self.opened, &self.settings)?;
        let failed = report.files.iter().filter(|file| file.problem.is_some());
        let failed = failed.count();
        // What failed is said there.
        drop(end(session, &report, &ImportArgs::default()));
        Ok(failed)
    }
}

/// Prints the report; a file that failed is exit code 1.
fn end(session: &mut Session, report: &ImportReport, args: &ImportArgs) -> Result<(), CliError> {
    if args.json {
        let document = Document {
            schema: "inward.import.v1",
            report,
        };
        let document = json::ascii(&document).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{document}")?;
    }
    for file in &report.files {
        match &file.problem {
            Some(problem) => {
                let problem = format!("inward: {} {problem}", file.shown);
                session.say.problem(&problem);
                if file.is_unanswered() {
                    session.say.problem(&asking::who(&file.candidates));
                }
            }
            None if args.json || session.say.is_quiet() => {}
            None => tell::file(session, file, args.dry_run)?,
        }
    }
    let failed = report
        .files
        .iter()
        .filter(|file| file.problem.is_some() && !file.is_declined());
    let (failed, open) = failed.fold((0, 0), |(failed, open), file| {
        (failed + 1, open + usize::from(file.is_unanswered()))
    });
    if failed == 0 {
        return Ok(());
    }
    // Only an answer is missing: that is usage, not a file that cannot be read.
    let code = if failed == open {
        Code::Usage
    } else {
        Code::Failed
    };
    Err(CliError::new(
        code,
        format!("{failed} could not be imported, see above; nothing of it was kept"),
    ))
}

/// The report with the name and version of its form.
#[derive(serde::Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    report: &'a ImportReport,
}

/// What the command line says, checked.
struct Settings {
    format: Option<&'static Format>,
    mine: Vec<String>,
    all_mine: bool,
    zone: Option<chrono_tz::Tz>,
    day_order: Option<DayOrder>,
    mapping: Option<Mapping>,
    max_size: u64,
    dry_run: bool,
    /// Somebody is there to answer questions.
    terminal: bool,
}

impl Settings {
    fn new(session: &Session, args: &ImportArgs) -> Result<Self, CliError> {
        let format = args.format.as_deref().map(by_id).transpose()?;
        let zone = args.tz.as_deref().map(zone).transpose()?;
        let mapping = args
            .map
            .as_deref()
            .map(|file| mapping(session, file))
            .transpose()?;
        let piped = args.files.iter().any(|file| file.as_os_str() == "-");
        let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        Ok(Self {
            format,
            mine: args
                .mine
                .iter()
                .filter(|name| *name != "*")
                .map(|name| said(name))
                .collect(),
            all_mine: args.mine.iter().any(|name| name == "*"),
            zone,
            day_order: args.dates.map(|order| match order {
                DateOrder::Dmy => DayOrder::Dmy,
                DateOrder::Mdy => DayOrder::Mdy,
            }),
            mapping,
            max_size: max_size(args)?,
            dry_run: args.dry_run,
            terminal: terminal && !piped && !args.json && !session.say.is_quiet(),
        })
    }

    /// Records that may be read: a raised size raises it as well.
    fn max_records(&self) -> u64 {
        1_000_000.max(self.max_size / 1_000)
    }
}

/// A name as it was typed; of `Name <address>` the address.
fn said(name: &str) -> String {
    let address = name
        .split_once('<')
        .map(|(_, rest)| rest.trim_end_matches('>').trim());
    address
        .filter(|address| !address.is_empty())
        .unwrap_or(name)
        .to_owned()
}

/// The format of this id, or the only one of the tracker of this name.
fn by_id(id: &str) -> Result<&'static Format, CliError> {
    let mut of = registry::FORMATS
        .iter()
        .filter(|format| format.source == id);
    let only = of.next().filter(|_| of.next().is_none()).copied();
    registry::by_id(id).or(only).ok_or_else(|| {
        let known: Vec<_> = registry::FORMATS.iter().map(|format| format.id).collect();
        CliError::usage(format!("no format is called `{id}`"))
            .hint(format!("formats: {}", known.join(" ")))
    })
}

fn zone(name: &str) -> Result<chrono_tz::Tz, CliError> {
    name.parse().map_err(|_error| {
        CliError::usage(format!("`{name}` is no time zone"))
            .hint("name it like Europe/Berlin or UTC")
    })
}

fn mapping(session: &Session, file: &Path) -> Result<Mapping, CliError> {
    let path = session.env.absolute(file);
    let text = exports::read_text(&path)
        .map_err(|error| CliError::new(Code::Failed, format!("{}: {error}", shown(&path))))?;
    Mapping::parse(&text).map_err(|error| CliError::usage(format!("{}: {error}", shown(&path))))
}

/// `--max-size` in bytes; `K`, `M` and `G` count by 1,024.
fn max_size(args: &ImportArgs) -> Result<u64, CliError> {
    let Some(text) = args.max_size.as_deref() else {
        return Ok(MAX_SIZE);
    };
    let wrong = || {
        CliError::usage(format!("`{text}` is no size"))
            .hint("give bytes, or a number with K, M or G")
    };
    let (digits, unit) = text.split_at(text.trim_end_matches(char::is_alphabetic).len());
    let unit = match unit
        .to_ascii_uppercase()
        .trim_end_matches('B')
        .trim_end_matches('I')
    {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => return Err(wrong()),
    };
    let number: u64 = digits.parse().map_err(|_error| wrong())?;
    number
        .checked_mul(1 << unit)
        .filter(|size| *size > 0)
        .ok_or_else(wrong)
}

/// Opens a file before the lock; what is wrong with it is told with the others.
fn open(session: &Session, file: &Path) -> Opened {
    let path = file.to_string_lossy().into_owned();
    if file.as_os_str() == "-" {
        return Opened {
            path,
            name: String::new(),
            origin: Ok(Origin::Bytes(Vec::new())),
            modified: None,
        };
    }
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    match exports::open(&session.env.absolute(file)) {
        Ok(export) => Opened {
            path,
            name,
            origin: Ok(Origin::File(export.file)),
            modified: export.modified,
        },
        Err(error) => Opened {
            path,
            name,
            origin: Err(unreadable(&error)),
            modified: None,
        },
    }
}

/// Why a file cannot be read, and what to do.
fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist: check its path".to_owned(),
        std::io::ErrorKind::PermissionDenied => {
            "may not be read by you: check its permissions".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

/// Reads a pipe, after the lock, up to one byte more than allowed.
fn read_pipe(file: &mut Opened, max_size: u64) {
    if file.path != "-" {
        return;
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(max_size.saturating_add(1))
        .read_to_end(&mut bytes);
    file.origin = match read {
        Ok(_) => Ok(Origin::Bytes(bytes)),
        Err(error) => Err(format!("cannot be read: {error}")),
    };
}

/// Prints a mapping drafted from a table.
fn template(session: &mut Session, file: &Path, max_size: u64) -> Result<(), CliError> {
    let mut opened = open(session, file);
    session.lock(Vec::new(), Vec::new());
    read_pipe(&mut opened, max_size);
    let failed = |why: String| CliError::new(Code::Failed, format!("{} {why}", shown(file)));
    let origin = opened.origin.map_err(failed)?;
    let name = crate::model::text::Clean::label(opened.name.as_bytes());
    let input = Input::open(origin, name, max_size).map_err(|error| failed(error.to_string()))?;
    let draft = Mapping::draft(&input).map_err(|error| failed(error.to_string()))?;
    session.say.out().write_all(draft.as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bytes_or_powers_of_1024() {
        let size = |text: &str| {
            let args = ImportArgs {
                max_size: Some(text.to_owned()),
                ..ImportArgs::default()
            };
            max_size(&args).ok()
        };
        assert_eq!(size("10"), Some(10));
        assert_eq!(size("2k"), Some(2_048));
        assert_eq!(size("3MiB"), Some(3 << 20));
        assert_eq!(size("4G"), Some(4 << 30));
        for bad in ["", "0", "-1", "G", "1.5G", "99999999999G", "2X"] {
            assert_eq!(size(bad), None, "{bad}");
        }
    }
}
