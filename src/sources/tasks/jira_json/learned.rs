//! What the issues of a file tell about each other: the category of each status, and which of the
//! site's own fields hold points or an epic.

use std::collections::{BTreeSet, HashMap};

use super::parts::{Issue, Names, StatusOf};
use crate::model::stage::{Stage, Status};

/// Statuses remembered; a site has a few dozen.
const STATUSES: usize = 4_096;

/// What was learned of a file.
#[derive(Debug, Default)]
pub(super) struct Learned {
    by_id: HashMap<String, Stage>,
    /// `None`: two statuses of this name have different categories.
    by_name: HashMap<String, Option<Stage>>,
    points: BTreeSet<String>,
    epics: BTreeSet<String>,
    /// Issues seen, and those with fields.
    pub(super) issues: u64,
    pub(super) with_fields: u64,
}

impl Learned {
    /// Learns from one issue.
    pub(super) fn issue(&mut self, issue: &Issue) {
        self.issues += 1;
        if let Some(names) = &issue.names {
            self.names(names);
        }
        if let Some(fields) = &issue.fields {
            self.with_fields += 1;
            if let Some(status) = &fields.status {
                self.status(status);
            }
        }
        let histories = issue.changelog.iter().flat_map(|log| &log.histories);
        for change in histories.flat_map(|history| &history.items) {
            if let (Some(id), Some(name)) = (change.field_id.get(), change.field.get()) {
                self.field(id, name);
            }
        }
    }

    /// Learns the names of fields.
    pub(super) fn names(&mut self, names: &Names) {
        for (id, name) in names {
            self.field(id, name.get().unwrap_or_default());
        }
    }

    fn field(&mut self, id: &str, name: &str) {
        if !id.starts_with("customfield_") {
            return;
        }
        match name.trim().to_lowercase().as_str() {
            "story points" | "story point estimate" | "points" => self.points.insert(id.to_owned()),
            "epic link" => self.epics.insert(id.to_owned()),
            _ => false,
        };
    }

    fn status(&mut self, status: &StatusOf) {
        let Some(category) = category(status) else {
            return;
        };
        if let Some(id) = &status.id
            && self.by_id.len() < STATUSES
        {
            self.by_id.insert(id.clone(), category);
        }
        if let Some(name) = &status.name
            && self.by_name.len() < STATUSES
        {
            let known = self.by_name.entry(name.to_lowercase());
            let known = known.or_insert(Some(category));
            *known = known.filter(|known| *known == category);
        }
    }

    /// The status of this id and name that a history tells; it does not say the category.
    pub(super) fn told(&self, id: Option<&str>, name: Option<&str>) -> Option<Status> {
        let name = name.filter(|name| !name.trim().is_empty())?;
        let by_id = id.and_then(|id| self.by_id.get(id)).copied();
        let by_name = || self.by_name.get(&name.to_lowercase()).copied().flatten();
        Some(Status::word(name).category(by_id.or_else(by_name)))
    }

    /// Whether the field holds points.
    pub(super) fn is_points(&self, field: &str) -> bool {
        self.points.contains(field)
    }

    /// Whether the field holds the key of an epic.
    pub(super) fn is_epic(&self, field: &str) -> bool {
        self.epics.contains(field)
    }
}

/// Jira's own category; its key is English whatever language the names are in.
pub(super) fn category(status: &StatusOf) -> Option<Stage> {
    match status.category.as_ref()?.key.as_deref()? {
        "new" => Some(Stage::Todo),
        "indeterminate" => Some(Stage::InProgress),
        "done" => Some(Stage::Done),
        _ => None,
    }
}
