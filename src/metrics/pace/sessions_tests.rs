use proptest::prelude::*;

use super::super::super::metric::Metric;
use super::super::super::testing::{calendar, commits, task, visit, weeks};
use super::super::testing::{commits_at, commits_in, event, given, left_out, named, series};
use super::{GAPS, Sessions};
use crate::model::dataset::{Dataset, flag};
use crate::model::figure::{Figure, Rest, Verdict};
use crate::model::history::RefEventKind::{Amend, Checkout, Commit, Other, Pull};
use crate::model::moment::Moment;
use crate::model::selection::{By, Selection};
use crate::model::stage::Stage;

const NOW: &str = "2026-03-20 12:00";

fn ask(data: &Dataset) -> Figure {
    let selection = weeks("2026-03-02", "2026-03-15");
    Sessions.compute(data, &selection, &calendar(NOW))
}

fn sums(figure: &Figure) -> Vec<(f64, u64)> {
    let points = GAPS.iter().map(|(name, _)| named(figure, name));
    let sum = |value: Option<f64>| value.expect("a sum");
    points.map(|point| (sum(point.value), point.n)).collect()
}

#[test]
fn the_gap_decides_how_many_sessions_there_are() {
    // Gaps of 20, 50, 115 and 175 minutes.
    let day = ["09:00", "09:20", "10:10", "12:05", "15:00"].map(|at| format!("2026-03-02 {at}"));
    let at: Vec<_> = day.iter().map(|at| (at.as_str(), 0)).collect();
    let figure = ask(&commits(&at, NOW));
    // 30 min: 09:00-09:20 and three single acts; 1 h: to 10:10 and two; 2 h: to 12:05 and one.
    assert_eq!(sums(&figure), [(1_200.0, 4), (4_200.0, 3), (11_100.0, 2)]);
    assert_eq!((figure.value, figure.n), (Some(11_100.0), 2));
    assert_eq!(series(&figure), [Some(11_100.0), Some(0.0)]);
    assert_eq!(figure.verdict, Verdict::TooFew { have: 2, need: 5 });
}

#[test]
fn a_gap_of_exactly_two_hours_is_no_break_and_a_second_more_is_one() {
    let at = |seconds: i64| (Moment::new(1_772_442_000 + seconds, 0), 1, 0);
    let joined = ask(&commits_at(&[at(0), at(7_200)], NOW));
    assert_eq!((joined.value, joined.n), (Some(7_200.0), 1));
    let parted = ask(&commits_at(&[at(0), at(7_201)], NOW));
    assert_eq!((parted.value, parted.n), (Some(0.0), 2));
}

#[test]
fn nothing_is_no_value_and_one_act_is_a_session_without_a_length() {
    let nothing = ask(&Dataset::default());
    assert_eq!(
        (nothing.value, nothing.n, nothing.points.len()),
        (None, 0, 0)
    );
    assert_eq!(nothing.verdict, Verdict::None);
    let one = ask(&commits(&[("2026-03-11 09:00", 0)], NOW));
    assert_eq!((one.value, one.n), (Some(0.0), 1));
    assert_eq!(
        series(&one),
        [None, Some(0.0)],
        "before the record is not zero"
    );
}

#[test]
fn a_commit_and_its_own_line_are_one_act_and_other_ref_events_are_acts() {
    let mut data = commits(&[("2026-03-02 09:00", 0)], NOW);
    data.ref_acts = vec![
        event("2026-03-02 08:30", Checkout, (0, 1)),
        event("2026-03-02 09:00", Commit, (0, 1)),
        event("2026-03-02 09:10", Amend, (0, 1)),
        event("2026-03-02 09:20", Other, (0, 1)),
    ];
    let figure = ask(&data);
    assert_eq!((figure.value, figure.n), (Some(2_400.0), 1));
    let acts = Rest {
        what: "acts_from_commits",
        n: 1,
        of: 3,
    };
    assert_eq!(figure.rests_on, [acts], "a checkout, a commit, an amend");
    assert_eq!(left_out(&figure, "ref_events"), 1);
}

#[test]
fn what_the_owner_took_out_leaves_no_line_behind() {
    let mut data = commits(
        &[
            ("2026-03-02 09:00", 0),
            ("2026-03-02 10:00", flag::EXCLUDED),
        ],
        NOW,
    );
    data.ref_acts = vec![
        event("2026-03-02 09:00", Commit, (0, 1)),
        event("2026-03-02 10:00", Commit, (0, 1)),
    ];
    let figure = ask(&data);
    assert_eq!((figure.value, figure.n), (Some(0.0), 1));
    assert_eq!(left_out(&figure, "excluded"), 1);
}

#[test]
fn a_twin_is_no_act_and_the_line_that_it_left_is_one() {
    // Committed at 09:00, amended at 09:30: the author time stays, the old version is a twin.
    let mut data = commits(
        &[("2026-03-02 09:00", flag::TWIN), ("2026-03-02 09:00", 0)],
        NOW,
    );
    data.ref_acts = vec![
        event("2026-03-02 09:00", Commit, (0, 1)),
        event("2026-03-02 09:30", Amend, (0, 1)),
    ];
    let figure = ask(&data);
    assert_eq!(figure.rests_on[0].of, 2);
    assert_eq!(figure.value, Some(1_800.0));
    // A version that nothing stands for any more left its line: that was an act.
    let mut data = commits(&[("2026-03-02 09:00", flag::TWIN)], NOW);
    data.ref_acts = vec![event("2026-03-02 09:00", Commit, (0, 1))];
    assert_eq!(ask(&data).n, 1);
}

#[test]
fn starts_of_tasks_and_reviews_are_acts_and_other_moves_and_plain_dates_are_none() {
    let mut data = commits(&[("2026-03-02 09:00", 0)], NOW);
    data.work.tasks = vec![task("", "2026-03-02 10:00", "2026-03-02 11:30")];
    visit(
        &mut data,
        0,
        (Stage::Todo, "2026-03-01 09:00", "2026-03-02 10:00"),
    );
    visit(
        &mut data,
        0,
        (Stage::InProgress, "2026-03-02 10:00", "2026-03-02 11:30"),
    );
    visit(&mut data, 0, (Stage::Done, "2026-03-02 11:30", ""));
    data.work.given = vec![given(9, &["2026-03-02 10:30", "2026-03-03"])];
    let figure = ask(&data);
    assert_eq!(
        (figure.value, figure.n),
        (Some(5_400.0), 1),
        "09:00 to 10:30"
    );
    assert_eq!(figure.rests_on[0].of, 3);
    let out = ["moves_by_anyone", "plain_dates"].map(|reason| left_out(&figure, reason));
    assert_eq!(out, [1, 1]);
}

#[test]
fn a_session_over_midnight_belongs_to_its_first_day() {
    let at = [
        ("2026-03-08 23:30", 0),
        ("2026-03-09 00:30", 0),
        ("2026-03-09 01:00", 0),
    ];
    let figure = ask(&commits(&at, NOW));
    // 8 March 2026 is a Sunday: the last day of the first week.
    assert_eq!(series(&figure), [Some(5_400.0), Some(0.0)]);
}

#[test]
fn a_clock_change_and_a_flight_add_no_hour() {
    // 29 March 2026 in Berlin: 01:50 and 03:10 are twenty minutes apart.
    let spring = commits_in(
        &[
            ("2026-03-29T01:50:00+01:00", 1, 0),
            ("2026-03-29T03:10:00+02:00", 1, 0),
        ],
        "2026-04-10 12:00",
    );
    let selection = weeks("2026-03-23", "2026-03-29");
    let figure = Sessions.compute(&spring, &selection, &calendar("2026-04-10 12:00"));
    assert_eq!((figure.value, figure.n), (Some(1_200.0), 1));
    // Two offsets in a day: 10:00 in Berlin is 09:00 in London, then half an hour passes.
    let flight = commits_in(
        &[
            ("2026-03-02T10:00:00+01:00", 1, 0),
            ("2026-03-02T09:30:00+00:00", 1, 0),
        ],
        NOW,
    );
    assert_eq!(ask(&flight).value, Some(1_800.0));
}

#[test]
fn the_running_week_is_compared_with_the_same_part_of_the_week_before() {
    // Now is Tuesday 10 March, 12:00.
    let at = [
        ("2026-03-02 09:00", 0),
        ("2026-03-02 10:00", 0),
        ("2026-03-03 11:00", 0),
        ("2026-03-03 12:30", 0),
        ("2026-03-10 09:00", 0),
        ("2026-03-10 09:30", 0),
    ];
    let now = "2026-03-10 12:00";
    let week = weeks("2026-03-09", "2026-03-15");
    let figure = Sessions.compute(&commits(&at, now), &week, &calendar(now));
    let before = figure.previous.expect("a week before");
    assert_eq!(figure.value, Some(1_800.0));
    assert_eq!(
        (before.value, before.n),
        (Some(3_600.0), 2),
        "12:30 is later than now"
    );
    assert!(!figure.points[0].complete);
}

#[test]
fn weeks_before_the_reflog_are_not_compared() {
    let at = [("2026-03-02 09:00", 0), ("2026-03-10 09:00", 0)];
    let mut data = commits(&at, NOW);
    let week = weeks("2026-03-09", "2026-03-15");
    let ask = |data: &Dataset| Sessions.compute(data, &week, &calendar(NOW));
    assert!(
        ask(&data).previous.is_some(),
        "without a reflog all weeks are alike"
    );
    data.ref_acts = vec![event("2026-03-10 08:00", Pull, (0, 1))];
    assert_eq!(ask(&data).previous, None);
    data.ref_acts
        .insert(0, event("2026-03-02 08:00", Pull, (0, 1)));
    assert!(ask(&data).previous.is_some());
    assert_eq!(ask(&data).value, Some(3_600.0));
}

#[test]
fn the_rows_behind_are_the_commits_and_other_cuts_have_no_series() {
    let at = [
        ("2026-03-02 09:00", 0),
        ("2026-03-02 10:00", flag::MERGE),
        ("2026-03-03 10:00", 0),
    ];
    let data = commits(&at, NOW);
    let selection = weeks("2026-03-02", "2026-03-15");
    let rows = Sessions.rows(&data, &selection, &calendar(NOW));
    assert_eq!(rows.positions(), [0, 2]);
    let by_repo = Selection {
        by: By::Repo,
        ..selection
    };
    let figure = Sessions.compute(&data, &by_repo, &calendar(NOW));
    assert_eq!(figure.points.len(), 3);
}

fn any_moments() -> impl Strategy<Value = Vec<(Moment, u32, u16)>> {
    let moment = (0_i64..1_200_000, -840_i32..840, 1_u32..4);
    let moment =
        moment.prop_map(|(s, offset, repo)| (Moment::new(1_772_442_000 + s, offset), repo, 0));
    prop::collection::vec(moment, 0..40)
}

proptest! {
    #[test]
    fn a_longer_gap_never_makes_more_sessions_nor_less_time(at in any_moments()) {
        let figure = ask(&commits_at(&at, NOW));
        if figure.value.is_some() {
            let sums = sums(&figure);
            prop_assert!(sums.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 >= pair[1].1));
            let weeks: f64 = series(&figure).into_iter().flatten().sum();
            prop_assert_eq!(Some(weeks), figure.value);
            prop_assert!(figure.n <= figure.rests_on.first().map_or(0, |acts| acts.of));
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(at in any_moments(), events in any_moments()) {
        let data = |at: &[(Moment, u32, u16)]| {
            let mut data = commits_at(at, NOW);
            let event = |(at, repo, _): &(Moment, u32, u16)| {
                super::super::testing::event_at(*at, Pull, (u16::try_from(*repo).unwrap_or(0) - 1, 0))
            };
            data.ref_acts = events.iter().map(event).collect();
            data.ref_acts.sort_by_key(|event| (event.utc, event.repo, event.offset_min));
            data
        };
        let backwards: Vec<_> = at.iter().rev().copied().collect();
        prop_assert_eq!(ask(&data(&at)), ask(&data(&backwards)));
    }
}
