//! Asks for each proposal, one by one, on a terminal: yes, no for good, or later.

use std::io::{BufRead, IsTerminal as _};

use crate::model::proposal::Proposal;
use crate::store::Evidence;

use super::error::CliError;
use super::me_add::typed;
use super::me_show::lines;
use super::session::{Session, store_error};

/// Whether there is somebody to ask, and a store to remember the answer in.
pub(super) fn can_ask(session: &Session) -> bool {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    terminal && !session.config.plain && session.has_store()
}

/// An answer to one proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Later,
}

/// Asks for each of `proposals` and remembers the answers, each at once.
pub(super) fn each(session: &mut Session, proposals: &[Proposal]) -> Result<(), CliError> {
    if proposals.is_empty() {
        return Ok(());
    }
    let mut store = session.open_store()?;
    let mut yes = 0;
    for (at, one) in proposals.iter().enumerate() {
        let out = session.say.out();
        writeln!(
            out,
            "\n{} of {}: {}",
            at + 1,
            proposals.len(),
            one.entry.as_str()
        )?;
        for line in lines(one) {
            writeln!(out, "  {line}")?;
        }
        write!(
            out,
            "Is this you? y yes · n no, never ask again · Enter later: "
        )?;
        session.say.flush()?;
        match answer(&mut std::io::stdin().lock())? {
            None => break,
            Some(Answer::Yes) => {
                let why = match one.is_evidence() {
                    true => Evidence::Accepted,
                    false if typed(one.entry.as_str())? => Evidence::Typed,
                    false => continue,
                };
                store.add_address(&one.entry, why).map_err(store_error)?;
                yes += 1;
            }
            Some(Answer::No) => store.refuse(&one.entry).map_err(store_error)?,
            Some(Answer::Later) => {}
        }
    }
    if yes > 0 {
        session
            .say
            .note("next: `inward scan` reads the commits under it");
    }
    Ok(())
}

/// The next answer; anything that is neither yes nor no is later, `None` is the end of the input.
fn answer(input: &mut impl BufRead) -> std::io::Result<Option<Answer>> {
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(match line.trim().to_lowercase().as_str() {
        "y" | "yes" => Answer::Yes,
        "n" | "no" => Answer::No,
        _ => Answer::Later,
    }))
}

#[cfg(test)]
mod tests {
    use super::Answer::{Later, No, Yes};
    use super::*;

    #[test]
    fn only_a_plain_yes_is_a_yes() {
        let mut input = &b"y\n YES \nyep\n\nn\nno\nq\n"[..];
        let mut answers = Vec::new();
        while let Some(one) = answer(&mut input).unwrap() {
            answers.push(one);
        }
        assert_eq!(answers, [Yes, Yes, Later, Later, No, No, Later]);
    }
}
