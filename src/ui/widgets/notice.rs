//! Words in the middle of an empty panel: what is missing, why, and the key that helps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, put_spans, spans_width, width, wrap};
use crate::ui::theme::Role;

/// What is said.
pub struct Notice<'a> {
    /// The plain fact.
    pub fact: &'a str,
    /// Why, or what follows; may be empty.
    pub more: &'a str,
    /// What to press next, each with its words.
    pub keys: &'a [(Action, &'a str)],
    /// How the fact is meant.
    pub role: Role,
}

impl Notice<'_> {
    /// Draws the words in the middle of `area`; the fact first, when there is little room.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        let room = usize::from(area.width).saturating_sub(2).min(72);
        let cut = screen.theme.glyphs.cut;
        let mut lines: Vec<Vec<Span>> = Vec::new();
        let text = |role, lines: Vec<String>| {
            lines
                .into_iter()
                .map(move |line| vec![Span::new(line, screen.style(role))])
        };
        lines.extend(text(self.role, wrap(self.fact, room, cut)));
        lines.extend(text(Role::Muted, wrap(self.more, room, cut)));
        let keys = self.keys(screen, room);
        if !keys.is_empty() && usize::from(area.height) > lines.len() + keys.len() {
            lines.push(Vec::new());
        }
        lines.extend(keys);
        lines.truncate(usize::from(area.height));
        let top = area.height.saturating_sub(cells(lines.len())) / 2;
        for (row, spans) in lines.iter().enumerate() {
            let left = area.width.saturating_sub(cells(spans_width(spans))) / 2;
            put_spans(buf, area, (left, top + cells(row)), spans);
        }
    }

    /// The keys in one line when they fit, else one a line.
    fn keys(&self, screen: &Screen<'_>, room: usize) -> Vec<Vec<Span>> {
        let contexts = [Context::Page, Context::List, Context::Always];
        let mut all: Vec<Vec<Span>> = Vec::new();
        for (action, words) in self.keys {
            let key = screen.state.keymap.label(&contexts, *action);
            if !key.is_empty() && width(&key) + width(words) < room {
                all.push(vec![
                    Span::new(key, screen.style(Role::Key)),
                    Span::new(format!(" {words}"), screen.style(Role::Text)),
                ]);
            }
        }
        let one: Vec<Span> = all
            .join(&Span::new("   ", screen.style(Role::Text)))
            .into_iter()
            .collect();
        if spans_width(&one) <= room && !one.is_empty() {
            return vec![one];
        }
        all
    }
}
