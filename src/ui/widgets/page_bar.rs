//! The first line: the pages there are, the days and repositories looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::app::page::Page;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, clauses, put_right, put_spans, spans_width, width};
use crate::ui::theme::Role;
use crate::ui::widgets::narrowed;
use crate::ui::words;

/// How much of the pages is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tabs {
    /// Every name.
    Names,
    /// Every number, the name of the open one.
    Numbers,
    /// The open one alone.
    Open,
}

/// Draws the page bar into the first row of `area`. What every page is narrowed to is never left
/// out: where it takes the room, other pages are not told.
pub fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let wide = usize::from(area.width);
    let room = |tabs| wide.saturating_sub(spans_width(&pages(screen, tabs)) + 3);
    let fits = spans_width(&pages(screen, Tabs::Names)) <= wide;
    let usual = if fits { Tabs::Names } else { Tabs::Numbers };
    let narrowed = narrowed::clauses(screen);
    let (tabs, text) = if narrowed.is_empty() {
        (usual, everything(screen, room(usual)))
    } else {
        let all = [Tabs::Names, Tabs::Numbers, Tabs::Open];
        let from = all.into_iter().filter(|tabs| fits || *tabs != Tabs::Names);
        let told = |tabs| Some((tabs, some(screen, &narrowed, room(tabs))?));
        let count = || {
            let days = words::span(&screen.state.look.window, &screen.state.calendar);
            let count = [narrowed::count(&narrowed), days];
            (Tabs::Open, clauses(&count, &screen.dot(), room(Tabs::Open)))
        };
        from.into_iter().find_map(told).unwrap_or_else(count)
    };
    put_spans(buf, area, (0, 0), &pages(screen, tabs));
    let role = if narrowed.is_empty() {
        Role::Muted
    } else {
        Role::Text
    };
    let words = Span::new(format!("{text} "), screen.style(role));
    put_right(buf, area, 0, &[words]);
}

/// The days and all repositories, as far as there is room.
fn everything(screen: &Screen<'_>, room: usize) -> String {
    let state = screen.state;
    let mut facts = demo(screen);
    facts.push(words::window(&state.look.window, &state.calendar));
    facts.push(repositories(screen));
    facts.extend(raw(screen));
    let text = clauses(&facts, &screen.dot(), room);
    if text.contains(&facts[demo(screen).len()]) {
        return text;
    }
    // That it is a demo stands in the last line too.
    let days = words::span(&state.look.window, &state.calendar);
    clauses(&[days], "", room)
}

/// The days and what they are narrowed to, in as many words as there is room for; `None` where there
/// is too little.
fn some(screen: &Screen<'_>, narrowed: &[String], room: usize) -> Option<String> {
    let state = screen.state;
    let (window, calendar) = (&state.look.window, &state.calendar);
    let long = vec![words::window(window, calendar)];
    let short = vec![words::span(window, calendar)];
    let all = [
        [demo(screen), long, narrowed.to_vec(), raw(screen)].concat(),
        [demo(screen), short.clone(), narrowed.to_vec(), raw(screen)].concat(),
        [short, narrowed.to_vec()].concat(),
    ];
    let mut told = all.iter().map(|all| all.join(&screen.dot()));
    told.find(|text| width(text) <= room)
}

fn demo(screen: &Screen<'_>) -> Vec<String> {
    let demo = screen.state.facts.as_ref().is_some_and(|facts| facts.demo);
    demo.then(|| "DEMO".to_owned()).into_iter().collect()
}

fn raw(screen: &Screen<'_>) -> Vec<String> {
    let raw = screen.state.look.raw.then(|| "all lines".to_owned());
    raw.into_iter().collect()
}

fn pages(screen: &Screen<'_>, tabs: Tabs) -> Vec<Span> {
    let names = tabs == Tabs::Names;
    let mut out = vec![Span::new(" ", screen.style(Role::Text))];
    for card in &Page::ALL {
        let open = card.page == screen.state.page;
        let name = if names || open { card.name } else { "" };
        if open {
            let style = screen.style(Role::Selected).add_modifier(Modifier::BOLD);
            out.push(Span::new(format!(" {} {name} ", card.number), style));
        } else if tabs != Tabs::Open {
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

/// `6 repos`, or the name of the only one.
fn repositories(screen: &Screen<'_>) -> String {
    match screen
        .state
        .facts
        .as_ref()
        .map(|facts| facts.repos.as_slice())
    {
        None | Some([]) => String::new(),
        Some([only]) => screen.name(only.name.as_str()),
        Some(all) => format!("{} repos", all.len()),
    }
}
