//! `inward show`: a dashboard page as text, and the overview where there is no terminal.

use crate::model::period::{Bucket, Range};
use crate::model::selection::By;
use crate::report::pages::{self, Page, Subject};
use crate::report::{json, names::Names};

use super::args::ShowArgs;
use super::ask;
use super::error::{CliError, Code};
use super::kept::Kept;
use super::own;
use super::places::Places;
use super::session::Session;
use super::show_privacy;
use super::show_repository;
use super::show_task;
use crate::model::text::Clean;

/// How many rows of the log a page of text shows.
const LOG_ROWS: usize = 40;

/// Writes a page over a range.
pub(super) fn run(session: &mut Session, args: &ShowArgs) -> Result<(), CliError> {
    if args.page.eq_ignore_ascii_case("privacy") {
        return show_privacy::run(session, args);
    }
    if args.page.eq_ignore_ascii_case("goals") {
        if args.range.is_some() {
            return Err(CliError::usage(
                "goals stand where they stand today, not over a range",
            ));
        }
        return own::goals(session, args.json);
    }
    let Some(page) = Page::by_name(&args.page) else {
        return task(session, args);
    };
    let kept = Kept::open(session)?;
    let range = ask::range(args.range.as_deref(), &session.calendar, &kept.data)?;
    write(session, &kept, page, range, args.json)
}

/// Writes the tasks of this key, else the repository of this name. A page of the same name wins.
fn task(session: &mut Session, args: &ShowArgs) -> Result<(), CliError> {
    let is_none = || {
        let known: Vec<_> = Page::ALL.iter().map(|page| page.name()).collect();
        let name = Clean::label(args.page.as_bytes());
        CliError::usage(format!("`{name}` is neither a page nor a task or repository of yours")).hint(format!(
            "pages: {} goals privacy; `inward log all --kind tasks` lists tasks, `inward repos` repositories",
            known.join(" ")
        ))
    };
    if !session.has_store() {
        return Err(is_none());
    }
    // Looked for before the lock.
    let places = Places::registered(session);
    let kept = Kept::open(session)?;
    let ranged = args.range.is_some();
    if !ranged && show_task::run(session, &kept, &args.page, args.json)? {
        return Ok(());
    }
    if let Some(row) = show_repository::find(&kept, &args.page)? {
        let range = ask::range(args.range.as_deref(), &session.calendar, &kept.data)?;
        return show_repository::run(session, (&kept, row), (range, &places), args.json);
    }
    if ranged && show_task::is_known(&kept, &args.page)? {
        return Err(CliError::usage("a task is shown whole, not over a range"));
    }
    Err(is_none())
}

/// Writes `page` from what is kept, or from what was read into memory only.
pub(super) fn write(
    session: &mut Session,
    kept: &Kept,
    page: Page,
    range: Range,
    as_json: bool,
) -> Result<(), CliError> {
    let selection = ask::selection(range, By::Time(Bucket::Week), false);
    if as_json {
        let context = kept.context(session);
        let figures = page.figures(&kept.data, &selection, &context);
        let names = Names::new(&kept.data, &kept.labels);
        let document = json::ascii(&json::Document::new(&figures, names))
            .map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{document}")?;
        return Ok(());
    }
    let (from, to) = (range.from.to_epoch_days(), range.to.to_epoch_days());
    let mut positions = kept.newest(|day| (from..=to).contains(&day), false);
    positions.truncate(LOG_ROWS);
    let log = kept.rows(&positions, &session.calendar)?;
    let subject = Subject {
        data: &kept.data,
        selection: &selection,
        log: &log,
    };
    let text = pages::page_text(page, &subject, &kept.context(session));
    write!(session.say.out(), "{text}")?;
    Ok(())
}
