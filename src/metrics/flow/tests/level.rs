//! Service level, estimates, and kinds of tasks.

use super::{DAY, ask, left_out, march, named, rest, values};
use crate::metrics::Metric;
use crate::metrics::flow::{EstimateAccuracy, ServiceLevel, TaskTypes};
use crate::metrics::testing::{stamp, task, tasks, weeks};
use crate::model::dataset::Dataset;
use crate::model::figure::{Key, Shape, Verdict};
use crate::model::task::{Estimate, TaskKind};
use crate::model::work::Task;

/// Finished on `day` at ten, so many days after its start.
fn took(day: &str, days: i64) -> Task {
    let mut one = task("2026-01-05 09:00", "", &format!("{day} 10:00"));
    let done = one.done.expect("done");
    one.started = crate::model::work::Stamp::at(done.utc - days * 86_400, 0);
    one
}

#[test]
fn the_level_is_the_85th_percentile_from_twenty_tasks() {
    // 1 to 20 days: place 19 x 0.85 = 16.15 from the first, 17.15 days.
    let all: Vec<Task> = (1..=20).map(|days| took("2026-03-04", days)).collect();
    let figure = ask(&ServiceLevel, &tasks(all.clone(), "2026-03-25"), &march());
    let value = figure.value.expect("a level");
    assert!((value - 17.15 * DAY).abs() < 1e-6, "{value}");
    assert_eq!(
        figure.interval, None,
        "the largest of twenty is not far enough out"
    );
    // 1 to 23 days: the exact interval is the 16th to the 23rd.
    let all: Vec<Task> = (1..=23).map(|days| took("2026-03-04", days)).collect();
    let figure = ask(&ServiceLevel, &tasks(all, "2026-03-25"), &march());
    assert_eq!(figure.interval, Some((16.0 * DAY, 23.0 * DAY)));
    let few: Vec<Task> = (1..=19).map(|days| took("2026-03-04", days)).collect();
    let figure = ask(&ServiceLevel, &tasks(few, "2026-03-25"), &march());
    assert_eq!((figure.value, figure.n, figure.points.len()), (None, 19, 0));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 19, need: 20 });
}

#[test]
fn a_level_is_tested_on_tasks_it_was_not_made_from() {
    // Before: 1 to 20 days, level 17.15. Then: 5, 17, 18 and 30 days: two of four kept it.
    let mut all: Vec<Task> = (1..=20).map(|days| took("2026-02-18", days)).collect();
    all.extend([5, 17, 18, 30].map(|days| took("2026-03-04", days)));
    let figure = ask(&ServiceLevel, &tasks(all, "2026-03-25"), &march());
    assert_eq!((figure.value, figure.n), (None, 4));
    assert_eq!(rest(&figure, "kept_level_before"), Some((2, 4)));
    assert_eq!(figure.points.len(), 4, "a few are shown one by one");
    assert_eq!(figure.previous.map(|before| before.n), Some(20));
}

#[test]
fn larger_estimates_that_took_longer_correlate() {
    let estimated = |days: i64, points: i64| Task {
        estimate: Some(Estimate::Points(points * 1_000)),
        ..took("2026-03-04", days)
    };
    let rising: Vec<Task> = (1..=10).map(|n| estimated(n, n)).collect();
    let figure = ask(&EstimateAccuracy, &tasks(rising, "2026-03-25"), &march());
    assert_eq!((figure.value, figure.n), (Some(1.0), 10));
    let falling: Vec<Task> = (1..=10).map(|n| estimated(n, 11 - n)).collect();
    let figure = ask(&EstimateAccuracy, &tasks(falling, "2026-03-25"), &march());
    assert_eq!(figure.value, Some(-1.0));
    let same: Vec<Task> = (1..=10).map(|n| estimated(n, 3)).collect();
    let figure = ask(&EstimateAccuracy, &tasks(same, "2026-03-25"), &march());
    assert_eq!((figure.value, figure.n), (None, 10), "no order to compare");
    let nine: Vec<Task> = (1..=9).map(|n| estimated(n, n)).collect();
    let figure = ask(&EstimateAccuracy, &tasks(nine, "2026-03-25"), &march());
    assert_eq!(figure.value, None);
    assert_eq!(figure.verdict, Verdict::TooFew { have: 9, need: 10 });
}

#[test]
fn points_are_not_time_and_nothing_is_no_estimate() {
    let with = |estimate, spent| Task {
        estimate,
        spent,
        ..took("2026-03-04", 2)
    };
    let hours = |n: i64| Some(Estimate::Seconds(n * 3_600));
    // Estimated four hours each; recorded 2, 4, 6, 8 and 10: the middle ratio is 1.5.
    let mut all: Vec<Task> = [2, 4, 6, 8, 10]
        .map(|n| with(hours(4), Some(n * 3_600)))
        .into();
    all.extend([
        with(Some(Estimate::Points(3_000)), Some(3_600)),
        with(hours(0), None),
        with(None, Some(3_600)),
        with(hours(4), None),
    ]);
    let figure = ask(&EstimateAccuracy, &tasks(all, "2026-03-25"), &march());
    assert_eq!(figure.n, 6);
    assert_eq!(named(&figure, "spent per estimate"), Some(1.5));
    assert_eq!(figure.points[0].n, 5);
    assert_eq!(left_out(&figure, "other_unit"), 1);
    assert_eq!(left_out(&figure, "no_estimate"), 2);
}

#[test]
fn kinds_add_up_to_all_finished_tasks() {
    let kinds = [
        TaskKind::Bug,
        TaskKind::Story,
        TaskKind::Bug,
        TaskKind::Task,
    ];
    let all = kinds.map(|kind| Task {
        kind,
        ..took("2026-03-04", 1)
    });
    let mut all = all.to_vec();
    all.push(Task {
        kind: TaskKind::Pr,
        ..took("2026-03-04", 1)
    });
    let figure = ask(&TaskTypes, &tasks(all, "2026-03-25"), &march());
    assert_eq!((figure.value, figure.n), (Some(4.0), 4));
    assert_eq!(figure.shape, Shape::Shares);
    let parts: Vec<_> = figure.points.iter().map(|p| (p.key, p.value)).collect();
    let expected = [
        (Key::Name("bug"), Some(2.0)),
        (Key::Name("story"), Some(1.0)),
        (Key::Name("task"), Some(1.0)),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn one_task_and_none_are_said_plainly() {
    let one = Task {
        estimate: Some(Estimate::Points(1_000)),
        ..took("2026-03-24", 1)
    };
    let data = tasks(vec![one], "2026-03-25");
    let level = ask(&ServiceLevel, &data, &march());
    assert_eq!(values(&level, Key::Task(0)), [Some(DAY)]);
    let estimate = ask(&EstimateAccuracy, &data, &march());
    assert_eq!(
        values(&estimate, Key::Task(0)),
        [None],
        "named, without a number"
    );
    assert_eq!(named(&ask(&TaskTypes, &data, &march()), "task"), Some(1.0));
    for metric in [&ServiceLevel as &dyn Metric, &EstimateAccuracy, &TaskTypes] {
        let empty = ask(metric, &Dataset::default(), &march());
        assert_eq!((empty.value, empty.n, empty.points.len()), (None, 0, 0));
        // A stretch before the record is not known, whatever came later.
        let before = ask(metric, &data, &weeks("2025-11-03", "2025-11-30"));
        assert_eq!((before.value, before.n), (None, 0), "{}", metric.id());
    }
}

#[test]
fn a_clock_change_makes_no_task_longer() {
    // Berlin, 28 March at ten to 29 March at ten is 23 hours.
    let mut one = task("2026-03-02 09:00", "2026-03-28 09:00", "2026-03-29 08:00");
    one.done = crate::model::work::Stamp::at(stamp("2026-03-29 08:00").utc, 120);
    let level = ask(&ServiceLevel, &tasks(vec![one], "2026-03-30"), &march());
    assert_eq!(values(&level, Key::Task(0)), [Some(23.0 * super::HOUR)]);
}
