//! Who wrote the commits of a repository: for the owner to say which of them they are. Shown,
//! never stored.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::encoding;
use super::error::GitError;
use super::mailmap::Mailmap;
use super::open;
use super::parse::{self, Commit, Ident};
use super::read::{head, walk_all};
use super::refs;
use super::visit::{Halt, Mine, Visitor};
use crate::model::commit::CommitRecord;
use crate::model::identity::Address;
use crate::model::ids::Oid;
use crate::model::moment::{EARLIEST, Moment};
use crate::model::place::Place;
use crate::model::text::Clean;

/// Of one address, so many names are listed.
const NAMES: usize = 8;

/// An author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The address, as the mailmap has it.
    pub address: Address,
    /// The names used with it, sorted.
    pub names: Vec<Clean>,
    /// The first and the last day with a commit, in the author's own offset; `None` when no
    /// clock was right.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

/// Every author of the repository, the mailmap applied, sorted by address. The error says that
/// the repository cannot be read, or that `stop` was set.
pub fn people(place: &Place, stop: &AtomicBool) -> Result<Vec<Person>, GitError> {
    open::check(place)?;
    let refs = refs::read(place)?;
    let mailmap = head(&open::objects(place)?, refs.speaker()).mailmap;
    let mut census = Census::default();
    walk_all(place, stop, &mut census)?;
    Ok(census.into_people(&mailmap))
}

/// First and last moment by author line up to its address.
#[derive(Default)]
struct Census {
    authors: FxHashMap<Box<[u8]>, Author>,
}

struct Author {
    encoding: Option<Box<[u8]>>,
    days: Option<(NaiveDate, NaiveDate)>,
}

/// The first and last day of both.
fn joined(
    a: Option<(NaiveDate, NaiveDate)>,
    b: Option<(NaiveDate, NaiveDate)>,
) -> Option<(NaiveDate, NaiveDate)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

fn day(at: Moment) -> Option<NaiveDate> {
    at.day().filter(|_| at.utc >= EARLIEST)
}

impl Visitor for Census {
    fn judge(&mut self, _oid: Oid, commit: &Commit<'_>) -> Option<CommitRecord> {
        let who = &commit.author[..parse::who_end(commit.author)];
        let at = day(Ident::parse(commit.author).at).map(|day| (day, day));
        if let Some(author) = self.authors.get_mut(who) {
            author.days = joined(author.days, at);
        } else {
            let encoding = commit.encoding().map(Into::into);
            let author = Author { encoding, days: at };
            self.authors.insert(who.into(), author);
        }
        None
    }

    fn found(&mut self, _mine: Mine) -> Result<(), Halt> {
        Ok(())
    }

    fn progress(&mut self, _walked: u64, _mine: u64) -> Result<(), Halt> {
        Ok(())
    }
}

impl Census {
    fn into_people(self, mailmap: &Mailmap) -> Vec<Person> {
        let mut people: BTreeMap<Address, Person> = BTreeMap::new();
        for (who, author) in self.authors {
            let ident = Ident::parse(&who);
            let raw = encoding::utf8(ident.name, author.encoding.as_deref());
            let (name, email) = mailmap.map(&raw, ident.email);
            let Some(address) = Address::new(email) else {
                continue;
            };
            let person = people.entry(address.clone()).or_insert_with(|| Person {
                address,
                names: Vec::new(),
                days: None,
            });
            person.days = joined(person.days, author.days);
            let name = Clean::label(name);
            if !name.is_empty() && !person.names.contains(&name) {
                person.names.push(name);
            }
        }
        let mut people: Vec<Person> = people.into_values().collect();
        for person in &mut people {
            person.names.sort_unstable();
            person.names.truncate(NAMES);
        }
        people
    }
}
