//! The fields of a mapping file, and which of them a column of some role fills.

use super::names::{Role, roles};

/// The fields of a whole file.
pub(super) const FILE: &[&str] = &[
    "source", "project", "mine", "dates", "zone", "task", "time", "stages",
];
/// The fields of `[task]`, in the order in which they are written.
pub(in crate::sources::tasks) const TASK: &[&str] = &[
    "title",
    "key",
    "status",
    "assignee",
    "created",
    "updated",
    "started",
    "done",
    "due",
    "estimate",
    "unit",
    "tags",
    "separator",
    "kind",
    "project",
    "parent",
];
/// The fields of `[time]`, in the order in which they are written.
pub(in crate::sources::tasks) const TIME: &[&str] = &[
    "start",
    "start_clock",
    "end",
    "end_clock",
    "duration",
    "unit",
    "person",
    "note",
    "project",
    "task",
    "tags",
    "separator",
];
/// The field of a table of tasks that a column fills.
pub(super) const TASK_ROLES: &[(Role, &str)] = &[
    (Role::Title, "title"),
    (Role::Key, "key"),
    (Role::Status, "status"),
    (Role::Person, "assignee"),
    (Role::Created, "created"),
    (Role::Updated, "updated"),
    (Role::Started, "started"),
    (Role::Done, "done"),
    (Role::Due, "due"),
    (Role::Estimate, "estimate"),
    (Role::Tags, "tags"),
    (Role::Kind, "kind"),
    (Role::Project, "project"),
    (Role::Parent, "parent"),
];
/// The field of a table of time entries that a column fills; of two columns for one field the
/// first role has it.
pub(super) const TIME_ROLES: &[(Role, &str)] = &[
    (Role::Date, "start"),
    (Role::StartClock, "start_clock"),
    (Role::EndDate, "end"),
    (Role::EndClock, "end"),
    (Role::Duration, "duration"),
    (Role::Person, "person"),
    (Role::Note, "note"),
    (Role::Title, "note"),
    (Role::Project, "project"),
    (Role::Key, "task"),
    (Role::Tags, "tags"),
];

/// The field that a column of this role fills.
pub(super) fn field(role: Role, is_time: bool) -> Option<&'static str> {
    let known = if is_time { TIME_ROLES } else { TASK_ROLES };
    known.iter().find(|one| one.0 == role).map(|one| one.1)
}

/// The one of `fields` that `name` most likely stands for: by what it means, else by how it is
/// spelled; `None` when it is like none.
pub(super) fn nearest<'f>(name: &str, fields: &[&'f str]) -> Option<&'f str> {
    let is_time = fields.contains(&"start");
    let meant = roles(name)
        .into_iter()
        .filter_map(|role| field(role, is_time));
    let mut meant = meant.filter_map(|key| fields.iter().find(|known| **known == key));
    let near = || {
        let all = fields.iter().map(|known| (distance(name, known), known));
        let (far, known) = all.min_by_key(|one| one.0)?;
        (far * 3 <= known.len().max(3)).then_some(known)
    };
    meant.next().or_else(near).copied()
}

/// How many letters have to be put in, left out or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut costs: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.to_lowercase().chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (cost, wanted) in costs.iter_mut().skip(1).zip(&other) {
            let changed = diagonal + usize::from(letter != *wanted);
            diagonal = *cost;
            *cost = changed.min(diagonal + 1).min(left + 1);
            left = *cost;
        }
        if let Some(first) = costs.first_mut() {
            *first = at + 1;
        }
    }
    costs.last().copied().unwrap_or_default()
}
