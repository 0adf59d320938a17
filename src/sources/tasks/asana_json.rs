//! Asana: a project saved as JSON, in the shape of its API.

use serde::Deserialize;

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Person, Whose};
use super::head::Head;
use super::input::Input;
use super::{ImportError, asana_csv, json, words};
use crate::model::task::{Estimate, TaskFacts, TaskKind};
use crate::model::text::Clean;

/// A project as `Export/Print: JSON` writes it, or pages of the API's task list.
pub(super) const FORMAT: Format = Format {
    id: "asana-json",
    source: "asana",
    label: "Asana JSON",
    fits: |head| place(head).is_some(),
    read,
    caps: &[(100, "Asana's API gives pages of at most 100 tasks")],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Asana",
    steps: &[
        "Open the project, click the arrow beside its name: Export/Print (or Import/Export): JSON, and save the page that opens. My Tasks can be exported the same way.",
        "CSV from the same menu gives the same tasks with days in place of times, 2000 of them at most.",
        "Do not open the CSV in a spreadsheet first: it rounds the task ids.",
    ],
    yields: "when a task was created and completed, its section, assignee, due date, tags, parent and subtasks",
    cannot: "Neither tells when work began or when a task moved between sections: import an export every week, and moves are seen between two of them. A start date is a plan and is not taken for a start.",
};

fn place(head: &Head) -> Option<&'static str> {
    let task = |place: &str| {
        let at = |key: &str| format!("{place}.{key}");
        let has = |key| head.has_json(&[&at(key)]);
        has("gid")
            && ["completed", "completed_at", "memberships", "assignee"]
                .into_iter()
                .any(has)
    };
    ["data[]", "[].data[]", "[]", "data"]
        .into_iter()
        .find(|place| task(place))
}

#[derive(Deserialize)]
struct Task {
    #[serde(default, deserialize_with = "json::text_or_number")]
    gid: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    completed: Option<bool>,
    #[serde(default)]
    completed_at: Option<String>,
    #[serde(default)]
    created_at: Option<String>,
    #[serde(default)]
    modified_at: Option<String>,
    #[serde(default)]
    due_at: Option<String>,
    #[serde(default)]
    due_on: Option<String>,
    #[serde(default)]
    assignee: Option<Named>,
    #[serde(default)]
    parent: Option<Named>,
    #[serde(default)]
    resource_subtype: Option<String>,
    #[serde(default, deserialize_with = "json::list")]
    memberships: Vec<Membership>,
    #[serde(default, deserialize_with = "json::list")]
    projects: Vec<Named>,
    #[serde(default, deserialize_with = "json::list")]
    tags: Vec<Named>,
    #[serde(default, deserialize_with = "json::list")]
    custom_fields: Vec<Custom>,
    #[serde(default, deserialize_with = "json::list")]
    subtasks: Vec<Self>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(default, deserialize_with = "json::text_or_number")]
    gid: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

#[derive(Deserialize)]
struct Membership {
    #[serde(default)]
    project: Option<Named>,
    #[serde(default)]
    section: Option<Named>,
}

#[derive(Deserialize)]
struct Custom {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    number_value: Option<f64>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let mut fields = Fields::new(Dates::new(context.zone));
    let place = place(input.head()).unwrap_or("data[]");
    let mut elements = input.elements(&[place])?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        match element.parse::<Task>() {
            Ok(task) => all(task, line, &mut fields, out)?,
            Err(reason) => out.reject(line, &reason)?,
        }
    }
    fields.warn(out);
    Ok(())
}

/// A task and what is nested in it.
fn all(task: Task, line: u64, fields: &mut Fields, out: &mut Out<'_>) -> Result<(), ImportError> {
    let mut open = vec![(task, None::<String>)];
    while let Some((mut task, parent)) = open.pop() {
        let subtasks = std::mem::take(&mut task.subtasks);
        let Some(gid) = task.gid.clone().filter(|gid| !gid.is_empty()) else {
            out.reject(line, "no gid")?;
            continue;
        };
        // Reversed: they are taken from the end.
        let nested = subtasks.into_iter().rev();
        open.extend(nested.map(|one| (one, Some(gid.clone()))));
        if task.resource_subtype.as_deref() == Some("section") {
            out.reject(line, "a section heading, not a task")?;
            continue;
        }
        out.task(found(&task, &gid, parent, line, fields))?;
    }
    Ok(())
}

fn found(task: &Task, gid: &str, parent: Option<String>, line: u64, fields: &mut Fields) -> Found {
    let completed = task.completed.unwrap_or(task.completed_at.is_some());
    let name = |one: Option<&Named>| one.and_then(|one| one.name.clone());
    let section = task
        .memberships
        .iter()
        .find_map(|one| name(one.section.as_ref()));
    let project = (task.memberships.iter())
        .find_map(|one| name(one.project.as_ref()))
        .or_else(|| name(task.projects.first()));
    let parent = parent.or_else(|| task.parent.as_ref()?.gid.clone());
    let mut when = |column, text: &Option<String>| fields.when(column, line, text.as_deref()?);
    let facts = TaskFacts {
        source: Clean::label(b"asana"),
        key: Clean::label(gid.as_bytes()),
        aliases: vec![format!("asana:{gid}")],
        kind: if parent.is_some() {
            TaskKind::Subtask
        } else {
            TaskKind::Task
        },
        title: Clean::label(task.name.as_deref().unwrap_or_default().as_bytes()),
        project: project.as_deref().and_then(words::label),
        status: asana_csv::status(section.as_deref().unwrap_or_default(), completed),
        updated: when("modified_at", &task.modified_at),
        created: when("created_at", &task.created_at),
        done: when("completed_at", &task.completed_at).filter(|_| completed),
        due: when("due_at", &task.due_at).or_else(|| when("due_on", &task.due_on)),
        estimate: points(&task.custom_fields),
        tags: task
            .tags
            .iter()
            .filter_map(|tag| words::label(tag.name.as_deref()?))
            .collect(),
        parent: parent.as_deref().and_then(words::label),
        ..TaskFacts::default()
    };
    let person = task
        .assignee
        .as_ref()
        .map(person)
        .filter(|one| !one.is_nobody());
    Found::new(line, Whose::People(person.into_iter().collect()), facts)
}

fn person(who: &Named) -> Person {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    Person::with_id(&text(&who.gid))
        .name(&text(&who.name))
        .address(&text(&who.email))
}

/// Points, where a custom field is called so; a bare number of anything else has no unit.
fn points(fields: &[Custom]) -> Option<Estimate> {
    let called = |field: &&Custom| {
        let name = field.name.as_deref().unwrap_or_default().to_lowercase();
        ["points", "story points"].contains(&name.as_str())
    };
    let number = fields.iter().find(called)?.number_value?;
    words::points(&number.to_string()).map(Estimate::Points)
}

#[cfg(test)]
mod tests {
    use super::super::testing::read;
    use super::*;
    use crate::model::stage::{Stage, Status};
    use crate::model::task::When;

    const EXPORT: &str = r#"{"data":[
{"gid":"1207000000000021","name":"Plan it","completed":true,"completed_at":"2026-03-06T15:00:00.123Z","created_at":"2026-03-02T08:00:00.000Z","modified_at":"2026-03-06T15:00:01.000Z","due_on":"2026-03-09","due_at":null,"start_on":"2026-03-03","notes":"hush",
 "assignee":{"gid":"77","name":"Ada L"},"memberships":[{"project":{"gid":"5","name":"Moon"},"section":{"gid":"6","name":"Review"}}],"tags":[{"gid":"8","name":"docs"}],
 "custom_fields":[{"name":"Story points","number_value":2.5},{"name":"Estimated time","number_value":4}],
 "subtasks":[{"gid":1207000000000022,"name":"A part","completed":false,"subtasks":[{"gid":"1207000000000023","name":"A part of it"}]},{"name":"lost"}]},
{"gid":"1207000000000024","name":"Later","completed":false,"completed_at":null,"assignee":null,"memberships":[{"section":{"name":"Untitled section"}}],"tags":null},
{"gid":"1207000000000025","resource_subtype":"section","name":"Old heading:"}
],"next_page":null}"#;

    #[test]
    fn tasks_and_nested_subtasks_with_times_people_and_points() {
        let seen = read(&FORMAT, EXPORT, "Moon.json").unwrap();
        let tasks = seen.tasks();
        let keys: Vec<&str> = tasks.iter().map(|one| one.task.key.as_str()).collect();
        let ends: Vec<_> = keys.iter().map(|key| key.get(13..)).collect();
        assert_eq!(ends, [Some("021"), Some("022"), Some("023"), Some("024")]);
        let parents: Vec<bool> = tasks.iter().map(|one| one.task.parent.is_some()).collect();
        assert_eq!(parents, [false, true, true, false]);
        let one = &tasks[0].task;
        assert_eq!(one.done.map(When::order), Some(1_772_809_200));
        assert_eq!(one.estimate, Some(Estimate::Points(2_500)));
        assert_eq!(one.status.fixed, Some(Stage::Done));
        assert_eq!(
            tasks[3].task.status,
            Status::default().category(Some(Stage::Todo))
        );
        assert_eq!(tasks[3].whose, Whose::People(Vec::new()));
        let reasons: Vec<&str> = seen
            .rejected
            .iter()
            .map(|one| one.reason.as_str())
            .collect();
        assert_eq!(reasons, ["no gid", "a section heading, not a task"]);
        assert!(!format!("{seen:?}").contains("hush"));
    }
}
