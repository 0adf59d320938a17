//! Where the owner's own words come from: the arguments, standard input, or a prompt.

use std::io::{BufRead as _, IsTerminal as _, Read as _, Write as _};

use crate::cli::error::CliError;
use crate::model::text::Clean;

/// The longest text, in bytes.
const LONGEST: u64 = 1 << 20;

/// The words given as arguments, from standard input (`-`), or typed at a terminal after `question`.
/// `None` when there is nobody to ask, or nothing was said.
pub(super) fn of(given: &[String], question: &str) -> Result<Option<Clean>, CliError> {
    let text = match given {
        [] if std::io::stdin().is_terminal() => ask(question)?,
        [] => return Ok(None),
        [only] if only == "-" => piped()?,
        words => words.join(" "),
    };
    let text = Clean::note(&text);
    let text = Clean::note(text.as_str().trim());
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// One line: an argument, or standard input for `-`.
pub(super) fn line(given: &str) -> Result<String, CliError> {
    let text = match given {
        "-" => piped()?,
        given => given.to_owned(),
    };
    Ok(text.trim().to_owned())
}

/// All of standard input.
fn piped() -> Result<String, CliError> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(CliError::usage("the text is longer than 1 MiB"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Lines up to an empty one.
fn ask(question: &str) -> Result<String, CliError> {
    writeln!(std::io::stderr(), "{question} (an empty line ends it)")?;
    let mut text = String::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() || text.len() as u64 > LONGEST {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

/// A yes or no on a terminal; only a plain yes is one.
pub(super) fn yes(question: &str) -> Result<bool, CliError> {
    write!(std::io::stderr(), "{question} y/N: ")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}
