//! What lies over a page.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{
    add, correct, forget, goals, help, keep, kinds, measures, narrow, note, outbox, pressure,
    proposals, self_test, share,
};
use crate::app::first_run::SENTENCE;
use crate::app::palette::{Command, Palette};
use crate::app::popup::{Entry, Popup, RepoPick, Sentence};
use crate::app::share::{lines_of, room};
use crate::model::text::Clean;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, fit, put, put_right, put_spans, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};
use crate::ui::words;

/// Draws the open popup over `area`, if there is one.
pub(in crate::ui) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    match &screen.state.popup {
        None => {}
        Some(Popup::Help(list)) => help::draw(buf, area, list, screen),
        Some(Popup::Palette(palette)) => draw_palette(buf, area, palette, screen),
        Some(Popup::Range(entry)) => range(buf, area, entry, screen),
        Some(Popup::Add(form)) => add::draw(buf, area, form, screen),
        Some(Popup::Goal(entry)) => goals::form(buf, area, entry, screen),
        Some(Popup::Repositories(pick)) => repositories(buf, area, pick, screen),
        Some(Popup::Narrow(dialog)) => narrow::draw(buf, area, dialog, screen),
        Some(Popup::Measures(at)) => measures::draw(buf, area, *at, screen),
        Some(Popup::Kinds(pick)) => kinds::draw(buf, area, pick, screen),
        Some(Popup::Words(text, first)) => words_of(buf, area, (text, *first), screen),
        Some(Popup::Keep) => keep::draw(buf, area, screen),
        Some(Popup::Messages(at)) => messages(buf, area, *at, screen),
        Some(Popup::Proposals(list)) => proposals::draw(buf, area, list, screen),
        Some(Popup::Note(typed)) => note::draw(buf, area, typed, screen),
        Some(Popup::Correct(dialog)) => correct::draw(buf, area, dialog, screen),
        Some(Popup::Outbox(offered)) => outbox::draw(buf, area, offered, screen),
        Some(Popup::Pressure(at)) => pressure::draw(buf, area, *at, screen),
        Some(Popup::SelfTest(result, at)) => self_test::draw(buf, area, (result, *at), screen),
        Some(Popup::Forget(step)) => forget::draw(buf, area, step, screen),
        Some(Popup::Share(dialog)) => share::draw(buf, area, dialog, screen),
        Some(Popup::Sentence(sentence)) => draw_sentence(buf, area, sentence, screen),
    }
}

fn draw_palette(buf: &mut Buffer, area: Rect, palette: &Palette, screen: &Screen<'_>) {
    let height = area.height.saturating_sub(4).min(18);
    let inside = popup::open(buf, area, (72, height), ("Go to or do", ""), screen);
    popup::input(buf, inside, 0, (": ", &palette.field), screen);
    let body = rows(inside, 2, inside.height.saturating_sub(2));
    if palette.found.is_empty() {
        put(
            buf,
            body,
            (0, 0),
            ("Nothing is called so.", screen.style(Role::Muted)),
        );
    }
    let total = palette.found.len();
    for (at, position) in table::visible(palette.cursor, total, body).enumerate() {
        let line = rows(body, cells(at), 1);
        let command = &palette.found[position];
        draw_command(buf, line, (command, position == palette.cursor), screen);
    }
}

fn draw_command(
    buf: &mut Buffer,
    area: Rect,
    (command, chosen): (&Command, bool),
    screen: &Screen<'_>,
) {
    let (text, hit) = if chosen {
        (screen.style(Role::Selected), screen.style(Role::Selected))
    } else {
        (screen.style(Role::Text), screen.style(Role::Key))
    };
    if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, text));
    }
    // Where it is narrow the words need the room of the kind.
    let right = if area.width < 60 {
        format!("{} ", command.keys)
    } else {
        format!("{}  {:<10} ", command.keys, command.kind)
    };
    let room = usize::from(area.width).saturating_sub(width(&right) + 2);
    let label = fit(&command.label, room, screen.theme.glyphs.cut);
    let spans: Vec<Span> = label
        .chars()
        .zip(0_u32..)
        .map(|(c, at)| {
            let style = if command.matched.contains(&at) {
                hit
            } else {
                text
            };
            Span::new(c, style)
        })
        .collect();
    put_spans(buf, area, (1, 0), &spans);
    let style = if chosen {
        text
    } else {
        screen.style(Role::Muted)
    };
    put_right(buf, area, 0, &[Span::new(right, style)]);
}

/// A box with a line to type into, and words below it.
pub(super) fn entry(
    buf: &mut Buffer,
    area: Rect,
    (title, prompt, entry): (&str, &str, &Entry),
    (more, screen): (&[&str], &Screen<'_>),
) {
    let wide = area.width.min(70);
    let room = usize::from(wide.saturating_sub(4));
    let cut = screen.theme.glyphs.cut;
    let lines: Vec<_> = more.iter().flat_map(|text| wrap(text, room, cut)).collect();
    let inside = popup::open(
        buf,
        area,
        (wide, popup::height(lines.len() + 3)),
        (title, ""),
        screen,
    );
    popup::input(buf, inside, 0, (prompt, &entry.field), screen);
    if let Some(problem) = &entry.problem {
        put(buf, inside, (0, 1), (problem, screen.style(Role::Failed)));
    }
    for (at, line) in lines.iter().enumerate() {
        put(
            buf,
            inside,
            (0, cells(at + 3)),
            (line, screen.style(Role::Muted)),
        );
    }
}

fn range(buf: &mut Buffer, area: Rect, typed: &Entry, screen: &Screen<'_>) {
    let more = [
        "week, last-month, quarter, year, 90d, 26w, all",
        "2026, 2026-Q1, 2026-03, 2026-W07, 2026-01-05",
        "2025-10..2026-03, both ends included",
        "today, yesterday, tuesday, last-tuesday",
    ];
    entry(buf, area, ("Dates", "", typed), (&more, screen));
}

fn draw_sentence(buf: &mut Buffer, area: Rect, sentence: &Sentence, screen: &Screen<'_>) {
    let all: Vec<_> = sentence
        .addresses
        .iter()
        .map(|address| screen.name(address.as_str()))
        .collect();
    let who = all.join(", ");
    let ask =
        format!("Type `{SENTENCE}` to confirm. Somebody else's commits are not yours to read.");
    let title = if all.len() == 1 {
        "This address is mine"
    } else {
        "These addresses are mine"
    };
    entry(
        buf,
        area,
        (title, "", &sentence.entry),
        (&[&who, &ask], screen),
    );
}

/// Words of the owner's, read in a box of their own.
fn words_of(buf: &mut Buffer, area: Rect, (text, first): (&Clean, usize), screen: &Screen<'_>) {
    let (wide, high) = room(screen.state.size);
    let lines = if screen.state.blurred {
        vec![screen.covered()]
    } else {
        lines_of(text.as_str(), wide)
    };
    let size = (area.width.min(96), popup::height(lines.len().min(high)));
    let inside = popup::open(buf, area, size, ("Note", ""), screen);
    for (row, line) in lines.iter().skip(first).take(high).enumerate() {
        put(
            buf,
            inside,
            (0, cells(row)),
            (line, screen.style(Role::Text)),
        );
    }
}

fn repositories(buf: &mut Buffer, area: Rect, pick: &RepoPick, screen: &Screen<'_>) {
    let Some(facts) = &screen.state.facts else {
        return;
    };
    let total = facts.repos.len() + 1;
    let height = popup::height(total).min(area.height.saturating_sub(4));
    let inside = popup::open(buf, area, (56, height), ("Repositories", ""), screen);
    for (at, position) in table::visible(pick.cursor, total, inside).enumerate() {
        let line = rows(inside, cells(at), 1);
        let style = if position == pick.cursor {
            screen.style(Role::Selected)
        } else {
            screen.style(Role::Text)
        };
        let repo = position.checked_sub(1).and_then(|at| facts.repos.get(at));
        let (marked, name, count) = match repo {
            None => (pick.picked.is_empty(), "all".to_owned(), facts.commits),
            Some(repo) => (
                pick.picked.contains(&repo.id),
                screen.name(repo.name.as_str()),
                repo.commits,
            ),
        };
        let blank = " ".repeat(usize::from(line.width));
        put(buf, line, (0, 0), (&blank, style));
        let mark = screen.theme.glyphs.marks[usize::from(!marked)];
        let count = screen.number(words::count(count));
        let room = usize::from(line.width).saturating_sub(width(&count) + 7);
        let name = fit(&name, room, screen.theme.glyphs.cut);
        put(buf, line, (0, 0), (&format!("{mark} {name}"), style));
        put_right(buf, line, 0, &[Span::new(format!("{count} "), style)]);
    }
}

fn messages(buf: &mut Buffer, area: Rect, at: usize, screen: &Screen<'_>) {
    let log = screen.state.toasts.log();
    let height = popup::height(log.len().max(1)).min(area.height.saturating_sub(4));
    let inside = popup::open(
        buf,
        area,
        (90, height),
        ("Messages", "newest first"),
        screen,
    );
    if log.is_empty() {
        put(
            buf,
            inside,
            (0, 0),
            ("Nothing was said yet.", screen.style(Role::Muted)),
        );
    }
    for (row, position) in table::visible(at, log.len(), inside).enumerate() {
        let toast = &log[log.len() - 1 - position];
        let line = rows(inside, cells(row), 1);
        let role = match (position == at, toast.failed) {
            (true, _) => Role::Selected,
            (false, true) => Role::Failed,
            (false, false) => Role::Text,
        };
        let zone = screen.state.calendar.zone;
        let time = toast.at.with_timezone(&zone).format("%H:%M");
        let text = format!("{time}  {}", screen.name(toast.text.as_str()));
        let room = usize::from(line.width);
        let text = fit(&text, room, screen.theme.glyphs.cut);
        put(buf, line, (0, 0), (&text, screen.style(role)));
    }
}
