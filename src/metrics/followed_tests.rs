use super::super::metric::Metric;
use super::super::rework::Rework;
use super::super::survival::Survival;
use super::super::testing::{calendar, commits, stamp, utc, weeks};
use super::*;
use crate::model::dataset::{Dataset, flag};
use crate::model::fates::Born;
use crate::model::figure::{Figure, Key, LeftOut, Rows, Verdict};
use crate::model::selection::{By, Selection};

/// Commits (author time, born lines, [(days later, by me, lines)]), lines followed up to `until`.
type Fate<'a> = (&'a str, u32, &'a [(i32, bool, u32)]);

fn record(rows: &[Fate<'_>], until: &str) -> Dataset {
    let times: Vec<(&str, u16)> = rows.iter().map(|row| (row.0, 0)).collect();
    let mut data = commits(&times, "2027-12-01 00:00");
    data.fates.until = vec![stamp(until).day];
    for (commit, (_, lines, died)) in (0_u32..).zip(rows) {
        let day = data.commits.day[commit as usize];
        data.fates.born.push(Born {
            commit,
            lines: *lines,
        });
        data.fates
            .died
            .extend(died.iter().map(|(later, by_me, lines)| Died {
                commit,
                day: day + later,
                by_me: *by_me,
                lines: *lines,
            }));
    }
    data
}

/// Six commits of 50 lines: 300 born. Gone within 21 days: 10 + 5 by me, 20 + 10 by others, 45 of
/// 300. Later: 5 on day 22, 25 on day 100.
const SIX: [Fate<'static>; 6] = [
    ("2026-03-02 10:00", 50, &[(0, true, 10), (100, false, 25)]),
    ("2026-03-03 10:00", 50, &[(21, false, 20)]),
    ("2026-03-04 10:00", 50, &[(22, false, 5)]),
    ("2026-03-05 10:00", 50, &[]),
    ("2026-03-06 10:00", 50, &[(3, true, 5), (3, false, 10)]),
    ("2026-03-17 10:00", 50, &[]),
];

fn march() -> Selection {
    weeks("2026-03-02", "2026-03-29")
}

fn ask(metric: &dyn Metric, data: &Dataset) -> Figure {
    metric.compute(data, &march(), &calendar("2027-11-01 09:00"))
}

fn named(figure: &Figure, name: &'static str) -> Option<(Option<f64>, u64)> {
    let found = figure
        .points
        .iter()
        .find(|point| point.key == Key::Name(name));
    found.map(|point| (point.value, point.n))
}

fn close(found: Option<f64>, expected: f64) {
    assert!(
        found.is_some_and(|found| (found - expected).abs() < 1e-12),
        "{found:?} {expected}"
    );
}

#[test]
fn lines_gone_within_21_days_are_rework_by_whom_they_went() {
    let data = record(&SIX, "2026-12-01");
    let figure = ask(&Rework, &data);
    assert_eq!(figure.n, 6);
    close(figure.value, 45.0 / 300.0);
    let (me, others) = (
        named(&figure, "by_me").unwrap(),
        named(&figure, "by_others").unwrap(),
    );
    close(me.0, 15.0 / 300.0);
    close(others.0, 30.0 / 300.0);
    assert_eq!((me.1, others.1), (2, 2));
    let (low, high) = figure.interval.unwrap();
    assert!(
        low < 0.15 && 0.15 < high && low >= 0.0 && high <= 0.4,
        "{low} {high}"
    );
    let weeks: Vec<_> = figure
        .points
        .iter()
        .filter(|p| p.key == Key::Time)
        .collect();
    let shown: Vec<_> = weeks.iter().map(|p| (p.n, p.complete)).collect();
    // The second and the fourth week are gaps.
    assert_eq!(shown, [(5, true), (0, true), (1, true), (0, true)]);
    close(weeks[0].value, 45.0 / 250.0);
    assert_eq!(weeks[1].value, None);
    let rows = Rework.rows(&data, &march(), &calendar("2027-11-01 09:00"));
    assert_eq!(rows, Rows::Commits((0..6).collect()));
    assert_eq!(figure.rests_on[0].what, "followed_commits");
    assert_eq!((figure.rests_on[0].n, figure.rests_on[0].of), (6, 6));
}

#[test]
fn a_commit_whose_21_days_are_not_over_is_left_out_and_its_week_marked() {
    // Followed on 7 April: all of the 6th is known, which is 20 days after 17 March.
    let figure = ask(&Rework, &record(&SIX, "2026-04-07"));
    assert_eq!(figure.n, 5);
    close(figure.value, 45.0 / 250.0);
    assert_eq!(
        figure.left_out,
        [LeftOut {
            reason: "window_open",
            n: 1
        }]
    );
    let complete: Vec<bool> = figure
        .points
        .iter()
        .filter(|point| point.key == Key::Time)
        .map(|point| point.complete)
        .collect();
    assert_eq!(complete, [true, true, false, false]);
    let figure = ask(&Rework, &record(&SIX, "2026-04-08"));
    assert_eq!(figure.n, 6);
    assert!(figure.left_out.is_empty());
}

#[test]
fn without_a_pass_over_lines_nothing_is_recorded() {
    let never = record(&[], "2026-12-01");
    let mut data = commits(&[("2026-03-02 10:00", 0)], "2026-12-01 00:00");
    for data in [&never, &data.clone(), &Dataset::default()] {
        for metric in [&Rework as &dyn Metric, &Survival] {
            let figure = ask(metric, data);
            assert_eq!((figure.n, figure.value), (0, None));
        }
    }
    data.fates.until = vec![UNDATED];
    let figure = ask(&Rework, &data);
    assert_eq!((figure.n, &figure.verdict), (0, &Verdict::None));
    assert!(figure.left_out.is_empty() && figure.points.is_empty());
}

#[test]
fn one_commit_has_no_share() {
    let data = record(&SIX[..1], "2026-12-01");
    let figure = ask(&Rework, &data);
    assert_eq!((figure.n, figure.value, figure.interval), (1, None, None));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 1, need: 5 });
    let figure = ask(&Survival, &data);
    assert_eq!((figure.n, figure.value), (1, None));
    assert_eq!(named(&figure, "30 d"), Some((None, 1)));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 1, need: 5 });
}

#[test]
fn what_is_not_followed_is_said_commit_by_commit() {
    let mut data = record(&SIX, "2026-12-01");
    // A twin, a reformatting, one whose lines went before they came, one on no default branch.
    data.commits.flags[0] |= flag::TWIN;
    data.commits.flags[1] |= flag::REFORMAT;
    data.fates
        .died
        .iter_mut()
        .find(|died| died.commit == 2)
        .unwrap()
        .day -= 60;
    data.fates.born.retain(|born| born.commit != 3);
    let figure = ask(&Rework, &data);
    let left: Vec<_> = figure
        .left_out
        .iter()
        .map(|left| (left.reason, left.n))
        .collect();
    assert_eq!(
        left,
        [
            ("twins", 1),
            ("reformat", 1),
            ("not_followed", 1),
            ("backwards", 1)
        ]
    );
    assert_eq!(figure.n, 2);
}

/// By hand. 300 lines, all followed for 250 days and more. Age 0: 10 of 300 go. Age 3: 15. Age 21:
/// 20. Age 22: 5. So 250 / 300 live at 30 days; at age 100 another 25 go: 225 / 300 at 180.
#[test]
fn lines_followed_for_long_enough_live_by_simple_shares() {
    let figure = ask(&Survival, &record(&SIX, "2026-12-01"));
    assert_eq!(figure.n, 6);
    close(named(&figure, "30 d").unwrap().0, 250.0 / 300.0);
    close(named(&figure, "90 d").unwrap().0, 250.0 / 300.0);
    close(named(&figure, "180 d").unwrap().0, 225.0 / 300.0);
    assert_eq!(named(&figure, "365 d"), Some((None, 0)));
    close(figure.value, 0.75);
    let age = figure
        .rests_on
        .iter()
        .find(|rest| rest.what == "age_days")
        .unwrap();
    assert_eq!((age.n, age.of), (180, 365));
    let (low, high) = figure.interval.unwrap();
    assert!(low < 0.75 && 0.75 < high, "{low} {high}");
    assert_eq!(
        Survival
            .rows(
                &record(&SIX, "2026-12-01"),
                &march(),
                &calendar("2027-11-01 09:00")
            )
            .len(),
        6
    );
}

/// By hand. Followed on 12 June, so all of the 11th is known: the commit of 17 March for 86 days, the
/// others for 97 and more. 250 of 300 live at 30 days. At age 86 the 50 of 17 March are last seen; at
/// age 89 another 25 of the remaining 200 go: 250/300 * 175/200 at 90 days, not 225/300.
#[test]
fn young_lines_count_for_as_long_as_they_were_followed() {
    let mut rows = SIX;
    rows[0].2 = &[(0, true, 10), (89, false, 25)];
    let figure = ask(&Survival, &record(&rows, "2026-06-12"));
    close(named(&figure, "30 d").unwrap().0, 250.0 / 300.0);
    let (share, n) = named(&figure, "90 d").unwrap();
    close(share, 250.0 / 300.0 * 175.0 / 200.0);
    assert_eq!(n, 5);
    assert_eq!(named(&figure, "180 d"), Some((None, 0)));
    close(figure.value, share.unwrap());
    let age = figure
        .rests_on
        .iter()
        .find(|rest| rest.what == "age_days")
        .unwrap();
    assert_eq!(age.n, 90);
}

#[test]
fn the_running_day_of_the_pass_is_not_over() {
    // Made and followed on one day: nothing is known of its lines yet.
    let figure = ask(&Survival, &record(&SIX, "2026-03-17"));
    assert_eq!(figure.n, 5);
    assert_eq!(
        figure.left_out,
        [LeftOut {
            reason: "not_followed",
            n: 1
        }]
    );
}

#[test]
fn the_period_before_is_read_at_the_same_age() {
    let mut rows = vec![];
    let february: Vec<String> = (2..8)
        .map(|day| format!("2026-02-{day:02} 10:00"))
        .collect();
    rows.extend(
        february
            .iter()
            .map(|time| (time.as_str(), 10, &[(50, true, 4)][..])),
    );
    rows.extend(SIX);
    let figure = ask(&Survival, &record(&rows, "2026-05-12"));
    // 41 to 71 days are known: the age is 30, before which nothing of February went.
    close(figure.value, 250.0 / 300.0);
    assert_eq!(
        figure.previous.map(|previous| previous.value),
        Some(Some(1.0))
    );
}

#[test]
fn ages_are_civil_days_across_a_clock_change() {
    // Half past eleven in the evening in Berlin, the day before the clocks change; gone on day 21.
    let mut data = record(&SIX[..5], "2026-12-01");
    let day = stamp("2026-03-28").day;
    data.commits.utc[4] = utc("2026-03-28 22:30");
    data.commits.offset_min[4] = 60;
    data.commits.day[4] = day;
    for died in data.fates.died.iter_mut().filter(|died| died.commit == 4) {
        died.day = day + 21;
    }
    close(ask(&Rework, &data).value, 45.0 / 250.0);
    for died in data.fates.died.iter_mut().filter(|died| died.commit == 4) {
        died.day = day + 22;
    }
    close(ask(&Rework, &data).value, 30.0 / 250.0);
}

#[test]
fn parts_have_their_own_shares() {
    let selection = Selection {
        by: By::Repo,
        ..march()
    };
    let figure = Rework.compute(
        &record(&SIX, "2026-12-01"),
        &selection,
        &calendar("2027-11-01 09:00"),
    );
    let repo = figure
        .points
        .iter()
        .find(|point| matches!(point.key, Key::Repo(_)))
        .unwrap();
    close(repo.value, 0.15);
    assert_eq!(repo.n, 6);
}

#[test]
fn skipping_finds_where_rows_stop() {
    let rows: Vec<u32> = (0..100).collect();
    for end in 0..=100 {
        assert_eq!(skip(&rows, |row| *row < end), end as usize);
    }
    assert_eq!(skip(&[] as &[u32], |_| true), 0);
}
