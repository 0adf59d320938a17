//! Tests of the flow metrics: small records with figures worked out by hand.

use crate::metrics::metric::Metric;
use crate::metrics::testing::{calendar, weeks};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key};
use crate::model::selection::Selection;

mod cumulative;
mod durations;
mod laws;
mod progress;
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
    assert_eq!(rows.len() as u64, figure.n, "rows of {}", metric.id());
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
