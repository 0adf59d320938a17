//! Every repository below a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::guard::gitconfig::entries_of;
use crate::guard::plain;
use crate::model::place::{Place, Root};

use super::place::{PlaceError, holds_repository, place_at, trusted_place_at};

/// How far to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Levels of folders below the start.
    pub depth: usize,
    /// Names looked at in all.
    pub entries: usize,
}

impl Default for Limits {
    /// 8 levels, 300,000 names.
    fn default() -> Self {
        Self {
            depth: 8,
            entries: 300_000,
        }
    }
}

/// Something that looks like a repository and cannot be read.
#[derive(Debug)]
pub struct Problem {
    /// Where.
    pub path: PathBuf,
    /// Why, and what to do.
    pub error: PlaceError,
}

/// What lies below a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// One place a repository, ordered by path: a clone and its linked work trees are one.
    pub places: Vec<Place>,
    /// What could not be read, ordered by path.
    pub problems: Vec<Problem>,
    /// The search ended at a limit: there may be more.
    pub cut_short: bool,
}

/// Folders that hold copies, caches or rubbish, never one's own work.
const SKIPPED: [&str; 14] = [
    ".git",
    "node_modules",
    "target",
    ".cache",
    ".cargo",
    ".rustup",
    ".npm",
    ".venv",
    "venv",
    "__pycache__",
    ".tox",
    ".Trash",
    "Trash",
    ".snapshots",
];

/// Levels looked at inside a work tree, for repositories that lie in it beside submodules.
const LEVELS_INSIDE: usize = 2;

/// Every repository at or below `folder`. Links are not followed; inside a found work tree only
/// submodules and what lies near its top are looked for, and bare repositories are passed over.
pub fn find(folder: &Path, limits: Limits) -> Found {
    let mut search = Search {
        left: limits.entries,
        ..Search::default()
    };
    match fs::canonicalize(folder) {
        Ok(start) => search.run(start, limits.depth),
        Err(error) => search.problem(folder, PlaceError::Io(folder.to_owned(), error)),
    }
    let mut places: Vec<_> = search.places.into_values().collect();
    places.sort();
    search.problems.sort_by(|a, b| a.path.cmp(&b.path));
    Found {
        places,
        problems: search.problems,
        cut_short: search.cut_short,
    }
}

/// One folder to look at.
struct Step {
    folder: PathBuf,
    /// How many levels below it may be looked at.
    below: usize,
    /// It lies in a work tree, where stopping early is meant.
    inside: bool,
}

/// What one registered root stands for: the repository itself, or every one below the folder.
pub fn at_root(root: &Root, limits: Limits) -> Found {
    let place = if root.trusted {
        trusted_place_at(&root.path)
    } else {
        place_at(&root.path)
    };
    match place {
        Ok(place) => Found {
            places: vec![place],
            ..Found::default()
        },
        Err(PlaceError::NotARepository(path)) if path.is_dir() => find(&path, limits),
        Err(error) => Found {
            problems: vec![Problem {
                path: root.path.clone(),
                error,
            }],
            ..Found::default()
        },
    }
}

#[derive(Default)]
struct Search {
    /// By common folder.
    places: BTreeMap<PathBuf, Place>,
    problems: Vec<Problem>,
    seen: BTreeSet<PathBuf>,
    left: usize,
    cut_short: bool,
}

impl Search {
    fn run(&mut self, start: PathBuf, depth: usize) {
        let mut todo = vec![Step {
            folder: start,
            below: depth,
            inside: false,
        }];
        while let Some(step) = todo.pop() {
            if self.seen.insert(step.folder.clone()) {
                self.look(step, &mut todo);
            }
        }
    }

    /// Looks at one folder and notes which to look at next.
    fn look(&mut self, step: Step, todo: &mut Vec<Step>) {
        let Step {
            folder,
            mut below,
            mut inside,
        } = step;
        let names = self.list(&folder);
        let has = |name: &str| names.iter().any(|found| found.0 == OsStr::new(name));
        let bare = has("HEAD") && has("objects") && has("refs");
        if inside && bare && !has(".git") {
            // A bare repository can be committed as plain files: then its settings, its owner's
            // address among them, are words of whoever wrote the work tree. git too wants such
            // a one named.
            return;
        }
        if (has(".git") || bare) && holds_repository(&folder) {
            self.repository(&folder);
            if bare {
                return;
            }
            todo.extend(submodules(&folder).into_iter().map(|folder| Step {
                folder,
                below,
                inside: true,
            }));
            below = below.min(LEVELS_INSIDE + 1);
            inside = true;
        }
        let folders = names.iter().filter(|(name, is_dir)| {
            *is_dir && !SKIPPED.iter().any(|skipped| name == OsStr::new(skipped))
        });
        let mut folders = folders
            .map(|(name, _)| folder.join(name))
            .filter(|path| !is_kernels(path))
            .peekable();
        if below == 0 {
            self.cut_short |= !inside && folders.peek().is_some();
            return;
        }
        todo.extend(folders.map(|folder| Step {
            folder,
            below: below - 1,
            inside,
        }));
    }

    /// The folder's names and whether each is a folder itself (a link is not).
    fn list(&mut self, folder: &Path) -> Vec<(std::ffi::OsString, bool)> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.problem(folder, PlaceError::Io(folder.to_owned(), error));
                return Vec::new();
            }
        };
        let mut names = Vec::new();
        for entry in entries.flatten() {
            if self.left == 0 {
                self.cut_short = true;
                break;
            }
            self.left -= 1;
            let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
            names.push((entry.file_name(), is_dir));
        }
        names
    }

    fn repository(&mut self, folder: &Path) {
        match place_at(folder) {
            Ok(place) => {
                let main = place.git_dir == place.common_dir;
                // The clone itself stands for its linked work trees; of those alone, the first.
                let better = self.places.get(&place.common_dir).is_none_or(|known| {
                    let known_main = known.git_dir == known.common_dir;
                    (main, &known.path) > (known_main, &place.path)
                });
                if better {
                    self.places.insert(place.common_dir.clone(), place);
                }
            }
            Err(error) => self.problem(folder, error),
        }
    }

    fn problem(&mut self, path: &Path, error: PlaceError) {
        self.problems.push(Problem {
            path: path.to_owned(),
            error,
        });
    }
}

/// The kernel's own folders, which never end.
fn is_kernels(path: &Path) -> bool {
    ["/proc", "/sys", "/dev"]
        .iter()
        .any(|own| path == Path::new(own))
}

/// Folders of the submodules that `.gitmodules` names and that are there. The file is part of
/// the repository, so nothing in it may lead outside the work tree.
fn submodules(tree: &Path) -> Vec<PathBuf> {
    let bytes = plain::read(&tree.join(".gitmodules"), 1 << 20).unwrap_or_default();
    entries_of(&bytes)
        .into_iter()
        .filter(|entry| entry.section == "submodule" && entry.key == "path")
        .filter_map(|entry| entry.value)
        .map(|value| plain::path_of(&value))
        .filter(|path| {
            path.components()
                .all(|part| matches!(part, Component::Normal(_)))
        })
        .filter_map(|path| fs::canonicalize(tree.join(path)).ok())
        .filter(|path| path.starts_with(tree) && path.join(".git").exists())
        .take(2000)
        .collect()
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
