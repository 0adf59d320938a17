//! The Overview as text: what changed, what is worth a look, a line a figure, what git cannot see.

use super::Context;
use super::layout::{spark, wrap};
use super::pages::{AGES, Subject};
use super::text::top;
use super::words;
use crate::metrics::{self, by_id, workdays};
use crate::model::figure::{Figure, Key, Shape, Unit, Verdict};

/// Work in progress that grew old, a sentence each; empty when none did.
fn worth(figures: &[Figure], context: &Context<'_>) -> String {
    let ages = figures.iter().find(|figure| figure.metric == AGES);
    let old = ages.map(metrics::aging).unwrap_or_default();
    let mut out = String::new();
    for one in &old {
        let said = format!(
            "{} is open for {}; 85% of finished tasks took at most {}.",
            context.names.of(Key::Task(one.task)).unwrap_or_default(),
            words::value(one.age, Unit::Seconds),
            words::value(one.p85, Unit::Seconds)
        );
        out.push_str(&wrap(&said, context.columns(), 2));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Whether a figure has anything to rest on: those of tasks have nothing before the first import.
fn tells(figure: &Figure) -> bool {
    figure.n > 0 || figure.value.is_some() || figure.known_to.is_some()
}

/// What changed, one line a figure with the period before, and what git cannot see.
pub(super) fn overview(figures: &[Figure], subject: &Subject<'_>, context: &Context<'_>) -> String {
    let width = context.columns();
    let mut out = wrap(&changes(figures, context), width, 0);
    out.push('\n');
    out.push_str(&worth(figures, context));
    let shown = |figure: &&Figure| figure.metric != AGES && tells(figure);
    for figure in figures.iter().filter(shown) {
        out.push_str(&wrap(&line(figure, context), width, 2));
    }
    let tasks = ["throughput", AGES];
    if !figures
        .iter()
        .any(|f| tasks.contains(&f.metric) && tells(f))
    {
        let none = if subject.data.work.tasks.is_empty() {
            "No task is known yet: `inward import FILE` reads a tracker's export."
        } else {
            "No task is known of these days."
        };
        out.push_str(&wrap(none, width, 2));
    }
    if let Some(before) = figures.iter().find_map(|figure| figure.previous) {
        let when = words::range(before.range, context.calendar);
        out.push_str(&wrap(&format!("\"Was\" is {when}."), width, 2));
    }
    let left_out = figures
        .last()
        .map(words::left_out)
        .filter(|text| !text.is_empty());
    if let Some(left_out) = left_out {
        out.push_str(&wrap(
            &format!("Left out of the commits: {left_out}."),
            width,
            2,
        ));
    }
    let days = workdays(subject.data, subject.selection, context.calendar);
    out.push('\n');
    out.push_str(&wrap(&words::unseen("Git", days.seen, days.of), width, 0));
    out
}

/// `Commits: 218, was 203, usual week 6-34  ▂▃▅▂▆▅▇▄▃▅▆`
fn line(figure: &Figure, context: &Context<'_>) -> String {
    let title = by_id(figure.metric).map_or(figure.metric, |metric| metric.title());
    if figure.shape == Shape::Shares {
        let top = top(figure, context, 3);
        let top = top.trim_start_matches([',', ' ']);
        return format!("{title}: {}", if top.is_empty() { "none" } else { top });
    }
    let Some(value) = figure.value else {
        return format!("{title}: too few to tell, n={}", figure.n);
    };
    let mut out = format!("{title}: {}", words::value(value, figure.unit));
    if figure.shape == Shape::Distribution {
        out.extend([" ", words::unit_word(figure.unit, value)]);
    }
    if let Some(ends) = figure.interval {
        out.extend([" ", &words::interval(ends, figure.unit)]);
    }
    if matches!(figure.unit, Unit::Share) || figure.shape == Shape::Distribution {
        out.extend([", n=", &words::count(figure.n)]);
    }
    if let Some(was) = figure.previous.and_then(|before| before.value) {
        out.extend([", was ", &words::value(was, figure.unit)]);
    }
    if let Some(usual) = figure.usual {
        out.extend([", usual week ", &words::between(usual, figure.unit)]);
    }
    let weeks = figure.points.iter().filter(|point| point.key == Key::Time);
    let weeks: Vec<Option<f64>> = weeks.map(|point| point.value).collect();
    let most = weeks.iter().flatten().copied().fold(0.0, f64::max);
    if figure.shape == Shape::Series && !context.ascii && (2..=26).contains(&weeks.len()) {
        out.extend(["  ", spark(&weeks, most).trim()]);
    }
    out
}

/// What left its usual range, in sentences; that nothing did is a full answer.
pub(super) fn changes(figures: &[Figure], context: &Context<'_>) -> String {
    let mut out = Vec::new();
    let mut judged = false;
    let mut unknown = None;
    for figure in figures {
        match figure.verdict {
            Verdict::Outside(_) | Verdict::Shift { .. } => {
                let title = by_id(figure.metric).map_or(figure.metric, |metric| metric.title());
                out.push(format!(
                    "{title}: {}",
                    words::verdict(figure, context.calendar)
                ));
            }
            Verdict::WithinUsual => judged = true,
            Verdict::TooFew { .. } | Verdict::TooFewWeeks { .. } => {
                unknown = Some(words::verdict(figure, context.calendar));
            }
            Verdict::None | Verdict::NotKept(_) => {}
        }
    }
    match (out.is_empty(), judged, unknown) {
        (false, true, _) => out.push("Nothing else left its usual range.".to_owned()),
        (true, true, _) => out.push(
            "Nothing left its usual range: differences between weeks are probably noise."
                .to_owned(),
        ),
        (true, false, Some(why)) => out.push(format!("Too few to tell what changed. {why}")),
        _ => {}
    }
    out.join(" ")
}
