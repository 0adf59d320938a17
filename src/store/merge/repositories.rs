//! Repositories by what they are: their first commits and their remote. Where they lie on the other
//! machine is kept beside, so that forgetting one bars it there too; where scans stopped is not.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::super::convert::{join, split};
use super::super::repositories::{free_name, repo_id};
use super::Merge;
use crate::model::ids::{Oid, RepoId};
use crate::model::text::Clean;

/// One repository of the other store.
struct Theirs {
    id: RepoId,
    key: Option<Vec<u8>>,
    name: String,
    roots: Vec<Oid>,
    shallow: bool,
    partial: bool,
    days: (i32, i32),
    /// Row, path and common folder of each clone.
    places: Vec<(i64, Vec<u8>, Vec<u8>)>,
}

impl Merge<'_> {
    /// One that both have keeps the name that somebody gave it; of two such names the first in order.
    pub(super) fn repositories(&mut self) -> rusqlite::Result<()> {
        for theirs in listed(self.from)? {
            let here = match self.known(&theirs)? {
                Some(here) => {
                    self.unite(here, &theirs)?;
                    here
                }
                None => self.add(&theirs)?,
            };
            self.repos.insert(theirs.id, here);
            for (id, path, common_dir) in &theirs.places {
                // A folder that is another repository's here stays that one's.
                self.to
                    .prepare_cached(
                        "INSERT OR IGNORE INTO places (repository, path, common_dir)
                         VALUES (?1, ?2, ?3)",
                    )?
                    .execute(params![here, path, common_dir])?;
                let sql = "SELECT id FROM places WHERE common_dir = ?1 AND repository = ?2";
                if let Some(place) = super::number(self.to, sql, params![common_dir, here])? {
                    self.places.insert(*id, place);
                }
            }
        }
        let mut query = self.from.prepare("SELECT repository, hash FROM remotes")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(repo) = self.repos.get(&row.get(0)?) {
                self.to
                    .prepare_cached(
                        "INSERT OR IGNORE INTO remotes (repository, hash) VALUES (?1, ?2)",
                    )?
                    .execute(params![repo, row.get::<_, Vec<u8>>(1)?])?;
            }
        }
        Ok(())
    }

    /// The same repository here; one without a key (its first walk did not end) by its folder.
    fn known(&self, theirs: &Theirs) -> rusqlite::Result<Option<RepoId>> {
        if let Some(key) = &theirs.key {
            return self
                .to
                .prepare_cached("SELECT id FROM repositories WHERE key = ?1")?
                .query_row([key], |row| row.get(0))
                .optional();
        }
        for (_, _, common_dir) in &theirs.places {
            let here = self
                .to
                .prepare_cached("SELECT repository FROM places WHERE common_dir = ?1")?
                .query_row([common_dir], |row| row.get(0))
                .optional()?;
            if here.is_some() {
                return Ok(here);
            }
        }
        Ok(None)
    }

    fn add(&self, theirs: &Theirs) -> rusqlite::Result<RepoId> {
        self.to.execute(
            "INSERT INTO repositories (key, name, roots, shallow, partial, first_day, last_day)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                theirs.key,
                free_name(self.to, &theirs.name, RepoId(0))?,
                join(&theirs.roots),
                theirs.shallow,
                theirs.partial,
                theirs.days.0,
                theirs.days.1,
            ],
        )?;
        repo_id(self.to.last_insert_rowid())
    }

    fn unite(&self, here: RepoId, theirs: &Theirs) -> rusqlite::Result<()> {
        let (ours, roots): (String, Vec<u8>) = self.to.query_row(
            "SELECT name, roots FROM repositories WHERE id = ?1",
            [here],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let roots: BTreeSet<Oid> = split(&roots)
            .into_iter()
            .chain(theirs.roots.clone())
            .collect();
        let roots: Vec<Oid> = roots.into_iter().collect();
        self.to.execute(
            "UPDATE repositories SET roots = ?2, shallow = min(shallow, ?3),
               partial = min(partial, ?4), first_day = min(first_day, ?5),
               last_day = max(last_day, ?6) WHERE id = ?1",
            params![
                here,
                join(&roots),
                theirs.shallow,
                theirs.partial,
                theirs.days.0,
                theirs.days.1,
            ],
        )?;
        let of = |paths: Vec<Vec<u8>>| -> Vec<String> {
            paths.iter().map(|path| folder(path)).collect()
        };
        let ours_given = is_given(&ours, &of(folders(self.to, here)?));
        let places = theirs.places.iter().map(|place| place.1.clone());
        let theirs_given = is_given(&theirs.name, &of(places.collect()));
        let takes = match (ours_given, theirs_given) {
            (true, false) => false,
            (false, true) => true,
            _ => numbered(&theirs.name) < numbered(&ours),
        };
        if takes {
            // Where it is another one's for now, the last step of all decides.
            let name = free_name(self.to, &theirs.name, here)?;
            self.to.execute(
                "UPDATE repositories SET name = ?2 WHERE id = ?1",
                params![here, name],
            )?;
        }
        Ok(())
    }
}

fn listed(conn: &Connection) -> rusqlite::Result<Vec<Theirs>> {
    let mut query = conn.prepare(
        "SELECT id, key, name, roots, shallow, partial, first_day, last_day FROM repositories
         ORDER BY id",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Theirs {
            id: row.get(0)?,
            key: row.get(1)?,
            name: row.get(2)?,
            roots: split(row.get_ref(3)?.as_blob()?),
            shallow: row.get(4)?,
            partial: row.get(5)?,
            days: (row.get(6)?, row.get(7)?),
            places: Vec::new(),
        })
    })?;
    let mut all = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut query =
        conn.prepare("SELECT id, path, common_dir FROM places WHERE repository = ?1 ORDER BY id")?;
    for repo in &mut all {
        let places =
            query.query_map([repo.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        repo.places = places.collect::<rusqlite::Result<_>>()?;
    }
    Ok(all)
}

fn folders(conn: &Connection, repo: RepoId) -> rusqlite::Result<Vec<Vec<u8>>> {
    let mut query = conn.prepare_cached("SELECT path FROM places WHERE repository = ?1")?;
    query.query_map([repo], |row| row.get(0))?.collect()
}

/// What the folder at the end of a path is called, as a repository takes its name from it.
fn folder(path: &[u8]) -> String {
    let last = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let label = Clean::label(last);
    let name = label.as_str();
    name.strip_suffix(".git").unwrap_or(name).to_owned()
}

/// Whether somebody gave a name: it is not one of the folders', with or without a number behind it.
fn is_given(name: &str, folders: &[String]) -> bool {
    let (stem, _) = numbered(name);
    folders
        .iter()
        .all(|folder| folder != stem && folder != name)
}

/// A name without the number that tells several of one name apart, and that number.
fn numbered(name: &str) -> (&str, u32) {
    let parts = name.rsplit_once(' ');
    let parts = parts.and_then(|(stem, n)| Some((stem, n.parse().ok()?)));
    parts.filter(|(_, n)| *n > 1).unwrap_or((name, 1))
}

/// Gives repositories that lie in folders of one name their numbers by when they were first read and
/// what they are, so that the order of merging does not show.
pub(super) fn rename(conn: &Connection) -> rusqlite::Result<()> {
    struct Named {
        given: bool,
        day: i32,
        key: Option<Vec<u8>>,
        id: RepoId,
        name: String,
    }
    let mut query = conn.prepare("SELECT id, key, name, first_day FROM repositories")?;
    let mut rows = query.query([])?;
    let mut groups: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (id, name): (RepoId, String) = (row.get(0)?, row.get(2)?);
        let folders: Vec<String> = folders(conn, id)?.iter().map(|path| folder(path)).collect();
        let given = is_given(&name, &folders);
        let whole = given || folders.contains(&name);
        let stem = if whole { &name } else { numbered(&name).0 };
        groups.entry(stem.to_owned()).or_default().push(Named {
            given,
            day: row.get(3)?,
            key: row.get(1)?,
            id,
            name,
        });
    }
    for (stem, mut group) in groups {
        group.sort_by(|a, b| (!a.given, a.day, &a.key).cmp(&(!b.given, b.day, &b.key)));
        let numbers = 1_u32..;
        let wanted: Vec<String> = numbers
            .zip(&group)
            .map(|(n, _)| match n {
                1 => stem.clone(),
                n => format!("{stem} {n}"),
            })
            .collect();
        let same = wanted
            .iter()
            .zip(&group)
            .all(|(name, one)| *name == one.name);
        if group.len() < 2 || same {
            continue;
        }
        for one in &group {
            // Two may change places.
            let sql =
                "UPDATE repositories SET name = 'repository ' || id || hex(key) WHERE id = ?1";
            conn.execute(sql, [one.id])?;
        }
        for (one, name) in group.iter().zip(&wanted) {
            let name = free_name(conn, name, one.id)?;
            let sql = "UPDATE repositories SET name = ?2 WHERE id = ?1";
            conn.execute(sql, params![one.id, name])?;
        }
    }
    Ok(())
}
