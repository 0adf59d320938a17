//! The questions of `inward share`: each line by itself, and no is the answer to silence.

use std::collections::BTreeSet;
use std::io::BufRead as _;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::text::Clean;
use crate::share::{self, Facts, Known, LineId, OWN_LINES, Profile};

/// A line typed on the terminal, without its end; `None` when the terminal was closed.
pub(super) fn typed(session: &mut Session, question: &str) -> Result<Option<String>, CliError> {
    write!(session.say.out(), "{question}")?;
    session.say.out().flush()?;
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// For whom it is.
pub(super) fn profile(session: &mut Session) -> Result<Profile, CliError> {
    for profile in Profile::ALL {
        session.tell(&format!("{}: {}\n", profile.as_str(), profile.about()))?;
    }
    let answer = typed(session, "For whom, handover or pooled? ")?.unwrap_or_default();
    Profile::parse(&answer.to_lowercase())
        .ok_or_else(|| CliError::usage("neither handover nor pooled: nothing was written"))
}

/// The lines that the owner says yes to.
pub(super) fn lines(
    session: &mut Session,
    profile: Profile,
    facts: &Facts,
) -> Result<BTreeSet<LineId>, CliError> {
    let mut chosen = BTreeSet::new();
    session.tell("Each line is left out unless you say y.\n\n")?;
    for line in share::lines(profile, facts) {
        if let Some(why) = line.why_not {
            session.tell(&format!("  {}: nothing to say, {why}\n", line.text))?;
            continue;
        }
        let question = format!("  {}   include? [y/N] ", line.text);
        let answer = typed(session, &question)?.unwrap_or_default();
        if answer.eq_ignore_ascii_case("y") || answer.eq_ignore_ascii_case("yes") {
            chosen.insert(line.id);
        }
    }
    Ok(chosen)
}

/// The owner's own lines. One that the profile never holds is not taken, and why is said.
pub(super) fn own(
    session: &mut Session,
    profile: Profile,
    known: &Known,
) -> Result<Vec<Clean>, CliError> {
    session.tell("\nYour own lines, one at a time; an empty one ends them.\n")?;
    let mut out = Vec::new();
    while out.len() < OWN_LINES {
        let answer = typed(session, "  > ")?.unwrap_or_default();
        let line = Clean::note(&answer);
        if line.is_empty() {
            break;
        }
        let concerns = share::concerns(&line, known);
        let refused = concerns.iter().find(|one| one.refuses(profile));
        if let Some(concern) = refused {
            session.tell(&format!(
                "    not taken: it {}, and whoever looks that up finds you\n",
                concern.words()
            ))?;
            continue;
        }
        for concern in concerns {
            session.tell(&format!("    taken; it {}\n", concern.words()))?;
        }
        out.push(line);
    }
    Ok(out)
}
