//! Tasks by stage over time, and tasks finished week by week.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{fitting, has_focus, missing, stage_kind, stage_name};
use crate::app::effect::Slot;
use crate::app::flow::{self, Panel as Which};
use crate::app::view::PageView;
use crate::model::figure::{Figure, Key, Point};
use crate::model::period::Range;
use crate::model::stage::Stage;
use crate::ui::screen::Screen;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::stacked::{Band, Stacked};
use crate::ui::widgets::weeks::Weeks;
use crate::ui::words;

/// Draws the panel of tasks by stage.
pub(super) fn cumulative(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let figure = view.figure(Slot::Cumulative);
    let focused = has_focus(Which::Cumulative, screen);
    let cursor = flow::cursor(screen.state, Which::Cumulative).filter(|_| focused);
    let title = "Cumulative flow, tasks";
    let buckets = figure.map(flow::buckets).unwrap_or_default();
    let notes = match cursor.and_then(|at| buckets.get(at)) {
        Some(days) => vec![format!(
            "end of {}",
            words::day(days.to, &screen.state.calendar)
        )],
        None => since(&buckets, screen),
    };
    let panel = Panel {
        title,
        note: screen.note(&fitting(title, area.width, &notes)),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    if missing::panel(buf, inside, (view, figure), "task", screen) {
        return;
    }
    let Some(figure) = figure else { return };
    let labels: Vec<(usize, String)> = buckets
        .iter()
        .map(|days| words::day(days.from, &screen.state.calendar))
        .enumerate()
        .collect();
    let stack = Stacked {
        bands: &bands(figure, &buckets),
        labels: &labels,
        cursor,
    };
    stack.draw(buf, inside, screen);
}

/// Where counting what is done begins.
fn since(buckets: &[Range], screen: &Screen<'_>) -> Vec<String> {
    let Some(first) = buckets.first() else {
        return Vec::new();
    };
    let day = words::day(first.to, &screen.state.calendar);
    vec![format!("done since {day}"), format!("from {day}")]
}

/// At most five bands from below: done, in review, in progress, to do, backlog. What was done
/// before the range is not drawn: it would make all else a thin line. Where the stage of some
/// tasks is not known, to do and backlog are one band, so that these have theirs.
fn bands(figure: &Figure, buckets: &[Range]) -> Vec<Band> {
    let values = |name: &'static str| -> Vec<Option<f64>> {
        let of = |days: &Range| {
            let is = |point: &&Point| point.from == days.from && point.key == Key::Name(name);
            figure.points.iter().find(is).and_then(|point| point.value)
        };
        buckets.iter().map(of).collect()
    };
    let band = |stage: Stage| Band {
        name: stage_name(stage),
        kind: stage_kind(stage),
        values: values(stage.as_str()),
    };
    let mut done = band(Stage::Done);
    let first = done.values.iter().flatten().next().copied().unwrap_or(0.0);
    for value in done.values.iter_mut().flatten() {
        *value = (*value - first).max(0.0);
    }
    let mut out = vec![done, band(Stage::InReview), band(Stage::InProgress)];
    let unknown = values("not known");
    if unknown.iter().flatten().any(|value| *value > 0.0) {
        let mut waiting = Band {
            name: "Not begun",
            ..band(Stage::Todo)
        };
        let backlog = values(Stage::Backlog.as_str());
        for (value, more) in waiting.values.iter_mut().zip(backlog) {
            if let Some(more) = more {
                *value = Some(value.unwrap_or(0.0) + more);
            }
        }
        out.push(waiting);
        out.push(Band {
            name: "Not known",
            kind: 4,
            values: unknown,
        });
    } else {
        out.extend([band(Stage::Todo), band(Stage::Backlog)]);
    }
    out.retain(|band| band.values.iter().flatten().any(|value| *value > 0.0));
    out
}

/// Draws the panel of tasks finished.
pub(super) fn throughput(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let figure = view.figure(Slot::Finished);
    let focused = has_focus(Which::Throughput, screen);
    let cursor = flow::cursor(screen.state, Which::Throughput).filter(|_| focused);
    let title = format!("Finished {}", words::per(screen.state.look.window.bucket()));
    let points: Vec<Point> = figure
        .map(|figure| {
            figure
                .points
                .iter()
                .filter(|p| p.key == Key::Time)
                .copied()
                .collect()
        })
        .unwrap_or_default();
    let notes = match cursor.and_then(|at| points.get(at)) {
        Some(point) => week(point, screen),
        None => figure.map(|figure| all(figure, screen)).unwrap_or_default(),
    };
    let panel = Panel {
        title: &title,
        note: screen.note(&fitting(&title, area.width, &notes)),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    if missing::panel(buf, inside, (view, figure), "finished task", screen) {
        return;
    }
    let weeks = Weeks {
        points: &points,
        unit: crate::model::figure::Unit::Items,
        calendar: &screen.state.calendar,
        cursor,
    };
    weeks.draw(buf, inside, screen);
}

/// `41, was 36 · usual week 1-6`, the longest first.
fn all(figure: &Figure, screen: &Screen<'_>) -> Vec<String> {
    if screen.state.blurred {
        return Vec::new();
    }
    let value = figure.value.map(|value| words::value(value, figure.unit));
    let value = value.unwrap_or_default();
    let was = words::was(figure);
    let compared = if was.is_empty() || !screen.state.look.compare {
        value.clone()
    } else {
        format!("{value}, {was}")
    };
    let usual = words::usual(figure);
    let long = if usual.is_empty() {
        compared.clone()
    } else {
        format!("{compared}{}{usual}", screen.dot())
    };
    vec![long, compared, value]
}

/// `31 Aug to 6 Sep: 4, so far`
fn week(point: &Point, screen: &Screen<'_>) -> Vec<String> {
    let calendar = &screen.state.calendar;
    let value = point.value.map_or_else(
        || "nothing known".to_owned(),
        |value| screen.value(value, crate::model::figure::Unit::Items),
    );
    let so_far = if point.complete { "" } else { ", so far" };
    let days = words::range(Range::new(point.from, point.to), calendar);
    let from = words::day(point.from, calendar);
    vec![
        format!("{days}: {value}{so_far}"),
        format!("{from}: {value}{so_far}"),
        format!("{from}: {value}"),
    ]
}
