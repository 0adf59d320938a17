//! The first line: the pages there are, the days and repositories looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::app::page::Page;
use crate::input::action::Action;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, clauses, columns, put, put_right, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::narrowed;
use crate::ui::words;

/// A piece of the pages, and what a click on it does.
type Tab = (Option<Action>, Span);

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

/// Draws the page bar into `area`: one row, or two where the second is free and the names of all pages
/// need the first. What every page is narrowed to is never left out: where it takes the room, other
/// pages are not told. A click on a page opens it.
pub fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let wide = usize::from(area.width);
    let narrowed = narrowed::clauses(screen);
    let told = |room: usize| {
        if narrowed.is_empty() {
            Some(everything(screen, room))
        } else {
            some(screen, &narrowed, room)
        }
    };
    let names = pages(screen, Tabs::Names);
    let whole = told(wide).unwrap_or_else(|| count(screen, &narrowed, wide));
    let beside = tabs_width(&names) + width(&whole) + 3 <= wide;
    let (pages, text, row) = if beside {
        (names, whole, 0)
    } else if area.height > 1 && tabs_width(&names) <= wide + 1 {
        // The first blank is the one that can be spared.
        let spare = usize::from(tabs_width(&names) > wide);
        (names.into_iter().skip(spare).collect(), whole, 1)
    } else {
        in_one_row(screen, &narrowed, wide)
    };
    put_pages(buf, area, &pages, screen);
    let role = if narrowed.is_empty() {
        Role::Muted
    } else {
        Role::Text
    };
    let words = Span::new(format!("{text} "), screen.style(role));
    put_right(buf, area, row, &[words]);
}

/// Writes the pages into the first row of `area`.
fn put_pages(buf: &mut Buffer, area: Rect, pages: &[Tab], screen: &Screen<'_>) {
    let mut column = 0;
    for (action, span) in pages {
        let used = put(buf, area, (column, 0), (&span.text, span.style));
        let place = columns(rows(area, 0, 1), column, used);
        if let Some(action) = action {
            screen.runs(place, *action);
        }
        column += used;
    }
}

fn tabs_width(pages: &[Tab]) -> usize {
    pages.iter().map(|(_, span)| width(&span.text)).sum()
}

/// Pages and what is looked at, where both have to share one row of `wide` columns.
fn in_one_row(screen: &Screen<'_>, narrowed: &[String], wide: usize) -> (Vec<Tab>, String, u16) {
    let room = |tabs| wide.saturating_sub(tabs_width(&pages(screen, tabs)) + 3);
    let (tabs, text) = if narrowed.is_empty() {
        // Other pages are known by heart before the days are.
        let all = [Tabs::Numbers, Tabs::Open].into_iter();
        let mut told = all.map(|tabs| (tabs, everything(screen, room(tabs))));
        told.find(|(_, text)| !text.is_empty())
            .unwrap_or((Tabs::Open, String::new()))
    } else {
        let told = |tabs| Some((tabs, some(screen, narrowed, room(tabs))?));
        let all = [Tabs::Numbers, Tabs::Open];
        let count = || (Tabs::Open, count(screen, narrowed, room(Tabs::Open)));
        all.into_iter().find_map(told).unwrap_or_else(count)
    };
    (pages(screen, tabs), text, 0)
}

/// How much is narrowed, where there is no room to say to what.
fn count(screen: &Screen<'_>, narrowed: &[String], room: usize) -> String {
    let (window, calendar) = (&screen.state.look.window, &screen.state.calendar);
    let told = [
        words::span(window, calendar),
        words::brief(window, calendar),
    ]
    .map(|days| [narrowed::count(narrowed), days].join(&screen.dot()));
    let found = told.into_iter().find(|text| width(text) <= room);
    found.unwrap_or_else(|| clauses(&[words::brief(window, calendar)], "", room))
}

/// The days and all repositories, as far as there is room.
fn everything(screen: &Screen<'_>, room: usize) -> String {
    let state = screen.state;
    let mut facts = before(screen);
    facts.push(words::window(&state.look.window, &state.calendar));
    facts.push(repositories(screen));
    facts.extend(raw(screen));
    let text = clauses(&facts, &screen.dot(), room);
    if text.contains(&facts[before(screen).len()]) {
        return text;
    }
    // That it is a demo stands in the last line too.
    let (window, calendar) = (&state.look.window, &state.calendar);
    let days = [
        words::span(window, calendar),
        words::brief(window, calendar),
    ];
    let found = days.into_iter().find(|days| width(days) <= room);
    found.unwrap_or_default()
}

/// The days and what they are narrowed to, in as many words as there is room for; `None` where there
/// is too little.
fn some(screen: &Screen<'_>, narrowed: &[String], room: usize) -> Option<String> {
    let state = screen.state;
    let (window, calendar) = (&state.look.window, &state.calendar);
    let long = vec![words::window(window, calendar)];
    let short = vec![words::span(window, calendar)];
    let all = [
        [before(screen), long, narrowed.to_vec(), raw(screen)].concat(),
        [
            before(screen),
            short.clone(),
            narrowed.to_vec(),
            raw(screen),
        ]
        .concat(),
        [short, narrowed.to_vec()].concat(),
        [vec![words::brief(window, calendar)], narrowed.to_vec()].concat(),
    ];
    let mut told = all.iter().map(|all| all.join(&screen.dot()));
    told.find(|text| width(text) <= room)
}

/// What is said before the days: that they are still read, that all is made up.
fn before(screen: &Screen<'_>) -> Vec<String> {
    let demo = screen.state.facts.as_ref().is_some_and(|facts| facts.demo);
    let reading = screen
        .state
        .slow
        .then(|| format!("reading{}", screen.theme.glyphs.cut));
    let demo = demo.then(|| "DEMO".to_owned());
    reading.into_iter().chain(demo).collect()
}

fn raw(screen: &Screen<'_>) -> Vec<String> {
    let raw = screen.state.look.raw.then(|| "all lines".to_owned());
    raw.into_iter().collect()
}

fn pages(screen: &Screen<'_>, tabs: Tabs) -> Vec<Tab> {
    let names = tabs == Tabs::Names;
    let mut out = vec![(None, Span::new(" ", screen.style(Role::Text)))];
    for card in &Page::ALL {
        let open = card.page == screen.state.page;
        let name = if names || open { card.name } else { "" };
        if open {
            let style = screen.style(Role::Selected).add_modifier(Modifier::BOLD);
            let text = format!(" {} {name} ", card.number);
            out.push((Some(card.action), Span::new(text, style)));
        } else if tabs != Tabs::Open {
            let number = format!(" {}", card.number);
            let number = Span::new(number, screen.style(Role::Key));
            out.push((Some(card.action), number));
            let gap = if names { " " } else { "" };
            let name = Span::new(format!("{gap}{name} "), screen.style(Role::Text));
            out.push((Some(card.action), name));
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
