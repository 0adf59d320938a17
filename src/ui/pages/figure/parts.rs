//! The parts of a figure: every point as a row of a table, and the largest of them beside a chart.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::chart::{self, series};
use crate::app::size::Tier;
use crate::app::state::FigureDetail;
use crate::app::view::PageView;
use crate::model::figure::{Figure, Key, Point, Shape, Unit};
use crate::model::forms;
use crate::model::period::Range;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, columns, fit, put, put_right, put_spans, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::bars::{Shares, bar};
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::spark::spark;
use crate::ui::widgets::table;
use crate::ui::words;

/// Draws the table of `detail`, under its weeks where there is room.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    (detail, (view, figure)): (&FigureDetail, (&PageView, &Figure)),
    screen: &Screen<'_>,
) {
    let mut body = area;
    let mut over = 0;
    if screen.tier > Tier::Numbers && area.height >= 14 && !screen.state.blurred {
        if let Some(chart) = chart::of(figure) {
            over = if screen.tier == Tier::Full { 10 } else { 8 };
            chart.draw(buf, rows(area, 0, over), (view, figure), screen);
            over += 1;
        }
    } else if area.height >= 5 {
        let line = spark(&figure.points, usize::from(area.width), screen);
        let any = line.iter().any(|span| !span.text.trim().is_empty());
        over = u16::from(any);
        put_spans(buf, area, (0, 0), &line);
    }
    body = rows(body, over, body.height.saturating_sub(over));
    let mut lines = lines((view, figure), screen);
    align(&mut lines);
    if lines.is_empty() {
        let text = "This figure has no parts: the number is all.";
        put(buf, body, (0, 0), (text, screen.style(Role::Muted)));
        return;
    }
    let position = table::position(detail.part, lines.len(), body.height);
    let up = crate::app::explain::top(screen.tier) - 2;
    let faces = Rect {
        y: area.y.saturating_sub(up),
        height: 1,
        ..area
    };
    let note = Span::new(screen.clause(position), screen.style(Role::Muted));
    put_right(buf, faces, 0, &[note]);
    let wide = Wide::of(&lines, body.width);
    for (row, at) in table::visible(detail.part, lines.len(), body).enumerate() {
        let place = rows(body, cells(row), 1);
        screen.row_at(place, None, (at, detail.part));
        line(buf, place, (&lines[at], at == detail.part), &wide, screen);
    }
}

/// One row of the table.
struct Line {
    /// Its name, and its days where they are not those of the whole figure.
    name: String,
    label: String,
    value: String,
    n: String,
    /// Its value as a share of the largest one of its kind.
    share: f64,
    complete: bool,
}

fn lines((view, figure): (&PageView, &Figure), screen: &Screen<'_>) -> Vec<Line> {
    // One scale for all that is measured in one unit.
    let most = |unit: Option<Unit>| {
        let same = figure.points.iter().filter(|point| point.unit == unit);
        same.filter_map(|point| point.value).fold(0.0, f64::max)
    };
    let one = |point: &Point| {
        let unit = point.unit.unwrap_or(figure.unit);
        Line {
            name: name(point, view, screen),
            label: days(point, figure, screen),
            value: match point.value {
                Some(value) => screen.value(value, unit),
                None => "-".to_owned(),
            },
            n: screen.clause(format!("n={}", words::count(point.n))),
            share: point
                .value
                .map_or(0.0, |value| value / most(point.unit).max(1e-9)),
            complete: point.complete || whole(point, figure) || point.key != Key::Time,
        }
    };
    figure.shown().map(one).collect()
}

/// Puts the names before the days, the days of one kind under each other.
fn align(lines: &mut [Line]) {
    let both = lines.iter().filter(|line| !line.label.is_empty());
    let widest = both.map(|line| width(&line.name)).max().unwrap_or(0);
    for line in lines {
        line.label = match (line.name.as_str(), line.label.as_str()) {
            ("", days) => days.to_owned(),
            (name, "") => name.to_owned(),
            (name, days) => {
                let gap = " ".repeat(widest.saturating_sub(width(name)) + 2);
                format!("{name}{gap}{days}")
            }
        };
    }
}

fn name(point: &Point, view: &PageView, screen: &Screen<'_>) -> String {
    match point.key {
        Key::Hour(weekday, hour) => format!("{weekday} {}", forms::hour(hour)),
        key => screen.part(key, &view.labels),
    }
}

/// Whether a point stands for all days of its figure.
fn whole(point: &Point, figure: &Figure) -> bool {
    point.from == figure.range.from && point.to == figure.range.to
}

/// The days of a point; empty where its name says enough.
fn days(point: &Point, figure: &Figure, screen: &Screen<'_>) -> String {
    if point.key != Key::Time && whole(point, figure) {
        return String::new();
    }
    let days = words::range(Range::new(point.from, point.to), &screen.state.calendar);
    let item = matches!(point.key, Key::Task(_) | Key::Name("item"));
    let so_far = if point.complete || item {
        ""
    } else {
        ", so far"
    };
    format!("{days}{so_far}")
}

/// The columns of the table.
struct Wide {
    label: u16,
    value: u16,
    n: u16,
}

impl Wide {
    fn of(lines: &[Line], wide: u16) -> Self {
        let most = |text: fn(&Line) -> &str| {
            let all = lines.iter().map(|line| width(text(line)));
            cells(all.max().unwrap_or(0))
        };
        let (value, n) = (most(|line| &line.value), most(|line| &line.n));
        let room = wide.saturating_sub(value + n + 6);
        Self {
            label: most(|line| &line.label).min(room),
            value,
            n,
        }
    }
}

fn line(
    buf: &mut Buffer,
    area: Rect,
    (line, chosen): (&Line, bool),
    wide: &Wide,
    screen: &Screen<'_>,
) {
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
        let mark = screen.theme.glyphs.cursor;
        put(buf, area, (0, 0), (mark, style(Role::Text)));
    }
    let label = fit(
        &line.label,
        usize::from(wide.label),
        screen.theme.glyphs.cut,
    );
    put(buf, area, (2, 0), (&label, style(Role::Text)));
    let mut right = 2 + wide.label + 2;
    for (text, room, role) in [
        (&line.value, wide.value, Role::Title),
        (&line.n, wide.n, Role::Muted),
    ] {
        right += room;
        let start = right.saturating_sub(cells(width(text)));
        put(buf, area, (start, 0), (text, style(role)));
        right += 2;
    }
    let room = area.width.saturating_sub(right).min(40);
    if room >= 8 && !screen.state.blurred {
        let glyphs = &screen.theme.glyphs;
        let glyph = if line.complete {
            glyphs.bar
        } else {
            glyphs.running_bar
        };
        let bar = bar(line.share, room, glyph);
        put(buf, area, (right, 0), (&bar, style(Role::Series)));
    }
}

/// The parts of `figure` that are worth a place beside its weeks, each once. Added and deleted
/// lines are not: the chart shows them.
pub(super) fn summed(figure: &Figure) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for point in &figure.points {
        match point.key {
            Key::Time | Key::Hour(..) | Key::Name("added" | "deleted") => {}
            key if keys.contains(&key) => {}
            key => keys.push(key),
        }
    }
    keys
}

/// The largest parts, or the course of each named series, in a box.
pub(super) fn summary(
    buf: &mut Buffer,
    area: Rect,
    (view, figure): (&PageView, &Figure),
    screen: &Screen<'_>,
) {
    let panel = Panel {
        title: "Parts",
        note: Vec::new(),
        focused: false,
    };
    let inside = panel.draw(buf, area, screen);
    if figure.shape == Shape::Shares {
        let shares = Shares {
            figure,
            view,
            cursor: None,
            mouse: None,
        };
        shares.draw(buf, inside, screen);
        return;
    }
    let keys = summed(figure);
    let name = |key: Key| screen.part(key, &view.labels);
    let widest = keys.iter().map(|key| width(&name(*key))).max();
    let names = widest.unwrap_or(0).min(usize::from(inside.width) / 2);
    for (at, key) in keys.iter().take(usize::from(inside.height)).enumerate() {
        let place = rows(inside, cells(at), 1);
        let label = fit(&name(*key), names, screen.theme.glyphs.cut);
        put(buf, place, (0, 0), (&label, screen.style(Role::Text)));
        let rest = columns(place, cells(names) + 2, place.width);
        // A number far from its name is hard to read.
        let rest = columns(rest, 0, rest.width.min(40));
        course(buf, rest, (figure, &series(figure, *key)), screen);
    }
}

/// The last value of a series at the right, its course before it.
fn course(
    buf: &mut Buffer,
    area: Rect,
    (figure, points): (&Figure, &[Point]),
    screen: &Screen<'_>,
) {
    let last = points.iter().rev().find_map(|point| {
        let unit = point.unit.unwrap_or(figure.unit);
        Some(screen.value(point.value?, unit))
    });
    let last = last.unwrap_or_else(|| "-".to_owned());
    let value = Span::new(last, screen.style(Role::Title));
    let used = cells(width(&value.text)) + 2;
    put_right(buf, area, 0, &[value]);
    if points.len() > 1 {
        let timed: Vec<Point> = points
            .iter()
            .map(|point| Point {
                key: Key::Time,
                ..*point
            })
            .collect();
        let room = usize::from(area.width.saturating_sub(used));
        put_spans(buf, area, (0, 0), &spark(&timed, room, screen));
    }
}
