//! Facts about where the data lies, for `inward privacy` and `status`. Gathered before the lock,
//! which hides most of what is asked here.

mod disk;
mod files;
mod mounts;
pub(super) mod place;

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::privacy::{FileState, Place};

use super::folder::{could_be_swapped, stays_by_word};
use super::plain::{self, shown};

pub use disk::Encryption;
pub use files::{files, names};

/// What is known about the data folder. Says no more than was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The folder and the files in it, with their permission bits; empty where there are none.
    pub modes: Vec<(PathBuf, u32)>,
    /// Whether the disk below it is encrypted.
    pub disk: Encryption,
    /// The network file system or synchronised folder it lies in, in words.
    pub leaves: Option<String>,
    /// The owner said to keep it there all the same.
    pub stays_by_word: bool,
    /// The name of its file system; empty when unknown.
    pub file_system: String,
    /// Folders above in which somebody else could put another one in the place of the one below.
    pub swappable: Vec<PathBuf>,
    /// Files of the folder that have another name on the disk: whoever has that one has the file.
    pub named_twice: Vec<PathBuf>,
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
    let leaves = place::leaves(&there);
    Facts {
        stays_by_word: leaves
            .as_ref()
            .is_some_and(|how| stays_by_word(&there, how)),
        modes: modes(dir),
        disk: disk::encryption(&there, mount.as_ref()),
        leaves,
        file_system: mount.map(|mount| mount.kind).unwrap_or_default(),
        swappable: could_be_swapped(dir),
        named_twice: files(dir)
            .into_iter()
            .filter(|one| one.names > 1)
            .map(|one| one.path)
            .collect(),
    }
}

/// Where the `store` in the data folder `dir` is, and how it lies there. Call before the lock.
pub fn place(dir: &Path, store: &Path) -> Place {
    let facts = facts(dir);
    Place {
        data_dir: shown(dir),
        store: shown(store),
        file: kind_of(store),
        bytes: fs::symlink_metadata(store).map_or(0, |found| found.len()),
        disk_encryption: facts.disk.word().to_owned(),
        leaves_the_machine: facts.leaves,
        override_given: facts.stays_by_word,
    }
}

/// How a sealed store begins.
const SEALED: &[u8] = b"inward sealed";

/// What lies at `store`, by how it begins; whether it is whole, only opening it tells.
fn kind_of(store: &Path) -> &'static str {
    match plain::begins(store, SEALED.len()) {
        Ok(start) if start == SEALED => "sealed",
        Ok(_) => "plain",
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "nothing kept",
        Err(_unreadable) => "plain",
    }
}

/// Every file of the data folder `dir`, spaces and outbox included, in the order of paths.
pub fn file_states(dir: &Path) -> Vec<FileState> {
    let state = |one: files::Found| FileState {
        path: shown(&one.path),
        bytes: one.bytes,
        mode: one
            .mode
            .map(|mode| format!("{mode:04o}"))
            .unwrap_or_default(),
        open_to_others: one.mode.is_some_and(|mode| mode & 0o077 != 0),
    };
    files(dir).into_iter().map(state).collect()
}

/// The folder and all that is in it, with their permission bits.
fn modes(dir: &Path) -> Vec<(PathBuf, u32)> {
    let folders = files::folders(dir).into_iter();
    let all = folders.chain(files(dir));
    let mut out: Vec<_> = all.filter_map(|one| Some((one.path, one.mode?))).collect();
    out.sort();
    out
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
    fn every_file_is_listed_with_mode_and_size_those_of_spaces_too_and_links_are_not_followed() {
        let temp = tempfile::tempdir().unwrap();
        let deep = temp.path().join("data/spaces/office");
        fs::create_dir_all(&deep).unwrap();
        let file = |path: PathBuf, mode, bytes: &str| {
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        };
        file(temp.path().join("data/inward.db"), 0o600, "SQLite format 3");
        file(deep.join("inward.db"), 0o640, "xy");
        file(temp.path().join("outside"), 0o644, "x");
        std::os::unix::fs::symlink(temp.path(), deep.join("out")).unwrap();
        let states = file_states(&temp.path().join("data"));
        let told: Vec<_> = states
            .iter()
            .map(|one| (one.bytes, one.mode.as_str(), one.open_to_others))
            .collect();
        assert_eq!(told, [(15, "0600", false), (2, "0640", true)]);
        assert!(states[1].path.as_str().ends_with("spaces/office/inward.db"));
    }

    #[test]
    fn a_file_with_another_name_and_an_open_folder_far_above_are_named() {
        let temp = tempfile::tempdir().unwrap();
        let (far, data) = (temp.path().join("far"), temp.path().join("far/near/data"));
        fs::create_dir_all(&data).unwrap();
        fs::write(data.join("inward.db"), "x").unwrap();
        let open = |mode| fs::set_permissions(&far, fs::Permissions::from_mode(mode)).unwrap();
        open(0o755);
        let before = facts(&data);
        assert!(before.named_twice.is_empty() && !before.swappable.contains(&far));
        fs::hard_link(data.join("inward.db"), temp.path().join("elsewhere")).unwrap();
        open(0o777);
        let after = facts(&data);
        assert_eq!(after.named_twice, [data.join("inward.db")]);
        let far = far.canonicalize().unwrap();
        assert!(after.swappable.contains(&far), "{:?}", after.swappable);
        open(0o1777);
        assert!(!facts(&data).swappable.contains(&far), "a sticky one");
    }

    #[test]
    fn the_kind_of_a_file_is_told_by_how_it_begins() {
        let temp = tempfile::tempdir().unwrap();
        let store = temp.path().join("inward.db");
        let kind = || place(temp.path(), &store).file;
        assert_eq!(kind(), "nothing kept");
        fs::write(&store, "SQLite format 3\0").unwrap();
        assert_eq!(kind(), "plain");
        fs::write(&store, "inward sealed\r\n\0").unwrap();
        assert_eq!((kind(), place(temp.path(), &store).bytes), ("sealed", 16));
    }

    #[test]
    fn a_folder_that_is_not_there_yet_is_judged_by_the_one_above() {
        let temp = tempfile::tempdir().unwrap();
        let facts = facts(&temp.path().join("a/b"));
        assert!(facts.modes.is_empty() && facts.leaves.is_none());
    }
}
