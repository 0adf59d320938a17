//! A titled box; the focused one is bold and has a mark in its title, so that it shows without
//! colour. The title keeps its own style: a block would lend it the border's.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Borders, Widget};

use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, columns, fit, put, put_spans, spans_width, width};
use crate::ui::theme::Role;

/// A box around a part of a page.
pub struct Panel<'a> {
    /// Its name.
    pub title: &'a str,
    /// Quiet words at the right end of the title line; whole or absent.
    pub note: Vec<Span>,
    /// It has the focus.
    pub focused: bool,
}

impl Panel<'_> {
    /// Draws the box and returns the room inside, with one free column at each side.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) -> Rect {
        let area = area.intersection(buf.area);
        if area.width < 6 || area.height < 2 {
            return Rect::ZERO;
        }
        let role = if self.focused {
            Role::Focus
        } else {
            Role::Border
        };
        Block::new()
            .borders(Borders::ALL)
            .border_set(screen.theme.glyphs.border)
            .border_style(screen.style(role))
            .render(area, buf);
        self.heading(buf, area, screen);
        Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width - 4,
            height: area.height - 2,
        }
    }

    fn heading(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let room = usize::from(area.width) - 4;
        let mark = if self.focused {
            format!("{} ", screen.theme.glyphs.cursor)
        } else {
            String::new()
        };
        let role = if self.focused {
            Role::Focus
        } else {
            Role::Title
        };
        let title = fit(self.title, room.saturating_sub(width(&mark) + 2), "");
        let spans = [
            Span::new(" ", screen.style(Role::Text)),
            Span::new(mark, screen.style(Role::Focus)),
            Span::new(title, screen.style(role)),
            Span::new(" ", screen.style(Role::Text)),
        ];
        let used = put_spans(buf, columns(area, 0, area.width - 1), (2, 0), &spans);
        let note = spans_width(&self.note);
        if note > 0 && spans_width(&spans) + note + 4 <= room {
            let at = (area.width - cells(note) - 4).max(used + 2);
            put(buf, area, (at, 0), (" ", screen.style(Role::Text)));
            let end = at + 1 + put_spans(buf, area, (at + 1, 0), &self.note);
            put(buf, area, (end, 0), (" ", screen.style(Role::Text)));
        }
    }
}
