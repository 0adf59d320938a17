//! The rows behind a figure, as rows of the log.

use crate::model::figure::Rows;
use crate::model::task::LooseEntry;
use crate::report::log::{self, EntryRow, ReviewRow, Row, TaskRow};
use crate::store;

use super::error::CliError;
use super::kept::Kept;
use super::session::{Session, store_error};

/// The newest `most` of the rows at these positions, newest first, and how many there are.
/// `tasks` are those of the store.
pub(super) fn newest(
    session: &Session,
    kept: &Kept,
    (behind, tasks): (&Rows, &[store::TaskRow]),
    most: usize,
) -> Result<(Vec<Row>, usize), CliError> {
    let of = behind.len();
    let calendar = &session.calendar;
    let rows = match behind {
        // Commits are sorted by time.
        Rows::Commits(at) => {
            let newest: Vec<u32> = at.iter().rev().take(most).copied().collect();
            kept.rows(&newest, calendar)?
        }
        Rows::Tasks(_) | Rows::Stays(_) => {
            let work = &kept.data.work.tasks;
            let owners = match behind {
                Rows::Stays(_) => kept.data.work.owners(),
                _ => Vec::new(),
            };
            let of = |at: &u32| owners.get(*at as usize).copied().unwrap_or(*at);
            let at: Vec<u32> = behind.positions().iter().map(of).collect();
            let ids = at.iter().filter_map(|at| work.get(*at as usize));
            let ids: std::collections::HashSet<i64> = ids.map(|task| task.id.0).collect();
            let shown = tasks.iter().filter(|task| ids.contains(&task.id));
            let row = |task: &store::TaskRow| {
                Row::Task(Box::new(TaskRow::of(
                    &task.facts,
                    &task.moves,
                    &task.timeline,
                )))
            };
            shown.map(row).collect()
        }
        Rows::Given(_) => {
            let Some(store) = kept.store() else {
                return Ok((Vec::new(), of));
            };
            let given = store.marked_reviews().map_err(store_error)?;
            let counted = given.iter().filter(|one| one.marks.out.is_none());
            let times = counted.flat_map(|one| ReviewRow::of(&one.row, &one.marks));
            times.map(Row::Review).collect()
        }
        Rows::Entries(_) => {
            let Some(store) = kept.store() else {
                return Ok((Vec::new(), of));
            };
            let entries = store.marked_entries().map_err(store_error)?.into_iter();
            let counted = entries.filter(|one| one.marks.out.is_none() && !one.row.busy);
            let row = |one: store::Marked<LooseEntry>| {
                Row::Entry(Box::new(EntryRow {
                    entry: one.row,
                    marks: one.marks,
                }))
            };
            counted.map(row).collect()
        }
    };
    let mut rows = log::newest_first(rows, calendar);
    rows.truncate(most);
    Ok((rows, of))
}
