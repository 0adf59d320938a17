//! Tests of the flow metrics: small records with figures worked out by hand.

use crate::metrics::metric::Metric;
use crate::metrics::testing::{calendar, task, tasks, utc, visit, weeks};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Of};
use crate::model::selection::Selection;
use crate::model::stage::Stage;

mod cumulative;
mod durations;
mod evidence;
mod laws;
mod level;
mod progress;
mod stages;
mod throughput;

const DAY: f64 = 86_400.0;
const HOUR: f64 = 3_600.0;

/// The four weeks from Monday 2 March 2026; the last one runs.
fn march() -> Selection {
    weeks("2026-03-02", "2026-03-29")
}

/// The figure of `metric` over `selection`, on Wednesday 25 March 2026 at noon. Every figure's rows
/// are as many as its `n`, in rising order, and its interval holds its value.
fn ask(metric: &dyn Metric, data: &Dataset, selection: &Selection) -> Figure {
    let calendar = calendar("2026-03-25 12:00");
    let figure = metric.compute(data, selection, &calendar);
    let rows = metric.rows(data, selection, &calendar);
    if figure.of == Of::Tasks {
        assert_eq!(rows.len() as u64, figure.n, "rows of {}", metric.id());
    }
    let positions = rows.positions();
    assert!(positions.windows(2).all(|pair| pair[0] < pair[1]));
    if let (Some(value), Some((low, high))) = (figure.value, figure.interval) {
        assert!(low <= value && value <= high, "{}", metric.id());
    }
    figure
}

/// The values of the points with this key, in their order.
fn values(figure: &Figure, key: Key) -> Vec<Option<f64>> {
    let points = figure.points.iter().filter(|point| point.key == key);
    points.map(|point| point.value).collect()
}

/// The value of the one point with this name.
fn named(figure: &Figure, name: &'static str) -> Option<f64> {
    let values = values(figure, Key::Name(name));
    assert!(values.len() < 2, "{name} once");
    values.first().copied().flatten()
}

/// How many the reason left out.
fn left_out(figure: &Figure, reason: &str) -> u64 {
    let found = figure.left_out.iter().find(|entry| entry.reason == reason);
    found.map_or(0, |entry| entry.n)
}

/// What the figure rests on under this name, as (n, of).
fn rest(figure: &Figure, what: &str) -> Option<(u64, u64)> {
    let found = figure.rests_on.iter().find(|rest| rest.what == what);
    found.map(|rest| (rest.n, rest.of))
}

/// A task by its hours in each stage, one after the other; written down at the start of `day`.
type Way<'a> = (&'a str, &'a [(Stage, u32)]);

/// `2026-03-02 00:00` and so many hours.
fn hours_after(day: &str, hours: u32) -> String {
    let at = utc(&format!("{day} 00:00")) + i64::from(hours) * 3_600;
    let at = chrono::DateTime::from_timestamp(at, 0).expect("a time");
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// Tasks that went these ways and were done at the end of them.
fn ways(ways: &[Way<'_>]) -> Dataset {
    let times = |(day, stays): &Way<'_>| {
        let before = |stage: &(Stage, u32)| matches!(stage.0, Stage::Backlog | Stage::Todo);
        let wait = stays
            .iter()
            .take_while(|stay| before(stay))
            .map(|stay| stay.1);
        let all = stays.iter().map(|stay| stay.1).sum();
        let start = hours_after(day, wait.sum());
        task(&hours_after(day, 0), &start, &hours_after(day, all))
    };
    let mut data = tasks(ways.iter().map(times).collect(), "2026-03-25");
    for (at, (day, stays)) in ways.iter().enumerate() {
        let mut hours = 0;
        for (stage, length) in *stays {
            let (from, to) = (hours_after(day, hours), hours_after(day, hours + length));
            visit(&mut data, at, (*stage, &from, &to));
            hours += length;
        }
        visit(&mut data, at, (Stage::Done, &hours_after(day, hours), ""));
    }
    data
}
