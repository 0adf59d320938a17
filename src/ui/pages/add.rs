//! The dialog that adds a folder or an export, and the names seen before the lock.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::add::{self, AddForm, shown};
use crate::app::size::Tier;
use crate::app::view::Kept;
use crate::input::action::Action;
use crate::input::keymap::Context;
use crate::model::forms;
use crate::model::seen_file::SeenFile;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, fit, put, put_right, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};
use crate::ui::words;

/// Files that are seen at once.
const FILES: usize = 8;

/// Draws the dialog.
pub(super) fn draw(buf: &mut Buffer, area: Rect, form: &AddForm, screen: &Screen<'_>) {
    let wide = area.width.min(76);
    let room = usize::from(wide.saturating_sub(4));
    let cut = screen.theme.glyphs.cut;
    let files = shown(screen.state, form);
    let problem = form.entry.problem.as_deref().unwrap_or_default();
    let problem = wrap(&screen.clause(problem), room, cut);
    let near = near(screen);
    let more: Vec<_> = near
        .iter()
        .map(String::as_str)
        .chain(said(screen))
        .flat_map(|text| wrap(text, room, cut))
        .collect();
    let seen = wrap(&seen_in(screen), room, cut);
    let fixed = 1 + problem.len().max(1) + more.len();
    let most = usize::from(area.height.saturating_sub(2));
    let left = most.saturating_sub(fixed + 1 + seen.len() + 2);
    let listed = if files.is_empty() {
        0
    } else {
        files.len().min(FILES).min(left)
    };
    let below = if listed > 0 {
        1 + seen.len() + listed
    } else {
        0
    };
    let high = popup::height(fixed + below);
    let title = ("Add repositories or an export", "");
    let inside = popup::open(buf, area, (wide, high), title, screen);
    popup::input(buf, inside, 0, ("", &form.entry.field), screen);
    let mut row = 1;
    row = lines(buf, inside, row, (&problem, Role::Failed, screen));
    row = row.max(2);
    row = lines(buf, inside, row, (&more, Role::Muted, screen));
    if listed == 0 {
        return;
    }
    row = lines(buf, inside, row + 1, (&seen, Role::Muted, screen));
    let body = rows(inside, row, cells(listed));
    let at = form.chosen.unwrap_or(0);
    for (line, place) in table::visible(at, files.len(), body).enumerate() {
        let chosen = form.chosen == Some(place);
        // The field itself is the line above the first.
        let cursor = form.chosen.map_or(0, |at| at + 1);
        screen.row_at(rows(body, cells(line), 1), None, (place + 1, cursor));
        file(
            buf,
            rows(body, cells(line), 1),
            (files[place], chosen),
            screen,
        );
    }
}

/// Writes `text` from `row` on; returns the row below.
fn lines(
    buf: &mut Buffer,
    area: Rect,
    row: u16,
    (text, role, screen): (&[String], Role, &Screen<'_>),
) -> u16 {
    for (at, line) in text.iter().enumerate() {
        put(buf, area, (0, row + cells(at)), (line, screen.style(role)));
    }
    row + cells(text.len())
}

/// `Enter alone reads the 5 repositories in ~/code.`, for a newcomer near some.
fn near(screen: &Screen<'_>) -> Option<String> {
    let near = add::near(screen.state)?;
    let folder = screen.name(&near.folder);
    let key = screen.state.keymap.label(&[Context::Text], Action::Accept);
    let what = match near.names.as_slice() {
        [only] => format!("{} in {folder}", screen.name(only.as_str())),
        all if near.more => format!("the repositories in {folder}, {} or more", all.len()),
        all => format!("the {} repositories in {folder}", all.len()),
    };
    Some(format!("{key} alone reads {what}."))
}

fn said(screen: &Screen<'_>) -> Vec<&'static str> {
    if screen.tier == Tier::Numbers {
        return vec!["A folder with repositories, or an export: type, paste or drop its path."];
    }
    let mut more = vec![
        "A repository, a folder that holds some, or an export of your tracker. Type or paste its \
         path, or drop it here. inward starts afresh with leave to read it; nothing is written \
         into it.",
    ];
    let facts = screen.state.facts.as_ref();
    if facts.is_some_and(|facts| facts.kept == Kept::Memory && !facts.demo) {
        more.push(if screen.state.is_bare() {
            "What it reads is kept from then on, in the one file named above."
        } else {
            "What was read so far is kept from then on."
        });
    }
    more
}

/// `Seen in ~/Downloads, ~ before the lock, by name only:`
fn seen_in(screen: &Screen<'_>) -> String {
    let mut folders: Vec<&str> = Vec::new();
    for one in screen.state.seen_files.iter() {
        if !folders.contains(&one.folder.as_str()) {
            folders.push(one.folder.as_str());
        }
    }
    let folders: Vec<_> = folders.iter().map(|one| screen.name(one)).collect();
    format!(
        "Seen in {} before the lock, by name only:",
        folders.join(", ")
    )
}

fn file(buf: &mut Buffer, area: Rect, (one, chosen): (&SeenFile, bool), screen: &Screen<'_>) {
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    let blank = " ".repeat(usize::from(area.width));
    put(buf, area, (0, 0), (&blank, style(Role::Text)));
    let calendar = &screen.state.calendar;
    let at = chrono::DateTime::from_timestamp(one.modified, 0);
    let day = at.map_or_else(String::new, |at| {
        words::day(at.with_timezone(&calendar.zone).date_naive(), calendar)
    });
    let right = screen.clause(format!("{:>8}  {day} ", size(one.size)));
    put_right(
        buf,
        area,
        0,
        &[Span::new(right.clone(), style(Role::Muted))],
    );
    let folder = screen.name(one.folder.as_str());
    let room = usize::from(area.width).saturating_sub(width(&right) + 2);
    let name = screen.name(one.name.as_str());
    // The folder may be missed before the name is.
    let whole = width(&name) + width(&folder) + 2 <= room;
    let name = fit(&name, room, screen.theme.glyphs.cut);
    let used = put(buf, area, (1, 0), (&name, style(Role::Text)));
    if whole {
        put(buf, area, (used + 3, 0), (&folder, style(Role::Muted)));
    }
}

/// `1.2 MB`
fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let all = bytes.saturating_mul(10) / unit;
        forms::decimal(&format!("{}.{}", all / 10, all % 10))
    };
    match bytes {
        0..=999 => format!("{bytes} B"),
        1_000..=999_999 => format!("{} kB", tenths(1_000)),
        1_000_000..=999_999_999 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let all: Vec<_> = [7, 1_250, 12_300_000, 4_000_000_000].map(size).to_vec();
        assert_eq!(all, ["7 B", "1.2 kB", "12.3 MB", "4.0 GB"]);
    }
}
