//! A task's story as text.

use std::fmt::Write as _;

use super::events::{self, Event, Step, What};
use super::page;
use super::spans::{self, Spans};
use super::{TaskStory, Telling};
use crate::model::dataset::flag;
use crate::model::fold::Move;
use crate::model::forms;
use crate::model::links::LinkRule;
use crate::model::moment::Moment;
use crate::model::stage::{Stage, Status};
use crate::model::task::{TaskKind, When};
use crate::model::timeline::Stages;
use crate::report::layout::{bar, cut, left, wrap};
use crate::report::{Context, words};

/// The story of one task as text.
pub fn story_text(story: &TaskStory, telling: Telling<'_>, context: &Context<'_>) -> String {
    let events = events::of(story);
    let spans = spans::of(story, telling);
    let mut out = head(story, context);
    out.push_str("\nTimeline\n");
    let mut stages = Stages::new(telling.words);
    for event in &events {
        out.push_str(&line(event, &mut stages, context));
    }
    if events.is_empty() {
        out.push_str("  no export says when anything happened\n");
    }
    out.push('\n');
    out.push_str(&sums(&spans, context));
    if let Some((days, all)) = spans::commit_days(story, &events, telling) {
        out.push_str(&wrap(&commit_days(days, all), context.columns(), 0));
    }
    if let Some(due) = page::due(story, context.calendar) {
        out.push_str(&wrap(&format!("Due {due}."), context.columns(), 0));
    }
    if let Some(effort) = page::effort(story) {
        out.push_str(&wrap(&format!("Effort: {effort}."), context.columns(), 0));
    }
    let unknown = unknown(story, &spans);
    if !unknown.is_empty() {
        out.push_str("\nNot known\n");
        for one in unknown {
            out.push_str("  ");
            out.push_str(&wrap(one, context.columns() - 2, 2));
        }
    }
    out
}

fn head(story: &TaskStory, context: &Context<'_>) -> String {
    let facts = &story.facts;
    let title = format!("{}  {}", facts.key, facts.title);
    let mut out = format!(
        "{}\n",
        cut(title.trim_end(), context.columns(), context.ascii)
    );
    out.push_str(&wrap(&about(story).join(", "), context.columns(), 0));
    out.push_str(&wrap(&linked(story), context.columns(), 0));
    out
}

/// `Commits on 2 of 7 civil days from the first sign of work.`
pub(super) fn commit_days(days: usize, all: i64) -> String {
    format!("Commits on {days} of {all} civil days from the first sign of work.")
}

/// Where it stands and what it is: `done`, `"Closed"`, `task`, `jira`, `ING`.
pub(super) fn about(story: &TaskStory) -> Vec<String> {
    let facts = &story.facts;
    let kind = match facts.kind {
        TaskKind::Pr => "pull request",
        kind => kind.as_str(),
    };
    let stage = story
        .timeline
        .stage
        .map_or("stage not known", Stage::as_str);
    let mut said = vec![stage.to_owned()];
    said.extend(facts.status.word.as_ref().map(|word| format!("\"{word}\"")));
    said.extend([kind.to_owned(), facts.source.to_string()]);
    said.extend(facts.project.as_ref().map(ToString::to_string));
    said
}

/// `3 commits: 1 closing (high), 2 message (medium); 1 copy not listed`
pub(super) fn linked(story: &TaskStory) -> String {
    if story.commits.is_empty() {
        return "No commit is linked with it.".to_owned();
    }
    let rules = LinkRule::ALL.iter().filter_map(|rule| {
        let n = story.commits.iter().filter(|one| one.rule == *rule).count();
        let sure = confidence(*rule);
        (n > 0).then(|| format!("{n} {} ({sure})", rule.as_str()))
    });
    let rules: Vec<_> = rules.collect();
    let mut out = format!(
        "{}: {}",
        words::counted(story.commits.len() as u64, "commit", "commits"),
        rules.join(", ")
    );
    if story.copies > 0 {
        let copies = words::counted(story.copies, "copy", "copies");
        let _ = write!(out, "; {copies} not listed");
    }
    out
}

/// How sure a rule is, in a word.
pub(super) fn confidence(rule: LinkRule) -> &'static str {
    use crate::model::links::Confidence::{Certain, High, Low, Medium};
    match rule.confidence() {
        Low => "low",
        Medium => "medium",
        High => "high",
        Certain => "certain",
    }
}

/// What happened in words.
pub(super) struct Said {
    /// In a word.
    pub(super) what: &'static str,
    /// More of it.
    pub(super) text: String,
    /// Of a commit, the rule that links it and how sure that is.
    pub(super) how: String,
}

/// The words for an event.
pub(super) fn said(event: &Event<'_>, stages: &mut Stages<'_>, ascii: bool) -> Said {
    let mut how = String::new();
    let (what, text) = match event.what {
        What::Created => ("created", String::new()),
        What::Started => ("started", String::new()),
        What::Moved(moved) => ("moved", between(moved, stages, ascii)),
        What::Commit(one) => {
            let row = &one.row;
            let merge = if row.is(flag::MERGE) { ", merge" } else { "" };
            how = format!("{}, {}{merge}", one.rule.as_str(), confidence(one.rule));
            let said = format!("{} {}  {}", row.oid.short(), row.repo, row.summary);
            ("commit", said.trim_end().to_owned())
        }
        What::Request(step, key) => (step.said(), key.to_string()),
        What::Finished => ("finished", String::new()),
        What::GivenUp => ("given up", String::new()),
    };
    Said { what, text, how }
}

impl Step {
    /// Its name in a sentence.
    fn said(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Ready => "ready",
            Self::FirstReview => "reviewed",
            Self::Approved => "approved",
            Self::Merged => "merged",
            Self::Closed => "closed",
        }
    }
}

/// `  2026-03-02 14:03 +01:00  moved  To Do -> In Progress   first sign of work`
fn line(event: &Event<'_>, stages: &mut Stages<'_>, context: &Context<'_>) -> String {
    let Said {
        what,
        mut text,
        how,
    } = said(event, stages, context.ascii);
    if !how.is_empty() {
        let _ = write!(text, "  [{how}]");
    }
    if let Some(before) = event.not_before {
        let _ = write!(text, "  (by then; not yet {})", stamp(before).trim_end());
    }
    if event.first_touch {
        let rest = if text.is_empty() { "" } else { ": " };
        text = format!("first sign of work{rest}{text}");
    }
    let body = format!(
        "{}  {}  {}",
        stamp(event.at),
        left(what, 8, context.ascii),
        text.trim()
    );
    let body = cut(body.trim_end(), context.columns() - 2, context.ascii);
    format!("  {body}\n")
}

/// A civil time in its own offset, always as wide.
fn stamp(when: When) -> String {
    let text = match when.moment().and_then(Moment::local) {
        Some(at) => {
            let (day, offset) = (at.format("%Y-%m-%d"), at.format("%:z"));
            format!("{day} {} {offset}", forms::clock(&at))
        }
        None => when.day().map_or_else(String::new, |day| day.to_string()),
    };
    format!("{text:<0$}", 18 + forms::clock_width())
}

/// `To Do -> In Progress`, with the stage where the word does not say it.
fn between(moved: &Move, stages: &mut Stages<'_>, ascii: bool) -> String {
    let arrow = if ascii { "->" } else { "→" };
    let to = state(&moved.to, stages);
    match &moved.from {
        Some(from) => format!("{} {arrow} {to}", state(from, stages)),
        None => format!("{arrow} {to}"),
    }
}

fn state(status: &Status, stages: &mut Stages<'_>) -> String {
    let stage = stages.of(status);
    match (&status.word, stage) {
        (Some(word), Some(stage)) if folded(word.as_str()) != folded(stage.as_str()) => {
            format!("{word} ({stage})")
        }
        (Some(word), _) => word.to_string(),
        (None, Some(stage)) => stage.to_string(),
        (None, None) => "not known".to_owned(),
    }
}

/// `In Progress` and `in-progress` are one word.
fn folded(word: &str) -> String {
    word.replace([' ', '_'], "-").to_lowercase()
}

/// `Between start and finish: 5d`; empty where that is not known.
pub(super) fn took(spans: &Spans) -> String {
    let Some(whole) = spans.whole else {
        return String::new();
    };
    let until = if spans.lasts { " so far" } else { "" };
    let grain = if spans.by_day { ", in whole days" } else { "" };
    format!(
        "Between start and finish{until}: {}{grain}",
        duration(whole)
    )
}

/// Working, waiting and what is not told, with what the waiting is made of; empty where no moves
/// are known.
pub(super) fn summed(spans: &Spans) -> Vec<(&'static str, i64, String)> {
    if spans.whole.is_none() || spans.stages.is_empty() {
        return Vec::new();
    }
    let waiting: Vec<String> = spans
        .stages
        .iter()
        .filter(|(stage, _)| **stage != Stage::InProgress)
        .map(|(stage, seconds)| format!("{stage} {}", duration(*seconds)))
        .collect();
    let mut out = vec![
        ("Working", spans.working(), String::new()),
        ("Waiting", spans.waiting(), waiting.join(", ")),
    ];
    let unknown = spans.unknown().unwrap_or(0);
    out.extend((unknown > 0).then(|| ("Not told", unknown, String::new())));
    out
}

/// Working, waiting and what is not told, each with its bar.
fn sums(spans: &Spans, context: &Context<'_>) -> String {
    let Some(whole) = spans.whole else {
        return String::new();
    };
    let mut out = format!("{}\n", took(spans));
    let summed = summed(spans);
    if summed.is_empty() {
        out.push_str(&wrap(
            "No moves are known in it: working and waiting cannot be told apart.",
            context.columns(),
            0,
        ));
        return out;
    }
    for (name, seconds, more) in summed {
        let more = match more.as_str() {
            "" => String::new(),
            more => format!("  ({more})"),
        };
        let drawn = bar(seconds as f64, whole as f64, 20, context.ascii);
        let drawn = left(&drawn, 20, context.ascii);
        let line = format!("  {name:<8}  {drawn}  {:>6}{more}", duration(seconds));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn duration(seconds: i64) -> String {
    words::duration(seconds as f64)
}

/// What the record cannot say of the task.
pub(super) fn unknown(story: &TaskStory, spans: &Spans) -> Vec<&'static str> {
    let (facts, timeline) = (&story.facts, &story.timeline);
    let closed = timeline.stage.is_some_and(Stage::is_closed);
    let ended = timeline.done.or(timeline.cancelled);
    let mut out = Vec::new();
    let mut say = |when: bool, text| {
        if when {
            out.push(text);
        }
    };
    say(
        timeline.stage.is_none(),
        "what stage its tracker's word means: `inward doctor` lists such words",
    );
    say(facts.created.is_none(), "when it was written down");
    say(
        timeline.started.is_none(),
        "when work on it began: no export says so, and no move shows it",
    );
    say(
        timeline.started.is_some() && spans.from.is_none(),
        "the exact start: it lies between two exports",
    );
    say(closed && ended.is_none(), "when it ended");
    say(
        ended.is_some() && spans.to.is_none(),
        "the exact end: it lies between two exports",
    );
    say(
        spans.from.is_some() && spans.to.is_some() && spans.whole.is_none(),
        "how long it took: the end comes before the start",
    );
    say(
        !facts.history_whole,
        "whether these are all of its moves: its export does not hold the whole history",
    );
    say(
        story.commits.iter().any(|one| !one.row.dated),
        "when some of its commits were made: their clock is not believed",
    );
    out
}
