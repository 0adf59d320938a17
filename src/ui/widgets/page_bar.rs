//! The first line: the pages there are, the days and repositories looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::app::page::Page;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, clauses, put_right, put_spans, spans_width, width};
use crate::ui::theme::Role;
use crate::ui::words;

/// Draws the page bar into `area`: one row, or two where the second is free.
pub fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let facts = facts(screen);
    let long = text(&facts, usize::from(area.width), screen);
    let room = usize::from(area.width);
    let spacious = pages(screen, true);
    // Names before a full line of facts: they move to the row below, then names become numbers.
    let (pages, below) = if spans_width(&spacious) + width(&long) + 3 <= room {
        (spacious, false)
    } else if area.height > 1 && spans_width(&spacious) <= room + 1 {
        // The first blank is the one that can be spared.
        let spare = usize::from(spans_width(&spacious) > room);
        (spacious.into_iter().skip(spare).collect(), true)
    } else {
        (pages(screen, false), false)
    };
    put_spans(buf, area, (0, 0), &pages);
    let text = if below {
        long
    } else {
        let left = room.saturating_sub(spans_width(&pages) + 3);
        text(&facts, left, screen)
    };
    let words = Span::new(format!("{text} "), screen.style(Role::Muted));
    put_right(buf, area, u16::from(below), &[words]);
}

/// What is looked at: days, repositories, lines.
fn facts(screen: &Screen<'_>) -> Vec<String> {
    let state = screen.state;
    let mut facts = Vec::new();
    if state.slow {
        facts.push(format!("reading{}", screen.theme.glyphs.cut));
    }
    if state.facts.as_ref().is_some_and(|facts| facts.demo) {
        facts.push("DEMO".to_owned());
    }
    facts.push(words::window(&state.look.window, &state.calendar));
    facts.push(repositories(screen));
    if state.look.raw {
        facts.push("all lines".to_owned());
    }
    facts
}

/// As many of `facts` as `room` holds; the days alone where it holds none.
fn text(facts: &[String], room: usize, screen: &Screen<'_>) -> String {
    let text = clauses(facts, &screen.dot(), room);
    if !text.is_empty() {
        return text;
    }
    let state = screen.state;
    let days = words::span(&state.look.window, &state.calendar);
    clauses(&[days], "", room)
}

fn pages(screen: &Screen<'_>, names: bool) -> Vec<Span> {
    let mut out = vec![Span::new(" ", screen.style(Role::Text))];
    for card in &Page::ALL {
        let open = card.page == screen.state.page;
        let name = if names || open { card.name } else { "" };
        if open {
            let style = screen.style(Role::Selected).add_modifier(Modifier::BOLD);
            out.push(Span::new(format!(" {} {name} ", card.number), style));
        } else {
            out.push(Span::new(
                format!(" {}", card.number),
                screen.style(Role::Key),
            ));
            let gap = if names { " " } else { "" };
            out.push(Span::new(format!("{gap}{name} "), screen.style(Role::Text)));
        }
    }
    out
}

/// `6 repositories`, `2 of 6 repositories`, or the name of the only one.
fn repositories(screen: &Screen<'_>) -> String {
    let Some(facts) = &screen.state.facts else {
        return String::new();
    };
    let all = facts.repos.len();
    let picked = screen.state.look.repos.as_ref();
    match (picked.map(std::collections::BTreeSet::len), all) {
        (Some(1), _) => {
            let id = picked.and_then(|repos| repos.first().copied());
            id.map_or_else(String::new, |id| screen.repo(id))
        }
        (Some(some), all) => format!("{some} of {all} repos"),
        (None, 0) => String::new(),
        (None, 1) => screen.name(facts.repos[0].name.as_str()),
        (None, all) => format!("{all} repos"),
    }
}
