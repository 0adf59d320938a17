//! `inward me`: show, confirm and take back the addresses and names that are the owner's.

use std::ffi::OsString;
use std::io::{BufRead as _, IsTerminal as _, Write as _};

use crate::model::identity::Address;
use crate::model::text::Clean;
use crate::store::{Evidence, Kind, Store};

use super::args::{MeArgs, MeChange};
use super::error::CliError;
use super::places::{self, Configured, Places};
use super::session::{Session, nothing_kept, store_error};
use super::who::Who;
use super::{me_ask, me_show};

/// The sentence that stands for evidence.
const SENTENCE: &str = "this is me";

/// Shows or changes who "me" is.
pub(super) fn run(session: &mut Session, args: &MeArgs) -> Result<(), CliError> {
    match &args.change {
        None => show(session, args.json),
        Some(MeChange::Add {
            addresses,
            this_is_me,
        }) => add(session, &wanted(addresses)?, *this_is_me),
        Some(MeChange::Remove { addresses }) => remove(session, &wanted(addresses)?),
    }
}

fn show(session: &mut Session, json: bool) -> Result<(), CliError> {
    session.judge_folder()?;
    let mut places = Places::registered(session);
    if places.targets.is_empty()
        && let Ok(Some(here)) = places::here(session)
    {
        places.add(&places::plain_root(&here.path));
    }
    let asks = !json && me_ask::can_ask(session);
    if asks {
        session.prepare_folder()?;
    }
    let configured = places.configured(session);
    session.lock(places.folders(), Vec::new());
    let who = Who::read(session, &places, configured)?;
    if json {
        return me_show::document(session, &who);
    }
    let proposals = who.proposals();
    me_show::mine(session, &who)?;
    if asks {
        return me_ask::each(session, &proposals);
    }
    me_show::proposed(session, &proposals)
}

/// Something the owner says is theirs, or not.
#[derive(Debug)]
enum Wanted {
    /// An address, or a pair of name and address.
    Entry(Address),
    /// A name alone.
    Name(Clean),
}

impl Wanted {
    fn text(&self) -> &str {
        match self {
            Self::Entry(entry) => entry.as_str(),
            Self::Name(name) => name.as_str(),
        }
    }
}

fn add(session: &mut Session, wanted: &[Wanted], sentence: bool) -> Result<(), CliError> {
    let places = Places::registered(session);
    let configured = places.configured(session);
    let unproven = wanted.iter().find(|one| !is_configured(one, &configured));
    let asks = unproven.filter(|_| !sentence);
    // Asked before anything is written: a refusal leaves no trace.
    if let Some(unproven) = asks
        && !std::io::stdin().is_terminal()
        && !session.has_store()
    {
        return Err(needs_sentence(unproven));
    }
    session.prepare_folder()?;
    session.lock(places.folders(), Vec::new());
    let evidence: Vec<Option<Evidence>> = if asks.is_some() {
        let by_git = |one: &Wanted| is_configured(one, &configured);
        let by_git: Vec<bool> = wanted.iter().map(by_git).collect();
        let who = Who::read(session, &places, configured)?;
        let found = wanted.iter().map(|one| found(one, &who));
        let both = by_git.into_iter().zip(found);
        both.map(|(git, found)| {
            if git {
                Some(Evidence::Configured)
            } else {
                found
            }
        })
        .collect()
    } else {
        let known = |one| is_configured(one, &configured).then_some(Evidence::Configured);
        wanted.iter().map(known).collect()
    };
    let mut agreed = Vec::new();
    for (one, evidence) in wanted.iter().zip(evidence) {
        let evidence = match evidence {
            Some(evidence) => evidence,
            None if sentence || typed(one.text())? => Evidence::Typed,
            None => return Err(needs_sentence(one)),
        };
        agreed.push((one, evidence));
    }
    // All or none: a refusal above leaves the store as it was.
    let mut store = session.open_store()?;
    for (one, evidence) in agreed {
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

/// Erases what is the owner's, and remembers the no to what is not.
fn remove(session: &mut Session, wanted: &[Wanted]) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let places = Places::registered(session);
    let configured = places.configured(session);
    session.prepare_folder()?;
    session.lock(places.folders(), Vec::new());
    let mut store = session.open_store()?;
    let mut strangers = Vec::new();
    for one in wanted {
        let known = match one {
            Wanted::Entry(entry) => remove_entry(session, &mut store, entry)?,
            Wanted::Name(name) => {
                let gone = store.remove_name(name).map_err(store_error)?;
                if gone {
                    writeln!(session.say.out(), "{name}: no name of yours any more")?;
                }
                gone
            }
        };
        if !known {
            strangers.push(one);
        }
    }
    if strangers.is_empty() {
        return Ok(());
    }
    let who = Who::read(session, &places, configured)?;
    for one in strangers {
        match one {
            Wanted::Entry(entry) if who.me.is_me(entry.email().as_bytes()) => {
                let email = entry.email();
                return Err(
                    CliError::usage(format!("{email} is yours under every name"))
                        .hint(format!("`inward me remove {email}` takes all of it back")),
                );
            }
            Wanted::Entry(entry) if who.is_author(entry) => {
                store.refuse(entry).map_err(store_error)?;
                let out = session.say.out();
                writeln!(out, "{}: not yours, and not asked again", entry.as_str())?;
            }
            _ => {
                return Err(
                    CliError::usage(format!("{} is not among yours", one.text()))
                        .hint("`inward me` lists them"),
                );
            }
        }
    }
    Ok(())
}

/// Erases an address of the owner's, and the pairs with it; false when there is none.
fn remove_entry(
    session: &mut Session,
    store: &mut Store,
    entry: &Address,
) -> Result<bool, CliError> {
    let all = store.identities().map_err(store_error)?;
    let mine: Vec<Address> = all
        .iter()
        .filter(|row| row.kind == Kind::Address)
        .filter_map(|row| Address::stored(row.value.as_str().as_bytes()))
        .filter(|mine| mine == entry || (mine.is_pair() && mine.email() == entry.as_str()))
        .collect();
    if !mine.is_empty() {
        // First the no: git's settings, or a mailmap, may still name it, and what was taken back
        // is not taken up again.
        store.refuse(entry).map_err(store_error)?;
    }
    for mine in &mine {
        store.refuse(mine).map_err(store_error)?;
        if let Some(erased) = store.remove_address(mine).map_err(store_error)? {
            let commits = places::counted(erased.commits, "commit", "commits");
            writeln!(session.say.out(), "{}: {commits} erased", mine.as_str())?;
        }
    }
    Ok(!mine.is_empty())
}

/// What the command line names; `-` reads one a line.
fn wanted(named: &[OsString]) -> Result<Vec<Wanted>, CliError> {
    let mut out = Vec::new();
    for text in named {
        if text == "-" {
            for line in std::io::stdin().lock().lines() {
                out.extend(parsed(line?.as_bytes())?);
            }
        } else {
            out.extend(parsed(text.as_encoded_bytes())?);
        }
    }
    if out.is_empty() {
        return Err(CliError::usage("no address was named"));
    }
    Ok(out)
}

/// An address, a pair, or (without any `@`) a name; `None` for nothing.
fn parsed(text: &[u8]) -> Result<Option<Wanted>, CliError> {
    let Some(entry) = Address::typed(text) else {
        return Ok(None);
    };
    let shown = entry.as_str();
    if shown.contains("[bot]") {
        return Err(CliError::usage(format!(
            "{shown} is a program, and no program is you"
        )));
    }
    if entry.is_pair() || entry.is_full() {
        return Ok(Some(Wanted::Entry(entry)));
    }
    if shown.contains('@') {
        return Err(
            CliError::usage(format!("{shown} is an address that many people have")).hint(format!(
                "say whose, as it stands in the commits: `inward me add \"NAME <{shown}>\"`"
            )),
        );
    }
    Ok(Some(Wanted::Name(Clean::label(text))))
}
