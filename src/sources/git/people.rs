//! Who wrote the commits of a repository: for the owner to say which of them they are. Shown,
//! never stored.

use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::bots;
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
use crate::model::person::{Days, Person, joined};
use crate::model::place::Place;
use crate::model::text::Clean;

/// Every author of the repository, one entry a name and address as they stand in the commits,
/// programs left out, sorted. The error says that the repository cannot be read, or that `stop`
/// was set.
pub fn people(place: &Place, stop: &AtomicBool) -> Result<Vec<Person>, GitError> {
    open::check(place)?;
    let refs = refs::read(place)?;
    let mailmap = head(&open::objects(place)?, refs.speaker()).mailmap;
    let mut census = Census::default();
    walk_all(place, stop, &mut census)?;
    Ok(census.into_people(&mailmap))
}

/// Commits and days by author line up to its address.
#[derive(Default)]
struct Census {
    authors: FxHashMap<Box<[u8]>, Author>,
}

struct Author {
    encoding: Option<Box<[u8]>>,
    commits: u64,
    days: Option<Days>,
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
            author.commits += 1;
        } else {
            let encoding = commit.encoding().map(Into::into);
            let author = Author {
                encoding,
                commits: 1,
                days: at,
            };
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
        let mut people: Vec<Person> = self
            .authors
            .into_iter()
            .filter_map(|(who, author)| person(&who, &author, mailmap))
            .collect();
        let key = |one: &Person| (one.entry.clone(), one.name.clone(), one.email.clone());
        people.sort_by_cached_key(key);
        // Two spellings that are compared as one.
        people.dedup_by(|next, kept| {
            let same = key(next) == key(kept) && next.mapped == kept.mapped;
            if same {
                kept.commits += next.commits;
                kept.days = joined(kept.days, next.days);
            }
            same
        });
        people
    }
}

fn person(who: &[u8], author: &Author, mailmap: &Mailmap) -> Option<Person> {
    let ident = Ident::parse(who);
    let name = encoding::utf8(ident.name, author.encoding.as_deref());
    if bots::is_one(&name, ident.email) {
        return None;
    }
    let entry = Address::of_author(&name, ident.email)?;
    let (proper, email) = mailmap.map(&name, ident.email);
    Some(Person {
        name: Clean::label(&name),
        email: Address::new(ident.email),
        mapped: Address::of_author(proper, email).filter(|mapped| *mapped != entry),
        entry,
        commits: author.commits,
        days: author.days,
    })
}
