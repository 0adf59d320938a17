//! The question whether to write a draft to a file.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::hand_out::Offered;
use crate::app::view::Outbox;
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::model::amount;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, fit_end, put, put_spans, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::popup;

/// Draws the question over `area`.
pub(super) fn draw(buf: &mut Buffer, area: Rect, offered: &Offered, screen: &Screen<'_>) {
    let wide = area.width.min(76);
    let room = usize::from(wide.saturating_sub(4));
    let cut = screen.theme.glyphs.cut;
    let mut lines: Vec<(Role, String)> = path(&screen.name(offered.path.as_str()), room)
        .into_iter()
        .map(|line| (Role::Title, line))
        .collect();
    let size = screen.number(amount::size(offered.text.len() as u64));
    let about = format!(
        "{size}: exactly the text behind this box. A new file for your account alone, not \
         encrypted. Whoever can read that folder can read it: backups and sync programs too."
    );
    lines.push((Role::Text, String::new()));
    lines.extend(
        wrap(&about, room, cut)
            .into_iter()
            .map(|line| (Role::Text, line)),
    );
    if let Some(said) = leaves(screen) {
        lines.extend(
            wrap(&said, room, cut)
                .into_iter()
                .map(|line| (Role::Worth, line)),
        );
    }
    let size = (wide, popup::height(lines.len() + 2));
    let inside = popup::open(buf, area, size, ("Write this file?", ""), screen);
    for (at, (role, line)) in lines.iter().enumerate() {
        put(buf, inside, (0, cells(at)), (line, screen.style(*role)));
    }
    let contexts = [Context::Popup, Context::List];
    let key = |action| screen.state.keymap.label(&contexts, action);
    let spans = [
        Span::new(key(Action::Open), screen.style(Role::Key)),
        Span::new(" write    ", screen.style(Role::Text)),
        Span::new(key(Action::Back), screen.style(Role::Key)),
        Span::new(" not", screen.style(Role::Text)),
    ];
    // The keys stay in sight where the text fills the screen.
    let row = cells(lines.len() + 1).min(inside.height.saturating_sub(1));
    put_spans(buf, inside, (0, row), &spans);
}

/// How a file in the outbox leaves this machine; `None` where nothing says that it does.
pub(super) fn leaves(screen: &Screen<'_>) -> Option<String> {
    let outbox = screen.state.facts.as_ref().map(|facts| &facts.outbox);
    match outbox {
        Some(Outbox::Folder { leaves, .. }) if !leaves.is_empty() => Some(format!(
            "The folder lies in {leaves}: the file leaves this machine."
        )),
        _ => None,
    }
}

/// A path in as many lines as it takes, broken where a folder ends if there is one.
pub(super) fn path(path: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in path.split_inclusive('/') {
        let part = fit_end(part, room, "");
        match lines.last_mut() {
            Some(last) if crate::ui::text::width(last) + crate::ui::text::width(&part) <= room => {
                last.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines
}
