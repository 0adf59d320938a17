//! `inward picture`: a page of the dashboard as a file, drawn by the dashboard itself.

pub mod args;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{NaiveTime, TimeZone as _, Utc};

use crate::app::look::Window;
use crate::app::page::Page;
use crate::guard::folder::{self, FolderError};
use crate::model::period::Range;
use crate::store::{Action, Store};
use crate::sync;
use crate::tui::still::{Frame, still};
use crate::tui::{Start, TuiError};
use crate::ui::picture::{Format, Picture};

use super::dashboard;
use super::error::{CliError, Code};
use super::given;
use super::look;
use super::places;
use super::session::{Session, nothing_kept, shown, store_error};
use args::PictureArgs;

/// The hour of `--today`: work has been done, and the day is not over.
const HOUR: u32 = 15;

/// Draws a page and writes it into a new file of the owner's only.
pub(super) fn run(session: &mut Session, args: &PictureArgs) -> Result<(), CliError> {
    let page = page(&args.page)?;
    let file = session.env.absolute(&args.output);
    let format = Format::of(&file).ok_or_else(|| {
        CliError::usage(format!("{}: neither .svg nor .png", shown(&args.output)))
            .hint("let the name of the file end in one of them")
    })?;
    let dir = folder_of(session, &file)?;
    let file = dir.join(file.file_name().unwrap_or_default());
    is_free(&file)?;
    set_today(session, args);
    let frame = Frame {
        page,
        window: window(session, args)?,
        size: args.size,
        covered: !args.demo && !args.uncovered,
    };
    let (picture, kept) = if args.demo {
        (of_demo(session, args, &frame, dir)?, None)
    } else {
        let (picture, store) = of_store(session, args, &frame, dir)?;
        (picture, Some(store))
    };
    let bytes = picture
        .bytes(format)
        .map_err(|e| CliError::caused(Code::Failed, &e))?;
    write(&file, &bytes)?;
    if let Some(mut store) = kept {
        note(&mut store, &frame, bytes.len()).map_err(|error| {
            let what = format!("{} is written, but the log could not note it", shown(&file));
            CliError::new(error.code, format!("{what}: {error}"))
        })?;
    }
    tell(session, &file, bytes.len(), args)
}

/// The page of this name.
fn page(name: &str) -> Result<Page, CliError> {
    Page::by_name(name).ok_or_else(|| {
        let known: Vec<String> = Page::ALL
            .iter()
            .map(|card| card.name.to_lowercase())
            .collect();
        let name = crate::model::text::Clean::label(name.as_bytes());
        CliError::usage(format!("`{name}` is not a page of the dashboard"))
            .hint(format!("pages: {}", known.join(" ")))
    })
}

/// The days, as the dashboard keeps them when they are typed.
fn window(session: &Session, args: &PictureArgs) -> Result<Option<Window>, CliError> {
    let Some(name) = &args.range else {
        return Ok(None);
    };
    let range = Range::parse(name, &session.calendar, None)
        .map_err(|error| CliError::usage(error.to_string()))?;
    Ok(Some(Window {
        range,
        weeks: None,
        name: Some(name.clone()),
        live: true,
    }))
}

/// Lets the generated year end on the day that was asked for.
fn set_today(session: &mut Session, args: &PictureArgs) {
    let hour = NaiveTime::from_hms_opt(HOUR, 0, 0);
    if let Some(local) = args.today.zip(hour).map(|(day, hour)| day.and_time(hour)) {
        let zone = session.calendar.zone;
        let there = zone.from_local_datetime(&local).earliest();
        session.calendar.now = there.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc));
    }
}

/// The real path of the folder that the file goes into; it has to be there.
fn folder_of(session: &Session, file: &Path) -> Result<PathBuf, CliError> {
    let dir = file.parent().unwrap_or(file);
    let real = dir
        .canonicalize()
        .map_err(|error| folder_refused(dir, &error))?;
    let config = &session.config;
    let own = [&config.base_dir, &config.data_dir];
    if own
        .iter()
        .any(|own| own.canonicalize().is_ok_and(|own| real.starts_with(own)))
    {
        let what = format!(
            "{} is a folder that inward keeps its store in",
            shown(&real)
        );
        return Err(CliError::usage(what).hint("name a file in another folder"));
    }
    Ok(real)
}

fn folder_refused(dir: &Path, error: &std::io::Error) -> CliError {
    CliError::new(Code::Failed, format!("{}: {error}", shown(dir)))
        .hint("name a file in a folder that is there")
}

fn is_free(file: &Path) -> Result<(), CliError> {
    if fs::symlink_metadata(file).is_err() {
        return Ok(());
    }
    Err(taken(file))
}

fn taken(file: &Path) -> CliError {
    CliError::usage(format!("{} is there already", shown(file)))
        .hint("nothing is replaced: name another file, or remove that one first")
}

/// The frame over the generated year.
fn of_demo(
    session: &mut Session,
    args: &PictureArgs,
    frame: &Frame,
    dir: PathBuf,
) -> Result<Picture, CliError> {
    let store = sync::demo::year(&session.calendar).map_err(store_error)?;
    let seen = given::nothing_kept();
    let level = session.lock(Vec::new(), vec![dir]);
    let seen = given::locked(seen, &level);
    let mut start = dashboard::start(session, store, Vec::new(), seen, &level);
    start.theme = look::of_picture(session, args.theme);
    start.demo = true;
    let (picture, _) = still(start, frame).map_err(|e| not_drawn(&e))?;
    Ok(picture)
}

/// The frame over what is kept, and the store.
fn of_store(
    session: &mut Session,
    args: &PictureArgs,
    frame: &Frame,
    dir: PathBuf,
) -> Result<(Picture, Store), CliError> {
    if !session.has_store() {
        return Err(nothing_kept().hint("`--demo` draws the generated year of `inward demo`"));
    }
    session.prepare_folder()?;
    let seen = given::before_the_lock(session, true);
    let level = session.lock(Vec::new(), vec![dir]);
    let store = session.open_store()?;
    let seen = given::locked(seen, &level);
    let start = Start {
        theme: look::of_picture(session, args.theme),
        ..dashboard::start(session, store, Vec::new(), seen, &level)
    };
    still(start, frame).map_err(|e| not_drawn(&e))
}

fn not_drawn(error: &TuiError) -> CliError {
    CliError::caused(Code::Failed, error)
}

/// Writes the whole file, or none.
fn write(file: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let mut out = match folder::new_file(file) {
        Ok(out) => out,
        Err(FolderError::Io(_, error)) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(taken(file));
        }
        Err(FolderError::Io(_, error)) => return Err(unwritten(file, error)),
        Err(error) => return Err(CliError::caused(Code::Refused, &error)),
    };
    let written = out.write_all(bytes).and_then(|()| out.sync_all());
    written.map_err(|error| {
        drop(fs::remove_file(file));
        unwritten(file, error)
    })
}

fn unwritten(file: &Path, error: std::io::Error) -> CliError {
    let error = CliError::from(error);
    CliError::new(error.code, format!("{}: {error}", shown(file)))
}

/// Notes in the log that a page left the store.
fn note(store: &mut Store, frame: &Frame, bytes: usize) -> Result<(), CliError> {
    let page = frame.page.card().name.to_lowercase();
    let object = if frame.covered {
        page
    } else {
        format!("{page} uncovered")
    };
    let noted = store.audit(Action::Picture, &object, bytes as u64);
    noted.map_err(store_error)
}

fn tell(
    session: &mut Session,
    file: &Path,
    bytes: usize,
    args: &PictureArgs,
) -> Result<(), CliError> {
    if session.say.is_quiet() {
        return Ok(());
    }
    let bytes = places::counted(bytes as u64, "byte", "bytes");
    let what = if args.demo {
        "Its data are generated, and it says so."
    } else if args.uncovered {
        "Names and figures of your record can be read in it."
    } else {
        "Names and figures are covered; --uncovered shows them."
    };
    session.tell(&format!("{}: {bytes}. {what}\n", shown(file)))
}
