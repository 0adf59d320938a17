//! Azure DevOps: CSV of a query, flat or as a tree.

use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::sheet::{self, Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Estimate, TaskFacts};
use crate::model::text::Clean;

/// Work items as a query exports them: the columns are those that it shows.
pub(super) const FORMAT: Format = Format {
    id: "azure-devops-csv",
    source: "azure",
    label: "Azure DevOps CSV",
    fits: |head| {
        let title = |name| head.has_columns(&["id", "work item type", name]);
        title("title") || title("title 1")
    },
    read,
    caps: &[
        (
            20_000,
            "an Azure DevOps query returns at most 20,000 work items: narrow it by date",
        ),
        (
            10_000,
            "Azure DevOps exports at most 10,000 work items of a tree: narrow the query by date",
        ),
    ],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Azure DevOps",
    steps: &[
        "Boards, Queries, New query: Assigned To was ever @Me, all states",
        "Column options: add Created Date, Activated Date, Resolved Date, Closed Date, Changed Date, State Change Date, Story Points, Original Estimate, Completed Work, Area Path, Parent, Tags",
        "Run the query, then ⋮, Export to CSV",
        "$ inward import query.csv",
    ],
    yields: "work items with state, estimate, parent and the dates whose columns you added; Activated Date is when work began",
    cannot: "The CSV holds no moves between states: only the last activation and closing are known. Dates are in the language of your profile, without a zone.",
};

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    const REQUIRED: &[&[&str]] = &[&["id"], &["work item type"], &["title", "title 1"]];
    sheet::read(input, context, out, REQUIRED, |table| Items {
        columns: Columns::of(table),
        above: Vec::new(),
    })
}

struct Columns {
    id: Option<usize>,
    kind: Option<usize>,
    /// One column, or one for every depth of a tree.
    titles: Vec<usize>,
    assignee: Option<usize>,
    state: Option<usize>,
    tags: Option<usize>,
    project: Option<usize>,
    area: Option<usize>,
    created: Option<usize>,
    changed: Option<usize>,
    activated: Option<usize>,
    closed: Option<usize>,
    state_changed: Option<usize>,
    due: Option<usize>,
    points: Vec<usize>,
    estimate: Option<usize>,
    spent: Option<usize>,
    parent: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let column = |name| table.column(&[name]);
        Self {
            id: column("id"),
            kind: column("work item type"),
            titles: table.columns(&[
                "title", "title 1", "title 2", "title 3", "title 4", "title 5", "title 6",
                "title 7", "title 8", "title 9", "title 10",
            ]),
            assignee: column("assigned to"),
            state: column("state"),
            tags: column("tags"),
            project: column("team project"),
            area: table.column(&["area path", "iteration path"]),
            created: column("created date"),
            changed: column("changed date"),
            activated: column("activated date"),
            closed: column("closed date"),
            state_changed: column("state change date"),
            due: table.column(&["due date", "target date"]),
            points: table.columns(&["story points", "effort", "size"]),
            estimate: column("original estimate"),
            spent: column("completed work"),
            parent: column("parent"),
        }
    }
}

struct Items {
    columns: Columns,
    /// The items on the way from the root of the tree to the last row, each with its depth.
    above: Vec<(usize, String)>,
}

impl Rows for Items {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        let columns = &self.columns;
        let id = row.get(columns.id);
        if id.parse::<u64>().is_err() {
            return Err("no ID".to_owned());
        }
        let (depth, title) = self.title(row);
        let parent = words::label(row.get(columns.parent)).or_else(|| self.parent(depth, id));
        let columns = &self.columns;
        let hours = |column| hours(row.get(column));
        let points = row.all(&columns.points).find_map(words::points);
        let mut task = TaskFacts {
            source: Clean::label(b"azure"),
            key: Clean::label(id.as_bytes()),
            aliases: vec![format!("azure:{id}")],
            kind: words::kind(row.get(columns.kind)),
            title: Clean::label(title.as_bytes()),
            project: project(row.get(columns.project), row.get(columns.area)),
            status: status(row.get(columns.state)),
            estimate: points
                .map(Estimate::Points)
                .or_else(|| hours(columns.estimate).map(Estimate::Seconds)),
            spent: hours(columns.spent),
            tags: row
                .get(columns.tags)
                .split([';', '|'])
                .filter_map(words::label)
                .collect(),
            parent,
            ..TaskFacts::default()
        };
        self.times(row, cells, &mut task);
        let assignee = Person::from_cell(row.get(self.columns.assignee));
        let people = [assignee].into_iter().filter(|one| !one.is_nobody());
        let found = Found::new(row.line, Whose::People(people.collect()), task);
        Ok(Got::Task(Box::new(found)))
    }

    fn warn(&self, out: &mut Out<'_>) {
        let columns = &self.columns;
        for (column, what) in [
            (
                columns.closed.or(columns.state_changed),
                "no column Closed Date: when tasks were finished is not known; add it in the query's column options",
            ),
            (
                columns.activated,
                "no column Activated Date: when work began is not known; add it in the query's column options",
            ),
            (
                columns.assignee,
                "no column Assigned To: whose the tasks are is not known; add it in the query's column options",
            ),
        ] {
            if column.is_none() {
                out.warn(what);
            }
        }
    }
}

impl Items {
    fn times(&self, row: Row<'_>, cells: &mut Cells, task: &mut TaskFacts) {
        let columns = &self.columns;
        let line = row.line;
        let cell = |column| row.get(column);
        task.created = cells.past("Created Date", line, cell(columns.created));
        task.updated = cells.past("Changed Date", line, cell(columns.changed));
        task.started = cells.past("Activated Date", line, cell(columns.activated));
        task.due = cells.day("Due Date", line, cell(columns.due));
        let closed = cells.past("Closed Date", line, cell(columns.closed));
        let changed = cells.past("State Change Date", line, cell(columns.state_changed));
        if task.status.category.is_some_and(Stage::is_closed) {
            task.done = closed.or(changed);
        } else if task.status.category.is_none() {
            task.done = closed;
        }
        for later in [columns.activated, columns.closed, columns.changed] {
            cells.in_order(cell(columns.created), cell(later));
        }
        cells.in_order(cell(columns.activated), cell(columns.closed));
    }

    /// The filled one of the title columns, and how deep it is.
    fn title<'t>(&self, row: Row<'t>) -> (usize, &'t str) {
        let titles = self.columns.titles.iter().enumerate();
        titles
            .map(|(depth, column)| (depth, row.get(Some(*column))))
            .find(|(_, title)| !title.is_empty())
            .unwrap_or_default()
    }

    /// In a tree the nearest row above that is less deep.
    fn parent(&mut self, depth: usize, id: &str) -> Option<Clean> {
        if self.columns.titles.len() < 2 {
            return None;
        }
        while self.above.last().is_some_and(|(above, _)| *above >= depth) {
            self.above.pop();
        }
        let parent = self.above.last().and_then(|(_, id)| words::label(id));
        self.above.push((depth, id.to_owned()));
        parent
    }
}

/// The states of the four processes that Azure DevOps brings, by its own categories; a resolved
/// item waits to be verified. Other states are left to the word table.
fn status(state: &str) -> Status {
    let category = match state.to_lowercase().as_str() {
        "new" | "approved" | "to do" | "proposed" => Some(Stage::Todo),
        "active" | "committed" | "doing" | "in progress" => Some(Stage::InProgress),
        "resolved" => Some(Stage::InReview),
        "closed" | "done" | "completed" => Some(Stage::Done),
        "removed" => Some(Stage::Cancelled),
        _ => None,
    };
    Status::word(state).category(category)
}

/// The project, or the root of its areas, which has its name.
fn project(project: &str, area: &str) -> Option<Clean> {
    let root = area.split('\\').next().unwrap_or_default();
    words::label(if project.is_empty() { root } else { project })
}

/// A number of hours in seconds.
fn hours(text: &str) -> Option<i64> {
    let thousandths = words::points(text)?;
    (thousandths > 0).then_some(thousandths * 18 / 5)
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::StageWords;
    use crate::model::task::When;

    #[test]
    fn a_flat_query_with_dates_of_the_profile() {
        let text = "\u{feff}\"ID\",\"Work Item Type\",\"Title\",\"Assigned To\",\"State\",\"Tags\",\"Created Date\",\
            \"Activated Date\",\"Closed Date\",\"Original Estimate\",\"Completed Work\",\"Area Path\",\"Parent\"\n\
            \"7\",\"Bug\",\"t\",\"Ada L <ada@example.org>\",\"Closed\",\"a; b\",\"7.6.2025 14:59:28\",\"8.6.2025 9:00:00\",\
            \"9.6.2025 10:00:00\",\"1.5\",\"2\",\"Proj\\Team\",\"5\"\n\
            \"8\",\"Task\",\"u\",\"\",\"Resolved\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n\"\",\"x\",\"y\"\n";
        let seen = read(&FORMAT, text, "q.csv").unwrap();
        let tasks = seen.tasks();
        let task = &tasks[0].task;
        let day = |when: Option<When>| when.and_then(When::day).map(|day| day.to_string());
        assert_eq!(day(task.created).as_deref(), Some("2025-06-07"));
        assert_eq!(day(task.started).as_deref(), Some("2025-06-08"));
        assert_eq!(day(task.done).as_deref(), Some("2025-06-09"));
        assert_eq!(
            (task.estimate, task.spent),
            (Some(Estimate::Seconds(5_400)), Some(7_200))
        );
        assert_eq!(task.project.as_ref().map(Clean::as_str), Some("Proj"));
        assert_eq!(task.parent.as_ref().map(Clean::as_str), Some("5"));
        assert_eq!(task.tags.len(), 2);
        let ada = Person::with_name("Ada L").address("ada@example.org");
        assert_eq!(tasks[0].whose, Whose::People(vec![ada]));
        let stage = StageWords::default().stage(&tasks[1].task.status);
        assert_eq!(stage, Some(Stage::InReview), "resolved is not verified");
        assert_eq!(seen.rejected.len(), 1);
    }

    #[test]
    fn the_title_column_of_a_tree_gives_the_parent() {
        let text = "ID,Work Item Type,Title 1,Title 2,Title 3,State\n\
            1,Epic,a,,,New\n2,Feature,,b,,New\n3,Task,,,c,New\n4,Task,,,d,New\n5,Feature,,e,,New\n6,Epic,f,,,Removed\n";
        let seen = read(&FORMAT, text, "q.csv").unwrap();
        let parents: Vec<_> = seen
            .tasks()
            .iter()
            .map(|one| {
                (
                    one.task.title.as_str().to_owned(),
                    one.task.parent.as_ref().map(|key| key.as_str().to_owned()),
                )
            })
            .collect();
        let wanted = [
            ("a", None),
            ("b", Some("1")),
            ("c", Some("2")),
            ("d", Some("2")),
            ("e", Some("1")),
            ("f", None),
        ];
        let wanted: Vec<_> = wanted
            .iter()
            .map(|(title, parent)| ((*title).to_owned(), parent.map(str::to_owned)))
            .collect();
        assert_eq!(parents, wanted);
        assert_eq!(seen.warnings.len(), 3, "{:?}", seen.warnings);
    }

    #[test]
    fn two_rows_in_their_order_decide_between_day_and_month() {
        let text = "ID,Work Item Type,Title,State,Activated Date,Closed Date\n\
            1,Bug,a,Closed,9/1/2026 9:00,3/2/2026 9:00\n2,Bug,b,Closed,10/1/2026 9:00,4/2/2026 9:00\n";
        let seen = read(&FORMAT, text, "q.csv").unwrap();
        let day = seen.tasks()[0].task.done.and_then(When::day).unwrap();
        assert_eq!(day.to_string(), "2026-02-03");
    }
}
