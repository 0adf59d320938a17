//! Who the owner says they are to git, read before the lock by a plain reader of git's
//! documented configuration format. Only names, addresses and remotes are looked at; nothing a
//! configuration says is ever run.

mod condition;
mod files;
mod glob;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod hostile;
mod parse;

use crate::config::Env;
use crate::model::identity::Address;
use crate::model::place::Place;
use crate::model::text::Clean;

use parse::Entry;

pub(super) use parse::parse as entries_of;

/// Whether a file's name fits a pattern with `*`, `?` and `[…]`.
pub(super) fn name_matches(pattern: &[u8], name: &[u8]) -> bool {
    glob::matches(pattern, name, false)
}

/// The identity git would use, and any other one configured beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitIdentity {
    /// Addresses, the one git would write into a commit first.
    pub emails: Vec<Address>,
    /// Names, likewise.
    pub names: Vec<Clean>,
}

/// The user's own configuration, outside any repository. Files that are missing, too large or
/// broken count as far as they can be read.
pub fn user_identity(env: &Env) -> GitIdentity {
    identity(env, &files::read(env, None))
}

/// What git would use inside `place`: the repository's configuration over the user's, with
/// conditional includes.
pub fn identity_for(env: &Env, place: &Place) -> GitIdentity {
    identity(env, &files::read(env, Some(place)))
}

fn identity(env: &Env, entries: &[Entry]) -> GitIdentity {
    let last = |section: &str, key: &str| {
        entries
            .iter()
            .rfind(|entry| entry.is(section, key))
            .and_then(|entry| entry.value.clone())
    };
    let variable = |name: &str| env.var(name).map(|value| value.as_bytes().to_vec());
    let mut found = GitIdentity::default();
    let emails = [
        variable("GIT_AUTHOR_EMAIL"),
        last("author", "email"),
        last("user", "email"),
    ];
    for email in emails.into_iter().flatten() {
        push_new(&mut found.emails, Address::new(&email));
    }
    if found.emails.is_empty() {
        let email = variable("EMAIL").and_then(|email| Address::new(&email));
        push_new(&mut found.emails, email);
    }
    let names = [
        variable("GIT_AUTHOR_NAME"),
        last("author", "name"),
        last("user", "name"),
    ];
    for name in names.into_iter().flatten() {
        let name = Clean::label(&name);
        push_new(&mut found.names, (!name.is_empty()).then_some(name));
    }
    found
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: Option<T>) {
    if let Some(item) = item.filter(|item| !list.contains(item)) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests;
