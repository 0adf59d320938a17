//! The cover: a quiet screen that is the same whatever lies under it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, put_spans, spans_width};
use crate::ui::theme::Role;

/// Draws the cover into `area`. It reads nothing of the record, not even how much there is.
pub(in crate::ui) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    Clear.render(area, buf);
    buf.set_style(area, screen.theme.ground());
    let name = vec![Span::new("inward", screen.style(Role::Title))];
    let room = usize::from(area.width);
    let Some(keys) = keys(screen)
        .into_iter()
        .find(|line| spans_width(line) <= room)
    else {
        return;
    };
    // On the smallest screens the keys alone: they are what one has to know.
    let lines = if area.height < 3 {
        vec![keys]
    } else {
        vec![name, Vec::new(), keys]
    };
    let top = (area.height - cells(lines.len()).min(area.height)) / 2;
    for (line, row) in lines.iter().zip(top..) {
        let left = (area.width - cells(spans_width(line)).min(area.width)) / 2;
        put_spans(buf, area, (left, row), line);
    }
}

/// The keys that uncover, the longest wording first.
fn keys(screen: &Screen<'_>) -> [Vec<Span>; 3] {
    let muted = screen.style(Role::Muted);
    let key = |action| {
        let key = screen.state.keymap.label(&[Context::Cover], action);
        Span::new(key, screen.style(Role::Key))
    };
    let word = |text: &str| Span::new(text, muted);
    let (cover, back) = (key(Action::Cover), key(Action::Back));
    [
        vec![
            word("covered   "),
            cover.clone(),
            word(" or "),
            back.clone(),
            word(" uncovers"),
        ],
        vec![cover, word(" uncovers")],
        vec![back],
    ]
}
