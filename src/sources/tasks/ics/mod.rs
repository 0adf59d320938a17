//! iCalendar: to-dos as tasks, and events as busy time when that is asked for.

mod components;
mod days;
mod events;
mod lines;
mod rule;
mod span;
mod zones;

use std::collections::BTreeMap;

use components::{Component, Components, Kind};
use lines::Property;
use zones::Zones;

pub use days::{AllDay, Days, all_days};

use super::dates::Dates;
use super::fields::Fields;
use super::format::{Context, Format, How, Out};
use super::found::{Found, Whose};
use super::head::Head;
use super::input::Input;
use super::names::Names;
use super::{ImportError, words};
use crate::model::stage::{Stage, Status};
use crate::model::task::{TaskFacts, TaskKind, When};
use crate::model::text::Clean;

/// To-dos.
pub(super) const FORMAT: Format = Format {
    id: "ics",
    source: "ical",
    label: "iCalendar to-dos",
    fits: is_calendar,
    read,
    caps: &[],
    how: Some(&HOW),
};

/// Events, only when asked for by name: a calendar says when somebody was busy, not what they did.
pub(super) const EVENTS: Format = Format {
    id: "calendar",
    source: "ical",
    label: "iCalendar events",
    fits: |_| false,
    read: events::read,
    caps: &[],
    how: None,
};

const HOW: How = How {
    title: "iCalendar",
    steps: &[
        "Nextcloud: Tasks or Calendar, the list's menu, Download. Thunderbird: Events and Tasks, Export. Apple Calendar: File, Export. Google Calendar: Settings, Import & export, Export, then unpack.",
        "$ cat ~/.local/share/calendars/*/*.ics > todos.ics",
        "$ inward import todos.ics",
        "Meetings as busy time, from the same file:",
        "$ inward import --format calendar work.ics",
    ],
    yields: "of to-dos state, creation, completion, due date, categories and parent; of events, when asked for, start and end of each time up to now, with recurring and moved ones",
    cannot: "A to-do has no start (DTSTART is a planned one) and no history, so cycle time is not known. Of events, those that you declined are not told apart.",
};

fn is_calendar(head: &Head) -> bool {
    let start = head.text().trim_start();
    let start = start.get(..15).unwrap_or_default();
    start.eq_ignore_ascii_case("BEGIN:VCALENDAR")
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let mut todos = Todos {
        dates: Dates::new(context.zone),
        zones: Zones::default(),
        titles: BTreeMap::new(),
        names: Names::new("ical"),
        unread: Fields::new(Dates::new(context.zone)),
    };
    let events = todos.survey(input, context)?;
    let mut components = Components::of(input)?;
    while let Some(one) = components.next()? {
        if one.kind == Kind::Todo {
            match todos.facts(&one) {
                Some(facts) => out.task(Found::new(one.line, Whose::Mine, facts))?,
                None => out.reject(one.line, "neither a title nor a UID")?,
            }
        }
    }
    todos.unread.warn(out);
    events::zones(&todos.zones, out);
    if events > 0 {
        out.warn(format!(
            "{events} events were left out: `--format calendar` takes them as busy time"
        ));
    }
    if out.records() == 0 {
        out.warn("no to-do stands in it");
    }
    Ok(())
}

struct Todos {
    dates: Dates,
    zones: Zones,
    /// Titles by uid: what others call their parent by.
    titles: BTreeMap<String, Clean>,
    names: Names,
    unread: Fields,
}

/// Titles that are remembered.
const TITLES: usize = 200_000;

impl Todos {
    /// A first look: zones and titles; how many events there are.
    fn survey(&mut self, input: &Input, context: &Context<'_>) -> Result<u64, ImportError> {
        let mut events = 0;
        let mut components = Components::of(input)?;
        while let Some(one) = components.next()? {
            self.zones.add(&one);
            events += u64::from(one.kind == Kind::Event);
            let uid = uid(&one);
            if one.kind == Kind::Todo && !uid.is_empty() && self.titles.len() < TITLES {
                let title = title(&one);
                self.titles.entry(uid).or_insert(title);
            }
        }
        self.zones
            .settle(context.now.naive_utc() + chrono::Duration::days(366));
        Ok(events)
    }

    fn facts(&mut self, one: &Component) -> Option<TaskFacts> {
        let (uid, title) = (uid(one), title(one));
        if uid.is_empty() && title.is_empty() {
            return None;
        }
        let status = status(one);
        let created = self.when(one, "CREATED");
        let completed = self
            .when(one, "COMPLETED")
            .filter(|_| status.fixed.is_some());
        let recurrence = one
            .get("RECURRENCE-ID")
            .map(|id| id.value.trim().to_owned());
        let alias = match (&recurrence, uid.is_empty()) {
            (_, true) => {
                let created = one.get("CREATED").map(|one| one.value.as_str());
                self.names
                    .name("", title.as_str(), created.unwrap_or_default())
            }
            (None, _) => format!("ical:{uid}"),
            (Some(id), _) => format!("ical:{uid}/{id}"),
        };
        let parent = self.parent(one);
        let tags = one.all("CATEGORIES").flat_map(Property::texts);
        let key = if title.is_empty() {
            Clean::label(uid.as_bytes())
        } else {
            title.clone()
        };
        Some(TaskFacts {
            source: Clean::label(b"ical"),
            key,
            aliases: vec![alias],
            kind: if parent.is_some() {
                TaskKind::Subtask
            } else {
                TaskKind::Task
            },
            title,
            status,
            updated: self.when(one, "LAST-MODIFIED"),
            created,
            done: completed,
            due: self.when(one, "DUE"),
            tags: tags.filter_map(|text| words::label(&text)).collect(),
            parent,
            ..TaskFacts::default()
        })
    }

    fn when(&mut self, one: &Component, name: &'static str) -> Option<When> {
        let property = one.get(name)?;
        let date = self.zones.date(property, one.calendar);
        let when = date.and_then(|date| date.when(self.dates));
        if when.is_none() && !property.value.trim().is_empty() {
            self.unread.bad(name, one.line, &property.value);
        }
        when
    }

    /// What it is a part of, by title where the file has it.
    fn parent(&self, one: &Component) -> Option<Clean> {
        let is_parent = |one: &&Property| {
            one.param("RELTYPE")
                .is_none_or(|kind| kind.eq_ignore_ascii_case("PARENT"))
        };
        let all: Vec<&Property> = one.all("RELATED-TO").filter(is_parent).collect();
        let uid = all.first()?.value.trim();
        let known = self.titles.get(uid).filter(|title| !title.is_empty());
        known.cloned().or_else(|| words::label(uid))
    }
}

/// What it says of itself; without a word, a completion or a percentage decides.
fn status(one: &Component) -> Status {
    let percent: Option<u32> = one.word("PERCENT-COMPLETE").parse().ok();
    let word = one.word("STATUS");
    let said = Status::word(&word);
    match word.as_str() {
        "COMPLETED" => said.fixed(Stage::Done),
        "CANCELLED" => said.fixed(Stage::Cancelled),
        "IN-PROCESS" => said.category(Some(Stage::InProgress)),
        "" if one.get("COMPLETED").is_some() || percent == Some(100) => Status::of(Stage::Done),
        "" if percent.is_some_and(|percent| percent > 0) => said.category(Some(Stage::InProgress)),
        _ => said.category(Some(Stage::Todo)),
    }
}

fn uid(one: &Component) -> String {
    one.get("UID")
        .map(|uid| uid.value.trim().to_owned())
        .unwrap_or_default()
}

fn title(one: &Component) -> Clean {
    let text = one.get("SUMMARY").map(Property::text).unwrap_or_default();
    Clean::label(text.as_bytes())
}

#[cfg(test)]
mod tests;
