//! The line above the footer: what just happened, or that nothing is written yet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::popup::Popup;
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, fit, put_spans, width};
use crate::ui::theme::Role;

/// Draws the strip into the first row of `area`, over whatever is there; nothing when there is
/// nothing to say.
pub fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let state = screen.state;
    let contexts = [Context::Page, Context::List];
    let key = |action| state.keymap.label(&contexts, action);
    let room = usize::from(area.width).saturating_sub(2);
    if let Some(toast) = state.toasts.shown() {
        let (role, after) = if toast.failed {
            (
                Role::Failed,
                format!("   {} closes this", key(Action::Back)),
            )
        } else {
            (Role::Text, String::new())
        };
        let text = if state.blurred {
            screen.name("")
        } else {
            let room = room.saturating_sub(width(&after) + 2);
            fit(toast.text.as_str(), room, screen.theme.glyphs.cut)
        };
        let mark = format!(" {} ", screen.theme.glyphs.cursor);
        clear(buf, area, screen);
        let spans = [
            Span::new(mark, screen.style(role)),
            Span::new(text, screen.style(role)),
            Span::new(after, screen.style(Role::Muted)),
        ];
        put_spans(buf, area, (0, 0), &spans);
    } else if state.is_unkept() && state.keep_asked && !matches!(state.popup, Some(Popup::Keep)) {
        clear(buf, area, screen);
        let spans = [
            Span::new(
                " In memory only, nothing is written.  ",
                screen.style(Role::Muted),
            ),
            Span::new(key(Action::Keep), screen.style(Role::Key)),
            Span::new(" keep", screen.style(Role::Muted)),
        ];
        put_spans(buf, area, (0, 0), &spans);
    }
}

fn clear(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let blank = " ".repeat(usize::from(area.width));
    let style = screen.style(Role::Text);
    crate::ui::text::put(buf, area, (0, 0), (&blank, style));
}
