//! Harvest: the detailed time report as CSV.

use super::ImportError;
use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Person, Whose};
use super::input::Input;
use super::sheet::{self, Got, Rows};
use super::table::{Row, Table};
use super::time_sheet::{Stretch, hours};

/// Hours by day; there are no clocks.
pub(super) const FORMAT: Format = Format {
    id: "harvest-csv",
    source: "harvest",
    label: "Harvest CSV",
    fits: |head| head.has_columns(&["date", "hours", "project code", "first name"]),
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Harvest",
    steps: &[
        "Reports, Detailed time, choose the dates and yourself, Run report",
        "Export, CSV",
        "$ inward import harvest_time_report_*.csv",
    ],
    yields: "hours by day with project, task and notes",
    cannot: "The report has no clock times: hours of the day stay unknown.",
};

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    const REQUIRED: &[&[&str]] = &[&["date"], &["hours"], &["first name"]];
    sheet::read(input, context, out, REQUIRED, |table| Entries {
        columns: Columns::of(table),
    })
}

struct Columns {
    date: Option<usize>,
    hours: Option<usize>,
    project: Option<usize>,
    task: Option<usize>,
    notes: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let column = |name| table.column(&[name]);
        Self {
            date: column("date"),
            hours: column("hours"),
            project: column("project"),
            task: column("task"),
            notes: column("notes"),
            first: column("first name"),
            last: column("last name"),
        }
    }
}

struct Entries {
    columns: Columns,
}

impl Rows for Entries {
    /// What Harvest calls a task is a kind of work, such as Programming: a label here.
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let columns = &self.columns;
        let stretch = Stretch {
            source: "harvest",
            line: row.line,
            start: (row.get(columns.date), ""),
            note: row.get(columns.notes),
            project: row.get(columns.project),
            ..Stretch::default()
        };
        let mut entry = stretch.entry(cells)?;
        let seconds = hours(row.get(columns.hours)).ok_or("no number of hours")?;
        entry.entry.seconds = Some(seconds);
        entry.tags = super::words::label(row.get(columns.task))
            .into_iter()
            .collect();
        let name = format!("{} {}", row.get(columns.first), row.get(columns.last));
        let whose = Whose::People(vec![Person::with_name(&name)]);
        Ok(Got::Entry(whose, Box::new(entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::task::When;

    #[test]
    fn hours_of_a_day_with_a_decimal_comma() {
        let text = "Date,Client,Project,Project Code,Task,Notes,Hours,First Name,Last Name\n\
            2024-03-04,,App,,Programming,ING-7 parser,\"2,25\",Ada,L\n\
            2024-03-05,,App,,,x,\"1.000,5\",Ada,L\n2024-03-05,,App,,,x,,Ada,L\n";
        let seen = read(&FORMAT, text, "harvest.csv").unwrap();
        let first = seen.items[0].entry().unwrap();
        assert_eq!(first.entry.seconds, Some(8_100));
        assert!(matches!(first.entry.start, When::Day(_)) && first.entry.end.is_none());
        assert_eq!(first.task.as_ref().map(AsRef::as_ref), Some("ING-7"));
        assert_eq!(first.tags.len(), 1);
        assert_eq!(
            seen.items[1].entry().unwrap().entry.seconds,
            Some(3_601_800)
        );
        assert_eq!(seen.rejected[0].line, 4);
    }
}
