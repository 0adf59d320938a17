//! What a draft is written from: rows with their texts, read for the days that it is about.

use super::dataset::flag;
use super::fold::Move;
use super::goal::Goal;
use super::ids::{CommitId, Oid};
use super::moment::Moment;
use super::note::Note;
use super::period::Range;
use super::task::{GivenReview, TaskFacts};
use super::text::Clean;
use super::timeline::Timeline;

/// Everything that the drafts of some days need.
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// The days.
    pub range: Range,
    /// Commits of mine on these days, by (author time, object id). Copies of another commit, merges
    /// and what the owner took out are not among them.
    pub commits: Vec<Done>,
    /// Tasks of mine that something happened to on these days or that are open, by (tracker, key).
    /// What the owner took out is not among them.
    pub tasks: Vec<Matter>,
    /// Pull requests of others that I reviewed on these days, by (tracker, key), with those times
    /// only.
    pub given: Vec<Given>,
    /// Somebody else's commits of these days that name me co-author: the repository and the time.
    pub pairings: Vec<(Clean, Moment)>,
    /// Notes and events that touch these days or begin in the week after them.
    pub notes: Vec<Note>,
    /// Every goal.
    pub goals: Vec<Goal>,
    /// The newest export of each tracker that tells of tasks, by tracker: its day, days from
    /// 1970-01-01.
    pub exports: Vec<(Clean, i32)>,
}

/// A commit of mine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Store row.
    pub id: CommitId,
    /// The object id.
    pub oid: Oid,
    /// Author time.
    pub at: Moment,
    /// The name of the repository that it counts in.
    pub repo: Clean,
    /// The first paragraph of its message; empty when summaries are not kept.
    pub summary: Clean,
    /// The copy of it that a default branch holds, else itself: what its evidence names.
    pub evidence: Oid,
    /// A default branch holds it, a copy of it, or a squash of it.
    pub landed: bool,
    /// [`Dataset`](super::dataset::Dataset) flags.
    pub flags: u16,
    /// The branch it was made on, as far as that is known.
    pub branch: Option<Clean>,
    /// The folder that most of its changed lines lie in, from the top of the repository, two levels
    /// at most; `None` for files at the top, and when paths are not kept.
    pub folder: Option<Clean>,
    /// The owner's project that most of its changed lines lie in.
    pub project: Option<Clean>,
    /// Files it changed.
    pub files: u32,
    /// Lines that count (no generated, vendored or lock files): added and deleted.
    pub lines: u64,
    /// The squash of mine that holds it, when that lies in these days too.
    pub landed_as: Option<Oid>,
    /// Rows of the tasks it belongs to, as in [`Matter::id`], rising.
    pub tasks: Vec<i64>,
}

impl Done {
    /// Whether it counts as an act: the commits that a squash holds do, the squash does not.
    pub fn is_act(&self) -> bool {
        self.flags & flag::SQUASH == 0
    }
}

/// A pull request of somebody else that I reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The review, with its times on the days only.
    pub review: GivenReview,
    /// The owner's project that its tracker's project stands for.
    pub project: Option<Clean>,
}

/// A task of mine.
#[derive(Clone, Debug, PartialEq)]
pub struct Matter {
    /// Store row.
    pub id: i64,
    /// Its facts, with the owner's corrections.
    pub facts: TaskFacts,
    /// The owner's project that its tracker's project stands for.
    pub project: Option<Clean>,
    /// Its moves, oldest first.
    pub moves: Vec<Move>,
    /// What they mean in stages.
    pub timeline: Timeline,
    /// Author time of the newest commit that is linked with it and is not after the days.
    pub last_commit: Option<Moment>,
    /// Tasks that share a commit with it, as [`Matter::id`], rising: the pull requests of a task, and
    /// the tasks of a pull request.
    pub shares: Vec<i64>,
}
