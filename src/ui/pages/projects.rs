//! Projects: where did my work go? Repositories over time, and what the lines are made of.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::empty;
use crate::app::effect::Slot;
use crate::app::look::Mix;
use crate::app::page::Page;
use crate::app::projects::{over_time, repositories};
use crate::app::size::Tier;
use crate::app::view::PageView;
use crate::model::figure::{Figure, Unit, Verdict};
use crate::model::period::{Bucket, Range};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, clauses, columns, put, rows, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::bars::{Shares, percent};
use crate::ui::widgets::grid::{Grid, Row};
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::table;
use crate::ui::words;

/// Rows of the two mixes on a full screen.
const MIXES: u16 = 9;
/// Rows of the table that are no repositories: box, heads, sums, a gap and the legend.
const AROUND: u16 = 6;

/// Draws the page.
pub(super) fn draw(buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let asked = screen.state.pages.get(&Page::Projects);
    let view = asked.and_then(|asked| asked.value.as_ref());
    let main = view.and_then(|view| view.figure(Slot::Main));
    if empty::page(buf, area, (asked, main.map_or(0, |main| main.n)), screen) {
        return;
    }
    let (Some(view), Some(main)) = (view, main) else {
        return;
    };
    sentence(buf, area, (view, main), screen);
    let top = if screen.tier == Tier::Numbers { 2 } else { 3 };
    let body = rows(area, top, area.height.saturating_sub(top));
    match screen.tier {
        Tier::Full => full(buf, body, view, screen),
        Tier::Compact => compact(buf, body, view, screen),
        Tier::Numbers | Tier::TooSmall => numbers(buf, body, view, screen),
    }
}

fn full(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    // The table takes what it has rows for; the mixes follow it, not the bottom.
    let most = area.height.saturating_sub(MIXES);
    let high = wanted(view).max(10).min(most);
    grid_panel(buf, rows(area, 0, high), view, screen);
    let gap = u16::from(area.height > high + MIXES);
    let below = rows(area, high + gap, area.height.saturating_sub(high + gap));
    mixes(buf, below, view, screen);
}

fn compact(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let high = wanted(view);
    // What the table leaves goes to the mixes; else they take turns.
    if high + MIXES - 2 <= area.height {
        grid_panel(buf, rows(area, 0, high), view, screen);
        mixes(buf, rows(area, high, area.height - high), view, screen);
    } else if screen.state.focus() == 1 {
        mix(buf, area, (view, Slot::OtherSplit), screen);
    } else {
        grid_panel(buf, area, view, screen);
    }
}

/// How many rows the table would fill.
fn wanted(view: &PageView) -> u16 {
    cells(repositories(view).len()).saturating_add(AROUND)
}

/// The two mixes side by side, as high as the longer one.
fn mixes(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let parts = |slot| view.figure(slot).map_or(0, |figure| figure.points.len());
    let longest = parts(Slot::OtherSplit).max(parts(Slot::Third));
    let area = rows(area, 0, cells(longest + 2).max(5));
    let half = area.width / 2;
    let left = columns(area, 0, half);
    mix(buf, left, (view, Slot::OtherSplit), screen);
    let right = columns(area, half, area.width - half);
    mix(buf, right, (view, Slot::Third), screen);
}

/// No room for boxes: the table alone, or the mix alone.
fn numbers(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    if screen.state.focus() == 1 {
        shares(buf, area, (view, Slot::OtherSplit), screen);
        return;
    }
    grid(buf, area, view, screen);
}

/// What was changed where, in a sentence; below it how much that is.
fn sentence(buf: &mut Buffer, area: Rect, (view, main): (&PageView, &Figure), screen: &Screen<'_>) {
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let room = usize::from(inset.width);
    if screen.state.blurred {
        let text = screen.covered();
        put(buf, inset, (0, 0), (&text, screen.style(Role::Title)));
        return;
    }
    let said = where_to(view, room, screen);
    put(buf, inset, (0, 0), (&said, screen.style(Role::Title)));
    if screen.tier == Tier::Numbers {
        return;
    }
    let value = main.value.unwrap_or(0.0);
    let lines = words::value(value, main.unit);
    let was = match words::was(main) {
        was if screen.state.look.compare => was,
        _ => String::new(),
    };
    let left_out = if screen.state.look.raw {
        "lock and generated files included"
    } else {
        "lock and generated files left out"
    };
    let idle = idle(view, screen);
    let all = [
        format!("{lines} {} changed", words::unit(main.unit, value)),
        was,
        idle,
        left_out.to_owned(),
    ];
    let text = clauses(&all, &screen.dot(), room);
    put(buf, inset, (0, 1), (&text, screen.style(Role::Muted)));
}

/// `61% of your changed lines went to api, 27% to web, 12% to 4 more.`
fn where_to(view: &PageView, room: usize, screen: &Screen<'_>) -> String {
    let all = repositories(view);
    let total: f64 = all.iter().filter_map(|(_, point)| point.value).sum();
    if total <= 0.0 {
        return "Your commits here changed no counted line.".to_owned();
    }
    let named = if all.len() == 3 { 3 } else { all.len().min(2) };
    let mut parts: Vec<String> = Vec::new();
    for (repo, point) in all.iter().take(named) {
        let share = percent(point.value.unwrap_or(0.0) / total);
        parts.push(format!("{share} to {}", screen.repo(*repo)));
    }
    if all.len() == 1 {
        let name = all
            .first()
            .map_or_else(String::new, |one| screen.repo(one.0));
        return format!("All your changed lines went to {name}.");
    }
    if all.len() > named {
        let rest = all.iter().skip(named).filter_map(|(_, point)| point.value);
        let share = percent(rest.sum::<f64>() / total);
        parts.push(format!("{share} to {} more", all.len() - named));
    }
    if let Some(first) = parts.first_mut() {
        *first = first.replacen(" to ", " of your changed lines went to ", 1);
    }
    let said = clauses(&parts, ", ", room.saturating_sub(1));
    format!("{said}.")
}

/// `3 repositories without lines of yours`; empty where every one has some.
fn idle(view: &PageView, screen: &Screen<'_>) -> String {
    let facts = screen.state.facts.as_ref();
    let known = screen.state.look.repos.as_ref().map_or_else(
        || facts.map_or(0, |facts| facts.repos.len()),
        std::collections::BTreeSet::len,
    );
    let active = repositories(view).len();
    match known.saturating_sub(active) {
        0 => String::new(),
        1 => "1 repository without changed lines".to_owned(),
        more => format!("{more} repositories without changed lines"),
    }
}

fn grid_panel(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let state = screen.state;
    let focused = state.focus() == 0;
    let all = repositories(view).len();
    let note = readout(view, screen).unwrap_or_else(|| {
        let seen = area.height.saturating_sub(AROUND);
        let place = table::position(state.cursors.project, all, seen);
        let gap = if place.is_empty() { "" } else { ", " };
        format!("{place}{gap}arrow keys read a cell")
    });
    let bucket = words::buckets(state.look.window.bucket());
    let title = format!("Repositories by {}, lines", bucket.trim_end_matches('s'));
    let panel = Panel {
        title: &title,
        note: screen.note(if focused { &note } else { "" }),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    screen.panel_at(area, 0);
    grid(buf, inside, view, screen);
}

fn grid(buf: &mut Buffer, area: Rect, view: &PageView, screen: &Screen<'_>) {
    let state = screen.state;
    let whole = over_time(view, Slot::Main);
    let repos = repositories(view);
    let total: f64 = repos.iter().filter_map(|(_, point)| point.value).sum();
    let written = |value: f64| screen.number(words::short(value));
    let mut lines: Vec<Row> = Vec::new();
    for (repo, point) in &repos {
        let value = point.value.unwrap_or(0.0);
        let share = if total > 0.0 { value / total } else { 0.0 };
        let over = over_time(view, Slot::Repo(*repo));
        lines.push(Row {
            name: screen.repo(*repo),
            share: Some((share, screen.number(percent(share)))),
            cells: over.iter().map(|point| point.value).collect(),
            total: written(value),
        });
    }
    let sum = Row {
        name: "all".to_owned(),
        share: None,
        cells: whole.iter().map(|point| point.value).collect(),
        total: written(total),
    };
    let bucket = state.look.window.bucket();
    let heads: Vec<_> = whole
        .iter()
        .map(|point| {
            let name = match bucket {
                Bucket::Month => point.from.format("%b %Y").to_string(),
                _ => point.from.format("%-d %b").to_string(),
            };
            (point.from, name)
        })
        .collect();
    let cursor = (state.focus() == 0).then(|| {
        let last = lines.len().saturating_sub(1);
        (state.cursors.project.min(last), state.cursors.bucket)
    });
    let table = Grid {
        rows: &lines,
        sum: &sum,
        heads: &heads,
        cursor,
        row: state.cursors.project.min(lines.len().saturating_sub(1)),
    };
    table.draw(buf, area, screen);
}

/// The cell under the cursor in words; `None` while none is chosen.
fn readout(view: &PageView, screen: &Screen<'_>) -> Option<String> {
    let state = screen.state;
    let at = state.cursors.bucket?;
    let (repo, _) = *repositories(view).get(state.cursors.project)?;
    let point = *over_time(view, Slot::Repo(repo)).get(at)?;
    let days = words::range(Range::new(point.from, point.to), &state.calendar);
    let amount = match point.value {
        None => "nothing known".to_owned(),
        Some(value) => format!(
            "{} {}",
            screen.value(value, Unit::Lines),
            words::unit(Unit::Lines, value)
        ),
    };
    let so_far = if point.complete { "" } else { ", so far" };
    Some(format!("{}, {days}: {amount}{so_far}", screen.repo(repo)))
}

fn mix(buf: &mut Buffer, area: Rect, at: (&PageView, Slot), screen: &Screen<'_>) {
    let (mix, focused) = of(at.1, screen);
    let panel = Panel {
        title: mix.title(),
        note: screen.note(mix.of()),
        focused,
    };
    let inside = panel.draw(buf, area, screen);
    if at.1 == Slot::OtherSplit {
        screen.panel_at(area, 1);
    }
    shares(buf, inside, at, screen);
}

/// The mix in `slot`, and whether it has the focus.
fn of(slot: Slot, screen: &Screen<'_>) -> (Mix, bool) {
    let mix = screen.state.look.mix;
    match slot {
        Slot::OtherSplit => (mix, screen.state.focus() == 1),
        _ => (mix.next(), false),
    }
}

fn shares(buf: &mut Buffer, area: Rect, (view, slot): (&PageView, Slot), screen: &Screen<'_>) {
    let Some(figure) = view.figure(slot) else {
        return;
    };
    let (_, focused) = of(slot, screen);
    let why = match figure.verdict {
        Verdict::NotKept(kind) => format!(
            "Not kept. With {} = true in the settings it is read again.",
            kind.setting()
        ),
        _ if figure.n == 0 => "Nothing to part in these days.".to_owned(),
        _ => {
            let shares = Shares {
                figure,
                view,
                cursor: focused.then_some(screen.state.cursors.share),
                mouse: (slot == Slot::OtherSplit).then_some((1, screen.state.cursors.share)),
            };
            shares.draw(buf, area, screen);
            return;
        }
    };
    let room = usize::from(area.width.saturating_sub(2));
    let cut = screen.theme.glyphs.cut;
    for (at, line) in wrap(&why, room, cut).iter().enumerate() {
        put(buf, area, (1, cells(at)), (line, screen.style(Role::Muted)));
    }
}
