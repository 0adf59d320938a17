//! Bugzilla: a bug list saved as CSV. Its columns are those of the list, named by field id or by
//! label; its separator is a preference.

use super::cells::Cells;
use super::format::{Context, Format, Out};
use super::found::{Found, Whose};
use super::input::Input;
use super::sheet::{Got, Rows};
use super::table::{Row, Table};
use super::{ImportError, bugzilla, sheet, words};
use crate::model::task::{Estimate, TaskFacts, TaskKind};
use crate::model::text::Clean;

/// A bug list.
pub(super) const FORMAT: Format = Format {
    id: "bugzilla-csv",
    source: "bugzilla",
    label: "Bugzilla CSV",
    fits: |head| {
        let with = |id, others: &[&str]| others.iter().any(|other| head.has_columns(&[id, other]));
        with(
            "bug_id",
            &["short_desc", "bug_status", "product", "resolution"],
        ) || with("bug id", &["summary", "status", "product", "resolution"])
    },
    read,
    caps: &[(10_000, "Bugzilla's own limit on the results of a search")],
    how: None,
};

struct Columns {
    id: Option<usize>,
    title: Option<usize>,
    product: Option<usize>,
    assignee: Option<usize>,
    name: Option<usize>,
    status: Option<usize>,
    resolution: Option<usize>,
    opened: Option<usize>,
    changed: Option<usize>,
    resolved: Option<usize>,
    deadline: Option<usize>,
    estimate: Option<usize>,
    spent: Option<usize>,
    keywords: Option<usize>,
    severity: Option<usize>,
    kind: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        let one = |names: &[&str]| table.column(names);
        Self {
            id: one(&["bug_id", "bug id"]),
            title: one(&["short_desc", "summary", "short_short_desc"]),
            product: one(&["product"]),
            assignee: one(&["assigned_to", "assignee"]),
            name: one(&["assigned_to_realname", "assignee real name"]),
            status: one(&["bug_status", "status"]),
            resolution: one(&["resolution"]),
            opened: one(&["opendate", "creation_ts", "opened", "creation date"]),
            changed: one(&["changeddate", "delta_ts", "changed", "last changed date"]),
            resolved: one(&["cf_last_resolved", "last resolved"]),
            deadline: one(&["deadline"]),
            estimate: one(&["estimated_time", "orig. est.", "estimated hours"]),
            spent: one(&["actual_time", "hours worked", "work_time"]),
            keywords: one(&["keywords"]),
            severity: one(&["bug_severity", "severity"]),
            kind: one(&["bug_type", "type"]),
        }
    }

    fn missing(&self, out: &mut Out<'_>) {
        if self.status.is_none() {
            out.warn(
                "no column Status: where the bugs stand is not known; add it with Change Columns",
            );
        } else if self.resolution.is_none() {
            out.warn("no column Resolution: a bug closed as a duplicate or won't fix counts as done; add it with Change Columns");
        }
        if self.opened.is_none() {
            out.warn("no column Opened: when the bugs were written down is not known; add it with Change Columns");
        }
        if self.assignee.is_none() {
            out.warn(
                "no column Assignee: whose the bugs are is not known; add it with Change Columns",
            );
        }
        if self.resolved.is_none() {
            out.warn("when bugs were resolved is not in a list: the JSON of /rest/bug and its history say it");
        }
    }
}

const REQUIRED: &[&[&str]] = &[&["bug_id", "bug id"]];

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    sheet::read(input, context, out, REQUIRED, Columns::of)
}

impl Rows for Columns {
    fn row(&mut self, row: Row<'_>, cells: &mut Cells) -> Result<Got, String> {
        Ok(Got::Task(Box::new(found(&row, self, cells)?)))
    }

    fn warn(&self, out: &mut Out<'_>) {
        self.missing(out);
    }
}

fn found(row: &Row<'_>, columns: &Columns, cells: &mut Cells) -> Result<Found, &'static str> {
    let id = row.get(columns.id);
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("no bug number");
    }
    cells.in_order(row.get(columns.opened), row.get(columns.changed));
    let mut when = |name, column| cells.past(name, row.line, row.get(column));
    let status = bugzilla::status(row.get(columns.status), row.get(columns.resolution), None);
    let closed = status.fixed.is_some();
    let kind = [row.get(columns.kind), row.get(columns.severity)].join(" ");
    let task = TaskFacts {
        source: Clean::label(b"bugzilla"),
        key: Clean::label(id.as_bytes()),
        aliases: vec![format!("bugzilla:{id}")],
        kind: self::kind(&kind),
        title: Clean::label(row.get(columns.title).as_bytes()),
        project: words::label(row.get(columns.product)),
        status,
        updated: when("Changed", columns.changed),
        created: when("Opened", columns.opened),
        done: when("Last Resolved", columns.resolved).filter(|_| closed),
        due: cells.day("Deadline", row.line, row.get(columns.deadline)),
        estimate: bugzilla::hours(row.get(columns.estimate)).map(Estimate::Seconds),
        spent: bugzilla::hours(row.get(columns.spent)),
        tags: words::labels(row.get(columns.keywords), ','),
        ..TaskFacts::default()
    };
    let person = bugzilla::person(row.get(columns.assignee), row.get(columns.name));
    Ok(Found::new(
        row.line,
        Whose::People(person.into_iter().collect()),
        task,
    ))
}

/// A bug, unless its type or severity says something else.
pub(super) fn kind(words: &str) -> TaskKind {
    let words = words.to_lowercase();
    if words.contains("enhancement") || words.contains("feature") {
        TaskKind::Story
    } else if words.split_whitespace().any(|word| word == "task") {
        TaskKind::Task
    } else {
        TaskKind::Bug
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::{Stage, StageWords};

    const BY_ID: &str = "\"bug_id\",\"product\",\"assigned_to\",\"bug_status\",\"resolution\",\"short_desc\",\"opendate\",\"changeddate\"
7,\"Moon\",\"ada\",\"RESOLVED\",\"FIXED\",\"It leaks, always\",\"2026-03-02 09:00:00\",\"2026-03-06 15:00:00\"
8,\"Moon\",\"nobody@example.org\",\"CLOSED\",\"WONTFIX\",\"No\",\"2026-03-02 09:00:00\",\"2026-03-06 15:00:00\"
9,\"Moon\",\"ada\",\"ASSIGNED\",\"---\",\"Now\",\"never ever\",\"2026-03-06 15:00:00\"
x,\"Moon\",\"ada\",\"NEW\",\"---\",\"Lost\",\"\",\"\"
";

    fn stages(text: &str) -> Vec<Option<Stage>> {
        let seen = read(&FORMAT, text, "bugs.csv").unwrap();
        let words = StageWords::default();
        seen.tasks()
            .iter()
            .map(|one| words.stage(&one.task.status))
            .collect()
    }

    #[test]
    fn a_list_by_field_ids() {
        let wanted = [
            Some(Stage::Done),
            Some(Stage::Cancelled),
            Some(Stage::InProgress),
        ];
        assert_eq!(stages(BY_ID), wanted);
        let seen = read(&FORMAT, BY_ID, "bugs.csv").unwrap();
        let tasks = seen.tasks();
        assert_eq!(seen.rejected[0].line, 5);
        // The last change is not when it was resolved.
        assert!(tasks[0].task.done.is_none() && tasks[0].task.updated.is_some());
        assert_eq!(tasks[1].whose, Whose::People(Vec::new()));
        assert!(tasks[2].task.created.is_none());
        assert_eq!(seen.warnings.len(), 2, "{:?}", seen.warnings);
    }

    #[test]
    fn a_list_by_labels_with_semicolons() {
        let text = "Bug ID;Summary;Status;Assignee;Changed;Severity\n7;It leaks;NEW;ada@example.org;2026-03-06 15:00:00;enhancement\n";
        assert_eq!(stages(text), [Some(Stage::Todo)]);
        let seen = read(&FORMAT, text, "bugs.csv").unwrap();
        assert_eq!(seen.tasks()[0].task.kind, TaskKind::Story);
        assert!(seen.warnings.iter().any(|text| text.contains("Resolution")));
    }
}
