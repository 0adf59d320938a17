//! Each finished task by day and length, with the levels that half and most of them keep.

use chrono::{Datelike, Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{fitting, has_focus, missing};
use crate::app::effect::Slot;
use crate::app::flow::{self, Panel as Which};
use crate::app::view::PageView;
use crate::model::figure::{Figure, Key, Point, Verdict};
use crate::model::period::Range;
use crate::ui::screen::Screen;
use crate::ui::text::{fit, width};
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::scatter::{Dot, Level, Scatter};
use crate::ui::words;

/// Draws the panel.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let figure = view.figure(Slot::Times);
    let focused = has_focus(Which::Times, screen);
    let cursor = flow::cursor(screen.state, Which::Times).filter(|_| focused);
    let linear = screen.state.cursors.flow.linear;
    let title = if linear {
        "Start to done, days"
    } else {
        "Start to done, log days"
    };
    let chosen = cursor.zip(figure).and_then(|(at, figure)| {
        let point = flow::tasks(figure).nth(at)?;
        Some(readout(point, view, screen))
    });
    let notes = chosen.unwrap_or_else(|| figure.map(|f| notes(f, screen)).unwrap_or_default());
    let panel = Panel {
        title,
        note: screen.note(&fitting(title, area.width, &notes)),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    if missing::panel(
        buf,
        inside,
        (view, figure),
        "finished task with a start",
        screen,
    ) {
        return;
    }
    let Some(figure) = figure else { return };
    let dots: Vec<Dot> = flow::tasks(figure)
        .filter_map(|point| {
            Some(Dot {
                along: along(point.to, figure.range),
                seconds: point.value?,
            })
        })
        .collect();
    let scatter = Scatter {
        dots: &dots,
        levels: &levels(view, figure),
        labels: &labels(figure.range, screen),
        linear,
        cursor,
    };
    scatter.draw(buf, inside, screen);
}

/// `n=41 · median 2d, was 3d`, the longest first.
fn notes(figure: &Figure, screen: &Screen<'_>) -> Vec<String> {
    if screen.state.blurred || figure.n == 0 {
        return Vec::new();
    }
    let n = format!("n={}", words::count(figure.n));
    if let Verdict::TooFew { have, need } = figure.verdict {
        let tasks = if have == 1 { "task" } else { "tasks" };
        return vec![
            format!("{have} finished {tasks}: a median from {need}"),
            format!("a median from {need}"),
        ];
    }
    let was = if screen.state.look.compare {
        words::was(figure)
    } else {
        String::new()
    };
    if was.is_empty() {
        return vec![n];
    }
    vec![format!("{n}{}median {was}", screen.dot()), n]
}

/// The task under the cursor in one line of `room` columns; `None` when the cursor is elsewhere.
pub(super) fn chosen(view: &PageView, room: usize, screen: &Screen<'_>) -> Option<String> {
    if !has_focus(Which::Times, screen) {
        return None;
    }
    let at = flow::cursor(screen.state, Which::Times)?;
    let point = flow::tasks(view.figure(Slot::Times)?).nth(at)?;
    let key = screen.part(point.key, &view.labels);
    let took = screen.value(point.value?, figure_unit());
    let done = words::weekday(point.to, &screen.state.calendar);
    let tail = format!(": {took} from start to done, done {done}");
    let Key::Task(place) = point.key else {
        return None;
    };
    let title = view.told.tasks.get(&place).map(|note| note.title.as_str());
    let title = title.unwrap_or_default();
    let left = room.saturating_sub(width(&key) + width(&tail) + 1);
    let title = fit(title, left, screen.theme.glyphs.cut);
    Some(fit(
        &format!("{key} {title}{tail}"),
        room,
        screen.theme.glyphs.cut,
    ))
}

/// `ING-207, 3.2d, done 5 Aug`, the longest first.
fn readout(point: &Point, view: &PageView, screen: &Screen<'_>) -> Vec<String> {
    let key = screen.part(point.key, &view.labels);
    let took = screen.value(point.value.unwrap_or(0.0), figure_unit());
    let done = words::day(point.to, &screen.state.calendar);
    let done = screen.clause(format!(", done {done}"));
    let short = format!("{key}, {took}{done}");
    vec![short, format!("{key}, {took}")]
}

fn figure_unit() -> crate::model::figure::Unit {
    crate::model::figure::Unit::Seconds
}

/// The levels that there are enough tasks for, from below. The 85th percentile's interval is that
/// of the service level.
fn levels(view: &PageView, figure: &Figure) -> Vec<Level> {
    let of = |name: &'static str| {
        let found = figure.points.iter().find(|p| p.key == Key::Name(name));
        found.and_then(|point| point.value)
    };
    let level = |name: &str, seconds: f64, interval: Option<(f64, f64)>| {
        let short = format!("{name} {}", words::duration(seconds));
        let long = interval.map_or_else(String::new, |(low, high)| {
            format!(" [{}-{}]", words::duration(low), words::duration(high))
        });
        Level {
            seconds,
            words: [format!("{short}{long}"), short],
        }
    };
    let mut out = Vec::new();
    out.extend(of("p50").map(|value| level("p50", value, figure.interval)));
    let kept = view.figure(Slot::Level).and_then(|figure| figure.interval);
    out.extend(of("p85").map(|value| level("p85", value, kept)));
    out.extend(of("p95").map(|value| level("p95", value, None)));
    out
}

/// Where `day` lies in `range`, from 0 to 1.
fn along(day: NaiveDate, range: Range) -> f64 {
    let whole = (range.to - range.from).num_days().max(1) as f64;
    (day - range.from).num_days() as f64 / whole
}

/// Mondays, or the first of months where there are many weeks.
fn labels(range: Range, screen: &Screen<'_>) -> Vec<(f64, String)> {
    let calendar = &screen.state.calendar;
    let months = range.days() > 200;
    let mut out = Vec::new();
    let mut day = range.from;
    while day <= range.to && out.len() < 400 {
        let is_tick = if months {
            day.day() == 1
        } else {
            day.weekday() == calendar.week_start
        };
        if is_tick {
            let text = if !months {
                words::day(day, calendar)
            } else if day.year() == calendar.today().year() {
                day.format("%b").to_string()
            } else {
                day.format("%b %Y").to_string()
            };
            out.push((along(day, range), text));
        }
        let Some(next) = day.checked_add_days(Days::new(1)) else {
            break;
        };
        day = next;
    }
    out
}
