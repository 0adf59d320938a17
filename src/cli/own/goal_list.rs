//! `inward goal list`: where goals stand, limits with the present value in neutral words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::error::CliError;
use crate::cli::kept::Kept;
use crate::cli::session::{Session, store_error};
use crate::metrics::{self, Met, Standing};
use crate::model::figure::Unit;
use crate::model::goal::{Aim, Goal, GoalLink, Limit, Measure, State, measure};
use crate::model::period::Range;
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
    interval: Option<(f64, f64)>,
    verdict: Option<&'static str>,
    opened: Option<NaiveDate>,
    closed: Option<NaiveDate>,
    past: Vec<Past>,
    tasks: Vec<Option<Clean>>,
    tasks_done: usize,
    notes: Vec<u64>,
}

/// Lists the goals, or the one of this number.
pub(super) fn run(session: &mut Session, json: bool, only: Option<u64>) -> Result<(), CliError> {
    let kept = Kept::open(session)?;
    let goals = match kept.store() {
        Some(store) => {
            session.say_if_belied(store);
            store.goals().map_err(store_error)?
        }
        None => Vec::new(),
    };
    let asked = goals
        .iter()
        .filter(|goal| only.is_none_or(|id| goal.id == id));
    let lines: Vec<(Line, Option<Standing>)> =
        asked.map(|goal| line(session, &kept, goal)).collect();
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

fn line(session: &Session, kept: &Kept, goal: &Goal) -> (Line, Option<Standing>) {
    let (outcome, limit) = match &goal.aim {
        Aim::Outcome(text) => (Some(text.clone()), None),
        Aim::Limit(limit) => (None, Some(limit)),
    };
    let is_open = goal.state == State::Open;
    let now = limit
        .filter(|_| is_open)
        .and_then(|limit| metrics::standing(limit, &kept.data, &session.calendar));
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
        interval: now.as_ref().and_then(|now| now.interval),
        verdict,
        opened: NaiveDate::from_epoch_days(goal.opened),
        closed: goal.closed.and_then(NaiveDate::from_epoch_days),
        past: now.as_ref().map(past).unwrap_or_default(),
        tasks,
        tasks_done: metrics::linked_tasks(&goal.links, &kept.labels.tasks, &kept.data).0,
        notes,
    };
    (line, now)
}

/// Neutral words: a limit is kept or it is over, so far.
fn verdict(limit: &Limit, value: f64) -> &'static str {
    if value <= limit.most { "kept" } else { "over" }
}

/// A whole stretch of time before the running one, and whether the limit was met in it.
#[derive(Serialize)]
struct Past {
    from: NaiveDate,
    to: NaiveDate,
    met: &'static str,
}

fn past(standing: &Standing) -> Vec<Past> {
    let all = standing.past.iter();
    let one = |(range, met): &(Range, Met)| Past {
        from: range.from,
        to: range.to,
        met: met.as_str(),
    };
    all.map(one).collect()
}

/// `   2  open  wip at most 3 a week: 2 this week, kept so far`
fn shown(line: &Line, now: Option<&Standing>) -> String {
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

fn present(line: &Line, now: Option<&Standing>, per: &str) -> String {
    let when = if per == "day" {
        "today".to_owned()
    } else {
        format!("this {per}")
    };
    match (now, line.value, line.verdict) {
        (Some(now), Some(value), Some(verdict)) => {
            let interval = now.interval.map_or_else(String::new, |ends| {
                format!(" {}", words::interval(ends, now.unit))
            });
            let value = words::value(value, now.unit);
            let crosses = if now.crosses {
                ", but the interval crosses the limit"
            } else {
                ""
            };
            format!(
                ": {value}{interval} {when}, {verdict} so far{crosses}{}",
                before(now, per)
            )
        }
        (Some(now), ..) => format!(": nothing to go by {when}{}", before(now, per)),
        (None, ..) => ": its figure is not computed yet".to_owned(),
    }
}

/// `; last 12 weeks: met in 11`, empty before a whole one is on record.
fn before(now: &Standing, per: &str) -> String {
    let ((met, told), all) = (now.kept(), now.past.len());
    match (told, all) {
        (_, 0) => String::new(),
        (0, _) => format!("; last {all} {per}s: cannot tell"),
        _ if told == all => format!("; last {all} {per}s: met in {met}"),
        _ => format!("; met in {met} of the {told} {per}s that tell"),
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
