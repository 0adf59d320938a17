//! From the authors of repositories to proposals.

use std::collections::{BTreeMap, BTreeSet};

use super::{Clue, Proposal, Relation, Strength};
use crate::model::address::{Address, is_full_name, name_key};
use crate::model::identity::Me;
use crate::model::person::{Days, Person, joined};
use crate::model::text::Clean;

/// Of one entry, so many names are listed.
const NAMES: usize = 8;

/// Who could be `me` among the authors of these repositories (by their names), the strongest
/// first, then those with most commits. What `me` holds, refused, or takes by a mailmap anyway
/// is not among them.
pub fn proposals(me: &Me, repos: &[(Clean, Vec<Person>)]) -> Vec<Proposal> {
    let known = Known::of(me, repos);
    let mut groups: BTreeMap<Address, Vec<Line<'_>>> = BTreeMap::new();
    for line in lines(repos) {
        let person = line.1;
        let refused = me.refuses(&person.entry)
            || person.email.as_ref().is_some_and(|email| me.refuses(email));
        if is_mine(me, person) || refused {
            continue;
        }
        groups.entry(known.entry_of(person)).or_default().push(line);
    }
    let mut out: Vec<Proposal> = groups
        .into_iter()
        .filter(|(entry, _)| !me.refuses(entry))
        .filter_map(|(entry, lines)| known.proposal(entry, &lines))
        .collect();
    out.sort_by(|a, b| {
        let rank = |one: &Proposal| (one.strength, one.commits());
        rank(b).cmp(&rank(a)).then_with(|| a.entry.cmp(&b.entry))
    });
    out
}

/// What becomes mine with the next scan without being asked for: a mailmap gives it to `me`, and
/// something beside it says the same. Sorted.
pub fn given(me: &Me, repos: &[(Clean, Vec<Person>)]) -> BTreeSet<Address> {
    let others = lines(repos).filter(|(_, person)| {
        let name = person.name.as_str().as_bytes();
        me.who(name, email(person)).is_none() && is_mine(me, person)
    });
    others
        .filter_map(|(_, person)| me.tied(person.name.as_str().as_bytes(), email(person), false))
        .collect()
}

/// A repository and one of its authors.
type Line<'a> = (&'a Clean, &'a Person);

fn lines(repos: &[(Clean, Vec<Person>)]) -> impl Iterator<Item = Line<'_>> {
    repos
        .iter()
        .flat_map(|(repo, people)| people.iter().map(move |person| (repo, person)))
}

fn email(person: &Person) -> &[u8] {
    person
        .email
        .as_ref()
        .map_or(b"", |email| email.as_str().as_bytes())
}

/// Whether the author is me, or will be at the next scan.
fn is_mine(me: &Me, person: &Person) -> bool {
    let name = person.name.as_str().as_bytes();
    me.who(name, email(person)).is_some()
        || (person
            .mapped
            .as_ref()
            .is_some_and(|mapped| me.holds(mapped))
            && me.tied(name, email(person), false).is_some())
}

/// What is known of me.
struct Known<'a> {
    me: &'a Me,
    /// Every name of mine in the form in which names are compared.
    names: BTreeSet<String>,
    /// By repository, whom its mailmap gives my commits to.
    targets: BTreeSet<(&'a Clean, &'a Address)>,
    /// By entry of mine, the days it was used on.
    days: BTreeMap<Address, Option<Days>>,
    /// Addresses that bear a full name which is not mine beside one which is.
    shared: BTreeSet<&'a Address>,
}

impl<'a> Known<'a> {
    fn of(me: &'a Me, repos: &'a [(Clean, Vec<Person>)]) -> Self {
        let mut known = Self {
            me,
            names: me.names().map(str::to_owned).collect(),
            targets: BTreeSet::new(),
            days: BTreeMap::new(),
            shared: BTreeSet::new(),
        };
        for (repo, person) in lines(repos).filter(|(_, person)| is_mine(me, person)) {
            let name = person.name.as_str().as_bytes();
            let entry = me.who(name, email(person));
            known.names.insert(name_key(name));
            known
                .targets
                .insert((repo, person.mapped.as_ref().unwrap_or(&person.entry)));
            let days = known
                .days
                .entry(entry.unwrap_or_else(|| person.entry.clone()))
                .or_default();
            *days = joined(*days, person.days);
        }
        let named = |own: bool| -> BTreeSet<&Address> {
            let full = lines(repos).map(|(_, person)| (person, key(person)));
            full.filter(|(_, key)| is_full_name(key) && known.names.contains(key) == own)
                .map(|(person, _)| &person.entry)
                .collect()
        };
        known.shared = named(true).intersection(&named(false)).copied().collect();
        known
    }

    /// What would become mine: of a shared address only the pair with the name.
    fn entry_of(&self, person: &Person) -> Address {
        let pair = self.shared.contains(&person.entry);
        let pair = pair.then(|| Address::pair(person.name.as_str().as_bytes(), email(person)));
        pair.flatten().unwrap_or_else(|| person.entry.clone())
    }

    fn proposal(&self, entry: Address, lines: &[Line<'_>]) -> Option<Proposal> {
        let mut clues: Vec<Clue> = lines
            .iter()
            .flat_map(|line| self.clues(&entry, *line))
            .collect();
        clues.sort();
        clues.dedup();
        let strength = strength(&clues)?;
        let mut seen: BTreeMap<&Clean, u64> = BTreeMap::new();
        let mut days = None;
        for (repo, person) in lines {
            *seen.entry(repo).or_default() += person.commits;
            days = joined(days, person.days);
        }
        let mut seen: Vec<(Clean, u64)> = seen
            .into_iter()
            .map(|(repo, n)| (repo.clone(), n))
            .collect();
        seen.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let names: BTreeSet<&Clean> = lines.iter().map(|(_, person)| &person.name).collect();
        let shown = names.into_iter().filter(|name| !name.is_empty());
        Some(Proposal {
            beside: days.and_then(|days| self.beside(days)),
            names: shown.take(NAMES).cloned().collect(),
            entry,
            clues,
            strength,
            seen,
            days,
        })
    }

    fn clues(&self, entry: &Address, (repo, person): Line<'_>) -> Vec<Clue> {
        let mut clues = Vec::new();
        let mine = || self.me.addresses().filter(|address| !address.is_pair());
        if let Some(same) =
            mine().find(|mine| entry.mailbox().is_some() && mine.mailbox() == entry.mailbox())
        {
            clues.push(Clue::Mailbox(same.clone()));
        }
        let account = entry.noreply_account();
        if let Some(same) =
            mine().find(|mine| account.is_some() && mine.noreply_account() == account)
        {
            clues.push(Clue::Account(same.clone()));
        }
        let target = person.mapped.as_ref().unwrap_or(&person.entry);
        let mapped = person
            .mapped
            .as_ref()
            .is_some_and(|mapped| self.me.holds(mapped));
        if mapped || self.targets.contains(&(repo, target)) {
            clues.push(Clue::Mailmap(repo.clone()));
        }
        if !matches!(clues.first(), Some(Clue::Mailbox(_))) {
            clues.extend(self.login_clue(entry, person));
        }
        let key = key(person);
        if self.names.contains(&key) && !key.is_empty() {
            let name = person.name.clone();
            clues.push(if is_full_name(&key) {
                Clue::Name(name)
            } else {
                Clue::FirstName(name)
            });
        }
        clues
    }

    /// What the login says, and where: at a forge, in an import, or at any other host.
    fn login_clue(&self, entry: &Address, person: &Person) -> Option<Clue> {
        let key = key(person);
        // An import without any address has the login for a name.
        let login = match entry.email() {
            "" => &key,
            _ => entry.login()?,
        };
        let mut mine = self.me.addresses();
        mine.find(|mine| mine.login() == Some(login))?;
        let login = login.to_owned();
        if entry.noreply_user().is_some() {
            return Some(Clue::User(login));
        }
        if !entry.is_import() {
            return Some(Clue::Login(login));
        }
        // Many machines have a user of that login: another full name says it is another person.
        let another = is_full_name(&key) && !self.names.contains(&key);
        (!another).then_some(Clue::Import(login))
    }

    /// The address of mine nearest in time to `days`, the first of them in case of a tie.
    fn beside(&self, days: Days) -> Option<(Relation, Address)> {
        let used = self
            .days
            .iter()
            .filter_map(|(entry, mine)| Some((entry, (*mine)?)));
        let near = used.map(|(entry, mine)| {
            let (relation, gap) = if days.1 < mine.0 {
                (Relation::Before, mine.0 - days.1)
            } else if days.0 > mine.1 {
                (Relation::After, days.0 - mine.1)
            } else {
                (Relation::During, chrono::TimeDelta::zero())
            };
            (gap, relation, entry)
        });
        let (_, relation, entry) = near.min_by_key(|(gap, _, _)| *gap)?;
        Some((relation, entry.clone()))
    }
}

fn key(person: &Person) -> String {
    name_key(person.name.as_str().as_bytes())
}

/// `None` when the clues are nothing to ask about.
fn strength(clues: &[Clue]) -> Option<Strength> {
    let kinds: BTreeSet<&str> = clues.iter().map(Clue::kind).collect();
    let has = |kind: &str| kinds.contains(kind);
    if has("same-mailbox") || has("same-account") {
        return Some(Strength::Strong);
    }
    let fair = ["mailmap", "same-user", "old-import", "same-name"];
    let sound = kinds.iter().filter(|kind| fair.contains(kind)).count();
    match (sound, has("same-login"), has("same-first-name")) {
        (0, true, true) => Some(Strength::Weak),
        (0, _, _) => None,
        (1, false, _) => Some(Strength::Fair),
        _ => Some(Strength::Strong),
    }
}
