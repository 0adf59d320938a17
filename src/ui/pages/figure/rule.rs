//! What a figure means, and what is here for it: text that scrolls.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::explain::{self, LABEL};
use crate::app::view::Paragraph;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, columns};
use crate::ui::text::{cells, put, put_right, wrap};
use crate::ui::theme::Role;

/// A line of the text with the name of its paragraph, where it is the first.
struct Line {
    label: &'static str,
    text: String,
}

/// Draws the lines of `paragraphs` from line `scroll` on, as many as fit, and where more are.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    (paragraphs, scroll): (&[Paragraph], usize),
    screen: &Screen<'_>,
) {
    let height = usize::from(area.height);
    let lines = lines(
        paragraphs,
        usize::from(area.width.saturating_sub(LABEL)),
        screen,
    );
    let first = scroll.min(lines.len().saturating_sub(height));
    let shown = lines.iter().skip(first).take(height);
    for (at, line) in shown.enumerate() {
        let row = cells(at);
        put(buf, area, (0, row), (line.label, screen.style(Role::Title)));
        let text = (line.text.as_str(), screen.style(Role::Text));
        put(buf, columns(area, LABEL, area.width), (0, row), text);
    }
    position(buf, area, (first, lines.len()), screen);
}

/// `12 of 40`: the last line that is seen, of all; nothing when all are. It stands in the line of
/// faces, two rows above where there is air.
fn position(buf: &mut Buffer, area: Rect, (first, total): (usize, usize), screen: &Screen<'_>) {
    let height = usize::from(area.height);
    if total <= height {
        return;
    }
    let up = explain::top(screen.tier) - 2;
    let line = Rect {
        y: area.y.saturating_sub(up),
        height: 1,
        ..area
    };
    let text = format!("lines {}-{} of {total}", first + 1, first + height);
    put_right(buf, line, 0, &[Span::new(text, screen.style(Role::Muted))]);
}

fn lines(paragraphs: &[Paragraph], room: usize, screen: &Screen<'_>) -> Vec<Line> {
    let mut out = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 && explain::gap(paragraph, screen.tier) {
            out.push(Line {
                label: "",
                text: String::new(),
            });
        }
        let mut label = paragraph.label;
        for item in &paragraph.items {
            let text = if paragraph.figures {
                screen.number(item)
            } else {
                item.clone()
            };
            for text in wrap(&text, room, screen.theme.glyphs.cut) {
                out.push(Line { label, text });
                label = "";
            }
        }
    }
    out
}
