use super::super::forecast_items::ForecastItems;
use super::super::testing::{calendar, stamp, task, tasks, utc, weeks};
use super::*;
use crate::model::away::{Away, EventKind};
use crate::model::figure::{LeftOut, Rest, Verdict};
use crate::model::selection::By;
use crate::model::stage::Stage;
use crate::model::work::{Stamp, Task};

/// Finished tasks a week from Monday 2 March 2026 on. The forecasts from these are worked out exactly
/// in `stats/forecast.rs` (`numpy.convolve` of `NumPy` 2.4.6).
const STEADY: [usize; 10] = [0, 2, 3, 1, 0, 4, 2, 5, 1, 3];

/// Tasks finished on the Wednesday of each week, and `open` ones to do; written down in February.
fn record(counts: &[usize], open: usize, until: &str) -> Dataset {
    let wednesday = stamp("2026-03-04").day;
    let mut all = vec![task("2026-02-23", "", ""); open];
    for (day, count) in (wednesday..).step_by(7).zip(counts) {
        let day = super::super::select::date(day).unwrap().to_string();
        all.extend(vec![task("2026-02-23", "", &day); *count]);
    }
    tasks(all, until)
}

/// Ten weeks, seen from the Monday after them.
fn ask(metric: &dyn Metric, data: &Dataset) -> Figure {
    let selection = weeks("2026-03-02", "2026-05-17");
    metric.compute(data, &selection, &calendar("2026-05-11 09:00"))
}

fn values(figure: &Figure) -> Vec<(Key, Option<f64>)> {
    figure
        .points
        .iter()
        .map(|point| (point.key, point.value))
        .collect()
}

fn rest(figure: &Figure, what: &str) -> Option<(u64, u64)> {
    let found = figure.rests_on.iter().find(|rest| rest.what == what);
    found.map(|Rest { n, of, .. }| (*n, *of))
}

#[test]
fn the_next_open_tasks_take_as_many_days_as_the_weeks_say() {
    let data = record(&STEADY, 25, "2026-05-11");
    let figure = ask(&Forecast, &data);
    assert_eq!((figure.n, figure.value), (21, Some(15.0 * 7.0)));
    let expected = [
        (Key::Name("p50"), Some(12.0 * 7.0)),
        (Key::Name("p85"), Some(15.0 * 7.0)),
        (Key::Name("p95"), Some(17.0 * 7.0)),
    ];
    assert_eq!(values(&figure), expected);
    assert_eq!(rest(&figure, "whole_weeks"), Some((10, 10)));
    assert_eq!(rest(&figure, "next_tasks"), Some((25, 25)));
    let p85 = figure.points[1];
    assert_eq!(
        (p85.from.to_string(), p85.to.to_string()),
        ("2026-05-11".into(), "2026-08-24".into())
    );
    assert!(!p85.complete);
    let selection = weeks("2026-03-02", "2026-05-17");
    let rows = Forecast.rows(&data, &selection, &calendar("2026-05-11 09:00"));
    assert_eq!(rows, Rows::Tasks((25..46).collect()));
}

#[test]
fn a_date_ahead_has_a_number_of_tasks() {
    let figure = ask(&ForecastItems, &record(&STEADY, 25, "2026-05-11"));
    let expected = [
        (Key::Name("p50"), Some(8.0)),
        (Key::Name("p85"), Some(5.0)),
        (Key::Name("p95"), Some(3.0)),
    ];
    assert_eq!(values(&figure)[..3], expected);
    assert_eq!((figure.value, figure.n), (Some(5.0), 21));
    let keys: Vec<Key> = figure.points.iter().map(|point| point.key).collect();
    assert_eq!(keys[3..], [Key::Name("12 weeks")]);
    // Asked up to a day ten weeks ahead: 16 tasks with 85 %.
    let selection = weeks("2026-03-02", "2026-07-20");
    let data = record(&STEADY, 25, "2026-05-11");
    let figure = ForecastItems.compute(&data, &selection, &calendar("2026-05-11 09:00"));
    let end = figure.points.last().unwrap();
    assert_eq!((end.key, end.value), (Key::Name("range end"), Some(16.0)));
    assert_eq!(end.to.to_string(), "2026-07-20");
}

#[test]
fn where_none_is_open_ten_are_asked_for_and_that_is_said() {
    let figure = ask(&Forecast, &record(&STEADY, 0, "2026-05-11"));
    assert_eq!(rest(&figure, "next_tasks"), Some((10, 0)));
    assert_eq!(figure.value, Some(7.0 * 7.0));
}

#[test]
fn the_running_week_and_the_week_of_the_export_are_not_drawn() {
    // On Sunday the tenth week is not over.
    let data = record(&STEADY, 25, "2026-05-10");
    let figure = ask(&Forecast, &data);
    assert_eq!(rest(&figure, "whole_weeks"), Some((9, 9)));
    assert_eq!(
        figure.left_out,
        [LeftOut {
            reason: "part_week",
            n: 3
        }]
    );
    // Nor are weeks after the newest export: seven are whole, two tasks were done in the eighth.
    let data = record(&STEADY[..7], 25, "2026-04-21");
    let figure = ask(&Forecast, &data);
    assert_eq!(figure.verdict, Verdict::TooFewWeeks { have: 7, need: 8 });
    assert_eq!((figure.value, figure.points.len()), (None, 0));
}

#[test]
fn marked_weeks_are_no_weeks_of_nothing() {
    let mut data = record(&STEADY, 25, "2026-05-11");
    // On call on the Wednesday of the week with five.
    let day = stamp("2026-04-22").day;
    data.away = vec![Away {
        from: day,
        to: day,
        kind: EventKind::Oncall,
    }];
    let figure = ask(&Forecast, &data);
    assert_eq!(rest(&figure, "whole_weeks"), Some((9, 10)));
    assert_eq!(figure.n, 16);
    assert_eq!(
        figure.left_out,
        [LeftOut {
            reason: "away",
            n: 5
        }]
    );
}

#[test]
fn weeks_of_nothing_count_and_a_gap_makes_it_longer() {
    let with_gap: Vec<usize> = STEADY.iter().flat_map(|n| [*n, 0]).collect();
    let data = record(&with_gap, 25, "2026-07-20");
    let selection = weeks("2026-03-02", "2026-07-19");
    let figure = Forecast.compute(&data, &selection, &calendar("2026-07-20 09:00"));
    assert_eq!(rest(&figure, "whole_weeks"), Some((20, 20)));
    assert!(figure.value > Some(22.0 * 7.0), "{:?}", figure.value);
}

#[test]
fn nothing_one_task_and_unknown_times_forecast_nothing() {
    let figure = ask(&Forecast, &Dataset::default());
    assert_eq!(
        (figure.n, figure.value, &figure.verdict),
        (0, None, &Verdict::None)
    );
    let figure = ask(&Forecast, &record(&[1], 3, "2026-05-11"));
    assert_eq!(figure.verdict, Verdict::TooFew { have: 1, need: 5 });
    assert_eq!(figure.value, None);
    let mut data = record(&STEADY, 3, "2026-05-11");
    for task in &mut data.work.tasks[..2] {
        task.stage = Some(Stage::Done);
    }
    data.work.tasks[0].windowed = true;
    data.work.tasks[2].excluded = true;
    let figure = ask(&Forecast, &data);
    let expected = ["between_exports", "no_finish_time", "excluded"];
    assert_eq!(
        figure.left_out,
        expected.map(|reason| LeftOut { reason, n: 1 })
    );
}

#[test]
fn a_task_counts_in_the_week_of_its_own_civil_day_across_a_clock_change() {
    // Sunday 29 March, half past eleven in the evening in New York: Monday in UTC.
    let late = Task {
        done: Stamp::at(utc("2026-03-30 03:30"), -240),
        ..task("2026-02-23", "", "2026-03-29")
    };
    let mut data = record(&STEADY, 25, "2026-05-11");
    let day = stamp("2026-03-29").day;
    data.work.tasks.push(late);
    data.away = vec![Away {
        from: day,
        to: day,
        kind: EventKind::Leave,
    }];
    let figure = ask(&Forecast, &data);
    assert_eq!(
        figure.left_out,
        [LeftOut {
            reason: "away",
            n: 2
        }]
    );
    assert_eq!(figure.n, 20);
}

#[test]
fn the_cut_of_points_changes_nothing() {
    let data = record(&STEADY, 25, "2026-05-11");
    let selection = crate::model::selection::Selection {
        by: By::Repo,
        ..weeks("2026-03-02", "2026-05-17")
    };
    let figure = Forecast.compute(&data, &selection, &calendar("2026-05-11 09:00"));
    assert_eq!(figure, ask(&Forecast, &data));
}
