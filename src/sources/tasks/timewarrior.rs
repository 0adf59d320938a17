//! Timewarrior: `timew export`, and the monthly files it keeps its data in.

use serde::Deserialize;

use super::dates::Dates;
use super::format::{Context, Format, How, Out};
use super::found::Whose;
use super::head::Head;
use super::input::Input;
use super::{ImportError, words};
use crate::model::task::{Entry, LooseEntry};
use crate::model::text::Clean;

/// Intervals as `timew export` prints them.
pub(super) const FORMAT: Format = Format {
    id: "timewarrior",
    source: "timewarrior",
    label: "Timewarrior",
    fits: |head| is_export(head) || is_data(head),
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

fn is_export(head: &Head) -> bool {
    let first = head.json().and_then(|json| json.first("[].start"));
    let compact = first.is_some_and(|text| text.len() == 16 && text.ends_with('Z'));
    compact && !head.has_json(&["[].uuid"])
}

/// Lines like `inc 20251105T163000Z - 20251105T170000Z # tag`.
fn is_data(head: &Head) -> bool {
    let first = head.text().lines().find(|line| !line.trim().is_empty());
    let start = first.and_then(|line| line.strip_prefix("inc ")?.get(..16));
    start.is_some_and(|text| text.ends_with('Z') && text.get(8..9) == Some("T"))
}

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
    if is_data(input.head()) {
        return read_data(input, dates, out);
    }
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

fn read_data(input: &Input, dates: Dates, out: &mut Out<'_>) -> Result<(), ImportError> {
    let mut lines = input.lines()?;
    while let Some(line) = lines.next()? {
        let text = line.text.trim();
        // Exclusions are the working hours of the configuration, no time spent.
        if text.is_empty() || text.starts_with("exc ") {
            continue;
        }
        let interval = interval(text).ok_or("no interval".to_owned());
        match interval.and_then(|one| entry(&one, dates)) {
            Ok(entry) => out.entry(line.number, Whose::Mine, entry)?,
            Err(reason) => out.reject(line.number, &reason)?,
        }
    }
    Ok(())
}

/// `inc START [- END] [# tag "two words" … [# "annotation"]]`
fn interval(text: &str) -> Option<Interval> {
    let rest = text.strip_prefix("inc ")?;
    let (times, rest) = rest.split_once(" #").unwrap_or((rest, ""));
    let (start, end) = match times.split_once(" - ") {
        Some((start, end)) => (start, Some(end.trim().to_owned())),
        None => (times, None),
    };
    let mut words = quoted(rest).into_iter();
    let tags = words
        .by_ref()
        .take_while(|(word, bare)| !(*bare && word == "#"));
    let tags = tags.map(|(tag, _)| tag).collect();
    Some(Interval {
        start: start.trim().to_owned(),
        end,
        tags,
        annotation: words.next().map(|(note, _)| note),
    })
}

/// Words and quoted texts, each with whether it stood without quotes.
fn quoted(text: &str) -> Vec<(String, bool)> {
    let (mut out, mut word) = (Vec::new(), String::new());
    let (mut inside, mut bare, mut escaped) = (false, true, false);
    for c in text.chars() {
        match c {
            _ if escaped => {
                escaped = false;
                word.push(c);
            }
            '\\' if inside => escaped = true,
            '"' => {
                inside = !inside;
                bare = false;
            }
            ' ' if !inside => {
                if !word.is_empty() {
                    out.push((std::mem::take(&mut word), bare));
                }
                bare = true;
            }
            _ => word.push(c),
        }
    }
    if !word.is_empty() {
        out.push((word, bare));
    }
    out
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

    #[test]
    fn a_monthly_data_file_gives_what_the_export_gives() {
        let data = "inc 20251105T163000Z - 20251105T171500Z # \"ING-207\" coding # \"the \\\"old\\\" parser\"\n\ninc 20251106T080000Z # \"two words\"\ninc soon\nexc monday\n";
        let seen = read(&FORMAT, data, "2025-11.data").unwrap();
        let entries: Vec<&LooseEntry> = seen.items.iter().filter_map(|item| item.entry()).collect();
        let note = entries[0].entry.note.as_ref().map(Clean::as_str);
        assert_eq!(note, Some("the \"old\" parser"));
        assert_eq!(entries[0].entry.seconds, Some(2_700));
        assert_eq!(entries[0].tags.len(), 2);
        assert_eq!(entries[1].tags[0].as_str(), "two words");
        assert_eq!(entries[1].entry.end, None);
        assert_eq!(seen.rejected[0].line, 4);
    }
}
