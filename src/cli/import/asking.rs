//! The questions of an import, on a terminal; without one, the error that says how to answer.

use std::io::{BufRead as _, Write as _};

use chrono_tz::Tz;

use crate::model::text::Clean;
use crate::sources::tasks::dates::DayOrder;
use crate::sources::tasks::{Input, registry};
use crate::store::{Store, StoreError};
use crate::sync::{Candidate, Candidates, ImportOptions};

use super::super::error::CliError;
use super::super::session::store_error;

/// The people of a file in which nobody is known to be the owner, and how to say who that is.
pub(super) fn who(candidates: &[Candidate]) -> String {
    let Some(first) = candidates.first() else {
        return "  next: `--mine '*'` says that all of it is yours".to_owned();
    };
    let mut lines: Vec<String> = candidates
        .iter()
        .map(|one| format!("  {}", line(one)))
        .collect();
    lines.push(format!(
        "  next: say who you are, for example `--mine '{}'`; `--mine '*'` says that all of it is yours",
        first.token
    ));
    lines.join("\n")
}

/// Asks whether what was forgotten is to be taken again; only a plain yes is one.
pub(super) fn again(path: &str, why: &StoreError) -> Result<bool, CliError> {
    let path = Clean::label(path.as_bytes());
    write!(std::io::stderr(), "{path}: {why}. Take it again? y/N: ")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn line(one: &Candidate) -> String {
    let records = if one.records == 1 {
        "record"
    } else {
        "records"
    };
    let mut text = format!("{}: {} {records}", one.name, one.records);
    if !one.evidence.is_empty() {
        text = format!("{text}, {}", one.evidence.join(", "));
    }
    text
}

/// Asks which of the candidates the owner is; what they said no to, though something spoke for
/// it, is not proposed again. `None`: none of them, or no answer.
pub(super) fn me(
    store: &mut Store,
    options: &ImportOptions<'_>,
    input: &Input,
    (path, candidates): (&str, &Candidates),
) -> Result<Option<String>, CliError> {
    let mut err = std::io::stderr();
    writeln!(
        err,
        "{}: who of these are you?",
        Clean::label(path.as_bytes())
    )?;
    for (at, one) in candidates.listed.iter().enumerate() {
        writeln!(err, "  {}  {}", at + 1, line(one))?;
    }
    if candidates.more > 0 {
        writeln!(
            err,
            "     and {} more: type a name as it stands in the file",
            candidates.more
        )?;
    }
    let Some(token) = chosen(candidates)? else {
        return Ok(None);
    };
    let format = options.format.or_else(|| registry::detect(input.head()));
    if let Some(format) = format.filter(|_| options.keep) {
        let others = candidates
            .listed
            .iter()
            .filter(|one| one.token.as_str() != token);
        for one in others.filter(|one| !one.evidence.is_empty()) {
            store
                .refuse_account(format.source, &one.token)
                .map_err(store_error)?;
        }
    }
    Ok(Some(token))
}

/// The name that the owner chooses by number or types; `None` for none of them.
fn chosen(candidates: &Candidates) -> Result<Option<String>, CliError> {
    let last = candidates.listed.len();
    loop {
        let answer = prompt("Number or name, Enter for none of them: ")?;
        if answer.is_empty() {
            return Ok(None);
        }
        let number = answer.parse::<usize>().ok();
        if let Some(one) = number.and_then(|n| candidates.listed.get(n.checked_sub(1)?)) {
            return Ok(Some(one.token.to_string()));
        }
        let begins = |text: &str| text.to_lowercase().starts_with(&answer.to_lowercase());
        let mut fits = candidates
            .listed
            .iter()
            .filter(|one| begins(one.token.as_str()) || begins(one.name.as_str()));
        match (fits.next(), fits.next()) {
            (Some(one), None) => return Ok(Some(one.token.to_string())),
            // One of those who are not listed may be meant.
            (None, _) if candidates.more > 0 && number.is_none() => return Ok(Some(answer)),
            _ => writeln!(
                std::io::stderr(),
                "That is none of them: a number from 1 to {last}, or a name as it stands there."
            )?,
        }
    }
}

/// Asks in which zone the clocks of a file are.
pub(super) fn zone(path: &str, home: Tz) -> Result<Tz, CliError> {
    let path = Clean::label(path.as_bytes());
    writeln!(std::io::stderr(), "{path} has times without a zone.")?;
    loop {
        let answer = prompt(&format!("Which zone is its clock in? [{home}] "))?;
        if answer.is_empty() {
            return Ok(home);
        }
        match answer.parse() {
            Ok(zone) => return Ok(zone),
            Err(_) => writeln!(
                std::io::stderr(),
                "No zone has that name; write it like Europe/Berlin or UTC."
            )?,
        }
    }
}

/// Asks whether a date is day first or month first.
pub(super) fn order(path: &str, sample: &str) -> Result<DayOrder, CliError> {
    let path = Clean::label(path.as_bytes());
    let sample = Clean::label(sample.as_bytes());
    loop {
        let answer = prompt(&format!(
            "{path}: is {sample} day/month (d) or month/day (m)? "
        ))?;
        match answer.to_lowercase().as_str() {
            "d" | "dmy" | "day" => return Ok(DayOrder::Dmy),
            "m" | "mdy" | "month" => return Ok(DayOrder::Mdy),
            _ => writeln!(
                std::io::stderr(),
                "Type d where the day comes first, m where the month does."
            )?,
        }
    }
}

/// The owner's line, trimmed; the end of the input is a usage error, so that no loop runs on.
pub(super) fn prompt(question: &str) -> Result<String, CliError> {
    write!(std::io::stderr(), "{question}")?;
    let mut line = String::new();
    if std::io::stdin().lock().read_line(&mut line)? == 0 {
        writeln!(std::io::stderr())?;
        return Err(CliError::usage("no answer: nothing was imported"));
    }
    Ok(line.trim().to_owned())
}
