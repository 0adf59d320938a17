//! Members of the archive that GitHub makes of an account or repository: issues, pull requests,
//! reviews, events. People, repositories and labels are addresses in it.

use serde::Deserialize;

use super::super::dates::Dates;
use super::super::fields::Fields;
use super::super::format::{Context, Format, Out};
use super::super::found::{Found, Person, Whose};
use super::super::head::Head;
use super::super::input::Input;
use super::super::oids::oids;
use super::super::{ImportError, json, records, words};
use super::facts::{self, End};
use super::gathered::Gathered;
use super::place::{self, Place};
use crate::model::task::{Review, TaskFacts, TaskKind, When};

/// Members of a migration or account archive.
pub(in crate::sources::tasks) const FORMAT: Format = Format {
    id: "github-archive",
    source: "github",
    label: "GitHub archive",
    fits: |head| is_member(head) || is_schema(head),
    read,
    caps: &[],
    how: None,
};

/// The kinds of members, the ones that are read first.
const MEMBERS: [&str; 4] = [
    "issue",
    "pull_request",
    "pull_request_review",
    "issue_event",
];
const OTHERS: [&str; 17] = [
    "attachment",
    "bot",
    "commit_comment",
    "issue_comment",
    "label",
    "milestone",
    "organization",
    "project",
    "protected_branch",
    "pull_request_review_comment",
    "pull_request_review_thread",
    "release",
    "repository",
    "repository_file",
    "team",
    "user",
    "discussion",
];

fn is_member(head: &Head) -> bool {
    let kind = records::first(head, "[]", "type");
    let known = kind.is_some_and(|kind| MEMBERS.contains(&kind) || OTHERS.contains(&kind));
    let address = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    let url = records::first(head, "[]", "url").is_some_and(address);
    let page = ["number", "iid", "html_url", "node_id"];
    known && url && !page.iter().any(|key| records::has(head, "[]", key))
}

fn is_schema(head: &Head) -> bool {
    head.has_json(&["version", "github_sha"])
}

/// What a record of any member is.
#[derive(Debug, Deserialize)]
struct Kind {
    #[serde(default, rename = "type")]
    kind: String,
}

/// A record of any of the members that are read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Record {
    #[serde(rename = "type")]
    kind: String,
    url: Option<String>,
    pub(super) user: Option<String>,
    title: Option<String>,
    assignee: Option<String>,
    #[serde(deserialize_with = "json::list")]
    assignees: Vec<String>,
    #[serde(deserialize_with = "json::list")]
    labels: Vec<String>,
    pub(super) created_at: Option<String>,
    updated_at: Option<String>,
    closed_at: Option<String>,
    merged_at: Option<String>,
    pub(super) submitted_at: Option<String>,
    work_in_progress: Option<bool>,
    merge_commit_sha: Option<String>,
    head: Option<Branch>,
    /// The issue that an event belongs to.
    pub(super) issue: Option<String>,
    /// The pull request that an event or a review belongs to.
    pub(super) pull_request: Option<String>,
    pub(super) event: Option<String>,
    /// Of a review: 1 a comment, 30 changes wanted, 40 approved; or the word.
    #[serde(deserialize_with = "json::text_or_number")]
    pub(super) state: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Branch {
    #[serde(default, rename = "ref")]
    name: Option<String>,
    #[serde(default)]
    sha: Option<String>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    if is_schema(input.head()) {
        out.warn("says how the archive is made: nothing in it to import");
        return Ok(());
    }
    let mut fields = Fields::new(Dates::new(context.zone));
    let mut gathered = Gathered::default();
    let mut other = 0_u64;
    let mut elements = input.elements(&["[]"])?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        let kind = element.parse::<Kind>().map(|one| one.kind);
        if kind.is_ok_and(|kind| !MEMBERS.contains(&kind.as_str())) {
            other += 1;
            continue;
        }
        let found = element
            .parse::<Record>()
            .and_then(|one| match one.kind.as_str() {
                "issue" => issue(line, &one, &mut fields).map(Some),
                "pull_request" => pull_request(line, &one, &mut fields).map(Some),
                "issue_event" => gathered.event(line, &one, &mut fields).map(|()| None),
                _ => gathered.review(line, &one, &mut fields).map(|()| None),
            });
        match found {
            Ok(Some(found)) => out.task(found)?,
            Ok(None) => {}
            Err(reason) => out.reject(line, &reason)?,
        }
        if gathered.is_full() {
            gathered.hand_out(out)?;
        }
    }
    gathered.hand_out(out)?;
    if other > 0 {
        out.warn(format!(
            "{other} records are no issue, pull request, review or event: nothing in them to import"
        ));
    }
    if gathered.unneeded > 0 {
        let n = gathered.unneeded;
        out.warn(format!(
            "{n} events do not change where a task stands, and were passed over"
        ));
    }
    fields.warn(out);
    Ok(())
}

/// What names an issue or pull request, and what both have.
fn card(line: u64, one: &Record, fields: &mut Fields) -> Result<TaskFacts, String> {
    let place = one.url.as_deref().and_then(Place::parse);
    let place = place.ok_or("no url that leads to an issue")?;
    let mut task = facts::named(&place, None, one.title.as_deref());
    task.created = date(fields, "created_at", line, one.created_at.as_deref());
    task.updated = date(fields, "updated_at", line, one.updated_at.as_deref());
    task.tags = one
        .labels
        .iter()
        .filter_map(|url| place::label(url))
        .collect();
    Ok(task)
}

pub(super) fn date(
    fields: &mut Fields,
    column: &'static str,
    line: u64,
    text: Option<&str>,
) -> Option<When> {
    fields.when(column, line, text.unwrap_or_default())
}

/// An issue has no state: it is closed when it has a time of closing. Why is not said.
fn issue(line: u64, one: &Record, fields: &mut Fields) -> Result<Found, String> {
    let mut task = card(line, one, fields)?;
    task.done = date(fields, "closed_at", line, one.closed_at.as_deref());
    task.kind = facts::kind(None, &task.tags);
    task.status = facts::issue_status(task.done.is_some(), None, None);
    let single = one.assignee.iter().filter(|_| one.assignees.is_empty());
    let people = one.assignees.iter().chain(single);
    let people = people.map(|url| person(url)).collect();
    Ok(Found::new(line, Whose::People(people), task))
}

pub(super) fn person(url: &str) -> Person {
    Person::with_login(place::login(url))
}

fn pull_request(line: u64, one: &Record, fields: &mut Fields) -> Result<Found, String> {
    let mut task = card(line, one, fields)?;
    let closed = date(fields, "closed_at", line, one.closed_at.as_deref());
    let merged = date(fields, "merged_at", line, one.merged_at.as_deref());
    let end = match (merged, closed) {
        (Some(_), _) => End::Merged,
        (None, Some(_)) => End::Closed,
        (None, None) => End::Open {
            draft: one.work_in_progress == Some(true),
        },
    };
    task.kind = TaskKind::Pr;
    task.status = end.status();
    task.done = merged.or(closed);
    let head = one.head.as_ref();
    let merge = one.merge_commit_sha.as_ref().filter(|_| merged.is_some());
    let head_sha = head.and_then(|head| head.sha.as_ref());
    task.review = Some(Box::new(Review {
        opened: task.created,
        merged,
        closed: closed.filter(|_| end == End::Closed),
        branch: head
            .and_then(|head| head.name.as_deref())
            .and_then(words::label),
        commits: oids([head_sha, merge]),
        ..Review::default()
    }));
    let author = one.user.iter().map(|url| person(url)).collect();
    Ok(Found::new(line, Whose::People(author), task))
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
