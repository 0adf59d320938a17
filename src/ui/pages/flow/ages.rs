//! Tasks in progress, the oldest first, beside how long finished ones took.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{fitting, has_focus, missing, stage_name};
use crate::app::effect::Slot;
use crate::app::flow::{self, Panel as Which};
use crate::app::view::PageView;
use crate::model::figure::{Figure, Key, Point};
use crate::model::stage::Stage;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, columns, fit, put, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::{reach, table};
use crate::ui::words;

/// Draws the panel.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let figure = view.figure(Slot::Ages);
    let focused = has_focus(Which::Ages, screen);
    let open: Vec<Point> = figure
        .map(|figure| flow::tasks(figure).copied().collect())
        .unwrap_or_default();
    let marks = figure.map(marks).unwrap_or_default();
    let title = match open.len() {
        0 => "In progress by age".to_owned(),
        n if screen.state.blurred => format!("In progress by age{}", screen.clause(n.to_string())),
        n => format!("In progress by age, {}", words::count(n as u64)),
    };
    let panel = Panel {
        title: &title,
        note: legend(&marks, (&title, area.width), screen),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    if open.is_empty() {
        missing::open(buf, inside, (view, figure), screen);
        return;
    }
    let cursor = flow::cursor(screen.state, Which::Ages).unwrap_or(0);
    let wide = Columns::of(inside.width, (view, &open), screen);
    let oldest = open.iter().filter_map(|point| point.value);
    let scale = scale(oldest.fold(0.0, f64::max), &marks);
    for (at, place) in table::visible(cursor, open.len(), inside).enumerate() {
        let line = rows(inside, cells(at), 1);
        screen.row_at(line, Some(Which::Ages as usize), (place, cursor));
        let chosen = focused && place == cursor;
        let row = (&open[place], chosen);
        draw_row(buf, line, (view, row), (&wide, &marks, scale), screen);
    }
}

/// The percentiles of finished tasks: `p50`, `p85`, with their days.
fn marks(figure: &Figure) -> Vec<(&'static str, f64)> {
    let of = |name: &'static str| {
        let found = figure.points.iter();
        let found = found.clone().find(|point| point.key == Key::Name(name));
        found.and_then(|point| point.value)
    };
    let both = [("p50", of("p50 finished")), ("p85", of("p85 finished"))];
    both.into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

/// The age at the right end of the bars: all of the limits can be seen, and one very old task does
/// not make the others dots.
fn scale(oldest: f64, marks: &[(&str, f64)]) -> f64 {
    let last = marks.iter().map(|mark| mark.1).fold(0.0, f64::max);
    if last > 0.0 {
        oldest.clamp(last * 1.5, last * 4.0)
    } else {
        oldest
    }
}

/// `╎ p50 2d  ╎ p85 7d`
fn legend(
    marks: &[(&'static str, f64)],
    (title, wide): (&str, u16),
    screen: &Screen<'_>,
) -> Vec<Span> {
    let limit = screen.theme.glyphs.limit;
    let one = |(name, value): &(&str, f64)| format!("{limit} {name} {}", words::duration(*value));
    let all: Vec<String> = marks.iter().map(one).collect();
    let long = screen.clause(format!("{} of finished", all.join("  ")));
    let short = screen.clause(all.join("  "));
    if marks.is_empty() {
        return screen.note("");
    }
    screen.note(&fitting(title, wide, &[long, short]))
}

/// The columns that fit.
struct Columns {
    key: u16,
    title: u16,
    stage: u16,
    bar: u16,
}

/// Columns of an age and of the word beside the bar, gaps included.
const AGE: u16 = 6;
const WORD: u16 = 5;

impl Columns {
    fn of(wide: u16, (view, open): (&PageView, &[Point]), screen: &Screen<'_>) -> Self {
        let keys = open
            .iter()
            .map(|point| width(&screen.part(point.key, &view.labels)));
        let key = cells(keys.max().unwrap_or(4)).min(if wide >= 50 { 14 } else { 10 }) + 1;
        let stage = if wide >= 44 { 8 } else { 0 };
        let rest = wide.saturating_sub(2 + key + stage + AGE + WORD);
        let bar = (rest * 2 / 5).clamp(8, 40).min(rest);
        let title = if rest >= bar + 8 { rest - bar } else { 0 };
        let bar = if title == 0 { rest } else { bar };
        Self {
            key,
            title,
            stage,
            bar,
        }
    }
}

/// A stage in a narrow column.
fn short(stage: Option<Stage>) -> &'static str {
    match stage {
        Some(Stage::InProgress) => "Doing",
        Some(Stage::InReview) => "Review",
        Some(stage) => stage_name(stage),
        None => "",
    }
}

fn draw_row(
    buf: &mut Buffer,
    area: Rect,
    (view, (point, chosen)): (&PageView, (&Point, bool)),
    (wide, marks, scale): (&Columns, &[(&'static str, f64)], f64),
    screen: &Screen<'_>,
) {
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    let cut = screen.theme.glyphs.cut;
    let bar_at = 2 + wide.key + wide.title + wide.stage + AGE;
    if chosen {
        let blank = " ".repeat(usize::from(bar_at.min(area.width).saturating_sub(1)));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
        let mark = screen.theme.glyphs.cursor;
        put(buf, area, (0, 0), (mark, style(Role::Text)));
    }
    let Key::Task(place) = point.key else { return };
    let note = view.told.tasks.get(&place);
    let key = screen.part(point.key, &view.labels);
    let key = fit(&key, usize::from(wide.key - 1), cut);
    put(buf, area, (2, 0), (&key, style(Role::Series)));
    if wide.title > 2 {
        let title = note.map(|note| note.title.as_str()).unwrap_or_default();
        let title = if title.is_empty() {
            String::new()
        } else {
            screen.name(title)
        };
        let title = fit(&title, usize::from(wide.title - 1), cut);
        put(buf, area, (2 + wide.key, 0), (&title, style(Role::Text)));
    }
    if wide.stage > 0 {
        let stage = screen.clause(short(note.and_then(|note| note.stage)));
        let at = 2 + wide.key + wide.title;
        put(buf, area, (at, 0), (&stage, style(Role::Muted)));
    }
    let seconds = point.value.unwrap_or(0.0);
    let age = screen.number(words::duration(seconds));
    let at = (bar_at - 1).saturating_sub(cells(width(&age)));
    put(buf, area, (at, 0), (&age, style(Role::Title)));
    let over = marks.iter().rev().find(|mark| seconds > mark.1);
    let worth = over.is_some_and(|mark| mark.0 == "p85");
    let limits: Vec<f64> = marks.iter().map(|mark| mark.1).collect();
    let room = columns(area, bar_at, wide.bar);
    reach::against(buf, room, (seconds, scale, worth), &limits, screen);
    if let Some((name, _)) = over.filter(|_| !screen.state.blurred) {
        let role = if worth { Role::Worth } else { Role::Muted };
        let at = area.width.saturating_sub(WORD - 1);
        put(
            buf,
            area,
            (at, 0),
            (&format!(">{name}"), screen.style(role)),
        );
    }
}
