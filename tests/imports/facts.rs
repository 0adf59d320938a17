//! Single facts of the fixtures that are easy to get wrong, read from the files by whoever wrote
//! them. Times are told as they stand there; the store may tell the same instant in another zone.

use chrono::DateTime;
use inward::store::Table;
use serde_json::Value;

use crate::bench::{How, import, rows, store};
use crate::counted::owner_of;
use crate::fixtures::all;

/// Fixture, key, column of the tasks, value; an empty one where nothing may stand.
const FACTS: &[(&str, &str, &str, &str)] = &[
    // Opened again: work began at the first move, and ended at the last one.
    (
        "jira-json.search.json",
        "HBR-1",
        "started_at",
        "2026-01-14T10:05:00+01:00",
    ),
    (
        "jira-json.search.json",
        "HBR-1",
        "done_at",
        "2026-01-23T17:45:00+01:00",
    ),
    ("jira-json.search.json", "HBR-1", "estimate_points", "5.0"),
    (
        "jira-json.search.json",
        "HBR-2",
        "cancelled_at",
        "2026-01-20T09:00:00+01:00",
    ),
    ("jira-json.search.json", "HBR-2", "done_at", ""),
    (
        "jira-json.search.json",
        "HBR-3",
        "created_at",
        "2026-01-15T23:30:00-05:00",
    ),
    ("jira-json.search.json", "HBR-3", "parent", "HBR-8"),
    ("jira-json.search.json", "HBR-4", "started_at", ""),
    ("jira-csv.cloud.csv", "HBR-11", "done_at", ""),
    ("jira-csv.cloud.csv", "HBR-11", "due_at", "2026-02-28"),
    (
        "jira-csv.cloud.csv",
        "HBR-12",
        "done_at",
        "2026-02-19T08:05:00+01:00",
    ),
    ("jira-csv.cloud.csv", "HBR-12", "spent_seconds", "1800"),
    ("jira-csv.datacenter.csv", "DOCK-3", "parent", "DOCK-2"),
    ("jira-csv.german.csv", "LAG-1", "estimate_points", "2.5"),
    (
        "jira-csv.german.csv",
        "LAG-1",
        "title",
        "Süßwassertank prüfen",
    ),
    (
        "jira-csv.utf16.txt",
        "HBR-16",
        "done_at",
        "2026-04-17T14:42:00+02:00",
    ),
    (
        "jira-csv.spanish.csv",
        "MUE-2",
        "created_at",
        "2026-02-14T09:00:00+01:00",
    ),
    // A due date written as midnight of London.
    ("linear-csv.thirty.csv", "TRN-3", "due_at", "2026-06-26"),
    (
        "linear-csv.thirty.csv",
        "TRN-2",
        "cancelled_at",
        "2026-01-20T08:00:00Z",
    ),
    ("linear-csv.thirty.csv", "TRN-1", "title", "=SUM(boxes)"),
    (
        "linear-csv.thirty-four.csv",
        "TRN-7",
        "estimate_points",
        "0.5",
    ),
    ("azure-devops-csv.flat.csv", "301", "spent_seconds", "30600"),
    ("azure-devops-csv.flat.csv", "302", "done_at", ""),
    (
        "azure-devops-csv.flat.csv",
        "303",
        "cancelled_at",
        "2026-01-16T16:00:00+01:00",
    ),
    ("azure-devops-csv.tree.csv", "403", "parent", "402"),
    (
        "azure-devops-csv.tree.csv",
        "403",
        "started_at",
        "2026-02-03T08:00:00+01:00",
    ),
    (
        "github-gh-json.prs.json",
        "ternline/harbour#21",
        "started_at",
        "2026-02-14T09:00:00Z",
    ),
    (
        "github-gh-json.prs.json",
        "ternline/harbour#21",
        "done_at",
        "2026-02-18T15:00:00Z",
    ),
    (
        "gitlab-csv.old.csv",
        "ternline/warehouse#3",
        "spent_seconds",
        "18000",
    ),
    (
        "gitlab-csv.work-items.csv",
        "ternline/warehouse#31",
        "parent",
        "ternline/warehouse#4",
    ),
    (
        "trello-json.board.json",
        "Tern0001",
        "started_at",
        "2026-01-14T10:00:00Z",
    ),
    (
        "trello-json.board.json",
        "Tern0001",
        "done_at",
        "2026-01-21T10:00:00Z",
    ),
    (
        "trello-json.board.json",
        "Tern0002",
        "cancelled_at",
        "2026-01-22T10:00:00Z",
    ),
    (
        "shortcut-csv.csv",
        "sc-501",
        "done_at",
        "2026-01-19T17:00:00-05:00",
    ),
    ("shortcut-csv.csv", "sc-502", "done_at", ""),
    ("clickup-csv.csv", "86a1", "estimate_seconds", "7200"),
    // A day of work is eight hours.
    ("youtrack-csv.csv", "NET-1", "estimate_seconds", "43200"),
    ("youtrack-csv.csv", "NET-7", "done_at", ""),
    ("asana-csv.csv", "1209000000000001", "done_at", "2026-01-16"),
    ("asana-csv.csv", "1209000000000006", "done_at", ""),
    ("notion-csv.list.csv", "Iron the maps", "state", "todo"),
    (
        "org.logbook.org",
        "Replace the *lens*",
        "started_at",
        "2026-01-14T10:00:00+01:00",
    ),
    (
        "org.logbook.org",
        "Replace the *lens*",
        "done_at",
        "2026-01-23T16:00:00+01:00",
    ),
    (
        "org.logbook.org",
        "Paint it pink",
        "cancelled_at",
        "2026-01-15T09:00:00+01:00",
    ),
    (
        "todo-txt.todo.txt",
        "Tune the foghorn",
        "estimate_seconds",
        "7200",
    ),
    // A planned start is none.
    ("markdown-tasks.obsidian.md", "b8", "started_at", ""),
    ("ics.todos.ics", "Reopened: sharpen pencils", "done_at", ""),
    (
        "ics.todos.ics",
        "Reopened: sharpen pencils",
        "started_at",
        "",
    ),
    (
        "taskwarrior.journal.json",
        "c0ffee0a",
        "started_at",
        "2026-02-16T08:00:00Z",
    ),
    ("taskwarrior.array.json", "c0ffee01", "started_at", ""),
    ("csv.sheet.csv", "Kai fegen", "estimate_seconds", "5400"),
];

#[test]
fn facts_that_are_easy_to_get_wrong_are_as_the_file_says() {
    let mut wrong = Vec::new();
    for (name, key, column, told) in FACTS {
        let found = text(&row(name, key, Table::Tasks)[*column]);
        if !same(&found, told) {
            wrong.push(format!("{name}, {key}, {column}: {found:?}, not {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn neither_a_program_nor_the_author_reviews_a_pull_request() {
    let review = row(
        "github-gh-json.prs.json",
        "ternline/harbour#21",
        Table::Reviews,
    );
    let at = |column: &str| text(&review[column]);
    assert!(
        same(&at("first_review_at"), "2026-02-17T09:00:00Z"),
        "{review}"
    );
    assert!(same(&at("approved_at"), "2026-02-18T14:30:00Z"), "{review}");
}

/// The row of the task `key`, of a store with nothing but this fixture.
fn row(name: &str, key: &str, table: Table) -> Value {
    let fixtures = all();
    let fixture = fixtures.iter().find(|one| one.name() == name).unwrap();
    let how = How {
        mine: owner_of(name),
        ..fixture.how()
    };
    let mut store = store();
    import(&mut store, (name, &fixture.bytes), how).unwrap();
    let mut rows = rows(&store, table).into_iter();
    let found = rows.find(|row| row["key"] == key);
    found.unwrap_or_else(|| panic!("{name}: no {key}"))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn same(found: &str, told: &str) -> bool {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    found == told || at(found).is_some_and(|found| Some(found) == at(told))
}
