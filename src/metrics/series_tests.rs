use super::super::METRICS;
use super::super::testing::{calendar, commits, stamp, weeks};
use crate::model::away::{Away, EventKind};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Trend, Verdict};

/// Monday 2 March 2026 is the first of these weeks; `counts` commits on the Monday of each.
fn weekly(counts: &[usize]) -> Dataset {
    let monday = stamp("2026-03-02").day;
    let mut times = Vec::new();
    for (day, count) in (monday..).step_by(7).zip(counts) {
        let day = super::super::select::date(day).unwrap();
        times.extend((0..*count).map(|n| format!("{day} 10:{n:02}")));
    }
    let rows: Vec<(&str, u16)> = times.iter().map(|time| (time.as_str(), 0)).collect();
    commits(&rows, "2026-12-01 00:00")
}

fn commits_of(data: &Dataset, now: &str, to: &str) -> Figure {
    let metric = METRICS
        .iter()
        .find(|metric| metric.id() == "commits")
        .unwrap();
    metric.compute(data, &weeks("2026-03-02", to), &calendar(now))
}

const RISE: [usize; 12] = [3, 5, 4, 6, 2, 7, 6, 9, 8, 7, 11, 10];

/// The slope is `pymannkendall.original_test(RISE).slope` of pymannkendall 1.4.3. The twelve weeks end
/// on Sunday 24 May.
#[test]
fn whole_weeks_tell_a_trend_by_the_week() {
    let figure = commits_of(&weekly(&RISE), "2026-05-25 09:00", "2026-05-24");
    let Trend::Rising(slope) = figure.trend else {
        panic!("{:?}", figure.trend)
    };
    assert!((slope - 0.651_515_151_515_151_5).abs() < 1e-9);
}

#[test]
fn the_running_week_tells_nothing() {
    // Nine weeks are over on the Sunday of the tenth.
    let figure = commits_of(&weekly(&RISE[..10]), "2026-05-10 20:00", "2026-05-24");
    assert_eq!(figure.trend, Trend::TooFew { have: 9, need: 10 });
    let figure = commits_of(&weekly(&RISE[..10]), "2026-05-11 00:00", "2026-05-24");
    assert!(
        matches!(figure.trend, Trend::Rising(_)),
        "{:?}",
        figure.trend
    );
}

#[test]
fn weeks_with_a_marked_day_leave_limits_and_trend_but_stay_points() {
    let mut data = weekly(&[9, 8, 9, 8, 9, 0, 9, 8, 9, 8, 9, 8]);
    let before = commits_of(&data, "2026-05-25 09:00", "2026-05-24");
    assert!(matches!(before.verdict, Verdict::Outside(_)));
    // One day of leave in the week of 6 April, its Friday.
    let day = stamp("2026-04-10").day;
    let kind = EventKind::Leave;
    data.away = vec![Away {
        from: day,
        to: day,
        kind,
    }];
    let after = commits_of(&data, "2026-05-25 09:00", "2026-05-24");
    assert_eq!(after.verdict, Verdict::WithinUsual);
    assert_eq!(after.trend, Trend::NoChange);
    assert_eq!(after.points, before.points);
    // With the last two weeks away nine are left, which carry neither.
    let (from, to) = (stamp("2026-05-17").day, stamp("2026-05-18").day);
    data.away.push(Away { from, to, kind });
    let few = commits_of(&data, "2026-05-25 09:00", "2026-05-24");
    assert_eq!(few.usual, None);
    assert_eq!(few.verdict, Verdict::TooFewWeeks { have: 9, need: 10 });
    assert_eq!(few.trend, Trend::TooFew { have: 9, need: 10 });
}

#[test]
fn a_few_rows_and_other_cuts_claim_no_trend() {
    let figure = commits_of(
        &weekly(&[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        "2026-05-25 09:00",
        "2026-05-24",
    );
    assert_eq!(figure.trend, Trend::None);
    assert_eq!(
        commits_of(&Dataset::default(), "2026-05-25 09:00", "2026-05-24").trend,
        Trend::None
    );
}
