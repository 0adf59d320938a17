//! Members of the archive that GitHub makes of an account or repository: issues, pull requests,
//! reviews, events. People, repositories and labels are addresses in it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::dates::Dates;
use super::super::fields::Fields;
use super::super::format::{Context, Format, Out};
use super::super::found::{Found, Person, Reviewed, Whose};
use super::super::head::Head;
use super::super::input::Input;
use super::super::{ImportError, json, records, words};
use super::facts::{self, End};
use super::place::{self, Place};
use crate::model::stage::{Stage, Status};
use crate::model::task::{Review, TaskFacts, TaskKind, Transition, When};

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
struct Record {
    #[serde(rename = "type")]
    kind: String,
    url: Option<String>,
    user: Option<String>,
    title: Option<String>,
    assignee: Option<String>,
    #[serde(deserialize_with = "json::list")]
    assignees: Vec<String>,
    #[serde(deserialize_with = "json::list")]
    labels: Vec<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    closed_at: Option<String>,
    merged_at: Option<String>,
    submitted_at: Option<String>,
    work_in_progress: Option<bool>,
    merge_commit_sha: Option<String>,
    head: Option<Branch>,
    /// The issue that an event belongs to.
    issue: Option<String>,
    /// The pull request that an event or a review belongs to.
    pull_request: Option<String>,
    event: Option<String>,
    /// Of a review: 1 a comment, 30 changes wanted, 40 approved; or the word.
    #[serde(deserialize_with = "json::text_or_number")]
    state: Option<String>,
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
    let mut elements = input.elements(&["[]"])?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        let kind = element.parse::<Kind>().map(|one| one.kind);
        if kind.is_ok_and(|kind| !MEMBERS.contains(&kind.as_str())) {
            gathered.other += 1;
            continue;
        }
        let found = element
            .parse::<Record>()
            .and_then(|one| match one.kind.as_str() {
                "issue" => issue(line, &one, &mut fields).map(Some),
                "pull_request" => pull_request(line, &one, &mut fields).map(Some),
                "issue_event" => gathered.event(line, &one, &mut fields),
                _ => gathered.review(line, &one, &mut fields),
            });
        match found {
            Ok(Some(found)) => out.task(found)?,
            Ok(None) => {}
            Err(reason) => out.reject(line, &reason)?,
        }
        if gathered.places.len() >= GATHERED {
            gathered.hand_out(out)?;
        }
    }
    gathered.hand_out(out)?;
    if gathered.other > 0 {
        let n = gathered.other;
        out.warn(format!(
            "{n} records are no issue, pull request, review or event: nothing in them to import"
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

fn date(fields: &mut Fields, column: &'static str, line: u64, text: Option<&str>) -> Option<When> {
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

fn person(url: &str) -> Person {
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
    let commits = [head.and_then(|head| head.sha.as_ref()), merge];
    task.review = Some(Review {
        opened: task.created,
        merged,
        closed: closed.filter(|_| end == End::Closed),
        branch: head
            .and_then(|head| head.name.as_deref())
            .and_then(words::label),
        commits: commits
            .into_iter()
            .flatten()
            .filter_map(|sha| facts::oid(sha))
            .collect(),
        ..Review::default()
    });
    let author = one.user.iter().map(|url| person(url)).collect();
    Ok(Found::new(line, Whose::People(author), task))
}

/// Issues and pull requests that events and reviews are gathered for before they are handed out:
/// a bound for memory, far above what a member holds.
const GATHERED: usize = 50_000;

/// Reviews and events, put together by what they belong to.
#[derive(Default)]
struct Gathered {
    places: BTreeMap<Place, Found>,
    unneeded: u64,
    other: u64,
}

impl Gathered {
    fn of(&mut self, line: u64, url: Option<&str>) -> Result<&mut Found, String> {
        let place = url.and_then(Place::parse);
        let place = place.ok_or("belongs to no issue or pull request")?;
        Ok(self.places.entry(place).or_insert_with_key(|place| {
            let mut task = facts::named(place, None, None);
            if place.pull {
                task.kind = TaskKind::Pr;
                task.review = Some(Review::default());
            }
            Found::new(line, Whose::OfTask, task)
        }))
    }

    fn review(
        &mut self,
        line: u64,
        one: &Record,
        fields: &mut Fields,
    ) -> Result<Option<Found>, String> {
        let state = one.state.as_deref().unwrap_or_default().to_lowercase();
        if matches!(state.as_str(), "0" | "pending") {
            self.unneeded += 1;
            return Ok(None);
        }
        let at = one.submitted_at.as_deref().or(one.created_at.as_deref());
        let at = date(fields, "submitted_at", line, at).ok_or("no submitted_at")?;
        let url = one.user.as_deref().ok_or("no user")?;
        let by = person(url);
        let bot = by.login.as_deref().is_some_and(facts::is_bot) || url.contains("/apps/");
        let found = self.of(line, one.pull_request.as_deref())?;
        found.reviews.push(Reviewed {
            by,
            at,
            approved: matches!(state.as_str(), "40" | "approved"),
            bot,
        });
        Ok(None)
    }

    fn event(
        &mut self,
        line: u64,
        one: &Record,
        fields: &mut Fields,
    ) -> Result<Option<Found>, String> {
        let event = one.event.as_deref().unwrap_or_default();
        if !matches!(event, "closed" | "reopened" | "merged" | "ready_for_review") {
            self.unneeded += 1;
            return Ok(None);
        }
        let at =
            date(fields, "created_at", line, one.created_at.as_deref()).ok_or("no created_at")?;
        let url = one.pull_request.as_deref().or(one.issue.as_deref());
        let found = self.of(line, url)?;
        let Some(review) = found.task.review.as_mut() else {
            found.task.transitions.extend(issue_move(event, at));
            return Ok(None);
        };
        if event == "ready_for_review" {
            let earlier = review.ready.filter(|ready| ready.order() <= at.order());
            review.ready = earlier.or(Some(at));
        }
        found.task.transitions.push(pull_move(event, at));
        Ok(None)
    }

    fn hand_out(&mut self, out: &mut Out<'_>) -> Result<(), ImportError> {
        for mut found in std::mem::take(&mut self.places).into_values() {
            settle(&mut found.task.transitions);
            out.task(found)?;
        }
        Ok(())
    }
}

fn issue_move(event: &str, at: When) -> Option<Transition> {
    let (open, closed) = (
        facts::issue_status(false, None, None),
        facts::issue_status(true, None, None),
    );
    let (from, to) = match event {
        "closed" => (open, closed),
        "reopened" => (closed, open),
        _ => return None,
    };
    Some(Transition {
        at,
        from: Some(from),
        to,
    })
}

fn pull_move(event: &str, at: When) -> Transition {
    let open = || End::Open { draft: false }.status();
    let (from, to) = match event {
        "merged" => (None, End::Merged.status()),
        "closed" => (None, End::Closed.status()),
        "reopened" => (Some(End::Closed.status()), open()),
        _ => (Some(End::Open { draft: true }.status()), open()),
    };
    Transition { at, from, to }
}

/// Oldest first, each once. A merge also closes, in the same second or the next: that closing
/// gives nothing up.
fn settle(moves: &mut Vec<Transition>) {
    moves.sort_by_key(|one| one.at.order());
    moves.dedup();
    let is = |status: &Status, word: &str| {
        status
            .word
            .as_ref()
            .is_some_and(|found| found.as_str() == word)
    };
    let merges: Vec<i64> = moves
        .iter()
        .filter(|one| is(&one.to, "merged"))
        .map(|one| one.at.order())
        .collect();
    moves.retain(|one| {
        let given_up = one.to.fixed == Some(Stage::Cancelled);
        let near = |at: &i64| (one.at.order() - at).abs() <= 5;
        !(given_up && merges.iter().any(near))
    });
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
