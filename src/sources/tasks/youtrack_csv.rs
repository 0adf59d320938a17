//! `YouTrack`: issues saved as CSV. How dates are written is a preference of the server or the user.

use super::cells::Cells;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::sheet::{Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, open, sheet, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Estimate, TaskFacts};
use crate::model::text::Clean;

/// The issue list as CSV.
pub(super) const FORMAT: Format = Format {
    id: "youtrack-csv",
    source: "youtrack",
    label: "YouTrack CSV",
    fits: |head| {
        let of_jira = head.has_columns(&["issue key"]) || head.has_columns(&["issue id", "status"]);
        let with = |other| head.has_columns(&["issue id", "summary", other]);
        !of_jira && (with("state") || with("resolved"))
    },
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "YouTrack",
    steps: &[
        "Open Issues and search for what is yours: for: me",
        "From the menu above the list choose Export, Issues in CSV.",
    ],
    yields: "when an issue was created, updated and resolved, its state, assignee, tags, estimation and spent time",
    cannot: "It does not tell when work began or when the state changed: import an export every week, and moves are seen between two of them.",
};

struct Columns {
    id: Option<usize>,
    project: Option<usize>,
    tags: Option<usize>,
    title: Option<usize>,
    created: Option<usize>,
    updated: Option<usize>,
    resolved: Option<usize>,
    kind: Option<usize>,
    state: Option<usize>,
    assignee: Option<usize>,
    due: Option<usize>,
    estimate: Option<usize>,
    points: Option<usize>,
    spent: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let one = |name| table.column(&[name]);
        Self {
            id: one("issue id"),
            project: one("project"),
            tags: one("tags"),
            title: one("summary"),
            created: one("created"),
            updated: one("updated"),
            resolved: one("resolved"),
            kind: one("type"),
            state: table.column(&["state", "stage"]),
            assignee: table.column(&["assignee", "assignees"]),
            due: one("due date"),
            estimate: one("estimation"),
            points: one("story points"),
            spent: one("spent time"),
        }
    }
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let required: &[&[&str]] = &[&["issue id"], &["summary"]];
    sheet::read(input, context, out, required, Columns::of)
}

impl Rows for Columns {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        Ok(Got::Task(Box::new(self.found(&row, cells)?)))
    }

    fn warn(&self, out: &mut Out<'_>) {
        if self.resolved.is_none() {
            out.warn("no column Resolved: when issues were finished is not known");
        }
        if self.assignee.is_none() {
            out.warn("no column Assignee: whose the issues are is not known");
        }
    }
}

impl Columns {
    fn found(&self, row: &Row<'_>, cells: &mut Cells) -> Result<Found, &'static str> {
        let id = row.get(self.id);
        if id.is_empty() {
            return Err("no issue id");
        }
        let state = row.get(self.state);
        let resolved = row.get(self.resolved);
        cells.in_order(row.get(self.created), row.get(self.updated));
        let mut past = |name, column| cells.past(name, row.line, row.get(column));
        let points = words::points(row.get(self.points)).map(Estimate::Points);
        let task = TaskFacts {
            source: Clean::label(b"youtrack"),
            key: Clean::label(id.as_bytes()),
            aliases: vec![format!("youtrack:{id}")],
            kind: words::kind(row.get(self.kind)),
            title: Clean::label(row.get(self.title).as_bytes()),
            project: words::label(row.get(self.project)),
            status: self.status(state, resolved),
            updated: past("Updated", self.updated),
            created: past("Created", self.created),
            done: past("Resolved", self.resolved),
            due: cells.when("Due Date", row.line, row.get(self.due)),
            estimate: words::period(row.get(self.estimate))
                .map(Estimate::Seconds)
                .or(points),
            spent: words::period(row.get(self.spent)),
            tags: words::labels(row.get(self.tags), ','),
            ..TaskFacts::default()
        };
        let names = row.get(self.assignee).split(',').map(str::trim);
        let people = names
            .filter(|name| !["", "unassigned"].contains(&name.to_lowercase().as_str()))
            .map(Person::from_cell);
        Ok(Found::new(row.line, Whose::People(people.collect()), task))
    }

    /// Closed is what has a time of resolution.
    fn status(&self, state: &str, resolved: &str) -> Status {
        let word = Status::word(state);
        match (self.resolved, resolved) {
            (None, _) => word,
            (_, "") => open::status(state),
            _ if words::gave_up(state) => word.fixed(Stage::Cancelled),
            _ => word.fixed(Stage::Done),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::StageWords;
    use crate::model::task::When;

    const EXPORT: &str = "\u{feff}\"Issue Id\",\"Project\",\"Tags\",\"Summary\",\"Reporter\",\"Created\",\"Updated\",\"Resolved\",\"Type\",\"State\",\"Assignee\",\"Estimation\",\"Spent time\",\"Description\"
\"MO-1\",\"Moon\",\"a, b\",\"Land\",\"Bob\",\"2026-03-02T09:00\",\"2026-03-06T15:00\",\"2026-03-06T15:00\",\"Feature\",\"Fixed\",\"Ada L\",\"1d 4h\",\"9h 30m\",\"hush\"
\"MO-2\",\"Moon\",\"\",\"Orbit\",\"Bob\",\"2026-03-02T09:00\",\"2026-03-06T15:00\",\"\",\"Bug\",\"Verified\",\"Unassigned\",\"\",\"\",\"\"
\"MO-3\",\"Moon\",\"\",\"Again\",\"Bob\",\"2026-03-02T09:00\",\"2026-03-06T15:00\",\"2026-03-06T15:00\",\"Task\",\"Can't Reproduce\",\"Ada L\",\"\",\"\",\"\"
\"\",\"Moon\",\"\",\"Lost\"
";

    #[test]
    fn resolved_decides_and_the_state_says_whether_it_was_given_up() {
        let seen = read(&FORMAT, EXPORT, "Issues.csv").unwrap();
        let tasks = seen.tasks();
        let words = StageWords::default();
        let stages: Vec<_> = tasks
            .iter()
            .map(|one| words.stage(&one.task.status))
            .collect();
        assert_eq!(
            stages,
            [Some(Stage::Done), Some(Stage::Todo), Some(Stage::Cancelled)]
        );
        let one = &tasks[0].task;
        assert_eq!(
            (one.estimate, one.spent),
            (Some(Estimate::Seconds(43_200)), Some(34_200))
        );
        // 15:00 in Berlin.
        assert_eq!(one.done.map(When::order), Some(1_772_805_600));
        assert_eq!(tasks[1].whose, Whose::People(Vec::new()));
        assert_eq!(seen.rejected[0].line, 5);
        assert!(!format!("{seen:?}").contains("hush") && !format!("{seen:?}").contains("Bob"));
    }

    #[test]
    fn dates_of_another_preference_are_told_by_the_whole_file() {
        let text = "Issue Id,Summary,Created,Resolved,State\nMO-1,x,2/3/2026 09:00,13/3/2026 09:00,Fixed\n";
        let seen = read(&FORMAT, text, "Issues.csv").unwrap();
        let day = seen.tasks()[0].task.created.and_then(When::day);
        assert_eq!(
            day.map(|day| day.to_string()).as_deref(),
            Some("2026-03-02")
        );
    }
}
