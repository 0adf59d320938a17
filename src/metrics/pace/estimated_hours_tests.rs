use proptest::prelude::*;

use super::super::super::metric::Metric;
use super::super::super::testing::{calendar, commits, utc, weeks};
use super::super::testing::{commits_at, commits_in, named, series};
use super::{EstimatedHours, THRESHOLDS};
use crate::model::dataset::{Dataset, flag};
use crate::model::figure::{Figure, Verdict};
use crate::model::moment::Moment;

const NOW: &str = "2026-03-20 12:00";

fn ask(data: &Dataset) -> Figure {
    EstimatedHours.compute(data, &weeks("2026-03-02", "2026-03-15"), &calendar(NOW))
}

fn by_threshold(figure: &Figure) -> Vec<f64> {
    let points = THRESHOLDS.iter().map(|(name, _)| named(figure, name).value);
    points.map(|value| value.expect("a guess") / 60.0).collect()
}

#[test]
fn gaps_below_two_hours_add_themselves_and_others_two_hours() {
    // Gaps of 30, 90, 120 and 900 minutes.
    let at = ["09:00", "09:30", "11:00", "13:00"].map(|time| format!("2026-03-02 {time}"));
    let mut at: Vec<_> = at.iter().map(|at| (at.as_str(), 0)).collect();
    at.push(("2026-03-03 04:00", 0));
    let figure = ask(&commits(&at, NOW));
    // 2 h: 120 + 30 + 90 + 120 + 120; 1 h: 60 + 30 + 60 + 60 + 60; 3 h: 180 + 30 + 90 + 120 + 180.
    assert_eq!(by_threshold(&figure), [270.0, 480.0, 600.0]);
    assert_eq!((figure.value, figure.n), (Some(480.0 * 60.0), 5));
    assert_eq!(series(&figure), [Some(480.0 * 60.0), Some(0.0)]);
}

#[test]
fn below_five_commits_nothing_is_guessed() {
    let days = ["02", "03", "04", "05"].map(|day| format!("2026-03-{day} 09:00"));
    let four: Vec<_> = days.iter().map(|day| (day.as_str(), 0)).collect();
    let figure = ask(&commits(&four, NOW));
    assert_eq!((figure.value, figure.points.len()), (None, 0));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 4, need: 5 });
    let nothing = ask(&Dataset::default());
    assert_eq!((nothing.value, nothing.verdict), (None, Verdict::None));
    // Five in all, one of them in a week of its own: that week has no guess.
    let mut five = four;
    five.push(("2026-03-10 09:00", 0));
    let figure = ask(&commits(&five, NOW));
    assert_eq!(figure.value, Some(5.0 * 7_200.0));
    assert_eq!(series(&figure), [None, None]);
}

#[test]
fn twins_and_merges_add_nothing() {
    let days = ["02", "03", "04", "05", "06"].map(|day| format!("2026-03-{day} 09:00"));
    let mut at: Vec<_> = days.iter().map(|day| (day.as_str(), 0)).collect();
    at.extend([
        ("2026-03-07 09:00", flag::TWIN),
        ("2026-03-08 09:00", flag::MERGE),
    ]);
    assert_eq!(ask(&commits(&at, NOW)).value, Some(5.0 * 7_200.0));
}

#[test]
fn midnight_a_clock_change_and_another_offset_move_no_minute() {
    // Berlin: before midnight, after it, then across the change of 29 March at 02:00, then a flight.
    let at = [
        ("2026-03-28T23:30:00+01:00", 1, 0),
        ("2026-03-29T00:30:00+01:00", 1, 0),
        ("2026-03-29T01:30:00+01:00", 1, 0),
        ("2026-03-29T03:00:00+02:00", 1, 0),
        ("2026-03-29T02:15:00+01:00", 1, 0),
    ];
    let selection = weeks("2026-03-23", "2026-03-29");
    let now = calendar("2026-04-10 12:00");
    let data = commits_in(&at, "2026-04-10 12:00");
    let figure = EstimatedHours.compute(&data, &selection, &now);
    // 120 + 60 + 60 + 30 + 15 minutes.
    assert_eq!(figure.value, Some(285.0 * 60.0));
}

#[test]
fn the_running_week_is_marked_and_compared_with_its_part_of_the_week_before() {
    let now = "2026-03-10 12:00";
    let day = |day: u32| (0..5).map(move |k| format!("2026-03-{day:02} 0{k}:00"));
    let at: Vec<String> = day(2).chain(day(6)).chain(day(10)).collect();
    let at: Vec<_> = at.iter().map(|at| (at.as_str(), 0)).collect();
    let week = weeks("2026-03-09", "2026-03-15");
    let figure = EstimatedHours.compute(&commits(&at, now), &week, &calendar(now));
    let before = figure.previous.expect("a week before");
    assert_eq!(
        (figure.value, before.value, before.n),
        (Some(21_600.0), Some(21_600.0), 5)
    );
    assert!(!figure.points[0].complete);
}

proptest! {
    #[test]
    fn a_longer_threshold_never_guesses_less(
        at in prop::collection::vec((0_i64..1_000_000, -840_i32..840), 5..40),
    ) {
        let start = utc("2026-03-03 00:00");
        let rows: Vec<_> = at.iter().map(|(s, m)| (Moment::new(start + s, *m), 1, 0)).collect();
        let figure = ask(&commits_at(&rows, NOW));
        let sums = by_threshold(&figure);
        prop_assert!(sums.is_sorted());
        prop_assert!(sums[1] <= at.len() as f64 * 120.0 && sums[1] >= 120.0);
        let mut back = rows;
        back.reverse();
        prop_assert_eq!(ask(&commits_at(&back, NOW)), figure);
    }
}
