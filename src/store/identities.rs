//! Table `identities`: my addresses and names.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::error::unfit;
use super::keys::Key;
use super::{Store, StoreError, audit, tombstones};
use crate::model::address::name_key;
use crate::model::identity::{Address, Me};
use crate::model::text::Clean;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An address of mine: decides which commits are mine.
    Address = 0,
    /// A name of mine: evidence, and for exports that know people by name only.
    Name = 1,
}

/// Why an entry is believed to be mine. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// git's configuration on this machine says so.
    Configured = 0,
    /// The owner typed `this is me`.
    Typed = 1,
    /// The owner accepted a proposal that inward had evidence for.
    Accepted = 2,
    /// A mailmap gives it to me, and its name or login is one of mine.
    Mailmap = 3,
}

/// One address or name of mine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What it is.
    pub kind: Kind,
    /// The address or name.
    pub value: Clean,
    /// Why it is believed to be mine.
    pub evidence: Evidence,
    /// Day it was added, days from 1970-01-01.
    pub added_day: i32,
    /// How many stored commits it wrote.
    pub commits: u64,
}

impl Store {
    /// My addresses, names and refusals, as the walk asks for them.
    pub fn me(&self) -> Result<Me, StoreError> {
        self.read("reading who you are", |conn| {
            let mut query = conn.prepare_cached("SELECT value FROM identities WHERE kind = 0")?;
            let addresses = query.query_map([], |row| row.get::<_, Address>(0))?;
            let me = Me::new(addresses.collect::<rusqlite::Result<Vec<_>>>()?);
            let mut query = conn.prepare_cached("SELECT value FROM identities WHERE kind = 1")?;
            let names = query.query_map([], |row| row.get::<_, String>(0))?;
            let me = me.named(names.collect::<rusqlite::Result<Vec<_>>>()?);
            Ok(me.refusing(self.refusals(conn)?))
        })
    }

    /// Every address and name of mine, sorted.
    pub fn identities(&self) -> Result<Vec<Identity>, StoreError> {
        self.read("reading who you are", list)
    }

    /// Adds an address; false when it was there already. Its commits come with the next scan.
    /// That it was refused before is forgotten.
    pub fn add_address(&mut self, address: &Address, why: Evidence) -> Result<bool, StoreError> {
        let (today, key) = (self.today, self.key.clone());
        self.write("adding to who you are", |conn| {
            tombstones::accept(conn, &key, address)?;
            insert(conn, (&key, today), (Kind::Address, address.as_str()), why)
        })
    }

    /// Adds a name; false when it was there already.
    pub fn add_name(&mut self, name: &Clean, why: Evidence) -> Result<bool, StoreError> {
        let (today, key) = (self.today, self.key.clone());
        self.write("adding to who you are", |conn| {
            tombstones::note_name(conn, &key, name, None)?;
            insert(conn, (&key, today), (Kind::Name, name.as_str()), why)
        })
    }

    /// Removes a name of mine, in any case, and remembers that it was taken back; false when it
    /// was none.
    pub fn remove_name(&mut self, name: &Clean) -> Result<bool, StoreError> {
        let (today, key) = (self.today, self.key.clone());
        let wanted = name_key(name.as_str().as_bytes());
        self.write("removing a name", |conn| {
            let mut gone = list(conn)?;
            gone.retain(|row| {
                row.kind == Kind::Name && name_key(row.value.as_str().as_bytes()) == wanted
            });
            for row in &gone {
                let delete = "DELETE FROM identities WHERE kind = 1 AND value = ?1";
                conn.execute(delete, [&row.value])?;
                tombstones::note_name(conn, &key, &row.value, Some(today))?;
                let entry = audit::Entry {
                    day: today,
                    action: audit::Action::IdentityRemove,
                    object: "name",
                    n: 0,
                };
                audit::append(conn, &key, &entry)?;
            }
            Ok(!gone.is_empty())
        })
    }
}

/// Writes an entry and that it was written; false when it was there already.
pub(super) fn insert(
    conn: &Connection,
    (key, today): (&Key, i32),
    (kind, value): (Kind, &str),
    why: Evidence,
) -> rusqlite::Result<bool> {
    let added = conn.execute(
        "INSERT OR IGNORE INTO identities (kind, value, evidence, added_day)
         VALUES (?1, ?2, ?3, ?4)",
        params![kind as u8, value, why as u8, today],
    )? == 1;
    if added {
        let entry = audit::Entry {
            day: today,
            action: audit::Action::IdentityAdd,
            object: &format!("identity {}", conn.last_insert_rowid()),
            n: 1,
        };
        audit::append(conn, key, &entry)?;
    }
    Ok(added)
}

/// The row of an address of mine; `None` for anybody else's.
pub(super) fn address_row(conn: &Connection, address: &Address) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT id FROM identities WHERE kind = 0 AND value = ?1")?
        .query_row([address], |row| row.get(0))
        .optional()
}

pub(super) fn list(conn: &Connection) -> rusqlite::Result<Vec<Identity>> {
    let mut query = conn.prepare_cached(
        "SELECT kind, value, evidence, added_day, coalesce(n, 0) FROM identities
         LEFT JOIN (SELECT author, count(*) AS n FROM commits GROUP BY author) ON author = id
         ORDER BY kind, value",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Identity {
            kind: match row.get(0)? {
                0 => Kind::Address,
                1 => Kind::Name,
                other => return Err(unfit(format!("identity kind {other}"))),
            },
            value: row.get(1)?,
            evidence: evidence(row.get(2)?)?,
            added_day: row.get(3)?,
            commits: row.get(4)?,
        })
    })?;
    rows.collect()
}

/// The evidence with this stored number.
pub(super) fn evidence(number: u8) -> rusqlite::Result<Evidence> {
    Ok(match number {
        0 => Evidence::Configured,
        1 => Evidence::Typed,
        2 => Evidence::Accepted,
        3 => Evidence::Mailmap,
        other => return Err(unfit(format!("evidence {other}"))),
    })
}
