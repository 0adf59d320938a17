//! One record that `gh` prints, and what it says.

use serde::Deserialize;

use super::super::fields::Fields;
use super::super::found::{Found, Reviewed, Whose};
use super::super::oids::oids;
use super::super::{json, words};
use super::facts::{self, End, User};
use super::place::Place;
use crate::model::task::{Review, TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// One issue or pull request, with the fields that were asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Record {
    number: Option<u64>,
    title: Option<String>,
    url: Option<String>,
    #[serde(deserialize_with = "json::text_or_number")]
    id: Option<String>,
    state: Option<String>,
    state_reason: Option<String>,
    closed: Option<bool>,
    is_draft: Option<bool>,
    created_at: Option<String>,
    updated_at: Option<String>,
    closed_at: Option<String>,
    merged_at: Option<String>,
    author: Option<User>,
    #[serde(deserialize_with = "json::list")]
    assignees: Vec<User>,
    #[serde(deserialize_with = "json::list")]
    labels: Vec<Named>,
    #[serde(deserialize_with = "json::list")]
    project_items: Vec<Item>,
    #[serde(deserialize_with = "json::list")]
    reviews: Vec<OneReview>,
    #[serde(deserialize_with = "json::list")]
    latest_reviews: Vec<OneReview>,
    #[serde(deserialize_with = "json::list")]
    review_requests: Vec<User>,
    #[serde(deserialize_with = "json::list")]
    commits: Vec<Commit>,
    merge_commit: Option<Oid>,
    head_ref_name: Option<String>,
    head_ref_oid: Option<String>,
    additions: Option<i64>,
    deletions: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Named {
    #[serde(default)]
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Item {
    #[serde(default)]
    status: Option<Named>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OneReview {
    #[serde(default)]
    author: Option<User>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    submitted_at: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Commit {
    #[serde(default)]
    oid: Option<String>,
    #[serde(default)]
    authored_date: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Oid {
    #[serde(default)]
    oid: Option<String>,
}

/// Reads the dates of the record on one line.
pub(super) struct Dated<'f> {
    pub(super) line: u64,
    pub(super) fields: &'f mut Fields,
}

impl Dated<'_> {
    fn when(&mut self, column: &'static str, text: Option<&String>) -> Option<When> {
        let text = text.map_or("", String::as_str);
        self.fields.when(column, self.line, text)
    }
}

impl Record {
    /// What it says, or why that cannot be taken.
    pub(super) fn found(&self, mut dated: Dated<'_>) -> Result<Found, String> {
        let place = self.url.as_deref().and_then(Place::parse);
        let pull = place.as_ref().map_or_else(
            || self.merged_at.is_some() || self.is_draft.is_some() || self.head_ref_name.is_some(),
            |place| place.pull,
        );
        let mut task = self.named(place.as_ref())?;
        task.created = dated.when("createdAt", self.created_at.as_ref());
        task.updated = dated.when("updatedAt", self.updated_at.as_ref());
        task.tags = self.labels.iter().filter_map(Named::label).collect();
        let closed = dated.when("closedAt", self.closed_at.as_ref());
        if pull {
            Ok(self.pull_request(task, closed, dated))
        } else {
            Ok(self.issue(task, closed, dated.line))
        }
    }

    /// Its names: by its address, or by its node id alone.
    fn named(&self, place: Option<&Place>) -> Result<TaskFacts, String> {
        let title = self.title.as_deref();
        if let Some(place) = place {
            return Ok(facts::named(place, self.id.as_deref(), title));
        }
        let (Some(id), Some(number)) = (self.id.as_deref(), self.number) else {
            return Err("no url: add url to the fields after --json".to_owned());
        };
        Ok(TaskFacts {
            source: Clean::label(b"github"),
            key: Clean::label(format!("#{number}").as_bytes()),
            aliases: vec![facts::node_alias(id)],
            title: title.and_then(words::label).unwrap_or_default(),
            ..TaskFacts::default()
        })
    }

    /// Whether it is in this state: `gh list` writes states in capitals, `gh search` does not.
    fn is(&self, state: &str) -> bool {
        let said = self.state.as_deref().map(str::to_lowercase);
        said.as_deref() == Some(state) || (state == "closed" && self.closed == Some(true))
    }

    fn issue(&self, mut task: TaskFacts, closed_at: Option<When>, line: u64) -> Found {
        let closed = self.is("closed") || (self.state.is_none() && closed_at.is_some());
        let mut boards = self.project_items.iter();
        let board = boards.find_map(|item| item.status.as_ref()?.name.as_deref());
        let reason = self.state_reason.as_deref();
        task.kind = facts::kind(None, &task.tags);
        task.status = facts::issue_status(closed, reason, board);
        task.done = closed_at.filter(|_| closed);
        let people = self.assignees.iter().map(User::person).collect();
        Found::new(line, Whose::People(people), task)
    }

    fn end(&self, merged: Option<When>, closed: Option<When>) -> End {
        if merged.is_some() || self.is("merged") {
            End::Merged
        } else if self.is("closed") || (self.state.is_none() && closed.is_some()) {
            End::Closed
        } else {
            End::Open {
                draft: self.is_draft == Some(true) || self.is("draft"),
            }
        }
    }

    fn pull_request(
        &self,
        mut task: TaskFacts,
        closed: Option<When>,
        mut dated: Dated<'_>,
    ) -> Found {
        let merged = dated.when("mergedAt", self.merged_at.as_ref());
        let end = self.end(merged, closed);
        // A merge closes: a search, which tells no merges apart, has the same time as `closedAt`.
        let merged = merged.or(closed).filter(|_| end == End::Merged);
        let closed = closed.filter(|_| end == End::Closed);
        let commits = self.commits.iter();
        let authored = commits
            .filter_map(|one| dated.when("commits.authoredDate", one.authored_date.as_ref()));
        task.started = authored.min_by_key(|at| at.order());
        task.kind = TaskKind::Pr;
        task.status = end.status();
        task.done = merged.or(closed);
        task.review = Some(Box::new(Review {
            opened: task.created,
            merged,
            closed,
            additions: self.additions,
            deletions: self.deletions,
            branch: self.head_ref_name.as_deref().and_then(words::label),
            commits: self.oids(),
            ..Review::default()
        }));
        let author = self.author.as_ref();
        let whose = Whose::People(author.map(User::person).into_iter().collect());
        let mut found = Found::new(dated.line, whose, task);
        found.reviews = self.reviewed(&mut dated);
        let asked = self
            .review_requests
            .iter()
            .map(|user| (user.person(), None));
        found.requested = asked.filter(|(who, _)| !who.is_nobody()).collect();
        found
    }

    /// Object ids of the commits, the branch's last one and the merge.
    fn oids(&self) -> Vec<String> {
        let own = self.commits.iter().map(|commit| commit.oid.as_ref());
        let head = self.head_ref_oid.as_ref();
        let merge = self.merge_commit.as_ref().and_then(|one| one.oid.as_ref());
        oids(own.chain([head, merge]))
    }

    /// The reviews that were handed in. They name their authors by login alone: the pull request's
    /// own author is given all their names.
    fn reviewed(&self, dated: &mut Dated<'_>) -> Vec<Reviewed> {
        let all = if self.reviews.is_empty() {
            &self.latest_reviews
        } else {
            &self.reviews
        };
        let author = self.author.as_ref().filter(|author| author.login.is_some());
        let handed_in = all
            .iter()
            .filter(|one| one.state.as_deref() != Some("PENDING"));
        let reviewed = handed_in.filter_map(|one| {
            let at = dated.when("reviews.submittedAt", one.submitted_at.as_ref())?;
            let by = one.author.as_ref()?;
            let same = author.filter(|author| author.login == by.login);
            Some(Reviewed {
                by: same.unwrap_or(by).person(),
                at,
                approved: one.state.as_deref() == Some("APPROVED"),
                bot: by.is_bot(),
            })
        });
        reviewed.collect()
    }
}

impl Named {
    fn label(&self) -> Option<Clean> {
        self.name.as_deref().and_then(words::label)
    }
}
