//! `inward retain`: how long each kind of row is kept, and when the next one goes.

use std::io::IsTerminal as _;

use serde::Serialize;

use crate::model::privacy::Ageing;
use crate::report::json;
use crate::store::{Kept, Purge, Store};

use super::error::{CliError, Code};
use super::forget::args::RetainArgs;
use super::forget::typed;
use super::places::counted;
use super::session::{Session, nothing_kept, store_error};

/// The fewest days that can be set: what a running week and its figures need.
const FEWEST: u32 = 7;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    kinds: Vec<Line>,
    held: Option<i32>,
}

#[derive(Serialize)]
struct Line {
    kind: &'static str,
    #[serde(flatten)]
    ageing: Ageing,
}

/// Lists the rules, or sets one.
pub(super) fn run(session: &mut Session, args: &RetainArgs) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    match (&args.kind, &args.keep) {
        (Some(kind), Some(keep)) => set(session, (kind, keep), args.yes),
        _ if args.yes => release(session),
        _ => {
            let store = session.open_kept()?;
            list(session, &store, args.json)
        }
    }
}

fn open(session: &mut Session) -> Result<Store, CliError> {
    session.prepare_folder()?;
    session.lock(Vec::new(), Vec::new());
    session.open_store()
}

/// The owner says that the clock is right: what was held goes.
fn release(session: &mut Session) -> Result<(), CliError> {
    let mut store = open(session)?;
    store.release_purge().map_err(store_error)?;
    let gone = store.purge_now().map_err(store_error)?;
    tell(session, &format!("{} went\n", counted(gone, "row", "rows")))
}

fn set(session: &mut Session, (kind, keep): (&str, &str), yes: bool) -> Result<(), CliError> {
    let kind = named(kind)?;
    let days = days(keep)?;
    let mut store = open(session)?;
    let older = match days {
        Some(days) => store.older(kind, days).map_err(store_error)?,
        None => 0,
    };
    if older > 0 && !yes {
        ask(session, kind, (days.unwrap_or_default(), older))?;
    }
    store.retain(kind, days).map_err(store_error)?;
    let Some(days) = days else {
        return tell(
            session,
            &format!(
                "{} never go by themselves; {}\n",
                kind.about(),
                way_back(kind)
            ),
        );
    };
    let gone = store.purge_now().map_err(store_error)?;
    let text = format!(
        "{} are kept for {days} days: {}; {}\n",
        kind.about(),
        kind.costs(),
        counted(gone, "row went now", "rows went now")
    );
    tell(session, &text)?;
    list(session, &store, false)
}

/// How what went comes back.
fn way_back(kind: Kept) -> &'static str {
    match kind {
        Kept::Commits => "what went comes back with `inward scan --full`",
        Kept::Tasks | Kept::Titles | Kept::Entries => {
            "what went comes back when its exports are imported again"
        }
        Kept::Notes => "what went does not come back",
    }
}

/// Says what goes at once, and asks for the word.
fn ask(session: &mut Session, kind: Kept, (days, older): (u32, u64)) -> Result<(), CliError> {
    let text = format!(
        "{} are older than {days} days and would go now: {}. {}.\n",
        counted(older, "row", "rows"),
        kind.about(),
        kind.costs()
    );
    if !std::io::stdin().is_terminal() {
        return Err(
            CliError::usage(format!("{}nothing was changed", text.replace('\n', " ")))
                .hint("add --yes to say that they may go"),
        );
    }
    session.tell(&text)?;
    session.say.flush()?;
    if typed("retain")? {
        return Ok(());
    }
    Err(CliError::usage("nothing was changed"))
}

fn named(kind: &str) -> Result<Kept, CliError> {
    let found = Kept::ALL.into_iter().find(|one| one.name() == kind);
    found.ok_or_else(|| {
        let names: Vec<&str> = Kept::ALL.iter().map(|one| one.name()).collect();
        CliError::usage(format!("`{kind}` is no kind that ages by your rule"))
            .hint(format!("kinds: {}", names.join(" ")))
    })
}

fn days(keep: &str) -> Result<Option<u32>, CliError> {
    if keep == "never" {
        return Ok(None);
    }
    let days = keep.strip_suffix('d').unwrap_or(keep).parse::<u32>();
    match days {
        Ok(days) if (FEWEST..=36_500).contains(&days) => Ok(Some(days)),
        _ => Err(CliError::usage(format!("`{keep}` is no length of time"))
            .hint(format!("write 400d (at least {FEWEST} days), or never"))),
    }
}

fn list(session: &mut Session, store: &Store, as_json: bool) -> Result<(), CliError> {
    let today = session.calendar.today();
    let ageing = store.ageing(today).map_err(store_error)?;
    let names = ["ref-events"].into_iter().chain(Kept::ALL.map(Kept::name));
    let kinds = names
        .zip(ageing)
        .map(|(kind, ageing)| Line { kind, ageing })
        .collect();
    let document = Document {
        schema: "inward.retain.v1",
        kinds,
        held: store.held_days().map_err(store_error)?,
    };
    if as_json {
        let text = json::ascii(&document).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{text}")?;
        return Ok(());
    }
    let lines: String = document.kinds.iter().map(line).collect();
    tell(session, &lines)?;
    if let Some(days) = document.held {
        tell(session, &format!("{}\n", held_words(days)))?;
    }
    Ok(())
}

fn line(one: &Line) -> String {
    let Ageing {
        what,
        after_days,
        next,
        rows,
    } = &one.ageing;
    let age = after_days.map_or("never".to_owned(), |days| format!("{days}d"));
    let next = match next {
        Some(day) => format!("next on {day}: {}", counted(*rows, "row", "rows")),
        None => "nothing to go".to_owned(),
    };
    format!("{:<11} {age:>6}  {next:<28}  {what}\n", one.kind)
}

fn held_words(days: i32) -> String {
    format!(
        "Nothing goes for now: this clock stands {days} days after the last entry of the log. If it is right, \
         `inward retain --yes` lets what is due go"
    )
}

/// Says what opening the store let go, if anything.
pub(super) fn tell_purge(session: &mut Session, store: &Store) {
    let text = match store.purged() {
        Purge::Nothing => return,
        Purge::Gone(rows) => format!(
            "{} went because of their age (`inward retain`)",
            counted(*rows, "row", "rows")
        ),
        Purge::Held(days) => held_words(*days),
        Purge::Failed(why) => format!("what has aged could not be let go: {why}"),
    };
    session.say.note(&text);
}

fn tell(session: &mut Session, text: &str) -> Result<(), CliError> {
    if session.say.is_quiet() {
        return Ok(());
    }
    session.tell(text)
}
