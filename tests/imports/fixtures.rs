//! One export of every format, written for this: `tests/fixtures/imports/FORMAT.*`, a dot and a
//! word before the ending where a format has several.

use std::fs;
use std::path::{Path, PathBuf};

use inward::sources::tasks::{Format, registry};

use crate::bench::{How, dump, import, store};

/// A fixture and the format it is named for.
pub(crate) struct Fixture {
    pub(crate) format: &'static Format,
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

impl Fixture {
    pub(crate) fn name(&self) -> &str {
        self.path.file_name().unwrap().to_str().unwrap()
    }
}

/// Every fixture, sorted by name.
pub(crate) fn all() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/imports");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let id = name.split('.').next().unwrap();
            let format =
                registry::by_id(id).unwrap_or_else(|| panic!("{name}: no format is called {id}"));
            let bytes = fs::read(&path).unwrap();
            Fixture {
                format,
                path,
                bytes,
            }
        })
        .collect()
}

/// Formats that are read only when they are asked for (no content tells them), and those that are
/// always refused with the way out.
const ASKED: [&str; 2] = ["calendar", "csv"];
const REFUSED: [&str; 2] = ["monday-csv", "toggl-json"];

impl Fixture {
    /// Whether it only adds facts to tasks of another one.
    pub(crate) fn is_more(&self) -> bool {
        self.name().contains(".more.")
    }
}

#[test]
fn every_format_has_a_fixture_that_is_detected_and_gives_records() {
    let fixtures = all();
    for format in registry::FORMATS
        .iter()
        .filter(|format| !ASKED.contains(&format.id))
    {
        let of: Vec<&Fixture> = fixtures
            .iter()
            .filter(|one| one.format.id == format.id)
            .collect();
        let refused = REFUSED.contains(&format.id);
        assert!(!of.is_empty() || refused, "{}: no fixture", format.id);
        for fixture in of.iter().filter(|fixture| !fixture.is_more()) {
            let report = import(
                &mut store(),
                (fixture.name(), &fixture.bytes),
                How::default(),
            );
            if refused {
                assert!(report.is_err(), "{}: not refused", fixture.name());
                continue;
            }
            let report = report.unwrap_or_else(|error| panic!("{}: {error}", fixture.name()));
            assert_eq!(report.format, Some(format.id), "{}", fixture.name());
            assert!(report.added > 0, "{}: nothing in it", fixture.name());
        }
    }
}

#[test]
fn a_file_that_only_adds_facts_changes_the_tasks_that_are_known() {
    let (more, tasks): (Vec<Fixture>, Vec<Fixture>) = all().into_iter().partition(Fixture::is_more);
    assert!(!more.is_empty());
    let mut store = store();
    for fixture in &tasks {
        let how = How {
            format: Some(fixture.format),
            ..How::default()
        };
        drop(import(&mut store, (fixture.name(), &fixture.bytes), how));
    }
    for fixture in &more {
        let report = import(&mut store, (fixture.name(), &fixture.bytes), How::default()).unwrap();
        assert!(report.updated > 0, "{}", fixture.name());
        assert_eq!(report.added, 0, "{}", fixture.name());
    }
}

#[test]
fn a_fixture_read_twice_is_the_same_as_once_and_undone_leaves_nothing() {
    let empty = dump(&store());
    for fixture in all() {
        let how = How {
            format: Some(fixture.format),
            ..How::default()
        };
        let mut store = store();
        let file = (fixture.name(), fixture.bytes.as_slice());
        let Ok(first) = import(&mut store, file, how) else {
            continue;
        };
        let once = dump(&store);
        let again = import(&mut store, file, how).unwrap();
        assert_eq!(dump(&store), once, "{}", fixture.name());
        assert_eq!((again.added, again.updated), (0, 0), "{}", fixture.name());
        store.undo_import(first.import.unwrap()).unwrap().unwrap();
        assert_eq!(dump(&store), empty, "{}", fixture.name());
    }
}
