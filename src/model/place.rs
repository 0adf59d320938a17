//! Where a repository is on this machine, found by plain readers before the lock.

use std::path::PathBuf;

/// One repository as it lies on disk, with every folder git would read for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// What the owner calls it: the work tree, or the bare repository itself.
    pub path: PathBuf,
    /// The folder with this tree's `HEAD` (`.git`, or `…/worktrees/NAME`).
    pub git_dir: PathBuf,
    /// The folder with `objects` and `refs`; shared by a clone and its worktrees.
    pub common_dir: PathBuf,
    /// Object folders outside `common_dir` that `info/alternates` names, all levels.
    pub alternates: Vec<PathBuf>,
    /// The owner said that this foreign-owned repository may be read (`inward trust`).
    pub trusted: bool,
}

impl Place {
    /// Every folder that must be readable for this repository.
    pub fn folders(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.git_dir, &self.common_dir]
            .into_iter()
            .chain(&self.alternates)
    }
}

/// One root the owner registered: a repository, or a folder to search for them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Root {
    /// Absolute path.
    pub path: PathBuf,
    /// Foreign ownership was accepted by the owner.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trusted: bool,
    /// Only commits authored on or after this day, if set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<chrono::NaiveDate>,
    /// Path prefixes inside the repository whose changes are not stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
}
