//! Any figure as plain text: the sentence first, then what it is compared with, then its parts.
//! No cursor movement, no frames.

use super::Context;
use super::layout::wrap;
use super::points::{points, stands_alone};
use super::words;
use crate::metrics::{Metric, by_id, weekly_median};
use crate::model::figure::{Figure, Key, Point, Shape, Unit, Verdict};

/// The figure as text with a line break at its end: headline, the period before, usual range and
/// verdict, n, what was left out, and its points as rows with bars.
pub fn figure_text(figure: &Figure, context: &Context<'_>) -> String {
    let width = context.columns();
    let mut out = wrap(&headline(figure, context), width, 2);
    for sentence in notes(figure, context) {
        out.push_str("  ");
        out.push_str(&wrap(&sentence, width - 2, 2));
    }
    out.push_str(&points(figure, context));
    out
}

/// The answer in one sentence.
pub fn headline(figure: &Figure, context: &Context<'_>) -> String {
    let range = words::figure_range(figure, context.calendar);
    let title = by_id(figure.metric).map_or(figure.metric, |metric| metric.title());
    let Some(value) = figure.value else {
        return format!("{title}, {range}: no value.");
    };
    let number = words::value(value, figure.unit);
    let unit = words::unit_word(figure.unit, value);
    let interval = figure
        .interval
        .map(|ends| format!(" {}", words::interval(ends, figure.unit)))
        .unwrap_or_default();
    let space = if unit.is_empty() { "" } else { " " };
    let rows = figure.of.noun(figure.n);
    let lead = by_id(figure.metric).and_then(Metric::lead);
    let before = lead.map_or_else(String::new, |lead| format!("{lead} "));
    let is_median = figure
        .points
        .iter()
        .any(|point| point.key == Key::Name("p50"));
    let lead = lead.map_or_else(
        || if is_median { "median " } else { "" }.to_owned(),
        |lead| format!("{lead} "),
    );
    match (figure.shape, figure.unit) {
        (Shape::Shares, Unit::Share) => {
            let part = largest(figure, context);
            let n = words::count(figure.n);
            format!("{title}, {range}: {part}{number}{interval}, n={n} {rows}.")
        }
        (Shape::Distribution, _) => {
            format!(
                "{title}, {range}: {lead}{number}{space}{unit}{interval}, n={} {rows}.",
                words::count(figure.n)
            )
        }
        (_, Unit::Share) => {
            format!(
                "{title}, {range}: {number}{interval}{}, n={}.",
                states(figure),
                words::count(figure.n)
            )
        }
        (Shape::Shares, _) => {
            let top = top(figure, context, 3);
            format!("{title}, {range}: {number}{space}{unit}{top}.")
        }
        (_, Unit::Lines) => format!("{title}, {range}: {number} {unit}{}.", mirrored(figure)),
        _ => format!("{title}, {range}: {before}{number}{space}{unit}{interval}."),
    }
}

/// `in-progress `: the part that a share is of, where the figure names one.
fn largest(figure: &Figure, context: &Context<'_>) -> String {
    let named = figure
        .points
        .iter()
        .find(|point| point.value == figure.value);
    let name = named.and_then(|point| context.names.of(point.key));
    name.map_or_else(String::new, |name| format!("{name} "))
}

/// `; 20% human, 65% unknown` for a figure whose points tell these apart.
fn states(figure: &Figure) -> String {
    let of = |name| {
        let found = figure.points.iter().find(|p| p.key == Key::Name(name));
        found.and_then(|point| point.value)
    };
    let (Some(human), Some(unknown)) = (of("human"), of("unknown")) else {
        return String::new();
    };
    let (human, unknown) = (words::percent(human), words::percent(unknown));
    format!("; {human} human, {unknown} unknown")
}

/// ` (+120 -34)` for a figure whose points tell added from deleted lines.
fn mirrored(figure: &Figure) -> String {
    let sum = |name| -> f64 {
        let of = |point: &&Point| point.key == Key::Name(name);
        figure
            .points
            .iter()
            .filter(of)
            .filter_map(|p| p.value)
            .sum()
    };
    if !figure.points.iter().any(|p| p.key == Key::Name("added")) {
        return String::new();
    }
    let number = |name| words::value(sum(name), Unit::Lines);
    format!(" (+{} -{})", number("added"), number("deleted"))
}

/// The largest parts as `, Rust 61%, Python 20%, 4 more 19%`.
pub(super) fn top(figure: &Figure, context: &Context<'_>, most: usize) -> String {
    let parts: Vec<Point> = figure
        .points
        .iter()
        .filter(|point| !stands_alone(figure, point))
        .copied()
        .collect();
    let whole: f64 = parts.iter().filter_map(|point| point.value).sum();
    if whole <= 0.0 {
        return String::new();
    }
    // Days of parts overlap: they are no shares of a whole.
    if figure.unit == Unit::Days {
        let largest = parts.iter().take(most).map(|point| {
            let name = context.names.of(point.key).unwrap_or_default();
            let value = words::value(point.value.unwrap_or_default(), figure.unit);
            format!(", {name} {value}")
        });
        return largest.collect();
    }
    let share = |points: &[Point]| -> String {
        let sum: f64 = points.iter().filter_map(|point| point.value).sum();
        words::percent(sum / whole)
    };
    // "1 more" would only hide a name.
    let shown = if parts.len() == most + 1 {
        most + 1
    } else {
        most
    };
    let mut out = String::new();
    for point in parts.iter().take(shown) {
        let name = context.names.of(point.key).unwrap_or_default();
        out.extend([", ", &name, " ", &share(&[*point])]);
    }
    if let Some(rest) = parts.get(shown..).filter(|rest| !rest.is_empty()) {
        out.extend([", ", &rest.len().to_string(), " more ", &share(rest)]);
    }
    out
}

/// Comparison, usual range, n and what was left out, a sentence each.
fn notes(figure: &Figure, context: &Context<'_>) -> Vec<String> {
    let mut out = sentences(figure, context);
    let left_out = words::left_out(figure);
    if !left_out.is_empty() {
        out.push(format!("Left out: {left_out}."));
    }
    out
}

/// The same without what was left out.
pub(super) fn sentences(figure: &Figure, context: &Context<'_>) -> Vec<String> {
    let mut out = Vec::new();
    out.extend(was(figure, context));
    if let Some(weekly) = weekly_median(figure).filter(|_| figure.unit != Unit::Share) {
        let ends = weekly
            .interval
            .map(|ends| format!(" {}", words::interval(ends, figure.unit)))
            .unwrap_or_default();
        let median = words::value(weekly.median, figure.unit);
        out.push(format!("Median week {median}{ends}, n={} weeks.", weekly.n));
    }
    out.push(words::verdict(figure, context.calendar));
    out.push(words::trend(figure));
    let said = matches!(figure.unit, Unit::Commits | Unit::Share);
    // What is not kept is unknown, and not zero of something.
    let unknown = matches!(figure.verdict, Verdict::NotKept(_));
    if !said && !unknown && figure.shape != Shape::Distribution {
        let rows = figure.of.noun(figure.n);
        out.push(format!("n={} {rows}.", words::count(figure.n)));
    }
    out.extend(words::rests_on(figure));
    out.retain(|sentence| !sentence.is_empty());
    out
}

/// `Was 203 in the 12 weeks to Sun 24 May.`, or why nothing is compared.
fn was(figure: &Figure, context: &Context<'_>) -> Option<String> {
    figure.value?;
    if !by_id(figure.metric).is_none_or(Metric::compares) {
        return None;
    }
    let Some(previous) = figure.previous else {
        return Some("Nothing to compare with: the record starts too late for it.".to_owned());
    };
    let running = figure.range.to >= context.calendar.today();
    let when = words::range(previous.range, context.calendar);
    let when = if running {
        format!("{when}, the same part of the period before")
    } else {
        when
    };
    Some(match previous.value {
        Some(value) => format!("Was {} in {when}.", words::value(value, figure.unit)),
        None => format!("Too few to tell in {when}, n={}.", words::count(previous.n)),
    })
}
