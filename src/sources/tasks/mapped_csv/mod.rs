//! Any table, read with the owner's mapping file.

use super::ImportError;
use super::format::{Context, Format, How, Out};
use super::found::{Person, Whose};
use super::input::Input;
use super::mapping::{Mapping, RowKind};
use super::sheet;
use super::table::{Row, Table};
use super::words;
use crate::model::text::Clean;
use tasks::Tasks;
use times::Times;

mod tasks;
mod times;

/// Never detected: only a mapping says what its columns are.
pub(super) const FORMAT: Format = Format {
    id: "csv",
    source: "csv",
    label: "CSV with a mapping",
    fits: |_| false,
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Any other table",
    steps: &[
        "Save the sheet as CSV (UTF-8), with a header row",
        "$ inward import --map-template table.csv > table.toml",
        "Look the file over: it says which column is what, and which status word means which stage",
        "Below [task] can be named: title, key, status, assignee, created, updated, started, done, due, estimate (with its unit), tags (with their separator), kind, project, parent",
        "Below [time] can be named: start, start_clock, end, end_clock, duration (with its unit), person, note, project, task, tags (with their separator)",
        "$ inward import --map table.toml table.csv",
    ],
    yields: "whatever the table has columns for: tasks with dates, status and estimate, or time entries",
    cannot: "A table without dates of start and completion gives no cycle time. Without a column that names a task for good, a changed title is a new task.",
};

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let Some(mapping) = context.mapping else {
        return Err(ImportError::Refused(
            "needs a mapping: --map-template FILE drafts one, --map FILE uses it".to_owned(),
        ));
    };
    let context = Context {
        zone: mapping.zone.unwrap_or(context.zone),
        day_order: context.day_order.or(mapping.order),
        ..context.clone()
    };
    let names = mapping.columns();
    let groups: Vec<[&str; 1]> = names.into_iter().map(|name| [name]).collect();
    let required: Vec<&[&str]> = groups.iter().map(<[&str; 1]>::as_slice).collect();
    match &mapping.rows {
        RowKind::Task(columns) => sheet::read(input, &context, out, &required, |table| {
            Tasks::new(mapping, columns, table)
        }),
        RowKind::Time(columns) => sheet::read(input, &context, out, &required, |table| {
            Times::new(mapping, columns, table)
        }),
    }
}

fn column(table: &Table<'_>, name: Option<&String>) -> Option<usize> {
    name.and_then(|name| table.column(&[name]))
}

fn columns(table: &Table<'_>, names: &[String]) -> Vec<usize> {
    names
        .iter()
        .flat_map(|name| table.columns(&[name]))
        .collect()
}

/// The people in these cells; a cell may name several.
fn whose(mapping: &Mapping, row: Row<'_>, people: &[usize]) -> Whose {
    if mapping.mine {
        return Whose::Mine;
    }
    let named = row.all(people).flat_map(|cell| cell.split([';', '\n']));
    let people = named.map(Person::from_cell).filter(|one| !one.is_nobody());
    Whose::People(people.collect())
}

fn tags(row: Row<'_>, columns: &[usize], separator: &str) -> Vec<Clean> {
    let parts = row.all(columns).flat_map(|cell| cell.split(separator));
    parts.filter_map(words::label).collect()
}

#[cfg(test)]
mod tests;
