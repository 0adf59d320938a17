//! The dialog that corrects facts of a task: what holds, what the export says, the new value.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::correct::{Correcting, FactLine, shown, subject};
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::model::choice::Fact;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, fit, put, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::popup;

/// Columns of a fact's name.
const NAME: u16 = 9;
/// Rows for what is accepted, or for what was wrong.
const HELP: usize = 3;

/// Draws the dialog over `area`.
pub(super) fn draw(buf: &mut Buffer, area: Rect, dialog: &Correcting, screen: &Screen<'_>) {
    let title = match subject(screen.state) {
        Some(view) => format!("Correct {}", screen.name(view.key.as_str())),
        None => "Correct".to_owned(),
    };
    let high = popup::height(Fact::ALL.len() + 1 + HELP);
    let inside = popup::open(buf, area, (area.width.min(66), high), (&title, ""), screen);
    let Some(view) = subject(screen.state) else {
        let said = screen.style(Role::Muted);
        put(
            buf,
            inside,
            (0, 0),
            (&format!("reading{}", screen.theme.glyphs.cut), said),
        );
        return;
    };
    for (at, line) in view.correctable.iter().enumerate() {
        let area = rows(inside, cells(at), 1);
        match &dialog.field {
            Some(field) if at == dialog.cursor && !dialog.on_reason => {
                let name = format!("{:<1$}", line.fact().as_str(), usize::from(NAME));
                popup::input(buf, area, 0, (&name, field), screen);
            }
            Some(field) if at == dialog.cursor => {
                let name = line.fact().as_str();
                let text = value(field.text().to_owned(), line.fact(), screen);
                typed(buf, area, (name, &text), screen);
            }
            _ => fact(buf, area, (line, at == dialog.cursor), screen),
        }
    }
    if dialog.field.is_some() {
        let line = rows(inside, cells(Fact::ALL.len()), 1);
        reason(buf, line, dialog, screen);
    }
    let chosen = view.correctable.get(dialog.cursor);
    let (text, role) = match (&dialog.problem, chosen) {
        (Some(problem), _) => (problem.clone(), Role::Failed),
        (None, Some(line)) => (accepted(line, screen), Role::Muted),
        (None, None) => return,
    };
    let below = rows(inside, cells(Fact::ALL.len() + 1), cells(HELP));
    let text = wrap(&text, usize::from(below.width), screen.theme.glyphs.cut);
    for (at, line) in text.iter().take(HELP).enumerate() {
        put(buf, below, (0, cells(at)), (line, screen.style(role)));
    }
}

/// `reason   ` and what is typed, or the key that goes there.
fn reason(buf: &mut Buffer, area: Rect, dialog: &Correcting, screen: &Screen<'_>) {
    if dialog.on_reason {
        let name = format!("{:<1$}", "reason", usize::from(NAME));
        return popup::input(buf, area, 0, (&name, &dialog.reason), screen);
    }
    let down = screen.state.keymap.label(&[Context::Text], Action::Down);
    let text = match dialog.reason.text() {
        "" => format!("{down} types one; it may stay empty"),
        text => screen.name(text),
    };
    typed(buf, area, ("reason", &text), screen);
}

/// A field without the focus.
fn typed(buf: &mut Buffer, area: Rect, (name, text): (&str, &str), screen: &Screen<'_>) {
    let style = screen.style(Role::Muted);
    put(buf, area, (0, 0), (name, style));
    let room = usize::from(area.width.saturating_sub(NAME));
    let text = fit(text, room, screen.theme.glyphs.cut);
    put(buf, area, (NAME, 0), (&text, style));
}

/// `started  2026-03-05 14:00   the export says 2026-03-01`
fn fact(buf: &mut Buffer, area: Rect, (line, chosen): (&FactLine, bool), screen: &Screen<'_>) {
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    let blank = " ".repeat(usize::from(area.width));
    put(buf, area, (0, 0), (&blank, style(Role::Text)));
    put(
        buf,
        area,
        (0, 0),
        (line.fact().as_str(), style(Role::Muted)),
    );
    let cut = screen.theme.glyphs.cut;
    let now = value(shown(line.now()), line.fact(), screen);
    let room = usize::from(area.width.saturating_sub(NAME));
    let now = fit(&now, room, cut);
    put(buf, area, (NAME, 0), (&now, style(Role::Text)));
    if line.corrected.is_some() {
        let said = value(shown(&line.exported), line.fact(), screen);
        let at = NAME + cells(width(&now)) + 2;
        let room = usize::from(area.width.saturating_sub(at));
        let said = fit(&format!("the export says {said}"), room, cut);
        put(buf, area, (at, 0), (&said, style(Role::Muted)));
    }
}

/// The value as it may be seen: names under their cover, the others as figures.
fn value(text: String, fact: Fact, screen: &Screen<'_>) -> String {
    match fact {
        Fact::Project => screen.name(&text),
        _ => screen.number(text),
    }
}

/// What can be typed for the fact.
fn accepted(line: &FactLine, screen: &Screen<'_>) -> String {
    let what = match line.fact() {
        Fact::Created | Fact::Started | Fact::Done => {
            "a day (2026-03-05), a time (2026-03-05T14:00), or none"
        }
        Fact::Kind => "task, bug, story, epic, subtask or pr",
        Fact::Project => "a name, or none",
    };
    let said = value(shown(&line.exported), line.fact(), screen);
    format!("{what}; nothing at all takes what the export says: {said}")
}
