//! The second place: what nothing else holds, in a small store of its own beside the store, so that damage
//! of the store takes no word of its owner's with it.
//!
//! It is written anew, whole, by the transaction that changed one of these tables, before that is
//! committed: who may write the store may write it. A plain store's is plain, a sealed one's sealed with the
//! same key. Only `inward rebuild` and `inward doctor` read it. Where it cannot be written (a full disk), the
//! deed goes on, and the next change or opening writes it: until then the time of the file is zero.

mod place;
mod second;

use std::path::Path;

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params, params_from_iter};

use super::keys::Key;
use super::sealed::{Seal, When};
use super::{Store, StoreError, migrations, pragmas, raw};

use place::Seen;
pub(super) use place::{is_one, remove};
pub use place::{second_place, wipe_second_place};
pub use second::SecondPlace;
pub(super) use second::{Second, read};

/// What it holds; `meta` in part.
pub(super) const TABLES: [&str; 12] = [
    "accounts",
    "exclusions",
    "goal_links",
    "goals",
    "identities",
    "imports",
    "link_choices",
    "meta",
    "notes",
    "repositories",
    "shares",
    "tombstones",
];

/// Columns of `repositories` that every scan may change: they are no word of the owner's.
const FACTS: [&str; 4] = ["shallow", "partial", "first_day", "last_day"];

/// Rows of `meta` that hold for a store that is built anew, beside those of what is kept and how long.
const ANSWERS: [&str; 6] = [
    "key",
    "keys",
    "reflog",
    "import_zone",
    "forgotten_before",
    "forgotten_days",
];

/// Key in `meta` of the second place: the [`stamp`] of what it holds.
const STAMP: &str = "words";

/// Says what all of it is at one moment.
type Stamp = [u8; 32];

/// What the file held when this process saw it last.
#[derive(Debug)]
pub(super) struct Noted {
    stamp: Stamp,
    seen: Option<Seen>,
}

impl Noted {
    fn of(path: &Path, stamp: Stamp) -> Self {
        let seen = Seen::of(path);
        Self { stamp, seen }
    }
}

fn is_told(table: &raw::Raw) -> bool {
    TABLES.contains(&table.name.as_str())
}

/// Whether a row of `meta` holds for a store that is built anew.
pub(super) fn is_answer(key: &str) -> bool {
    ANSWERS.contains(&key) || key.starts_with("keep.") || key.starts_with("retain.")
}

/// A hash of every row that belongs there.
fn stamp(conn: &Connection) -> rusqlite::Result<Stamp> {
    let mut hash = blake3::Hasher::new();
    for name in TABLES {
        let Some(table) = raw::one(conn, name)? else {
            continue;
        };
        hash.update(name.as_bytes());
        let columns = table.columns().into_iter().enumerate();
        let columns: Vec<usize> = columns
            .filter(|(_, column)| name != "repositories" || !FACTS.contains(column))
            .map(|(at, _)| at)
            .collect();
        let mut query = conn.prepare_cached(&table.select())?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if name == "meta" && !is_answer(row.get_ref(0)?.as_str()?) {
                continue;
            }
            for at in &columns {
                raw::feed(&mut hash, row.get_ref(*at)?);
            }
        }
    }
    Ok(*hash.finalize().as_bytes())
}

/// Writes it anew where what it holds is not what it has to hold; whether it was. `key` is the one that
/// the store had before the deed: what lies there with another one belonged to a store that may be missed,
/// and gets a name of its own.
fn keep(
    conn: &Connection,
    (path, seal, key): (&Path, Option<&Seal>, &Key),
    last: &mut Option<Noted>,
) -> bool {
    let Ok(now) = stamp(conn) else {
        return false;
    };
    let is_known = last
        .as_ref()
        .is_some_and(|last| last.seen.is_some() && Seen::of(path) == last.seen);
    if !is_known {
        *last = match second::there(path, seal.map(Seal::key), key) {
            second::There::Nothing => None,
            second::There::Ours(stamp) => {
                // Words that changed behind our back: damage, most likely. The good copy is not lost to it.
                if stamp != now
                    && seal.is_none()
                    && second::is_belied(path, &stamp)
                    && place::set_aside(path).is_err()
                {
                    return false;
                }
                Some(Noted::of(path, stamp))
            }
            second::There::Unknown => {
                if place::set_aside(path).is_err() {
                    return false;
                }
                None
            }
        };
    }
    if last.as_ref().is_some_and(|last| last.stamp == now) {
        return false;
    }
    let written = image(conn, &now)
        .map_err(|_sql| ())
        .and_then(|image| place::write(path, seal, &image).map_err(|_file| ()));
    if written.is_err() {
        place::mark_due(path);
        *last = None;
        return false;
    }
    *last = Some(Noted::of(path, now));
    true
}

/// A store of these tables alone.
fn image(from: &Connection, stamp: &Stamp) -> rusqlite::Result<Vec<u8>> {
    let mut to = Connection::open_in_memory()?;
    pragmas::apply(&to)?;
    // Many small tables.
    to.pragma_update(None, "page_size", 1024)?;
    migrations::make(&to, migrations::newest())?;
    to.pragma_update(None, "foreign_keys", false)?;
    to.execute_batch("BEGIN")?;
    copy(from, &to)?;
    to.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2)",
        params![STAMP, stamp],
    )?;
    to.execute_batch("COMMIT")?;
    Ok(to.serialize(rusqlite::MAIN_DB)?.to_vec())
}

/// Copies these rows.
pub(super) fn copy(from: &Connection, to: &Connection) -> rusqlite::Result<()> {
    for table in raw::tables(from)?.iter().filter(|table| is_told(table)) {
        let width = table.columns().len();
        let mut query = from.prepare_cached(&table.select())?;
        let mut insert = to.prepare(&table.insert())?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if table.name == "meta" && !is_answer(row.get_ref(0)?.as_str()?) {
                continue;
            }
            let values = (0..width).map(|at| row.get_ref(at).map(ToSqlOutput::Borrowed));
            let values: Vec<_> = values.collect::<rusqlite::Result<_>>()?;
            insert.execute(params_from_iter(values))?;
        }
    }
    Ok(())
}

/// Takes these rows out.
pub(super) fn clear(conn: &Connection) -> rusqlite::Result<()> {
    for table in TABLES.iter().filter(|table| **table != "meta") {
        conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let keys: Vec<String> = conn
        .prepare("SELECT key FROM meta")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for key in keys.iter().filter(|key| is_answer(key)) {
        conn.execute("DELETE FROM meta WHERE key = ?1", [key])?;
    }
    Ok(())
}

fn held(conn: &Connection) -> rusqlite::Result<Option<Stamp>> {
    conn.prepare("SELECT value FROM meta WHERE key = ?1")?
        .query_row([STAMP], |row| row.get(0))
        .optional()
}

impl Store {
    /// Within a deed that changed something: the second place changes with it. Whether it did.
    pub(super) fn write_words(
        conn: &Connection,
        (path, seal, key): (Option<&Path>, Option<&Seal>, &Key),
        last: &mut Option<Noted>,
    ) -> bool {
        path.is_some_and(|path| keep(conn, (path, seal, key), last))
    }

    /// After the deed whose words were written: it stands, or it does not and what was written is due again.
    pub(super) fn words_stand(&mut self, stands: bool) {
        let Some(path) = self.file.as_deref() else {
            return;
        };
        if stands {
            place::mark_settled(path, self.now_utc);
        }
        match &mut self.second {
            Some(noted) if stands => noted.seen = Seen::of(path),
            _ => self.second = None,
        }
    }

    /// Makes sure, at an opening, that there is a second place: a look at the file's time, and nothing more
    /// where it stands. It never keeps the store from being opened.
    pub(super) fn check_words(&mut self) {
        let is_sealed = self.is_sealed();
        let path = self.file.as_deref();
        if path.is_some_and(|path| !place::is_settled(path, is_sealed)) {
            self.bring_words();
        }
    }

    /// Makes the second place hold what the store does.
    pub(super) fn bring_words(&mut self) {
        const DOING: &str = "writing your own words a second time";
        let Some(path) = self.file.clone() else {
            return;
        };
        if self.enter(DOING).is_err() {
            return;
        }
        let mut run = || -> rusqlite::Result<bool> {
            // Nobody changes a word meanwhile.
            let tx = self
                .conn
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let place = (path.as_path(), self.seal.as_ref(), &self.key);
            Ok(keep(&tx, place, &mut self.second))
        };
        let written: Result<bool, StoreError> = Ok(run().unwrap_or(false));
        let left = self.leave(DOING, written, When::Never);
        // What stands there is right, written just now or before.
        self.words_stand(left.is_ok() && self.second.is_some());
    }
}
