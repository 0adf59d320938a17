//! Work: what did I do? The log.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{empty, rows as list_rows};
use crate::ui::screen::Screen;
use crate::ui::text::{columns, put, rows};
use crate::ui::theme::Role;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let list = &screen.state.work;
    let inset = columns(area, 1, area.width.saturating_sub(2));
    if list.typing.is_none() && list.filter.is_empty() {
        put(buf, inset, (0, 0), ("Log", screen.style(Role::Title)));
    }
    list_rows::heading(buf, rows(inset, 0, 1), (list, 6), screen);
    let body = rows(inset, 2, area.height.saturating_sub(2));
    if !empty::list(buf, body, list, screen) {
        list_rows::draw(buf, body, list, screen);
    }
}
