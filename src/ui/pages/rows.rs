//! A list: the log, and the rows behind a figure. Rows that are no commits: `items`.
//!
//! ```text
//!   Fri 14 Aug  09:40  api   Retry on 429      Rust   3 files   +120   −34
//! ▸             17:02  web   Empty state       …
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{items, log};
use crate::app::effect::SortBy;
use crate::app::kinds::Kind;
use crate::app::list::List;
use crate::app::note;
use crate::app::row::Row;
use crate::app::view::CommitRow;
use crate::model::dataset::flag;
use crate::model::figure::Of;
use crate::model::forms;
use crate::model::task::When;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, clauses, columns, fit, put, rows, width};
use crate::ui::theme::Role;
use crate::ui::widgets::{popup, table};
use crate::ui::words;

/// Stands before a row with a note.
pub(super) const NOTED: &str = "*";

/// The columns that fit, widths included; 0 = left out.
struct Columns {
    day: u16,
    time: u16,
    repo: u16,
    language: u16,
    files: u16,
    lines: u16,
}

impl Columns {
    fn of(width: u16, list: &List) -> Self {
        let names = list.rows.value.iter().flat_map(|rows| &rows.rows);
        let widest = names
            .map(|row| crate::ui::text::width(row.place().as_str()))
            .max();
        let repo = cells(widest.unwrap_or(0)).clamp(4, 16) + 2;
        Self {
            day: if width >= 60 { 13 } else { 8 },
            time: if width >= 76 {
                words::clock_column()
            } else {
                0
            },
            repo: if width >= 50 { repo } else { 0 },
            language: if width >= 110 { 14 } else { 0 },
            files: if width >= 96 { 10 } else { 0 },
            lines: if width >= 46 { 14 } else { 0 },
        }
    }

    fn fixed(&self) -> u16 {
        2 + self.day + self.time + self.repo + self.language + self.files + self.lines
    }
}

/// Draws the filter line and as many rows as fit.
pub(super) fn draw(buf: &mut Buffer, area: Rect, list: &List, screen: &Screen<'_>) {
    let area = area.intersection(buf.area);
    let wide = Columns::of(area.width, list);
    let item = items::Columns::of(area.width, list);
    let log = log::Columns::of(area.width, list);
    let what = list.rows.value.as_ref().map(|rows| rows.what);
    let of_log = matches!(what, Some(None));
    let total = list.total();
    let seen = table::visible(list.cursor, total, area);
    let mut last_day = String::new();
    for (at, position) in seen.enumerate() {
        let Some(row) = list.row(position) else {
            let waiting = screen.theme.glyphs.cut;
            put(
                buf,
                area,
                (2, cells(at)),
                (waiting, screen.style(Role::Muted)),
            );
            continue;
        };
        let day = day_of(row, &wide, screen);
        // A day is written once, at its first row on the screen.
        let shown = if day == last_day { "" } else { day.as_str() };
        let shown = if screen.state.blurred { "" } else { shown };
        let line = rows(area, cells(at), 1);
        screen.row_at(line, None, (position, list.cursor));
        let chosen = position == list.cursor;
        match row {
            row if of_log => log::draw(buf, line, (row, shown, chosen), &log, screen),
            Row::Commit(row) => draw_row(buf, line, (row, shown, chosen), &wide, screen),
            Row::Item(row) => items::draw(buf, line, (row, shown, chosen), &item, screen),
        }
        if list.is_marked(row) {
            let role = if chosen { Role::Selected } else { Role::Focus };
            put(
                buf,
                line,
                (1, 0),
                (screen.theme.glyphs.point, screen.style(role)),
            );
        }
        last_day.clone_from(&day);
    }
}

/// The day a row stands on, in words that fit its column.
fn day_of(row: &Row, wide: &Columns, screen: &Screen<'_>) -> String {
    let day = match row {
        Row::Commit(row) => row.authored.day().filter(|_| !row.marks.undated),
        Row::Item(row) => row.at.and_then(When::day),
    };
    let calendar = &screen.state.calendar;
    match day {
        None => "no date".to_owned(),
        Some(day) if wide.day >= 13 => words::weekday(day, calendar),
        Some(day) => words::day(day, calendar),
    }
}

fn draw_row(
    buf: &mut Buffer,
    area: Rect,
    (row, day, chosen): (&CommitRow, &str, bool),
    wide: &Columns,
    screen: &Screen<'_>,
) {
    let cut = screen.theme.glyphs.cut;
    let style = |role| {
        if chosen {
            screen.style(Role::Selected)
        } else {
            screen.style(role)
        }
    };
    if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
        put(
            buf,
            area,
            (0, 0),
            (screen.theme.glyphs.cursor, style(Role::Text)),
        );
    }
    if note::on_commit(screen.state, row).is_some() {
        put(buf, area, (1, 0), (NOTED, style(Role::Key)));
    }
    let mut at = 2;
    let mut cell = |buf: &mut Buffer, text: &str, room: u16, style: Style| {
        if room > 0 {
            let text = fit(text, usize::from(room.saturating_sub(1)), cut);
            put(buf, area, (at, 0), (&text, style));
            at += room;
        }
    };
    cell(buf, day_in(day, wide.day), wide.day, style(Role::Muted));
    let time = row
        .authored
        .local()
        .filter(|_| !row.day_only)
        .map(|at| forms::clock(&at));
    let time = screen.number(time.unwrap_or_default());
    cell(buf, &time, wide.time, style(Role::Muted));
    cell(
        buf,
        &screen.name(row.repo.as_str()),
        wide.repo,
        style(Role::Series),
    );
    let room = area.width.saturating_sub(wide.fixed());
    let summary = summary(row, screen);
    let role = if row.marks.is(flag::MERGE | flag::TWIN) {
        Role::Muted
    } else {
        Role::Text
    };
    cell(buf, &summary, room, style(role));
    cell(
        buf,
        &screen.clause(row.language.as_str()),
        wide.language,
        style(Role::Muted),
    );
    let files = files(row, screen);
    cell(buf, &format!("{files:>9}"), wide.files, style(Role::Muted));
    if wide.lines > 0 {
        let end = columns(area, area.width.saturating_sub(wide.lines), wide.lines);
        lines(
            buf,
            end,
            row,
            (style(Role::Series), style(Role::Second)),
            screen,
        );
    }
}

/// `Fri 14 Aug` in a column of `wide`; a day with its year is longer: the weekday gives way.
pub(super) fn day_in(day: &str, wide: u16) -> &str {
    let room = usize::from(wide);
    let fits = |text: &str| width(text) < room;
    let plain = match day.split_once(' ') {
        Some((first, rest)) if !fits(day) && first.chars().all(char::is_alphabetic) => rest,
        _ => day,
    };
    match plain.rsplit_once(' ') {
        // The year gives way last: the page bar tells which days these are.
        Some((rest, year)) if !fits(plain) && year.len() == 4 => rest,
        _ => plain,
    }
}

/// `3 files`; merges have none of their own.
fn files(row: &CommitRow, screen: &Screen<'_>) -> String {
    let files = match (row.marks.is(flag::MERGE), row.files) {
        (true, _) => String::new(),
        (false, 1) => "1 file".to_owned(),
        (false, n) => format!("{n} files"),
    };
    screen.clause(files)
}

pub(super) fn summary(row: &CommitRow, screen: &Screen<'_>) -> String {
    let mut text = screen.name(row.summary.as_str());
    let marks = [
        (flag::MERGE, "merge"),
        (flag::TWIN, "copy"),
        (flag::SQUASHED, "squashed"),
        (flag::SQUASH, "squash"),
        (flag::REFORMAT, "reformat"),
        (flag::ASSISTED, "assisted"),
        (flag::EXCLUDED, "excluded"),
    ];
    for (bit, word) in marks {
        if row.marks.is(bit) {
            text = format!("[{word}] {text}");
        }
    }
    text
}

/// `+120   −34`, each in a column of its own, right-aligned.
pub(super) fn lines(
    buf: &mut Buffer,
    area: Rect,
    row: &CommitRow,
    (added, deleted): (Style, Style),
    screen: &Screen<'_>,
) {
    if row.marks.is(flag::MERGE) {
        return;
    }
    let Some(lines) = row.lines else {
        put(buf, area, (2, 0), ("lines unknown", deleted));
        return;
    };
    let minus = screen.theme.glyphs.minus;
    let up = screen.number(format!("+{}", words::short(f64::from(lines.added))));
    let down = screen.number(format!("{minus}{}", words::short(f64::from(lines.deleted))));
    for (text, end, style) in [(up, 6_u16, added), (down, 13, deleted)] {
        let at = end.saturating_sub(cells(width(&text)));
        put(buf, area, (at, 0), (&text, style));
    }
}

/// The line over a list: how many rows, the order, the filter with its cursor.
///
/// The order is left out where less than `keep` columns would be left of it.
pub(super) fn heading(
    buf: &mut Buffer,
    area: Rect,
    (list, keep): (&List, u16),
    screen: &Screen<'_>,
) {
    let glyphs = &screen.theme.glyphs;
    let rows = list.rows.value.as_ref();
    let total = rows.map_or(0, |rows| rows.total);
    let of = rows.map_or(0, |rows| rows.of);
    let number = |n: usize| screen.number(words::count(n as u64));
    let what = rows.map_or(Some(Of::default()), |rows| rows.what);
    let noun = what.map_or_else(|| mixed(list, of), |what| what.noun(of as u64));
    let count = if list.filter.is_empty() {
        format!("{} {noun}", number(of))
    } else {
        format!("{} of {} {noun}", number(total), number(of))
    };
    let turned = if list.sort.reverse { ", reversed" } else { "" };
    let order = format!("{} first{turned}", first_word(list, what));
    let room = usize::from(area.width.saturating_sub(keep));
    let copies = copies(rows.map_or(0, |rows| rows.copies), screen);
    let mut told = vec![count, copies, order];
    if !list.marked.is_empty() {
        told.insert(0, format!("{} marked", number(list.marked.len())));
    }
    // Rows are whole commits, figures count the chosen languages alone.
    if screen.state.look.languages.is_some() && !matches!(what, Some(of) if of != Of::Commits) {
        told.push("lines of every language".to_owned());
    }
    let right = clauses(&told, &screen.dot(), room);
    let right_width = cells(width(&right));
    let at = area.width.saturating_sub(right_width);
    put(buf, area, (at, 0), (&right, screen.style(Role::Muted)));
    let left = columns(area, 0, at.saturating_sub(2));
    if let Some(field) = &list.typing {
        popup::input(buf, left, 0, ("/ ", field), screen);
    } else if !list.filter.is_empty() {
        let used = put(buf, left, (0, 0), ("/ ", screen.style(Role::Key)));
        let text = fit(
            &list.filter,
            usize::from(left.width).saturating_sub(2),
            glyphs.cut,
        );
        put(buf, left, (used, 0), (&text, screen.style(Role::Text)));
    }
}

/// Why there are more rows than figures count; empty where no row is a copy.
fn copies(n: usize, screen: &Screen<'_>) -> String {
    let are = match n {
        0 => return String::new(),
        1 => "is a copy",
        _ => "are copies",
    };
    format!("{} {are}", screen.number(words::count(n as u64)))
}

/// What `n` rows of several kinds are called.
fn mixed(list: &List, n: usize) -> &'static str {
    match (list.kinds.single(), n) {
        (Some(Kind::Note), 1) => "note",
        (Some(Kind::Note), _) => "notes",
        (_, 1) => "row",
        (_, _) => "rows",
    }
}

fn first_word(list: &List, what: Option<Of>) -> &'static str {
    let Some(what) = what else {
        return match list.sort.by {
            SortBy::Time => "newest",
            SortBy::Size => "by kind, largest",
            SortBy::Repository => "by repository or project, newest",
        };
    };
    match (list.sort.by, what) {
        (SortBy::Time, _) => "newest",
        (SortBy::Size, Of::Commits) => "largest",
        (SortBy::Size, _) => "longest",
        (SortBy::Repository, Of::Commits) => "by repository, newest",
        (SortBy::Repository, _) => "by project, newest",
    }
}
