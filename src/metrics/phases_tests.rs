use super::super::change_cycle_time::ChangeCycleTime;
use super::super::metric::Metric;
use super::super::review_received::ReviewReceived;
use super::super::testing::{calendar, stamp, task, tasks, utc, weeks};
use super::*;
use crate::model::figure::{Figure, LeftOut, Rows, Trend, Verdict};
use crate::model::selection::Selection;
use crate::model::task::TaskKind;
use crate::model::work::Task;

const HOUR: f64 = 3_600.0;

fn at(text: &str) -> Option<Stamp> {
    (!text.is_empty()).then(|| stamp(text))
}

/// First commit, opening, ready, first review and merge of a pull request; "" = not known.
fn request([commit, opened, ready, first, merged]: [&str; 5]) -> Review {
    Review {
        first_commit: at(commit),
        opened: at(opened),
        ready: at(ready),
        first_review: at(first),
        merged: at(merged),
        ..Review::default()
    }
}

/// A record of pull requests, known up to the day `until`.
fn record(reviews: Vec<Review>, until: &str) -> Dataset {
    let pr = |review: &Review| Task {
        kind: TaskKind::Pr,
        created: review.opened,
        done: review.merged,
        ..task("", "", "")
    };
    let mut data = tasks(reviews.iter().map(pr).collect(), until);
    let numbered = (0..).zip(reviews);
    data.work.reviews = numbered
        .map(|(task, review)| Review { task, ..review })
        .collect();
    data
}

fn march() -> Selection {
    weeks("2026-03-02", "2026-03-29")
}

fn ask(metric: &dyn Metric, data: &Dataset) -> Figure {
    metric.compute(data, &march(), &calendar("2026-03-30 09:00"))
}

fn named(figure: &Figure, name: &'static str) -> Option<(Option<f64>, u64)> {
    let found = figure
        .points
        .iter()
        .find(|point| point.key == Key::Name(name));
    found.map(|point| (point.value, point.n))
}

fn left(figure: &Figure) -> Vec<(&'static str, u64)> {
    figure
        .left_out
        .iter()
        .map(|LeftOut { reason, n }| (*reason, *n))
        .collect()
}

/// Five complete ones. Hours of coding 2 4 6 8 10, of waiting 1 2 3 4 5, of review 20 16 12 8 4 (the
/// third was a draft for an hour): whole 23 22 22 20 19.
fn five() -> Vec<Review> {
    [
        [
            "2026-03-02 08:00",
            "2026-03-02 10:00",
            "",
            "2026-03-02 11:00",
            "2026-03-03 07:00",
        ],
        [
            "2026-03-03 08:00",
            "2026-03-03 12:00",
            "",
            "2026-03-03 14:00",
            "2026-03-04 06:00",
        ],
        [
            "2026-03-10 08:00",
            "2026-03-10 14:00",
            "2026-03-10 15:00",
            "2026-03-10 18:00",
            "2026-03-11 06:00",
        ],
        [
            "2026-03-11 08:00",
            "2026-03-11 16:00",
            "",
            "2026-03-11 20:00",
            "2026-03-12 04:00",
        ],
        [
            "2026-03-25 08:00",
            "2026-03-25 18:00",
            "2026-03-25 18:00",
            "2026-03-25 23:00",
            "2026-03-26 03:00",
        ],
    ]
    .map(request)
    .into()
}

#[test]
fn the_phases_of_complete_requests_have_their_medians() {
    let figure = ask(&ChangeCycleTime, &record(five(), "2026-03-30"));
    assert_eq!((figure.n, figure.value), (5, Some(22.0 * HOUR)));
    assert_eq!(named(&figure, "coding"), Some((Some(6.0 * HOUR), 5)));
    assert_eq!(named(&figure, "pickup"), Some((Some(3.0 * HOUR), 5)));
    assert_eq!(named(&figure, "review"), Some((Some(12.0 * HOUR), 5)));
    // One draft has no median; it is said that there was one.
    assert_eq!(named(&figure, "draft"), Some((None, 1)));
    assert_eq!(named(&figure, "deploy"), None);
    assert_eq!(figure.trend, Trend::TooFew { have: 3, need: 10 });
    assert!(figure.left_out.is_empty());
    let rows = ChangeCycleTime.rows(
        &record(five(), "2026-03-30"),
        &march(),
        &calendar("2026-03-30 09:00"),
    );
    assert_eq!(rows, Rows::Tasks(vec![0, 1, 2, 3, 4]));
    let waits = ask(&ReviewReceived, &record(five(), "2026-03-30"));
    assert_eq!((waits.n, waits.value), (5, Some(3.0 * HOUR)));
}

#[test]
fn the_phases_of_one_request_add_up() {
    for review in five() {
        let found = phases(&review, review.merged.unwrap()).unwrap();
        let sum = found.coding + found.draft.unwrap_or(0) + found.pickup + found.review;
        assert_eq!(sum, found.whole);
    }
}

#[test]
fn what_is_not_complete_is_left_out_by_what_it_lacks() {
    let mut reviews = five();
    let (day, later) = ("2026-03-16 10:00", "2026-03-16 12:00");
    reviews.extend([
        request(["", day, "", later, "2026-03-17 10:00"]),
        request([day, "", "", later, "2026-03-17 10:00"]),
        request([day, later, "", "", "2026-03-17 10:00"]),
        request([day, later, "", "2026-03-18 10:00", "2026-03-17 10:00"]),
        request([later, day, "", later, "2026-03-17 10:00"]),
        request([day, later, "", "", ""]),
    ]);
    reviews[10].closed = at("2026-03-17 10:00");
    let mut data = record(reviews, "2026-03-30");
    let figure = ask(&ChangeCycleTime, &data);
    assert_eq!((figure.n, figure.value), (5, Some(22.0 * HOUR)));
    let expected = [
        "backwards",
        "no_first_commit",
        "no_opening",
        "no_review",
        "not_merged",
        "review_after_merge",
    ];
    assert_eq!(left(&figure), expected.map(|reason| (reason, 1)));
    let known = figure
        .rests_on
        .iter()
        .find(|rest| rest.what == "first_commit_known");
    assert_eq!(known.map(|rest| (rest.n, rest.of)), Some((9, 10)));
    data.work.tasks[0].excluded = true;
    let figure = ask(&ChangeCycleTime, &data);
    assert_eq!((figure.n, figure.value), (4, None));
    assert_eq!(left(&figure).last(), Some(&("excluded", 1)));
}

#[test]
fn one_request_is_a_point_and_none_is_nothing() {
    let one = record(five()[..1].to_vec(), "2026-03-30");
    for (metric, hours) in [
        (&ChangeCycleTime as &dyn Metric, 23.0),
        (&ReviewReceived, 1.0),
    ] {
        let figure = ask(metric, &one);
        assert_eq!(figure.verdict, Verdict::TooFew { have: 1, need: 5 });
        let points: Vec<_> = figure.points.iter().map(|p| (p.key, p.value)).collect();
        assert_eq!(points, [(Key::Task(0), Some(hours * HOUR))]);
        let none = ask(metric, &Dataset::default());
        assert_eq!((none.n, none.value, none.verdict), (0, None, Verdict::None));
    }
}

#[test]
fn a_gap_is_no_wait_of_nothing_and_a_running_week_is_marked() {
    let selection = weeks("2026-03-02", "2026-04-05");
    let figure = ReviewReceived.compute(
        &record(five(), "2026-03-30"),
        &selection,
        &calendar("2026-03-31 09:00"),
    );
    let weeks: Vec<_> = figure
        .points
        .iter()
        .filter(|point| point.key == Key::Time)
        .map(|point| (point.value, point.n, point.complete))
        .collect();
    // None has five, so none has a median; the third is empty, the fifth not over.
    let expected = [
        (None, 2, true),
        (None, 2, true),
        (None, 0, true),
        (None, 1, true),
        (None, 0, false),
    ];
    assert_eq!(weeks, expected);
}

#[test]
fn a_night_with_a_clock_change_is_an_hour_shorter() {
    // Berlin, ten o'clock on 28 March 2026 to ten o'clock on the 29th.
    let mut reviews = five();
    reviews[0].opened = Stamp::at(utc("2026-03-28 09:00"), 60);
    reviews[0].first_review = Stamp::at(utc("2026-03-29 08:00"), 120);
    let figure = ask(
        &ReviewReceived,
        &record(reviews[..1].to_vec(), "2026-03-30"),
    );
    assert_eq!(figure.points[0].value, Some(23.0 * HOUR));
}

#[test]
fn a_review_of_a_draft_was_asked_for_by_opening_it() {
    let draft = request([
        "",
        "2026-03-02 10:00",
        "2026-03-04 10:00",
        "2026-03-03 10:00",
        "",
    ]);
    assert_eq!(asked(&draft), at("2026-03-02 10:00"));
    let early = request([
        "",
        "2026-03-02 10:00",
        "2026-03-01 10:00",
        "2026-03-03 10:00",
        "",
    ]);
    assert_eq!(asked(&early), at("2026-03-02 10:00"));
}

#[test]
fn those_that_wait_and_those_never_reviewed_are_told_apart() {
    let mut reviews = five();
    reviews.extend([
        request(["", "2026-03-20 10:00", "", "", ""]),
        request(["", "2026-03-20 10:00", "", "", "2026-03-21 10:00"]),
        request(["", "", "", "2026-03-21 10:00", ""]),
        request(["", "2026-03-22 10:00", "", "2026-03-21 10:00", ""]),
        // Not in March at all.
        request(["", "2026-04-22 10:00", "", "", ""]),
    ]);
    let figure = ask(&ReviewReceived, &record(reviews, "2026-03-30"));
    let expected = ["backwards", "no_opening", "no_review", "waiting"];
    assert_eq!(left(&figure), expected.map(|reason| (reason, 1)));
}

#[test]
fn ten_weeks_of_waits_tell_their_trend() {
    // A Monday a week, an hour longer each time.
    let monday = stamp("2026-03-02").day;
    let wait = |n: i32| {
        let day = super::super::select::date(monday + 7 * n).unwrap();
        request([
            "",
            &format!("{day} 06:00"),
            "",
            &format!("{day} {:02}:00", 7 + n),
            "",
        ])
    };
    let data = record((0..12).map(wait).collect(), "2026-06-01");
    let figure = ReviewReceived.compute(
        &data,
        &weeks("2026-03-02", "2026-05-31"),
        &calendar("2026-06-01 09:00"),
    );
    let Trend::Rising(slope) = figure.trend else {
        panic!("{:?}", figure.trend)
    };
    assert!((slope - HOUR).abs() < 1e-6, "an hour a week: {slope}");
}
