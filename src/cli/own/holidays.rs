//! `inward note --holidays`: the all-day events of a calendar as holidays.

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::error::{CliError, Code};
use crate::cli::places::counted;
use crate::cli::session::{Session, shown, store_error};
use crate::guard::exports;
use crate::model::text::Clean;
use crate::report::words::weekday_and_day;
use crate::sources::tasks::{Days, Input, Origin, all_days};
use crate::store::{CalendarDay, CalendarRead, Store};

use super::args::NoteArgs;
use super::{print, told, words};

/// The largest calendar that is read, in bytes.
const LARGEST: u64 = 64 << 20;
/// Days that are printed; the rest are counted.
const PRINTED: usize = 40;

/// The report as `--json` writes it.
#[derive(Serialize)]
struct Report {
    schema: &'static str,
    days: Vec<Line>,
    left_out: Vec<LeftOut>,
    added: u64,
    changed: u64,
    unchanged: u64,
    gone: u64,
}

#[derive(Serialize)]
struct Line {
    from: NaiveDate,
    to: NaiveDate,
    title: Clean,
}

#[derive(Serialize)]
struct LeftOut {
    reason: &'static str,
    n: u64,
}

/// Takes the all-day events of `file`: says which, asks on a terminal, and keeps titles and days only.
pub(super) fn take(session: &mut Session, file: &Path, args: &NoteArgs) -> Result<(), CliError> {
    let piped = file.as_os_str() == "-";
    let name = file.file_name().filter(|_| !piped).unwrap_or_default();
    let name = Clean::label(name.as_encoded_bytes());
    // Opened before the lock, read behind it.
    let origin = opened(session, file, piped)?;
    if args.dry_run {
        session.judge_folder()?;
    } else {
        session.prepare_folder()?;
    }
    session.lock(Vec::new(), Vec::new());
    let failed = |why: String| CliError::new(Code::Failed, format!("{} {why}", shown(file)));
    let origin = match origin {
        Some(origin) => origin,
        None => Origin::Bytes(pipe()?),
    };
    let input = Input::open(origin, name.clone(), LARGEST);
    let input = input.map_err(|error| failed(error.to_string()))?;
    let (zone, now) = (session.calendar.zone, session.calendar.now);
    let days = all_days(&input, zone, now).map_err(|error| failed(error.to_string()))?;
    let ask = std::io::stdin().is_terminal() && !piped && !args.json && !args.dry_run;
    if !args.json {
        announce(session, &days)?;
    }
    if ask && !days.days.is_empty() {
        session.say.flush()?;
        if !words::yes("Keep them as holidays?")? {
            return told(session, "nothing was kept");
        }
    }
    let mut store = if args.dry_run && !session.has_store() {
        Store::memory(session.now_utc()).map_err(store_error)?
    } else {
        session.open_store()?
    };
    let read = store.read_calendar(&name, &kept(&days), !args.dry_run);
    let read = read.map_err(store_error)?;
    if args.json {
        return print(session, &report(days, read));
    }
    told(session, &sum(read, args.dry_run))
}

fn opened(session: &Session, file: &Path, piped: bool) -> Result<Option<Origin>, CliError> {
    if piped {
        return Ok(None);
    }
    let export = exports::open(&session.env.absolute(file)).map_err(|error| {
        CliError::new(
            Code::Failed,
            format!("{} cannot be read: {error}", shown(file)),
        )
        .hint("check its path and permissions")
    })?;
    Ok(Some(Origin::File(export.file)))
}

fn pipe() -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn kept(days: &Days) -> Vec<CalendarDay> {
    let one = |day: &crate::sources::tasks::AllDay| CalendarDay {
        uid: day.uid.clone(),
        days: day.days,
        title: day.title.clone(),
    };
    days.days.iter().map(one).collect()
}

/// Says what is in the file: the days from this year on, older ones counted.
fn announce(session: &mut Session, days: &Days) -> Result<(), CliError> {
    if session.say.is_quiet() {
        return Ok(());
    }
    let today = session.calendar.today();
    let recent = today
        .checked_sub_days(chrono::Days::new(366))
        .unwrap_or(today);
    let listed: Vec<_> = days
        .days
        .iter()
        .filter(|one| one.days.to >= recent)
        .collect();
    for one in listed.iter().take(PRINTED) {
        let from = weekday_and_day(one.days.from, today);
        let until = match one.days.days() {
            1 => String::new(),
            n => format!(" and {} more", counted(n - 1, "day", "days")),
        };
        writeln!(session.say.out(), "  {from}{until}  {}", one.title)?;
    }
    let rest = days.days.len() - listed.len().min(PRINTED);
    if rest > 0 {
        let rest = counted(rest as u64, "other event", "other events");
        writeln!(session.say.out(), "  and {rest}")?;
    }
    for (why, n) in &days.left_out {
        let n = counted(*n, "event", "events");
        writeln!(session.say.out(), "  left out: {n} {why}")?;
    }
    if days.days.is_empty() {
        writeln!(session.say.out(), "  no all-day event stands in it")?;
    }
    Ok(())
}

fn sum(read: CalendarRead, dry: bool) -> String {
    let parts = [
        (read.added, "new"),
        (read.changed, "changed"),
        (read.unchanged, "as before"),
        (read.gone, "no longer in the file and taken back"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    let parts = match parts.len() {
        0 => "none".to_owned(),
        _ => parts.join(", "),
    };
    let would = if dry { " (nothing was written)" } else { "" };
    format!("holidays: {parts}{would}")
}

fn report(days: Days, read: CalendarRead) -> Report {
    let line = |one: crate::sources::tasks::AllDay| Line {
        from: one.days.from,
        to: one.days.to,
        title: one.title,
    };
    let left = days.left_out.into_iter();
    Report {
        schema: "inward.holidays.v1",
        days: days.days.into_iter().map(line).collect(),
        left_out: left.map(|(reason, n)| LeftOut { reason, n }).collect(),
        added: read.added,
        changed: read.changed,
        unchanged: read.unchanged,
        gone: read.gone,
    }
}
