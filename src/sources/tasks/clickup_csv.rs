//! `ClickUp`: tasks saved as CSV. Times are epoch milliseconds, nothing is the word `null`, lists
//! stand in brackets, and the capitals of the header changed over the years.

use super::cells::Cells;
use super::dates::Dates;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::sheet::{Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, sheet, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Estimate, TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// The tasks of a workspace or a list.
pub(super) const FORMAT: Format = Format {
    id: "clickup-csv",
    source: "clickup",
    label: "ClickUp CSV",
    fits: |head| {
        let with = |other| head.has_columns(&["task id", "task name", other]);
        with("space name") || with("list name") || with("time estimated")
    },
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "ClickUp",
    steps: &[
        "As an admin or owner: Settings: Import/Export: Export, the whole workspace, as CSV.",
        "As a member: open a List or Table view, show closed tasks and the columns Date Closed, Date Done and Date Updated, then the view's menu: Export view: CSV, all columns.",
        "On the Free Forever and Unlimited plans five views can be exported in all.",
    ],
    yields: "when a task was created, its status, assignees, due date, time estimated and time spent; with Date Closed or Date Done when it was finished",
    cannot: "It does not tell when work began or when the status changed: import an export every week, and moves are seen between two of them. Time spent is one sum.",
};

struct Columns {
    id: Option<usize>,
    custom: Option<usize>,
    name: Option<usize>,
    kind: Option<usize>,
    status: Option<usize>,
    created: Option<usize>,
    updated: Option<usize>,
    closed: Option<usize>,
    due: Option<usize>,
    parent: Option<usize>,
    assignees: Option<usize>,
    tags: Option<usize>,
    list: Option<usize>,
    estimate: Option<usize>,
    points: Option<usize>,
    spent: Option<usize>,
    /// How epochs are shown.
    dates: Dates,
}

impl Columns {
    fn of(table: &Table<'_>, dates: Dates) -> Self {
        let one = |name| table.column(&[name]);
        Self {
            id: one("task id"),
            custom: one("task custom id"),
            name: one("task name"),
            kind: one("task type"),
            status: one("status"),
            created: one("date created"),
            updated: table.column(&["date updated", "last updated"]),
            closed: table.column(&["date done", "date closed"]),
            due: one("due date"),
            parent: one("parent id"),
            assignees: table.column(&["assignees", "assignee"]),
            tags: one("tags"),
            list: table.column(&["list name", "folder name/path", "space name"]),
            estimate: one("time estimated"),
            points: table.column(&["sprint points", "points"]),
            spent: one("time spent"),
            dates,
        }
    }
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let required: &[&[&str]] = &[&["task id"], &["task name"]];
    let dates = Dates::new(context.zone);
    sheet::read(input, context, out, required, |table| {
        Columns::of(table, dates)
    })
}

impl Rows for Columns {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        Ok(Got::Task(Box::new(self.found(&row, cells)?)))
    }

    fn warn(&self, out: &mut Out<'_>) {
        if self.closed.is_none() {
            out.warn("no column Date Closed: when tasks were finished is not known; show it in the view before exporting");
        }
    }
}

impl Columns {
    fn found(&self, row: &Row<'_>, cells: &mut Cells) -> Result<Found, &'static str> {
        let text = |column| {
            let cell = row.get(column);
            if cell == "null" { "" } else { cell }
        };
        let id = text(self.id);
        if id.is_empty() {
            return Err("no task id");
        }
        let mut at = |name, column| self.when(name, row.line, text(column), cells);
        let done = at("Date Closed", self.closed);
        let word = text(self.status);
        let status = match done {
            None => Status::word(word),
            Some(_) if words::gave_up(word) => Status::word(word).fixed(Stage::Cancelled),
            Some(_) => Status::word(word).fixed(Stage::Done),
        };
        let custom = text(self.custom);
        let parent = words::label(text(self.parent));
        let kind = match words::kind(text(self.kind)) {
            TaskKind::Task if parent.is_some() => TaskKind::Subtask,
            kind => kind,
        };
        let points = words::points(text(self.points)).map(Estimate::Points);
        let task = TaskFacts {
            source: Clean::label(b"clickup"),
            key: Clean::label(if custom.is_empty() { id } else { custom }.as_bytes()),
            aliases: vec![format!("clickup:{id}")],
            kind,
            title: Clean::label(text(self.name).as_bytes()),
            project: words::label(text(self.list)),
            status,
            updated: at("Date Updated", self.updated),
            created: at("Date Created", self.created),
            done,
            due: at("Due Date", self.due),
            estimate: seconds(text(self.estimate))
                .map(Estimate::Seconds)
                .or(points),
            spent: seconds(text(self.spent)),
            tags: items(text(self.tags)).filter_map(words::label).collect(),
            parent,
            ..TaskFacts::default()
        };
        let people = items(text(self.assignees)).map(Person::from_cell);
        let people = people.filter(|one| !one.is_nobody()).collect();
        Ok(Found::new(row.line, Whose::People(people), task))
    }

    /// Epoch milliseconds; an export of a view may hold a date as text.
    fn when(&self, name: &'static str, line: u64, text: &str, cells: &mut Cells) -> Option<When> {
        match text.parse::<i64>() {
            Ok(milliseconds) if text.len() > 8 => {
                let when = self.dates.epoch(milliseconds.div_euclid(1_000));
                if when.is_none() {
                    cells.bad.note(name, line);
                }
                when
            }
            _ => cells.when(name, line, text),
        }
    }
}

/// Milliseconds in seconds; none of no time.
fn seconds(text: &str) -> Option<i64> {
    let milliseconds: i64 = text.parse().ok()?;
    (milliseconds > 0).then_some(milliseconds / 1_000)
}

/// The parts of `[a, b]`.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
    inner
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::StageWords;

    const EXPORT: &str = "Task ID,Task Custom ID,Task Name,Task Content,Status,Date Created,Date Created Text,Due Date,Date Closed,Parent ID,Assignees,Tags,List Name,Space Name,Time Estimated,Time Spent
86a1,null,Land,hush,complete,1772442000123,\"3/2/2026, 9:00:00 AM GMT+0\",1772928000000,1772809200000,null,[Ada L],\"[a,b]\",Design,Moon,14400000,5400000
86a2,MO-7,Orbit,,in review,1772442000123,,null,null,86a1,\"[Ada L, Cem]\",[],Design,Moon,null,0
86a3,,Again,,cancelled,1772442000123,,,1772809200000,null,[],null,Design,Moon,null,null
null,,Lost,,open,,,,,,,,,,,
";

    #[test]
    fn milliseconds_nulls_and_bracketed_lists() {
        let seen = read(&FORMAT, EXPORT, "export.csv").unwrap();
        let tasks = seen.tasks();
        assert_eq!((tasks.len(), seen.rejected.len()), (3, 1));
        let one = &tasks[0].task;
        assert_eq!(one.created.map(When::order), Some(1_772_442_000));
        assert_eq!(
            (one.estimate, one.spent),
            (Some(Estimate::Seconds(14_400)), Some(5_400))
        );
        assert_eq!((one.tags.len(), one.parent.is_some()), (2, false));
        let two = &tasks[1].task;
        assert_eq!(
            (two.key.as_str(), two.kind, two.spent),
            ("MO-7", TaskKind::Subtask, None)
        );
        assert_eq!(two.aliases, ["clickup:86a2"]);
        assert!(matches!(&tasks[1].whose, Whose::People(people) if people.len() == 2));
        let words = StageWords::default();
        let stages: Vec<_> = tasks
            .iter()
            .map(|one| words.stage(&one.task.status))
            .collect();
        assert_eq!(
            stages,
            [
                Some(Stage::Done),
                Some(Stage::InReview),
                Some(Stage::Cancelled)
            ]
        );
        assert!(seen.warnings.is_empty(), "{:?}", seen.warnings);
    }

    #[test]
    fn without_the_column_it_is_said_that_the_end_is_not_known() {
        let text = EXPORT.replace("Date Closed", "Other");
        let seen = read(&FORMAT, text, "export.csv").unwrap();
        assert!(seen.tasks()[0].task.done.is_none());
        assert!(seen.warnings[0].contains("Date Closed"));
    }
}
