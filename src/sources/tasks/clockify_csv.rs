//! Clockify: the detailed report as CSV.

use super::ImportError;
use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Person, Whose};
use super::input::Input;
use super::sheet::{self, Got, Rows};
use super::table::{Row, Table};
use super::time_sheet::Stretch;

/// Time entries; which columns there are is chosen in the report.
pub(super) const FORMAT: Format = Format {
    id: "clockify-csv",
    source: "clockify",
    label: "Clockify CSV",
    fits: |head| {
        let has = |other| head.has_columns(&["start date", "start time", "user", other]);
        has("duration (decimal)") || has("duration (h)") || has("group")
    },
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Clockify",
    steps: &[
        "Reports, Detailed, choose the dates and, under Team, yourself",
        "Export, Save as CSV",
        "$ inward import Clockify_Time_Report_Detailed_*.csv",
    ],
    yields: "time entries with start, end, duration, project, task, description and tags",
    cannot: "Dates are written as the workspace likes them: when no day is above 12, --dates dmy or --dates mdy says which. Clocks have no zone: --tz says which.",
};

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    const REQUIRED: &[&[&str]] = &[&["start date"], &["start time"], &["user"]];
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
            user: column(&["user"]),
            email: column(&["email"]),
            project: column(&["project"]),
            task: column(&["task", "activity"]),
            note: column(&["description"]),
            start: (column(&["start date"]), column(&["start time"])),
            end: (column(&["end date"]), column(&["end time"])),
            length: column(&["duration (h)", "duration (decimal)"]),
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
            source: "clockify",
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
        let person = Person::from_cell(row.get(columns.user)).address(row.get(columns.email));
        Ok(Got::Entry(Whose::People(vec![person]), Box::new(entry)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::dates::DayOrder;
    use super::super::testing::{ordered, read, read_with};
    use super::*;
    use crate::model::task::When;

    fn file(date: &str) -> String {
        format!(
            "\"Project\",\"Description\",\"Activity\",\"User\",\"Group\",\"Email\",\"Tags\",\"Start Date\",\"Start Time\",\
             \"End Date\",\"End Time\",\"Duration (h)\",\"Duration (decimal)\"\n\
             \"App\",\"x\",\"ING-7\",\"Ada\",\"\",\"a@x.org\",\"\",\"03/04/2024\",\"10:23 AM\",\"03/04/2024\",\"11:23:01 AM\",\"01:00:01\",\"1.00\"\n\
             \"App\",\"x\",\"\",\"Ada\",\"\",\"a@x.org\",\"\",\"{date}\",\"10:23 PM\",\"{date}\",\"10:23 PM\",\"00:00:00\",\"0\"\n"
        )
    }

    #[test]
    fn the_whole_file_decides_what_is_the_day_or_asks() {
        let day = |seen: &super::super::testing::Seen| {
            let entry = seen.items[0].entry().unwrap();
            entry.entry.start.day().unwrap().to_string()
        };
        assert_eq!(
            day(&read(&FORMAT, file("03/14/2024"), "c.csv").unwrap()),
            "2024-03-04"
        );
        assert_eq!(
            day(&read(&FORMAT, file("14/04/2024"), "c.csv").unwrap()),
            "2024-04-03"
        );
        let error = read(&FORMAT, file("03/05/2024"), "c.csv").unwrap_err();
        assert!(
            matches!(error, ImportError::DayOrder { line: 2, .. }),
            "{error}"
        );
        let input = Input::from_bytes(file("03/05/2024"), "c.csv").unwrap();
        let seen = read_with(&FORMAT, &input, &ordered(DayOrder::Dmy)).unwrap();
        assert_eq!((day(&seen), seen.items.len()), ("2024-04-03".to_owned(), 2));
    }

    #[test]
    fn a_report_without_durations_is_told_by_its_ends() {
        let text = "\"Project\",\"Description\",\"User\",\"Group\",\"Email\",\"Start Date\",\"Start Time\",\"End Date\",\"End Time\",\"Client\"\n\
            \"App\",\"x\",\"Ada\",\"\",\"a@x.org\",\"13/04/2024\",\"10:00 AM\",\"13/04/2024\",\"11:30:00 AM\"\n\
            \"App\",\"x\",\"Ada\",\"\",\"a@x.org\",\"13/13/2024\",\"10:00 AM\",\"13/04/2024\",\"11:30:00 AM\"\n";
        let seen = read(&FORMAT, text, "c.csv").unwrap();
        let entry = seen.items[0].entry().unwrap();
        assert_eq!(entry.entry.seconds, Some(5_400));
        assert!(matches!(entry.entry.start, When::Wall(_)));
        assert_eq!(seen.rejected[0].reason.as_str(), "a date that is none");
    }
}
