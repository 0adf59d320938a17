//! A box of words over the page: what is going on, what came of it, a text to be read.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::screen::Screen;
use crate::ui::text::{cells, put, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::popup;

/// Draws a box called `title` that holds `texts`, each in its role and folded to the box.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    (title, texts): (&str, &[(Role, String)]),
    screen: &Screen<'_>,
) {
    let wide = area.width.min(76);
    let room = usize::from(wide.saturating_sub(4));
    let lines: Vec<(Role, String)> = texts
        .iter()
        .flat_map(|(role, text)| {
            let lines = wrap(text, room, screen.theme.glyphs.cut);
            lines.into_iter().map(|line| (*role, line))
        })
        .collect();
    let size = (wide, popup::height(lines.len()));
    let inside = popup::open(buf, area, size, (title, ""), screen);
    for (row, (role, line)) in lines.iter().enumerate() {
        put(buf, inside, (0, cells(row)), (line, screen.style(*role)));
    }
}
