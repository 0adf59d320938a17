//! The `task` document.

use chrono::NaiveDate;
use serde::Serialize;

use super::events::{self, Event, What};
use super::spans::{self, Spans};
use super::text::unknown;
use super::{StoryCommit, TaskStory, Telling};
use crate::model::dataset::flag;
use crate::model::ids::Oid;
use crate::model::links::{Confidence, LinkRule};
use crate::model::stage::{Stage, Status};
use crate::model::text::Clean;
use crate::model::timeline::Stages;
use crate::report::log::{clock, stamp};

/// The name and version of the document.
pub const TASK_SCHEMA: &str = "inward.task.v1";

/// The `task` document: several tasks when trackers share a key.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    schema: &'static str,
    tasks: Vec<TaskJson<'a>>,
}

#[derive(Debug, Serialize)]
struct TaskJson<'a> {
    source: &'a Clean,
    key: &'a Clean,
    #[serde(rename = "type")]
    type_: &'static str,
    title: &'a Clean,
    project: Option<&'a Clean>,
    state: Option<&'static str>,
    status: Option<&'a Clean>,
    due_at: Option<String>,
    links: Vec<LinkJson<'a>>,
    copies: u64,
    events: Vec<EventJson<'a>>,
    spans: SpansJson,
    commit_days: Option<usize>,
    days: Option<i64>,
    not_known: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct LinkJson<'a> {
    oid: Oid,
    repo: &'a Clean,
    time: Option<String>,
    summary: &'a Clean,
    merge: bool,
    rule: LinkRule,
    confidence: Confidence,
}

#[derive(Debug, Serialize)]
struct EventJson<'a> {
    what: &'static str,
    time: Option<String>,
    day: Option<NaiveDate>,
    not_before: Option<String>,
    first_touch: bool,
    from: Option<StateJson>,
    to: Option<StateJson>,
    oid: Option<Oid>,
    request: Option<&'a Clean>,
}

#[derive(Debug, Serialize)]
struct StateJson {
    word: Option<Clean>,
    state: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct SpansJson {
    from: Option<String>,
    to: Option<String>,
    complete: bool,
    seconds: Option<i64>,
    working: Option<i64>,
    waiting: Option<i64>,
    not_told: Option<i64>,
    whole_days: bool,
    stages: Vec<StageJson>,
}

#[derive(Debug, Serialize)]
struct StageJson {
    state: &'static str,
    seconds: i64,
}

impl<'a> Document<'a> {
    /// The document of `stories`, in their order.
    pub fn new(stories: &'a [TaskStory], telling: Telling<'_>) -> Self {
        let tasks = stories.iter().map(|story| task(story, telling));
        Self {
            schema: TASK_SCHEMA,
            tasks: tasks.collect(),
        }
    }
}

fn task<'a>(story: &'a TaskStory, telling: Telling<'_>) -> TaskJson<'a> {
    let facts = &story.facts;
    let events = events::of(story);
    let spans = spans::of(story, telling);
    let days = spans::commit_days(story, &events, telling);
    let mut stages = Stages::new(telling.words);
    TaskJson {
        source: &facts.source,
        key: &facts.key,
        type_: facts.kind.as_str(),
        title: &facts.title,
        project: facts.project.as_ref(),
        state: story.timeline.stage.map(Stage::as_str),
        status: facts.status.word.as_ref(),
        due_at: facts.due.and_then(stamp),
        links: story.commits.iter().map(link).collect(),
        copies: story.copies,
        not_known: unknown(story, &spans),
        spans: spans_json(&spans),
        commit_days: days.map(|(with, _)| with),
        days: days.map(|(_, all)| all),
        events: events
            .iter()
            .map(|event| happened(event, &mut stages))
            .collect(),
    }
}

fn link(one: &StoryCommit) -> LinkJson<'_> {
    LinkJson {
        oid: one.row.oid,
        repo: &one.row.repo,
        time: one.row.time.rfc3339(),
        summary: &one.row.summary,
        merge: one.row.is(flag::MERGE),
        rule: one.rule,
        confidence: one.rule.confidence(),
    }
}

fn happened<'a>(event: &Event<'a>, stages: &mut Stages<'_>) -> EventJson<'a> {
    let mut state = |status: &Status| StateJson {
        word: status.word.clone(),
        state: stages.of(status).map(Stage::as_str),
    };
    let (from, to) = match event.what {
        What::Moved(moved) => (moved.from.as_ref().map(&mut state), Some(state(&moved.to))),
        _ => (None, None),
    };
    EventJson {
        what: event.what.as_str(),
        time: clock(event.at),
        day: event.at.day(),
        not_before: event.not_before.and_then(stamp),
        first_touch: event.first_touch,
        from,
        to,
        oid: match event.what {
            What::Commit(one) => Some(one.row.oid),
            _ => None,
        },
        request: match event.what {
            What::Request(_, key) => Some(key),
            _ => None,
        },
    }
}

fn spans_json(spans: &Spans) -> SpansJson {
    let told = !spans.stages.is_empty();
    let stages = spans.stages.iter().map(|(stage, seconds)| StageJson {
        state: stage.as_str(),
        seconds: *seconds,
    });
    SpansJson {
        from: spans.from.and_then(stamp),
        to: spans.to.and_then(stamp),
        complete: !spans.lasts,
        seconds: spans.whole,
        working: told.then(|| spans.working()),
        waiting: told.then(|| spans.waiting()),
        not_told: spans.unknown(),
        whole_days: spans.by_day,
        stages: stages.collect(),
    }
}
