//! `inward note`: own words and events on days, tasks and repositories.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::error::{CliError, Code};
use crate::cli::places::counted;
use crate::cli::session::{Session, store_error};
use crate::model::away::EventKind;
use crate::model::ids::RepoId;
use crate::model::note::{NewNote, Note};
use crate::model::period::Range;
use crate::model::task::last_part;
use crate::model::text::Clean;
use crate::report::words::weekday_and_day;
use crate::store::Store;

use super::args::{Event, NoteArgs, NoteChange};
use super::{holidays, open, print, task_named, told, words};

/// Keeps, lists or removes notes and events.
pub(in crate::cli) fn run(session: &mut Session, args: &NoteArgs) -> Result<(), CliError> {
    match (&args.change, &args.holidays) {
        (Some(NoteChange::List { range, json }), _) => list(session, range.as_deref(), *json),
        (Some(NoteChange::Rm { numbers }), _) => remove(session, numbers),
        (None, Some(file)) => holidays::take(session, file, args),
        (None, None) => add(session, args),
    }
}

fn add(session: &mut Session, args: &NoteArgs) -> Result<(), CliError> {
    let days = days(session, args.on.as_deref())?;
    let event = args.event.map(kind);
    let text = match (event, args.text.as_slice()) {
        // An event needs no words.
        (Some(_), []) => None,
        (_, given) => words::of(given, "Your note:")?,
    };
    if event.is_none() && text.is_none() {
        return Err(CliError::usage("a note needs words")
            .hint("`inward note TEXT`, or `inward note -` reads them from standard input"));
    }
    if event.is_some() && days.days() > 3_660 {
        return Err(CliError::usage("an event lasts at most ten years"));
    }
    // A task or a repository that is not there leaves no trace, not even an empty store.
    if (args.task.is_some() || args.repo.is_some()) && !session.has_store() {
        return Err(crate::cli::session::nothing_kept());
    }
    let mut store = open(session)?;
    let task = args.task.as_deref();
    let task = task.map(|key| task_named(&store, key)).transpose()?;
    let repo = args.repo.as_deref();
    let repo = repo.map(|name| repo_named(&store, name)).transpose()?;
    let note = NewNote {
        event,
        days,
        text: text.unwrap_or_default(),
        impact: args.impact,
        task,
        repo,
    };
    let id = store.add_note(&note).map_err(store_error)?;
    if args.json {
        let notes = store.notes(None).map_err(store_error)?;
        let kept: Vec<Line> = notes
            .into_iter()
            .filter(|note| note.id == id)
            .map(Line::from)
            .collect();
        return print(session, &Document::new(kept));
    }
    let what = event.map_or("note", EventKind::as_str);
    told(session, &format!("{what} {id} is kept on {days}"))
}

/// The days meant; today when nothing is said. `all` is no stretch that a note can be about.
fn days(session: &Session, on: Option<&str>) -> Result<Range, CliError> {
    let today = session.calendar.today();
    match on {
        None => Ok(Range::new(today, today)),
        Some("all") => Err(CliError::usage("`all` is no day: name a day or a range")),
        Some(text) => Range::parse(text, &session.calendar, None)
            .map_err(|error| CliError::usage(error.to_string())),
    }
}

fn kind(event: Event) -> EventKind {
    match event {
        Event::Leave => EventKind::Leave,
        Event::Holiday => EventKind::Holiday,
        Event::Oncall => EventKind::Oncall,
        Event::Launch => EventKind::Launch,
    }
}

fn repo_named(store: &Store, name: &str) -> Result<RepoId, CliError> {
    let all = store.repositories().map_err(store_error)?;
    let wanted = last_part(name);
    let found = all.iter().find(|repo| repo.name.as_str() == name);
    let found = found.or_else(|| all.iter().find(|repo| repo.name.as_str() == wanted));
    found.map(|repo| repo.id).ok_or_else(|| {
        let known: Vec<String> = all.iter().map(|repo| repo.name.to_string()).collect();
        let name = Clean::label(name.as_bytes());
        CliError::usage(format!("no repository is called `{name}`"))
            .hint(format!("known: {}", known.join(", ")))
    })
}

/// The list as `--json` writes it.
#[derive(Serialize)]
pub(super) struct Document {
    schema: &'static str,
    notes: Vec<Line>,
}

impl Document {
    fn new(notes: Vec<Line>) -> Self {
        let schema = "inward.notes.v1";
        Self { schema, notes }
    }
}

#[derive(Serialize)]
struct Line {
    note: u64,
    event: Option<EventKind>,
    from: NaiveDate,
    to: NaiveDate,
    text: Clean,
    impact: bool,
    about_task: bool,
    task: Option<Clean>,
    repo: Option<Clean>,
    from_file: bool,
    written: Option<NaiveDate>,
}

impl From<Note> for Line {
    fn from(note: Note) -> Self {
        Self {
            note: note.id,
            event: note.event,
            from: note.days.from,
            to: note.days.to,
            text: note.text,
            impact: note.impact,
            about_task: note.about.has_task,
            task: note.about.task,
            repo: note.about.repo,
            from_file: note.from_file,
            written: NaiveDate::from_epoch_days(note.written),
        }
    }
}

fn list(session: &mut Session, range: Option<&str>, json: bool) -> Result<(), CliError> {
    let range = range.filter(|text| *text != "all");
    let range = range.map(|text| days(session, Some(text))).transpose()?;
    let store = session.open_kept()?;
    session.say_if_belied(&store);
    let mut notes = store.notes(range).map_err(store_error)?;
    notes.reverse();
    if json {
        let lines = notes.into_iter().map(Line::from).collect();
        return print(session, &Document::new(lines));
    }
    if notes.is_empty() {
        return told(session, "no note and no event there");
    }
    let today = session.calendar.today();
    for note in &notes {
        let text = shown(note, today);
        writeln!(session.say.out(), "{text}")?;
    }
    Ok(())
}

/// `   3  Thu 5 Mar  holiday  Women's Day`; further lines of a note are set in.
fn shown(note: &Note, today: NaiveDate) -> String {
    let day = |day| weekday_and_day(day, today);
    let days = if note.days.days() == 1 {
        day(note.days.from)
    } else {
        format!("{} to {}", day(note.days.from), day(note.days.to))
    };
    let mut marks: Vec<String> = note
        .event
        .map(|event| event.as_str().to_owned())
        .into_iter()
        .collect();
    if note.impact {
        marks.push("impact".to_owned());
    }
    match (&note.about.task, note.about.has_task) {
        (Some(key), _) => marks.push(key.to_string()),
        (None, true) => marks.push("a task that is not here now".to_owned()),
        (None, false) => {}
    }
    marks.extend(note.about.repo.as_ref().map(Clean::to_string));
    let mut lines = note.text.as_str().lines();
    let head = lines.next().unwrap_or_default();
    let parts = [days, marks.join(", "), head.to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut out = format!("{:>4}  {}", note.id, parts.join("  "));
    for line in lines {
        out.push_str("\n      ");
        out.push_str(line);
    }
    out
}

fn remove(session: &mut Session, numbers: &[u64]) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(crate::cli::session::nothing_kept());
    }
    let mut store = open(session)?;
    let mut missing = Vec::new();
    let mut gone = 0;
    for number in numbers {
        if store.remove_note(*number).map_err(store_error)? {
            gone += 1;
        } else {
            missing.push(number.to_string());
        }
    }
    if gone > 0 {
        told(
            session,
            &format!("{} removed", counted(gone, "note", "notes")),
        )?;
    }
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(", ");
    Err(
        CliError::new(Code::Failed, format!("there is no note {missing}"))
            .hint("`inward note list` shows their numbers"),
    )
}
