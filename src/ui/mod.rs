//! `draw(frame, &State, &Theme)`: pages place widgets, widgets draw figures. Nothing is computed
//! here but places on the screen, and nothing is changed.

pub mod graphics;
pub mod hits;
pub mod pages;
mod palette;
pub mod picture;
pub mod screen;
pub mod text;
pub mod theme;
pub mod widgets;
pub mod words;

use std::cell::RefCell;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::size::{SMALLEST, Tier};
use crate::app::state::State;
use hits::Hits;
use screen::Screen;
use text::{put, rows};
use theme::{Role, Theme};

/// Draws the whole screen.
pub fn draw(frame: &mut Frame<'_>, state: &State, theme: &Theme) {
    let area = frame.area();
    render(frame.buffer_mut(), area, state, theme);
}

/// Draws the whole screen into `area` of a buffer.
pub fn render(buf: &mut Buffer, area: Rect, state: &State, theme: &Theme) {
    paint(buf, area, (state, theme), None);
}

/// What the mouse can mean on a screen of this size. It is drawn once more, into nothing: where
/// things stand is told by what draws them, and no other frame pays for it.
pub fn hits(area: Rect, state: &State, theme: &Theme) -> Hits {
    let hits = RefCell::default();
    paint(&mut Buffer::empty(area), area, (state, theme), Some(&hits));
    hits.into_inner()
}

fn paint(
    buf: &mut Buffer,
    area: Rect,
    (state, theme): (&State, &Theme),
    hits: Option<&RefCell<Hits>>,
) {
    let area = area.intersection(buf.area);
    buf.set_style(area, theme.ground());
    let mut screen = Screen {
        state,
        theme,
        tier: Tier::of((area.width, area.height)),
        hits,
    };
    if state.cover.is_on() {
        pages::cover::draw(buf, area, &screen);
        return;
    }
    if screen.tier == Tier::TooSmall {
        too_small(buf, area, &screen);
        return;
    }
    // What lies under a dialog cannot be meant.
    if state.popup.is_some() {
        screen.hits = None;
    }
    // A small screen has no row to spare for air; the strip lies over its last row.
    let bar = if screen.tier == Tier::Numbers { 1 } else { 2 };
    widgets::page_bar::draw(buf, rows(area, 0, bar), &screen);
    let body = rows(area, bar, area.height.saturating_sub(2 * bar));
    pages::draw(buf, body, &screen);
    widgets::strip::draw(buf, rows(area, area.height - 2, 1), &screen);
    screen.hits = hits;
    widgets::footer::draw(buf, rows(area, area.height - 1, 1), &screen);
    pages::popups::draw(buf, area, &screen);
}

/// One line: what is needed, what there is, how to leave.
fn too_small(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let (columns, lines) = SMALLEST;
    let needs = format!("needs {columns}x{lines}");
    let has = format!("has {}x{}", area.width, area.height);
    let long = format!("{needs}, {has}{}q quits", screen.dot());
    let text = [long, format!("{needs}, {has}"), needs, "small".to_owned()]
        .into_iter()
        .find(|text| text::width(text) <= usize::from(area.width))
        .unwrap_or_default();
    let row = area.height.saturating_sub(1) / 2;
    let column = (usize::from(area.width) - text::width(&text).min(usize::from(area.width))) / 2;
    put(
        buf,
        area,
        (text::cells(column), row),
        (&text, screen.style(Role::Text)),
    );
}
