//! What part of a [`Dataset`](super::dataset::Dataset) is asked about.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::dataset::Dataset;
use super::ids::{CommitId, LanguageId, RepoId, TaskId};
use super::period::{Bucket, Range};

/// The question: when, where, which rows, cut how.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The days asked about.
    pub range: Range,
    /// Only these repositories; `None` = all.
    pub repos: Option<BTreeSet<RepoId>>,
    /// Only these languages: commits that touch one of them, and their lines in them. What is no
    /// commit has no language, and passes. `None` = all.
    pub languages: Option<BTreeSet<LanguageId>>,
    /// Only what came from these sources; `None` = all.
    pub sources: Option<Sources>,
    /// Only these commits: the store's answer to a text filter. `None` = all.
    pub commits: Option<Arc<BTreeSet<CommitId>>>,
    /// Only these tasks and reviews: the same answer for them. `None` = all.
    pub tasks: Option<Arc<BTreeSet<TaskId>>>,
    /// How points are cut.
    pub by: By,
    /// Count everything git counts: generated, vendored and lock files, and twins.
    pub raw: bool,
}

/// Where things were read: git, and the trackers whose exports were imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Commits, and what was done to refs.
    pub git: bool,
    /// Positions in [`Labels::sources`](super::dataset::Labels::sources).
    pub trackers: BTreeSet<u16>,
}

/// What each point of a figure stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// A stretch of time.
    Time(Bucket),
    /// A repository.
    Repo,
    /// A language.
    Language,
    /// A file category.
    Category,
    /// A task; of commits, the ones linked with it.
    Task,
    /// A project: of tasks the tracker's, of commits the owner's own by path.
    Project,
}

impl Selection {
    /// Everything within `range`, cut by weeks, filtered lines.
    pub fn weekly(range: Range) -> Self {
        Self {
            range,
            repos: None,
            languages: None,
            sources: None,
            commits: None,
            tasks: None,
            by: By::Time(Bucket::Week),
            raw: false,
        }
    }

    /// Whether commit `index` of `data` passes the choices of languages and sources.
    pub fn takes_commit(&self, data: &Dataset, index: usize) -> bool {
        let touches = |chosen: &BTreeSet<LanguageId>| {
            let mut entries = data.changes_of(index);
            entries.any(|at| chosen.contains(&data.changes.language[at]))
        };
        self.takes_git() && self.languages.as_ref().is_none_or(touches)
    }

    /// Whether what git told passes the choice of sources.
    pub fn takes_git(&self) -> bool {
        self.sources.as_ref().is_none_or(|chosen| chosen.git)
    }

    /// Whether what the tracker at position `source` told passes the choice of sources.
    pub fn takes_tracker(&self, source: u16) -> bool {
        let chosen = self.sources.as_ref();
        chosen.is_none_or(|chosen| chosen.trackers.contains(&source))
    }

    /// The same question about another range.
    #[must_use]
    pub fn over(&self, range: Range) -> Self {
        Self {
            range,
            ..self.clone()
        }
    }
}
