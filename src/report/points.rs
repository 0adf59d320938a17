//! The points of a figure as rows: buckets of time with bars, parts of a whole, quantiles, tables.

use chrono::{Datelike, NaiveDate};
use unicode_width::UnicodeWidthStr;

use super::Context;
use super::grid::grid_text;
use super::layout::{bar, left, right};
use super::words;
use crate::metrics::week_so_far;
use crate::model::figure::{Figure, Key, Point, Shape, Unit};

/// The points as rows.
pub(super) fn points(figure: &Figure, context: &Context<'_>) -> String {
    match figure.shape {
        Shape::Number => String::new(),
        Shape::Grid => grid_text(figure, context),
        Shape::Series if figure.points.iter().all(|point| point.key != Key::Time) => {
            stacked(figure, context)
        }
        Shape::Series => {
            let mut out = series(figure, context);
            out.push_str(&beside(figure, context));
            out
        }
        Shape::Shares => parts(figure, context),
        Shape::Distribution => {
            let mut out = parts(figure, context);
            if figure.points.iter().any(|point| point.key == Key::Time) {
                out.push_str("  Medians:\n");
                out.push_str(&series(figure, context));
            }
            out
        }
    }
}

/// Named numbers over the whole range that stand beside a series, e.g. the same by other thresholds.
fn beside(figure: &Figure, context: &Context<'_>) -> String {
    let whole = |point: &&Point| {
        let named = matches!(point.key, Key::Name(name) if name != "added" && name != "deleted");
        named && (point.from, point.to) == (figure.range.from, figure.range.to)
    };
    let rows: Vec<&Point> = figure.points.iter().filter(whole).collect();
    let labels: Vec<String> = rows
        .iter()
        .map(|point| context.names.of(point.key).unwrap_or_default())
        .collect();
    let label = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    rows.iter()
        .zip(&labels)
        .fold(String::new(), |mut out, (point, name)| {
            let value = shown(point.value, point.unit.unwrap_or(figure.unit));
            let row = format!(
                "  {}  {}",
                left(name, label, context.ascii),
                right(&value, 8)
            );
            out.extend([row.trim_end(), "\n"]);
            out
        })
}

/// One row a bucket; missing is blank, zero is `0`.
fn series(figure: &Figure, context: &Context<'_>) -> String {
    let today = context.calendar.today();
    let totals: Vec<&Point> = figure
        .points
        .iter()
        .filter(|p| p.key == Key::Time)
        .filter(|p| p.from <= today || p.value.is_some())
        .collect();
    if totals.iter().all(|point| point.value.is_none()) {
        return String::new();
    }
    let labels: Vec<String> = totals.iter().map(|p| bucket(p, today)).collect();
    let numbers: Vec<String> = totals.iter().map(|p| shown(p.value, figure.unit)).collect();
    let room = Columns::new(&labels, &numbers, context.columns());
    let most = totals.iter().filter_map(|p| p.value).fold(0.0, f64::max);
    let mut out = String::new();
    for ((point, label), number) in totals.iter().zip(&labels).zip(&numbers) {
        let drawn = bar(point.value.unwrap_or(0.0), most, room.bar, context.ascii);
        // A bucket with too few rows has no statistic: that is no gap in the record.
        let few = point.value.is_none() && point.n > 0;
        let drawn = if few {
            format!("too few: {}", words::count(point.n))
        } else {
            drawn
        };
        let mut row = format!(
            "  {}  {}  {drawn}",
            left(label, room.label, context.ascii),
            right(number, room.number)
        );
        let remark = so_far(figure, point, context);
        if row.width() + remark.len() <= context.columns() {
            row.push_str(&remark);
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

/// A table of named parts by bucket: a column a part, the newest bucket last. Where the columns do
/// not fit, the newest bucket alone, a row a part.
fn stacked(figure: &Figure, context: &Context<'_>) -> String {
    let today = context.calendar.today();
    let mut names: Vec<Key> = Vec::new();
    for point in &figure.points {
        if !names.contains(&point.key) {
            names.push(point.key);
        }
    }
    let rows: Vec<&[Point]> = figure.points.chunk_by(|a, b| a.from == b.from).collect();
    let titles: Vec<String> = names
        .iter()
        .map(|key| context.names.of(*key).unwrap_or_default())
        .collect();
    let labels = rows
        .iter()
        .filter_map(|row| Some(bucket(row.first()?, today)));
    let labels: Vec<String> = labels.collect();
    let value = |row: &[Point], key: &Key| {
        let point = row.iter().find(|point| point.key == *key);
        shown(point.and_then(|point| point.value), figure.unit)
    };
    let label = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let wide = |title: &String| title.width().max(5) + 2;
    let mut lines = Vec::new();
    if 2 + label + titles.iter().map(wide).sum::<usize>() <= context.columns() {
        let head: String = titles
            .iter()
            .map(|title| right(title, wide(title)))
            .collect();
        lines.push(format!("  {}{head}", " ".repeat(label)));
        for (row, name) in rows.iter().zip(&labels) {
            let name = left(name, label, context.ascii);
            let cells = names.iter().zip(&titles);
            let cells: String = cells
                .map(|(key, title)| right(&value(row, key), wide(title)))
                .collect();
            lines.push(format!("  {name}{cells}"));
        }
    } else if let (Some(row), Some(name)) = (rows.last(), labels.last()) {
        lines.push(format!("  {name}"));
        for (key, title) in names.iter().zip(&titles) {
            let value = right(&value(row, key), 8);
            lines.push(format!("  {}{value}", left(title, 14, context.ascii)));
        }
    }
    lines.iter().fold(String::new(), |mut out, line| {
        out.extend([line.trim_end(), "\n"]);
        out
    })
}

/// ` so far, 2 of 5 workdays` for the running week, ` so far` for another running bucket, nothing
/// for one that is over.
fn so_far(figure: &Figure, point: &Point, context: &Context<'_>) -> String {
    if point.complete || point.value.is_none() {
        return String::new();
    }
    if let Some(to) = figure.known_to {
        return format!(" known to {}", words::day(to, context.calendar.today()));
    }
    if point.to.signed_duration_since(point.from).num_days() == 6 {
        let (gone, all) = week_so_far(context.calendar, context.away);
        return format!(" so far, {gone} of {all} workdays");
    }
    " so far".to_owned()
}

/// What a bucket is called: its day, the first day of its week, or its month.
fn bucket(point: &Point, today: NaiveDate) -> String {
    let after = point.to.succ_opt().unwrap_or(point.to);
    if point.from == point.to {
        words::weekday_and_day(point.from, today)
    } else if point.from.day() == 1 && after.day() == 1 {
        point.from.format("%b %Y").to_string()
    } else {
        words::day(point.from, today)
    }
}

fn shown(value: Option<f64>, unit: Unit) -> String {
    value.map_or_else(String::new, |value| words::value(value, unit))
}

/// Widths of label, number and bar that fit into the columns there are.
struct Columns {
    label: usize,
    number: usize,
    bar: usize,
}

impl Columns {
    fn new(labels: &[String], numbers: &[String], width: usize) -> Self {
        let widest = |texts: &[String]| texts.iter().map(|t| t.width()).max().unwrap_or(0);
        let number = widest(numbers);
        let label = widest(labels).min(width.saturating_sub(number + 22));
        // Room for the remark at the running bucket.
        let bar = width.saturating_sub(label + number + 6 + 25).clamp(6, 40);
        Self { label, number, bar }
    }
}

/// Shares of a whole with their percent, or quantiles and bins.
fn parts(figure: &Figure, context: &Context<'_>) -> String {
    let is_quantile = |point: &Point| stands_alone(figure, point);
    let listed: Vec<&Point> = figure
        .points
        .iter()
        .filter(|point| point.key != Key::Time && (point.value.is_some() || point.n > 0))
        .collect();
    let parts = listed.iter().filter(|point| !is_quantile(point));
    let whole: f64 = parts.filter_map(|p| p.value).sum();
    let label = |point: &Point| match point.key {
        Key::Name("item") => words::weekday_and_day(point.from, context.calendar.today()),
        key => context.names.of(key).unwrap_or_default(),
    };
    let number = |point: &Point| {
        let bin = figure.shape == Shape::Distribution && !is_quantile(point);
        let unit = if bin { Unit::Commits } else { figure.unit };
        shown(point.value, point.unit.unwrap_or(unit))
    };
    let labels: Vec<String> = listed.iter().map(|point| label(point)).collect();
    let numbers: Vec<String> = listed.iter().map(|point| number(point)).collect();
    let room = Columns::new(&labels, &numbers, context.columns());
    let drawn = listed.iter().filter(|point| !is_quantile(point));
    let most = drawn.filter_map(|p| p.value).fold(0.0, f64::max);
    let mut out = String::new();
    for ((point, label), number) in listed.iter().zip(&labels).zip(&numbers) {
        let value = point.value.unwrap_or(0.0);
        let tail = match (figure.shape, figure.unit) {
            _ if point.value.is_none() && point.n > 0 => {
                format!("too few: {}", words::count(point.n))
            }
            _ if is_quantile(point) && matches!(figure.unit, Unit::Seconds | Unit::WorkTime) => {
                let ends = point.interval;
                let ends = ends.map_or_else(String::new, |ends| {
                    format!(" {}", words::interval(ends, figure.unit))
                });
                format!("n={}{ends}", words::count(point.n))
            }
            _ if is_quantile(point) => words::unit_word(figure.unit, value).to_owned(),
            (Shape::Shares, Unit::Share) => format!("n={}", words::count(point.n)),
            (Shape::Shares, Unit::Days) => String::new(),
            _ if whole > 0.0 => right(&words::percent(value / whole), 4),
            _ => String::new(),
        };
        let bar = if is_quantile(point) {
            String::new()
        } else {
            bar(value, most, room.bar, context.ascii)
        };
        let row = format!(
            "  {}  {}  {tail}{}{bar}",
            left(label, room.label, context.ascii),
            right(number, room.number),
            if tail.is_empty() { "" } else { "  " },
        );
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

/// Whether a point is a quantile or a row of its own, and no part of a whole.
pub(super) fn stands_alone(figure: &Figure, point: &Point) -> bool {
    let quantile =
        |name: &str| ["p50", "p85", "p95"].iter().any(|p| name.starts_with(p)) || name == "item";
    match point.key {
        Key::Name(name) if quantile(name) => true,
        // Only bins of sizes are parts of a distribution.
        _ => figure.shape == Shape::Distribution && figure.unit != Unit::Lines,
    }
}
