//! What to know when someone asks for the record, over any page.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::pressure;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, put};
use crate::ui::theme::Role;
use crate::ui::widgets::popup;

/// Draws the text from line `at` on.
pub(super) fn draw(buf: &mut Buffer, area: Rect, at: usize, screen: &Screen<'_>) {
    let size = screen.state.size;
    let all = pressure::lines(size);
    let last = pressure::farthest(size);
    let note = match (at < last, last) {
        (_, 0) => "",
        (true, _) => "more below",
        (false, _) => "the end",
    };
    let inside = popup::open(
        buf,
        area,
        pressure::size(size),
        ("Someone asks", note),
        screen,
    );
    let seen = usize::from(inside.height);
    for (row, line) in all.iter().skip(at.min(last)).take(seen).enumerate() {
        let role = if line.heading {
            Role::Title
        } else {
            Role::Text
        };
        put(
            buf,
            inside,
            (0, cells(row)),
            (&line.text, screen.style(role)),
        );
    }
}
