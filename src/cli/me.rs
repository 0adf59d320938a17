//! `inward me`: show, confirm and take back the addresses that are the owner's.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::sync::atomic::AtomicBool;

use crate::guard::gitconfig;
use crate::model::identity::Address;
use crate::report::json;
use crate::sources::git::{self, Person};
use crate::store::{Evidence, Store};

use super::args::{MeArgs, MeChange};
use super::error::{CliError, Code};
use super::places::{self, Places};
use super::session::{Session, nothing_kept, store_error};

/// The sentence that stands for evidence.
const SENTENCE: &str = "this is me";

/// Shows or changes who "me" is.
pub(super) fn run(session: &mut Session, args: &MeArgs) -> Result<(), CliError> {
    match &args.change {
        None => show(session, args.json),
        Some(MeChange::Add {
            addresses,
            this_is_me,
        }) => add(session, addresses, *this_is_me),
        Some(MeChange::Remove { addresses }) => remove(session, addresses),
    }
}

/// The answer where nobody is "me" yet.
pub(super) fn no_identity() -> CliError {
    CliError::usage("git names no user.email here, so inward does not know which commits are yours")
        .hint("`inward me add ADDRESS` names one (`inward` on a terminal lists the candidates)")
}

/// Takes the addresses that git's settings name as the owner's, but for those taken back before.
pub(super) fn take_configured(
    store: &mut Store,
    configured: &BTreeSet<Address>,
) -> Result<(), CliError> {
    for address in configured {
        if !store.is_refused(address).map_err(store_error)? {
            store
                .add_address(address, Evidence::Configured)
                .map_err(store_error)?;
        }
    }
    Ok(())
}

fn show(session: &mut Session, json: bool) -> Result<(), CliError> {
    session.judge_folder()?;
    let mut places = Places::registered(session);
    if places.targets.is_empty()
        && let Ok(Some(here)) = places::here(session)
    {
        places.add(&places::plain_root(&here.path));
    }
    let configured = places.configured(session);
    let names = own_names(session);
    session.lock(places.folders(), Vec::new());
    let store = reading(session)?;
    let kept = match &store {
        Some(store) => store.identities().map_err(store_error)?,
        None => Vec::new(),
    };
    let mut people = everybody(session, &places)?;
    let mut mine = configured;
    if let Some(store) = &store {
        // What was taken back is neither mine nor proposed again.
        let refused = |address: &Address| store.is_refused(address).map_err(store_error);
        mine = without(mine, |address| refused(address))?;
        people = without(people, |person: &Person| refused(&person.address))?;
    }
    mine.extend(
        kept.iter()
            .filter_map(|row| Address::new(row.value.as_str().as_bytes())),
    );
    let proposals = proposals(&people, &mine, &names);
    let out = session.say.out();
    if json {
        let addresses: Vec<_> = mine
            .iter()
            .map(|address| {
                let row = kept
                    .iter()
                    .find(|row| row.value.as_str() == address.as_str());
                serde_json::json!({
                    "address": address,
                    "evidence": row.map_or(Evidence::Configured, |row| row.evidence),
                    "kept": row.is_some(),
                    "commits": row.map(|row| row.commits),
                })
            })
            .collect();
        let proposed: Vec<_> = proposals
            .iter()
            .map(|(person, why)| serde_json::json!({ "address": person.address, "because": why }))
            .collect();
        let document = serde_json::json!({
            "schema": "inward.me.v1", "addresses": addresses, "proposals": proposed,
        });
        let document = json::ascii(&document).map_err(|e| CliError::caused(Code::Failed, &e))?;
        writeln!(out, "{document}")?;
        return Ok(());
    }
    for address in &mine {
        let row = kept
            .iter()
            .find(|row| row.value.as_str() == address.as_str());
        let what = row.map_or_else(
            || "from git's settings".to_owned(),
            |row| format!("{} kept", places::counted(row.commits, "commit", "commits")),
        );
        writeln!(out, "{}  {what}", address.as_str())?;
    }
    if mine.is_empty() {
        writeln!(out, "no address is yours yet: `inward me add ADDRESS`")?;
    }
    for (person, why) in &proposals {
        let address = person.address.as_str();
        writeln!(
            out,
            "perhaps yours: {address} ({why}); `inward me add {address}`"
        )?;
    }
    Ok(())
}

/// The kept store for reading, behind the lock, if something is kept.
fn reading(session: &Session) -> Result<Option<Store>, CliError> {
    session
        .has_store()
        .then(|| Store::open_reading(&session.config.store, session.now_utc()))
        .transpose()
        .map_err(store_error)
}

/// `all` but those that `leave_out` says.
fn without<T, C>(all: C, leave_out: impl Fn(&T) -> Result<bool, CliError>) -> Result<C, CliError>
where
    C: IntoIterator<Item = T> + FromIterator<T>,
{
    all.into_iter()
        .filter_map(|one| match leave_out(&one) {
            Ok(true) => None,
            Ok(false) => Some(Ok(one)),
            Err(error) => Some(Err(error)),
        })
        .collect()
}

/// Every author of these repositories; read now, kept nowhere.
fn everybody(session: &mut Session, places: &Places) -> Result<Vec<Person>, CliError> {
    git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
    let stop = AtomicBool::new(false);
    let mut people = Vec::new();
    for (place, _) in &places.targets {
        match git::people(place, &stop) {
            Ok(found) => people.extend(found),
            Err(problem) => session.say.problem(&format!("inward: {problem}")),
        }
    }
    people.sort_by(|a, b| a.address.cmp(&b.address));
    people.dedup_by(|a, b| a.address == b.address);
    Ok(people)
}

/// Addresses that look like the same person, each with the evidence.
fn proposals<'a>(
    people: &'a [Person],
    mine: &BTreeSet<Address>,
    names: &BTreeSet<String>,
) -> Vec<(&'a Person, String)> {
    let known: BTreeSet<String> = people
        .iter()
        .filter(|person| mine.contains(&person.address))
        .flat_map(|person| person.names.iter().map(|name| name.as_str().to_lowercase()))
        .chain(names.iter().cloned())
        .collect();
    let locals: BTreeSet<&str> = mine
        .iter()
        .filter_map(|a| a.noreply_user().or(a.as_str().split('@').next()))
        .collect();
    let mut out = Vec::new();
    for person in people
        .iter()
        .filter(|person| !mine.contains(&person.address))
    {
        // One word is shared by too many people to be evidence.
        let same = person.names.iter().find(|name| {
            name.as_str().contains(' ') && known.contains(&name.as_str().to_lowercase())
        });
        if let Some(name) = same {
            out.push((person, format!("the same name, {name}")));
        } else if let Some(user) = person.address.noreply_user().filter(|u| locals.contains(u)) {
            out.push((person, format!("the same user name, {user}")));
        }
    }
    out
}

/// The names that git's settings give the owner, in lower case.
fn own_names(session: &Session) -> BTreeSet<String> {
    let names = gitconfig::user_identity(&session.env).names;
    names
        .iter()
        .map(|name| name.as_str().to_lowercase())
        .collect()
}

fn add(session: &mut Session, named: &[OsString], sentence: bool) -> Result<(), CliError> {
    let addresses = wanted(named)?;
    let places = Places::registered(session);
    let configured = places.configured(session);
    let own_names = own_names(session);
    let unproven: Vec<_> = addresses
        .iter()
        .filter(|a| !configured.contains(*a))
        .collect();
    let asks = !sentence && !unproven.is_empty();
    // Asked before anything is written: a refusal leaves no trace.
    if asks && !std::io::stdin().is_terminal() && !session.has_store() {
        return Err(needs_sentence(unproven[0]));
    }
    session.prepare_folder()?;
    session.lock(places.folders(), Vec::new());
    let people = if asks {
        everybody(session, &places)?
    } else {
        Vec::new()
    };
    let mut mine = configured.clone();
    if let Some(store) = reading(session)? {
        mine.extend(store.me().map_err(store_error)?.addresses().cloned());
    }
    let proposed = proposals(&people, &mine, &own_names);
    let mut agreed = Vec::new();
    for address in addresses {
        let evidence = if configured.contains(&address) {
            Evidence::Configured
        } else if proposed.iter().any(|(person, _)| person.address == address) {
            Evidence::Accepted
        } else if sentence || typed(&address)? {
            Evidence::Typed
        } else {
            return Err(needs_sentence(&address));
        };
        agreed.push((address, evidence));
    }
    // All or none: a refusal above leaves the store as it was.
    let mut store = session.open_store()?;
    for (address, evidence) in &agreed {
        store.add_address(address, *evidence).map_err(store_error)?;
        writeln!(session.say.out(), "{} is yours", address.as_str())?;
    }
    session
        .say
        .note("next: `inward scan` reads the commits under it");
    Ok(())
}

fn needs_sentence(address: &Address) -> CliError {
    CliError::usage(format!(
        "nothing here shows that {} is yours",
        address.as_str()
    ))
    .hint("say so with --this-is-me, or run it on a terminal and type the sentence")
}

/// Asks for the sentence on a terminal; false where there is none.
fn typed(address: &Address) -> Result<bool, CliError> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    write!(
        std::io::stderr(),
        "Nothing here shows that {} is yours. inward holds one person's record. If it is, type \
         `{SENTENCE}`: ",
        address.as_str()
    )?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim() == SENTENCE)
}

fn remove(session: &mut Session, named: &[OsString]) -> Result<(), CliError> {
    if !session.has_store() {
        return Err(nothing_kept());
    }
    let addresses = wanted(named)?;
    session.prepare_folder()?;
    session.lock(Vec::new(), Vec::new());
    let mut store = session.open_store()?;
    for address in &addresses {
        match store.remove_address(address).map_err(store_error)? {
            None => {
                return Err(
                    CliError::usage(format!("{} is not among yours", address.as_str()))
                        .hint("`inward me` lists them"),
                );
            }
            Some(erased) => {
                // Git's settings may still name it: what was taken back is not taken up again.
                store.refuse(address).map_err(store_error)?;
                let out = session.say.out();
                writeln!(
                    out,
                    "{}: {} erased",
                    address.as_str(),
                    places::counted(erased.commits, "commit", "commits")
                )?;
            }
        }
    }
    Ok(())
}

/// Addresses from the command line; `-` reads one a line.
fn wanted(named: &[OsString]) -> Result<Vec<Address>, CliError> {
    let mut out = Vec::new();
    for text in named {
        if text == "-" {
            for line in std::io::stdin().lock().lines() {
                out.extend(Address::new(line?.as_bytes()));
            }
        } else {
            out.extend(Address::new(text.as_encoded_bytes()));
        }
    }
    if out.is_empty() {
        return Err(CliError::usage("no address was named"));
    }
    Ok(out)
}
