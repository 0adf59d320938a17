//! What history tells beside commits: how they hang together, and what was done to refs.

use super::identity::Address;
use super::ids::Oid;
use super::moment::Moment;
use super::text::Clean;

/// What leads to a commit. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Source {
    /// A branch, a tag or another ref.
    #[default]
    Ref = 0,
    /// Only a stash entry.
    Stash = 1,
    /// Only the reflog.
    Reflog = 2,
}

impl Source {
    /// The source with the stored number `number`.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Ref, Self::Stash, Self::Reflog]
            .get(usize::from(number))
            .copied()
    }
}

/// Something known about commits that no single one of them tells. Every reading that walks hands
/// out anew what it knows, so receiving one twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The commit of mine `commit` takes back the commit of mine `reverted`.
    Reverts {
        /// The revert.
        commit: Oid,
        /// What it takes back.
        reverted: Oid,
    },
    /// The commit of mine `old` was amended (reworded, edited, fixed up) into the commit of mine `new`.
    Replaced {
        /// The version before.
        old: Oid,
        /// The version after.
        new: Oid,
    },
    /// A commit that holds the whole change of several others.
    Squash {
        /// The one commit; mine or somebody else's.
        squash: Oid,
        /// Its author date.
        at: Moment,
        /// Whether it is one of mine.
        mine: bool,
        /// The commits of mine that it swallowed, sorted; never empty.
        members: Vec<Oid>,
    },
    /// Somebody else's commit that names me as co-author.
    Pairing {
        /// That commit.
        oid: Oid,
        /// Its author date.
        at: Moment,
        /// Which of my addresses it names.
        address: Address,
    },
    /// Commits that the repository says change no meaning (`.git-blame-ignore-revs`), whoever
    /// wrote them; replaces what was said before.
    Ignored(Vec<Oid>),
    /// Something I did to a ref.
    RefEvent(RefEvent),
}

/// Something I did to a ref, as a reflog or the list of stashes tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefEvent {
    /// What was done.
    pub kind: RefEventKind,
    /// When.
    pub at: Moment,
    /// The commit it led to, whoever wrote it; kept only where it is mine.
    pub commit: Option<Oid>,
    /// The short name of the branch it was done on (for a checkout: the one it led to); kept only
    /// where a commit of mine is on it.
    pub branch: Option<Clean>,
    /// The same for the same line of the same log, whenever it is read; another for every other.
    pub line: [u8; 16],
}

/// Kinds of [`RefEvent`]. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum RefEventKind {
    /// A commit was made.
    Commit = 0,
    /// The last commit was made anew.
    Amend = 1,
    /// Another branch or commit was checked out.
    Checkout = 2,
    /// One step of a rebase.
    Rebase = 3,
    /// A branch was set to another commit.
    Reset = 4,
    /// A merge, fast-forwards included.
    Merge = 5,
    /// A change was picked from elsewhere.
    CherryPick = 6,
    /// A change was taken back.
    Revert = 7,
    /// Commits were fetched and merged or rebased upon.
    Pull = 8,
    /// Unfinished work was put aside.
    Stash = 9,
    /// A branch was made.
    Branch = 10,
    /// A patch from a mail was applied.
    Apply = 11,
    /// Anything else.
    Other = 12,
}

impl RefEventKind {
    /// Every kind, in the order of its stored number.
    pub const ALL: [Self; 13] = [
        Self::Commit,
        Self::Amend,
        Self::Checkout,
        Self::Rebase,
        Self::Reset,
        Self::Merge,
        Self::CherryPick,
        Self::Revert,
        Self::Pull,
        Self::Stash,
        Self::Branch,
        Self::Apply,
        Self::Other,
    ];

    /// The kind with the stored number `number`.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}
