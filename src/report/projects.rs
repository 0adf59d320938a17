//! Repositories over time as a table of numbers.

use super::Context;
use super::layout::{left, right, wrap};
use super::words;
use crate::metrics::{self, by_id};
use crate::model::dataset::Dataset;
use crate::model::figure::{Figure, Key, Point, Unit};
use crate::model::period::Bucket;
use crate::model::selection::{By, Selection};

/// Columns of a name, and of a number.
const NAME: usize = 18;
const NUMBER: usize = 8;

/// Changed lines by repository and week (day, month), as many of the last ones as fit; empty where no
/// repository has any. `figures` holds the one that says which repositories there are.
pub(super) fn table(
    (data, selection): (&Dataset, &Selection),
    figures: &[Figure],
    context: &Context<'_>,
) -> String {
    let parts = figures.iter().find(|one| one.metric == "repositories");
    let repos = parts.into_iter().flat_map(|one| &one.points);
    let repos = repos.filter_map(|point| match point.key {
        Key::Repo(repo) => Some((repo, point.value)),
        _ => None,
    });
    let bucket = match selection.range.days() {
        0..=27 => Bucket::Day,
        28..=742 => Bucket::Week,
        _ => Bucket::Month,
    };
    let fits = context.columns().saturating_sub(NAME + NUMBER + 2) / NUMBER;
    let mut out = String::new();
    for (repo, total) in repos {
        let narrow = Selection {
            repos: Some([repo].into()),
            by: By::Time(bucket),
            ..selection.clone()
        };
        let points = series(data, &narrow, context);
        let shown = &points[points.len().saturating_sub(fits)..];
        if out.is_empty() {
            out = head(shown, bucket, context);
        }
        let name = context.names.of(Key::Repo(repo)).unwrap_or_default();
        out.extend(["  ", &left(&name, NAME, context.ascii)]);
        for point in shown {
            let value = point.value.map(|value| words::value(value, Unit::Lines));
            out.push_str(&right(&value.unwrap_or_default(), NUMBER));
        }
        let total = words::value(total.unwrap_or(0.0), Unit::Lines);
        out.extend([&right(&total, NUMBER), "\n"]);
    }
    out
}

fn series(data: &Dataset, selection: &Selection, context: &Context<'_>) -> Vec<Point> {
    let Some(metric) = by_id("lines_changed") else {
        return Vec::new();
    };
    let figure = metrics::figure(metric, data, selection, context.calendar);
    let points = figure.points.into_iter();
    points.filter(|point| point.key == Key::Time).collect()
}

/// What the table is about, and the first day of each column.
fn head(shown: &[Point], bucket: Bucket, context: &Context<'_>) -> String {
    let per = match bucket {
        Bucket::Day => "day",
        Bucket::Week => "week",
        Bucket::Month => "month",
    };
    let title = format!("Lines changed by repository and {per}, the whole at the right");
    let mut out = format!("\n{}\n", wrap(&title, context.columns(), 2));
    out.extend(["  ", &left("", NAME, context.ascii)]);
    for point in shown {
        let form = if bucket == Bucket::Month {
            "%b %y"
        } else {
            "%-d %b"
        };
        out.push_str(&right(&point.from.format(form).to_string(), NUMBER));
    }
    out.extend([&right("all", NUMBER), "\n"]);
    out
}
