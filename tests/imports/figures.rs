//! Figures of real exports, held to numbers that another program worked out from the same files.
//!
//! Method: `expected/jira_json.py` reads the Jira JSON samples with changelog and prints cycle
//! times, times in stage and medians in seconds; what it printed stands below. Here the same files
//! are imported and the figures computed, and must be equal to the second.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::DateTime;
use chrono_tz::Tz;

use inward::metrics::{by_id, extent};
use inward::model::calendar::Calendar;
use inward::model::figure::{Figure, Key};
use inward::model::project::Projects;
use inward::model::selection::Selection;
use inward::model::stage::{Stage, StageWords};
use inward::store::Store;

use crate::bench::{How, NOW, import, store};

const FILES: [&str; 4] = [
    "issue-SP-10.json",
    "search-changelog-v2.json",
    "search-jql-v3-page.json",
    "search-localized-status.json",
];

/// What the script prints.
const CYCLES: [(&str, i64); 10] = [
    ("EE-2", 969_579),
    ("EE-3", 969_592),
    ("EE-4", 969_603),
    ("EE-5", 515_080),
    ("EE-6", 370_494),
    ("EE-8", 2_290_225),
    ("SP-10", 642_478),
    ("SP-13", 1_332),
    ("SP-14", 1_295),
    ("SP-5", 9_504_269),
];
const MEDIAN: f64 = 806_028.5;
const STAYS: [(&str, f64, u64); 5] = [
    ("backlog", 39_550_358.0, 8),
    ("todo", 81_016.0, 6),
    ("in-progress", 13_180_271.0, 11),
    ("in-review", 8.0, 2),
    ("done", 3_053_668.0, 1),
];
const STAY_MEDIANS: [(&str, f64); 3] = [
    ("p50 backlog", 207_975.5),
    ("p50 todo", 11_752.0),
    ("p50 in-progress", 642_473.0),
];

/// The samples in a store; `None`, said aloud, where they are not at hand.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn filled() -> Option<Store> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/jira-json");
    if !folder.is_dir() {
        eprintln!("skipped: no samples of Jira JSON beside this folder");
        return None;
    }
    let mut store = store();
    for name in FILES {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        import(&mut store, (name, &bytes), How::default()).unwrap();
    }
    let words = StageWords::new([("Open", Stage::InProgress)]);
    store.set_rules((words, Projects::default())).unwrap();
    Some(store)
}

fn calendar() -> Calendar {
    Calendar::new(DateTime::from_timestamp(NOW, 0).unwrap(), Tz::UTC)
}

fn named(figure: &Figure) -> BTreeMap<&'static str, (f64, u64)> {
    let name = |key| match key {
        Key::Name(name) => Some(name),
        _ => None,
    };
    let points = figure.points.iter();
    points
        .filter_map(|point| Some((name(point.key)?, (point.value?, point.n))))
        .collect()
}

#[test]
fn cycle_times_of_a_real_export_are_those_of_another_program_to_the_second() {
    let Some(store) = filled() else { return };
    let (data, labels) = store.dataset(NOW).unwrap();
    let whole = Selection::weekly(extent(&data).unwrap());
    let metric = by_id("cycle_time").unwrap();
    let figure = metric.compute(&data, &whole, &calendar());
    assert_eq!((figure.n, figure.value), (10, Some(MEDIAN)));
    assert_eq!(named(&figure)["p50"], (MEDIAN, 10));
    // One by one: of a single task the figure shows the task.
    let rows = metric.rows(&data, &whole, &calendar());
    let mut cycles = Vec::new();
    for at in rows.positions() {
        let task = &data.work.tasks[*at as usize];
        let one = Selection {
            tasks: Some(Arc::new([task.id].into())),
            ..whole.clone()
        };
        let figure = metric.compute(&data, &one, &calendar());
        assert_eq!(figure.points.len(), 1);
        cycles.push((labels.tasks[*at as usize].as_str(), figure.points[0].value));
    }
    cycles.sort_unstable_by_key(|cycle| cycle.0);
    let expected = CYCLES.map(|(key, seconds)| (key, Some(seconds as f64)));
    assert_eq!(cycles, expected);
}

#[test]
fn time_in_stage_of_a_real_export_is_that_of_another_program_to_the_second() {
    let Some(store) = filled() else { return };
    let (data, _) = store.dataset(NOW).unwrap();
    let whole = Selection::weekly(extent(&data).unwrap());
    let figure = by_id("time_in_stage")
        .unwrap()
        .compute(&data, &whole, &calendar());
    let points = named(&figure);
    for (stage, seconds, n) in STAYS {
        assert_eq!(points[stage], (seconds, n), "{stage}");
    }
    for (stage, seconds) in STAY_MEDIANS {
        assert_eq!(points[stage].0.to_bits(), seconds.to_bits(), "{stage}");
    }
    assert_eq!(points.len(), STAYS.len() + STAY_MEDIANS.len());
}
