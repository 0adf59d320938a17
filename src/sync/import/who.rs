//! Who the owner is in one file: what is known beforehand, whom the file names, what that teaches.

use crate::model::account::NameKind;
use crate::model::address::name_key;
use crate::model::identity::Me;
use crate::model::text::Clean;
use crate::sources::tasks::mine::{Judged, Owner, Tally, judge};
use crate::sources::tasks::{Item, Person};
use crate::store::{Account, Evidence, Store, StoreError};

use super::ImportOptions;
use super::people::{self, Candidates};

/// The owner, and everybody else whom a file names.
pub(super) struct Who<'a> {
    source: &'static str,
    options: &'a ImportOptions<'a>,
    me: Me,
    /// The owner's names in this tracker, as the store knows them.
    accounts: Vec<Account>,
    /// The owner's names in this file.
    owner: Owner,
    tally: Tally,
    /// Everything belongs to the one person in it.
    alone: bool,
}

/// What a reading has found, as far as it tells whose a file is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Records of the owner.
    pub(super) mine: u64,
    /// Records of nobody known, those left out that only add to tasks that are not known.
    pub(super) not_mine: u64,
    /// It holds time entries and nothing else: a time tracker's export.
    pub(super) is_time_sheet: bool,
}

impl<'a> Who<'a> {
    /// The owner as the store and the caller know them in the tracker `source`.
    pub(super) fn new(
        store: &Store,
        source: &'static str,
        options: &'a ImportOptions<'a>,
    ) -> Result<Self, StoreError> {
        let me = store.me()?;
        let accounts = store.accounts()?.into_iter();
        let accounts: Vec<Account> = accounts
            .filter(|account| account.source.as_str() == source)
            .collect();
        let owner = if options.all_mine {
            Owner::everybody()
        } else {
            let mut owner = Owner::new(options.mine);
            for account in &accounts {
                owner.add(account.kind, account.value.as_str());
            }
            for address in me.addresses() {
                owner.add(NameKind::Address, address.email());
            }
            owner
        };
        Ok(Self {
            source,
            options,
            me,
            accounts,
            owner,
            tally: Tally::default(),
            alone: false,
        })
    }

    /// Begins another reading: what was learned stays, whom it names is counted anew.
    pub(super) fn begin(&mut self) {
        self.tally = Tally::default();
    }

    /// Takes in whom a record names. A line of a list of users that names the owner teaches the
    /// owner's other names at once.
    pub(super) fn meet(&mut self, item: &Item) {
        if self.options.all_mine {
            return;
        }
        self.tally.add(item);
        if let Item::Person(person) = item
            && self.owner.is(person)
        {
            take(&mut self.owner, person);
        }
    }

    /// Leaves of a record what is the owner's.
    pub(super) fn judge(&self, item: Item) -> Judged {
        judge(item, &self.owner, self.options.now.timestamp())
    }

    /// Whether the owner has to say who they are before anything is kept.
    pub(super) fn is_open(&self, found: Found) -> bool {
        let matched = self.matched();
        let nobody = self.tally.is_empty();
        // Without anybody in it, a table of tasks says nothing of whose they are.
        let silent = nobody && found.mine == 0 && found.not_mine > 0;
        let said = !self.options.mine.is_empty();
        let settled = self.options.all_mine
            || (nobody && !silent)
            || (!matched.is_empty() && !people::is_unclear(&matched, &self.owner))
            // Somebody confirmed before may well have nothing in this file; a name typed for it
            // may not.
            || (matched.is_empty() && !self.accounts.is_empty() && !said);
        !settled && (said || !self.is_of_one(found))
    }

    /// Whether this is a time tracker's export with one person in it.
    fn is_of_one(&self, found: Found) -> bool {
        found.is_time_sheet && self.tally.len() == 1
    }

    /// Takes the only person of a time tracker's export as the owner; true when it has to be read
    /// again for that.
    pub(super) fn take_the_only_person(&mut self, found: Found) -> bool {
        let nobody_known = self.options.mine.is_empty() && self.accounts.is_empty();
        if found.mine > 0 || !nobody_known || !self.is_of_one(found) {
            return false;
        }
        for person in self.tally.iter() {
            take(&mut self.owner, person);
        }
        self.alone = true;
        true
    }

    /// Looks again at who the owner is, now that everybody in the file is known: what the same file
    /// calls the owner elsewhere is the owner (a worklog names its author by id alone), and who
    /// only shares the display name is not. True when it has to be read again for that.
    pub(super) fn look_again(&mut self) -> bool {
        if self.options.all_mine {
            return false;
        }
        let mut owner = self.owner.clone();
        for (kind, name) in self.learned(&self.matched()) {
            owner.add(kind, &name);
        }
        let mut everybody = self.tally.iter();
        let again = everybody.any(|person| owner.is(person) != self.owner.is(person));
        self.owner = owner;
        again
    }

    /// What is worth saying of the people in the file.
    pub(super) fn notes(&self, found: Found) -> Vec<String> {
        let others = || people::names(&self.tally.people());
        let mut out = Vec::new();
        if self.alone {
            out.push(format!("names one person only, {}: taken as you", others()));
        }
        let known = self.options.mine.is_empty() && !self.accounts.is_empty();
        if known && found.mine == 0 && !self.tally.is_empty() && self.matched().is_empty() {
            let mine = people::list(self.accounts.iter().map(|one| &one.value));
            out.push(format!(
                "names nobody who is you in {} so far ({mine}): if you are one of {}, say so with --mine",
                self.source,
                others()
            ));
        }
        out
    }

    /// What the owner is called in the file, the name with most records first.
    pub(super) fn known_as(&self) -> Vec<Clean> {
        people::handiest(&self.matched_by_weight())
    }

    /// Everybody who may be the owner.
    pub(super) fn candidates(&self, store: &Store) -> Result<Candidates, StoreError> {
        Candidates::new(&self.tally, self.source, &self.me, store)
    }

    /// Remembers the names that were said for this file, and what it teaches beside them.
    pub(super) fn remember(&self, store: &mut Store) -> Result<(), StoreError> {
        if self.options.all_mine {
            return Ok(());
        }
        let key = |name: &str| name_key(name.as_bytes());
        let known = |name: &str| {
            let mut accounts = self.accounts.iter();
            accounts.any(|one| key(one.value.as_str()) == key(name))
        };
        let matched = self.matched_by_weight();
        let said = people::said(&matched, self.options.mine);
        for value in said.iter().filter(|value| !known(value.as_str())) {
            store.add_account(self.source, value, Evidence::Typed)?;
        }
        for (kind, name) in self.learned(&matched) {
            let value = Clean::label(name.as_bytes());
            // A name that was taken back comes again only when the owner types it.
            if !known(&name) && !store.is_refused_account(self.source, &value)? {
                let learned = (kind, &value, Evidence::Accepted);
                // It goes with the name that it stands beside when that is taken back.
                store.add_account_beside(self.source, learned, said.first())?;
            }
        }
        Ok(())
    }

    fn learned(&self, matched: &[&Person]) -> people::Names {
        let everybody: Vec<&Person> = self.tally.iter().collect();
        people::learned(matched, &everybody, &self.owner)
    }

    fn matched(&self) -> Vec<&Person> {
        let people = self.tally.iter();
        people.filter(|person| self.owner.is(person)).collect()
    }

    fn matched_by_weight(&self) -> Vec<&Person> {
        let people = self.tally.people().into_iter();
        let people = people.map(|(person, _)| person);
        people.filter(|person| self.owner.is(person)).collect()
    }
}

/// Takes every name of a person as the owner's.
fn take(owner: &mut Owner, person: &Person) {
    for (kind, name) in person.names() {
        owner.add(kind, name);
    }
}
