//! Recorded time as rows: summed by day and thing, or each entry.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Line, clock, stamp};
use crate::model::choice::{Marks, Out};
use crate::model::entries::{Recorded, recorded};
use crate::model::task::{Entry, LooseEntry, place, short_key};
use crate::model::text::Clean;
use crate::report::words;

/// Time recorded on one task or project that began on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// The civil day the entries began on.
    pub day: NaiveDate,
    /// The task; `None` for time that names none.
    pub task: Option<Clean>,
    /// The project.
    pub project: Option<Clean>,
    /// Busy time of a calendar: not recorded work.
    pub busy: bool,
    /// How many entries.
    pub entries: u64,
    /// What they come to.
    pub sum: Recorded,
}

/// One time entry.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// As it is stored.
    pub entry: LooseEntry,
    /// What the owner says of it.
    pub marks: Marks,
}

/// The entries summed by the day they began on and what they were recorded on, overlaps counted
/// once; busy time stays apart. Entries on no day are left out. Ordered by day, task and project.
pub fn by_day(entries: &[LooseEntry]) -> Vec<DayRow> {
    type Thing<'a> = (NaiveDate, bool, Option<&'a Clean>, Option<&'a Clean>);
    let mut groups: BTreeMap<Thing<'_>, (Option<&Clean>, Vec<&Entry>)> = BTreeMap::new();
    for one in entries {
        let Some(day) = one.entry.start.day() else {
            continue;
        };
        // A task is one, whatever project a time tracker files it under.
        let project = one.project.as_ref();
        let thing = (
            day,
            one.busy,
            one.task.as_ref(),
            project.filter(|_| one.task.is_none()),
        );
        let group = groups.entry(thing).or_default();
        group.0 = group.0.or(project);
        group.1.push(&one.entry);
    }
    let row = |((day, busy, task, _), (project, entries)): (Thing<'_>, (_, Vec<&Entry>))| DayRow {
        day,
        task: task.cloned(),
        project: Option::<&Clean>::cloned(project),
        busy,
        entries: entries.len() as u64,
        sum: recorded(entries),
    };
    groups.into_iter().map(row).collect()
}

impl DayRow {
    pub(super) fn line(&self) -> Line<'_> {
        let n = words::count(self.entries);
        let noun = if self.entries == 1 {
            "entry"
        } else {
            "entries"
        };
        let what = if self.busy { "calendar" } else { "recorded" };
        let running = match self.sum.running {
            n if n == 0 || n == self.entries => String::new(),
            n => format!(", {n} running"),
        };
        // Of entries that all run still, there is nothing to add up yet.
        let length = (self.sum.running < self.entries).then_some(self.sum.seconds);
        Line {
            at: None,
            key: key(self.task.as_ref(), self.project.as_ref()),
            place: place(self.project.as_ref()),
            text: format!("{what}, {n} {noun}{running}").into(),
            tail: tail(self.busy, length),
        }
    }
}

impl EntryRow {
    pub(super) fn line(&self) -> Line<'_> {
        let LooseEntry {
            entry,
            project,
            task,
            tags,
            busy,
            ..
        } = &self.entry;
        let text = entry.note.as_ref().map_or_else(
            || {
                let tags: Vec<&str> = tags.iter().map(Clean::as_str).collect();
                tags.join(" ").into()
            },
            |note| note.as_str().into(),
        );
        Line {
            at: entry.start.moment(),
            key: key(task.as_ref(), project.as_ref()),
            place: place(project.as_ref()),
            text,
            tail: tail(*busy, self.seconds())
                .into_iter()
                .chain(self.marks.words())
                .collect(),
        }
    }

    /// How long it was; `None` while it runs.
    pub(crate) fn seconds(&self) -> Option<i64> {
        let sum = recorded([&self.entry.entry]);
        (sum.running == 0).then_some(sum.seconds)
    }
}

fn key(task: Option<&Clean>, project: Option<&Clean>) -> String {
    task.map_or_else(String::new, |task| short_key(task, project))
}

fn tail(busy: bool, seconds: Option<i64>) -> Vec<String> {
    #[expect(clippy::cast_precision_loss, reason = "shown in minutes")]
    let length = seconds.map_or_else(
        || "running".to_owned(),
        |seconds| words::duration(seconds as f64),
    );
    let busy = busy.then(|| "busy".to_owned());
    busy.into_iter().chain([length]).collect()
}

#[derive(Debug, Serialize)]
pub(super) struct DayJson<'a> {
    kind: &'static str,
    day: NaiveDate,
    task: Option<&'a Clean>,
    project: Option<&'a Clean>,
    seconds: i64,
    entries: u64,
    overlapping: u64,
    running: u64,
    busy: bool,
}

impl<'a> DayJson<'a> {
    pub(super) fn new(row: &'a DayRow) -> Self {
        Self {
            kind: "time",
            day: row.day,
            task: row.task.as_ref(),
            project: row.project.as_ref(),
            seconds: row.sum.seconds,
            entries: row.entries,
            overlapping: row.sum.overlapping,
            running: row.sum.running,
            busy: row.busy,
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct EntryJson<'a> {
    kind: &'static str,
    time: Option<String>,
    day: Option<NaiveDate>,
    source: &'a Clean,
    task: Option<&'a Clean>,
    project: Option<&'a Clean>,
    end: Option<String>,
    seconds: Option<i64>,
    note: Option<&'a Clean>,
    tags: &'a [Clean],
    busy: bool,
    row: &'a str,
    excluded: Option<&'static str>,
}

impl<'a> EntryJson<'a> {
    pub(super) fn new(row: &'a EntryRow) -> Self {
        let LooseEntry {
            source,
            entry,
            project,
            task,
            tags,
            busy,
        } = &row.entry;
        Self {
            kind: "entry",
            time: clock(entry.start),
            day: entry.start.day(),
            source,
            task: task.as_ref(),
            project: project.as_ref(),
            end: entry.end.and_then(stamp),
            seconds: row.seconds(),
            note: entry.note.as_ref(),
            tags,
            busy: *busy,
            row: &row.marks.row,
            excluded: row.marks.out.map(Out::as_str),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::moment::Moment;
    use crate::model::task::When;

    fn clean(text: &str) -> Clean {
        Clean::label(text.as_bytes())
    }

    fn entry(
        source: &str,
        (task, project): (Option<&str>, &str),
        (from, to): (i64, i64),
    ) -> LooseEntry {
        let at = |utc| When::At(Moment::new(utc, 0));
        LooseEntry {
            source: clean(source),
            entry: Entry {
                id: None,
                start: at(from),
                end: Some(at(to)),
                seconds: Some(to - from),
                note: None,
            },
            project: Some(clean(project)),
            task: task.map(clean),
            tags: Vec::new(),
            busy: false,
        }
    }

    #[test]
    fn one_task_in_two_trackers_is_one_row_and_its_overlap_counts_once() {
        let one = entry("toggl", (Some("ING-207"), "Harbour"), (0, 3_600));
        let same = entry("jira", (Some("ING-207"), "ING"), (1_800, 5_400));
        let other = entry("toggl", (None, "Harbour"), (0, 60));
        let rows = by_day(&[one, same, other]);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.task.is_some(), row.entries, row.sum.seconds))
            .collect();
        assert_eq!(told, [(false, 1, 60), (true, 2, 5_400)]);
    }

    #[test]
    fn busy_time_is_a_row_of_its_own_and_a_new_day_another() {
        let work = entry("toggl", (None, "P"), (0, 60));
        let busy = LooseEntry {
            busy: true,
            ..work.clone()
        };
        let tomorrow = entry("toggl", (None, "P"), (86_400, 86_460));
        let rows = by_day(&[work, busy, tomorrow]);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows.iter().filter(|row| row.busy).count(), 1);
    }
}
