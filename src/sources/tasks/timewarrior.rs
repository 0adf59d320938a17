//! Timewarrior: `timew export`.

use serde::Deserialize;

use super::dates::Dates;
use super::format::{Context, Format, How, Out};
use super::found::Whose;
use super::input::Input;
use super::{ImportError, words};
use crate::model::task::{Entry, LooseEntry};
use crate::model::text::Clean;

/// Intervals as `timew export` prints them.
pub(super) const FORMAT: Format = Format {
    id: "timewarrior",
    source: "timewarrior",
    label: "Timewarrior",
    fits: |head| {
        let compact = |place| {
            let first = head.json().and_then(|json| json.first(place));
            first.is_some_and(|text| text.len() == 16 && text.ends_with('Z'))
        };
        compact("[].start") && !head.has_json(&["[].uuid"])
    },
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Timewarrior",
    steps: &["$ timew export > timewarrior.json"],
    yields: "every interval with its start, end, tags and annotation",
    cannot: "A tag such as ING-207 is all that ties an interval to a task.",
};

#[derive(Deserialize)]
struct Interval {
    start: String,
    #[serde(default)]
    end: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    annotation: Option<String>,
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let dates = Dates::new(context.zone);
    let mut elements = input.elements(&["[]"])?;
    while let Some(element) = elements.next()? {
        match element
            .parse::<Interval>()
            .and_then(|one| entry(&one, dates))
        {
            Ok(entry) => out.entry(element.line, Whose::Mine, entry)?,
            Err(reason) => out.reject(element.line, &reason)?,
        }
    }
    Ok(())
}

/// The ids of an export count from the newest interval and shift with each new one: the start is
/// what tells an interval apart.
fn entry(interval: &Interval, dates: Dates) -> Result<LooseEntry, String> {
    let start = dates.when(&interval.start).ok_or("no start")?;
    let end = match interval.end.as_deref() {
        None | Some("") => None,
        Some(text) => Some(dates.when(text).ok_or("an end that is no time")?),
    };
    let seconds = end.map(|end| end.order() - start.order());
    if seconds.is_some_and(|seconds| seconds < 0) {
        return Err("it ends before it starts".to_owned());
    }
    Ok(LooseEntry {
        source: Clean::label(b"timewarrior"),
        entry: Entry {
            id: None,
            start,
            end,
            seconds,
            note: interval.annotation.as_deref().and_then(words::label),
        },
        project: None,
        task: interval.tags.iter().find_map(|tag| words::task_key(tag)),
        tags: interval
            .tags
            .iter()
            .filter_map(|tag| words::label(tag))
            .collect(),
        busy: false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Seen, read};
    use super::*;

    const EXPORT: &str = r#"[
{"id":2,"start":"20251105T163000Z","end":"20251105T171500Z","tags":["ING-207","coding"],"annotation":"parser"},
{"id":1,"start":"20251106T080000Z"},
{"id":0,"start":"20251106T080000Z","end":"20251105T080000Z"},
{"id":0,"end":"20251105T080000Z"}
]"#;

    #[test]
    fn intervals_running_ones_and_broken_ones() {
        let Seen {
            items, rejected, ..
        } = read(&FORMAT, EXPORT, "timew.json").unwrap();
        let entries: Vec<&LooseEntry> = items.iter().filter_map(|item| item.entry()).collect();
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].entry.seconds, Some(2_700));
        assert_eq!(entries[0].task.as_ref().map(Clean::as_str), Some("ING-207"));
        assert_eq!(entries[0].tags.len(), 2);
        assert_eq!(
            (entries[1].entry.end, entries[1].entry.seconds),
            (None, None)
        );
        let lines: Vec<u64> = rejected.iter().map(|one| one.line).collect();
        assert_eq!(lines, [4, 5]);
    }
}
