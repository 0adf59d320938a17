//! Pages of GitHub's interface saved as files: listings of issues (pull requests among them), of
//! pull requests, and searches.

use serde::{Deserialize, Deserializer};

use super::super::dates::Dates;
use super::super::fields::Fields;
use super::super::format::{Context, Format, Out};
use super::super::found::{Found, Whose};
use super::super::head::Head;
use super::super::input::Input;
use super::super::oids::oids;
use super::super::{ImportError, json, records, words};
use super::facts::{self, End, User};
use super::place::Place;
use crate::model::task::{Review, TaskKind};
use crate::model::text::Clean;

/// Listings as GitHub's interface answers them.
pub(in crate::sources::tasks) const FORMAT: Format = Format {
    id: "github-rest-json",
    source: "github",
    label: "GitHub (REST)",
    fits: |head| place(head).is_some() || is_error(head),
    read,
    caps: &[
        (
            30,
            "a page has as many unless per_page says more: get the next one",
        ),
        (100, "a page has no more: get the next one"),
        (
            1_000,
            "GitHub's search stops there: ask for shorter ranges of dates, one by one",
        ),
    ],
    how: None,
};

fn place(head: &Head) -> Option<&'static str> {
    let place = records::place(head, &["number", "created_at"])?;
    let first = |key| records::first(head, place, key);
    let leads = |key| first(key).is_some_and(|url| Place::parse(url).is_some());
    // Another forge's interface is much alike.
    let other = records::has(head, place, "iid")
        || first("url").is_some_and(|url| url.contains("/api/v1/"));
    (!other && (leads("html_url") || leads("url"))).then_some(place)
}

/// Whether it is what GitHub answers in place of a listing.
fn is_error(head: &Head) -> bool {
    head.has_json(&["message", "documentation_url"])
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Record {
    html_url: Option<String>,
    url: Option<String>,
    node_id: Option<String>,
    title: Option<String>,
    state: Option<String>,
    state_reason: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    closed_at: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Named>,
    user: Option<User>,
    assignee: Option<User>,
    #[serde(deserialize_with = "json::list")]
    assignees: Vec<User>,
    #[serde(deserialize_with = "json::list")]
    labels: Vec<Label>,
    parent_issue_url: Option<String>,
    pull_request: Option<Merge>,
    draft: Option<bool>,
    merged_at: Told<String>,
    merge_commit_sha: Option<String>,
    head: Option<Branch>,
    #[serde(deserialize_with = "json::list")]
    requested_reviewers: Vec<User>,
    additions: Option<i64>,
    deletions: Option<i64>,
}

/// What a listing of issues says of one that is a pull request.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Merge {
    merged_at: Told<String>,
}

#[derive(Debug, Deserialize)]
struct Branch {
    #[serde(default, rename = "ref")]
    name: Option<String>,
    #[serde(default)]
    sha: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Named {
    #[serde(default)]
    name: Option<String>,
}

/// Labels are objects, in very old listings plain names.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Label {
    Plain(String),
    Full(Named),
}

impl Label {
    fn label(&self) -> Option<Clean> {
        match self {
            Self::Plain(name) => words::label(name),
            Self::Full(label) => words::label(label.name.as_deref()?),
        }
    }
}

/// A value, a null, or no such field: a null says "not merged", a missing field says nothing.
#[derive(Debug, Default)]
enum Told<T> {
    #[default]
    Absent,
    Null,
    Is(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Told<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(from)?.map_or(Self::Null, Self::Is))
    }
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let Some(place) = place(input.head()) else {
        return Err(if is_error(input.head()) {
            refusal(input)?
        } else {
            ImportError::Unknown
        });
    };
    let mut fields = Fields::new(Dates::new(context.zone));
    let totals = place.replace("items[]", "total_count");
    let mut elements = input.elements(&[place, &totals])?;
    let (mut total, mut unsaid) = (0_u64, 0_u64);
    while let Some(element) = elements.next()? {
        let line = element.line;
        if element.place == 1 {
            total = total.max(element.parse().unwrap_or(0));
            continue;
        }
        let one = element.parse::<Record>();
        match one.and_then(|one| found(line, &one, &mut fields, &mut unsaid)) {
            Ok(found) => out.task(found)?,
            Err(reason) => out.reject(line, &reason)?,
        }
    }
    fields.warn(out);
    if unsaid > 0 {
        out.warn(format!(
            "{unsaid} closed pull requests do not say whether they were merged, and count as done: `gh pr list` or repos/OWNER/NAME/pulls says it"
        ));
    }
    if total > out.records() {
        out.warn(format!(
            "holds {} of {total}: get the next pages",
            out.records()
        ));
    }
    Ok(())
}

/// The message of an error reply.
fn refusal(input: &Input) -> Result<ImportError, ImportError> {
    let mut elements = input.elements(&[""])?;
    let said = elements.next()?.and_then(|one| one.parse::<Refusal>().ok());
    let said = said.map_or_else(String::new, |reply| reply.message);
    Ok(ImportError::Reply(Clean::label(said.as_bytes())))
}

fn found(line: u64, one: &Record, fields: &mut Fields, unsaid: &mut u64) -> Result<Found, String> {
    let urls = [&one.html_url, &one.url];
    let place = urls.into_iter().flatten().find_map(|url| Place::parse(url));
    let place = place.ok_or("no html_url that leads to an issue")?;
    let mut task = facts::named(&place, one.node_id.as_deref(), one.title.as_deref());
    let mut date = |column: &'static str, text: Option<&str>| {
        fields.when(column, line, text.unwrap_or_default())
    };
    task.created = date("created_at", one.created_at.as_deref());
    task.updated = date("updated_at", one.updated_at.as_deref());
    let closed_at = date("closed_at", one.closed_at.as_deref());
    task.tags = one.labels.iter().filter_map(Label::label).collect();
    let closed = one.state.as_deref() == Some("closed");
    if place.pull || one.pull_request.is_some() || one.head.is_some() {
        let (end, merged_at) = end(one, closed);
        *unsaid += u64::from(end == End::Unsaid);
        let merged = date("merged_at", merged_at).filter(|_| end == End::Merged);
        task.kind = TaskKind::Pr;
        task.status = end.status();
        task.done = merged.or(closed_at.filter(|_| closed));
        task.review = Some(Box::new(Review {
            opened: task.created,
            merged,
            closed: closed_at.filter(|_| end == End::Closed),
            ..review(one, end)
        }));
        let author = one.user.iter().map(User::person).collect();
        let mut found = Found::new(line, Whose::People(author), task);
        let asked = one.requested_reviewers.iter();
        found.requested = asked.map(|user| (user.person(), None)).collect();
        return Ok(found);
    }
    let own = one.kind.as_ref().and_then(|kind| kind.name.as_deref());
    task.kind = facts::kind(own, &task.tags);
    task.status = facts::issue_status(closed, one.state_reason.as_deref(), None);
    task.done = closed_at.filter(|_| closed);
    let parent = one.parent_issue_url.as_deref().and_then(Place::parse);
    task.parent = parent.map(|place| place.key());
    let people = if one.assignees.is_empty() {
        one.assignee.iter().map(User::person).collect()
    } else {
        one.assignees.iter().map(User::person).collect()
    };
    Ok(Found::new(line, Whose::People(people), task))
}

/// How a pull request ended, and when it was merged.
fn end(one: &Record, closed: bool) -> (End, Option<&str>) {
    let listed = one.pull_request.as_ref().map(|pull| &pull.merged_at);
    let merged = [Some(&one.merged_at), listed].into_iter().flatten();
    let mut said = false;
    for told in merged {
        match told {
            Told::Is(at) => return (End::Merged, Some(at)),
            Told::Null => said = true,
            Told::Absent => {}
        }
    }
    let draft = one.draft == Some(true);
    match (closed, said) {
        (false, _) => (End::Open { draft }, None),
        (true, true) => (End::Closed, None),
        (true, false) => (End::Unsaid, None),
    }
}

/// Size, branch and commits. Of one that was not merged the merge commit is only a trial.
fn review(one: &Record, end: End) -> Review {
    let head = one.head.as_ref();
    let merge = one.merge_commit_sha.as_ref();
    Review {
        additions: one.additions,
        deletions: one.deletions,
        branch: head
            .and_then(|head| head.name.as_deref())
            .and_then(words::label),
        commits: oids([
            head.and_then(|head| head.sha.as_ref()),
            merge.filter(|_| end == End::Merged),
        ]),
        ..Review::default()
    }
}

#[cfg(test)]
#[path = "rest_tests.rs"]
mod tests;
