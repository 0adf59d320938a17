//! What part of a [`Dataset`](super::dataset::Dataset) is asked about.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ids::{CommitId, RepoId, TaskId};
use super::period::{Bucket, Range};

/// The question: when, where, which rows, cut how.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The days asked about.
    pub range: Range,
    /// Only these repositories; `None` = all.
    pub repos: Option<BTreeSet<RepoId>>,
    /// Only these commits: the store's answer to a text filter. `None` = all.
    pub commits: Option<Arc<BTreeSet<CommitId>>>,
    /// Only these tasks and reviews: the same answer for them. `None` = all.
    pub tasks: Option<Arc<BTreeSet<TaskId>>>,
    /// How points are cut.
    pub by: By,
    /// Count everything git counts: generated, vendored and lock files, and twins.
    pub raw: bool,
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
            commits: None,
            tasks: None,
            by: By::Time(Bucket::Week),
            raw: false,
        }
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
