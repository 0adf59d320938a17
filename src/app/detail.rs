//! What can be drilled into.

use super::draft::DraftDetail;
use super::explain::Face;
use super::list::{Asked, List};
use super::privacy::TableDetail;
use super::repository::RepositoryDetail;
use super::task::TaskDetail;
use super::view::{CommitView, PageView};
use crate::model::ids::CommitId;
use crate::model::selection::Selection;

/// Something drilled into.
#[derive(Clone, Debug)]
pub enum Detail {
    /// A figure: its rule and the rows behind it.
    Figure(Box<FigureDetail>),
    /// A commit and its files.
    Commit(Box<CommitDetail>),
    /// The drafts.
    Draft(Box<DraftDetail>),
    /// A task and what happened to it.
    Task(Box<TaskDetail>),
    /// A repository.
    Repository(Box<RepositoryDetail>),
    /// A table of the store.
    Table(Box<TableDetail>),
}

/// A figure opened.
#[derive(Clone, Debug)]
pub struct FigureDetail {
    /// The metric's stable id.
    pub metric: &'static str,
    /// What part of the data it is about.
    pub selection: Selection,
    /// The figure.
    pub figure: Asked<PageView>,
    /// The rows behind it.
    pub list: List,
    /// What of it is shown.
    pub face: Face,
    /// The first line of its explanation that is shown.
    pub scroll: usize,
    /// The part under the cursor.
    pub part: usize,
}

impl FigureDetail {
    /// The figure of `metric` over `selection`, not asked for yet.
    pub fn new(metric: &'static str, selection: Selection, face: Face) -> Self {
        Self {
            metric,
            selection,
            figure: Asked::default(),
            list: List::default(),
            face,
            scroll: 0,
            part: 0,
        }
    }

    /// Its list, where the rows are shown.
    pub(super) fn shown(&self) -> Option<&List> {
        (self.face == Face::Rows).then_some(&self.list)
    }
}

/// A commit opened.
#[derive(Clone, Debug)]
pub struct CommitDetail {
    /// Which one.
    pub commit: CommitId,
    /// The commit and its files.
    pub view: Asked<CommitView>,
    /// The file under the cursor.
    pub cursor: usize,
}
