//! Toggl Track: the detailed report as CSV.

use super::ImportError;
use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Person, Whose};
use super::input::Input;
use super::sheet::{self, Got, Rows};
use super::table::{Row, Table};
use super::time_sheet::Stretch;

/// Time entries as the detailed report and the export of a workspace's entries hold them.
pub(super) const FORMAT: Format = Format {
    id: "toggl-csv",
    source: "toggl",
    label: "Toggl CSV",
    fits: |head| {
        let has = |stop| {
            head.has_columns(&["start date", "start time", stop, "duration", "description"])
                && !head.has_columns(&["group", "billable"])
        };
        has("end date") || has("stop date")
    },
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Toggl Track",
    steps: &[
        "Reports, Detailed, choose the dates (at most a year) and yourself",
        "Export (the arrow), Download CSV; one file for each year",
        "$ inward import Toggl_time_entries_*.csv",
    ],
    yields: "time entries with start, end, duration, project, description and tags",
    cannot: "Clocks are those of your Toggl profile, without a zone: --tz says which. Entries have no id, so an entry whose start you change counts as a new one.",
};

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    const REQUIRED: &[&[&str]] = &[&["start date"], &["start time"], &["duration"]];
    sheet::read(input, context, out, REQUIRED, |table| Entries {
        columns: Columns::of(table),
    })
}

struct Columns {
    user: Option<usize>,
    email: Option<usize>,
    project: Option<usize>,
    task: Option<usize>,
    note: Option<usize>,
    start: (Option<usize>, Option<usize>),
    end: (Option<usize>, Option<usize>),
    length: Option<usize>,
    tags: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let column = |names: &[&str]| table.column(names);
        Self {
            user: column(&["user", "member"]),
            email: column(&["email"]),
            project: column(&["project"]),
            task: column(&["task"]),
            note: column(&["description"]),
            start: (column(&["start date"]), column(&["start time"])),
            end: (
                column(&["end date", "stop date"]),
                column(&["end time", "stop time"]),
            ),
            length: column(&["duration"]),
            tags: column(&["tags"]),
        }
    }
}

struct Entries {
    columns: Columns,
}

impl Rows for Entries {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let columns = &self.columns;
        let stretch = Stretch {
            source: "toggl",
            line: row.line,
            start: (row.get(columns.start.0), row.get(columns.start.1)),
            end: (row.get(columns.end.0), row.get(columns.end.1)),
            length: row.get(columns.length),
            note: row.get(columns.note),
            project: row.get(columns.project),
            task: row.get(columns.task),
            tags: row.get(columns.tags),
        };
        let entry = stretch.entry(cells)?;
        // Somebody's own export can be without both columns.
        let whose = if columns.user.or(columns.email).is_none() {
            Whose::Mine
        } else {
            let person = Person::from_cell(row.get(columns.user)).address(row.get(columns.email));
            Whose::People(vec![person])
        };
        Ok(Got::Entry(whose, Box::new(entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Seen, read};
    use super::*;
    use crate::model::task::{LooseEntry, When};
    use crate::model::text::Clean;

    const HEADER: &str = "\u{feff}User,Email,Client,Project,Task,Description,Billable,Start date,Start time,\
        End date,End time,Duration,Tags,Amount (EUR)";

    fn seen(rows: &str) -> Seen {
        read(&FORMAT, format!("{HEADER}\n{rows}\n"), "Toggl.csv").unwrap()
    }

    #[test]
    fn an_entry_is_a_stretch_of_the_wall_clock() {
        let seen = seen(
            "Ada,ada@example.org,,App,Task 1,ING-7 parser,No,2026-03-28,23:30:00,2026-03-29,03:30:00,03:00:00,\"a, b\",",
        );
        let entries: Vec<&LooseEntry> = seen.items.iter().filter_map(|item| item.entry()).collect();
        let entry = entries[0];
        assert_eq!(entry.task.as_ref().map(Clean::as_str), Some("ING-7"));
        assert_eq!(entry.entry.seconds, Some(10_800), "the clock went forward");
        let ends = entry.entry.end.map(When::order).unwrap() - entry.entry.start.order();
        assert_eq!((ends, entry.tags.len()), (10_800, 2));
        let super::super::found::Item::Entry { whose, .. } = &seen.items[0] else {
            panic!("an entry");
        };
        let ada = Person::with_name("Ada").address("ada@example.org");
        assert_eq!(whose, &Whose::People(vec![ada]));
    }

    #[test]
    fn an_end_whose_day_and_month_nothing_tells_apart_is_asked_for_and_never_waited_on() {
        let row = |end: &str| {
            let row = format!("Ada,a@x.org,,,,x,No,2026-01-02,10:00:00,{end},10:20:00,,,");
            read(&FORMAT, format!("{HEADER}\n{row}\n"), "Toggl.csv")
        };
        let unclear = row("02/01/2026");
        assert!(matches!(
            unclear,
            Err(ImportError::DayOrder { line: 2, .. })
        ));
        let told = row("13/01/2026").unwrap();
        let entry = told.items[0].entry().unwrap();
        assert_eq!(entry.entry.seconds, Some(11 * 86_400 + 1_200));
    }

    #[test]
    fn rows_that_are_no_stretch_are_listed() {
        let seen = seen(
            "Ada,a@x.org,,,,x,No,,,,,01:00:00,,\n\
             Ada,a@x.org,,,,x,No,2026-01-02,10:00:00,2026-01-01,10:00:00,,,\n\
             Ada,a@x.org,,,,x,No,2026-01-02,10:00:00,,,soon,,\n\
             Ada,a@x.org,,,,x,No,2026-01-02,10:00:00,2026-01-02,10:20:00,,,",
        );
        let reasons: Vec<_> = seen
            .rejected
            .iter()
            .map(|one| (one.line, one.reason.as_str()))
            .collect();
        assert_eq!(
            reasons,
            [
                (2, "no date"),
                (3, "it ends before it starts"),
                (4, "a duration that is none")
            ]
        );
        let entry = seen.items[0].entry().unwrap();
        assert_eq!(entry.entry.seconds, Some(1_200), "told by its ends");
    }
}
