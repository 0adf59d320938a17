use proptest::prelude::*;

use super::super::pace::testing::{left_out, series};
use super::super::testing::{calendar, stamp, task, utc, weeks};
use super::RecordedTime;
use crate::metrics::metric::Metric;
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Rest, Rows, Verdict};
use crate::model::selection::{By, Selection, Sources};
use crate::model::work::{Spent, Stamp, Work};

const NOW: &str = "2026-03-11 12:00";

/// An entry from `start` to `end` ("" = it says no end).
fn entry(start: &str, end: &str) -> Spent {
    Spent {
        source: 0,
        id: crate::model::ids::TaskId(9),
        start: stamp(start),
        end: (!end.is_empty()).then(|| stamp(end)),
        seconds: None,
        task: None,
        project: 0,
        busy: false,
        excluded: false,
    }
}

fn record(mut spent: Vec<Spent>) -> Dataset {
    spent.sort_by_key(|spent| spent.start.utc);
    Dataset {
        work: Work {
            tasks: vec![task("", "", ""), task("", "", "")],
            spent,
            until: Some(stamp("2026-03-11").day),
            ..Work::default()
        },
        ..Dataset::default()
    }
}

fn by(data: &Dataset, by: By) -> Figure {
    let selection = Selection {
        by,
        ..weeks("2026-03-02", "2026-03-15")
    };
    RecordedTime.compute(data, &selection, &calendar(NOW))
}

fn ask(data: &Dataset) -> Figure {
    by(data, weeks("2026-03-02", "2026-03-15").by)
}

#[test]
fn an_hour_in_two_trackers_is_one_hour() {
    // 09:00-10:00 twice and 09:30-10:30 are ninety minutes; 11:00-11:15 touches nothing.
    let data = record(vec![
        entry("2026-03-02 09:00", "2026-03-02 10:00"),
        entry("2026-03-02 09:00", "2026-03-02 10:00"),
        entry("2026-03-02 09:30", "2026-03-02 10:30"),
        entry("2026-03-02 11:00", "2026-03-02 11:15"),
    ]);
    let figure = ask(&data);
    assert_eq!((figure.value, figure.n), (Some(6_300.0), 4));
    let overlapping = Rest {
        what: "overlapping_entries",
        n: 3,
        of: 4,
    };
    assert_eq!(figure.rests_on, [overlapping]);
    assert_eq!(series(&figure), [Some(6_300.0), Some(0.0)]);
}

#[test]
fn bare_sums_are_added_and_a_pause_is_not_counted() {
    let bare = Spent {
        seconds: Some(1_200),
        ..entry("2026-03-03", "")
    };
    let paused = Spent {
        seconds: Some(600),
        ..entry("2026-03-03 09:00", "2026-03-03 10:00")
    };
    let rounded_up = Spent {
        seconds: Some(900),
        ..entry("2026-03-04 09:00", "2026-03-04 09:10")
    };
    let figure = ask(&record(vec![bare, bare, paused, rounded_up]));
    assert_eq!((figure.value, figure.n), (Some(2_400.0 + 600.0 + 600.0), 4));
}

#[test]
fn running_busy_and_excluded_entries_are_left_out() {
    let whole = entry("2026-03-02 09:00", "2026-03-02 10:00");
    let data = record(vec![
        whole,
        entry("2026-03-02 12:00", ""),
        Spent {
            busy: true,
            ..whole
        },
        Spent {
            excluded: true,
            ..whole
        },
    ]);
    let figure = ask(&data);
    assert_eq!((figure.value, figure.n), (Some(3_600.0), 1));
    let out = ["running", "busy", "excluded"].map(|reason| left_out(&figure, reason));
    assert_eq!(out, [1, 1, 1]);
    let selection = weeks("2026-03-02", "2026-03-15");
    let rows = RecordedTime.rows(&data, &selection, &calendar(NOW));
    assert_eq!(rows, Rows::Entries(vec![0]));
}

#[test]
fn parts_share_what_they_overlap_in() {
    let on = |task, project, start, end| Spent {
        task,
        project,
        ..entry(start, end)
    };
    let data = record(vec![
        on(Some(0), 2, "2026-03-02 09:00", "2026-03-02 11:00"),
        on(Some(1), 2, "2026-03-02 10:00", "2026-03-02 11:00"),
        on(None, 0, "2026-03-02 12:00", "2026-03-02 12:30"),
    ]);
    let parts = |cut| -> Vec<(Key, Option<f64>)> {
        let figure = by(&data, cut);
        assert_eq!(figure.value, Some(9_000.0));
        figure
            .points
            .iter()
            .map(|point| (point.key, point.value))
            .collect()
    };
    let none = (Key::Name("no task"), Some(1_800.0));
    let tasks = [
        (Key::Task(0), Some(7_200.0)),
        (Key::Task(1), Some(3_600.0)),
        none,
    ];
    assert_eq!(parts(By::Task), tasks);
    let none = (Key::Name("no project"), Some(1_800.0));
    assert_eq!(parts(By::Project), [(Key::Project(2), Some(7_200.0)), none]);
    assert_eq!(parts(By::Language), []);
}

#[test]
fn midnight_a_clock_change_and_another_offset_leave_the_length_as_it_was() {
    // Over midnight into the next week: all of it belongs to the Sunday on which it began.
    let night = record(vec![entry("2026-03-08 23:00", "2026-03-09 01:00")]);
    assert_eq!(series(&ask(&night)), [Some(7_200.0), Some(0.0)]);
    // New York, 8 March: from 01:30 to 03:30 on the clock is one hour.
    let at = |text, offset| Stamp::at(utc(text), offset).expect("in the calendar");
    let spring = Spent {
        start: at("2026-03-08 06:30", -300),
        end: Some(at("2026-03-08 07:30", -240)),
        ..entry("2026-03-08 09:00", "")
    };
    assert_eq!(ask(&record(vec![spring])).value, Some(3_600.0));
}

#[test]
fn nothing_is_no_value_and_after_the_export_nothing_is_known() {
    let nothing = ask(&record(Vec::new()));
    assert_eq!((nothing.value, nothing.points.len()), (None, 0));
    assert_eq!(nothing.verdict, Verdict::None);
    let mut data = record(vec![entry("2026-03-02 09:00", "2026-03-02 10:00")]);
    data.work.until = Some(stamp("2026-03-04").day);
    let figure = ask(&data);
    assert_eq!(series(&figure), [Some(3_600.0), None]);
    assert!(!figure.points[0].complete);
}

#[test]
fn the_running_week_is_compared_with_its_part_of_the_week_before() {
    let data = record(vec![
        entry("2026-03-02 09:00", "2026-03-02 10:00"),
        entry("2026-03-04 11:00", "2026-03-04 11:30"),
        entry("2026-03-04 13:00", "2026-03-04 14:00"),
        entry("2026-03-10 09:00", "2026-03-10 09:30"),
    ]);
    let week = weeks("2026-03-09", "2026-03-15");
    let figure = RecordedTime.compute(&data, &week, &calendar(NOW));
    let before = figure.previous.expect("a week before");
    assert_eq!(
        (figure.value, before.value, before.n),
        (Some(1_800.0), Some(5_400.0), 2)
    );
}

proptest! {
    #[test]
    fn each_covered_second_counts_once(
        spans in prop::collection::vec((0_i64..300, 0_i64..60), 0..30),
    ) {
        let start = utc("2026-03-02 09:00");
        let at = |seconds| Stamp::at(start + seconds, 0).expect("in the calendar");
        let entries = spans.iter().map(|(from, length)| Spent {
            start: at(*from),
            end: Some(at(from + length)),
            ..entry("2026-03-02 09:00", "")
        });
        let figure = ask(&record(entries.collect()));
        let covered = |second: i64, but: usize| {
            let mut others = spans.iter().enumerate().filter(|(n, _)| *n != but);
            others.any(|(_, (from, length))| (*from..from + length).contains(&second))
        };
        let all = (0..400).filter(|second| covered(*second, usize::MAX)).count();
        prop_assert_eq!(figure.value, (!spans.is_empty()).then_some(all as f64));
        let shared = spans.iter().enumerate();
        let shared = shared.filter(|(n, (from, length))| (*from..from + length).any(|s| covered(s, *n)));
        let told = figure.rests_on.first().map_or(0, |rest| rest.n);
        prop_assert_eq!(told, shared.count() as u64);
    }
}

#[test]
fn a_source_asked_alone_has_its_own_entries_and_all_of_them_add_up() {
    let data = record(vec![
        entry("2026-03-02 09:00", "2026-03-02 10:00"),
        Spent {
            source: 1,
            ..entry("2026-03-03 09:00", "2026-03-03 09:30")
        },
        Spent {
            source: 2,
            ..entry("2026-03-04 09:00", "2026-03-04 09:15")
        },
    ]);
    let of = |git, trackers: &[u16]| {
        let selection = Selection {
            sources: Some(Sources {
                git,
                trackers: trackers.iter().copied().collect(),
            }),
            ..weeks("2026-03-02", "2026-03-15")
        };
        let figure = RecordedTime.compute(&data, &selection, &calendar(NOW));
        let rows = RecordedTime.rows(&data, &selection, &calendar(NOW));
        assert_eq!(rows.len() as u64, figure.n);
        (figure.value, figure.n)
    };
    assert_eq!(of(false, &[0]), (Some(3_600.0), 1));
    assert_eq!(of(true, &[1]), (Some(1_800.0), 1));
    assert_eq!(of(false, &[0, 1, 2]), (Some(6_300.0), 3));
    assert_eq!(of(true, &[]).1, 0, "git alone records no time");
}
