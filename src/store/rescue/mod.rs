//! What can still be read of a store that is damaged: the owner's own words and answers first, row by
//! row from both ends of each table, so that a broken page takes no more with it than what lies on it
//! (`damaged.rs`).
//!
//! The file is only read. What git and exports tell is not rescued but read again (`inward rebuild`);
//! of it only what was there is counted, so that what does not come back can be said. `second.rs` puts
//! the second place above all that.

mod damaged;
mod second;

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::{Doing, StoreError, shown};
use super::keys::Key;
use super::open::kept_key;
use super::raw::{self, Raw};
use super::sealed::{self, DataKey};
use super::{AuditState, ImportRow, Store, audit, imports, migrations, pragmas, words};
use crate::model::ids::Oid;
use crate::model::text::{Clean, is_shown};

use words::Second;

/// The tables whose rows nothing else holds, in the order in which they are tried, and what they are
/// called.
const OWN: [(&str, &str); 13] = [
    ("meta", "answers"),
    ("notes", "notes and events"),
    ("goals", "goals"),
    ("goal_links", "what goals are made of"),
    ("exclusions", "what you said of rows"),
    ("link_choices", "links you made"),
    ("shares", "shares in the ledger"),
    ("tombstones", "what was forgotten or refused"),
    ("identities", "addresses and names of yours"),
    ("accounts", "names of yours in trackers"),
    ("repositories", "names of repositories"),
    ("places", "folders of repositories"),
    ("audit", "entries of the log"),
];

/// What became of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What its rows are, in words.
    pub what: &'static str,
    /// How many were read.
    pub rows: u64,
    /// Why there may have been more; `None`: all of it was read.
    pub lost: Option<String>,
}

/// What could be read of a damaged store.
#[derive(Debug)]
pub struct Rescued {
    /// The owner's own words and answers, as a store in memory.
    pub store: Store,
    /// Table by table.
    pub saved: Vec<Saved>,
    /// The files that were imported, as far as the list can be read.
    pub imports: Vec<ImportRow>,
    /// The object ids of the commits that could be read.
    pub commits: BTreeSet<Oid>,
    /// The earlier generation of a sealed store was read: the last save is not in it.
    pub is_earlier: bool,
    /// Why nothing could be read of the file itself.
    pub nothing: Option<String>,
    /// What the second place was good for.
    pub second: Secondly,
    /// The key of the store's hashes could be read.
    has_key: bool,
}

/// What the second place was good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secondly {
    /// None was there.
    Missing,
    /// The owner's own words are as it holds them.
    Used,
    /// It may lack the last change: what it holds and what the file holds are both there.
    Joined,
    /// It was not used, and why.
    Unfit(String),
}

impl Rescued {
    /// Reads what can be read of the store at `path`, with `key` where it is sealed; `now_utc` in
    /// seconds dates its entries.
    ///
    /// # Errors
    /// A newer version's store is not touched; and when there is no memory for it.
    pub fn read(path: &Path, key: Option<&DataKey>, now_utc: i64) -> Result<Self, StoreError> {
        let second = words::read(path, key, now_utc);
        let lent = match &second {
            Second::Whole { store, .. } => Some(store.key.clone()),
            _ => None,
        };
        let mut is_earlier = false;
        let opened = match key {
            _ if path.symlink_metadata().is_err() => {
                return Self::nothing("it is gone".to_owned(), now_utc)?.with(second);
            }
            Some(key) if sealed::is_sealed(path) || sealed::is_sealed(&sealed::earlier(path)) => {
                let earlier = sealed::earlier(path);
                let image = sealed::image_at(path, key).or_else(|error| {
                    is_earlier = true;
                    sealed::image_at(&earlier, key).map_err(|_also| error)
                });
                image.and_then(|image| damaged::in_memory(path, &image))
            }
            _ => damaged::open(path),
        };
        let opened = opened.and_then(|conn| {
            let checked = migrations::check(&conn).and_then(|()| migrations::layout(&conn));
            let layout = checked.doing(&shown(path), "reading its tables")?;
            Ok((conn, layout))
        });
        match opened {
            Ok((_, layout)) if layout > migrations::newest() => Err(StoreError::Newer {
                path: shown(path),
                found: layout,
                known: migrations::newest(),
            }),
            Ok((conn, layout)) if layout > 0 => of(&conn, layout, (is_earlier, lent), now_utc),
            Ok(_) => Self::nothing("it holds no tables".to_owned(), now_utc),
            Err(error @ StoreError::Newer { .. }) => Err(error),
            Err(error) => Self::nothing(damaged::what(error), now_utc),
        }?
        .with(second)
    }

    fn nothing(why: String, now_utc: i64) -> Result<Self, StoreError> {
        Ok(Self {
            store: Store::memory(now_utc)?,
            saved: Vec::new(),
            imports: Vec::new(),
            commits: BTreeSet::new(),
            is_earlier: false,
            nothing: Some(why),
            second: Secondly::Missing,
            has_key: false,
        })
    }
}

/// Builds a store of what can be read.
fn of(
    from: &Connection,
    layout: u32,
    (is_earlier, lent): (bool, Option<Key>),
    now_utc: i64,
) -> Result<Rescued, StoreError> {
    let name = Clean::label(b"the store in memory");
    let to = Connection::open_in_memory().doing(&name, "making room")?;
    let mut saved = Vec::new();
    let build = |saved: &mut Vec<Saved>| -> rusqlite::Result<()> {
        pragmas::apply(&to)?;
        migrations::make(&to, layout)?;
        to.pragma_update(None, "foreign_keys", false)?;
        for (table, what) in OWN {
            let tables = raw::tables(&to)?;
            // An older layout may not have it yet.
            let Some(table) = tables.into_iter().find(|one| one.name == table) else {
                continue;
            };
            let (rows, lost) = damaged::rows(from, &table);
            let mut count = 0;
            for row in rows {
                count += u64::from(put(&to, &table, row));
            }
            saved.push(Saved {
                what,
                rows: count,
                lost,
            });
        }
        drop_orphans(&to)?;
        to.pragma_update(None, "foreign_keys", true)
    };
    build(&mut saved).doing(&name, "rescuing your own words")?;
    let has_key = kept_key(&to).doing(&name, "reading its key")?.is_some();
    if let Some(lent) = lent.as_ref().filter(|_| !has_key) {
        // The log says below whether it is this store's.
        let sql = "INSERT OR REPLACE INTO meta (key, value) VALUES ('key', ?1)";
        to.execute(sql, [lent.as_bytes()])
            .doing(&name, "rescuing your own words")?;
    }
    let mut store = Store::set_up(to, name.clone(), None, now_utc)?;
    if !has_key && lent.is_none() {
        forget_hashes(&store.conn, &mut saved).doing(&name, "rescuing your own words")?;
    }
    keep_log(&mut store, &mut saved)?;
    Ok(Rescued {
        store,
        saved,
        imports: imports::list(from).unwrap_or_default(),
        commits: damaged::commits(from),
        is_earlier,
        nothing: None,
        second: Secondly::Missing,
        has_key,
    })
}

/// Writes a rescued row; false for one that no store writes.
fn put(conn: &Connection, table: &Raw, mut row: Vec<Value>) -> bool {
    for value in &mut row {
        if let Value::Text(text) = value
            && !is_shown(text)
        {
            *text = Clean::note(text).to_string();
        }
    }
    let is_answer = |key: &Value| matches!(key, Value::Text(key) if words::is_answer(key));
    if table.name == "meta" && !row.first().is_some_and(is_answer) {
        return false;
    }
    let put = || {
        conn.prepare_cached(&table.insert())?
            .execute(params_from_iter(row))
    };
    // Twice there, of the wrong kind, or nothing where something must be.
    put().is_ok_and(|n| n == 1)
}

/// Rows that refer to one that could not be read: a note loses its repository, a link of a goal goes.
fn drop_orphans(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "UPDATE notes SET repository = NULL
           WHERE repository IS NOT NULL AND repository NOT IN (SELECT id FROM repositories);
         DELETE FROM goal_links WHERE goal NOT IN (SELECT id FROM goals)
           OR (note IS NOT NULL AND note NOT IN (SELECT id FROM notes));
         DELETE FROM places WHERE repository NOT IN (SELECT id FROM repositories);",
    )
}

/// Without the key nothing that was hashed with it can be asked for.
fn forget_hashes(conn: &Connection, saved: &mut [Saved]) -> rusqlite::Result<()> {
    conn.execute_batch("DELETE FROM tombstones; DELETE FROM link_choices; DELETE FROM audit;")?;
    conn.execute("DELETE FROM exclusions WHERE kind <> 0", [])?;
    conn.execute("UPDATE notes SET task = NULL", [])?;
    conn.execute("DELETE FROM goal_links WHERE task IS NOT NULL", [])?;
    for one in saved {
        if [
            "what was forgotten or refused",
            "links you made",
            "entries of the log",
        ]
        .contains(&one.what)
        {
            one.rows = 0;
            one.lost = Some("the key of the store's hashes could not be read".to_owned());
        }
    }
    Ok(())
}

/// A log that is not whole begins anew.
fn keep_log(store: &mut Store, saved: &mut [Saved]) -> Result<(), StoreError> {
    let state = store.audit_verify(None)?;
    let all = saved
        .iter_mut()
        .find(|one| one.what == "entries of the log");
    if let Some(one) = all
        && !(matches!(state, AuditState::Ok(_)) && one.lost.is_none())
    {
        let shown = store.shown.clone();
        store
            .conn
            .execute("DELETE FROM audit", [])
            .doing(&shown, "beginning the log anew")?;
        one.rows = 0;
        one.lost.get_or_insert_with(|| state.to_string());
    }
    Ok(())
}

impl Store {
    /// The object ids of every commit.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn oids(&self) -> Result<BTreeSet<Oid>, StoreError> {
        self.read("listing commits", |conn| {
            let mut query = conn.prepare("SELECT oid FROM commits")?;
            query.query_map([], |row| row.get(0))?.collect()
        })
    }

    /// How much the owner said of rows: what is left out or corrected, and links.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn said(&self) -> Result<u64, StoreError> {
        self.read("reading what you say of rows", |conn| {
            let sql = "SELECT (SELECT count(*) FROM exclusions) +
               (SELECT count(*) FROM (SELECT DISTINCT oid, linked FROM link_choices))";
            conn.query_row(sql, [], |row| row.get(0))
        })
    }

    /// After everything was read again: takes back what was carried for its sake alone (repositories
    /// that hold nothing), and logs the rebuilding.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn rebuilt(&mut self) -> Result<(), StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("ending the rebuilding", |conn| {
            conn.execute(
                "DELETE FROM repositories WHERE id NOT IN (SELECT repository FROM sightings)
                   AND id NOT IN (SELECT repository FROM notes WHERE repository IS NOT NULL)
                   AND id NOT IN (SELECT repository FROM places
                     WHERE id IN (SELECT place FROM frontiers))",
                [],
            )?;
            let n = conn.query_row("SELECT count(*) FROM commits", [], |row| row.get(0))?;
            audit::note(conn, &key, today, (audit::Action::Rebuild, "", n))
        })
    }
}
