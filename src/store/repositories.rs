//! Tables `repositories` and `places`: what is one repository, and where its clones lie.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::convert::{join, split};
use super::{Store, StoreError};
use crate::model::ids::{Oid, RepoId};
use crate::model::place::Place;
use crate::model::text::Clean;

/// What a finished walk learned about a repository.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// Root commits met, sorted.
    pub roots: &'a [Oid],
    /// Host and path of the remote; not stored as text.
    pub remote: Option<&'a Clean>,
    /// The walk began at the tips and ended at the roots, not at an earlier walk's frontier.
    pub whole: bool,
    /// Older history is not on this machine.
    pub shallow: bool,
    /// Objects may be missing on this machine.
    pub partial: bool,
}

/// One repository, whatever the number of its clones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Its row.
    pub id: RepoId,
    /// Hash of its root commits and remote; `None` until a first walk was finished.
    pub key: Option<[u8; 16]>,
    /// Its name, unlike every other's.
    pub name: Clean,
    /// Where it lies on this machine.
    pub places: Vec<PlaceRow>,
    /// Older history is not on this machine.
    pub shallow: bool,
    /// Objects may be missing on this machine.
    pub partial: bool,
    /// Day it was first read, days from 1970-01-01.
    pub first_day: i32,
    /// Day something new was last read from it.
    pub last_day: i32,
    /// How many commits of mine it holds.
    pub commits: u64,
}

/// One clone of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    /// What the owner calls it.
    pub path: PathBuf,
    /// The folder that it shares with its worktrees.
    pub common_dir: PathBuf,
}

impl Store {
    /// Every repository, in the order of their ids.
    pub fn repositories(&self) -> Result<Vec<Repository>, StoreError> {
        self.read("listing repositories", list)
    }

    /// Gives a repository another name; one that is taken gets a number.
    pub fn rename_repository(&mut self, repo: RepoId, name: &Clean) -> Result<Clean, StoreError> {
        let renamed = self.write("renaming a repository", |conn| {
            let name = free_name(conn, name.as_str(), repo)?;
            let found = conn.execute(
                "UPDATE repositories SET name = ?2 WHERE id = ?1",
                params![repo, name],
            )? == 1;
            Ok(found.then_some(name))
        })?;
        renamed.ok_or_else(|| StoreError::Unknown {
            path: self.shown.clone(),
            what: format!("repository {}", repo.0),
        })
    }
}

pub(super) fn list(conn: &Connection) -> rusqlite::Result<Vec<Repository>> {
    let mut query = conn.prepare(
        "SELECT id, key, name, shallow, partial, first_day, last_day,
           (SELECT count(*) FROM sightings WHERE repository = id)
         FROM repositories ORDER BY id",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Repository {
            id: row.get(0)?,
            key: row.get(1)?,
            name: row.get(2)?,
            places: Vec::new(),
            shallow: row.get(3)?,
            partial: row.get(4)?,
            first_day: row.get(5)?,
            last_day: row.get(6)?,
            commits: row.get(7)?,
        })
    })?;
    let mut repositories = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut query =
        conn.prepare("SELECT repository, path, common_dir FROM places ORDER BY path, id")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let owner: RepoId = row.get(0)?;
        if let Ok(index) = repositories.binary_search_by_key(&owner, |repo| repo.id) {
            repositories[index].places.push(PlaceRow {
                path: path_from(row.get_ref(1)?.as_blob()?),
                common_dir: path_from(row.get_ref(2)?.as_blob()?),
            });
        }
    }
    Ok(repositories)
}

/// The place's row and its repository, if it was read before.
pub(super) fn find(conn: &Connection, place: &Place) -> rusqlite::Result<Option<(i64, RepoId)>> {
    conn.prepare_cached("SELECT id, repository FROM places WHERE common_dir = ?1")?
        .query_row([path_bytes(&place.common_dir)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
}

/// The place's row and its repository, a provisional one for a place that is new: which
/// repository it is shows only at the end of its walk ([`settle`]).
pub(super) fn find_or_add(
    conn: &Connection,
    place: &Place,
    today: i32,
) -> rusqlite::Result<(i64, RepoId)> {
    if let Some(found) = find(conn, place)? {
        return Ok(found);
    }
    let name = free_name(conn, &name_of(place), RepoId(0))?;
    conn.execute(
        "INSERT INTO repositories (name, roots, shallow, partial, first_day, last_day)
         VALUES (?1, x'', 0, 0, ?2, ?2)",
        params![name, today],
    )?;
    let repo = repo_id(conn.last_insert_rowid())?;
    conn.execute(
        "INSERT INTO places (repository, path, common_dir) VALUES (?1, ?2, ?3)",
        params![repo, path_bytes(&place.path), path_bytes(&place.common_dir)],
    )?;
    Ok((conn.last_insert_rowid(), repo))
}

/// Decides at the end of a walk which repository the place belongs to, and returns it.
///
/// A place keeps its repository: a new remote, an orphan branch or an amended first commit do
/// not make a second one. Only a whole walk that meets none of the roots known before says that
/// another history lies there now.
pub(super) fn settle(
    conn: &Connection,
    (place, repo): (i64, RepoId),
    facts: &Facts<'_>,
    today: i32,
) -> rusqlite::Result<RepoId> {
    if facts.roots.is_empty() {
        // An empty repository stays provisional; a walk of the newest commits meets no root.
        return update(conn, repo, facts, today);
    }
    let (key, roots): (Option<[u8; 16]>, Vec<u8>) = conn.query_row(
        "SELECT key, roots FROM repositories WHERE id = ?1",
        [repo],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut known = split(&roots);
    let fresh = key_of(facts);
    let owner = conn
        .prepare_cached("SELECT id FROM repositories WHERE key = ?1")?
        .query_row([fresh], |row| row.get(0))
        .optional()?;
    let settled = match (key, owner) {
        (None, Some(owner)) if owner != repo => {
            merge(conn, repo, owner)?;
            return update(conn, owner, facts, today);
        }
        (None, _) => repo,
        (Some(_), owner) => {
            if facts.whole && !known.iter().any(|root| facts.roots.contains(root)) {
                known.clear();
                move_on(conn, (place, repo), owner, today)?
            } else {
                repo
            }
        }
    };
    known.extend(facts.roots);
    known.sort_unstable();
    known.dedup();
    let key = match key {
        Some(key) if !facts.whole || owner.is_some_and(|owner| owner != settled) => key,
        _ => fresh,
    };
    conn.execute(
        "UPDATE repositories SET key = ?2, roots = ?3 WHERE id = ?1",
        params![settled, key, join(&known)],
    )?;
    update(conn, settled, facts, today)
}

/// Gives the place to `owner`, or to a new repository with a name like the old one's.
fn move_on(
    conn: &Connection,
    (place, repo): (i64, RepoId),
    owner: Option<RepoId>,
    today: i32,
) -> rusqlite::Result<RepoId> {
    let new = match owner {
        Some(owner) => owner,
        None => split_off(conn, repo, today)?,
    };
    conn.execute(
        "UPDATE places SET repository = ?2 WHERE id = ?1",
        params![place, new],
    )?;
    Ok(new)
}

fn update(
    conn: &Connection,
    repo: RepoId,
    facts: &Facts<'_>,
    today: i32,
) -> rusqlite::Result<RepoId> {
    conn.execute(
        "UPDATE repositories SET shallow = ?2, partial = ?3, last_day = ?4 WHERE id = ?1",
        params![repo, facts.shallow, facts.partial, today],
    )?;
    Ok(repo)
}

/// Moves all that hangs on the provisional repository `from` to `to`: they are one.
fn merge(conn: &Connection, from: RepoId, to: RepoId) -> rusqlite::Result<()> {
    for statement in [
        "INSERT INTO sightings (repository, \"commit\", on_default_branch)
         SELECT ?2, \"commit\", on_default_branch FROM sightings WHERE repository = ?1
         ON CONFLICT DO UPDATE SET
           on_default_branch = max(on_default_branch, excluded.on_default_branch)",
        "INSERT OR IGNORE INTO stale (home, block) SELECT ?2, block FROM stale WHERE home = ?1",
        "INSERT OR IGNORE INTO stale (home, block) SELECT ?2, block FROM blocks WHERE home = ?1",
        "UPDATE commits SET home = ?2 WHERE home = ?1",
        "UPDATE places SET repository = ?2 WHERE repository = ?1",
    ] {
        conn.execute(statement, [from, to])?;
    }
    for statement in [
        "DELETE FROM stale WHERE home = ?1",
        "DELETE FROM blocks WHERE home = ?1",
        "DELETE FROM repositories WHERE id = ?1",
    ] {
        conn.execute(statement, [from])?;
    }
    Ok(())
}

/// A new repository with a name like `repo`'s.
fn split_off(conn: &Connection, repo: RepoId, today: i32) -> rusqlite::Result<RepoId> {
    let name: String = conn.query_row(
        "SELECT name FROM repositories WHERE id = ?1",
        [repo],
        |row| row.get(0),
    )?;
    conn.execute(
        "INSERT INTO repositories (name, roots, shallow, partial, first_day, last_day)
         VALUES (?1, x'', 0, 0, ?2, ?2)",
        params![free_name(conn, &name, RepoId(0))?, today],
    )?;
    repo_id(conn.last_insert_rowid())
}

fn repo_id(row: i64) -> rusqlite::Result<RepoId> {
    u32::try_from(row)
        .map(RepoId)
        .or(Err(rusqlite::Error::IntegralValueOutOfRange(0, row)))
}

/// Sixteen bytes that two clones of one repository share.
fn key_of(facts: &Facts<'_>) -> [u8; 16] {
    let mut hash = blake3::Hasher::new();
    hash.update(&join(facts.roots));
    hash.update(facts.remote.map_or("", Clean::as_str).as_bytes());
    let mut key = [0; 16];
    key.copy_from_slice(&hash.finalize().as_bytes()[..16]);
    key
}

/// The folder's name, without the `.git` of a bare repository.
fn name_of(place: &Place) -> String {
    let name = place.path.file_name().unwrap_or(place.path.as_os_str());
    let label = Clean::label(name.as_encoded_bytes());
    let name = label.as_str();
    let name = name.strip_suffix(".git").unwrap_or(name);
    if name.is_empty() { "repository" } else { name }.to_owned()
}

/// `wish`, or the first of `wish 2`, `wish 3`, … that no other repository than `own` has.
fn free_name(conn: &Connection, wish: &str, own: RepoId) -> rusqlite::Result<Clean> {
    let mut taken =
        conn.prepare_cached("SELECT 1 FROM repositories WHERE name = ?1 AND id <> ?2")?;
    let mut name = Clean::label(wish.as_bytes());
    let mut number = 2;
    while taken.exists(params![name, own])? {
        name = Clean::label(format!("{wish} {number}").as_bytes());
        number += 1;
    }
    Ok(name)
}

/// The exact bytes of a path.
pub(super) fn path_bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// The path made of bytes that [`path_bytes`] gave.
#[cfg(unix)]
fn path_from(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// The path made of bytes that [`path_bytes`] gave, which are UTF-8 but for lone surrogates.
#[cfg(not(unix))]
fn path_from(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
