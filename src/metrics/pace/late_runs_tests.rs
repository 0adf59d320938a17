use proptest::prelude::*;

use super::super::super::metric::Metric;
use super::super::super::testing::{calendar, commits, utc, weeks};
use super::super::testing::{commits_at, commits_in, event, named, series};
use super::LateRuns;
use crate::model::calendar::{Calendar, WorkWeek};
use crate::model::dataset::Dataset;
use crate::model::figure::Figure;
use crate::model::history::RefEventKind::{Pull, Stash};
use crate::model::moment::Moment;

const NOW: &str = "2026-03-20 12:00";

fn ask_at(data: &Dataset, calendar: &Calendar) -> Figure {
    LateRuns.compute(data, &weeks("2026-03-02", "2026-03-15"), calendar)
}

fn ask(data: &Dataset) -> Figure {
    ask_at(data, &calendar(NOW))
}

fn runs(figure: &Figure) -> [Option<f64>; 2] {
    ["in a row", "runs"].map(|name| named(figure, name).value)
}

#[test]
fn evenings_in_a_row_are_counted_and_the_longest_stretch_is_told() {
    // Work ends at 18: late on 2, 3 and 4 March, on the 6th, and on the 9th and 10th.
    let at = [
        "2026-03-02 18:00",
        "2026-03-03 21:00",
        "2026-03-04 19:00",
        "2026-03-04 23:00",
        "2026-03-05 17:59",
        "2026-03-06 20:00",
        "2026-03-09 18:30",
        "2026-03-10 18:30",
    ];
    let figure = ask(&commits(&at.map(|at| (at, 0)), NOW));
    assert_eq!((figure.value, figure.n), (Some(6.0), 7));
    assert_eq!(runs(&figure), [Some(3.0), Some(2.0)]);
    assert_eq!(series(&figure), [Some(4.0), Some(2.0)]);
}

#[test]
fn a_night_belongs_to_the_evening_before() {
    let mut data = commits(
        &[
            ("2026-03-02 09:00", 0),
            ("2026-03-04 03:59", 0),
            ("2026-03-06 04:00", 0),
        ],
        NOW,
    );
    data.ref_acts = vec![event("2026-03-04 20:00", Stash, (0, 1))];
    let figure = ask(&data);
    // The evenings of 3 and 4 March; at four in the morning the 6th has begun.
    assert_eq!((figure.value, figure.n), (Some(2.0), 3));
    assert_eq!(runs(&figure), [Some(2.0), Some(1.0)]);
}

#[test]
fn whoever_begins_at_two_has_no_night_after_two() {
    let mut early = calendar(NOW);
    early.work_week = WorkWeek {
        from_hour: 2,
        to_hour: 10,
        ..WorkWeek::default()
    };
    let at = [
        ("2026-03-03 02:00", 0),
        ("2026-03-05 01:59", 0),
        ("2026-03-07 10:00", 0),
    ];
    let figure = ask_at(&commits(&at, NOW), &early);
    assert_eq!((figure.value, figure.n), (Some(2.0), 3));
}

#[test]
fn nothing_is_no_value_and_a_day_before_six_is_no_evening() {
    let nothing = ask(&Dataset::default());
    assert_eq!(
        (nothing.value, nothing.n, nothing.points.len()),
        (None, 0, 0)
    );
    let one = ask(&commits(&[("2026-03-11 17:00", 0)], NOW));
    assert_eq!((one.value, one.n), (Some(0.0), 1));
    assert_eq!(runs(&one), [Some(0.0), Some(0.0)]);
    assert_eq!(series(&one), [None, Some(0.0)]);
}

#[test]
fn each_act_goes_by_its_own_clock() {
    // 18:30 in Berlin is late, the same moment in New York is half past one.
    let two = [
        ("2026-03-03T18:30:00+01:00", 1, 0),
        ("2026-03-05T13:30:00-04:00", 1, 0),
    ];
    assert_eq!(ask(&commits_in(&two, NOW)).value, Some(1.0));
    // Both offsets of one day: at home until noon, then six hours ahead.
    let day = [
        ("2026-03-03T11:00:00+00:00", 1, 0),
        ("2026-03-03T18:00:00+06:00", 1, 0),
    ];
    let figure = ask(&commits_in(&day, NOW));
    assert_eq!((figure.value, figure.n), (Some(1.0), 1));
    // On the day of the clock change, 17:30 summer time is still before six.
    let summer = [("2026-03-08T17:30:00-04:00", 1, 0)];
    assert_eq!(ask(&commits_in(&summer, NOW)).value, Some(0.0));
}

#[test]
fn the_running_week_is_compared_with_its_part_of_the_week_before() {
    let now = "2026-03-11 12:00";
    let at = [
        "2026-03-02 19:00",
        "2026-03-03 19:00",
        "2026-03-04 19:00",
        "2026-03-10 19:00",
    ];
    let mut data = commits(&at.map(|at| (at, 0)), now);
    data.ref_acts = vec![event("2026-03-02 09:00", Pull, (0, 1))];
    let week = weeks("2026-03-09", "2026-03-15");
    let figure = LateRuns.compute(&data, &week, &calendar(now));
    let before = figure.previous.expect("a week before");
    assert_eq!(
        (figure.value, before.value, before.n),
        (Some(1.0), Some(2.0), 2)
    );
    assert!(!figure.points[0].complete);
}

proptest! {
    #[test]
    fn the_longest_stretch_is_never_above_the_evenings_nor_those_above_the_days(
        at in prop::collection::vec((0_i64..1_200_000, -840_i32..840), 0..60),
    ) {
        let start = utc("2026-03-02 20:00");
        let rows: Vec<_> = at.iter().map(|(s, m)| (Moment::new(start + s, *m), 1, 0)).collect();
        let figure = ask(&commits_at(&rows, NOW));
        if let Some(evenings) = figure.value {
            let [longest, runs] = runs(&figure).map(Option::unwrap_or_default);
            prop_assert!(longest <= evenings && runs * 2.0 <= evenings && evenings <= 14.0);
            let weeks: f64 = series(&figure).into_iter().flatten().sum();
            prop_assert!((weeks - evenings).abs() < 1e-9);
        }
    }
}
