//! Rows of a list, of every kind that can stand behind a figure.

use super::kinds::Kind;
use super::view::CommitRow;
use crate::model::chosen::Chosen;
use crate::model::dataset::flag;
use crate::model::figure::Of;
use crate::model::ids::TaskId;
use crate::model::period::Range;
use crate::model::task::When;
use crate::model::text::Clean;

/// The answer to a [`super::effect::RowsAsk`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsView {
    /// The id of the ask.
    pub id: u64,
    /// What the rows are, for the heading; `None` where they are of several kinds.
    pub what: Option<Of>,
    /// Rows without the text filter.
    pub of: usize,
    /// Rows with it.
    pub total: usize,
    /// Of these, copies of a commit: figures count each change once.
    pub copies: usize,
    /// Position of the first of `rows`.
    pub from: usize,
    /// The rows of the window.
    pub rows: Vec<Row>,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A commit.
    Commit(Box<CommitRow>),
    /// Anything else.
    Item(Box<ItemRow>),
}

impl Row {
    /// The commit, where it is one.
    pub fn commit(&self) -> Option<&CommitRow> {
        match self {
            Self::Commit(row) => Some(row),
            Self::Item(_) => None,
        }
    }

    /// What the owner can say something of; `None` for what is made of other rows, and for notes.
    pub fn chosen(&self) -> Option<Chosen> {
        match self {
            Self::Commit(row) => Some(Chosen::Commit(row.oid)),
            Self::Item(row) => row.chosen,
        }
    }

    /// The owner took it out of every figure.
    pub fn is_excluded(&self) -> bool {
        match self {
            Self::Commit(row) => row.marks.is(flag::EXCLUDED),
            Self::Item(row) => row.excluded,
        }
    }

    /// Where it belongs: repository, project or tracker.
    pub fn place(&self) -> &Clean {
        match self {
            Self::Commit(row) => &row.repo,
            Self::Item(row) => &row.place,
        }
    }
}

/// Something that exports tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// What it is.
    pub kind: Kind,
    /// Its row in the store, of whatever table its kind is in; of a session when it began.
    pub id: TaskId,
    /// When it stands in the list; `None` for a task without any time.
    pub at: Option<When>,
    /// Its project, else its tracker.
    pub place: Clean,
    /// What people call it within its project, e.g. `ING-207`; may be empty for recorded time.
    pub key: Clean,
    /// Its title; empty where none is known.
    pub title: Clean,
    /// What happened then, e.g. `finished`.
    pub said: String,
    /// How many seconds it stands for, where the figure measures durations.
    pub seconds: Option<i64>,
    /// A task of mine: with a way through the stages that can be shown.
    pub mine: bool,
    /// The task of mine that it is, or that the time was recorded for.
    pub task: Option<TaskId>,
    /// The days of a session or a note.
    pub days: Option<Range>,
    /// What the owner can say something of; `None` for what is made of other rows, and for notes.
    pub chosen: Option<Chosen>,
    /// The owner took it out of every figure.
    pub excluded: bool,
    /// The owner says that a fact of the task is another one.
    pub corrected: bool,
}
