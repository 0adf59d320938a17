//! `inward log`: the rows themselves.

use crate::model::period::Range;
use crate::report::log::{self, Row};
use crate::report::{csv, json};

use super::args::{LogArgs, LogKind};
use super::ask;
use super::error::{CliError, Code};
use super::kept::Kept;
use super::log_imported::{self, Wanted};
use super::log_notes;
use super::session::{Session, store_error};

/// Lists the rows of a range, the last 30 days unless told otherwise, newest first.
pub(super) fn run(session: &mut Session, args: &LogArgs) -> Result<(), CliError> {
    let kept = Kept::open(session)?;
    let rows = rows(session, &kept, args)?;
    if args.json {
        let document = json::ascii(&log::Document::new(&rows))
            .map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(session.say.out(), "{document}")?;
    } else if args.csv {
        let table = csv::log_csv(&rows).map_err(|e| CliError::caused(Code::Failed, &e))?;
        write!(session.say.out(), "{table}")?;
    } else {
        let text = log::log_text(&rows, &kept.context(session));
        write!(session.say.out(), "{text}")?;
    }
    Ok(())
}

fn rows(session: &Session, kept: &Kept, args: &LogArgs) -> Result<Vec<Row>, CliError> {
    let range = match &args.range {
        Some(text) => ask::range(Some(text), &session.calendar, &kept.data)?,
        None => ask::month_ago(&session.calendar),
    };
    // Rows on no believed day belong to `all` only.
    let range = (args.range.as_deref() != Some("all")).then_some(range);
    let text = args.text.as_deref().map(text_of).transpose()?;
    let mut rows = Vec::new();
    if matches!(args.kind, None | Some(LogKind::Commits)) {
        let positions = commits(kept, args, range, text.as_deref())?;
        rows = kept.rows(&positions, &session.calendar)?;
    }
    if let Some(store) = kept.store() {
        let wanted = Wanted::new(range, &args.repo, text.as_deref());
        rows.extend(log_imported::rows(store, args.kind, &wanted)?);
        rows.extend(log_notes::rows(store, args.kind, &wanted)?);
    }
    Ok(log::newest_first(rows, &session.calendar))
}

/// Positions of the commits that are asked for; no range is all of them.
fn commits(
    kept: &Kept,
    args: &LogArgs,
    range: Option<Range>,
    text: Option<&str>,
) -> Result<Vec<u32>, CliError> {
    let repos = ask::repos(&args.repo, &kept.data, &kept.labels)?;
    // A commit lies in every clone and fork that holds it, not only where it was met first.
    let held = match (&repos, kept.store()) {
        (Some(repos), Some(store)) => Some(store.held_by(repos).map_err(store_error)?),
        _ => None,
    };
    let found = match (text, kept.store()) {
        (Some(text), Some(store)) => Some(store.find(text).map_err(store_error)?),
        _ => None,
    };
    let within = |day: i32| {
        range.is_none_or(|range| {
            (range.from.to_epoch_days()..=range.to.to_epoch_days()).contains(&day)
        })
    };
    let mut positions = kept.newest(within, range.is_none());
    positions.retain(|at| {
        let at = *at as usize;
        let data = &kept.data;
        let here = held
            .as_ref()
            .is_none_or(|set| set.contains(&data.commits.id[at]));
        here && found
            .as_ref()
            .is_none_or(|set| set.contains(&data.commits.id[at]))
    });
    Ok(positions)
}

/// The text to look for; `-` reads it from standard input, so that it need not stand in argv.
fn text_of(text: &str) -> Result<String, CliError> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    Ok(std::io::read_to_string(std::io::stdin())?.trim().to_owned())
}
