//! A figure opened: the number with its past, and one of three faces: the rows behind it, what it
//! means, its parts.
//!
//! ```text
//! Cycle time of tasks  2.6d median [1.9d-4.2d]                           31 Aug to 22 Nov
//! n=22 tasks · was 1.4d · within its usual range
//! ▸ Rows   Rule   Parts                                          22 tasks · newest first
//! ```

mod chart;
mod parts;
mod rule;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{empty, rows as list_rows};
use crate::app::effect::Slot;
use crate::app::explain::{self, Face};
use crate::app::size::Tier;
use crate::app::state::FigureDetail;
use crate::app::view::PageView;
use crate::metrics;
use crate::model::figure::{Figure, Key, Shape, Unit};
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, clauses, columns, put, put_right, put_spans, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::narrowed;
use crate::ui::words;

/// Draws the detail.
pub(super) fn draw(buf: &mut Buffer, area: Rect, detail: &FigureDetail, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let view = detail.figure.value.as_ref();
    let figure = view.and_then(|view| Some((view, view.figure(Slot::Main)?)));
    head(buf, inset, (detail, figure.map(|both| both.1)), screen);
    faces(buf, rows(inset, 2, 1), detail, screen);
    let top = explain::top(screen.tier);
    let body = rows(inset, top, area.height.saturating_sub(top));
    match (detail.face, figure) {
        (Face::Rows, _) => behind(buf, body, (detail, figure), screen),
        (Face::Rule, Some((view, _))) => {
            rule::draw(buf, body, (&view.explained, detail.scroll), screen);
        }
        (Face::Parts, Some(both)) => parts::draw(buf, body, (detail, both), screen),
        (_, None) => {
            if let Some(why) = &detail.figure.failed {
                empty::failed(buf, body, why.as_str(), screen);
            }
        }
    }
}

fn head(
    buf: &mut Buffer,
    area: Rect,
    (detail, figure): (&FigureDetail, Option<&Figure>),
    screen: &Screen<'_>,
) {
    let title = metrics::by_id(detail.metric).map_or(detail.metric, metrics::Metric::title);
    let muted = screen.style(Role::Muted);
    let mut spans = vec![Span::new(title, screen.style(Role::Title))];
    if let Some(figure) = figure {
        let number = format!("  {}{}", named(figure), screen.headline(figure));
        spans.push(Span::new(number, screen.style(Role::Focus)));
        let unit = words::unit(figure.unit, figure.value.unwrap_or(0.0));
        let is_median = figure
            .points
            .iter()
            .any(|point| point.key == Key::Name("p50"));
        let lead = metrics::by_id(figure.metric).and_then(metrics::Metric::lead);
        let median = if is_median && lead.is_none() {
            "median"
        } else {
            ""
        };
        let interval = screen.clause(words::interval(figure));
        for word in [unit, median, &interval] {
            if !word.is_empty() {
                spans.push(Span::new(format!(" {word}"), muted));
            }
        }
    }
    let used = put_spans(buf, area, (0, 0), &spans);
    let calendar = &screen.state.calendar;
    let range = words::range(detail.selection.range, calendar);
    let further = narrowed::further(&detail.selection, screen);
    let all = [further.clone(), vec![range.clone()]].concat();
    // What was opened is told before its days.
    let mut told = [all, further, vec![range]].into_iter();
    let fits = |text: &String| usize::from(used) + 2 + width(text) <= usize::from(area.width);
    let told = told.find_map(|all| Some(all.join(&screen.dot())).filter(fits));
    if let Some(told) = told.filter(|text| !text.is_empty()) {
        put_right(buf, area, 0, &[Span::new(told, muted)]);
    }
    let Some(figure) = figure else { return };
    let all = [
        format!("n={} {}", words::count(figure.n), figure.of.noun(figure.n)),
        narrowed::wide(figure).to_owned(),
        words::was(figure),
        words::usual(figure),
        words::verdict(figure, calendar),
        words::trend(figure),
    ];
    let all = all.map(|clause| screen.clause(clause));
    let text = clauses(&all, &screen.dot(), usize::from(area.width));
    put(buf, area, (0, 1), (&text, muted));
}

/// Columns of the names of all faces.
const FACES: u16 = 26;

/// The line that says which face is shown and which others there are; a filter takes its place.
fn faces(buf: &mut Buffer, area: Rect, detail: &FigureDetail, screen: &Screen<'_>) {
    let list = &detail.list;
    if detail.face == Face::Rows {
        list_rows::heading(buf, area, (list, FACES), screen);
        if list.typing.is_some() || !list.filter.is_empty() {
            return;
        }
    }
    let mut column = 0;
    for face in Face::ALL {
        let chosen = face == detail.face;
        let mark = if chosen {
            screen.theme.glyphs.cursor
        } else {
            ""
        };
        let space = if chosen { " " } else { "" };
        let role = if chosen { Role::Focus } else { Role::Muted };
        let text = format!("{mark}{space}{}", words::capital(face.name()));
        column += put(buf, area, (column, 0), (&text, screen.style(role))) + 3;
    }
}

/// The rows behind the figure, on a large screen under its picture.
fn behind(
    buf: &mut Buffer,
    area: Rect,
    (detail, figure): (&FigureDetail, Option<(&PageView, &Figure)>),
    screen: &Screen<'_>,
) {
    let mut body = area;
    if let Some((view, figure)) = figure.filter(|_| screen.tier == Tier::Full) {
        let used = band(buf, area, (view, figure), screen);
        body = rows(area, used, area.height.saturating_sub(used));
    }
    if !empty::list(buf, body, &detail.list, screen) {
        list_rows::draw(buf, body, &detail.list, screen);
    }
}

/// Rows of the picture over the rows behind a figure.
const BAND: u16 = 10;

/// Draws chart and largest parts side by side; returns the rows it took.
fn band(
    buf: &mut Buffer,
    area: Rect,
    (view, figure): (&PageView, &Figure),
    screen: &Screen<'_>,
) -> u16 {
    let most = BAND.min(area.height / 2);
    let parts = parts::summed(figure);
    if screen.state.blurred {
        return 0;
    }
    let Some(chart) = chart::of(figure) else {
        // Without weeks the parts take no more room than they need.
        let wanted = cells(parts.len() + 2);
        if parts.is_empty() {
            return 0;
        }
        let place = rows(area, 0, most.min(wanted));
        parts::summary(buf, place, (view, figure), screen);
        return place.height + 1;
    };
    let place = rows(area, 0, most);
    let right = if parts.is_empty() { 0 } else { place.width / 3 };
    let left = place.width - right;
    chart.draw(buf, columns(place, 0, left), (view, figure), screen);
    if right > 0 {
        parts::summary(buf, columns(place, left, right), (view, figure), screen);
    }
    place.height + 1
}

/// `in-progress `: the part whose share the headline is, where the figure names one.
fn named(figure: &Figure) -> String {
    if figure.shape != Shape::Shares || figure.unit != Unit::Share || figure.value.is_none() {
        return String::new();
    }
    let first = figure
        .points
        .iter()
        .find(|point| point.value == figure.value);
    match first.map(|point| point.key) {
        Some(Key::Name(name)) => format!("{name} "),
        _ => String::new(),
    }
}
