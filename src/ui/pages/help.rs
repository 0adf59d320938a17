//! The help overlay: this screen's keys first; the line under the cursor can be run.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::help::{self, Line};
use crate::app::popup::HelpList;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, fit, put, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};

/// Draws the overlay.
pub(super) fn draw(buf: &mut Buffer, area: Rect, list: &HelpList, screen: &Screen<'_>) {
    let size = (84, area.height.saturating_sub(4).max(10));
    let inside = popup::open(buf, area, size, ("Keys", "/ filter, Enter runs"), screen);
    let lines = help::lines(screen.state, list.filter.text());
    let filtered = list.typing || !list.filter.text().is_empty();
    let top = if filtered {
        popup::input(buf, inside, 0, ("/ ", &list.filter), screen);
        2
    } else {
        0
    };
    let body = rows(inside, top, inside.height.saturating_sub(top));
    if lines.is_empty() {
        put(
            buf,
            body,
            (0, 0),
            ("No key matches.", screen.style(Role::Muted)),
        );
        return;
    }
    let cursor = line_of(&lines, list.cursor);
    let keys = lines
        .iter()
        .map(|line| match line {
            Line::Action { keys, .. } => width(keys),
            Line::Heading(_) => 0,
        })
        .max()
        .unwrap_or(0)
        .min(usize::from(body.width) / 4);
    for (at, position) in table::visible(cursor, lines.len(), body).enumerate() {
        let row = rows(body, cells(at), 1);
        let before = lines[..position].iter();
        let place = before.filter(|line| matches!(line, Line::Action { .. }));
        if matches!(lines[position], Line::Action { .. }) {
            screen.row_at(row, None, (place.count(), list.cursor));
        }
        match &lines[position] {
            Line::Heading(title) => {
                put(buf, row, (0, 0), (title, screen.style(Role::Title)));
            }
            Line::Action {
                action,
                keys: label,
            } => {
                let chosen = position == cursor;
                let (key, text) = if chosen {
                    (Role::Selected, Role::Selected)
                } else {
                    (Role::Key, Role::Text)
                };
                if chosen {
                    let blank = " ".repeat(usize::from(row.width));
                    put(buf, row, (0, 0), (&blank, screen.style(text)));
                }
                let label = match label.split_once(' ') {
                    // Of several keys the first is enough.
                    Some((first, _)) if width(label) > keys => first.to_owned(),
                    _ => fit(label, keys, screen.theme.glyphs.cut),
                };
                put(buf, row, (2, 0), (&label, screen.style(key)));
                let at = cells(keys + 4);
                let room = usize::from(row.width.saturating_sub(at));
                let help = fit(action.help(), room, screen.theme.glyphs.cut);
                put(buf, row, (at, 0), (&help, screen.style(text)));
            }
        }
    }
}

/// The line that shows action number `cursor`.
fn line_of(lines: &[Line], cursor: usize) -> usize {
    lines
        .iter()
        .enumerate()
        .filter(|(_, line)| matches!(line, Line::Action { .. }))
        .nth(cursor)
        .map_or(0, |(at, _)| at)
}
