//! Who "me" is, as far as git's settings, the store and the authors of the repositories say.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use crate::model::address::{Address, name_key};
use crate::model::identity::Me;
use crate::model::person::Person;
use crate::model::proposal::{self, Proposal};
use crate::model::text::Clean;
use crate::sources::git;
use crate::store::{Account, Evidence, Identity, Kind, Store};
use crate::sync;

use super::error::{CliError, Code};
use super::places::{Configured, Places};
use super::session::{Session, store_error};

/// The answer where nobody is "me" yet.
pub(super) fn no_identity() -> CliError {
    CliError::usage("git names no user.email here, so inward does not know which commits are yours")
        .hint("`inward me add ADDRESS` names one (`inward` on a terminal lists the candidates)")
}

/// Takes what git's settings name as the owner's, but for what was taken back before.
pub(super) fn take_configured(store: &mut Store, configured: &Configured) -> Result<(), CliError> {
    for address in &configured.addresses {
        if !store.is_refused(address).map_err(store_error)? {
            store
                .add_address(address, Evidence::Configured)
                .map_err(store_error)?;
        }
    }
    for name in &configured.names {
        if !store.is_refused_name(name).map_err(store_error)? {
            store
                .add_name(name, Evidence::Configured)
                .map_err(store_error)?;
        }
    }
    Ok(())
}

/// The owner, and everybody else in the registered repositories. Read now, kept nowhere.
pub(super) struct Who {
    /// What is stored.
    pub kept: Vec<Identity>,
    /// What the owner is called in trackers.
    pub accounts: Vec<Account>,
    /// The owner by what is stored and by git's settings.
    pub me: Me,
    /// The names of git's settings.
    pub names: BTreeSet<Clean>,
    /// Every author, by repository.
    pub repos: Vec<(Clean, Vec<Person>)>,
}

impl Who {
    /// Reads the authors of `places`, behind the lock.
    pub(super) fn read(
        session: &mut Session,
        places: &Places,
        configured: Configured,
    ) -> Result<Self, CliError> {
        let store = session
            .has_store()
            .then(|| session.door().open_reading(session.now_utc()))
            .transpose()
            .map_err(store_error)?;
        let mut who = Self {
            kept: Vec::new(),
            accounts: Vec::new(),
            me: Me::default(),
            names: configured.names,
            repos: Vec::new(),
        };
        if let Some(store) = &store {
            who.kept = store.identities().map_err(store_error)?;
            who.accounts = store.accounts().map_err(store_error)?;
            who.me = store.me().map_err(store_error)?;
            let refused = |name: &Clean| store.is_refused_name(name).map_err(store_error);
            let mut names = BTreeSet::new();
            for name in who.names {
                if !refused(&name)? {
                    names.insert(name);
                }
            }
            who.names = names;
        }
        // What was taken back is neither mine nor proposed again.
        for address in configured.addresses {
            if !who.me.refuses(&address) {
                who.me.add(address);
            }
        }
        who.me = who.me.named(who.names.iter().map(Clean::as_str));
        git::prepare().map_err(|e| CliError::caused(Code::Failed, &e))?;
        let targets = || places.targets.iter().map(|(place, _)| place);
        let names = sync::names(store.as_ref(), targets()).map_err(store_error)?;
        let say = &mut session.say;
        let repos = names.into_iter().zip(targets());
        who.repos = sync::census(repos, &AtomicBool::new(false), &mut |problem| {
            say.problem(&format!("inward: {problem}"));
        });
        Ok(who)
    }

    /// Who else could be the owner, the strongest evidence first.
    pub(super) fn proposals(&self) -> Vec<Proposal> {
        proposal::proposals(&self.me, &self.repos)
    }

    /// What a mailmap, and something beside it, makes the owner's with the next scan.
    pub(super) fn given(&self) -> BTreeSet<Address> {
        proposal::given(&self.me, &self.repos)
    }

    /// Whether an author goes by this entry, or by its address.
    pub(super) fn is_author(&self, entry: &Address) -> bool {
        self.people().any(|person| {
            let pair = || Address::pair(person.name.as_str().as_bytes(), email(person));
            person.entry == *entry
                || person.email.as_ref() == Some(entry)
                || pair().as_ref() == Some(entry)
        })
    }

    /// Whether commits of the owner bear this name.
    pub(super) fn is_used(&self, name: &Clean) -> bool {
        let key = name_key(name.as_str().as_bytes());
        self.people().any(|person| {
            let own = person.name.as_str().as_bytes();
            name_key(own) == key && self.me.who(own, email(person)).is_some()
        })
    }

    /// The stored row of an entry.
    pub(super) fn row(&self, kind: Kind, value: &str) -> Option<&Identity> {
        self.kept
            .iter()
            .find(|row| row.kind == kind && row.value.as_str() == value)
    }

    fn people(&self) -> impl Iterator<Item = &Person> {
        self.repos.iter().flat_map(|(_, people)| people)
    }
}

fn email(person: &Person) -> &[u8] {
    person
        .email
        .as_ref()
        .map_or(b"", |email| email.as_str().as_bytes())
}
