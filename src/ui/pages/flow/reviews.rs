//! How long pull requests wait for a review, and the phases of those merged.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{fitting, has_focus, measured, missing};
use crate::app::effect::Slot;
use crate::app::flow::{self, Panel as Which};
use crate::app::view::PageView;
use crate::model::figure::{Figure, Key};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, put, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::reach;
use crate::ui::words;

/// One row: its name, its value or why there is none, how many it rests on.
struct Line {
    name: &'static str,
    value: Option<f64>,
    interval: Option<(f64, f64)>,
    n: u64,
}

/// Draws the panel.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let waits = view.figure(Slot::ReviewWait);
    let phases = view.figure(Slot::Phases);
    let focused = has_focus(Which::Reviews, screen);
    let title = "My pull requests, medians";
    let notes = waits.map(|figure| notes(figure, screen));
    let panel = Panel {
        title,
        note: screen.note(&fitting(title, area.width, &notes.unwrap_or_default())),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    let any = phases.filter(|figure| figure.n > 0).or(waits);
    if missing::panel(buf, inside, (view, any), "reviewed pull request", screen) {
        return;
    }
    let lines = lines(waits, phases);
    let cursor = flow::cursor(screen.state, Which::Reviews).filter(|_| focused);
    let most = lines.iter().filter_map(|line| {
        let high = line.interval.map_or(0.0, |ends| ends.1);
        Some(line.value?.max(high))
    });
    let most = most.fold(0.0, f64::max);
    for (at, line) in lines.iter().enumerate() {
        let place = rows(inside, cells(at), 1);
        let here = flow::cursor(screen.state, Which::Reviews).unwrap_or(0);
        screen.row_at(place, Some(Which::Reviews as usize), (at, here));
        draw_row(buf, place, (line, most, cursor == Some(at)), screen);
    }
}

fn lines(waits: Option<&Figure>, phases: Option<&Figure>) -> Vec<Line> {
    let mut out = vec![Line {
        name: "First review",
        value: waits.and_then(|figure| figure.value),
        interval: waits.and_then(|figure| figure.interval),
        n: waits.map_or(0, |figure| figure.n),
    }];
    let phase = |name| match name {
        Key::Name("coding") => "Coding",
        Key::Name("draft") => "Draft",
        Key::Name("pickup") => "Pickup",
        _ => "Review",
    };
    let points = phases.into_iter().flat_map(flow::phases);
    out.extend(points.map(|point| Line {
        name: phase(point.key),
        value: point.value,
        interval: point.interval,
        n: point.n,
    }));
    out
}

fn draw_row(
    buf: &mut Buffer,
    area: Rect,
    (line, most, chosen): (&Line, f64, bool),
    screen: &Screen<'_>,
) {
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    let n = words::count(line.n);
    let said = if let Some(value) = line.value {
        measured(value, line.interval.filter(|_| area.width >= 46), screen)
    } else if line.n == 0 {
        screen.clause("none known")
    } else {
        screen.clause(format!("{n}: a median from 5"))
    };
    let at = 2 + 14;
    if chosen {
        let used = at + cells(width(&said));
        let blank = " ".repeat(usize::from(used.min(area.width)));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
        let mark = screen.theme.glyphs.cursor;
        put(buf, area, (0, 0), (mark, style(Role::Text)));
    }
    put(buf, area, (2, 0), (line.name, style(Role::Text)));
    let role = if line.value.is_some() {
        Role::Title
    } else {
        Role::Muted
    };
    put(buf, area, (at, 0), (&said, style(role)));
    if let Some(value) = line.value {
        let least = if area.width >= 46 { 20 } else { 6 };
        let from = at + cells(width(&said)).max(least) + 1;
        let room = area.width.saturating_sub(from).min(40);
        let bar = columns(area, from, room);
        reach::estimate(buf, bar, (value, line.interval, most), screen);
    }
}

/// `n=22, was 1.1d`
fn notes(figure: &Figure, screen: &Screen<'_>) -> Vec<String> {
    if screen.state.blurred || figure.n == 0 {
        return Vec::new();
    }
    let n = format!("n={}", words::count(figure.n));
    let was = words::was(figure);
    if was.is_empty() || !screen.state.look.compare {
        return vec![n];
    }
    vec![format!("{n}, review {was}"), n]
}
