//! Watson: `watson log --json`, its `frames` file, and `watson log --csv`.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::dates::Dates;
use super::elements::Element;
use super::format::{Context, Format, How, Out};
use super::found::Whose;
use super::head::Head;
use super::input::Input;
use super::{ImportError, words};
use crate::model::task::{Entry, LooseEntry, When};
use crate::model::text::Clean;

/// Frames, in any of the three forms that hold single ones.
pub(super) const FORMAT: Format = Format {
    id: "watson",
    source: "watson",
    label: "Watson",
    fits: |head| is_log(head) || is_frames(head) || is_table(head) || is_report(head),
    read,
    caps: &[],
    how: Some(&HOW),
};

const HOW: How = How {
    title: "Watson",
    steps: &["$ watson log --json --all > watson.json"],
    yields: "every frame with its exact start and stop, project and tags; the file `frames` in Watson's own folder gives the same",
    cannot: "`watson log --csv` has no time zone, so half the year is an hour off; `watson report` has totals only. A tag such as ING-207 is all that ties a frame to a task.",
};

fn is_log(head: &Head) -> bool {
    let id = head.json().and_then(|json| json.first("[].id"));
    let id = id.is_some_and(|id| id == "current" || is_hex(id, 32));
    id && head.has_json(&["[].project", "[].start", "[].stop", "[].tags"])
}

/// `[[start, stop, project, id, tags, updated], …]`
fn is_frames(head: &Head) -> bool {
    let Some(json) = head.json() else {
        return false;
    };
    let seconds = json.first("[][]").and_then(|text| text.parse::<i64>().ok());
    seconds.is_some_and(|seconds| seconds > 0) && json.has("[][][]")
}

fn is_table(head: &Head) -> bool {
    let first = head.text().lines().next().unwrap_or_default();
    first.trim() == "id,start,stop,project,tags"
}

/// Sums by project, of one span or (`watson aggregate`) one a day.
fn is_report(head: &Head) -> bool {
    head.has_json(&["projects", "timespan.from"])
        || head.has_json(&["[].projects", "[].timespan.from"])
}

fn is_hex(text: &str, len: usize) -> bool {
    text.len() == len && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn read(input: &Input, context: &Context<'_>, out: &mut Out<'_>) -> Result<(), ImportError> {
    let head = input.head();
    let dates = Dates::new(context.zone);
    if is_report(head) {
        return Err(ImportError::Refused(
            "is a report: totals without the single frames: import what `watson log --json --all > watson.json` writes"
                .to_owned(),
        ));
    }
    if is_table(head) {
        return read_table(input, dates, out);
    }
    let parse = if is_log(head) { logged } else { stored };
    let mut elements = input.elements(&["[]"])?;
    let mut running = false;
    while let Some(element) = elements.next()? {
        match parse(&element).and_then(|frame| frame.entry(dates)) {
            Ok(Some(entry)) => out.entry(element.line, Whose::Mine, entry)?,
            Ok(None) => running = true,
            Err(reason) => out.reject(element.line, &reason)?,
        }
    }
    if running {
        out.warn("the frame that is still running was left out: it has no id yet, and comes with the export after its stop");
    }
    Ok(())
}

/// A stretch of time, however it was written.
struct Frame {
    id: String,
    start: Time,
    stop: Time,
    project: String,
    tags: Vec<String>,
}

enum Time {
    Text(String),
    Epoch(i64),
}

impl Time {
    /// The offset of `log --json` is that of the moment of export, for the other half of the year
    /// too: the instant is right, so the clock is told in the home zone.
    fn when(&self, dates: Dates) -> Option<When> {
        match self {
            Self::Epoch(seconds) => dates.epoch(*seconds),
            Self::Text(text) => match dates.when(text)? {
                When::At(at) => dates.epoch(at.utc),
                When::Wall(at) => Some(When::Wall(at)),
                When::Day(_) => None,
            },
        }
    }
}

impl Frame {
    /// The entry; `None` for the running frame.
    fn entry(&self, dates: Dates) -> Result<Option<LooseEntry>, String> {
        if self.id == "current" {
            return Ok(None);
        }
        let start = self.start.when(dates).ok_or("no start")?;
        let end = self.stop.when(dates).ok_or("no stop")?;
        let seconds = end.order() - start.order();
        if seconds < 0 {
            return Err("it ends before it starts".to_owned());
        }
        let named = self.tags.iter().chain([&self.project]);
        Ok(Some(LooseEntry {
            source: Clean::label(b"watson"),
            entry: Entry {
                id: Some(self.id.clone()).filter(|id| !id.is_empty() && id.len() <= 64),
                start,
                end: Some(end),
                seconds: Some(seconds),
                note: None,
            },
            project: words::label(&self.project),
            task: named.into_iter().find_map(|text| words::task_key(text)),
            tags: self.tags.iter().filter_map(|t| words::label(t)).collect(),
            busy: false,
        }))
    }
}

fn logged(element: &Element<'_>) -> Result<Frame, String> {
    #[derive(Deserialize)]
    #[serde(default)]
    #[derive(Default)]
    struct Row {
        id: String,
        project: Option<String>,
        start: String,
        stop: String,
        tags: Vec<String>,
    }
    let row: Row = element.parse().map_err(|reason| {
        let Ok(fields) = element.parse::<Map<String, Value>>() else {
            return unreadable(element, &reason);
        };
        let part = |name: &str| fields.get(name);
        let texts = ["id", "start", "stop"]
            .into_iter()
            .map(|name| (name, part(name)));
        // A project can be null.
        let project = part("project").filter(|value| !value.is_null());
        let texts = texts.chain([("project", project)]);
        wrong(texts, part("tags"))
    })?;
    Ok(Frame {
        id: row.id,
        start: Time::Text(row.start),
        stop: Time::Text(row.stop),
        project: row.project.unwrap_or_default(),
        tags: row.tags,
    })
}

/// A row of the `frames` file: six values, in files of old versions five.
fn stored(element: &Element<'_>) -> Result<Frame, String> {
    type Six = (i64, i64, String, String, Vec<String>, IgnoredAny);
    type Five = (i64, i64, String, String, Vec<String>);
    let five = match element.parse::<Six>() {
        Ok((start, stop, project, id, tags, _)) => (start, stop, project, id, tags),
        Err(reason) => element
            .parse::<Five>()
            .map_err(|_old| why_not_stored(element, &reason))?,
    };
    let (start, stop, project, id, tags) = five;
    Ok(Frame {
        id,
        start: Time::Epoch(start),
        stop: Time::Epoch(stop),
        project,
        tags,
    })
}

/// Why a row of the `frames` file is no frame.
fn why_not_stored(element: &Element<'_>, reason: &str) -> String {
    let Ok(values) = element.parse::<Vec<Value>>() else {
        return unreadable(element, reason);
    };
    let [start, stop, project, id, tags, ..] = values.as_slice() else {
        return format!(
            "it has {} of the five values start, stop, project, id and tags",
            values.len()
        );
    };
    if values.len() > 6 {
        return format!("it has {} values, a frame has six", values.len());
    }
    for (name, value) in [("start", start), ("stop", stop)] {
        if !value.is_i64() {
            return format!("its {name} is no number of seconds");
        }
    }
    let texts = [("project", Some(project)), ("id", Some(id))];
    wrong(texts.into_iter(), Some(tags))
}

/// Which of these is no text, or that the tags are no list of them.
fn wrong<'v>(
    mut parts: impl Iterator<Item = (&'static str, Option<&'v Value>)>,
    tags: Option<&Value>,
) -> String {
    if let Some((name, _)) = parts.find(|(_, value)| value.is_some_and(|value| !value.is_string()))
    {
        return format!("its {name} is no text");
    }
    let list = tags.and_then(Value::as_array);
    if tags.is_some() && !list.is_some_and(|tags| tags.iter().all(Value::is_string)) {
        return "its tags are no list of texts".to_owned();
    }
    "it is no frame of Watson's".to_owned()
}

/// Why an element cannot be taken apart.
fn unreadable(element: &Element<'_>, reason: &str) -> String {
    if element.bytes.is_empty() {
        // It was never held: the reason says so in plain words.
        reason.to_owned()
    } else if element.parse::<IgnoredAny>().is_ok() {
        "it is no frame of Watson's".to_owned()
    } else {
        "it is broken off, or no JSON".to_owned()
    }
}

fn read_table(input: &Input, dates: Dates, out: &mut Out<'_>) -> Result<(), ImportError> {
    let mut table = input.table(&[&["id"], &["start"], &["stop"]])?;
    let columns = ["id", "start", "stop", "project", "tags"].map(|name| table.column(&[name]));
    while let Some(row) = table.next()? {
        let [id, start, stop, project, tags] = columns.map(|column| row.get(column).to_owned());
        let frame = Frame {
            id,
            start: Time::Text(start),
            stop: Time::Text(stop),
            project,
            tags: tags.split(", ").map(str::to_owned).collect(),
        };
        match frame.entry(dates) {
            Ok(Some(entry)) => out.entry(row.line, Whose::Mine, entry)?,
            Ok(None) => {}
            Err(reason) => out.reject(row.line, &reason)?,
        }
    }
    out.warn(format!(
        "the times have no zone and were read in {}; those before the last change of the clock are an hour off: `watson log --json --all` has the exact ones, import that in its place",
        dates.zone
    ));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Seen, read};
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    fn entries(seen: &Seen) -> Vec<LooseEntry> {
        let all = seen.items.iter().filter_map(|item| item.entry());
        all.cloned().collect()
    }

    #[test]
    fn log_and_frames_file_give_the_same_entries_in_the_home_zone() {
        let log = format!(
            r#"[{{"id":"{ID}","project":"infra","start":"2025-07-06T08:00:00+01:00","stop":"2025-07-06T10:30:00+01:00","tags":["review","ING-101"]}}]"#
        );
        let frames =
            format!(r#"[[1751785200,1751794200,"infra","{ID}",["review","ING-101"],1795290361]]"#);
        let log = entries(&read(&FORMAT, log, "log.json").unwrap());
        assert_eq!(log, entries(&read(&FORMAT, frames, "frames").unwrap()));
        let one = &log[0];
        assert_eq!(one.entry.seconds, Some(9_000));
        let start = one.entry.start.moment().unwrap().rfc3339();
        assert_eq!(start.as_deref(), Some("2025-07-06T09:00:00+02:00"));
        assert_eq!(one.task.as_ref().map(Clean::as_str), Some("ING-101"));
    }

    #[test]
    fn the_running_frame_is_left_out_and_a_backward_one_rejected() {
        let row = |id: &str, stop: &str| {
            format!(
                r#"{{"id":"{id}","project":"p","start":"2025-07-06T08:00:00+01:00","stop":"{stop}","tags":[]}}"#
            )
        };
        let text = [
            row("current", "2025-07-06T09:00:00+01:00"),
            row(ID, "2025-07-06T07:00:00+01:00"),
            row(ID, "2025-07-06T08:00:00+01:00"),
        ];
        let seen = read(&FORMAT, format!("[{}]", text.join(",\n")), "log.json").unwrap();
        let spans: Vec<_> = entries(&seen).iter().map(|one| one.entry.seconds).collect();
        assert_eq!(spans, [Some(0)]);
        assert_eq!((seen.rejected.len(), seen.warnings.len()), (1, 1));
    }

    #[test]
    fn a_frame_that_is_none_is_told_in_plain_words() {
        let reasons = |text: String, name: &str| -> Vec<String> {
            let seen = read(&FORMAT, text, name).unwrap();
            let all = seen
                .rejected
                .iter()
                .map(|one| one.reason.as_str().to_owned());
            all.collect()
        };
        let good = format!(r#"[1751785200,1751794200,"p","{ID}",[],1795290361]"#);
        let frames = format!(
            r#"[{good},["never",1,"p","{ID}",[],1],[1,1.5,"p","{ID}",[],1],[1,2,"p",5,[],1],[1,2,"p","{ID}",[7],1],[1,2],{{"a":1}},[1,2,"p","{ID}",[],1,1]]"#
        );
        assert_eq!(
            reasons(frames, "frames"),
            [
                "its start is no number of seconds",
                "its stop is no number of seconds",
                "its id is no text",
                "its tags are no list of texts",
                "it has 2 of the five values start, stop, project, id and tags",
                "it is no frame of Watson's",
                "it has 7 values, a frame has six",
            ]
        );
        let good = format!(
            r#"{{"id":"{ID}","project":"p","start":"2025-07-06T08:00:00Z","stop":"2025-07-06T09:00:00Z","tags":[]}}"#
        );
        let log = format!(
            r#"[{good},{{"id":"{ID}","start":5}},{{"id":"{ID}","project":null,"tags":"x"}},{{"id":"{ID}","start":"soon"}}]"#
        );
        assert_eq!(
            reasons(log, "log.json"),
            [
                "its start is no text",
                "its tags are no list of texts",
                "no start"
            ]
        );
    }

    #[test]
    fn the_csv_is_read_as_clocks_without_a_zone_and_says_so() {
        let text = "id,start,stop,project,tags\n0123456,2025-10-06 08:00:00,2025-10-06 10:30:00,infra,\"review, ING-101\"\n";
        let seen = read(&FORMAT, text, "log.csv").unwrap();
        let one = &entries(&seen)[0];
        assert!(matches!(one.entry.start, When::Wall(_)));
        assert_eq!((one.tags.len(), one.entry.seconds), (2, Some(9_000)));
        assert!(seen.warnings[0].contains("Europe/Berlin"));
    }

    #[test]
    fn a_report_is_refused_with_the_command() {
        let text = r#"{"projects":[{"name":"x","tags":[],"time":3.0}],"time":3.0,"timespan":{"from":"2025-10-01T00:00:00+02:00","to":"2025-12-01T23:59:59+01:00"}}"#;
        let error = read(&FORMAT, text, "report.json").unwrap_err().to_string();
        assert!(error.contains("watson log --json"), "{error}");
        let days = read(&FORMAT, format!("[{text}]"), "aggregate.json");
        assert!(days.is_err());
    }
}
