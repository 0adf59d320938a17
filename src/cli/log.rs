//! `inward log`: the rows themselves.

use crate::model::period::Range;
use crate::report::{csv, json, log};

use super::args::LogArgs;
use super::ask;
use super::error::{CliError, Code};
use super::kept::Kept;
use super::session::{Session, store_error};

/// Lists commits of a range, the last 30 days unless told otherwise, newest first.
pub(super) fn run(session: &mut Session, args: &LogArgs) -> Result<(), CliError> {
    let kept = Kept::open(session)?;
    let range = match &args.range {
        Some(text) => ask::range(Some(text), &session.calendar, &kept.data)?,
        None => ask::month_ago(&session.calendar),
    };
    let everything = args.range.as_deref() == Some("all");
    let positions = wanted(&kept, args, range, everything)?;
    let rows = kept.rows(&positions, &session.calendar)?;
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

/// Positions of the rows that are asked for. Rows on no believed day belong to `all` only.
fn wanted(
    kept: &Kept,
    args: &LogArgs,
    range: Range,
    everything: bool,
) -> Result<Vec<u32>, CliError> {
    let repos = ask::repos(&args.repo, &kept.data, &kept.labels)?;
    // A commit lies in every clone and fork that holds it, not only where it was met first.
    let held = match (&repos, kept.store()) {
        (Some(repos), Some(store)) => Some(store.held_by(repos).map_err(store_error)?),
        _ => None,
    };
    let found = match (&args.text, kept.store()) {
        (Some(text), Some(store)) => {
            let typed = text_of(text)?;
            Some(store.find(&typed).map_err(store_error)?)
        }
        _ => None,
    };
    let (from, to) = (range.from.to_epoch_days(), range.to.to_epoch_days());
    let mut positions = kept.newest(|day| (from..=to).contains(&day), everything);
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
