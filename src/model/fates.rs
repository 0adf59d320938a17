//! What became of my lines, as the pass over lines (`scan --lines`) counts it: no names, no text.

use super::ids::Oid;

/// Fates of the lines of my commits on the default branch, grouped by commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fates {
    /// One entry for each commit whose lines were followed, rising by commit.
    pub born: Vec<Born>,
    /// One entry for each (commit, day, by whom), rising.
    pub died: Vec<Died>,
    /// By position of the repository: the day up to which lines were followed, days from
    /// 1970-01-01; [`UNDATED`](super::dataset::UNDATED) where they never were.
    pub until: Vec<i32>,
}

/// The lines that one commit of mine brought to the default branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Born {
    /// Position in [`Dataset::commits`](super::dataset::Dataset::commits).
    pub commit: u32,
    /// Counted lines (generated, vendored and lock files left out).
    pub lines: u32,
}

/// Lines of one commit of mine that were deleted or rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Died {
    /// Position in [`Dataset::commits`](super::dataset::Dataset::commits).
    pub commit: u32,
    /// The author day of the commit that removed them, days from 1970-01-01.
    pub day: i32,
    /// A commit of mine did.
    pub by_me: bool,
    /// How many.
    pub lines: u32,
}

/// What became of the lines of one commit of mine, as the pass tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFate {
    /// The commit.
    pub oid: Oid,
    /// Counted lines that it brought to the default branch.
    pub born: u32,
    /// Those that were deleted or rewritten, by day and by whom, rising; the rest is alive.
    pub died: Vec<Death>,
}

impl LineFate {
    /// Lines that were still there on the day of the pass.
    pub fn alive(&self) -> u32 {
        let died = self.died.iter().map(|death| death.lines).sum();
        self.born.saturating_sub(died)
    }
}

/// Lines that died on one day, by my hand or another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Death {
    /// The author day of the commit that removed them, days from 1970-01-01;
    /// [`UNDATED`](super::dataset::UNDATED) when no clock in it is believed.
    pub day: i32,
    /// A commit of mine did.
    pub by_me: bool,
    /// How many.
    pub lines: u32,
}
