//! `inward me remove`: takes back what is the owner's, or says no to what is not.

use crate::model::identity::Address;
use crate::store::{Account, Kind, Store};

use super::error::CliError;
use super::me_wanted::Wanted;
use super::places::{self, Places};
use super::session::{Session, nothing_kept, store_error};
use super::who::Who;

/// Erases what is the owner's, and remembers the no to what is not.
pub(super) fn remove(session: &mut Session, wanted: &[Wanted]) -> Result<(), CliError> {
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
        let called = remove_accounts(session, &mut store, one.text())?;
        if !known && !called {
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

/// Takes a name back in every tracker that calls the owner so; false when none does. What was
/// imported stays: `inward import --undo` takes that back.
fn remove_accounts(
    session: &mut Session,
    store: &mut Store,
    value: &str,
) -> Result<bool, CliError> {
    let same =
        |one: &Account| one.value.as_str().trim().to_lowercase() == value.trim().to_lowercase();
    let all = store.accounts().map_err(store_error)?;
    let mine: Vec<Account> = all.into_iter().filter(same).collect();
    for Account { source, value, .. } in &mine {
        // First the no, so that it is remembered even where the second step fails.
        store
            .refuse_account(source.as_str(), value)
            .map_err(store_error)?;
        store
            .remove_account(source.as_str(), value)
            .map_err(store_error)?;
        let out = session.say.out();
        writeln!(
            out,
            "{value}: not you in {source} any more; what was imported stays (`inward import --undo`)"
        )?;
    }
    Ok(!mine.is_empty())
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
