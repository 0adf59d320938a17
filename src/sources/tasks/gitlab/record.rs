//! One issue or merge request of GitLab's interface, and what it says.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::super::fields::Fields;
use super::super::found::{Found, Person, Whose};
use super::super::oids::oids;
use super::super::{json, labels, words};
use super::place::Place;
use crate::model::stage::{Stage, StageWords, Status};
use crate::model::task::{Estimate, Review, TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// An issue or merge request.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Record {
    #[serde(deserialize_with = "json::text_or_number")]
    id: Option<String>,
    web_url: Option<String>,
    title: Option<String>,
    state: Option<String>,
    issue_type: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    closed_at: Option<String>,
    merged_at: Option<String>,
    due_date: Option<String>,
    author: Option<User>,
    assignee: Option<User>,
    #[serde(deserialize_with = "json::list")]
    assignees: Vec<User>,
    #[serde(deserialize_with = "json::list")]
    reviewers: Vec<User>,
    #[serde(deserialize_with = "json::list")]
    labels: Vec<Label>,
    weight: Option<u32>,
    time_stats: Option<Times>,
    epic: Option<Epic>,
    moved_to_id: Option<IgnoredAny>,
    #[serde(rename = "_links")]
    links: Option<Links>,
    draft: Option<bool>,
    work_in_progress: Option<bool>,
    source_branch: Option<String>,
    sha: Option<String>,
    merge_commit_sha: Option<String>,
    squash_commit_sha: Option<String>,
}

#[derive(Debug, Deserialize)]
struct User {
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    name: Option<String>,
}

/// Labels are names, with `with_labels_details` objects.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Label {
    Plain(String),
    Full { name: String },
}

#[derive(Debug, Deserialize)]
struct Times {
    #[serde(default)]
    time_estimate: Option<i64>,
    #[serde(default)]
    total_time_spent: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Epic {
    #[serde(default)]
    iid: Option<u64>,
    #[serde(default)]
    url: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Links {
    #[serde(default)]
    closed_as_duplicate_of: Option<IgnoredAny>,
}

impl User {
    fn person(&self) -> Person {
        // The number is one of its site only; the user name is what people know.
        Person::default()
            .login(self.username.as_deref().unwrap_or_default())
            .name(self.name.as_deref().unwrap_or_default())
    }
}

impl Epic {
    /// `group&3`, as GitLab writes it.
    fn key(&self) -> Option<Clean> {
        let (_, path) = self.url.as_deref()?.split_once("/groups/")?;
        let (group, _) = path.split_once("/-/")?;
        words::label(&format!("{group}&{}", self.iid?))
    }
}

impl Record {
    /// What it says, or why that cannot be taken.
    pub(super) fn found(&self, line: u64, fields: &mut Fields) -> Result<Found, String> {
        let place = self.web_url.as_deref().and_then(Place::parse);
        let place = place.ok_or("no web_url that leads to an issue or merge request")?;
        let mut date = |column: &'static str, text: &Option<String>| {
            fields.when(column, line, text.as_deref().unwrap_or_default())
        };
        let created = date("created_at", &self.created_at);
        let updated = date("updated_at", &self.updated_at);
        let closed = date("closed_at", &self.closed_at);
        let merged = date("merged_at", &self.merged_at);
        let due = self.due_date.as_deref().unwrap_or_default();
        let times = self.time_stats.as_ref();
        let seconds = |value: Option<i64>| value.filter(|seconds| *seconds > 0);
        let title = self.title.as_deref().and_then(words::label);
        let tags = self.labels.iter().filter_map(|label| match label {
            Label::Plain(name) | Label::Full { name } => words::label(name),
        });
        let mut task = TaskFacts {
            source: Clean::label(b"gitlab"),
            key: place.key(),
            aliases: place.aliases(self.id.as_deref()),
            title: title.unwrap_or_default(),
            project: place.project(),
            created,
            updated,
            due: fields.day("due_date", line, due),
            estimate: seconds(times.and_then(|times| times.time_estimate)).map(Estimate::Seconds),
            spent: seconds(times.and_then(|times| times.total_time_spent)),
            tags: tags.collect(),
            parent: self.epic.as_ref().and_then(Epic::key),
            ..TaskFacts::default()
        };
        if place.merge {
            return Ok(self.merge_request(line, task, closed, merged));
        }
        let points = self
            .weight
            .map(|weight| Estimate::Points(i64::from(weight) * 1_000));
        task.estimate = task.estimate.or(points);
        task.kind = self.kind(&task.tags);
        task.status = self.issue_status(&task.tags);
        task.done = closed.filter(|_| task.status.fixed.is_some());
        Ok(Found::new(line, Whose::People(self.assignees()), task))
    }

    fn kind(&self, tags: &[Clean]) -> TaskKind {
        match words::kind(self.issue_type.as_deref().unwrap_or_default()) {
            TaskKind::Task => labels::kind(tags),
            kind => kind,
        }
    }

    /// Old versions give one assignee, newer ones a list and the first of it again.
    fn assignees(&self) -> Vec<Person> {
        if self.assignees.is_empty() {
            self.assignee.iter().map(User::person).collect()
        } else {
            self.assignees.iter().map(User::person).collect()
        }
    }

    /// Open and closed are all that GitLab keeps; how far an open one is stands in a label. What was
    /// moved away or is a duplicate was not done here, nor what its label calls given up.
    fn issue_status(&self, tags: &[Clean]) -> Status {
        let word = labels::workflow(tags);
        if self.state.as_deref() != Some("closed") {
            return labels::open(word);
        }
        let stage = |word: &Status| StageWords::default().stage(word);
        let word = word.map(Status::word);
        if let Some(word) = word.filter(|word| stage(word) == Some(Stage::Cancelled)) {
            return word.fixed(Stage::Cancelled);
        }
        let links = self.links.as_ref();
        let duplicate = links.is_some_and(|links| links.closed_as_duplicate_of.is_some());
        let gave_up = duplicate || self.moved_to_id.is_some();
        let stage = if gave_up {
            Stage::Cancelled
        } else {
            Stage::Done
        };
        Status::word("closed").fixed(stage)
    }

    fn merge_request(
        &self,
        line: u64,
        mut task: TaskFacts,
        closed: Option<When>,
        merged: Option<When>,
    ) -> Found {
        let draft = self.draft.or(self.work_in_progress) == Some(true);
        let (word, stage) = match self.state.as_deref() {
            Some("merged") => ("merged", Stage::Done),
            _ if merged.is_some() => ("merged", Stage::Done),
            Some("closed") => ("closed", Stage::Cancelled),
            // It is being merged.
            Some("locked") => ("locked", Stage::InReview),
            _ if draft => ("draft", Stage::InProgress),
            _ => ("open", Stage::InReview),
        };
        // A merge closes: versions that have no `merged_at` have the time in `closed_at`.
        let merged = merged.or(closed).filter(|_| stage == Stage::Done);
        let closed = closed.filter(|_| stage == Stage::Cancelled);
        let merge = [
            self.merge_commit_sha.as_ref(),
            self.squash_commit_sha.as_ref(),
        ];
        let merge = merge.into_iter().filter(|_| stage == Stage::Done);
        task.kind = TaskKind::Pr;
        task.status = Status::word(word).fixed(stage);
        task.done = merged.or(closed);
        task.review = Some(Box::new(Review {
            opened: task.created,
            merged,
            closed,
            branch: self.source_branch.as_deref().and_then(words::label),
            commits: oids(self.sha.iter().map(Some).chain(merge)),
            ..Review::default()
        }));
        let author = self.author.iter().map(User::person).collect();
        let mut found = Found::new(line, Whose::People(author), task);
        let asked = self.reviewers.iter();
        found.requested = asked.map(|user| (user.person(), None)).collect();
        found
    }
}
