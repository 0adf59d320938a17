use proptest::prelude::*;

use super::super::super::metric::Metric;
use super::super::super::testing::{calendar, commits, task, utc, weeks};
use super::super::acts::Acts;
use super::super::places::sessions;
use super::super::testing::{commits_at, commits_in, event, event_at, given, left_out, series};
use super::ContextSwitches;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Verdict};
use crate::model::history::RefEventKind::{Checkout, Commit, Pull};
use crate::model::links::{Link, LinkRule};
use crate::model::moment::Moment;

const NOW: &str = "2026-03-20 12:00";

fn ask(data: &Dataset) -> Figure {
    let selection = weeks("2026-03-02", "2026-03-15");
    ContextSwitches.compute(data, &selection, &calendar(NOW))
}

/// Changes of place in the sessions of two weeks, and stays passed through.
fn changes(data: &Dataset) -> (u64, u64) {
    let (selection, calendar) = (weeks("2026-03-02", "2026-03-15"), calendar(NOW));
    let acts = Acts::new(data, &selection, &calendar);
    let mut sum = (0, 0);
    sessions(&acts, acts.span(), |_, stays| {
        sum.0 += stays.changes();
        sum.1 += stays.passed;
    });
    sum
}

/// Two hours on each of these days of March with one switch: to branch 2 and back within a
/// minute, then through branch 3 within a minute to branch 2.
fn days_with_a_switch(days: &[u32]) -> Dataset {
    let at = |day: &u32, time: &str| format!("2026-03-{day:02} {time}");
    let made: Vec<String> = days
        .iter()
        .flat_map(|day| ["09:30", "10:30", "11:00"].map(|time| at(day, time)))
        .collect();
    let made: Vec<_> = made.iter().map(|time| (time.as_str(), 0)).collect();
    let mut data = commits(&made, NOW);
    for day in days {
        data.ref_acts.extend(
            [
                ("09:00", Checkout, 1),
                ("09:30", Commit, 1),
                ("10:00", Checkout, 2),
                ("10:01", Checkout, 1),
                ("10:30", Commit, 1),
                ("10:40", Checkout, 3),
                ("10:41", Checkout, 2),
                ("11:00", Commit, 2),
            ]
            .map(|(time, kind, branch)| event(&at(day, time), kind, (0, branch))),
        );
    }
    data
}

#[test]
fn bounces_below_two_minutes_are_no_switches() {
    // Five sessions of two hours with one switch each: 5 in 10 hours.
    let figure = ask(&days_with_a_switch(&[2, 3, 4, 5, 6]));
    assert_eq!((figure.value, figure.n), (Some(0.5), 5));
    assert_eq!(left_out(&figure, "passing"), 10);
    assert_eq!(series(&figure), [Some(0.5), None], "no session is no rate");
}

#[test]
fn four_sessions_are_items_without_a_rate() {
    let figure = ask(&days_with_a_switch(&[2, 3, 4, 5]));
    assert_eq!((figure.value, figure.n), (None, 4));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 4, need: 5 });
    let items = figure.points.iter().map(|point| (point.key, point.value));
    assert_eq!(
        items.collect::<Vec<_>>(),
        [(Key::Name("item"), Some(0.5)); 4]
    );
    let nothing = ask(&Dataset::default());
    assert_eq!((nothing.value, nothing.verdict), (None, Verdict::None));
}

#[test]
fn sessions_below_half_an_hour_make_no_rate() {
    let at = [
        ("2026-03-02 09:00", 0),
        ("2026-03-02 09:29", 0),
        ("2026-03-03 09:00", 0),
    ];
    let figure = ask(&commits(&at, NOW));
    assert_eq!((figure.n, left_out(&figure, "short_sessions")), (0, 2));
}

#[test]
fn a_week_below_two_hours_of_sessions_has_no_rate_of_its_own() {
    let mut data = days_with_a_switch(&[2, 3, 4, 5, 6]);
    data.ref_acts
        .extend(["09:00", "10:30"].map(|time| event(&format!("2026-03-09 {time}"), Pull, (0, 2))));
    let figure = ask(&data);
    assert_eq!(series(&figure), [Some(0.5), None]);
    assert_eq!(figure.n, 6);
}

#[test]
fn a_commit_elsewhere_is_a_switch_however_soon_one_goes_back() {
    // Work on the second one came before it: since when is not seen.
    let data = commits_in(
        &[
            ("2026-03-02T09:00:00Z", 1, 0),
            ("2026-03-02T09:30:00Z", 2, 0),
            ("2026-03-02T09:31:00Z", 1, 0),
        ],
        NOW,
    );
    assert_eq!(changes(&data), (2, 0));
}

#[test]
fn a_branch_without_a_name_here_is_another_one_and_what_is_not_known_is_no_change() {
    let mut data = commits(&[("2026-03-02 09:00", 0)], NOW);
    data.ref_acts = vec![
        event("2026-03-02 09:00", Commit, (0, 1)),
        event("2026-03-02 09:10", Pull, (0, 0)),
        event("2026-03-02 09:20", Checkout, (0, 0)),
        event("2026-03-02 09:40", Checkout, (0, 1)),
    ];
    assert_eq!(
        changes(&data),
        (2, 0),
        "to somebody's branch and back: a review"
    );
}

#[test]
fn another_task_is_a_switch_and_so_is_a_review() {
    let at = ["09:00", "09:30", "10:00"].map(|time| format!("2026-03-02 {time}"));
    let at: Vec<_> = at.iter().map(|at| (at.as_str(), 0)).collect();
    let mut data = commits(&at, NOW);
    data.work.tasks = vec![task("", "", ""), task("", "", "")];
    let link = |commit, task| Link {
        commit,
        task,
        rule: LinkRule::Message,
    };
    data.links = vec![link(0, 0), link(1, 1), link(2, 1)];
    assert_eq!(changes(&data), (1, 0));
    data.work.given = vec![given(7, &["2026-03-02 10:30"])];
    assert_eq!(changes(&data), (2, 0));
}

#[test]
fn a_pull_request_and_its_issue_are_one_place() {
    let mut data = commits(&[("2026-03-02 09:00", 0), ("2026-03-02 09:30", 0)], NOW);
    let mut pr = task("", "", "");
    pr.kind = crate::model::task::TaskKind::Pr;
    data.work.tasks = vec![pr, task("", "", "")];
    let link = |commit, task, rule| Link { commit, task, rule };
    data.links = vec![
        link(0, 0, LinkRule::PullRequest),
        link(0, 1, LinkRule::Branch),
        link(1, 1, LinkRule::Message),
    ];
    assert_eq!(changes(&data), (0, 0));
}

#[test]
fn a_switch_over_midnight_counts_on_the_day_on_which_its_session_began() {
    let mut data = days_with_a_switch(&[2, 3, 4, 5]);
    data.ref_acts.extend([
        event("2026-03-08 22:30", Checkout, (0, 1)),
        event("2026-03-09 00:30", Checkout, (0, 2)),
    ]);
    let figure = ask(&data);
    // 8 March is the Sunday of the first week: 5 switches in 10 hours.
    assert_eq!(series(&figure), [Some(0.5), None]);
}

#[test]
fn a_clock_change_and_another_offset_are_no_switch() {
    let data = commits_in(
        &[
            ("2026-03-08T01:30:00-05:00", 1, 0),
            ("2026-03-08T03:30:00-04:00", 1, 0),
            ("2026-03-08T09:00:00+01:00", 1, 0),
        ],
        NOW,
    );
    assert_eq!(changes(&data), (0, 0));
}

#[test]
fn the_running_week_is_not_complete() {
    let now = "2026-03-11 12:00";
    let selection = weeks("2026-03-02", "2026-03-15");
    let mut data = days_with_a_switch(&[2, 3, 4, 5, 6, 9, 10]);
    data.ref_acts.sort_by_key(|line| line.utc);
    let figure = ContextSwitches.compute(&data, &selection, &calendar(now));
    let complete: Vec<bool> = figure.points.iter().map(|point| point.complete).collect();
    assert_eq!(complete, [true, false]);
    assert_eq!(series(&figure), [Some(0.5), Some(0.5)]);
}

proptest! {
    #[test]
    fn there_are_never_more_switches_than_steps_between_acts(
        at in prop::collection::vec((0_i64..400_000, 1_u32..4), 0..40),
        events in prop::collection::vec((0_i64..400_000, 0_u16..3, 0_u32..4, any::<bool>()), 0..40),
    ) {
        let moment = |seconds: &i64| Moment::new(utc("2026-03-02 08:00") + seconds, 60);
        let rows: Vec<_> = at.iter().map(|(s, repo)| (moment(s), *repo, 0)).collect();
        let mut data = commits_at(&rows, NOW);
        data.ref_acts = events
            .iter()
            .map(|(s, repo, branch, checkout)| {
                event_at(moment(s), if *checkout { Checkout } else { Pull }, (*repo, *branch))
            })
            .collect();
        data.ref_acts.sort_by_key(|line| (line.utc, line.repo, line.branch, line.kind));
        let (selection, calendar) = (weeks("2026-03-02", "2026-03-15"), calendar(NOW));
        let acts = Acts::new(&data, &selection, &calendar);
        let (mut found, mut runs, mut longest) = (0, 0, true);
        let met = sessions(&acts, acts.span(), |run, stays| {
            found += stays.changes() + stays.passed;
            runs += 1;
            longest &= stays.all.iter().all(|stay| stay.seconds() <= run.to - run.from);
        });
        prop_assert!(found + runs <= met.acts);
        prop_assert!(longest);
        prop_assert!(met.commits <= met.acts && met.commits == at.len() as u64);
    }
}
