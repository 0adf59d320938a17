//! The menu of measures for Trends, outcomes first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::look::Measure;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, put, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};

/// Draws the menu, as many measures as fit around the cursor.
pub(super) fn draw(buf: &mut Buffer, area: Rect, cursor: usize, screen: &Screen<'_>) {
    let total = Measure::ALL.len();
    let height = popup::height(total).min(area.height.saturating_sub(2));
    let inside = popup::open(buf, area, (60, height), ("Trends of", ""), screen);
    let chosen = screen.state.look.measure.place();
    for (at, position) in table::visible(cursor, total, inside).enumerate() {
        let line = rows(inside, cells(at), 1);
        screen.row_at(line, None, (position, cursor));
        let style = if position == cursor {
            screen.style(Role::Selected)
        } else {
            screen.style(Role::Text)
        };
        let mark = screen.theme.glyphs.marks[usize::from(position != chosen)];
        let text = format!("{mark} {}", Measure::ALL[position].title());
        let blank = usize::from(line.width).saturating_sub(width(&text));
        put(
            buf,
            line,
            (0, 0),
            (&format!("{text}{}", " ".repeat(blank)), style),
        );
    }
}
