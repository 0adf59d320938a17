//! Linear: CSV of a workspace, team or view.

use chrono::NaiveDate;

use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::sheet::{self, Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Estimate, TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// Issues as Linear exports them, with 30 columns or more.
pub(super) const FORMAT: Format = Format {
    id: "linear-csv",
    source: "linear",
    label: "Linear CSV",
    fits: |head| head.has_columns(&["id", "team", "title", "canceled", "cycle number"]),
    read,
    caps: &[
        (
            250,
            "Linear cuts the CSV of a view at 250 issues for members who are no admins: export smaller views",
        ),
        (
            2_000,
            "Linear cuts the CSV of a view at 2,000 issues: export the workspace from Settings instead",
        ),
    ],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Linear",
    steps: &[
        "As an admin: Settings, Administration, Import/Export, Export data as CSV; the file comes by mail",
        "Otherwise: open My issues or a view, then the command menu (Ctrl+K or Cmd+K), Export issues as CSV",
        "$ inward import linear.csv",
    ],
    yields: "issues with the dates of creation, start, completion and cancellation, so cycle time is known; points, labels, parent and project",
    cannot: "The CSV holds no moves between states: time in review and reopened issues stay unknown.",
};

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    const REQUIRED: &[&[&str]] = &[&["id"], &["title"], &["canceled"]];
    sheet::read(input, context, out, REQUIRED, |table| Issues {
        columns: Columns::of(table),
    })
}

struct Columns {
    id: Option<usize>,
    uuid: Option<usize>,
    title: Option<usize>,
    status: Option<usize>,
    estimate: Option<usize>,
    project: Option<usize>,
    team: Option<usize>,
    assignee: Option<usize>,
    labels: Option<usize>,
    created: Option<usize>,
    updated: Option<usize>,
    started: Option<usize>,
    completed: Option<usize>,
    canceled: Option<usize>,
    due: Option<usize>,
    parent: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let column = |name| table.column(&[name]);
        Self {
            id: column("id"),
            uuid: column("uuid"),
            title: column("title"),
            status: column("status"),
            estimate: column("estimate"),
            project: column("project"),
            team: column("team"),
            assignee: column("assignee"),
            labels: column("labels"),
            created: column("created"),
            updated: column("updated"),
            started: column("started"),
            completed: column("completed"),
            canceled: column("canceled"),
            due: column("due date"),
            parent: column("parent issue"),
        }
    }
}

struct Issues {
    columns: Columns,
}

impl Rows for Issues {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let columns = &self.columns;
        let key = row.get(columns.id);
        if key.is_empty() {
            return Err("no ID".to_owned());
        }
        let line = row.line;
        let title = row.get(columns.title);
        let project = Some(row.get(columns.project)).filter(|name| !name.is_empty());
        let completed = cells.past("Completed", line, row.get(columns.completed));
        let canceled = cells.past("Canceled", line, row.get(columns.canceled));
        let uuid = row.get(columns.uuid);
        let uuid = (!uuid.is_empty()).then(|| format!("linear:{}", uuid.to_lowercase()));
        let assignee = Person::from_cell(row.get(columns.assignee));
        let task = TaskFacts {
            source: Clean::label(b"linear"),
            key: Clean::label(key.as_bytes()),
            aliases: uuid.into_iter().chain([format!("linear:{key}")]).collect(),
            kind: TaskKind::Task,
            // A leading `'` keeps spreadsheets from reading a formula.
            title: Clean::label(title.strip_prefix('\'').unwrap_or(title).as_bytes()),
            project: words::label(project.unwrap_or_else(|| row.get(columns.team))),
            status: status(row.get(columns.status), completed, canceled),
            updated: cells.past("Updated", line, row.get(columns.updated)),
            created: cells.past("Created", line, row.get(columns.created)),
            started: cells.past("Started", line, row.get(columns.started)),
            done: canceled.or(completed),
            due: due(cells, line, row.get(columns.due)),
            estimate: words::points(row.get(columns.estimate)).map(Estimate::Points),
            tags: words::labels(row.get(columns.labels), ','),
            parent: words::label(row.get(columns.parent)),
            ..TaskFacts::default()
        };
        let people = [assignee].into_iter().filter(|one| !one.is_nobody());
        let found = Found::new(line, Whose::People(people.collect()), task);
        Ok(Got::Task(Box::new(found)))
    }
}

/// Linear clears the date of completion or cancellation when an issue is reopened: where one
/// stands, it decides.
fn status(word: &str, completed: Option<When>, canceled: Option<When>) -> Status {
    let status = Status::word(word);
    match (canceled, completed) {
        (Some(_), _) => status.fixed(Stage::Cancelled),
        (None, Some(_)) => status.fixed(Stage::Done),
        (None, None) => status,
    }
}

/// A due date is a day. With a clock it is that day's midnight where the exporter sat, told in
/// UTC: 23:00 is the next day in London, 07:00 the same day in San Francisco. Thirteen hours on,
/// every midnight from Hawaii to New Zealand lies within its own day.
fn due(cells: &mut Cells, line: u64, text: &str) -> Option<When> {
    match cells.when("Due Date", line, text)? {
        When::At(at) => {
            let local = at.utc.checked_add(13 * 3_600)?;
            let day = i32::try_from(local.div_euclid(86_400)).ok()?;
            NaiveDate::from_epoch_days(day).map(When::Day)
        }
        when => when.day().map(When::Day),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::StageWords;

    const HEADER: &str = "ID,Team,Title,Status,Estimate,Project,Assignee,Labels,Cycle Number,\
        Created,Updated,Started,Completed,Canceled,Due Date,Parent issue,UUID";

    fn rows(lines: &str) -> Vec<Found> {
        let seen = read(&FORMAT, format!("{HEADER}\n{lines}\n"), "linear.csv").unwrap();
        seen.tasks().into_iter().cloned().collect()
    }

    fn utc(when: Option<When>) -> Option<i64> {
        when.and_then(When::moment).map(|at| at.utc)
    }

    #[test]
    fn both_shapes_of_dates_are_the_same_instant() {
        let found = rows(
            "E-1,Eng,a,Done,3,Auth,ada@example.org,\"x, y\",,2024-05-14T08:53:33.120Z,,Tue May 14 2024 10:53:33 GMT+0200 (CEST),Tue May 14 2024 08:53:33 GMT+0000 (GMT+00:00),,,E-0,U-1",
        );
        let task = &found[0].task;
        assert_eq!(utc(task.created), Some(1_715_676_813));
        assert_eq!(
            (utc(task.started), utc(task.done)),
            (utc(task.created), utc(task.created))
        );
        assert_eq!(task.status.fixed, Some(Stage::Done));
        assert_eq!(task.estimate, Some(Estimate::Points(3_000)));
        assert_eq!(task.aliases, ["linear:u-1", "linear:E-1"]);
        assert_eq!(
            (task.tags.len(), task.parent.as_ref().map(Clean::as_str)),
            (2, Some("E-0"))
        );
        let ada = Person::default().address("ada@example.org");
        assert_eq!(found[0].whose, Whose::People(vec![ada]));
    }

    #[test]
    fn a_due_date_at_local_midnight_is_that_day() {
        let due = |text: &str| {
            let found = rows(&format!("E-1,Eng,a,Todo,,,,,,,,,,,{text},,"));
            found[0]
                .task
                .due
                .and_then(When::day)
                .map(|day| day.to_string())
        };
        for text in [
            "2026-06-26",
            "Thu Jun 25 2026 23:00:00 GMT+0000 (GMT)",
            "Fri Jun 26 2026 07:00:00 GMT+0000 (GMT)",
            "Thu Jun 25 2026 11:00:00 GMT+0000 (GMT)",
            "Fri Jun 26 2026 10:00:00 GMT+0000 (GMT)",
            "2026-06-26T00:00:00.000Z",
        ] {
            assert_eq!(due(text).as_deref(), Some("2026-06-26"), "{text}");
        }
    }

    #[test]
    fn short_rows_a_second_header_guards_and_cancelled_ones() {
        let found = rows(&format!(
            "E-1,Eng,'=SUM(),Canceled,,,,,,,,,,2026-01-05T16:00:00.000Z\n{HEADER}\nE-2,Eng,b,Duplicate"
        ));
        let words = StageWords::default();
        let stages: Vec<_> = found
            .iter()
            .map(|one| words.stage(&one.task.status))
            .collect();
        assert_eq!(stages, [Some(Stage::Cancelled); 2]);
        assert_eq!(found[0].task.title.as_str(), "=SUM()");
        assert!(found[0].task.done.is_some() && found[1].task.done.is_none());
        assert_eq!(found[1].whose, Whose::People(Vec::new()));
    }
}
