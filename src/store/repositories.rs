//! Tables `repositories` and `places`: what is one repository, and where its clones lie.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::convert::split;
use super::{Store, StoreError, linking};
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
    /// A scan of this store ended there; a place that came with another machine's store has none.
    pub walked: bool,
}

impl Store {
    /// Every repository, in the order of their ids.
    pub fn repositories(&self) -> Result<Vec<Repository>, StoreError> {
        self.read("listing repositories", list)
    }

    /// Gives a repository another name; one that is taken gets a number.
    pub fn rename_repository(&mut self, repo: RepoId, name: &Clean) -> Result<Clean, StoreError> {
        let key = self.key.clone();
        let renamed = self.write("renaming a repository", |conn| {
            let name = free_name(conn, name.as_str(), repo)?;
            let found = conn.execute(
                "UPDATE repositories SET name = ?2 WHERE id = ?1",
                params![repo, name],
            )? == 1;
            // A project fits the repository of its name.
            linking::mark_repository(conn, repo)?;
            linking::settle(conn, &key)?;
            Ok(found.then_some(name))
        })?;
        renamed.ok_or_else(|| StoreError::Unknown {
            path: self.shown.clone(),
            what: format!("repository {}", repo.0),
        })
    }
}

impl Store {
    /// The root commits known of the repository at `place`; none before its first walk ended.
    pub fn roots_at(&self, place: &Place) -> Result<Vec<Oid>, StoreError> {
        self.read("reading where a repository begins", |conn| {
            let roots: Option<Vec<u8>> = conn
                .prepare_cached(
                    "SELECT roots FROM repositories r JOIN places p ON p.repository = r.id
                     WHERE p.common_dir = ?1",
                )?
                .query_row([path_bytes(&place.common_dir)], |row| row.get(0))
                .optional()?;
            Ok(roots.map(|roots| split(&roots)).unwrap_or_default())
        })
    }
}

/// The name of a repository, if it is stored.
pub(super) fn name(conn: &Connection, repo: RepoId) -> rusqlite::Result<Option<Clean>> {
    conn.prepare_cached("SELECT name FROM repositories WHERE id = ?1")?
        .query_row([repo], |row| row.get(0))
        .optional()
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
    let mut query = conn.prepare(
        "SELECT repository, path, common_dir,
               EXISTS (SELECT 1 FROM frontiers WHERE place = places.id)
             FROM places ORDER BY path, id",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let owner: RepoId = row.get(0)?;
        if let Ok(index) = repositories.binary_search_by_key(&owner, |repo| repo.id) {
            repositories[index].places.push(PlaceRow {
                path: path_from(row.get_ref(1)?.as_blob()?),
                common_dir: path_from(row.get_ref(2)?.as_blob()?),
                walked: row.get(3)?,
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
/// repository it is shows only at the end of its walk ([`super::settle`]).
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

pub(super) fn repo_id(row: i64) -> rusqlite::Result<RepoId> {
    u32::try_from(row)
        .map(RepoId)
        .or(Err(rusqlite::Error::IntegralValueOutOfRange(0, row)))
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
pub(super) fn free_name(conn: &Connection, wish: &str, own: RepoId) -> rusqlite::Result<Clean> {
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
