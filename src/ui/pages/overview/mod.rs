//! Overview: what came to an end, and did anything change? Outcomes first, commits last.
//!
//! ```text
//! 12 weeks: 46 tasks finished, was 35; nothing left its usual range.
//! ╭ ▸ Finished and shipped ───╮╭ Reviews ──────────────────╮
//! ╰───────────────────────────╯╰───────────────────────────╯
//! ╭ What changed ─────────────╮╭ Worth a look ─────────────╮
//! ╰───────────────────────────╯╰───────────────────────────╯
//! ╭ Pace ────────────────────────────────────────────────────╮
//! │ days with commits a week over their usual range          │
//! ╰──────────────────────────────────────────────────────────╯
//! ╭ Days ───────╮╭ Lines ──────╮╭ Size ───────╮╭ Commits ────╮
//! ╰─────────────╯╰─────────────╯╰─────────────╯╰─────────────╯
//! Git saw 47 of 60 workdays. …
//! ```

mod changes;
mod outcomes;
mod pace;
mod sentence;
mod worth;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::empty;
use crate::app::findings::{self, CARDS};
use crate::app::page::Page;
use crate::app::size::Tier;
use crate::app::view::PageView;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, clauses, columns, put, rows, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::card::{self, Card};

/// The panels that Tab walks through.
mod panel {
    pub(super) const FINISHED: usize = 0;
    pub(super) const REVIEWS: usize = 1;
    pub(super) const CHANGED: usize = 2;
    pub(super) const WORTH: usize = 3;
    pub(super) const CARDS: usize = 4;
}

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let asked = screen.state.pages.get(&Page::Overview);
    let view = asked.and_then(|asked| asked.value.as_ref());
    let n = view.map_or(0, |view| {
        let outcomes = findings::lines().filter_map(|(slot, _)| view.figure(*slot));
        outcomes.map(|figure| figure.n).sum()
    });
    if empty::page(buf, area, (asked, n), screen) {
        return;
    }
    let Some(view) = view else { return };
    match screen.tier {
        Tier::Full => full(buf, area, view, screen),
        Tier::Compact => compact(buf, area, view, screen),
        Tier::Numbers | Tier::TooSmall => outcomes::numbers(buf, area, view, screen),
    }
}

/// Rows of the panels `Finished and shipped` and `Reviews`.
const OUTCOMES: u16 = 5;
/// Rows of the panels `What changed` and `Worth a look` on a full screen.
const CHANGES: u16 = 7;
/// The chart of the pace says nothing in fewer rows.
const PACE: u16 = 7;

fn full(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    sentence::draw(buf, inset, view, screen);
    let half = area.width / 2;
    let sides = |top: Rect| (columns(top, 0, half), columns(top, half, area.width - half));
    let (left, right) = sides(rows(area, 2, OUTCOMES));
    outcomes::finished(buf, left, view, screen);
    outcomes::reviews(buf, right, view, screen);
    let below = 2 + OUTCOMES;
    let fixed = below + card::HEIGHT + 2;
    let left_over = area.height.saturating_sub(fixed);
    let changes_rows = if left_over >= CHANGES + PACE {
        CHANGES
    } else {
        left_over
    };
    let (left, right) = sides(rows(area, below, changes_rows));
    changes::draw(buf, left, view, screen);
    worth::draw(buf, right, view, screen);
    let at = below + changes_rows;
    pace::draw(buf, rows(area, at, left_over - changes_rows), view, screen);
    let at = area.height.saturating_sub(card::HEIGHT + 2);
    cards(buf, rows(area, at, card::HEIGHT), (view, 4), screen);
    unseen(buf, rows(inset, area.height - 1, 1), view, screen);
}

/// The panel with the focus over the whole width, and the numbers of the other ones below.
fn compact(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    sentence::draw(buf, inset, view, screen);
    let top = rows(area, 2, OUTCOMES);
    match screen.state.focus() {
        panel::REVIEWS => outcomes::reviews(buf, top, view, screen),
        _ => outcomes::finished(buf, top, view, screen),
    }
    let words = 2;
    let strip = card::HEIGHT * 2;
    let room = area.height.saturating_sub(2 + OUTCOMES + strip + words);
    let middle = rows(area, 2 + OUTCOMES, room);
    if screen.state.focus() == panel::WORTH || findings::of(view).is_empty() {
        worth::draw(buf, middle, view, screen);
    } else {
        changes::draw(buf, middle, view, screen);
    }
    let at = 2 + OUTCOMES + room;
    cards(buf, rows(area, at, strip), (view, 2), screen);
    let at = area.height - words;
    unseen(buf, rows(inset, at, words), view, screen);
}

fn cards(buf: &mut Buffer, area: Rect, (view, across): (&PageView, u16), screen: &Screen<'_>) {
    let focused = screen.state.focus() == panel::CARDS;
    for (at, (slot, title)) in CARDS.iter().enumerate() {
        let (line, place) = (cells(at) / across, cells(at) % across);
        let left = area.width * place / across;
        let right = area.width * (place + 1) / across;
        let card = Card {
            title,
            figure: view.figure(*slot),
            focused: focused && screen.state.cursors.card == at,
        };
        let row = rows(area, line * card::HEIGHT, card::HEIGHT);
        let place = columns(row, left, right - left);
        card.draw(buf, place, screen);
        screen.cell_at(place, Some(panel::CARDS), (at, screen.state.cursors.card));
    }
}

/// What git cannot see.
fn unseen(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let seen = view.workdays;
    let first = if seen.of == 0 {
        String::new()
    } else {
        let days = format!("{} of {}", seen.seen, seen.of);
        let days = screen.number(days);
        if screen.state.look.is_narrowed() {
            format!("Commits of these on {days} workdays.")
        } else {
            format!("Git saw {days} workdays.")
        }
    };
    let rest = "Thinking, helping, design and talk leave no trace here; a low number is not little \
                work.";
    let style = screen.style(Role::Muted);
    let room = usize::from(area.width);
    let lines = wrap(&format!("{first} {rest}"), room, "");
    if lines.len() <= usize::from(area.height) {
        for (row, line) in lines.iter().enumerate() {
            put(buf, area, (0, cells(row)), (line, style));
        }
    } else {
        let parts = [first, "The rest leaves no trace.".to_owned()];
        put(buf, area, (0, 0), (&clauses(&parts, " ", room), style));
    }
}
