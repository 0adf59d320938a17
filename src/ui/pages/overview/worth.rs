//! `Worth a look`: work that grew old and records that end too early, each with its next step.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::panel;
use crate::app::view::PageView;
use crate::app::worth::{self, Worth};
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::model::figure::{Key, Unit};
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, put, put_spans, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::words;

/// Draws the panel.
pub(super) fn draw(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let focused = screen.state.focus() == panel::WORTH;
    let frame = Panel {
        title: "Worth a look",
        note: Vec::new(),
        focused,
    };
    let inside = frame.draw(buf, area, screen);
    screen.panel_at(area, panel::WORTH);
    if screen.state.blurred {
        return;
    }
    let room = usize::from(inside.width);
    let all = worth::of(screen.state, view);
    if all.is_empty() {
        let said = wrap(
            "Nothing waits unusually long, and the records are fresh.",
            room,
            "",
        );
        for (row, line) in (0..).zip(&said) {
            put(buf, inside, (0, row), (line, screen.style(Role::Muted)));
        }
        return;
    }
    let mut row = 0;
    let shown = usize::from(inside.height);
    for (at, one) in all.iter().enumerate() {
        let (name, text) = say(*one, view, screen);
        let chosen = focused && at == screen.state.cursors.worth;
        let role = if chosen { Role::Selected } else { Role::Worth };
        let lines = wrap(&text, room.saturating_sub(width(&name) + 2).max(1), "");
        // The last row says how many there was no room for.
        let rest = all.len() - at;
        if usize::from(row) + lines.len() + usize::from(rest > 1) > shown && rest > 1 {
            let more = format!("{rest} more");
            put(buf, inside, (0, row), (&more, screen.style(Role::Muted)));
            return;
        }
        let place = rows(inside, row, cells(lines.len()));
        let cursor = screen.state.cursors.worth;
        screen.row_at(place, Some(panel::WORTH), (at, cursor));
        let indent = cells(width(&name) + 2);
        put_spans(
            buf,
            inside,
            (0, row),
            &[Span::new(name, screen.style(role))],
        );
        for line in &lines {
            put(buf, inside, (indent, row), (line, screen.style(Role::Text)));
            row += 1;
        }
    }
}

/// What it is about, and what there is to say of it.
fn say(one: Worth, view: &PageView, screen: &Screen<'_>) -> (String, String) {
    let calendar = &screen.state.calendar;
    match one {
        Worth::Aging(old) => {
            let age = screen.value(old.age, Unit::Seconds);
            let p85 = screen.value(old.p85, Unit::Seconds);
            let name = screen.part(Key::Task(old.task), &view.labels);
            (
                name,
                format!("open for {age}; 85% of finished tasks took at most {p85}"),
            )
        }
        Worth::TasksEnd(day) => {
            let day = screen.number(words::weekday(day, calendar));
            (
                "Tasks".to_owned(),
                format!("are known to {day}; a newer export tells the rest"),
            )
        }
        Worth::Unread(days) => {
            let days = screen.number(days.to_string());
            let key = screen.state.keymap.label(&[Context::Page], Action::Rescan);
            (
                "Repositories".to_owned(),
                format!("were read {days} days ago; {key} reads what is new"),
            )
        }
    }
}
