//! The menu of kinds for the log.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::kinds::{Kind, KindPick};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, put, rows};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};

/// Draws the menu.
pub(super) fn draw(buf: &mut Buffer, area: Rect, pick: &KindPick, screen: &Screen<'_>) {
    let total = Kind::ALL.len() + 1;
    let height = popup::height(total).min(area.height.saturating_sub(2));
    let inside = popup::open(buf, area, (40, height), ("List", ""), screen);
    for (row, at) in table::visible(pick.cursor, total, inside).enumerate() {
        let line = rows(inside, cells(row), 1);
        screen.row_at(line, None, (at, pick.cursor));
        let style = screen.style(if at == pick.cursor {
            Role::Selected
        } else {
            Role::Text
        });
        let name = match at.checked_sub(1).and_then(|at| Kind::ALL.get(at)) {
            Some(kind) => kind.many(),
            None => "everything",
        };
        let mark = screen.theme.glyphs.marks[usize::from(!pick.marks(at))];
        let blank = " ".repeat(usize::from(line.width));
        put(buf, line, (0, 0), (&blank, style));
        put(buf, line, (0, 0), (&format!("{mark} {name}"), style));
    }
}
