//! `inward me add`: confirms what is the owner's, by evidence or by the typed sentence.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use crate::model::identity::Address;
use crate::store::Evidence;

use super::error::CliError;
use super::me_wanted::Wanted;
use super::places::{Configured, Places};
use super::session::{Session, store_error};
use super::who::Who;

/// The sentence that stands for evidence.
const SENTENCE: &str = "this is me";

/// Adds all of `wanted`, or nothing; `sentence`: the owner has said it.
pub(super) fn add(
    session: &mut Session,
    wanted: &[Wanted],
    sentence: bool,
) -> Result<(), CliError> {
    let places = Places::registered(session);
    let configured = places.configured(session);
    let unproven = wanted.iter().find(|one| !is_configured(one, &configured));
    // Asked before anything is written: a refusal leaves no trace.
    if let Some(unproven) = unproven.filter(|_| !sentence)
        && !std::io::stdin().is_terminal()
        && !session.has_store()
    {
        return Err(needs_sentence(unproven));
    }
    let looks = unproven.is_some() && !sentence;
    session.prepare_folder()?;
    session.lock(places.folders(), Vec::new());
    let mut agreed: Vec<(&Wanted, Option<Evidence>)> = wanted
        .iter()
        .map(|one| {
            (
                one,
                is_configured(one, &configured).then_some(Evidence::Configured),
            )
        })
        .collect();
    if looks {
        let who = Who::read(session, &places, configured)?;
        for (one, evidence) in &mut agreed {
            *evidence = evidence.or_else(|| found(one, &who));
        }
    }
    for (one, evidence) in &mut agreed {
        if evidence.is_none() && !sentence && !typed(one.text())? {
            return Err(needs_sentence(one));
        }
    }
    // All or none: a refusal above leaves the store as it was.
    let mut store = session.open_store()?;
    for (one, evidence) in agreed {
        let evidence = evidence.unwrap_or(Evidence::Typed);
        match one {
            Wanted::Entry(entry) => store.add_address(entry, evidence),
            Wanted::Name(name) => store.add_name(name, evidence),
        }
        .map_err(store_error)?;
        writeln!(session.say.out(), "{} is yours", one.text())?;
    }
    session
        .say
        .note("next: `inward scan` reads the commits under it");
    Ok(())
}

fn is_configured(one: &Wanted, configured: &Configured) -> bool {
    match one {
        Wanted::Entry(entry) => configured.addresses.contains(entry),
        Wanted::Name(name) => configured.names.contains(name),
    }
}

/// The evidence in the repositories: a sound proposal of it or of the address in the pair, or a
/// name that stands beside an address of the owner's.
fn found(one: &Wanted, who: &Who) -> Option<Evidence> {
    let found = match one {
        Wanted::Entry(entry) => {
            let covers = |other: &Address| {
                other == entry || (entry.is_pair() && other.as_str() == entry.email())
            };
            let proposed = who.proposals();
            proposed
                .iter()
                .any(|one| one.is_evidence() && covers(&one.entry))
                || who.given().iter().any(covers)
        }
        Wanted::Name(name) => who.is_used(name),
    };
    found.then_some(Evidence::Accepted)
}

fn needs_sentence(one: &Wanted) -> CliError {
    CliError::usage(format!("nothing here shows that {} is yours", one.text()))
        .hint("say so with --this-is-me, or run it on a terminal and type the sentence")
}

/// Asks for the sentence on a terminal; false where there is none.
pub(super) fn typed(one: &str) -> Result<bool, CliError> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    write!(
        std::io::stderr(),
        "Nothing here shows that {one} is yours. inward holds one person's record. If it is, type \
         `{SENTENCE}`: "
    )?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim() == SENTENCE)
}
