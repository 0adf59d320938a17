//! `inward goal list`: where goals stand, limits with the present value in neutral words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::error::CliError;
use crate::cli::kept::Kept;
use crate::cli::session::{Session, store_error};
use crate::metrics;
use crate::model::figure::Unit;
use crate::model::goal::{Aim, Goal, GoalLink, Limit, Measure, State, measure};
use crate::model::period::Range;
use crate::model::selection::Selection;
use crate::model::text::Clean;
use crate::report::words;

use super::{print, told};

/// The list as `--json` writes it.
#[derive(Serialize)]
struct Document {
    schema: &'static str,
    goals: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    goal: u64,
    state: &'static str,
    outcome: Option<Clean>,
    metric: Option<Clean>,
    most: Option<f64>,
    per: Option<&'static str>,
    range: Option<Range>,
    value: Option<f64>,
    n: Option<u64>,
    verdict: Option<&'static str>,
    opened: Option<NaiveDate>,
    closed: Option<NaiveDate>,
    tasks: Vec<Option<Clean>>,
    notes: Vec<u64>,
}

/// Lists the goals, or the one of this number.
pub(super) fn run(session: &mut Session, json: bool, only: Option<u64>) -> Result<(), CliError> {
    let kept = Kept::open(session)?;
    let goals = match kept.store() {
        Some(store) => store.goals().map_err(store_error)?,
        None => Vec::new(),
    };
    let asked = goals
        .iter()
        .filter(|goal| only.is_none_or(|id| goal.id == id));
    let lines: Vec<(Line, Option<Now>)> = asked.map(|goal| line(session, &kept, goal)).collect();
    if json {
        let document = Document {
            schema: "inward.goals.v1",
            goals: lines.into_iter().map(|(line, _)| line).collect(),
        };
        return print(session, &document);
    }
    if lines.is_empty() {
        return told(session, "no goal is set");
    }
    for (line, now) in &lines {
        let text = shown(line, now.as_ref());
        writeln!(session.say.out(), "{text}")?;
    }
    Ok(())
}

/// A limit's metric now.
struct Now {
    range: Range,
    value: Option<f64>,
    n: u64,
    unit: Unit,
}

/// The value over the running day, week or month; `None` while the metric is not computed here.
fn now(session: &Session, kept: &Kept, limit: &Limit) -> Option<Now> {
    let metric = metrics::by_id(limit.metric.as_str())?;
    let calendar = &session.calendar;
    let range = limit.per.bucket().holding(calendar.today(), calendar);
    let figure = metrics::figure(metric, &kept.data, &Selection::weekly(range), calendar);
    Some(Now {
        range,
        value: figure.value,
        n: figure.n,
        unit: figure.unit,
    })
}

fn line(session: &Session, kept: &Kept, goal: &Goal) -> (Line, Option<Now>) {
    let (outcome, limit) = match &goal.aim {
        Aim::Outcome(text) => (Some(text.clone()), None),
        Aim::Limit(limit) => (None, Some(limit)),
    };
    let is_open = goal.state == State::Open;
    let now = limit
        .filter(|_| is_open)
        .and_then(|limit| now(session, kept, limit));
    let value = now.as_ref().and_then(|now| now.value);
    let verdict = limit.zip(value).map(|(limit, value)| verdict(limit, value));
    let (mut tasks, mut notes) = (Vec::new(), Vec::new());
    for link in &goal.links {
        match link {
            GoalLink::Task(key) => tasks.push(key.clone()),
            GoalLink::Note(id) => notes.push(*id),
        }
    }
    let line = Line {
        goal: goal.id,
        state: goal.state.as_str(),
        outcome,
        metric: limit.map(|limit| limit.metric.clone()),
        most: limit.map(|limit| limit.most),
        per: limit.map(|limit| limit.per.as_str()),
        range: now.as_ref().map(|now| now.range),
        value,
        n: now.as_ref().map(|now| now.n),
        verdict,
        opened: NaiveDate::from_epoch_days(goal.opened),
        closed: goal.closed.and_then(NaiveDate::from_epoch_days),
        tasks,
        notes,
    };
    (line, now)
}

/// Neutral words: a limit is kept or it is over, so far.
fn verdict(limit: &Limit, value: f64) -> &'static str {
    if value <= limit.most { "kept" } else { "over" }
}

/// `   2  open  wip at most 3 a week: 2 this week, kept so far`
fn shown(line: &Line, now: Option<&Now>) -> String {
    let mut out = format!("{:>4}  {:<7}  ", line.goal, line.state);
    match (&line.outcome, &line.metric, line.most) {
        (Some(text), _, _) => {
            let mut lines = text.as_str().lines();
            out.push_str(lines.next().unwrap_or_default());
            for more in lines {
                out.push_str("\n               ");
                out.push_str(more);
            }
        }
        (None, Some(metric), Some(most)) => {
            let per = line.per.unwrap_or("week");
            let unit = now.map_or_else(|| unit(metric.as_str()), |now| now.unit);
            let most = words::value(most, unit);
            out.push_str(&format_limit(metric.as_str(), &most, per));
            if line.state == State::Open.as_str() {
                out.push_str(&present(line, now, per));
            }
        }
        _ => {}
    }
    let notes = line.notes.iter().map(|id| format!("note {id}"));
    let links: Vec<String> = line
        .tasks
        .iter()
        .map(|key| {
            key.as_ref().map_or_else(
                || "a task that is not here now".to_owned(),
                Clean::to_string,
            )
        })
        .chain(notes)
        .collect();
    if !links.is_empty() {
        out.push_str("\n               with ");
        out.push_str(&links.join(", "));
    }
    out
}

fn format_limit(metric: &str, most: &str, per: &str) -> String {
    format!("{metric} at most {most} per {per}")
}

fn present(line: &Line, now: Option<&Now>, per: &str) -> String {
    let when = if per == "day" {
        "today".to_owned()
    } else {
        format!("this {per}")
    };
    match (now, line.value, line.verdict) {
        (Some(now), Some(value), Some(verdict)) => {
            format!(
                ": {} {when}, {verdict} so far",
                words::value(value, now.unit)
            )
        }
        (Some(_), ..) => format!(": nothing to go by {when}"),
        (None, ..) => ": its figure is not computed yet".to_owned(),
    }
}

/// How a limit on a metric that is not computed here is written.
fn unit(metric: &str) -> Unit {
    match measure(metric) {
        Some(Measure::Share) => Unit::Share,
        Some(Measure::Seconds) => Unit::Seconds,
        _ => Unit::Items,
    }
}
