//! Exports of trackers: the first byte picks the reader (or whoever recognises the file), the rest
//! is the file. Every text that comes out can be shown, every limit holds, and reading the same
//! file again gives the same.

use chrono::DateTime;
use chrono_tz::Tz;
use inward::model::stage::Status;
use inward::model::task::{Entry, TaskFacts};
use inward::model::text::Clean;
use inward::sources::tasks::dates::DayOrder;
use inward::sources::tasks::mapping::Mapping;
use inward::sources::tasks::registry::{FORMATS, detect};
use inward::sources::tasks::{Context, Format, ImportError, Input, Item, Out};

use super::{NOW, assert_line, assert_shown};

/// The most records; a file that claims more is refused.
const LIMIT: u64 = 500;

/// A mapping for the table that no importer knows.
const MAPPING: &str = include_str!("../../fixtures/mappings/csv.toml");

/// What one reading gave.
#[derive(PartialEq, Debug)]
struct Read {
    items: Vec<Item>,
    rejected: Vec<(u64, Clean)>,
    more: u64,
    warnings: Vec<String>,
    error: Option<String>,
}

pub fn check(data: &[u8]) {
    let Some((pick, bytes)) = data.split_first() else {
        return;
    };
    let chosen = usize::from(*pick) % (FORMATS.len() + 1);
    let name = names()[chosen % names().len()];
    let input = match Input::from_bytes(bytes, name) {
        Ok(input) => input,
        Err(error) => return refused(&error, bytes),
    };
    let detected = detect(input.head());
    let Some(format) = FORMATS.get(chosen).copied().or(detected) else {
        return;
    };
    let mapping = Mapping::parse(MAPPING).expect("the mapping of the fixtures");
    let mut context = Context {
        zone: Tz::Europe__Berlin,
        now: DateTime::from_timestamp(NOW, 0).expect("a time"),
        day_order: None,
        mapping: (format.id == "csv").then_some(&mapping),
    };
    let first = read(format, &input, &context, bytes);
    assert_eq!(read(format, &input, &context, bytes), first, "read twice");
    let asks = |read: &Read| {
        read.error
            .as_ref()
            .is_some_and(|text| text.contains("--dates dmy"))
    };
    if asks(&first) {
        // Told which is the day, it never asks again.
        context.day_order = Some(DayOrder::Dmy);
        let told = read(format, &input, &context, bytes);
        assert!(!asks(&told), "{}: asks for what it was told", format.id);
    }
}

fn names() -> [&'static str; 5] {
    [
        "export.csv",
        "T 0123456789abcdef0123456789abcdef.csv",
        "x.more.json",
        "todo.txt",
        "2026-01.data",
    ]
}

fn read(format: &Format, input: &Input, context: &Context<'_>, bytes: &[u8]) -> Read {
    let mut items = Vec::new();
    let mut sink = |item: Item| {
        items.push(item);
        Ok(())
    };
    let mut out = Out::new(LIMIT, &mut sink);
    let result = (format.read)(input, context, &mut out);
    let records = out.records();
    assert!(records <= LIMIT + 1, "{}: {records} records", format.id);
    let (rejected, more, warnings) = out.finish();
    let mut lines = Lines::of(input);
    let mut told = 0;
    for item in &items {
        told += u64::from(!matches!(item, Item::Person(_)));
        item_is_clean(item, &mut lines);
    }
    assert!(
        told + rejected.len() as u64 + more >= records.min(LIMIT),
        "{}: lost",
        format.id
    );
    for one in &rejected {
        assert_line(one.reason.as_str(), "why a record is rejected");
        assert!(!one.reason.is_empty());
        lines.holds(one.line);
    }
    for warning in &warnings {
        assert_line(warning, "a warning");
        assert!(
            warning.chars().count() < 2_000,
            "a warning of {}",
            warning.len()
        );
    }
    if let Err(error) = &result {
        refused(error, bytes);
    }
    Read {
        items,
        rejected: rejected
            .into_iter()
            .map(|one| (one.line, one.reason))
            .collect(),
        more,
        warnings,
        error: result.err().map(|error| error.to_string()),
    }
}

/// How many lines the file has, however they end.
struct Lines(u64);

impl Lines {
    fn of(input: &Input) -> Self {
        let (size, _) = input.progress();
        Self(size + 1)
    }

    fn holds(&mut self, line: u64) {
        assert!(line <= self.0, "line {line} of at most {}", self.0);
    }
}

/// A refusal is one calm line that can be shown, whatever the file holds.
fn refused(error: &ImportError, bytes: &[u8]) {
    let text = error.to_string();
    assert_line(&text, "a refusal");
    assert!(
        text.chars().count() < 2_000,
        "a refusal of {} bytes for {}",
        text.len(),
        bytes.len()
    );
}

fn item_is_clean(item: &Item, lines: &mut Lines) {
    match item {
        Item::Task(found) => {
            lines.holds(found.line);
            task_is_clean(&found.task);
            found
                .work
                .iter()
                .for_each(|(_, entry)| entry_is_clean(entry));
        }
        Item::Entry { line, entry, .. } => {
            lines.holds(*line);
            entry_is_clean(&entry.entry);
            let texts = [&entry.project, &entry.task].into_iter().flatten();
            for text in texts.chain(&entry.tags).chain([&entry.source]) {
                assert_line(text.as_str(), "an entry's text");
            }
        }
        Item::Person(_) => {}
    }
}

fn task_is_clean(task: &TaskFacts) {
    let texts = [&task.source, &task.key, &task.title];
    let branch = task
        .review
        .as_ref()
        .and_then(|review| review.branch.as_ref());
    let more = [task.project.as_ref(), task.parent.as_ref(), branch];
    for text in texts
        .into_iter()
        .chain(more.into_iter().flatten())
        .chain(&task.tags)
    {
        assert_line(text.as_str(), "a task's text");
    }
    let word = |status: &Status| {
        if let Some(word) = &status.word {
            assert_line(word.as_str(), "a status");
        }
    };
    word(&task.status);
    for move_ in &task.transitions {
        move_.from.iter().for_each(word);
        word(&move_.to);
    }
    task.entries.iter().for_each(entry_is_clean);
}

fn entry_is_clean(entry: &Entry) {
    if let Some(note) = &entry.note {
        assert_shown(note.as_str(), "a note of time");
    }
    assert!(
        entry.seconds.is_none_or(|seconds| seconds >= 0),
        "{entry:?}"
    );
}

pub fn seeds() -> Vec<Vec<u8>> {
    // Compiled in the program's own tests and in `fuzz/` beneath it.
    let own = env!("CARGO_PKG_NAME") == "inward";
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let folder = format!(
        "{root}{}tests/fixtures/imports",
        if own { "" } else { "../" }
    );
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the fixtures")
        .map(|entry| entry.expect("a fixture").path())
        .collect();
    paths.sort();
    let mut seeds = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).expect("a fixture");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let id = name.split('.').next().expect("a format");
        let at = FORMATS.iter().position(|format| format.id == id);
        let at = u8::try_from(at.expect("a known format")).expect("few formats");
        let sniffed = u8::try_from(FORMATS.len()).expect("few formats");
        // A long one costs much and tells no more.
        let bytes = &bytes[..bytes.len().min(3_000)];
        seeds.push([&[at], bytes].concat());
        seeds.push([&[sniffed], bytes].concat());
    }
    seeds
}
