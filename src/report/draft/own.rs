//! What the owner wrote and did beside tasks: notes, events, outcomes, reviews, help.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::days::{self, Workdays, stretch};
use super::{Asked, Event, Helped, NoteLine, Outcome, Reviews};
use crate::model::away::EventKind;
use crate::model::goal::{Aim, GoalLink, State};
use crate::model::material::{Given, Material, Matter};
use crate::model::note::Note;
use crate::model::stage::Stage;
use crate::model::task::{last_part, short_key};
use crate::model::text::Clean;

/// Notes about the days, by day.
pub(super) fn notes(asked: &Asked<'_>, material: &Material) -> Vec<NoteLine> {
    let end = asked.range.to;
    let notes = material.notes.iter();
    let notes = notes.filter(|note| note.event.is_none() && note.days.from <= asked.range.to);
    let line = |note: &Note| {
        let about = &note.about;
        let task = about.task.as_ref();
        let task = task.and_then(|key| material.tasks.iter().find(|one| one.facts.key == *key));
        let repo = about.repo.as_ref().map(ToString::to_string);
        NoteLine {
            id: format!("note {}", note.id),
            day: note.days.from,
            when: stretch(note.days.from, note.days.to, end),
            text: note.text.clone(),
            impact: note.impact,
            task: about.task.clone(),
            project: task.map(super::projects::of_task).or(repo),
        }
    };
    let mut notes: Vec<NoteLine> = notes.map(line).collect();
    notes.sort_by_key(|note| note.day);
    notes
}

/// Events of the days, and, while they are not over, those of the week after them.
pub(super) fn events(asked: &Asked<'_>, material: &Material) -> (Vec<Event>, Vec<Event>) {
    let workdays = Workdays {
        calendar: asked.calendar,
        away: &[],
    };
    let today = asked.calendar.today();
    let event = |note: &Note, kind: EventKind| {
        let (from, to) = (note.days.from, note.days.to);
        let (first, last) = (from.max(asked.range.from), to.min(asked.range.to));
        let is_ahead = from > asked.range.to;
        let (first, last) = if is_ahead { (from, to) } else { (first, last) };
        Event {
            id: format!("note {}", note.id),
            kind: kind.as_str(),
            from,
            to,
            when: stretch(from, to, asked.range.to),
            workdays: workdays.between(first, last),
            // Why somebody is on leave is nobody's business, and a draft is made to be handed on.
            text: if kind == EventKind::Leave {
                Clean::default()
            } else {
                note.text.clone()
            },
        }
    };
    let (mut here, mut ahead) = (Vec::new(), Vec::new());
    for note in &material.notes {
        let Some(kind) = note.event else { continue };
        let event = event(note, kind);
        if event.from <= asked.range.to {
            here.push(event);
        } else if asked.range.to >= today {
            ahead.push(event);
        }
    }
    here.sort_by_key(|one: &Event| (one.from, one.to));
    ahead.sort_by_key(|one: &Event| (one.from, one.to));
    (here, ahead)
}

/// Outcomes that were reached in the days, then the open ones.
pub(super) fn outcomes(asked: &Asked<'_>, material: &Material) -> Vec<Outcome> {
    let is_done = |key: &Clean| {
        let task = material.tasks.iter().find(|one| one.facts.key == *key);
        task.is_some_and(|one: &Matter| one.timeline.stage == Some(Stage::Done))
    };
    let mut out = Vec::new();
    for goal in &material.goals {
        let Aim::Outcome(text) = &goal.aim else {
            continue;
        };
        let closed = goal.closed.and_then(NaiveDate::from_epoch_days);
        let opened = NaiveDate::from_epoch_days(goal.opened);
        let later = opened.is_some_and(|day| day > asked.range.to);
        // What was reached after these days was open in them.
        let in_time = closed.filter(|day| *day <= asked.range.to);
        let state = in_time.map_or(State::Open, |_| goal.state);
        let over = in_time.is_some_and(|day| day < asked.range.from);
        if later || over || state == State::Dropped {
            continue;
        }
        let keys = goal.links.iter().filter_map(|link| match link {
            GoalLink::Task(key) => key.as_ref(),
            GoalLink::Note(_) => None,
        });
        let keys: Vec<&Clean> = keys.collect();
        out.push(Outcome {
            id: format!("goal {}", goal.id),
            text: text.clone(),
            state: state.as_str(),
            day: in_time,
            when: in_time.map(|day| days::of_item(day, asked)),
            tasks: keys.len() as u64,
            tasks_done: keys.iter().filter(|key| is_done(key)).count() as u64,
        });
    }
    out.sort_by_key(|one| (one.day.is_none(), one.day));
    out
}

/// Reviews that I gave, the most first.
pub(super) fn reviews(material: &Material) -> Vec<Reviews> {
    let mut out: BTreeMap<String, Reviews> = BTreeMap::new();
    let mut given: Vec<&Given> = material.given.iter().collect();
    given.sort_by_key(|one| number(one.review.key.as_str()));
    for given in given {
        let (own, given) = (&given.project, &given.review);
        let tracker = given.project.as_ref();
        let tracker = tracker.map_or(given.source.as_str(), |name| last_part(name.as_str()));
        let name = own.as_ref().map_or(tracker, Clean::as_str);
        let one = out.entry(name.to_owned()).or_insert_with(|| Reviews {
            project: name.to_owned(),
            requests: 0,
            times: 0,
            keys: Vec::new(),
            ids: Vec::new(),
        });
        one.requests += 1;
        one.times += given.times.len() as u64;
        let short = short_key(&given.key, given.project.as_ref());
        one.keys
            .push(short.trim_start_matches(['#', '!']).to_owned());
        one.ids.push(given.key.to_string());
    }
    let mut out: Vec<Reviews> = out.into_values().collect();
    out.sort_by_key(|one| std::cmp::Reverse(one.requests));
    out
}

/// The number at the end of a key: #9 comes before #12.
fn number(key: &str) -> u64 {
    let digits = key.rsplit(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Commits of others that name me, by repository.
pub(super) fn helped(material: &Material) -> Vec<Helped> {
    let mut out: BTreeMap<String, u64> = BTreeMap::new();
    for (repo, _) in &material.pairings {
        *out.entry(repo.to_string()).or_default() += 1;
    }
    let helped = |(project, commits)| Helped { project, commits };
    out.into_iter().map(helped).collect()
}
