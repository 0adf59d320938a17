//! `ActivityWatch`: its buckets of events. Of windows, editors and presence only sums by day are
//! kept: no titles, no paths, no host names.

mod spans;

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveTime};
use serde::Deserialize;
use serde::de::IgnoredAny;

use self::spans::{Gathered, Span, Spans};
use super::dates::Dates;
use super::format::{Context, Format, How, Out};
use super::found::Whose;
use super::input::Input;
use super::{ImportError, words};
use crate::model::task::{Entry, LooseEntry, When};
use crate::model::text::Clean;

/// One bucket or all of them.
pub(super) const FORMAT: Format = Format {
    id: "activitywatch-json",
    source: "activitywatch",
    label: "ActivityWatch JSON",
    // A bucket's key holds a host's name, dots and all: it is no step of a place.
    fits: |head| {
        head.has_json(&["buckets"])
            && ["\"events\"", "\"client\""]
                .iter()
                .all(|key| head.text().contains(key))
    },
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "ActivityWatch",
    steps: &[
        "$ curl -o activitywatch.json http://localhost:5600/api/0/export",
        "Or open http://localhost:5600, Raw Data, Export all buckets as JSON.",
    ],
    yields: "for every day the time you were active at a window; where an editor reports, by project and by the task its branch names; stopwatches as they were recorded",
    cannot: "Window titles, addresses, file names and host names in it are not read. Without the afk bucket it is not known when you were there, and windows count for nothing.",
};

/// An event; what it is shows in what it holds, so that the order of a bucket's keys plays no part.
#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    timestamp: String,
    #[serde(default)]
    duration: Option<f64>,
    #[serde(default)]
    data: Data,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    status: Option<String>,
    app: Option<IgnoredAny>,
    url: Option<IgnoredAny>,
    project: Option<String>,
    branch: Option<String>,
    running: Option<bool>,
    label: Option<String>,
}

/// What an editor was open on: a project, and the task its branch names.
type Work = (Option<Clean>, Option<Clean>);

#[derive(Default)]
struct Seen {
    windows: Gathered,
    present: Gathered,
    editors: BTreeMap<Work, Gathered>,
    watches: Vec<(u64, Span, Option<String>)>,
}

/// The longest event that is believed: a month, in milliseconds.
const LONGEST: f64 = 31.0 * 86_400_000.0;

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let mut seen = Seen::default();
    let mut elements = input.elements(&["buckets.*.events[]"])?;
    while let Some(element) = elements.next()? {
        let line = element.line;
        let event = element.parse::<Event>();
        match event.and_then(|event| Ok((span(&event)?, event.data))) {
            Ok((span, data)) => seen.add(line, span, data),
            Err(reason) => out.reject(line, &reason)?,
        }
    }
    let dates = Dates::new(context.zone);
    let mut recorded = Vec::new();
    for (line, span, label) in std::mem::take(&mut seen.watches) {
        recorded.push(span);
        if let Some(entry) = watch(span, label.as_deref(), dates) {
            out.entry(line, Whose::Mine, entry)?;
        }
    }
    for entry in seen.sums(Spans::new(recorded), dates, out) {
        out.entry(1, Whose::Mine, entry)?;
    }
    Ok(())
}

fn span(event: &Event) -> Result<Span, String> {
    let start = DateTime::parse_from_rfc3339(&event.timestamp).ok();
    let start = start.ok_or("no time")?.timestamp_millis();
    let length = event.duration.unwrap_or(0.0) * 1_000.0;
    if !(0.0..=LONGEST).contains(&length) {
        return Err("a duration that no event has".to_owned());
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most a month after the check"
    )]
    Ok((start, start + length.round() as i64))
}

impl Seen {
    fn add(&mut self, line: u64, span: Span, data: Data) {
        if span.0 == span.1 {
            return;
        }
        if let Some(status) = data.status {
            if status == "not-afk" {
                self.present.add(span);
            }
        } else if data.running.is_some() {
            self.watches.push((line, span, data.label));
        } else if data.project.is_some() || data.branch.is_some() {
            let project = data.project.as_deref().and_then(folder);
            let task = data.branch.as_deref().and_then(words::task_key);
            self.editors.entry((project, task)).or_default().add(span);
        } else if data.app.is_some() && data.url.is_none() {
            self.windows.add(span);
        }
    }

    /// Every moment of presence counts once: as recorded by hand, else for the project an editor
    /// was open on, else as active time of its day.
    fn sums(self, recorded: Spans, dates: Dates, out: &mut Out<'_>) -> Vec<LooseEntry> {
        let (windows, present) = (self.windows.spans(), self.present.spans());
        if present.is_empty() {
            if !windows.is_empty() || !self.editors.is_empty() {
                out.warn("no afk bucket: when you were there is not known, and no active time is counted; export all buckets");
            }
            return Vec::new();
        }
        let mut counted = recorded;
        let mut sums = Vec::new();
        for (work, spans) in self.editors {
            let spans = spans.spans().and(&present).without(&counted);
            counted = counted.or(&spans);
            sums.extend(by_day(&spans, &work, dates));
        }
        let active = windows.and(&present).without(&counted);
        sums.extend(by_day(&active, &(None, None), dates));
        sums.sort_by_key(|entry| entry.entry.start.order());
        sums
    }
}

/// One entry a civil day of the home zone.
fn by_day(spans: &Spans, work: &Work, dates: Dates) -> Vec<LooseEntry> {
    let mut days = BTreeMap::new();
    for (mut from, to) in spans.iter() {
        while from < to {
            let Some(When::At(at)) = dates.epoch(from.div_euclid(1_000)) else {
                break;
            };
            let Some((day, midnight)) = at.day().and_then(|day| {
                let next = day.checked_add_days(Days::new(1))?;
                Some((day, dates.wall(next.and_time(NaiveTime::MIN))?))
            }) else {
                break;
            };
            let until = to.min(midnight.utc * 1_000);
            if until <= from {
                break;
            }
            *days.entry(day).or_insert(0) += until - from;
            from = until;
        }
    }
    let sums = days
        .into_iter()
        .map(|(day, sum)| (day, (sum + 500) / 1_000));
    sums.filter(|(_, seconds)| *seconds > 0)
        .map(|(day, seconds)| LooseEntry {
            project: work.0.clone(),
            task: work.1.clone(),
            ..entry(When::Day(day), None, seconds)
        })
        .collect()
}

/// A stopwatch of the web interface: recorded by hand, with the owner's own words.
fn watch(span: Span, label: Option<&str>, dates: Dates) -> Option<LooseEntry> {
    let (start, end) = (span.0.div_euclid(1_000), span.1.div_euclid(1_000));
    let mut entry = entry(dates.epoch(start)?, dates.epoch(end), end - start);
    entry.entry.note = label.and_then(words::label);
    entry.task = label.and_then(words::task_key);
    Some(entry)
}

fn entry(start: When, end: Option<When>, seconds: i64) -> LooseEntry {
    LooseEntry {
        source: Clean::label(b"activitywatch"),
        entry: Entry {
            id: None,
            start,
            end,
            seconds: Some(seconds),
            note: None,
        },
        project: None,
        task: None,
        tags: Vec::new(),
        busy: false,
    }
}

/// The last part of a project's path: the rest tells where on the disk it is.
fn folder(path: &str) -> Option<Clean> {
    path.split(['/', '\\']).rev().find_map(words::label)
}

#[cfg(test)]
mod tests;
