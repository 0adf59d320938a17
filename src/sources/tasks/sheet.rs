//! Reads a table from beginning to end for an importer that says what one row is.
//!
//! Numeric dates are told apart only when one is met: then the file is looked at as a whole once,
//! and read again from its beginning without handing out a record twice.

use super::ImportError;
use super::cells::Cells;
use super::dates::{Dates, DayOrder};
use super::format::{Context, Out};
use super::found::{Found, Whose};
use super::input::Input;
use super::table::{Row, Table};
use crate::model::task::LooseEntry;

/// What one row is.
pub(super) enum Got {
    /// A task.
    Task(Box<Found>),
    /// A stretch of time.
    Entry(Whose, Box<LooseEntry>),
    /// No record: a sum, a heading.
    Nothing,
}

/// The rows of one format; made anew for every reading of the file.
pub(super) trait Rows {
    /// What this row is, or in a few words why it cannot be taken.
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String>;

    /// What is to be said of the file as a whole.
    fn warn(&self, _out: &mut Out<'_>) {}
}

/// Reads `input` as a table with the columns `required`; `open` finds the format's columns in it.
pub(super) fn read<R: Rows>(
    input: &Input,
    context: &Context<'_>,
    out: &mut Out<'_>,
    required: &[&[&str]],
    open: impl Fn(&Table<'_>) -> R,
) -> Result<(), ImportError> {
    let mut order = context.day_order;
    let mut given = 0;
    loop {
        let mut table = input.table(required)?;
        let mut rows = open(&table);
        let mut cells = Cells::new(context, dates(context, order));
        match hand_out(&mut table, &mut rows, &mut cells, given, out)? {
            None => {
                rows.warn(out);
                cells.bad.warn(out);
                if let Some(line) = table.first_wide() {
                    out.warn(format!(
                        "line {line} has more cells than the header: its later columns may be shifted"
                    ));
                }
                return Ok(());
            }
            Some(taken) => {
                given = taken;
                order = survey(input, context, required, &open)?;
                // Nothing was learned, so another round would end at the same date.
                if order.is_none()
                    && let Some(error) = cells.without_order()
                {
                    return Err(error);
                }
            }
        }
    }
}

fn dates(context: &Context<'_>, order: Option<DayOrder>) -> Dates {
    Dates {
        zone: context.zone,
        order,
    }
}

/// Hands out the rows from `given` on; at a date whose order is not known it stops and tells how
/// many rows came before.
fn hand_out<R: Rows>(
    table: &mut Table<'_>,
    rows: &mut R,
    cells: &mut Cells,
    given: u64,
    out: &mut Out<'_>,
) -> Result<Option<u64>, ImportError> {
    let mut at = 0;
    while let Some(row) = table.next()? {
        let got = if row.overflows() {
            Err("more cells than the header has columns: what stands where is not known".to_owned())
        } else {
            rows.row(row, cells)
        };
        if cells.is_open() {
            return Ok(Some(at));
        }
        at += 1;
        if at <= given {
            continue;
        }
        match got {
            Ok(Got::Task(found)) => out.task(*found)?,
            Ok(Got::Entry(whose, entry)) => out.entry(row.line, whose, *entry)?,
            Ok(Got::Nothing) => {}
            Err(reason) => out.reject(row.line, &reason)?,
        }
    }
    Ok(None)
}

/// The order of day and month in the whole file.
fn survey<R: Rows>(
    input: &Input,
    context: &Context<'_>,
    required: &[&[&str]],
    open: impl Fn(&Table<'_>) -> R,
) -> Result<Option<DayOrder>, ImportError> {
    let mut table = input.table(required)?;
    let mut rows = open(&table);
    let mut cells = Cells::surveying(context);
    while let Some(row) = table.next()? {
        // A row that cannot be taken shows its dates all the same.
        let _seen = rows.row(row, &mut cells);
        if cells.survey().is_some_and(super::dates::Survey::is_decided) {
            break;
        }
    }
    cells
        .survey()
        .map_or(Ok(None), |survey| survey.decide(context.day_order))
}
