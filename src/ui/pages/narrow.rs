//! The dialog that narrows every page: a text, repositories, languages, sources.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::narrow::{self, Dialog, Line, Source, Typing};
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, fit, put, put_right, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};
use crate::ui::words;

/// Draws the dialog, as many lines as fit around the cursor.
pub(super) fn draw(buf: &mut Buffer, area: Rect, dialog: &Dialog, screen: &Screen<'_>) {
    let Some(facts) = &screen.state.facts else {
        return;
    };
    let all = narrow::lines(facts, dialog.filter.text());
    let filters = dialog.typing == Some(Typing::Filter) || !dialog.filter.text().is_empty();
    let top = u16::from(filters);
    let every = narrow::lines(facts, "").len() + usize::from(filters);
    let height = popup::height(every).min(area.height.saturating_sub(2));
    let title = ("Narrow every page", "nothing marked is all");
    let inside = popup::open(buf, area, (56, height), title, screen);
    if filters {
        filter(buf, inside, dialog, screen);
    }
    let body = rows(inside, top, inside.height.saturating_sub(top));
    if all.is_empty() {
        put(
            buf,
            body,
            (0, 0),
            ("Nothing is called so.", screen.style(Role::Muted)),
        );
    }
    let headings = |line: &Line| matches!(line, Line::Heading(_));
    let mut places = (0..all.len()).filter(|at| !headings(&all[*at]));
    let cursor = places.nth(dialog.cursor).unwrap_or(0);
    for (at, position) in table::visible(cursor, all.len(), body).enumerate() {
        let line = rows(body, cells(at), 1);
        if !headings(&all[position]) {
            let before = all[..position].iter();
            let place = before.filter(|line| !headings(line)).count();
            screen.row_at(line, None, (place, dialog.cursor));
        }
        one(
            buf,
            line,
            (&all[position], position == cursor),
            (dialog, screen),
        );
    }
}

/// The line that the rows are filtered by.
fn filter(buf: &mut Buffer, area: Rect, dialog: &Dialog, screen: &Screen<'_>) {
    if dialog.typing == Some(Typing::Filter) {
        popup::input(buf, area, 0, ("/ ", &dialog.filter), screen);
        return;
    }
    let text = format!("/ {}", screen.name(dialog.filter.text()));
    put(buf, area, (0, 0), (&text, screen.style(Role::Muted)));
}

fn one(
    buf: &mut Buffer,
    area: Rect,
    (line, here): (&Line, bool),
    (dialog, screen): (&Dialog, &Screen<'_>),
) {
    if let Line::Heading(title) = line {
        put(buf, area, (0, 0), (title, screen.style(Role::Muted)));
        return;
    }
    let mark = screen.theme.glyphs.marks[usize::from(!dialog.holds(line))];
    if *line == Line::Text && matches!(dialog.typing, Some(Typing::Text(_))) {
        popup::input(buf, area, 0, (&format!("{mark} "), &dialog.text), screen);
        return;
    }
    let style = screen.style(if here { Role::Selected } else { Role::Text });
    let (name, count) = words_of(line, dialog, screen);
    let blank = " ".repeat(usize::from(area.width));
    put(buf, area, (0, 0), (&blank, style));
    let room = usize::from(area.width).saturating_sub(width(&count) + 6);
    let name = fit(&name, room, screen.theme.glyphs.cut);
    put(buf, area, (0, 0), (&format!("{mark} {name}"), style));
    put_right(buf, area, 0, &[Span::new(format!("{count} "), style)]);
}

/// What the row is called, and how much of it there is.
fn words_of(line: &Line, dialog: &Dialog, screen: &Screen<'_>) -> (String, String) {
    let count = |n: u64, what: &str| {
        let what = if n == 1 {
            what.to_owned()
        } else {
            format!("{what}s")
        };
        format!("{} {what}", screen.number(words::count(n)))
    };
    match line {
        Line::Heading(title) => ((*title).to_owned(), String::new()),
        Line::Text if dialog.text.text().trim().is_empty() => {
            ("any text".to_owned(), "Enter types one".to_owned())
        }
        Line::Text => (screen.name(dialog.text.text().trim()), String::new()),
        Line::Repository(_, name, n) => (screen.name(name.as_str()), count(*n, "commit")),
        Line::Language(_, name, n) | Line::Source(Source::Git, name, n) => {
            (name.to_string(), count(*n, "commit"))
        }
        Line::Source(Source::Tracker(_), name, n) => {
            (screen.name(name.as_str()), count(*n, "task"))
        }
    }
}
