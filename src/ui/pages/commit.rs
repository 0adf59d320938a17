//! A commit and its files.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::empty;
use crate::app::note;
use crate::app::state::CommitDetail;
use crate::app::view::{CommitView, FileRow, Ties};
use crate::model::dataset::flag;
use crate::model::forms;
use crate::model::ids::Oid;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, clauses, columns, fit, fit_end, put, rows, width, wrap};
use crate::ui::theme::Role;
use crate::ui::widgets::panel::Panel;
use crate::ui::widgets::table;
use crate::ui::words;

/// Draws the detail.
pub(super) fn draw(buf: &mut Buffer, area: Rect, detail: &CommitDetail, screen: &Screen<'_>) {
    if let Some(why) = &detail.view.failed {
        empty::unshown(
            buf,
            area,
            ("This commit could not be shown.", why.as_str()),
            screen,
        );
        return;
    }
    let Some(view) = &detail.view.value else {
        return;
    };
    let inset = columns(area, 1, area.width.saturating_sub(2));
    let used = head(buf, inset, view, screen);
    let body = rows(area, used + 1, area.height.saturating_sub(used + 1));
    files(buf, body, (view, detail.cursor), screen);
}

fn head(buf: &mut Buffer, area: Rect, view: &CommitView, screen: &Screen<'_>) -> u16 {
    let room = usize::from(area.width);
    let cut = screen.theme.glyphs.cut;
    let row = &view.row;
    let mut lines = wrap(&screen.name(row.summary.as_str()), room, cut);
    if lines.len() > 2 {
        lines.truncate(2);
        lines[1] = fit(&format!("{} {cut}", lines[1]), room, cut);
    }
    for (at, line) in lines.iter().enumerate() {
        put(buf, area, (0, cells(at)), (line, screen.style(Role::Title)));
    }
    let when = row.authored.local().map(|at| {
        let day = words::weekday(at.date_naive(), &screen.state.calendar);
        format!("{day}, {} ({})", forms::time(&at), at.format("%:z"))
    });
    let repos: Vec<_> = view.repos.iter().map(|r| screen.name(r.as_str())).collect();
    let is = |bit| row.marks.is(bit);
    let marks = [
        (is(flag::MERGE), "merge: no lines of its own"),
        (is(flag::TWIN), "copy of another commit: not counted"),
        (
            is(flag::SQUASHED),
            "landed in a squash, which has its lines",
        ),
        (is(flag::SQUASH), "squash: its originals count as the work"),
        (is(flag::REVERT), "takes back another commit"),
        (
            is(flag::REFORMAT),
            "mass reformatting: its lines are not counted",
        ),
        (is(flag::ASSISTED), "assisted by a program"),
        (is(flag::HUMAN), "written without assistance, as you say"),
        (row.marks.undated, "its clock is not believed"),
        (
            row.lines.is_none() && !is(flag::MERGE),
            "lines unknown: not all of its history can be read",
        ),
    ];
    let mut facts = vec![
        screen.name(&row.oid.short()),
        screen.clause(when.unwrap_or_default()),
        repos.join(", "),
    ];
    facts.extend(marks.iter().filter(|m| m.0).map(|m| m.1.to_owned()));
    let text = clauses(&facts, &screen.dot(), room);
    let at = cells(lines.len());
    put(buf, area, (0, at), (&text, screen.style(Role::Muted)));
    let mut ties = ties(&view.ties, screen);
    if let Some(note) = note::on_commit(screen.state, row) {
        let text = fit(&screen.name(note.text.as_str()), 40, cut);
        ties.push(format!("note: {text}"));
    }
    if ties.is_empty() {
        return at + 1;
    }
    let text = clauses(&ties, &screen.dot(), room);
    put(buf, area, (0, at + 1), (&text, screen.style(Role::Muted)));
    at + 2
}

/// `made on topic`, `copy of 1a2b3c4d5e`, `names PAY-12, #7`: the ties there are.
fn ties(ties: &Ties, screen: &Screen<'_>) -> Vec<String> {
    let one = |what: &str, oid: &Oid| format!("{what} {}", screen.name(&oid.short()));
    let mut out = Vec::new();
    let branch = ties.branch.iter();
    out.extend(branch.map(|name| format!("made on {}", screen.name(name.as_str()))));
    out.extend(ties.twin_of.iter().map(|oid| one("copy of", oid)));
    out.extend(ties.squashed_by.iter().map(|oid| one("landed in", oid)));
    out.extend(match ties.squash_of.len() {
        0 => None,
        1 => Some("holds 1 commit of yours".to_owned()),
        n => Some(format!("holds {n} commits of yours")),
    });
    out.extend(ties.reverts.iter().map(|oid| one("takes back", oid)));
    out.extend(ties.reverted_by.iter().map(|oid| one("taken back by", oid)));
    let names: Vec<_> = ties
        .mentions
        .iter()
        .map(|m| screen.name(m.as_str()))
        .collect();
    if !names.is_empty() {
        out.push(format!("names {}", names.join(", ")));
    }
    out
}

fn files(buf: &mut Buffer, area: Rect, (view, cursor): (&CommitView, usize), screen: &Screen<'_>) {
    let total = view.files.len();
    let height = area.height.saturating_sub(2);
    let title = match total {
        0 => "No files".to_owned(),
        1 => "1 file".to_owned(),
        n => format!("{} files", words::count(n as u64)),
    };
    let panel = Panel {
        title: &screen.clause(title),
        note: screen.note(&screen.clause(table::position(cursor, total, height))),
        focused: true,
    };
    let inside = panel.draw(buf, area, screen);
    let most = view.files.iter().map(changed).max().unwrap_or(0);
    for (at, position) in table::visible(cursor, total, inside).enumerate() {
        let line = rows(inside, cells(at), 1);
        screen.row_at(line, None, (position, cursor));
        let file = &view.files[position];
        draw_file(buf, line, (file, most, position == cursor), screen);
    }
}

fn changed(file: &FileRow) -> u32 {
    file.lines
        .map_or(0, |lines| lines.added.saturating_add(lines.deleted))
}

/// Columns of the bar of one file.
const BAR: u16 = 10;

fn draw_file(
    buf: &mut Buffer,
    area: Rect,
    (file, most, chosen): (&FileRow, u32, bool),
    screen: &Screen<'_>,
) {
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
    }
    let bar = if area.width >= 70 { BAR + 2 } else { 0 };
    let kind = if area.width >= 60 { 24 } else { 0 };
    let paths = area.width.saturating_sub(16 + bar + kind);
    let path = match &file.old_path {
        Some(old) if !screen.state.blurred => format!("{} -> {}", old, file.path),
        _ => screen.name(file.path.as_str()),
    };
    let path = fit_end(&path, usize::from(paths), screen.theme.glyphs.cut);
    put(buf, area, (0, 0), (&path, style(Role::Text)));
    if kind > 0 {
        let what = [
            file.language.as_str().to_owned(),
            file.category.name().to_owned(),
        ];
        let what = screen.clause(clauses(&what, &screen.dot(), usize::from(kind) - 2));
        put(buf, area, (paths + 2, 0), (&what, style(Role::Muted)));
    }
    let end = columns(area, area.width.saturating_sub(14 + bar), 14);
    let Some(lines) = file.lines else {
        put(buf, end, (5, 0), ("binary", style(Role::Muted)));
        return;
    };
    let minus = screen.theme.glyphs.minus;
    let up = screen.number(format!("+{}", words::short(f64::from(lines.added))));
    let down = screen.number(format!("{minus}{}", words::short(f64::from(lines.deleted))));
    for (text, edge, role) in [(up, 7_u16, Role::Series), (down, 14, Role::Second)] {
        let at = edge.saturating_sub(cells(width(&text)));
        put(buf, end, (at, 0), (&text, style(role)));
    }
    if bar > 0 && !screen.state.blurred {
        let place = columns(area, area.width - BAR, BAR);
        draw_bar(buf, place, (lines.added, lines.deleted, most), screen);
    }
}

/// Added and deleted lines as two parts of one bar.
fn draw_bar(
    buf: &mut Buffer,
    area: Rect,
    (added, deleted, most): (u32, u32, u32),
    screen: &Screen<'_>,
) {
    let part = |lines: u32| {
        let share = f64::from(lines) / f64::from(most.max(1)) * f64::from(area.width);
        let whole = (0..=area.width)
            .rev()
            .find(|w| f64::from(*w) <= share + 0.5);
        whole.unwrap_or(0).max(u16::from(lines > 0))
    };
    let glyph = screen.theme.glyphs.bar;
    let up = glyph.repeat(usize::from(part(added)));
    let down = glyph.repeat(usize::from(part(deleted)));
    let used = put(buf, area, (0, 0), (&up, screen.style(Role::Series)));
    put(buf, area, (used, 0), (&down, screen.style(Role::Second)));
}
