//! Work: what did I do? The log.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{empty, rows as list_rows};
use crate::app::kinds::Kind;
use crate::ui::screen::Screen;
use crate::ui::text::{columns, fit, put, rows};
use crate::ui::theme::Role;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let list = &screen.state.work;
    let inset = columns(area, 1, area.width.saturating_sub(2));
    if list.typing.is_none() && list.filter.is_empty() {
        let used = put(buf, inset, (0, 0), ("Log", screen.style(Role::Title)));
        if screen.state.look.languages.is_some() {
            let text = "  tasks and reviews have no language: not listed";
            let room = usize::from(inset.width / 2);
            let text = fit(text, room, screen.theme.glyphs.cut);
            put(buf, inset, (used, 0), (&text, screen.style(Role::Muted)));
        } else if !list.kinds.is_all() {
            let kinds: Vec<_> = list.kinds.each().map(Kind::many).collect();
            let room = usize::from(inset.width / 2);
            let text = fit(&kinds.join(", "), room, screen.theme.glyphs.cut);
            let text = format!("  {text} alone");
            put(buf, inset, (used, 0), (&text, screen.style(Role::Text)));
        }
    }
    list_rows::heading(buf, rows(inset, 0, 1), (list, 6), screen);
    let body = rows(inset, 2, area.height.saturating_sub(2));
    if !empty::list(buf, body, list, screen) {
        list_rows::draw(buf, body, list, screen);
    }
}
