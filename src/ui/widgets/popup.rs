//! A box over the page, and a line of text being typed in it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::{Clear, Widget};

use super::panel::Panel;
use crate::app::field::Field;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, put, width};
use crate::ui::theme::Role;

/// Clears the middle of `area`, draws a box of at most `size` there and returns its inside.
pub fn open(
    buf: &mut Buffer,
    area: Rect,
    size: (u16, u16),
    (title, note): (&str, &str),
    screen: &Screen<'_>,
) -> Rect {
    let size = (size.0.min(area.width), size.1.min(area.height));
    let place = area.centered(Constraint::Length(size.0), Constraint::Length(size.1));
    Clear.render(place.intersection(buf.area), buf);
    // A wide letter that reached into the box would be drawn over its border.
    if let Some(left) = place.x.checked_sub(1) {
        for y in place.top()..place.bottom().min(buf.area.bottom()) {
            if let Some(cell) = buf
                .cell_mut((left, y))
                .filter(|cell| width(cell.symbol()) > 1)
            {
                cell.set_symbol(" ");
            }
        }
    }
    buf.set_style(place.intersection(buf.area), screen.theme.ground());
    let panel = Panel {
        title,
        note: screen.note(note),
        focused: true,
    };
    panel.draw(buf, place, screen)
}

/// Draws `field` behind `prompt` in row `row` of `area`, with its cursor. A text longer than the
/// room shows its end before the cursor.
pub fn input(
    buf: &mut Buffer,
    area: Rect,
    row: u16,
    (prompt, field): (&str, &Field),
    screen: &Screen<'_>,
) {
    let used = put(buf, area, (0, row), (prompt, screen.style(Role::Key)));
    let caret = screen.theme.glyphs.caret;
    let room = usize::from(area.width.saturating_sub(used)).saturating_sub(width(caret));
    let before: String = field.text().chars().take(field.cursor()).collect();
    let after: String = field.text().chars().skip(field.cursor()).collect();
    let mut start = before.as_str();
    while width(start) > room {
        let mut rest = start.chars();
        rest.next();
        start = rest.as_str();
    }
    let text = screen.style(Role::Text);
    let mut column = used + put(buf, area, (used, row), (start, text));
    column += put(buf, area, (column, row), (caret, screen.style(Role::Focus)));
    let left = usize::from(area.width).saturating_sub(usize::from(column));
    if left > 0 {
        put(buf, area, (column, row), (&after, text));
    }
}

/// A height that holds `lines` lines and the box.
pub fn height(lines: usize) -> u16 {
    cells(lines + 2)
}
