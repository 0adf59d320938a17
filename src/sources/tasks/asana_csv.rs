//! Asana: a project saved as CSV. Days only, and the parent by its name.

use std::collections::HashMap;

use super::cells::Cells;
use super::format::{Context, Format, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::sheet::{Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, open, sheet, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Estimate, TaskFacts, TaskKind};
use crate::model::text::Clean;

/// A project as `Export/Print: CSV` writes it.
pub(super) const FORMAT: Format = Format {
    id: "asana-csv",
    source: "asana",
    label: "Asana CSV",
    fits: |head| {
        head.has_columns(&["task id", "section/column", "name"])
            || head.has_columns(&["task id", "assignee email", "completed at"])
    },
    read,
    caps: &[(
        2_000,
        "Asana exports at most 2000 tasks of a project as CSV",
    )],
    how: None,
};

struct Columns {
    id: Option<usize>,
    created: Option<usize>,
    completed: Option<usize>,
    modified: Option<usize>,
    name: Option<usize>,
    section: Option<usize>,
    assignee: Option<usize>,
    address: Option<usize>,
    due: Option<usize>,
    tags: Option<usize>,
    projects: Option<usize>,
    parent: Option<usize>,
    points: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let one = |name| table.column(&[name]);
        Self {
            id: one("task id"),
            created: one("created at"),
            completed: one("completed at"),
            modified: one("last modified"),
            name: one("name"),
            section: one("section/column"),
            assignee: one("assignee"),
            address: one("assignee email"),
            due: one("due date"),
            tags: one("tags"),
            projects: one("projects"),
            parent: table.column(&["parent task"]),
            points: table.column(&["story points", "points"]),
        }
    }
}

const REQUIRED: &[&[&str]] = &[&["task id"], &["name"]];

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let ids = ids(input)?;
    sheet::read(input, context, out, REQUIRED, |table| Tasks {
        columns: Columns::of(table),
        ids: &ids,
    })
}

struct Tasks<'i> {
    columns: Columns,
    ids: &'i HashMap<String, Option<String>>,
}

impl Rows for Tasks<'_> {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let found = found(&row, &self.columns, self.ids, cells)?;
        Ok(Got::Task(Box::new(found)))
    }

    fn warn(&self, out: &mut Out<'_>) {
        if self.columns.completed.is_none() {
            out.warn("no column Completed At: what is done and when is not known");
        }
    }
}

/// The ids by name; `None` for a name that several tasks have.
fn ids(input: &Input) -> Result<HashMap<String, Option<String>>, ImportError> {
    let mut table = input.table(REQUIRED)?;
    let columns = Columns::of(&table);
    let mut ids = HashMap::new();
    if columns.parent.is_none() {
        return Ok(ids);
    }
    while let Some(row) = table.next()? {
        let id = row.get(columns.id).to_owned();
        ids.entry(row.get(columns.name).to_owned())
            .and_modify(|known| *known = None)
            .or_insert(Some(id));
    }
    Ok(ids)
}

fn found(
    row: &Row<'_>,
    columns: &Columns,
    ids: &HashMap<String, Option<String>>,
    cells: &mut Cells,
) -> Result<Found, &'static str> {
    let id = row.get(columns.id);
    if id.is_empty() {
        return Err("no task id");
    }
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err("the task id was rounded by a spreadsheet: import the file as Asana wrote it");
    }
    let mut when = |name, column| cells.past(name, row.line, row.get(column));
    let completed = row.get(columns.completed);
    let parent = row.get(columns.parent);
    // A parent that is known by its title alone may be somebody else's: its title is not kept.
    let key = ids
        .get(parent)
        .and_then(Option::as_deref)
        .unwrap_or_default();
    let task = TaskFacts {
        source: Clean::label(b"asana"),
        key: Clean::label(id.as_bytes()),
        aliases: vec![format!("asana:{id}")],
        kind: if parent.is_empty() {
            TaskKind::Task
        } else {
            TaskKind::Subtask
        },
        title: Clean::label(row.get(columns.name).as_bytes()),
        project: row.get(columns.projects).split(',').find_map(words::label),
        status: status(row.get(columns.section), !completed.is_empty()),
        updated: when("Last Modified", columns.modified),
        created: when("Created At", columns.created),
        done: when("Completed At", columns.completed),
        due: cells.when("Due Date", row.line, row.get(columns.due)),
        estimate: words::points(row.get(columns.points)).map(Estimate::Points),
        tags: words::labels(row.get(columns.tags), ','),
        parent: words::label(key),
        ..TaskFacts::default()
    };
    let person = Person::from_cell(row.get(columns.assignee)).address(row.get(columns.address));
    let people = Some(person).filter(|person| !person.is_nobody());
    Ok(Found::new(
        row.line,
        Whose::People(people.into_iter().collect()),
        task,
    ))
}

/// Done if and only if completed; a section's name refines what is open.
pub(super) fn status(section: &str, completed: bool) -> Status {
    let lower = section.to_lowercase();
    let unnamed = ["untitled section", "(no section)", "no section"].contains(&lower.as_str());
    let section = if unnamed { "" } else { section };
    if completed {
        return Status::word(section).fixed(Stage::Done);
    }
    open::status(section)
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::StageWords;
    use crate::model::task::When;

    const EXPORT: &str = "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,Projects,Parent task,Story points
1207000000000011,2026-03-02,2026-03-06,2026-03-06,Plan it,Review,Ada L,ada@example.org,2026-03-03,2026-03-09,\"a,b\",\"two
lines\",Moon,,3
1207000000000012,2026-03-02,,2026-03-07,Do it,Done,Ada L,ada@example.org,,2026-03-xx,,,Moon,Plan it,
1207000000000013,2026-03-03,,2026-03-03,Plan it twice,Doing,,,,,,,Moon,Gone,
1.207E+15,2026-03-03,,2026-03-03,Rounded,Doing,,,,,,,Moon,,
,2026-03-03,,2026-03-03,No id,Doing,,,,,,,Moon,,
";

    #[test]
    fn days_sections_people_and_parents_by_name() {
        let seen = read(&FORMAT, EXPORT, "Moon.csv").unwrap();
        let tasks = seen.tasks();
        assert_eq!((tasks.len(), seen.rejected.len()), (3, 2));
        let stage = |at: usize| StageWords::default().stage(&tasks[at].task.status);
        // Only a completed task is done, whatever its section is called.
        assert_eq!(
            [stage(0), stage(1), stage(2)],
            [
                Some(Stage::Done),
                Some(Stage::Todo),
                Some(Stage::InProgress)
            ]
        );
        let one = &tasks[0].task;
        assert!(matches!(one.done, Some(When::Day(_))) && one.started.is_none());
        assert_eq!(
            (one.tags.len(), one.estimate),
            (2, Some(Estimate::Points(3_000)))
        );
        let parent = |at: usize| tasks[at].task.parent.as_ref().map(Clean::as_str);
        assert_eq!(parent(1), Some("1207000000000011"));
        assert_eq!(parent(2), None, "a title may be somebody else's");
        assert_eq!(tasks[2].whose, Whose::People(Vec::new()));
        assert_eq!(tasks[1].line, 4);
        assert_eq!(seen.warnings.len(), 1, "{:?}", seen.warnings);
    }

    #[test]
    fn rows_above_the_header_are_passed_over() {
        let sheet = format!("Moon\nSynced today\n\n{EXPORT}");
        assert_eq!(read(&FORMAT, sheet, "x.csv").unwrap().tasks().len(), 3);
    }
}
