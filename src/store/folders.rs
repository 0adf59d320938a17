//! Where in a repository a commit's work lies: its main folder, and the owner's project of it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::model::commit::Category;
use crate::model::ids::CommitId;
use crate::model::material::Done;
use crate::model::project::Projects;
use crate::model::text::Clean;

/// Fills files, lines, folder and project of `commits`, whose rows are `ids`, a list in JSON.
pub(super) fn fill(
    conn: &Connection,
    projects: &Projects,
    ids: &str,
    commits: &mut [Done],
) -> rusqlite::Result<()> {
    let places: BTreeMap<CommitId, usize> = commits
        .iter()
        .enumerate()
        .map(|(at, one)| (one.id, at))
        .collect();
    let mut query = conn.prepare(
        "SELECT f.\"commit\", p.bytes, coalesce(f.added, 0) + coalesce(f.deleted, 0), f.category
         FROM file_changes f LEFT JOIN paths p ON p.id = f.path
         WHERE f.\"commit\" IN (SELECT value FROM json_each(?1)) ORDER BY f.\"commit\"",
    )?;
    let mut rows = query.query([ids])?;
    let mut sums: BTreeMap<usize, Sums> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let Some(at) = places.get(&row.get(0)?) else {
            continue;
        };
        let lines: u64 = row.get(2)?;
        let category = Category::from_number(row.get(3)?);
        let counted = category.is_none_or(Category::is_counted);
        let one = &mut commits[*at];
        one.files += 1;
        let lines = if counted { lines } else { 0 };
        one.lines += lines;
        let Some(path) = row.get_ref(1)?.as_blob_or_null()? else {
            continue;
        };
        let sums = sums.entry(*at).or_default();
        // What a change is about is where its program text lies, not its longer tests. A file
        // without lines (binary, generated) still says where the work lies.
        let weight = if category == Some(Category::Source) {
            8
        } else {
            1
        };
        *sums.folders.entry(folder(path).to_vec()).or_default() += lines * weight + 1;
        let project = projects.of_path(one.repo.as_str(), path);
        *sums.projects.entry(project).or_default() += lines * weight + 1;
    }
    for (at, sums) in sums {
        let folder = most(&sums.folders).filter(|folder| !folder.is_empty());
        commits[at].folder = folder.map(|folder| Clean::label(folder));
        // What lies in one of my projects belongs there, whatever it touches beside it.
        let mut own = sums.projects;
        own.remove(&0);
        let name = most(&own).and_then(|position| projects.name(*position));
        commits[at].project = name.cloned();
    }
    Ok(())
}

/// What the changes of one commit weigh by folder and by project.
#[derive(Default)]
struct Sums {
    folders: BTreeMap<Vec<u8>, u64>,
    projects: BTreeMap<u16, u64>,
}

/// The heaviest, the first of equals.
fn most<K: Ord>(sums: &BTreeMap<K, u64>) -> Option<&K> {
    let mut best: Option<(&K, u64)> = None;
    for (key, weight) in sums {
        if best.is_none_or(|(_, most)| *weight > most) {
            best = Some((key, *weight));
        }
    }
    best.map(|(key, _)| key)
}

/// The folder of a file, two levels at most; empty for a file at the top.
fn folder(path: &[u8]) -> &[u8] {
    let mut slashes = path.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    let first = slashes.next().map(|(at, _)| at);
    let second = slashes.next().map(|(at, _)| at);
    &path[..second.or(first).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_two_levels_at_most() {
        for (path, expected) in [
            ("README.md", ""),
            ("src/main.rs", "src"),
            ("src/net/http.rs", "src/net"),
            ("src/net/http/client.rs", "src/net"),
        ] {
            assert_eq!(folder(path.as_bytes()), expected.as_bytes(), "{path}");
        }
    }

    #[test]
    fn the_heaviest_wins_and_of_equals_the_first() {
        let sums = BTreeMap::from([("a", 2), ("b", 3), ("c", 3)]);
        assert_eq!(most(&sums), Some(&"b"));
        assert_eq!(most::<u8>(&BTreeMap::new()), None);
    }
}
