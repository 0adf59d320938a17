//! One export of every format, written for this: `tests/fixtures/imports/FORMAT.*`, a dot and a
//! word before the ending where a format has several. Files with `.more.` in their name only add
//! to tasks of other files.

use std::fs;
use std::path::{Path, PathBuf};

use inward::sources::tasks::{Format, ImportError, registry};
use inward::store::Draft;
use inward::sync::FileReport;

use crate::bench::{How, NOW, copy, dump, import, store};

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

    /// Whether it only adds to tasks of other files.
    pub(crate) fn is_more(&self) -> bool {
        self.name().contains(".more.")
    }

    /// How it is read: all of it the owner's, a table of one's own with its mapping.
    pub(crate) fn how(&self) -> How {
        let own = self.format.id == "csv";
        How {
            format: Some(self.format),
            mapping: own.then_some(include_str!("../fixtures/mappings/csv.toml")),
            ..How::default()
        }
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

/// Formats that are read only when they are asked for: no content tells them.
const ASKED: [&str; 2] = ["calendar", "csv"];

/// Formats that are known only to say what to export in their place.
const REFUSED: [&str; 2] = ["monday-csv", "toggl-json"];

/// Whether files of this format are refused.
pub(crate) fn is_refused(format: &Format) -> bool {
    REFUSED.contains(&format.id)
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
        assert!(!of.is_empty(), "{}: no fixture", format.id);
        for fixture in of {
            let report = import(
                &mut store(),
                (fixture.name(), &fixture.bytes),
                How::default(),
            );
            if is_refused(format) {
                let refused = matches!(report, Err(ImportError::Refused(_)));
                assert!(refused, "{}", fixture.name());
                continue;
            }
            let report = report.unwrap_or_else(|error| panic!("{}: {error}", fixture.name()));
            assert_eq!(report.format, Some(format.id), "{}", fixture.name());
            let added = report.added > 0 || fixture.is_more();
            assert!(added, "{}: nothing in it", fixture.name());
        }
    }
}

#[test]
fn a_fixture_read_twice_is_the_same_as_once_and_undone_leaves_nothing() {
    let empty = dump(&store());
    for fixture in all() {
        let how = fixture.how();
        let mut store = store();
        let file = (fixture.name(), fixture.bytes.as_slice());
        let Ok(first) = import(&mut store, file, how) else {
            continue;
        };
        let once = dump(&store);
        let again = import(&mut store, file, how).unwrap();
        assert_eq!(dump(&store), once, "{}", fixture.name());
        assert_eq!((again.added, again.updated), (0, 0), "{}", fixture.name());
        if let Some(import) = first.import {
            store.undo_import(import).unwrap().unwrap();
        }
        assert_eq!(dump(&store), empty, "{}", fixture.name());
    }
}

#[test]
fn a_store_made_of_a_dump_knows_every_fixture_and_can_take_it_back() {
    let mut store = store();
    let mut taken = Vec::new();
    for fixture in all() {
        let file = (fixture.name(), fixture.bytes.as_slice());
        if import(&mut store, file, fixture.how()).is_ok() {
            taken.push(fixture);
        }
    }
    let carried = copy(&store);
    let mut draft = Draft::new().unwrap();
    for line in &carried {
        draft.line(line).unwrap();
    }
    let mut new = draft.finish(NOW).unwrap();
    let mut known = 0;
    assert_eq!(copy(&new), carried);
    for fixture in &taken {
        let file = (fixture.name(), fixture.bytes.as_slice());
        let report = import(&mut new, file, fixture.how()).unwrap();
        // Some files show more when they come again after the others: here as there.
        let there = import(&mut store, file, fixture.how()).unwrap();
        let told = |one: &FileReport| (one.import, one.added, one.updated, one.unchanged);
        assert_eq!(told(&report), told(&there), "{}", fixture.name());
        known += usize::from(told(&report).1 + told(&report).2 == 0);
    }
    assert_eq!(dump(&new), dump(&store));
    assert!(known > 50, "{known}");
    for import in new.imports().unwrap() {
        new.undo_import(import.id).unwrap().unwrap();
    }
    assert!(taken.len() > 50);
    assert_eq!(dump(&new), dump(&crate::bench::store()));
}
