//! What lies in the data folder.

use std::fs;
use std::path::{Path, PathBuf};

/// How many levels below the data folder hold files of ours (spaces, outbox).
const LEVELS: usize = 4;
/// More are not listed: no folder of ours holds so many.
const MOST: usize = 10_000;

/// A file or folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its permission bits; `None` where the system has none.
    pub mode: Option<u32>,
    /// How many names it has on this disk; 1 where the system does not tell.
    pub names: u64,
}

/// Every file below `dir`, by path. Links are neither listed nor followed.
pub fn files(dir: &Path) -> Vec<Found> {
    walk(dir).0
}

/// `dir` and every folder below it, by path.
pub(super) fn folders(dir: &Path) -> Vec<Found> {
    walk(dir).1
}

fn walk(dir: &Path) -> (Vec<Found>, Vec<Found>) {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    let mut waiting = vec![(dir.to_owned(), 0)];
    while let Some((path, level)) = waiting.pop() {
        let Ok(found) = fs::symlink_metadata(&path) else {
            continue;
        };
        let one = Found {
            bytes: found.len(),
            mode: mode(&found),
            names: names(&found).map_or(1, |(names, _)| names),
            path,
        };
        if found.is_dir() {
            if level < LEVELS && files.len() < MOST {
                let inside = fs::read_dir(&one.path).into_iter().flatten().flatten();
                waiting.extend(inside.map(|entry| (entry.path(), level + 1)));
            }
            folders.push(one);
        } else if found.is_file() {
            files.push(one);
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    folders.sort_by(|one, other| one.path.cmp(&other.path));
    (files, folders)
}

/// How many names a file has on its disk, and its number there; `None` where the system does not tell.
#[cfg(unix)]
pub fn names(found: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((found.nlink(), found.ino()))
}

/// How many names a file has on its disk, and its number there; `None` where the system does not tell.
#[cfg(not(unix))]
pub fn names(_found: &fs::Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn mode(found: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    Some(found.mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(_found: &fs::Metadata) -> Option<u32> {
    None
}
