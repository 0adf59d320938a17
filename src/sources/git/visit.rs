//! What goes into a walk, what it asks and tells on its way, and what it knows at its end.

use rustc_hash::FxHashSet;

use super::graph::Graph;
use super::parse::Commit;
use crate::model::commit::CommitRecord;
use crate::model::ids::Oid;

/// A commit of mine on its way to the line counter.
#[derive(Debug)]
pub(super) struct Mine {
    /// All but its files.
    pub(super) record: CommitRecord,
    /// Its tree.
    pub(super) tree: Oid,
    /// What to compare the tree with.
    pub(super) before: Before,
}

/// The state of the files before a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// There was nothing: the first commit of a history.
    Nothing,
    /// The first parent's tree.
    Tree(Oid),
    /// The first parent, whose tree was not at hand.
    Commit(Oid),
    /// History is cut off here.
    Unknown,
    /// The repository shows the commit otherwise than it was written.
    Replaced,
}

/// What the walk asks and tells.
pub(super) trait Visitor {
    /// Looks at a commit when it is first met; a record makes it one of mine.
    fn judge(&mut self, oid: Oid, commit: &Commit<'_>) -> Option<CommitRecord>;
    /// A commit of mine that an earlier walk has not met. `Err` ends the walk.
    fn found(&mut self, mine: Mine) -> Result<(), Halt>;
    /// So many commits were walked and so many of them are mine, so far.
    fn progress(&mut self, walked: u64, mine: u64) -> Result<(), Halt>;
}

/// The walk was ended from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Halt;

/// Where a walk starts and ends.
#[derive(Clone, Copy)]
pub(super) struct Bounds<'a> {
    /// What the refs point to: commits, or tags of them.
    pub(super) tips: &'a [Oid],
    /// What stash entries stand on and reflogs name: git may have removed any of it, which is no
    /// damage.
    pub(super) soft_tips: &'a [Oid],
    /// The tips of the last finished walk: what is behind them is left out.
    pub(super) frontier: &'a [Oid],
    /// The default branch's tips.
    pub(super) default_tips: &'a [Oid],
    /// Commits whose parents a shallow clone left out.
    pub(super) shallow: &'a FxHashSet<Oid>,
    /// Commits that grafts and replacements name.
    pub(super) replaced: &'a FxHashSet<Oid>,
}

/// What a finished walk knows.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Commits met that are not behind the frontier.
    pub(super) walked: u64,
    /// Mine among them, and whether the default branch holds them.
    pub(super) mine: Vec<(Oid, bool)>,
    /// Commits without parents among them, sorted.
    pub(super) roots: Vec<Oid>,
    /// Commits at which a shallow clone cuts history off.
    pub(super) cut_off: u64,
    /// Commits that are not there.
    pub(super) missing: u64,
    /// Commits that cannot be read.
    pub(super) damaged: u64,
    /// All that was met and how it hangs together; the default branch and what is mine are
    /// marked.
    pub(super) graph: Graph,
    /// Branches with commits of mine that have not landed: see `Reading::pending`.
    pub(super) pending: Vec<(Oid, Oid)>,
}
