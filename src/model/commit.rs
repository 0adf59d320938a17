//! A commit of mine as it is read from git: facts only, rules are applied later.

use super::identity::Address;
use super::ids::Oid;
use super::links::LinkRule;
use super::moment::Moment;
use super::text::{Clean, RawPath};

/// One commit authored by me. Others' commits never become one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitRecord {
    /// The object id.
    pub oid: Oid,
    /// Which of my addresses wrote it (after the mailmap): removing the address removes the commit.
    pub author: Address,
    /// Author date with the author's own offset.
    pub authored: Moment,
    /// Committer time, UTC seconds: the tie-break between twins ("the newest").
    pub committed_utc: i64,
    /// First paragraph of the message on one line, for showing.
    pub summary: Clean,
    /// Two or more parents. Merges carry no files.
    pub merge: bool,
    /// Trailers or author say that a program helped.
    pub assisted: bool,
    /// False when a needed object is missing or damaged, or the change is beyond the budget:
    /// then `files` is empty and no count is invented.
    pub lines_known: bool,
    /// Changed files against the first parent, as `git log --numstat -M` lists them.
    pub files: Vec<FileChange>,
    /// The same for two commits that change the same text in the same files, wherever it stands
    /// in them; `None` for merges, empty changes and unknown lines.
    pub patch: Option<u64>,
    /// Task keys and numbers that the message names (`PAY-12`, `#7`), each once, sorted.
    pub mentions: Vec<Mention>,
    /// A set of [`mark`] bits.
    pub marks: u8,
}

/// A task key or number that a message names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mention {
    /// The key or number: `PAY-12`, `#7`, `owner/name#7`.
    pub token: Clean,
    /// How it stands there, the surest of several: [`LinkRule::Closing`], [`LinkRule::Trailer`] or
    /// [`LinkRule::Message`].
    pub how: LinkRule,
}

impl Mention {
    /// A token that stands somewhere in the text.
    pub fn plain(token: Clean) -> Self {
        let how = LinkRule::Message;
        Self { token, how }
    }
}

/// Bits of [`CommitRecord::marks`]. Stored: append only.
pub mod mark {
    /// The message says that it takes back another commit.
    pub const REVERT: u8 = 1;
    /// A mass reformatting, by its content.
    pub const REFORMAT: u8 = 2;
    /// Listed in the repository's `.git-blame-ignore-revs`.
    pub const IGNORED: u8 = 4;
    /// Four bits: the number of the type of work that the summary names, where the summary itself
    /// is not kept.
    pub const WORK_TYPE: u8 = 0b1111 << 3;

    use crate::model::work_type::WorkType;

    /// The [`WORK_TYPE`] bits of `kind`.
    pub fn of_work_type(kind: WorkType) -> u8 {
        (kind as u8) << WORK_TYPE.trailing_zeros()
    }

    /// The type of work of a commit with this summary and these marks.
    pub fn work_type(summary: &str, marks: u8) -> WorkType {
        let number = (marks & WORK_TYPE) >> WORK_TYPE.trailing_zeros();
        match WorkType::ALL.get(usize::from(number)) {
            Some(kind) if number > 0 => *kind,
            _ => WorkType::of_summary(summary),
        }
    }
}

/// One changed file of one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Path after the change (before it, for a deletion).
    pub path: RawPath,
    /// Path before a rename.
    pub old_path: Option<RawPath>,
    /// Added and deleted lines; `None` for a binary file.
    pub lines: Option<Lines>,
    /// The kind of file, from its path and the repository's attributes.
    pub category: Category,
    /// linguist's name of the language, if one is known.
    pub language: Option<&'static str>,
}

impl FileChange {
    /// Whether the file only went to another path, its lines unchanged.
    pub fn is_move(&self) -> bool {
        self.old_path.is_some() && self.lines == Some(Lines::default())
    }
}

/// Line counts as numstat prints them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lines {
    /// Added lines.
    pub added: u32,
    /// Deleted lines.
    pub deleted: u32,
}

/// What kind of file a path is. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Category {
    /// Program text.
    Source = 0,
    /// Tests and their fixtures.
    Test = 1,
    /// Documentation and prose.
    Docs = 2,
    /// Configuration and build files.
    Config = 3,
    /// Made by a program (linguist-generated).
    Generated = 4,
    /// Somebody else's code kept in the tree (linguist-vendored).
    Vendored = 5,
    /// Dependency lock files.
    Lock = 6,
    /// Data: tables, images, dumps.
    Data = 7,
}

impl Category {
    /// Every category, in the order of its stored number.
    pub const ALL: [Self; 8] = [
        Self::Source,
        Self::Test,
        Self::Docs,
        Self::Config,
        Self::Generated,
        Self::Vendored,
        Self::Lock,
        Self::Data,
    ];

    /// The category with the stored number `number`.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Lower-case name as it stands in JSON and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Test => "test",
            Self::Docs => "docs",
            Self::Config => "config",
            Self::Generated => "generated",
            Self::Vendored => "vendored",
            Self::Lock => "lock",
            Self::Data => "data",
        }
    }

    /// Whether filtered line figures count it: generated, vendored and lock files are left out.
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::Generated | Self::Vendored | Self::Lock)
    }
}
