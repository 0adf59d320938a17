use super::super::reviews::Reviews;
use super::super::testing::{calendar, stamp, task, tasks, utc, weeks};
use super::*;
use crate::model::figure::LeftOut;
use crate::model::ids::TaskId;

const HOUR: f64 = 3_600.0;

fn march() -> Selection {
    weeks("2026-03-02", "2026-03-29")
}

fn ask(metric: &dyn Metric, data: &Dataset) -> Figure {
    metric.compute(data, &march(), &calendar("2026-03-30 09:00"))
}

fn left(figure: &Figure) -> Vec<(&'static str, u64)> {
    let left_out = figure.left_out.iter();
    left_out
        .map(|LeftOut { reason, n }| (*reason, *n))
        .collect()
}

fn given(requested: &str, times: &[&str]) -> Given {
    Given {
        source: 0,
        id: TaskId(1),
        repo: None,
        project: 0,
        requested: (!requested.is_empty()).then(|| stamp(requested)),
        times: times.iter().map(|time| stamp(time)).collect(),
        excluded: false,
    }
}

/// Waits of 1 2 3 4 5 hours, one without a request, one before it, one excluded.
fn reviewed() -> Dataset {
    let mut data = tasks(Vec::new(), "2026-03-30");
    data.work.given = vec![
        given(
            "2026-03-02 10:00",
            &["2026-03-02 11:00", "2026-03-05 11:00"],
        ),
        given("2026-03-03 10:00", &["2026-03-03 12:00"]),
        given("", &["2026-03-04 12:00"]),
        given("2026-03-05 10:00", &["2026-03-05 13:00"]),
        given("2026-03-07 10:00", &["2026-03-06 13:00"]),
        given("2026-03-17 10:00", &["2026-03-17 14:00"]),
        given("2026-03-18 10:00", &["2026-03-18 15:00"]),
        Given {
            excluded: true,
            ..given("", &["2026-03-19 15:00"])
        },
    ];
    data
}

#[test]
fn reviews_without_a_request_count_but_have_no_time() {
    let data = reviewed();
    let figure = ask(&ReviewGiven, &data);
    assert_eq!((figure.n, figure.value), (5, Some(3.0 * HOUR)));
    assert_eq!(
        left(&figure),
        [("before_request", 1), ("no_request", 1), ("excluded", 1)]
    );
    let rest = figure.rests_on[0];
    assert_eq!((rest.what, rest.n, rest.of), ("reviews_with_request", 5, 7));
    let rows = ReviewGiven.rows(&data, &march(), &calendar("2026-03-30 09:00"));
    assert_eq!(rows, Rows::Given(vec![0, 1, 3, 5, 6]));
    let count = ask(&Reviews, &data);
    assert_eq!((count.n, count.value), (7, Some(7.0)));
    assert_eq!(left(&count), [("excluded", 1)]);
    // The second week is a gap: nothing was given, which is known.
    let weeks: Vec<_> = count.points.iter().map(|point| point.value).collect();
    assert_eq!(weeks, [Some(5.0), Some(0.0), Some(2.0), Some(0.0)]);
    assert_eq!(
        Reviews
            .rows(&data, &march(), &calendar("2026-03-30 09:00"))
            .len(),
        7
    );
}

#[test]
fn no_review_in_any_export_is_not_zero_reviews() {
    let data = tasks(vec![task("2026-03-02", "", "")], "2026-03-30");
    for metric in [&Reviews as &dyn Metric, &ReviewGiven] {
        let figure = ask(metric, &data);
        assert_eq!((figure.n, figure.value), (0, None));
    }
    assert_eq!(ask(&Reviews, &Dataset::default()).value, None);
    let mut one = Dataset::default();
    one.work.given = vec![given("2026-03-02 10:00", &["2026-03-02 11:00"])];
    let figure = ask(&ReviewGiven, &one);
    let points: Vec<_> = figure.points.iter().map(|p| (p.key, p.value)).collect();
    assert_eq!(points, [(Key::Name("item"), Some(HOUR))]);
}

#[test]
fn a_review_late_on_sunday_lies_in_its_own_week_and_a_running_week_is_marked() {
    // Half past eleven on Sunday 8 March in New York, the night of the clock change: Monday in UTC.
    let mut data = tasks(Vec::new(), "2026-03-18");
    data.work.given = vec![
        given("", &["2026-03-02 11:00"]),
        Given {
            times: vec![Stamp::at(utc("2026-03-09 03:30"), -240).unwrap()],
            ..given("", &[])
        },
    ];
    let figure = Reviews.compute(
        &data,
        &weeks("2026-03-02", "2026-03-29"),
        &calendar("2026-03-30 09:00"),
    );
    let weeks: Vec<_> = figure
        .points
        .iter()
        .map(|p| (p.value, p.complete))
        .collect();
    // The export ends on Wednesday of the third week; the fourth is not known.
    let expected = [
        (Some(2.0), true),
        (Some(0.0), true),
        (Some(0.0), false),
        (None, false),
    ];
    assert_eq!(weeks, expected);
}
