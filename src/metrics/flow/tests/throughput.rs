//! Throughput.

use super::{ask, left_out, march, values};
use crate::metrics::flow::Throughput;
use crate::metrics::testing::{stamp, task, tasks, weeks};
use crate::model::dataset::Dataset;
use crate::model::figure::{Key, Shape, Verdict};
use crate::model::selection::By;
use crate::model::stage::Stage;
use crate::model::task::TaskKind;
use crate::model::work::Task;

/// Done on these days at noon, created on 1 March.
fn done_on(days: &[&str]) -> Vec<Task> {
    let at = |day: &&str| task("2026-03-01 09:00", "", &format!("{day} 12:00"));
    days.iter().map(at).collect()
}

#[test]
fn each_finished_task_counts_once_in_the_week_of_its_finish() {
    // Weeks: 2-8 March three, 9-15 March none, 16-22 March two, the running one one.
    let days = [
        "2026-03-02",
        "2026-03-04",
        "2026-03-08",
        "2026-03-16",
        "2026-03-22",
        "2026-03-24",
    ];
    let data = tasks(done_on(&days), "2026-03-25");
    let figure = ask(&Throughput, &data, &march());
    assert_eq!((figure.value, figure.n), (Some(6.0), 6));
    let weeks = [Some(3.0), Some(0.0), Some(2.0), Some(1.0)];
    assert_eq!(values(&figure, Key::Time), weeks);
    let complete: Vec<bool> = figure.points.iter().map(|point| point.complete).collect();
    assert_eq!(complete, [true, true, true, false], "the last week runs");
    assert_eq!(figure.verdict, Verdict::TooFewWeeks { have: 3, need: 10 });
}

#[test]
fn a_week_after_the_newest_export_is_unknown_and_not_zero() {
    let data = tasks(done_on(&["2026-03-03", "2026-03-10"]), "2026-03-11");
    let figure = ask(&Throughput, &data, &march());
    let known = [Some(1.0), Some(1.0), None, None];
    assert_eq!(values(&figure, Key::Time), known);
    let complete: Vec<bool> = figure.points.iter().map(|point| point.complete).collect();
    assert_eq!(complete, [true, false, false, false]);
    let after = ask(&Throughput, &data, &weeks("2026-03-16", "2026-03-22"));
    assert_eq!((after.value, after.n), (None, 0));
}

#[test]
fn cancelled_is_not_done_and_what_has_no_day_is_said() {
    let cancelled = Task {
        cancelled: Some(stamp("2026-03-03 10:00")),
        stage: Some(Stage::Cancelled),
        ..task("2026-03-01 09:00", "", "")
    };
    let between = Task {
        stage: Some(Stage::Done),
        windowed: true,
        ..task("2026-03-01 09:00", "", "")
    };
    let timeless = Task {
        windowed: false,
        ..between.clone()
    };
    let pr = Task {
        kind: TaskKind::Pr,
        ..task("2026-03-01 09:00", "", "2026-03-03 12:00")
    };
    let excluded = Task {
        excluded: true,
        ..task("2026-03-01 09:00", "", "2026-03-03 12:00")
    };
    let mut all = done_on(&["2026-03-03"]);
    all.extend([cancelled, between, timeless, pr, excluded]);
    let figure = ask(&Throughput, &tasks(all, "2026-03-25"), &march());
    assert_eq!((figure.value, figure.n), (Some(1.0), 1));
    for reason in ["between_exports", "no_finish_time", "excluded"] {
        assert_eq!(left_out(&figure, reason), 1, "{reason}");
    }
    assert_eq!(figure.left_out.len(), 3);
}

#[test]
fn a_tracker_that_tells_no_finish_has_no_throughput() {
    let timeless = Task {
        stage: Some(Stage::Done),
        ..task("2026-03-03 09:00", "", "")
    };
    let figure = ask(&Throughput, &tasks(vec![timeless], "2026-03-25"), &march());
    assert_eq!((figure.value, figure.n), (None, 0));
    assert_eq!(values(&figure, Key::Time), [None; 4]);
    assert_eq!(left_out(&figure, "no_finish_time"), 1);
}

#[test]
fn the_finish_lies_on_the_civil_day_of_its_own_offset() {
    // 2026-03-08 23:30 in New York is the 9th in UTC; clocks changed there that day at two.
    let mut one = task("2026-03-01 09:00", "", "2026-03-09 03:30");
    one.done =
        crate::model::work::Stamp::at(crate::metrics::testing::utc("2026-03-09 03:30"), -240);
    let figure = ask(&Throughput, &tasks(vec![one], "2026-03-25"), &march());
    let weeks = [Some(1.0), Some(0.0), Some(0.0), Some(0.0)];
    assert_eq!(values(&figure, Key::Time), weeks);
}

#[test]
fn nothing_imported_is_no_value() {
    let figure = ask(&Throughput, &Dataset::default(), &march());
    assert_eq!((figure.value, figure.points.len()), (None, 0));
    assert_eq!(figure.verdict, Verdict::None);
}

#[test]
fn parts_add_up_to_the_whole() {
    let mut all = done_on(&["2026-03-03", "2026-03-04", "2026-03-05"]);
    all[0].project = 2;
    all[2].project = 2;
    let data = tasks(all, "2026-03-25");
    let mut selection = march();
    selection.by = By::Project;
    let figure = ask(&Throughput, &data, &selection);
    assert_eq!(figure.shape, Shape::Shares);
    let parts: Vec<_> = figure.points.iter().map(|p| (p.key, p.value)).collect();
    let expected = [
        (Key::Project(2), Some(2.0)),
        (Key::Name("no project"), Some(1.0)),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn the_period_before_is_compared_as_far_as_the_export_tells() {
    // The range has been told up to Wednesday 18 March; of the four weeks before, so much counts.
    let days = ["2026-02-04", "2026-02-17", "2026-02-20", "2026-03-04"];
    let mut all = done_on(&days);
    all[0].created = Some(stamp("2026-01-05 09:00"));
    let data = tasks(all, "2026-03-18");
    let figure = ask(&Throughput, &data, &march());
    let before = figure.previous.expect("a period before");
    assert_eq!(before.range.to_string(), "2026-02-02..2026-02-18");
    assert_eq!((before.value, before.n), (Some(2.0), 2));
}
