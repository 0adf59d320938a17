//! Who in an export could be the owner, and which of their names are worth remembering.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::identity::Me;
use crate::model::text::Clean;
use crate::sources::tasks::Person;
use crate::sources::tasks::mine::{Candidate as Counts, Tally};
use crate::store::{Store, StoreError};

/// Candidates that are listed.
const LISTED: usize = 12;

/// People of an export of whom one may be the owner, the likeliest first.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
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
        source: &str,
        me: &Me,
        store: &Store,
    ) -> Result<Self, StoreError> {
        let mut all = Vec::new();
        let people = merged(tally.people());
        for (person, counts) in &people {
            let Some(token) = telling(person, &people) else {
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
        Ok(Self { listed: all, more })
    }
}

/// One entry a person: who is named by less in one place than in another counts there.
fn merged(people: Vec<(&Person, Counts)>) -> Vec<(&Person, Counts)> {
    let mut out: Vec<(&Person, Counts)> = Vec::new();
    let mut rest = people;
    rest.sort_by_key(|(person, _)| std::cmp::Reverse(person.tokens().count()));
    for (person, counts) in rest {
        let within = |whole: &Person| {
            certain(person).next().is_some()
                && person
                    .tokens()
                    .all(|token| whole.tokens().any(|one| same(one, token)))
        };
        match out.iter_mut().find(|(whole, _)| within(whole)) {
            Some((_, sum)) => {
                sum.records += counts.records;
                sum.traces += counts.traces;
            }
            None => out.push((person, counts)),
        }
    }
    out.sort_by_key(|(_, counts)| std::cmp::Reverse((counts.records, counts.traces)));
    out
}

/// The handiest names of these people, for a summary.
pub(super) fn handiest(people: &[&Person]) -> Vec<Clean> {
    let mut out: Vec<Clean> = Vec::new();
    for person in people {
        let names = [&person.name, &person.login, &person.address, &person.id];
        let name = names.into_iter().find_map(Option::as_deref);
        let name = name.map(|name| Clean::label(name.as_bytes()));
        out.extend(name.filter(|name| !out.contains(name)));
    }
    out
}

/// People in words, the first few by name: `Ada 3, Bob 2 and 4 more`.
pub(super) fn names<'a>(people: impl Iterator<Item = (&'a Person, Counts)>) -> String {
    let all: Vec<(&Person, Counts)> = people.collect();
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
pub(super) fn list(names: &[Clean]) -> String {
    let names = names.iter().take(3).map(Clean::to_string);
    names.collect::<Vec<_>>().join(", ")
}

/// What to call a person by: the handiest name that nobody else in the file has.
fn telling<'a>(person: &'a Person, people: &[(&'a Person, Counts)]) -> Option<&'a str> {
    let names = [&person.login, &person.address, &person.name, &person.id];
    let mut names = names.into_iter().filter_map(Option::as_deref);
    let alone = |name: &&str| {
        let mut others = people
            .iter()
            .map(|(other, _)| *other)
            .filter(|other| *other != person);
        !others.any(|other| other.tokens().any(|token| same(token, name)))
    };
    names.clone().find(alone).or_else(|| names.next())
}

/// A person in words: `Ada Lovelace (ada, ada@example.org)`.
fn named(person: &Person) -> Clean {
    let mut names = [&person.name, &person.login, &person.address, &person.id]
        .into_iter()
        .filter_map(Option::as_deref);
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
pub(super) fn is_unclear(matched: &[&Person], accounts: &[Clean], said: &[String]) -> bool {
    let known = Known { accounts, said };
    let by_name = matched.iter().filter(|person| known.by_name_alone(person));
    let ids: BTreeSet<&str> = by_name
        .filter_map(|person| certain(person).next())
        .collect();
    ids.len() > 1 && !matched.iter().any(|person| known.surely(person))
}

/// The certain names of the people who are surely the owner, and whether others match by their
/// display name alone though something more certain tells them apart.
pub(super) fn sure_ones(
    matched: &[&Person],
    accounts: &[Clean],
    said: &[String],
) -> (Vec<String>, bool) {
    let known = Known { accounts, said };
    let sure = matched.iter().filter(|person| known.surely(person));
    let tokens: Vec<String> = sure
        .flat_map(|person| certain(person))
        .map(str::to_owned)
        .collect();
    let namesake = |person: &&&Person| {
        known.by_name_alone(person)
            && certain(person).next().is_some()
            && !certain(person).any(|token| tokens.iter().any(|one| same(one, token)))
    };
    let namesakes = matched.iter().any(|person| namesake(&person));
    (tokens, namesakes)
}

/// What the owner is known by in a tracker.
struct Known<'a> {
    accounts: &'a [Clean],
    said: &'a [String],
}

impl Known<'_> {
    fn holds(&self, token: &str) -> bool {
        self.accounts.iter().any(|one| same(one.as_str(), token))
            || self.said.iter().any(|one| same(one, token))
    }

    /// By id, login or address.
    fn surely(&self, person: &Person) -> bool {
        certain(person).any(|token| self.holds(token))
    }

    fn by_name_alone(&self, person: &Person) -> bool {
        !self.surely(person) && person.name.as_deref().is_some_and(|name| self.holds(name))
    }
}

/// The certain names of these people, in lower case.
pub(super) fn certain_names(people: &[&Person]) -> BTreeSet<String> {
    let names = people.iter().flat_map(|person| certain(person));
    names.map(|name| name.trim().to_lowercase()).collect()
}

/// The names that are one person's only: id, login, address.
fn certain(person: &Person) -> impl Iterator<Item = &str> {
    [&person.id, &person.login, &person.address]
        .into_iter()
        .filter_map(Option::as_deref)
}

/// Which names of the matched people to remember, and whether the owner typed them: what was said
/// for this import, and the certain names beside it. A display name is remembered only where
/// nothing more certain is known.
pub(super) fn to_remember(matched: &[&Person], said: &[String]) -> Vec<(Clean, bool)> {
    let mut out: Vec<(Clean, bool)> = Vec::new();
    let mut add = |token: &str, typed: bool| {
        let value = Clean::label(token.trim().as_bytes());
        if !value.is_empty()
            && !out
                .iter()
                .any(|(one, _)| same(one.as_str(), value.as_str()))
        {
            out.push((value, typed));
        }
    };
    for person in matched {
        for token in person
            .tokens()
            .filter(|token| said.iter().any(|one| same(one, token)))
        {
            add(token, true);
        }
        let sure = [&person.id, &person.login, &person.address];
        sure.into_iter()
            .flatten()
            .for_each(|token| add(token, false));
    }
    out
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
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
        let said = ["ada".to_owned()];
        assert!(is_unclear(&[&one, &two], &[], &said));
        assert!(!is_unclear(&[&one], &[], &said));
        let id = ["1".to_owned()];
        assert!(!is_unclear(&[&one, &two], &[], &id), "the id decides");
    }

    #[test]
    fn a_namesake_is_left_out_where_the_owner_is_known_by_id() {
        let (one, two) = (ada("1"), ada("2"));
        let said = ["ada".to_owned()];
        let accounts = [Clean::label(b"1")];
        assert_eq!(
            sure_ones(&[&one, &two], &accounts, &said),
            (vec!["1".to_owned()], true)
        );
        assert_eq!(
            sure_ones(&[&one], &accounts, &said),
            (vec!["1".to_owned()], false)
        );
        assert!(!is_unclear(&[&one, &two], &accounts, &said));
        assert_eq!(sure_ones(&[&one, &two], &[], &said), (Vec::new(), true));
    }

    #[test]
    fn certain_names_are_remembered_and_a_display_name_only_when_it_was_said() {
        let person = ada("1").address("ada@example.org");
        let names = |said: &[&str]| {
            let said: Vec<String> = said.iter().map(|one| (*one).to_owned()).collect();
            let mut names: Vec<String> = to_remember(&[&person], &said)
                .into_iter()
                .map(|(name, typed)| format!("{name}{}", if typed { "!" } else { "" }))
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&["ADA"]), ["1", "Ada!", "ada@example.org"]);
        assert_eq!(names(&["1"]), ["1!", "ada@example.org"]);
    }
}
