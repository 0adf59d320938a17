//! Todoist: completed tasks as its API gives them. The only export that says what was done.

use std::collections::HashMap;

use serde::Deserialize;

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::input::Input;
use super::{ImportError, json, todoist_csv, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::TaskFacts;
use crate::model::text::Clean;

/// Saved pages of completed tasks.
pub(super) const FORMAT: Format = Format {
    id: "todoist-json",
    source: "todoist",
    label: "Todoist JSON",
    fits: |head| head.has_json(&["items[].completed_at", "items[].content"]),
    read,
    caps: &[
        (
            50,
            "Todoist's API gives 50 completed tasks a page unless it is asked for more",
        ),
        (
            200,
            "Todoist's API gives pages of at most 200 completed tasks",
        ),
    ],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Todoist",
    steps: &[
        "For what was done, Settings: Integrations: Developer shows your API token. Then, outside of inward:",
        "$ curl -H \"Authorization: Bearer $TODOIST_TOKEN\" \"https://api.todoist.com/api/v1/tasks/completed/by_completion_date?since=2026-01-01T00:00:00Z&until=2026-03-31T00:00:00Z&limit=200\" > todoist-completed.json",
        "One call spans three months and 200 tasks at most: repeat it with other dates, or with &cursor= and the next_cursor of the answer.",
        "For what lies ahead, Settings: Backups: Download (paid plans), unpack it and import the CSV files; or a project's menu: Export as CSV.",
    ],
    yields: "from the JSON: when each task was completed, its labels and project; from the CSV: open tasks, due dates, labels, sections and subtasks",
    cannot: "Completed tasks are not in backups, and backups have no ids and no dates of creation. Neither tells when work began.",
};

#[derive(Deserialize)]
struct Item {
    #[serde(default, deserialize_with = "json::text_or_number")]
    task_id: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    id: Option<String>,
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    completed_at: Option<String>,
    #[serde(default)]
    added_at: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    project_id: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    parent_id: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    responsible_uid: Option<String>,
    #[serde(default, deserialize_with = "json::text_or_number")]
    user_id: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct Project {
    #[serde(default)]
    name: Option<String>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let projects = projects(input)?;
    let mut fields = Fields::new(Dates::new(context.zone));
    let mut elements = input.elements(&["items[]"])?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        let item = element.parse::<Item>();
        match item.and_then(|item| found(&item, &projects, line, &mut fields)) {
            Ok(found) => out.task(found)?,
            Err(reason) => out.reject(line, &reason)?,
        }
    }
    fields.warn(out);
    Ok(())
}

/// The projects by id; they stand behind the tasks.
fn projects(input: &Input) -> Result<HashMap<String, String>, ImportError> {
    let mut projects = HashMap::new();
    let mut elements = input.elements(&["projects.*"])?;
    while let Some(element) = elements.next()? {
        let name = element.parse::<Project>().ok().and_then(|one| one.name);
        projects.extend(name.map(|name| (element.key.to_owned(), name)));
    }
    Ok(projects)
}

fn found(
    item: &Item,
    projects: &HashMap<String, String>,
    line: u64,
    fields: &mut Fields,
) -> Result<Found, String> {
    let id = item
        .task_id
        .as_deref()
        .or(item.id.as_deref())
        .filter(|id| !id.is_empty());
    let id = id.ok_or("no id")?;
    let completed = item.completed_at.as_deref().unwrap_or_default();
    let done = fields.dates().when(completed);
    let done = done.ok_or_else(|| format!("completed at no date: {completed}"))?;
    let (title, mut tags) = todoist_csv::split_labels(item.content.as_deref().unwrap_or_default());
    tags.extend(item.labels.iter().filter_map(|label| words::label(label)));
    tags.sort();
    tags.dedup();
    let project = item.project_id.as_ref().and_then(|id| projects.get(id));
    let task = TaskFacts {
        source: Clean::label(b"todoist"),
        key: Clean::label(id.as_bytes()),
        // A recurring task is completed again and again under one id: each time is one of its own.
        aliases: vec![format!("todoist:{id}/{}", done.order())],
        title: Clean::label(title.as_bytes()),
        project: project.and_then(|name| words::label(name)),
        status: Status::of(Stage::Done),
        created: item
            .added_at
            .as_deref()
            .and_then(|text| fields.when("added_at", line, text)),
        done: Some(done),
        tags,
        parent: item.parent_id.as_deref().and_then(words::label),
        ..TaskFacts::default()
    };
    let who = item.responsible_uid.as_deref().or(item.user_id.as_deref());
    let whose = match who.map(Person::with_id).filter(|one| !one.is_nobody()) {
        Some(person) => Whose::People(vec![person]),
        None => Whose::Mine,
    };
    Ok(Found::new(line, whose, task))
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::task::When;

    const EXPORT: &str = r#"{"items":[
{"completed_at":"2026-03-06T15:00:00.000000Z","content":"Paint @home the wall","id":"501","task_id":"900","project_id":"22","user_id":"7","notes":["hush"]},
{"completed_at":"2026-03-07T15:00:00Z","content":"Paint the wall","id":"502","task_id":"900","project_id":"23","user_id":"7"},
{"completed_at":"2026-03-07T16:00:00Z","added_at":"2026-03-01T08:00:00Z","content":"New shape","id":"6Xq","labels":["home"],"responsible_uid":8,"user_id":7},
{"completed_at":null,"content":"Open","id":"503"},
{"completed_at":"2026-03-07T15:00:00Z","content":"Lost"}
],"projects":{"22":{"id":"22","name":"Home"}},"sections":{}}"#;

    #[test]
    fn completed_tasks_with_project_labels_and_each_completion_of_a_recurring_one() {
        let seen = read(&FORMAT, EXPORT, "completed.json").unwrap();
        let tasks = seen.tasks();
        assert_eq!((tasks.len(), seen.rejected.len()), (3, 2));
        assert_ne!(tasks[0].task.aliases, tasks[1].task.aliases);
        let one = &tasks[0].task;
        assert_eq!(one.done.map(When::order), Some(1_772_809_200));
        assert_eq!((one.title.as_str(), one.tags.len()), ("Paint the wall", 1));
        assert_eq!(one.project.as_ref().map(Clean::as_str), Some("Home"));
        assert_eq!(tasks[1].task.project, None);
        assert!(tasks[2].task.created.is_some());
        assert_eq!(tasks[2].whose, Whose::People(vec![Person::with_id("8")]));
        assert!(!format!("{seen:?}").contains("hush"));
    }
}
