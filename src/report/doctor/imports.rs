//! What is not right or not known about imports.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Serialize;

use super::SHOWN;
use crate::model::coverage::which_gives_more;
use crate::model::entries::recorded;
use crate::model::task::{Entry, LooseEntry};
use crate::model::text::Clean;
use crate::report::words;

/// A word of a tracker that means no stage yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LooseWord {
    /// The tracker.
    pub source: Clean,
    /// The word.
    pub word: Clean,
    /// How many tasks and moves have it.
    pub n: u64,
    /// What to do.
    #[serde(rename = "do")]
    pub next: String,
}

/// A task that no export gives any time of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UndatedTask {
    /// The tracker.
    pub source: Clean,
    /// What people call it.
    pub key: Clean,
    /// Its title.
    pub title: Clean,
    /// What to do.
    #[serde(rename = "do")]
    pub next: String,
}

/// A day with time entries that overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OverlapDay {
    /// The civil day they began on.
    pub day: NaiveDate,
    /// Entries that began on it, busy times left out.
    pub entries: u64,
    /// Of these, how many overlap another.
    pub overlapping: u64,
    /// Seconds as the entries say.
    pub recorded: i64,
    /// Seconds of the day, overlaps counted once.
    pub counted: i64,
}

impl LooseWord {
    /// The word `word`, to be mapped in the settings file `settings`.
    pub fn new((source, word, n): (Clean, Clean, u64), settings: &str) -> Self {
        Self {
            next: format!(
                "under [stages] in {settings} say which of the six stages it is, e.g. {:?} = \"in-progress\"; it counts at once, without another import",
                word.as_str()
            ),
            source,
            word,
            n,
        }
    }
}

impl UndatedTask {
    /// The task called `key`.
    pub fn new(source: Clean, key: Clean, title: Clean) -> Self {
        Self {
            next: which_gives_more(source.as_str()),
            source,
            key,
            title,
        }
    }
}

/// The days on which recorded time overlaps, the oldest first.
pub fn overlaps(entries: &[LooseEntry]) -> Vec<OverlapDay> {
    let mut days: BTreeMap<NaiveDate, Vec<&Entry>> = BTreeMap::new();
    for one in entries.iter().filter(|one| !one.busy) {
        if let Some(day) = one.entry.start.day() {
            days.entry(day).or_default().push(&one.entry);
        }
    }
    let one = |(day, entries): (NaiveDate, Vec<&Entry>)| {
        let n = entries.len() as u64;
        let sum = recorded(entries);
        (sum.overlapping > 0).then_some(OverlapDay {
            day,
            entries: n,
            overlapping: sum.overlapping,
            recorded: sum.said,
            counted: sum.seconds,
        })
    };
    days.into_iter().filter_map(one).collect()
}

/// Writing to a string cannot fail: results of `writeln!` are dropped below.
pub(super) fn add_words(out: &mut String, words: &[LooseWord]) {
    let lines = words.iter().map(|one| {
        let n = words::count(one.n);
        let times = if one.n == 1 { "once" } else { "times" };
        let how_often = if one.n == 1 {
            times.to_owned()
        } else {
            format!("{n} {times}")
        };
        format!(
            "\"{}\" in {}, {how_often}: {}",
            one.word, one.source, one.next
        )
    });
    list(out, "STATES WITHOUT A STAGE", lines, words.len());
}

pub(super) fn add_undated(out: &mut String, tasks: &[UndatedTask]) {
    let lines = tasks.iter().map(|one| {
        format!(
            "{}  {}  no export gives any time of it; {}",
            one.key, one.title, one.next
        )
    });
    list(out, "TASKS WITHOUT A DATE, on no day", lines, tasks.len());
}

pub(super) fn add_overlaps(out: &mut String, days: &[OverlapDay]) {
    #[expect(clippy::cast_precision_loss, reason = "shown in minutes")]
    let length = |seconds: i64| words::duration(seconds as f64);
    let lines = days.iter().map(|one| {
        let (all, counted) = (length(one.recorded), length(one.counted));
        format!(
            "{}: {} of {} entries overlap, {all} recorded, {counted} counted",
            one.day, one.overlapping, one.entries
        )
    });
    list(
        out,
        "OVERLAPPING TIME, counted once in a sum",
        lines,
        days.len(),
    );
}

fn list(out: &mut String, title: &str, lines: impl Iterator<Item = String>, n: usize) {
    if n == 0 {
        return;
    }
    let _ = writeln!(out, "{title}");
    for line in lines.take(SHOWN) {
        let _ = writeln!(out, "  {line}");
    }
    if n > SHOWN {
        let _ = writeln!(out, "  and {} more: --json lists all", n - SHOWN);
    }
    out.push('\n');
}
