//! An opened table: its columns in plain words.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::privacy::draw_line;
use crate::app::privacy::TableDetail;
use crate::app::privacy::columns as seen;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, columns, put, put_right, put_spans, rows};
use crate::ui::theme::Role;

/// Draws the detail.
pub(super) fn draw(buf: &mut Buffer, area: Rect, detail: &TableDetail, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let into = format!("Privacy {} ", screen.theme.glyphs.into);
    let spans = [
        Span::new(into, screen.style(Role::Muted)),
        Span::new(detail.table.name, screen.style(Role::Title)),
    ];
    put_spans(buf, inset, (0, 0), &spans);
    let top = seen::top(screen.tier);
    let body = rows(inset, top, inset.height.saturating_sub(top));
    if screen.state.blurred {
        let said = screen.covered();
        put(buf, body, (0, 0), (&said, screen.style(Role::Covered)));
        return;
    }
    let (wide, high) = seen::room(screen.state.size);
    let all = seen::lines(&detail.table.rows, wide);
    let first = detail.scroll.min(all.len().saturating_sub(high));
    for (row, line) in all.iter().skip(first).take(high).enumerate() {
        let area = columns(rows(body, cells(row), 1), 0, cells(wide));
        draw_line(buf, area, (line, false), screen);
    }
    if all.len() > high {
        let said = format!("lines {}-{} of {}", first + 1, first + high, all.len());
        put_right(buf, inset, 0, &[Span::new(said, screen.style(Role::Muted))]);
    }
}
