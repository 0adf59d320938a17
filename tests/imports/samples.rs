//! Real exports, read where they lie: every one by detection alone, or refused for its reason.
//! Without them the test says that it was skipped.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use chrono_tz::Tz;

use inward::model::stage::{Stage, StageWords};
use inward::sources::tasks::dates::DayOrder;
use inward::sources::tasks::{Context, Input, Item, Out, registry};

use crate::bench::NOW;
use crate::expected::{boards, personal, tables, trackers};

/// What a file holds, people and all.
#[derive(Default)]
struct Counted {
    records: u64,
    tasks: u64,
    entries: u64,
    rejected: u64,
    done: u64,
    cancelled: u64,
    started: u64,
    moved: u64,
    moves: u64,
}

impl Counted {
    fn eight(&self) -> [u64; 8] {
        [
            self.records,
            self.tasks,
            self.entries,
            self.rejected,
            self.done,
            self.cancelled,
            self.started,
            self.moved,
        ]
    }

    fn six(&self) -> [u64; 6] {
        let done = [self.done, self.cancelled];
        [
            self.records,
            self.rejected,
            self.entries,
            self.moves,
            done[0],
            done[1],
        ]
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Person(_) => {}
            Item::Entry { .. } => self.entries += 1,
            Item::Task(found) => {
                let task = &found.task;
                let stage = StageWords::default().stage(&task.status);
                self.tasks += 1;
                self.entries += (task.entries.len() + found.work.len()) as u64;
                self.done += u64::from(stage == Some(Stage::Done));
                self.cancelled += u64::from(stage == Some(Stage::Cancelled));
                self.started += u64::from(task.started.is_some());
                self.moved += u64::from(!task.transitions.is_empty());
                self.moves += task.transitions.len() as u64;
            }
        }
    }
}

/// The folder of real exports, when it is there.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    folder.is_dir().then_some(folder)
}

/// Reads a file as what it is detected to be, or as `asked`; the format, and what it holds or why
/// it is refused.
fn read(
    path: &Path,
    asked: Option<&str>,
    day_order: Option<DayOrder>,
) -> (Option<&'static str>, Result<Counted, String>) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let input = match Input::from_bytes(std::fs::read(path).unwrap(), name) {
        Ok(input) => input,
        Err(error) => return (None, Err(error.to_string())),
    };
    let format = asked
        .and_then(registry::by_id)
        .or_else(|| registry::detect(input.head()));
    let Some(format) = format else {
        return (None, Err("not detected".to_owned()));
    };
    let context = Context {
        zone: Tz::Europe__Berlin,
        now: DateTime::from_timestamp(NOW, 0).unwrap(),
        day_order,
        mapping: None,
    };
    let mut counted = Counted::default();
    let mut sink = |item: Item| {
        counted.item(&item);
        Ok(())
    };
    let mut out = Out::new(1_000_000, &mut sink);
    let done = (format.read)(&input, &context, &mut out);
    let records = out.records();
    let (rejected, more, _) = out.finish();
    counted.records = records;
    counted.rejected = rejected.len() as u64 + more;
    (
        Some(format.id),
        done.map(|()| counted).map_err(|error| error.to_string()),
    )
}

/// Says that a test was skipped.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skipped() {
    eprintln!("skipped: the folder of real exports is not there");
}

#[test]
fn every_real_export_holds_what_other_programs_count_in_it() {
    let Some(folder) = folder() else {
        return skipped();
    };
    let dmy = Some(DayOrder::Dmy);
    let eight = [
        (boards::EXPECTED, false, None),
        (personal::PERSONAL, false, None),
        (personal::PERSONAL_EVENTS, true, None),
        (tables::TABLES, false, None),
        (tables::TABLES_DAY_FIRST, false, dmy),
    ];
    let mut wrong = Vec::new();
    for (list, by_name, order) in eight {
        for (path, format, wanted) in list {
            let (found, counted) = read(&folder.join(path), by_name.then_some(*format), order);
            let counted = counted.map(|counted| counted.eight());
            if found != Some(*format) || counted != Ok(*wanted) {
                wrong.push(format!(
                    "{path}: {found:?} {counted:?}, not {format} {wanted:?}"
                ));
            }
        }
    }
    for (path, format, wanted) in trackers::TRACKERS {
        let (found, counted) = read(&folder.join(path), None, None);
        let counted = counted.map(|counted| counted.six());
        if found != Some(*format) || counted != Ok(*wanted) {
            wrong.push(format!(
                "{path}: {found:?} {counted:?}, not {format} {wanted:?}"
            ));
        }
    }
    for (path, format, reason) in refused() {
        let (found, counted) = read(&folder.join(path), None, None);
        let said = counted.err().unwrap_or_default();
        if found != Some(format) || !said.contains(reason) {
            wrong.push(format!(
                "{path}: {found:?} says `{said}`, not {format} `{reason}`"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn refused() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lists = [
        boards::REFUSED,
        personal::PERSONAL_REFUSED,
        tables::TABLES_REFUSED,
        trackers::TRACKERS_REFUSED,
    ];
    lists.into_iter().flatten().copied()
}

#[test]
fn no_real_export_is_left_out() {
    let Some(folder) = folder() else {
        return skipped();
    };
    let mut known: BTreeSet<&str> = refused().map(|row| row.0).collect();
    for list in [boards::EXPECTED, personal::PERSONAL, tables::TABLES] {
        known.extend(list.iter().map(|row| row.0));
    }
    known.extend(trackers::TRACKERS.iter().map(|row| row.0));
    let mut folders = vec![folder.clone()];
    let mut left_out = Vec::new();
    while let Some(here) = folders.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path
                .strip_prefix(&folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if name != "SOURCES.md" && !known.contains(name.as_str()) {
                left_out.push(name);
            }
        }
    }
    assert!(left_out.is_empty(), "{left_out:?}");
}
