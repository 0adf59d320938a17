//! What was forgotten elsewhere holds for rows that are here: of a backup that is put back, and of two
//! stores that become one.
//!
//! A scan and an import ask before they write (`barred.rs`); here the rows are there already, and the
//! same questions are put to each of them.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::{commits, days, repository, tasks};
use crate::model::address::name_key;
use crate::model::identity::Address;
use crate::model::ids::{CommitId, Oid, RepoId};
use crate::model::moment::Moment;
use crate::model::task::Fact;
use crate::model::text::Clean;
use crate::store::barred::{Barred, Days, key_of};
use crate::store::keys::Key;
use crate::store::tombstones::{self, Kind};
use crate::store::{Store, StoreError, keep, retain, subjects};

impl Store {
    /// Takes over what was forgotten or refused in `other`, and erases what of it stands here: rows
    /// that went, what was derived from them aside. For a store that is in memory and on its way; in
    /// one transaction.
    ///
    /// # Errors
    /// When a row cannot be read or erased.
    pub fn obey(&mut self, other: &Self) -> Result<u64, StoreError> {
        let (key, today) = (self.key.clone(), self.today);
        self.write("leaving out what was forgotten", |conn| {
            take_over(conn, &key, (&other.conn, &other.key))?;
            let (off, _) = keep::join(conn, &other.conn)?;
            let gone = enforce(conn, &key, today)?;
            off.erase(conn, &key)?;
            commits::settle(conn, &key)?;
            Ok(gone)
        })
    }
}

/// Takes over tombstones, forgotten days, how long rows are kept, and the keys that hashes are asked
/// by; how much of it was new.
pub(in crate::store) fn take_over(
    conn: &Connection,
    key: &Key,
    (other, of): (&Connection, &Key),
) -> rusqlite::Result<u64> {
    let mut new = u64::from(key.learn(conn, of)?);
    let mut query = other.prepare("SELECT hash, kind, day FROM tombstones")?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO tombstones (hash, kind, day) VALUES (?1, ?2, ?3)
         ON CONFLICT (hash) DO UPDATE SET day = excluded.day WHERE excluded.day < day",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (hash, kind, day): (Vec<u8>, u8, i32) = (row.get(0)?, row.get(1)?, row.get(2)?);
        new += insert.execute(params![hash, kind, day])? as u64;
    }
    let before = Days::load(conn)?;
    Days::load(other)?.remember(conn)?;
    new += u64::from(Days::load(conn)? != before);
    new += u64::from(retain::join(conn, other)?);
    Ok(new)
}

/// Erases every row that may not stand; how many went. What is derived waits to be told again.
pub(in crate::store) fn enforce(conn: &Connection, key: &Key, today: i32) -> rusqlite::Result<u64> {
    let before = standing(conn)?;
    let barred = Barred::load(conn, key, today)?;
    repositories(conn, key)?;
    people(conn, key)?;
    for id in barred_commits(conn, &barred)? {
        commits::drop_one(conn, id)?;
    }
    if barred.has_words() {
        words(conn, &barred)?;
    }
    exports(conn, key, (&barred, today))?;
    for mut step in days::steps(&barred.limits, key, today) {
        step.whole(conn)?;
    }
    Ok(before.saturating_sub(standing(conn)?))
}

/// How many rows stand that can be named.
fn standing(conn: &Connection) -> rusqlite::Result<u64> {
    let mut all = 0;
    for table in [
        "commits",
        "file_changes",
        "goals",
        "identities",
        "imports",
        "notes",
        "observations",
        "repositories",
    ] {
        let sql = format!("SELECT count(*) FROM {table}");
        all += conn.query_row(&sql, [], |row| row.get::<_, u64>(0))?;
    }
    Ok(all)
}

/// Repositories that were forgotten: by what they are, or by every folder they lie in.
fn repositories(conn: &Connection, key: &Key) -> rusqlite::Result<()> {
    let mut query = conn.prepare("SELECT id, key FROM repositories")?;
    let all = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let is_buried = |thing: &[u8]| tombstones::is_buried(conn, key, Kind::Place, thing);
    for (repo, known) in all.collect::<rusqlite::Result<Vec<(RepoId, Option<Vec<u8>>)>>>()? {
        let places = repository::places(conn, repo)?;
        let mut forgotten = BTreeSet::new();
        for place in &places {
            if is_buried(place)? {
                forgotten.insert(place);
            }
        }
        let by_itself = known.map_or(Ok(false), |known| is_buried(&known))?;
        if by_itself || (!places.is_empty() && forgotten.len() == places.len()) {
            for mut step in repository::steps(repo) {
                step.whole(conn)?;
            }
            repository::drop_row(conn, repo)?;
            continue;
        }
        for place in forgotten {
            conn.execute("DELETE FROM places WHERE common_dir = ?1", [place])?;
        }
    }
    Ok(())
}

/// Addresses, names and accounts that were refused or taken back.
fn people(conn: &Connection, key: &Key) -> rusqlite::Result<()> {
    let mut query = conn.prepare("SELECT id, kind, value FROM identities")?;
    let all = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for (id, kind, value) in all.collect::<rusqlite::Result<Vec<(i64, u8, String)>>>()? {
        let address = Address::stored(value.as_bytes()).filter(|_| kind == 0);
        let refused = if let Some(address) = address {
            tombstones::refused(conn, key, &address)?
        } else {
            let name = name_key(value.as_bytes());
            tombstones::is_buried(conn, key, Kind::Name, name.as_bytes())?
        };
        if !refused {
            continue;
        }
        for id in commits::list(conn, "SELECT id FROM commits WHERE author = ?1", [id])? {
            commits::drop_one(conn, id)?;
        }
        conn.execute("DELETE FROM identities WHERE id = ?1", [id])?;
        // They were asked with it; lines say whether "I" removed them.
        conn.execute_batch(
            "DELETE FROM frontiers; DELETE FROM line_fates; DELETE FROM line_passes;",
        )?;
    }
    let mut query = conn.prepare("SELECT source, folded FROM accounts")?;
    let all = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (source, folded) in all.collect::<rusqlite::Result<Vec<(String, String)>>>()? {
        let thing = format!("{source}\0{folded}");
        if tombstones::is_buried(conn, key, Kind::Account, thing.as_bytes())? {
            conn.execute(
                "DELETE FROM accounts WHERE source = ?1 AND (folded = ?2 OR beside = ?2)",
                [source, folded],
            )?;
        }
    }
    Ok(())
}

fn barred_commits(conn: &Connection, barred: &Barred<'_>) -> rusqlite::Result<Vec<CommitId>> {
    let mut query = conn.prepare("SELECT id, oid, utc, offset_min FROM commits")?;
    let mut rows = query.query([])?;
    let mut gone = Vec::new();
    while let Some(row) = rows.next()? {
        let oid: Oid = row.get(1)?;
        let at = Moment {
            utc: row.get(2)?,
            offset_min: row.get(3)?,
        };
        if barred.commit(oid, at)? {
            gone.push(row.get(0)?);
        }
    }
    Ok(gone)
}

/// Forgotten paths, names of branches and keys in messages.
fn words(conn: &Connection, barred: &Barred<'_>) -> rusqlite::Result<()> {
    let held = |sql: &str| -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
        let mut query = conn.prepare(sql)?;
        let rows = query.query_map([], |row| {
            Ok((row.get(0)?, row.get_ref(1)?.as_bytes()?.to_vec()))
        })?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut out = Vec::new();
        for (id, word) in rows {
            if barred.word(&word)? {
                out.push((id, word));
            }
        }
        Ok(out)
    };
    for (path, _) in held("SELECT id, bytes FROM paths")? {
        conn.execute("DELETE FROM file_changes WHERE path = ?1", [path])?;
        let sql = "UPDATE file_changes SET old_path = NULL WHERE old_path = ?1";
        conn.execute(sql, [path])?;
    }
    for (branch, _) in held("SELECT id, name FROM branches")? {
        for sql in [
            "UPDATE sightings SET branch = NULL WHERE branch = ?1",
            "UPDATE ref_events SET branch = NULL WHERE branch = ?1",
            "DELETE FROM branches WHERE id = ?1",
        ] {
            conn.execute(sql, [branch])?;
        }
    }
    for (commit, token) in held("SELECT \"commit\", token FROM mentions")? {
        let token = String::from_utf8_lossy(&token).into_owned();
        conn.execute(
            "DELETE FROM mentions WHERE \"commit\" = ?1 AND token = ?2",
            params![commit, token],
        )?;
    }
    Ok(())
}

/// Forgotten trackers, files, tasks, recorded time and given reviews.
fn exports(
    conn: &Connection,
    key: &Key,
    (barred, today): (&Barred<'_>, i32),
) -> rusqlite::Result<()> {
    let mut query = conn.prepare(
        "SELECT source FROM imports UNION SELECT source FROM accounts UNION SELECT source FROM tasks",
    )?;
    let sources = query.query_map([], |row| row.get(0))?;
    for source in sources.collect::<rusqlite::Result<Vec<String>>>()? {
        if tombstones::is_buried(conn, key, Kind::Source, key_of(&source).as_bytes())? {
            for mut step in tasks::source_steps(&source, key, today) {
                step.whole(conn)?;
            }
        }
    }
    let mut query = conn.prepare("SELECT id, digest FROM imports")?;
    let files = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (import, digest) in files.collect::<rusqlite::Result<Vec<(u64, Vec<u8>)>>>()? {
        if tombstones::is_buried(conn, key, Kind::Import, &digest)? {
            for mut step in tasks::import_steps(import, key, today) {
                step.whole(conn)?;
            }
        }
    }
    let mut query = conn.prepare(
        "SELECT o.subject, o.aliases, s.kind, o.facts FROM observations o
         JOIN subjects s ON s.id = o.subject",
    )?;
    let mut rows = query.query([])?;
    let mut gone = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let names = barred.names(subjects::aliases(row.get_ref(1)?.as_blob()?))?;
        let kind: u8 = row.get(2)?;
        let on_one = || match subjects::fact(kind, row.get_ref(3)?.as_str()?)? {
            Fact::Entry(entry) => barred.entry_of(entry.task.as_ref().map(Clean::as_str)),
            Fact::Task(_) | Fact::Given(_) => Ok(false),
        };
        if names || (kind == subjects::Kind::Entry as u8 && on_one()?) {
            gone.insert(row.get(0)?);
        }
    }
    for subject in gone {
        tasks::drop_subject(conn, key, subject, today)?;
    }
    Ok(())
}
