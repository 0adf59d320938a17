//! `inward exclude`: a row that is to count in no figure, or a fact of a task that is another one.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::error::{CliError, Code};
use crate::cli::places::counted;
use crate::cli::session::{Session, nothing_kept, store_error};
use crate::model::choice::{Correction, Out, RowKind};
use crate::model::ids::Oid;
use crate::model::text::Clean;
use crate::report::words::day;
use crate::store::{Choice, ChoiceRow, RowRef, Store};

use super::args::{ExcludeArgs, ExcludeChange};
use super::{open, print, told, words};

/// Leaves out, corrects, takes back, or lists.
pub(in crate::cli) fn run(session: &mut Session, args: &ExcludeArgs) -> Result<(), CliError> {
    if let Some(ExcludeChange::List { json }) = &args.change {
        return list(session, *json);
    }
    if !session.has_store() {
        return Err(nothing_kept());
    }
    check_pipes(args)?;
    let asked = args.row.as_deref().unwrap_or_default();
    let row = match args.row {
        Some(_) => words::line(asked)?,
        None => asked_row()?,
    };
    let choices = choices(session, args)?;
    let reason = reason(args)?;
    let mut store = open(session)?;
    if args.undo {
        return undo(session, &mut store, &row);
    }
    let row = one(&store, &row)?;
    if row.kind != RowKind::Task
        && let Some(Choice::Correct(_)) = choices.first()
    {
        let what = row.kind.as_str();
        return Err(CliError::usage(format!(
            "a {what} cannot be corrected, only tasks can; without --set it is left out"
        )));
    }
    for choice in &choices {
        store
            .choose(&row, choice, reason.as_ref())
            .map_err(store_error)?;
    }
    let done = match choices.first() {
        Some(Choice::Correct(_)) => "is corrected",
        Some(Choice::Out(Out::NotMine)) => "is not yours, and counts in no figure",
        _ => "counts in no figure any more",
    };
    if args.json {
        return document(session, &store);
    }
    let text = format!("{} {done}\n  {}", named(&row), row.label);
    told(session, text.trim_end())
}

/// `commit 1a2b3c4d5e` or `task t-1a2b3c4d5e`.
fn named(row: &RowRef) -> String {
    let id = match row.kind {
        RowKind::Commit => row.id.chars().take(10).collect(),
        _ => row.id.clone(),
    };
    format!("{} {id}", row.kind.as_str())
}

/// Standard input can be read once.
fn check_pipes(args: &ExcludeArgs) -> Result<(), CliError> {
    let pipes = args.row.iter().chain(&args.reason).chain(&args.set);
    if pipes.filter(|text| *text == "-").count() > 1 {
        return Err(CliError::usage(
            "only one of the row, the reason and the facts can be read from standard input",
        ));
    }
    Ok(())
}

fn asked_row() -> Result<String, CliError> {
    let row = words::of(
        &[],
        "Which row? How a commit's id begins, or the key of a task",
    )?;
    row.map(|row| row.to_string()).ok_or_else(|| {
        CliError::usage("no row was named")
            .hint("`inward exclude ROW`: how a commit's id begins, the key of a task, or `row` of `inward log --json`")
    })
}

fn choices(session: &Session, args: &ExcludeArgs) -> Result<Vec<Choice>, CliError> {
    if args.set.is_empty() {
        let out = if args.not_mine {
            Out::NotMine
        } else {
            Out::Excluded
        };
        return Ok(vec![Choice::Out(out)]);
    }
    let mut all = Vec::new();
    for text in &args.set {
        let text = words::line(text)?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let calendar = &session.calendar;
            let one = Correction::parse(line, calendar.zone, calendar.today())
                .map_err(|error| CliError::usage(error.to_string()))?;
            all.push(Choice::Correct(one));
        }
    }
    if all.is_empty() {
        return Err(
            CliError::usage("no fact was named").hint("for example --set started=2026-03-05")
        );
    }
    Ok(all)
}

fn reason(args: &ExcludeArgs) -> Result<Option<Clean>, CliError> {
    match &args.reason {
        Some(text) => words::of(std::slice::from_ref(text), ""),
        None => Ok(None),
    }
}

/// The one row that `text` means; none or several are an error.
fn one(store: &Store, text: &str) -> Result<RowRef, CliError> {
    let mut found = store.rows_named(text).map_err(store_error)?;
    let shown = Clean::label(text.as_bytes());
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => Err(CliError::usage(format!("no row is called `{shown}`")).hint(
            "name how a commit's id begins, the key of a task, or `row` of `inward log all --json`",
        )),
        (Some(last), false) => {
            found.push(last);
            let shown_row = |row: &RowRef| format!("  {}  {}", named(row), row.label);
            let all: Vec<String> = found.iter().map(shown_row).collect();
            let all = all.join("\n");
            Err(
                CliError::usage(format!("`{shown}` can be several rows:\n{all}"))
                    .hint("name one by its id, as it stands there"),
            )
        }
    }
}

fn undo(session: &mut Session, store: &mut Store, text: &str) -> Result<(), CliError> {
    let number = text.strip_prefix("x-").and_then(|n| n.parse::<u64>().ok());
    let gone = if let Some(number) = number {
        store.remove_choices(&[number])
    } else {
        store.unchoose(&one(store, text)?)
    };
    let gone = gone.map_err(store_error)?;
    if gone == 0 {
        let shown = Clean::label(text.as_bytes());
        return Err(
            CliError::new(Code::Failed, format!("nothing was said of {shown}"))
                .hint("`inward exclude list` shows what was"),
        );
    }
    told(
        session,
        &format!("{} taken back", counted(gone, "entry", "entries")),
    )
}

/// The list as `--json` writes it.
#[derive(Serialize)]
struct Document {
    schema: &'static str,
    excluded: u64,
    not_mine: u64,
    corrected: u64,
    rows: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    kind: &'static str,
    oid: Option<Oid>,
    row: Option<Clean>,
    what: &'static str,
    fact: Option<&'static str>,
    value: Option<String>,
    reason: Option<Clean>,
    day: Option<NaiveDate>,
}

impl From<ChoiceRow> for Line {
    fn from(row: ChoiceRow) -> Self {
        let (what, correction) = match row.choice {
            Choice::Out(out) => (out.as_str(), None),
            Choice::Correct(one) => ("corrected", Some(one)),
        };
        Self {
            id: format!("x-{}", row.id),
            kind: row.kind.as_str(),
            oid: row.oid,
            row: row.label,
            what,
            fact: correction.as_ref().map(|one| one.fact().as_str()),
            value: correction.map(|one| one.value()),
            reason: row.reason,
            day: NaiveDate::from_epoch_days(row.day),
        }
    }
}

fn list(session: &mut Session, json: bool) -> Result<(), CliError> {
    let store = session.open_kept()?;
    session.say_if_belied(&store);
    if json {
        return document(session, &store);
    }
    let all = store.choices().map_err(store_error)?;
    if all.is_empty() {
        return told(session, "every row counts as it was found");
    }
    let lines: Vec<Line> = all.into_iter().map(Line::from).collect();
    let today = session.calendar.today();
    for line in &lines {
        let text = shown(line, today);
        writeln!(session.say.out(), "{text}")?;
    }
    let sum = counts(&lines);
    let parts = [
        (sum[0], "excluded"),
        (sum[1], "not yours"),
        (sum[2], "corrected"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    told(session, &parts.join(", "))
}

fn document(session: &mut Session, store: &Store) -> Result<(), CliError> {
    let all = store.choices().map_err(store_error)?;
    let rows: Vec<Line> = all.into_iter().map(Line::from).collect();
    let [excluded, not_mine, corrected] = counts(&rows);
    let document = Document {
        schema: "inward.exclusions.v1",
        excluded,
        not_mine,
        corrected,
        rows,
    };
    print(session, &document)
}

/// How many entries are excluded, not mine, corrected.
fn counts(lines: &[Line]) -> [u64; 3] {
    ["excluded", "not-mine", "corrected"]
        .map(|what| lines.iter().filter(|line| line.what == what).count() as u64)
}

/// ` x-3  commit  excluded  1a2b3c4d5e Change a (moved by a script, 5 Mar)`
fn shown(line: &Line, today: NaiveDate) -> String {
    let what = match (line.fact, &line.value) {
        (Some(fact), Some(value)) => format!("{fact} is {value}"),
        _ if line.what == "not-mine" => "not yours".to_owned(),
        _ => line.what.to_owned(),
    };
    let id = line.oid.map(|oid| format!("{} ", oid.short()));
    let row = line.row.as_ref().map_or("(not here now)", Clean::as_str);
    let said = line.day.map(|said| day(said, today)).unwrap_or_default();
    let reason = line.reason.as_ref();
    let reason = reason.map_or_else(String::new, |reason| {
        let reason = reason.as_str().lines().collect::<Vec<_>>().join(" ");
        format!("{reason}, ")
    });
    let (id, number, kind) = (id.unwrap_or_default(), &line.id, line.kind);
    format!("{number:>5}  {kind:<7} {what}  {id}{row}  ({reason}{said})")
}
