//! Facts about where the data lies, for `inward privacy` and `status`. Gathered before the lock,
//! which hides most of what is asked here.

mod disk;
mod mounts;
pub(super) mod place;

use std::fs;
use std::path::{Path, PathBuf};

pub use disk::Encryption;

/// What is known about the data folder. Says no more than was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The folder and the files in it, with their permission bits; empty where there are none.
    pub modes: Vec<(PathBuf, u32)>,
    /// Whether the disk below it is encrypted.
    pub disk: Encryption,
    /// The network file system or synchronised folder it lies in, in words.
    pub leaves: Option<String>,
    /// The name of its file system; empty when unknown.
    pub file_system: String,
}

impl Facts {
    /// Paths that others can read.
    pub fn open_to_others(&self) -> impl Iterator<Item = &Path> {
        let open = |(_, mode): &&(PathBuf, u32)| mode & 0o077 != 0;
        self.modes
            .iter()
            .filter(open)
            .map(|(path, _)| path.as_path())
    }
}

/// Looks at `dir` (it need not exist) without changing it. Call before the lock.
pub fn facts(dir: &Path) -> Facts {
    let there = dir.ancestors().find(|path| path.exists()).unwrap_or(dir);
    let there = fs::canonicalize(there).unwrap_or_else(|_| there.to_owned());
    let mount = mounts::mount_of(&there);
    Facts {
        modes: modes(dir),
        disk: disk::encryption(&there, mount.as_ref()),
        leaves: place::leaves(&there),
        file_system: mount.map(|mount| mount.kind).unwrap_or_default(),
    }
}

#[cfg(unix)]
fn modes(dir: &Path) -> Vec<(PathBuf, u32)> {
    use std::os::unix::fs::MetadataExt;
    let bits = |path: &Path| {
        let found = fs::symlink_metadata(path).ok()?;
        Some((path.to_owned(), found.mode() & 0o7777))
    };
    let inside = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut out: Vec<_> = bits(dir).into_iter().collect();
    out.extend(inside.filter_map(|entry| bits(&entry.path())));
    out.sort();
    out
}

#[cfg(not(unix))]
fn modes(_dir: &Path) -> Vec<(PathBuf, u32)> {
    Vec::new()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn an_open_file_is_named_and_a_private_one_is_not() {
        let temp = tempfile::tempdir().unwrap();
        fs::set_permissions(temp.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let file = |name: &str, mode| {
            let path = temp.path().join(name);
            fs::write(&path, "x").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            path
        };
        let open = file("open", 0o644);
        file("private", 0o600);
        let facts = facts(temp.path());
        assert_eq!(facts.open_to_others().collect::<Vec<_>>(), [open]);
        assert_eq!(facts.modes.len(), 3);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_is_judged_by_the_one_above() {
        let temp = tempfile::tempdir().unwrap();
        let facts = facts(&temp.path().join("a/b"));
        assert!(facts.modes.is_empty() && facts.leaves.is_none());
    }
}
