//! What lies ahead, in sentences.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{has_focus, missing};
use crate::app::effect::Slot;
use crate::app::flow::{self, Panel as Which};
use crate::app::view::PageView;
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::model::figure::Verdict;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, put, put_spans, rows, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;

/// Draws the panel.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let focused = has_focus(Which::Ahead, screen);
    let panel = Panel {
        title: "When will it be done",
        note: screen.note("a forecast, no promise"),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    if view.told.ahead.is_empty() {
        let figure = view.figure(Slot::Forecast);
        missing::panel(buf, inside, (view, figure), "finished task", screen);
        return;
    }
    if screen.state.blurred {
        let covered = screen.covered();
        put(buf, inside, (0, 0), (&covered, screen.style(Role::Muted)));
        return;
    }
    let weeks = view.figure(Slot::Forecast).map(|figure| &figure.verdict);
    if matches!(weeks, Some(Verdict::TooFewWeeks { .. })) {
        let last = rows(inside, inside.height.saturating_sub(1), 1);
        let key = screen.state.keymap.label(&[Context::Page], Action::ZoomOut);
        let spans = [
            Span::new(key, screen.style(Role::Key)),
            Span::new(" more weeks", screen.style(Role::Text)),
        ];
        put_spans(buf, last, (2, 0), &spans);
    }
    let cursor = flow::cursor(screen.state, Which::Ahead).filter(|_| focused);
    let room = usize::from(inside.width.saturating_sub(2));
    let mut row = 0;
    for (at, sentence) in view.told.ahead.iter().enumerate() {
        if cursor == Some(at) {
            let mark = screen.theme.glyphs.cursor;
            put(buf, inside, (0, row), (mark, screen.style(Role::Focus)));
        }
        let role = if at == 0 { Role::Text } else { Role::Muted };
        let lines = wrap(sentence, room, screen.theme.glyphs.cut);
        let here = flow::cursor(screen.state, Which::Ahead).unwrap_or(0);
        let place = rows(inside, row, cells(lines.len()));
        screen.row_at(place, Some(Which::Ahead as usize), (at, here));
        for line in lines {
            put(buf, inside, (2, row), (&line, screen.style(role)));
            row += 1;
        }
        // Air between the two, where both fit with it.
        row += u16::from(inside.height > cells(view.told.ahead.len()) * 4);
    }
}
