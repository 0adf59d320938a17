//! Which commit belongs to which task, how that is known, and how sure it is.

/// A commit of mine that belongs to a task of mine, by their positions in the
/// [`Dataset`](super::dataset::Dataset).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// Position in [`Dataset::commits`](super::dataset::Dataset::commits).
    pub commit: u32,
    /// Position in [`Work::tasks`](super::work::Work::tasks).
    pub task: u32,
    /// How it is known; the surest rule of several.
    pub rule: LinkRule,
}

/// How a link is known, surest first. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum LinkRule {
    /// The owner said so.
    Manual = 0,
    /// A pull request's own list of commits, or its merge.
    PullRequest = 1,
    /// A word that closes: `fixes #12`, `closes ING-7`.
    Closing = 2,
    /// A trailer names it: `Refs: ING-7`.
    Trailer = 3,
    /// The message names it.
    Message = 4,
    /// The branch that the commit was made on names it, or is the pull request's.
    Branch = 5,
    /// The branch that the reflog says was checked out then names it.
    Reflog = 6,
}

impl LinkRule {
    /// Every rule, by number.
    pub const ALL: [Self; 7] = [
        Self::Manual,
        Self::PullRequest,
        Self::Closing,
        Self::Trailer,
        Self::Message,
        Self::Branch,
        Self::Reflog,
    ];

    /// The rule with the stored number `number`.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Its name in JSON, e.g. `pull-request`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::PullRequest => "pull-request",
            Self::Closing => "closing",
            Self::Trailer => "trailer",
            Self::Message => "message",
            Self::Branch => "branch",
            Self::Reflog => "reflog",
        }
    }

    /// How sure it is.
    pub fn confidence(self) -> Confidence {
        match self {
            Self::Manual => Confidence::Certain,
            Self::PullRequest | Self::Closing | Self::Trailer => Confidence::High,
            Self::Message | Self::Branch => Confidence::Medium,
            Self::Reflog => Confidence::Low,
        }
    }
}

/// How sure a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// It rests on where the reflog stood.
    Low,
    /// It rests on a name in free text or of a branch.
    Medium,
    /// It rests on a form made for the purpose.
    High,
    /// The owner said so.
    Certain,
}
