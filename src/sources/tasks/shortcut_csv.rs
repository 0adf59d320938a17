//! Shortcut: stories saved as CSV. Times are wall clocks, and each row says its own offset.

use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::sheet::{Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, open, sheet, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Estimate, TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// The stories of a workspace.
pub(super) const FORMAT: Format = Format {
    id: "shortcut-csv",
    source: "shortcut",
    label: "Shortcut CSV",
    fits: |head| head.has_columns(&["id", "is_completed", "utc_offset", "owners"]),
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Shortcut",
    steps: &[
        "In the workspace's settings choose Export and have the stories exported as CSV; when it comes by mail, save the file from there.",
        "A list of stories, filtered by you as the owner, can be exported as CSV too.",
    ],
    yields: "when a story was created, started and completed, its state, owners, estimate, labels and epic",
    cannot: "Moves between the other states are not in it: import an export every week, and they are seen between two of them.",
};

struct Columns {
    id: Option<usize>,
    name: Option<usize>,
    kind: Option<usize>,
    owners: Option<usize>,
    completed: Option<usize>,
    archived: Option<usize>,
    created_at: Option<usize>,
    started_at: Option<usize>,
    updated_at: Option<usize>,
    completed_at: Option<usize>,
    due: Option<usize>,
    estimate: Option<usize>,
    labels: Option<usize>,
    state: Option<usize>,
    epic: Option<usize>,
    project: Option<usize>,
    offset: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let one = |name| table.column(&[name]);
        Self {
            id: one("id"),
            name: one("name"),
            kind: one("type"),
            owners: one("owners"),
            completed: one("is_completed"),
            archived: one("is_archived"),
            created_at: one("created_at"),
            started_at: one("started_at"),
            updated_at: one("updated_at"),
            completed_at: one("completed_at"),
            due: one("due_date"),
            estimate: one("estimate"),
            labels: one("labels"),
            state: one("state"),
            epic: one("epic_id"),
            project: table.column(&["project", "team"]),
            offset: one("utc_offset"),
        }
    }
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let required: &[&[&str]] = &[&["id"], &["is_completed"], &["utc_offset"]];
    sheet::read(input, context, out, required, Columns::of)
}

impl Rows for Columns {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        Ok(Got::Task(Box::new(self.found(&row, cells)?)))
    }
}

impl Columns {
    fn found(&self, row: &Row<'_>, cells: &mut Cells) -> Result<Found, &'static str> {
        let id = row.get(self.id);
        if id.is_empty() {
            return Err("no id");
        }
        let completed = is_true(row.get(self.completed));
        let offset = row.get(self.offset);
        let mut at = |name, column| -> Option<When> {
            let clock = row.get(column);
            if clock.is_empty() || offset.is_empty() {
                return cells.past(name, row.line, clock);
            }
            cells.past(name, row.line, &format!("{clock} {offset}"))
        };
        let task = TaskFacts {
            source: Clean::label(b"shortcut"),
            key: Clean::label(format!("sc-{id}").as_bytes()),
            aliases: vec![format!("shortcut:{id}")],
            kind: kind(row.get(self.kind)),
            title: Clean::label(row.get(self.name).as_bytes()),
            project: words::label(row.get(self.project)),
            status: self.status(row),
            updated: at("updated_at", self.updated_at),
            created: at("created_at", self.created_at),
            started: at("started_at", self.started_at),
            done: at("completed_at", self.completed_at).filter(|_| completed),
            due: cells.day("due_date", row.line, row.get(self.due)),
            estimate: words::points(row.get(self.estimate)).map(Estimate::Points),
            tags: words::labels(row.get(self.labels), ';'),
            parent: words::label(row.get(self.epic)),
            ..TaskFacts::default()
        };
        let owners = row.get(self.owners).split(';');
        let owners = owners.map(Person::from_cell).filter(|one| !one.is_nobody());
        Ok(Found::new(row.line, Whose::People(owners.collect()), task))
    }

    /// A story that was put away unfinished is given up.
    fn status(&self, row: &Row<'_>) -> Status {
        let state = row.get(self.state);
        if is_true(row.get(self.completed)) {
            Status::word(state).fixed(Stage::Done)
        } else if is_true(row.get(self.archived)) {
            Status::word(state).fixed(Stage::Cancelled)
        } else {
            open::status(state)
        }
    }
}

fn kind(word: &str) -> TaskKind {
    match words::kind(word) {
        TaskKind::Task if word.eq_ignore_ascii_case("feature") => TaskKind::Story,
        kind => kind,
    }
}

fn is_true(cell: &str) -> bool {
    cell.eq_ignore_ascii_case("true")
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::StageWords;

    const EXPORT: &str = "id,name,type,requestor,owners,description,is_completed,created_at,started_at,updated_at,moved_at,completed_at,estimate,due_date,labels,state,epic_id,project,utc_offset,is_archived
31,Land,feature,bob@example.org,ada@example.org;cem@example.org,\"hush
hush\",TRUE,2026/03/02 09:00:00,2026/03/03 09:00:00,2026/03/06 15:00:00,2026/03/06 15:00:00,2026/03/06 15:00:00,3,,a;b,Completed,30,Moon,-05:00,FALSE
32,Orbit,bug,bob@example.org,,,FALSE,2026/03/02 09:00:00,,2026/03/06 15:00:00,,,,2026/03/31 00:00:00,,Ready for Review,,Moon,+05:30,FALSE
33,Dust,chore,bob@example.org,,,FALSE,2026/03/02 09:00:00,,,,,,,,Unscheduled,,Moon,,TRUE
,Lost,chore,,,,FALSE
";

    #[test]
    fn each_row_has_its_own_offset() {
        let seen = read(&FORMAT, EXPORT, "stories.csv").unwrap();
        let tasks = seen.tasks();
        assert_eq!((tasks.len(), seen.rejected.len()), (3, 1));
        let created: Vec<_> = tasks
            .iter()
            .filter_map(|one| one.task.created)
            .map(When::order)
            .collect();
        assert_eq!(created, [1_772_460_000, 1_772_422_200, 1_772_438_400]);
        let one = &tasks[0].task;
        assert_eq!(one.started.map(When::order), Some(1_772_546_400));
        assert_eq!((one.kind, one.tags.len()), (TaskKind::Story, 2));
        assert_eq!(one.estimate, Some(Estimate::Points(3_000)));
        assert!(matches!(tasks[1].task.due, Some(When::Day(_))));
        assert!(matches!(&tasks[0].whose, Whose::People(people) if people.len() == 2));
        assert!(!format!("{seen:?}").contains("hush"));
    }

    #[test]
    fn put_away_unfinished_is_given_up() {
        let seen = read(&FORMAT, EXPORT, "stories.csv").unwrap();
        let words = StageWords::default();
        let stages: Vec<_> = seen
            .tasks()
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
    }
}
