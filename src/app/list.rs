//! A list of rows of which only a window is in memory, and answers that are waited for.

use super::effect::Sort;
use super::field::Field;
use super::kinds::Kinds;
use super::row::{Row, RowsView};
use crate::model::chosen::Chosen;
use crate::model::text::Clean;

/// Something asked of the worker. The old value stays on the screen until the new one is there.
#[derive(Clone, Debug)]
pub struct Asked<T> {
    /// The id of the ask that is waited for.
    pub waiting: Option<u64>,
    /// The last answer.
    pub value: Option<T>,
    /// Why the last ask got none.
    pub failed: Option<Clean>,
    /// The state of the question when it was last asked, see `State::epoch`; 0 = never.
    pub epoch: u64,
}

impl<T> Default for Asked<T> {
    fn default() -> Self {
        Self {
            waiting: None,
            value: None,
            failed: None,
            epoch: 0,
        }
    }
}

impl<T> Asked<T> {
    /// Notes that ask `id` is under way for the question as it stands in `epoch`.
    pub fn wait(&mut self, id: u64, epoch: u64) {
        self.waiting = Some(id);
        self.epoch = epoch;
        self.failed = None;
    }

    /// Takes the answer to ask `id`, or hands it back when it is not the one waited for.
    pub fn answer(&mut self, id: u64, value: T) -> Result<(), T> {
        if self.waiting != Some(id) {
            return Err(value);
        }
        self.waiting = None;
        self.value = Some(value);
        Ok(())
    }

    /// Notes that ask `id` failed; false when it is not the one waited for.
    pub fn fail(&mut self, id: u64, why: &Clean) -> bool {
        if self.waiting != Some(id) {
            return false;
        }
        self.waiting = None;
        self.failed = Some(why.clone());
        true
    }
}

/// How many rows are asked for at a time.
pub const WINDOW: usize = 400;
/// How near the cursor may come to the window's edge before more is asked for.
const EDGE: usize = 100;

/// A marked row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Which one: it stays the same one in another order.
    pub row: Chosen,
    /// It was out of every figure when it was marked.
    pub excluded: bool,
}

/// The log, or the rows behind a figure.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Position of the cursor among all rows.
    pub cursor: usize,
    /// The filter that is in force.
    pub filter: String,
    /// The field the filter is being typed into.
    pub typing: Option<Field>,
    /// The kinds of rows that the log lists.
    pub kinds: Kinds,
    /// The order.
    pub sort: Sort,
    /// The rows that the owner marked, in the order of marking.
    pub marked: Vec<Marked>,
    /// The window of rows.
    pub rows: Asked<RowsView>,
    /// Grows when filter or order change: with `State::epoch` it makes the question.
    pub changes: u64,
}

impl List {
    /// How many rows there are after the filter.
    pub fn total(&self) -> usize {
        self.rows.value.as_ref().map_or(0, |rows| rows.total)
    }

    /// The row at `position`, if it is in memory.
    pub fn row(&self, position: usize) -> Option<&Row> {
        let rows = self.rows.value.as_ref()?;
        rows.rows.get(position.checked_sub(rows.from)?)
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.row(self.cursor)
    }

    /// Whether the row is marked.
    pub fn is_marked(&self, row: &Row) -> bool {
        let chosen = row.chosen();
        chosen.is_some() && self.marked.iter().any(|one| Some(one.row) == chosen)
    }

    /// Where the window should start so that the cursor has rows around it.
    pub fn wanted_from(&self) -> usize {
        self.cursor.saturating_sub(WINDOW / 2)
    }

    /// Whether the cursor has come near the edge of what is in memory.
    pub fn needs_more(&self) -> bool {
        let Some(rows) = &self.rows.value else {
            return false;
        };
        let end = rows.from + rows.rows.len();
        let above = rows.from > 0 && self.cursor < rows.from + EDGE;
        let below = end < rows.total && self.cursor + EDGE >= end;
        above || below
    }

    /// Moves the cursor to `position`, as far as there are rows.
    pub fn go(&mut self, position: usize) {
        self.cursor = position.min(self.total().saturating_sub(1));
    }

    /// Another filter: the list starts again at its top.
    pub fn set_filter(&mut self, text: &str) {
        if self.filter != text {
            text.clone_into(&mut self.filter);
            self.cursor = 0;
            self.changes += 1;
            self.marked.clear();
        }
    }

    /// Other kinds of rows: the list starts again at its top.
    pub fn set_kinds(&mut self, kinds: Kinds) {
        self.kinds = kinds;
        self.cursor = 0;
        self.marked.clear();
        self.changes += 1;
    }

    /// Another order: the list starts again at its top.
    pub fn set_sort(&mut self, sort: Sort) {
        self.sort = sort;
        self.cursor = 0;
        self.changes += 1;
    }
}
