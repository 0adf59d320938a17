//! Table `accounts`: what I am called in a tracker.

use rusqlite::{Connection, params};

use super::error::unfit;
use super::identities::{self, Evidence};
use super::tombstones::{self, Kind};
use super::{Store, StoreError, audit};
use crate::model::account::NameKind;
use crate::model::address::name_key;
use crate::model::text::Clean;

/// A name, login, address or id of mine in a tracker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The tracker.
    pub source: Clean,
    /// As it stands there.
    pub value: Clean,
    /// What kind of name it is.
    pub kind: NameKind,
    /// Why it is believed to be mine.
    pub evidence: Evidence,
    /// Day it was added, days from 1970-01-01.
    pub added_day: i32,
}

impl Store {
    /// What I am called in trackers, sorted.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.read("reading who you are in trackers", list)
    }

    /// Adds what I am called in the tracker `source`; false when it was there already, in any
    /// case. That it was refused before is forgotten.
    pub fn add_account(
        &mut self,
        source: &str,
        value: &Clean,
        why: Evidence,
    ) -> Result<bool, StoreError> {
        self.add_account_beside(source, (NameKind::Any, value, why), None)
    }

    /// [`Self::add_account`] of a name that was learned beside another one: it goes when that is
    /// removed.
    pub fn add_account_beside(
        &mut self,
        source: &str,
        (kind, value, why): (NameKind, &Clean, Evidence),
        beside: Option<&Clean>,
    ) -> Result<bool, StoreError> {
        let (day, key) = (self.today, self.key.clone());
        self.write("adding who you are in a tracker", |conn| {
            tombstones::dig_up(conn, &key, Kind::Account, &thing(source, value))?;
            let added = conn.execute(
                "INSERT OR IGNORE INTO accounts (source, folded, value, evidence, added_day, beside, kind)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    Clean::label(source.as_bytes()),
                    folded(value),
                    value,
                    why as u8,
                    day,
                    beside.map(folded),
                    kind as u8,
                ],
            )? == 1;
            if added {
                let (action, object, n) = (audit::Action::AccountAdd, "account", 1);
                let entry = audit::Entry {
                    day,
                    action,
                    object,
                    n,
                };
                audit::append(conn, &key, &entry)?;
            }
            Ok(added)
        })
    }

    /// Removes what I am called in a tracker, in any case, and what was learned beside it; false
    /// when it was not there.
    pub fn remove_account(&mut self, source: &str, value: &Clean) -> Result<bool, StoreError> {
        let (day, key) = (self.today, self.key.clone());
        self.write("removing who you are in a tracker", |conn| {
            let gone = conn.execute(
                "DELETE FROM accounts WHERE source = ?1 AND folded = ?2",
                params![Clean::label(source.as_bytes()), folded(value)],
            )? == 1;
            if gone {
                conn.execute(
                    "DELETE FROM accounts WHERE source = ?1 AND beside = ?2",
                    params![Clean::label(source.as_bytes()), folded(value)],
                )?;
                let (action, object, n) = (audit::Action::AccountRemove, "account", 1);
                let entry = audit::Entry {
                    day,
                    action,
                    object,
                    n,
                };
                audit::append(conn, &key, &entry)?;
            }
            Ok(gone)
        })
    }

    /// Remembers, as a keyed hash, that this was proposed and is not me.
    pub fn refuse_account(&mut self, source: &str, value: &Clean) -> Result<(), StoreError> {
        let (day, key) = (self.today, self.key.clone());
        self.write("refusing a name in a tracker", |conn| {
            tombstones::bury(conn, &key, (Kind::Account, &thing(source, value)), day)
        })
    }

    /// Whether this was refused before, in any case.
    pub fn is_refused_account(&self, source: &str, value: &Clean) -> Result<bool, StoreError> {
        self.has_tombstone(Kind::Account, &thing(source, value))
    }
}

pub(super) fn list(conn: &Connection) -> rusqlite::Result<Vec<Account>> {
    let mut query = conn.prepare_cached(
        "SELECT source, value, evidence, added_day, kind FROM accounts ORDER BY source, folded",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Account {
            source: row.get(0)?,
            value: row.get(1)?,
            evidence: identities::evidence(row.get(2)?)?,
            added_day: row.get(3)?,
            kind: kind(row.get(4)?)?,
        })
    })?;
    rows.collect()
}

fn kind(number: u8) -> rusqlite::Result<NameKind> {
    let kind = NameKind::ALL.get(usize::from(number)).copied();
    kind.ok_or_else(|| unfit(format!("kind {number} of an account")))
}

/// A name as it is compared.
fn folded(value: &Clean) -> String {
    name_key(value.as_str().as_bytes())
}

fn thing(source: &str, value: &Clean) -> Vec<u8> {
    let source = Clean::label(source.as_bytes());
    format!("{source}\0{}", folded(value)).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> Clean {
        Clean::label(text.as_bytes())
    }

    #[test]
    fn a_name_in_a_tracker_is_one_in_any_case_and_only_in_that_tracker() {
        let mut store = Store::memory(1_790_000_000).unwrap();
        let ada = clean("Ada-L");
        assert!(store.add_account("github", &ada, Evidence::Typed).unwrap());
        let again = store.add_account("github", &clean("ADA-l "), Evidence::Typed);
        assert!(!again.unwrap());
        assert!(store.add_account("jira", &ada, Evidence::Accepted).unwrap());
        let accounts = store.accounts().unwrap();
        assert_eq!(accounts.len(), 2);
        assert_eq!(accounts[0].value.as_str(), "Ada-L");
        assert!(store.remove_account("github", &clean("ada-l")).unwrap());
        assert!(!store.remove_account("github", &ada).unwrap());
        assert_eq!(store.accounts().unwrap().len(), 1);
    }

    #[test]
    fn what_was_learned_beside_a_name_goes_with_it() {
        let mut store = Store::memory(1_790_000_000).unwrap();
        let (ada, id) = (clean("ada"), clean("U_1"));
        store.add_account("github", &ada, Evidence::Typed).unwrap();
        let learned = (NameKind::Id, &id, Evidence::Accepted);
        store
            .add_account_beside("github", learned, Some(&clean("Ada")))
            .unwrap();
        assert!(store.remove_account("github", &ada).unwrap());
        assert!(store.accounts().unwrap().is_empty());
    }

    #[test]
    fn a_refusal_is_kept_as_a_hash_and_lifted_by_adding() {
        let mut store = Store::memory(1_790_000_000).unwrap();
        let bob = clean("Bob");
        store.refuse_account("jira", &bob).unwrap();
        assert!(store.is_refused_account("jira", &clean("bob")).unwrap());
        assert!(!store.is_refused_account("github", &bob).unwrap());
        store.add_account("jira", &bob, Evidence::Typed).unwrap();
        assert!(!store.is_refused_account("jira", &bob).unwrap());
    }
}
