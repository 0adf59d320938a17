//! The field for a note: what it is about, the words, the mark.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::note::{Of, Subject, Typed};
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, put, put_right, put_spans, rows, spans_width, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::popup;
use crate::ui::words;

/// Rows of the words; more of them scroll.
const WORDS: usize = 4;

/// Draws the field over `area`.
pub(super) fn draw(buf: &mut Buffer, area: Rect, typed: &Typed, screen: &Screen<'_>) {
    let wide = area.width.min(70);
    let title = title(&typed.about, screen);
    let size = (wide, popup::height(WORDS + 2));
    let inside = popup::open(buf, area, size, (&title, ""), screen);
    field(buf, rows(inside, 0, cells(WORDS)), typed, screen);
    let last = cells(WORDS + 1);
    if let Some(problem) = &typed.problem {
        let room = usize::from(inside.width);
        let line = wrap(problem, room, screen.theme.glyphs.cut);
        let text = line.first().map_or("", String::as_str);
        put(
            buf,
            inside,
            (0, last - 1),
            (text, screen.style(Role::Failed)),
        );
    }
    keys(buf, rows(inside, last, 1), typed.impact, screen);
}

/// The mark at the left, at the right what keeps the note and what does not.
fn keys(buf: &mut Buffer, area: Rect, impact: bool, screen: &Screen<'_>) {
    let mark = screen.theme.glyphs.marks[usize::from(!impact)];
    let key = |action| {
        let label = screen.state.keymap.label(&[Context::Text], action);
        Span::new(label, screen.style(Role::Key))
    };
    let word = |text: &str| Span::new(text, screen.style(Role::Muted));
    let right = [
        key(Action::Accept),
        word(" keep   "),
        key(Action::Cancel),
        word(" not"),
    ];
    let mut left = vec![
        Span::new(format!("{mark} "), screen.style(Role::Text)),
        key(Action::Impact),
        word(" impact"),
    ];
    let more = word(": it mattered to others");
    let used = spans_width(&left) + spans_width(&right) + spans_width(std::slice::from_ref(&more));
    if used + 3 <= usize::from(area.width) {
        left.push(more);
    }
    put_spans(buf, area, (0, 0), &left);
    put_right(buf, area, 0, &right);
}

/// `Note on ING-7, Fri 20 Nov`
fn title(about: &Subject, screen: &Screen<'_>) -> String {
    let calendar = &screen.state.calendar;
    let days = if about.days.days() == 1 {
        words::weekday(about.days.from, calendar)
    } else {
        words::range(about.days, calendar)
    };
    match about.of {
        Of::Days => format!("Note on {days}"),
        Of::Commit(_) | Of::Task(_) | Of::Repository(_) => {
            format!("Note on {}, {days}", screen.name(about.name.as_str()))
        }
    }
}

/// The words in lines, the caret among them; of many lines those around the caret.
fn field(buf: &mut Buffer, area: Rect, typed: &Typed, screen: &Screen<'_>) {
    let room = usize::from(area.width).max(1);
    let caret = screen.theme.glyphs.caret;
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    let mut caret_at = 0;
    let text = screen.style(Role::Text);
    let field = &typed.field;
    let letters = field.text().chars().map(|c| (c.to_string(), text));
    let mut all: Vec<_> = letters.collect();
    all.insert(
        field.cursor().min(all.len()),
        (caret.to_owned(), screen.style(Role::Focus)),
    );
    for (at, (letter, style)) in all.into_iter().enumerate() {
        let wide = width(&letter);
        if used + wide > room {
            lines.push(Vec::new());
            used = 0;
        }
        if at == field.cursor() {
            caret_at = lines.len() - 1;
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(Span::new(letter, style));
        }
    }
    let first = (caret_at + 1).saturating_sub(usize::from(area.height));
    for (at, line) in lines.iter().skip(first).enumerate() {
        put_spans(buf, area, (0, cells(at)), line);
    }
}
