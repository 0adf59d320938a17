//! Who in an export could be the owner, and which of their names are worth remembering.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::model::account::NameKind;
use crate::model::address::name_key;
use crate::model::identity::Me;
use crate::model::text::Clean;
use crate::sources::tasks::Person;
use crate::sources::tasks::mine::{Candidate as Counts, Owner, Tally};
use crate::store::{Store, StoreError};

/// Candidates that are listed.
const LISTED: usize = 12;

/// People of an export of whom one may be the owner, the likeliest first.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// The tracker in which they are called so.
    pub source: &'static str,
    /// The likeliest ones.
    pub listed: Vec<Candidate>,
    /// How many more there are.
    pub more: usize,
}

/// Somebody who may be the owner. Shown, never stored.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// Who it is, in words.
    pub name: Clean,
    /// What to give `--mine`: the most certain of their names.
    pub token: Clean,
    /// Tasks that are theirs, pull requests they wrote, time they recorded.
    pub records: u64,
    /// What speaks for it being the owner; empty for nothing.
    pub evidence: Vec<String>,
}

impl Candidates {
    /// Everybody in `tally`, by evidence, then by how much is theirs. Somebody who was refused
    /// before comes without evidence.
    pub(super) fn new(
        tally: &Tally,
        source: &'static str,
        me: &Me,
        store: &Store,
    ) -> Result<Self, StoreError> {
        let mut all = Vec::new();
        let people = merged(tally.people());
        let used = uses(&people);
        for (person, counts) in &people {
            let Some(token) = telling(person, &used) else {
                continue;
            };
            let token = Clean::label(token.as_bytes());
            let refused = store.is_refused_account(source, &token)?;
            let evidence = if refused {
                Vec::new()
            } else {
                evidence(person, me)
            };
            all.push(Candidate {
                name: named(person),
                token,
                records: counts.records,
                evidence,
            });
        }
        // The tally's own order stays among equals; who has nothing in it comes last.
        all.sort_by_key(|one: &Candidate| {
            (std::cmp::Reverse(one.evidence.len()), one.records == 0)
        });
        let more = all.len().saturating_sub(LISTED);
        all.truncate(LISTED);
        Ok(Self {
            source,
            listed: all,
            more,
        })
    }
}

/// One entry a person: who is named by less in one place than in another counts there.
fn merged(people: Vec<(&Person, Counts)>) -> Vec<(&Person, Counts)> {
    let mut out: Vec<(&Person, Counts)> = Vec::new();
    let mut known: HashMap<(NameKind, String), usize> = HashMap::new();
    let mut rest = people;
    rest.sort_by_key(|(person, _)| std::cmp::Reverse(person.tokens().count()));
    for (person, counts) in rest {
        let names = || certain(person).map(|(kind, name)| (kind, name_key(name.as_bytes())));
        let at = names().find_map(|name| known.get(&name).copied());
        let within = |at: &usize| {
            let whole = out[*at].0;
            person
                .tokens()
                .all(|token| whole.tokens().any(|one| same(one, token)))
        };
        if let Some(at) = at.filter(within) {
            out[at].1.records += counts.records;
            out[at].1.traces += counts.traces;
            continue;
        }
        for name in names() {
            known.entry(name).or_insert(out.len());
        }
        out.push((person, counts));
    }
    out.sort_by_key(|(_, counts)| std::cmp::Reverse((counts.records, counts.traces)));
    out
}

/// The handiest names of these people, for a summary.
pub(super) fn handiest(people: &[&Person]) -> Vec<Clean> {
    let mut out: Vec<Clean> = Vec::new();
    for person in people {
        let name = shown(person)
            .next()
            .map(|name| Clean::label(name.as_bytes()));
        out.extend(name.filter(|name| !out.contains(name)));
    }
    out
}

/// People in words, the first few by name: `Ada, Bob and 4 more`.
pub(super) fn names(all: &[(&Person, Counts)]) -> String {
    let named = all
        .iter()
        .take(5)
        .flat_map(|(person, _)| handiest(&[person]));
    let text = named
        .map(|name| name.to_string())
        .collect::<Vec<_>>()
        .join(", ");
    match all.len().saturating_sub(5) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

/// Names of the owner in words.
pub(super) fn list<'a>(names: impl Iterator<Item = &'a Clean>) -> String {
    let names = names.take(3).map(Clean::to_string);
    names.collect::<Vec<_>>().join(", ")
}

/// What to call a person by: the handiest name that nobody else in the file has.
fn telling<'a>(person: &'a Person, used: &HashMap<String, u32>) -> Option<&'a str> {
    let names = [&person.login, &person.address, &person.name, &person.id];
    let mut names = names.into_iter().filter_map(Option::as_deref);
    let alone = |name: &&str| used.get(&name_key(name.as_bytes())) == Some(&1);
    names.clone().find(alone).or_else(|| names.next())
}

/// By how many people each name is used.
fn uses(people: &[(&Person, Counts)]) -> HashMap<String, u32> {
    let mut out = HashMap::new();
    for (person, _) in people {
        let names: BTreeSet<String> = person
            .tokens()
            .map(|one| name_key(one.as_bytes()))
            .collect();
        for name in names {
            *out.entry(name).or_default() += 1;
        }
    }
    out
}

/// A person's names as a reader wants them: the display name before an id.
fn shown(person: &Person) -> impl Iterator<Item = &str> {
    [&person.name, &person.login, &person.address, &person.id]
        .into_iter()
        .filter_map(Option::as_deref)
}

/// A person in words: `Ada Lovelace (ada, ada@example.org)`.
fn named(person: &Person) -> Clean {
    let mut names = shown(person);
    let first = names.next().unwrap_or_default();
    let rest: Vec<&str> = names.collect();
    let text = if rest.is_empty() {
        first.to_owned()
    } else {
        format!("{first} ({})", rest.join(", "))
    };
    Clean::label(text.as_bytes())
}

/// What ties a person to the owner.
fn evidence(person: &Person, me: &Me) -> Vec<String> {
    let mut out = Vec::new();
    if person
        .address
        .as_deref()
        .is_some_and(|address| me.knows(address.as_bytes()))
    {
        out.push("an address of yours".to_owned());
    }
    let name = person.name.as_deref().map(str::to_lowercase);
    if name.is_some_and(|name| me.names().any(|mine| mine == name)) {
        out.push("your name in git".to_owned());
    }
    let local = |address: &str| address.split('@').next().map(str::to_lowercase);
    let mine: BTreeSet<String> = me
        .addresses()
        .filter_map(|one| {
            one.login()
                .map(str::to_lowercase)
                .or_else(|| local(one.email()))
        })
        .collect();
    let login = person.login.as_deref().or(person.id.as_deref());
    if login.is_some_and(|login| mine.contains(&login.to_lowercase())) {
        out.push("the login of an address of yours".to_owned());
    }
    out
}

/// Whether a name alone matched people whom ids tell apart: then it does not say who the owner is.
pub(super) fn is_unclear(matched: &[&Person], owner: &Owner) -> bool {
    let by_name = matched.iter().filter(|person| !owner.is_surely(person));
    let certain = by_name.filter_map(|person| certain(person).next());
    let certain: BTreeSet<(NameKind, &str)> = certain.collect();
    certain.len() > 1 && !matched.iter().any(|person| owner.is_surely(person))
}

/// Names with their kinds, as they are compared.
pub(super) type Names = BTreeSet<(NameKind, String)>;

/// What the file teaches of the owner's certain names: those of the people who surely are the
/// owner, else of the one whom the display name means. A name that stands beside two different
/// logins, ids or addresses in the file is nobody's own, and teaches nothing.
pub(super) fn learned(matched: &[&Person], everybody: &[&Person], owner: &Owner) -> Names {
    let sure: Vec<&Person> = matched
        .iter()
        .copied()
        .filter(|one| owner.is_surely(one))
        .collect();
    let of = if sure.is_empty() { matched } else { &sure };
    let names = of.iter().flat_map(|person| certain(person));
    names
        .filter(|(kind, name)| !is_shared(*kind, name, everybody))
        .map(|(kind, name)| (kind, name_key(name.as_bytes())))
        .collect()
}

/// Whether people who differ in another certain name have this one in common.
fn is_shared(kind: NameKind, name: &str, everybody: &[&Person]) -> bool {
    let holders: Vec<&&Person> = everybody
        .iter()
        .filter(|person| certain(person).any(|(of, one)| of == kind && same(one, name)))
        .collect();
    [NameKind::Id, NameKind::Login, NameKind::Address]
        .into_iter()
        .filter(|of| *of != kind)
        .any(|of| {
            let others = holders.iter().flat_map(|person| certain(person));
            let others = others.filter(|(found, _)| *found == of);
            others
                .map(|(_, name)| name_key(name.as_bytes()))
                .collect::<BTreeSet<_>>()
                .len()
                > 1
        })
}

/// The names that are one person's only: id, login, address.
fn certain(person: &Person) -> impl Iterator<Item = (NameKind, &str)> {
    person.names().filter(|(kind, _)| kind.is_certain())
}

/// The names that were said for this import as they stand in it, to be remembered.
pub(super) fn said(matched: &[&Person], said: &[String]) -> Vec<Clean> {
    let mut out: Vec<Clean> = Vec::new();
    let tokens = matched.iter().flat_map(|person| person.tokens());
    for token in tokens.filter(|token| said.iter().any(|one| same(one, token))) {
        let value = Clean::label(token.trim().as_bytes());
        if !out.iter().any(|one| same(one.as_str(), value.as_str())) {
            out.push(value);
        }
    }
    out
}

fn same(a: &str, b: &str) -> bool {
    name_key(a.as_bytes()) == name_key(b.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada(id: &str) -> Person {
        Person::with_name("Ada").id(id)
    }

    #[test]
    fn a_name_that_two_ids_share_does_not_say_who_the_owner_is() {
        let (one, two) = (ada("1"), ada("2"));
        let owner = Owner::new(["ada"]);
        assert!(is_unclear(&[&one, &two], &owner));
        assert!(!is_unclear(&[&one], &owner));
        let mut known = owner;
        known.add(NameKind::Id, "1");
        assert!(known.is(&one) && !known.is(&two), "the id decides");
    }

    #[test]
    fn certain_names_are_learned_from_who_is_surely_me_and_never_a_shared_one() {
        let me = Person::with_login("ada")
            .id("U_x")
            .address("ada@example.org");
        let other = Person::with_login("bob").id("U_x");
        let owner = Owner::new(["ada"]);
        let names = learned(&[&me], &[&me, &other], &owner);
        let names: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["ada", "ada@example.org"]);
        let alone = learned(&[&me], &[&me], &owner);
        assert!(alone.contains(&(NameKind::Id, "u_x".to_owned())));
    }

    #[test]
    fn an_id_is_no_login() {
        let mut owner = Owner::default();
        owner.add(NameKind::Id, "3");
        assert!(!owner.is(&Person::with_login("3").id("77")));
        assert!(owner.is(&Person::with_login("me").id("3")));
    }
}
