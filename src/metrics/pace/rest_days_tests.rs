use proptest::prelude::*;

use super::super::super::metric::Metric;
use super::super::super::testing::{calendar, commits, stamp, utc, weeks};
use super::super::testing::{commits_at, commits_in, event, given, named, series};
use super::RestDays;
use crate::model::away::{Away, EventKind};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Rest};
use crate::model::history::RefEventKind::Pull;
use crate::model::moment::Moment;

const NOW: &str = "2026-03-20 12:00";

fn ask(data: &Dataset) -> Figure {
    RestDays.compute(data, &weeks("2026-03-02", "2026-03-15"), &calendar(NOW))
}

fn away(from: &str, to: &str, kind: EventKind) -> Away {
    Away {
        from: stamp(from).day,
        to: stamp(to).day,
        kind,
    }
}

fn rest(figure: &Figure, what: &str) -> Option<(u64, u64)> {
    let found = figure.rests_on.iter().find(|rest| rest.what == what);
    found.map(|Rest { n, of, .. }| (*n, *of))
}

/// Monday to Friday of the first week, the Saturday, and Monday and Tuesday of the second.
fn seven_days() -> Dataset {
    let days = [2, 3, 4, 5, 6, 7, 9, 10].map(|day| format!("2026-03-{day:02} 12:00"));
    commits(&days.each_ref().map(|day| (day.as_str(), 0)), NOW)
}

#[test]
fn free_days_days_off_and_the_longest_stretch_are_told() {
    let figure = ask(&seven_days());
    // Free: the first Sunday and the last five days. Days off: two weekends, one Saturday worked.
    assert_eq!((figure.value, figure.n), (Some(6.0), 14));
    assert_eq!(series(&figure), [Some(1.0), Some(5.0)]);
    let off = named(&figure, "days off");
    assert_eq!((off.value, off.n), (Some(3.0), 4));
    assert_eq!(named(&figure, "acts in a row").value, Some(6.0));
    assert_eq!(rest(&figure, "free_days_off"), Some((3, 4)));
    assert_eq!(rest(&figure, "free_leave"), None);
}

#[test]
fn leave_is_rest_and_no_day_off_and_other_marked_days_leave_the_days_off() {
    let mut data = seven_days();
    data.away = vec![
        away("2026-03-07", "2026-03-07", EventKind::Oncall),
        away("2026-03-10", "2026-03-15", EventKind::Leave),
    ];
    let figure = ask(&data);
    assert_eq!(figure.value, Some(6.0), "what is free is free");
    // Of the days off only the first Sunday is left; of six days of leave one was worked on.
    assert_eq!(rest(&figure, "free_days_off"), Some((1, 1)));
    assert_eq!(rest(&figure, "free_leave"), Some((5, 6)));
}

#[test]
fn a_review_or_a_pull_is_an_act_too() {
    let mut data = seven_days();
    data.ref_acts = vec![event("2026-03-08 09:00", Pull, (0, 1))];
    data.work.given = vec![given(1, &["2026-03-11 09:00", "2026-03-13"])];
    let figure = ask(&data);
    // A plain date is no time and takes no day from anybody.
    assert_eq!(figure.value, Some(4.0));
    assert_eq!(named(&figure, "acts in a row").value, Some(10.0));
}

#[test]
fn days_before_the_record_and_days_to_come_are_not_free() {
    let nothing = ask(&Dataset::default());
    assert_eq!(
        (nothing.value, nothing.n, nothing.points.len()),
        (None, 0, 0)
    );
    let one = ask(&commits(&[("2026-03-11 09:00", 0)], NOW));
    assert_eq!((one.value, one.n), (Some(4.0), 5), "12 to 15 March");
    assert_eq!(series(&one), [None, Some(4.0)]);
    let data = commits(&[("2026-03-11 09:00", 0)], "2026-03-11 12:00");
    let week = weeks("2026-03-09", "2026-03-15");
    let figure = RestDays.compute(&data, &week, &calendar("2026-03-11 12:00"));
    assert_eq!((figure.value, figure.n), (None, 0), "today is not over");
}

#[test]
fn the_running_week_is_compared_with_as_many_whole_days_before() {
    let now = "2026-03-12 12:00";
    let at = ["2026-03-02 09:00", "2026-03-05 09:00", "2026-03-10 09:00"];
    let data = commits(&at.map(|at| (at, 0)), now);
    let week = weeks("2026-03-09", "2026-03-15");
    let figure = RestDays.compute(&data, &week, &calendar(now));
    let before = figure.previous.expect("a week before");
    // Monday to Wednesday: 9 and 11 March are free, 3 and 4 March were.
    assert_eq!((figure.value, figure.n), (Some(2.0), 3));
    assert_eq!((before.value, before.n), (Some(2.0), 3));
    assert!(!figure.points[0].complete);
}

#[test]
fn a_day_is_the_one_on_the_clock_of_its_act() {
    // 23:30 and 00:30 are two days; 02:30 twice on the day of the clock change is one.
    let night = [
        ("2026-03-03T23:30:00+13:00", 1, 0),
        ("2026-03-04T00:30:00+13:00", 1, 0),
    ];
    assert_eq!(
        ask(&commits_in(&night, NOW)).value,
        Some(11.0),
        "3 to 15 March but two"
    );
    let autumn = [
        ("2025-10-26T02:30:00+02:00", 1, 0),
        ("2025-10-26T02:30:00+01:00", 1, 0),
    ];
    let week = weeks("2025-10-20", "2025-10-26");
    let figure = RestDays.compute(&commits_in(&autumn, NOW), &week, &calendar(NOW));
    assert_eq!((figure.value, figure.n), (Some(0.0), 1));
}

proptest! {
    #[test]
    fn free_days_and_days_with_acts_are_all_days(
        at in prop::collection::vec((0_i64..1_000_000, -840_i32..840), 1..40),
    ) {
        let start = utc("2026-03-03 12:00");
        let rows: Vec<_> = at.iter().map(|(s, m)| (Moment::new(start + s, *m), 1, 0)).collect();
        let data = commits_at(&rows, NOW);
        let figure = ask(&data);
        let last = stamp("2026-03-15").day;
        let mut days: Vec<i32> = data.commits.day.iter().copied().filter(|d| *d <= last).collect();
        days.sort_unstable();
        days.dedup();
        let free = figure.n - days.len() as u64;
        prop_assert_eq!(figure.value, Some(free as f64));
        prop_assert!(named(&figure, "acts in a row").value.unwrap_or(0.0) <= days.len() as f64);
    }
}
