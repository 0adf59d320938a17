//! What part of a [`Dataset`] is asked about.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Weekday;

use super::commit::Category;
use super::dataset::{Dataset, UNDATED};
use super::ids::{CommitId, LanguageId, RepoId, TaskId};
use super::period::{Bucket, Range};
use super::stage::Stage;
use super::work_type::WorkType;

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
    /// Only this part of a figure, because it was opened; `None` = all of it.
    pub only: Option<Only>,
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

/// A part of a figure that no other choice leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Only {
    /// Commits in this hour of this weekday, local time of each.
    Hour(Weekday, u8),
    /// Commits that change files of this kind, and their lines in them.
    Category(Category),
    /// Commits that name this type of work.
    Type(WorkType),
    /// Stays of tasks in this stage; no commit is one.
    Stage(Stage),
}

impl Only {
    /// Whether commit `index` of `data` is in it. One whose clock is not believed is in no hour.
    pub fn takes(self, data: &Dataset, index: usize) -> bool {
        match self {
            Self::Hour(weekday, hour) => {
                let columns = &data.commits;
                let local = columns.utc[index] + i64::from(columns.offset_min[index]) * 60;
                // 1970-01-01 was a Thursday, three days after a Monday.
                let from_monday = (local.div_euclid(86_400) + 3).rem_euclid(7);
                columns.day[index] != UNDATED
                    && from_monday == i64::from(weekday.num_days_from_monday())
                    && local.rem_euclid(86_400) / 3_600 == i64::from(hour)
            }
            Self::Category(category) => {
                let mut entries = data.changes_of(index);
                entries.any(|at| data.changes.category[at] == category as u8)
            }
            Self::Type(work_type) => data.work_type(index) == work_type,
            Self::Stage(_) => false,
        }
    }
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
            only: None,
            by: By::Time(Bucket::Week),
            raw: false,
        }
    }

    /// Whether commit `index` of `data` passes the choices of languages, sources and a part.
    pub fn takes_commit(&self, data: &Dataset, index: usize) -> bool {
        let kind = match self.only {
            Some(Only::Category(category)) => Some(category as u8),
            _ => None,
        };
        let touches = |chosen: &BTreeSet<LanguageId>| {
            data.changes_of(index).any(|at| {
                let (language, category) = (data.changes.language[at], data.changes.category[at]);
                chosen.contains(&language) && kind.is_none_or(|only| only == category)
            })
        };
        self.takes_git()
            && self.languages.as_ref().is_none_or(touches)
            && self.only.is_none_or(|only| only.takes(data, index))
    }

    /// Whether what git told passes the choice of sources.
    pub fn takes_git(&self) -> bool {
        self.sources.as_ref().is_none_or(|chosen| chosen.git)
    }

    /// Whether what git tells of without its text or files passes: ref events, commits of others.
    pub fn takes_unread(&self) -> bool {
        self.takes_git() && self.languages.is_none() && self.only.is_none()
    }

    /// Whether what the tracker at position `source` told passes the choices of sources and a part.
    pub fn takes_tracker(&self, source: u16) -> bool {
        let chosen = self.sources.as_ref();
        // What else can be opened is a part of commits.
        let of_tasks = matches!(self.only, None | Some(Only::Stage(_)));
        of_tasks && chosen.is_none_or(|chosen| chosen.trackers.contains(&source))
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
