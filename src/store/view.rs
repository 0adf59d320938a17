//! How the dashboard was left: one row of `meta`. Any forgetting takes it away, so that no name in
//! it outlives the thing it named.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError};
use crate::model::ids::RepoId;
use crate::model::remembered::Remembered;

/// Its key in `meta`.
const VIEW: &str = "view";
/// The first line: another version is not read.
const VERSION: &str = "1";
/// What begins the line of the chosen repositories, which go by their own keys.
const REPOSITORIES: &str = "repositories ";

impl Store {
    /// How the dashboard was left; `None` where nothing is noted, or in a form of another version.
    /// Repositories that are gone are left out of a choice; a choice without any is none.
    pub fn view(&self) -> Result<Option<Remembered>, StoreError> {
        self.read("reading how the dashboard was left", |conn| {
            let row: Option<Vec<u8>> = conn
                .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
                .query_row([VIEW], |row| row.get(0))
                .optional()?;
            let Some(text) = row.and_then(|bytes| String::from_utf8(bytes).ok()) else {
                return Ok(None);
            };
            let mut lines = text.lines();
            if lines.next() != Some(VERSION) {
                return Ok(None);
            }
            let mut view = Remembered::default();
            for line in lines {
                if let Some(keys) = line.strip_prefix(REPOSITORIES) {
                    view.repos = chosen(conn, keys)?;
                } else {
                    view.words.push_str(line);
                    view.words.push('\n');
                }
            }
            Ok(Some(view))
        })
    }

    /// Notes how the dashboard was left.
    pub fn set_view(&mut self, view: &Remembered) -> Result<(), StoreError> {
        self.write("noting how the dashboard was left", |conn| {
            let mut text = format!("{VERSION}\n{}", view.words);
            if let Some(repos) = &view.repos {
                text.push_str(REPOSITORIES);
                text.push_str(&keys(conn, repos)?.join(" "));
                text.push('\n');
            }
            conn.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
                params![VIEW, text.as_bytes()],
            )?;
            Ok(())
        })
    }
}

/// Takes the note away.
pub(super) fn drop(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM meta WHERE key = ?1", [VIEW])?;
    Ok(())
}

/// The repositories that have these keys.
fn chosen(conn: &Connection, keys: &str) -> rusqlite::Result<Option<BTreeSet<RepoId>>> {
    let mut query =
        conn.prepare_cached("SELECT id FROM repositories WHERE lower(hex(key)) = ?1")?;
    let mut found = BTreeSet::new();
    for key in keys.split_whitespace() {
        let id = query.query_row([key], |row| row.get::<_, RepoId>(0));
        found.extend(id.optional()?);
    }
    Ok((!found.is_empty()).then_some(found))
}

/// The keys of these repositories; one that was never read to the end has none yet.
fn keys(conn: &Connection, repos: &BTreeSet<RepoId>) -> rusqlite::Result<Vec<String>> {
    let mut query = conn.prepare_cached(
        "SELECT lower(hex(key)) FROM repositories WHERE id = ?1 AND key IS NOT NULL",
    )?;
    let mut keys = Vec::new();
    for repo in repos {
        keys.extend(
            query
                .query_row([*repo], |row| row.get::<_, String>(0))
                .optional()?,
        );
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Forget;

    const NOW: i64 = 1_790_000_000;

    fn store() -> Store {
        let store = Store::memory(NOW).unwrap();
        for (id, key) in [(1, "x'00112233445566778899aabbccddeeff'"), (2, "NULL")] {
            let sql = format!(
                "INSERT INTO repositories (id, key, name, roots, shallow, partial, first_day,
                   last_day) VALUES ({id}, {key}, 'r{id}', x'', 0, 0, 1, 1)"
            );
            store.conn.execute(&sql, []).unwrap();
        }
        store
    }

    fn some(repos: &[u32]) -> Remembered {
        Remembered {
            words: "page trends\nwindow 26w\n".to_owned(),
            repos: Some(repos.iter().copied().map(RepoId).collect()),
        }
    }

    #[test]
    fn what_is_noted_comes_back_and_repositories_go_by_their_keys() {
        let mut store = store();
        assert_eq!(store.view().unwrap(), None);
        store.set_view(&some(&[1])).unwrap();
        assert_eq!(store.view().unwrap(), Some(some(&[1])));
        // The same repository under another number.
        store
            .conn
            .execute("UPDATE repositories SET id = 7 WHERE id = 1", [])
            .unwrap();
        assert_eq!(store.view().unwrap(), Some(some(&[7])));
        store
            .conn
            .execute("DELETE FROM repositories WHERE id = 7", [])
            .unwrap();
        assert_eq!(store.view().unwrap().unwrap().repos, None, "gone is all");
    }

    #[test]
    fn a_note_of_another_version_or_a_damaged_one_is_none() {
        let mut store = store();
        store.set_view(&some(&[2])).unwrap();
        assert_eq!(store.view().unwrap().unwrap().repos, None, "it has no key");
        for bytes in ["x'32'", "x'ff'", "x''"] {
            let sql = format!("UPDATE meta SET value = {bytes} WHERE key = 'view'");
            assert_eq!(store.conn.execute(&sql, []).unwrap(), 1);
            assert_eq!(store.view().unwrap(), None, "{bytes}");
        }
    }

    #[test]
    fn any_forgetting_takes_it_away() {
        for what in [
            Forget::All,
            Forget::Repository(RepoId(1)),
            Forget::Text("trends".to_owned()),
        ] {
            let mut store = store();
            store.set_view(&some(&[1])).unwrap();
            store.forget(&what).unwrap();
            assert_eq!(store.view().unwrap(), None, "{what:?}");
        }
    }
}
