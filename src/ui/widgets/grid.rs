//! Things down, time across: name, share, bar, a cell for each stretch of time, total. The cells
//! of all rows share their steps, so that rows can be compared.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::bars::bar;
use super::heat::{Steps, cell, covered};
use super::table;
use crate::ui::screen::Screen;
use crate::ui::text::{Span, cells, fit, put, put_spans, rows, spans_width, width};
use crate::ui::theme::Role;

/// One row.
pub struct Row {
    /// What it is about.
    pub name: String,
    /// Its part of the whole, from 0 to 1, and the words for it; `None` in the row of totals.
    pub share: Option<(f64, String)>,
    /// A value for each stretch of time; `None` = missing.
    pub cells: Vec<Option<f64>>,
    /// The whole row in words.
    pub total: String,
}

/// The table.
pub struct Grid<'a> {
    /// The rows, largest first.
    pub rows: &'a [Row],
    /// What all of them come to.
    pub sum: &'a Row,
    /// The first day of each stretch of time, and how it is written.
    pub heads: &'a [(NaiveDate, String)],
    /// The row and the stretch under the cursor; `None` without the focus.
    pub cursor: Option<(usize, Option<usize>)>,
    /// The row that the cursor stands in, whatever has the focus.
    pub row: usize,
}

/// Where the columns stand.
struct Columns {
    names: usize,
    share: u16,
    bar: (u16, u16),
    cells: u16,
    wide: u16,
    /// The first stretch that is shown.
    skip: usize,
    total: u16,
}

/// Columns of the totals.
const TOTAL: u16 = 8;
/// The widest cell.
const WIDEST: u16 = 5;

impl Grid<'_> {
    /// Draws the heads, as many rows as fit with the cursor among them, the sums and the legend.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        if area.height < 3 || area.width < 20 {
            return;
        }
        let at = self.columns(area, screen);
        self.heads(buf, area, &at, screen);
        let count = screen.theme.steps();
        let values = self.rows.iter().flat_map(|row| &row.cells);
        let steps = Steps::of(values.filter_map(|value| *value), count);
        // Heads above, sums and legend below; a short table says less.
        let below: u16 = if area.height >= 8 { 3 } else { 1 };
        let body = rows(area, 1, area.height.saturating_sub(1 + below));
        let shown = table::visible(self.row, self.rows.len(), body);
        let end = cells(shown.len());
        for (line, place) in shown.enumerate() {
            let Some(one) = self.rows.get(place) else {
                continue;
            };
            let chosen = self.cursor.filter(|(row, _)| *row == place);
            let line = rows(body, cells(line), 1);
            screen.row_at(line, Some(0), (place, self.row));
            row(buf, line, (one, &at, chosen), (&steps, screen));
        }
        let sums = rows(area, 1 + end, 1);
        if self.rows.len() > 1 && area.height > 1 + end {
            row(buf, sums, (self.sum, &at, None), (&steps, screen));
        }
        let legend = steps.legend(usize::from(area.width), screen);
        let last = area.height - 1;
        let long = cells(spans_width(&legend));
        if below > 1 && !screen.state.blurred {
            // Below the cells, or further left where it would not fit there.
            let from = at.cells.min(area.width.saturating_sub(long));
            put_spans(buf, area, (from, last), &legend);
        }
    }

    fn columns(&self, area: Rect, screen: &Screen<'_>) -> Columns {
        let widest = self.rows.iter().map(|row| width(&row.name)).max();
        let names = widest.unwrap_or(0).clamp(4, usize::from(area.width) / 4);
        let share = cells(names) + 3;
        let room = area.width.saturating_sub(share + 5 + TOTAL);
        let bar = match area.width {
            150.. => 28,
            100.. => 16,
            _ => 0,
        };
        let bar = if screen.state.blurred { 0 } else { bar };
        let gap = u16::from(bar > 0);
        let room = room.saturating_sub(bar + gap * 2);
        let count = cells(self.heads.len()).max(1);
        let wide = (room / count).clamp(1, WIDEST);
        let fits = usize::from(room / wide);
        let shown = self.heads.len().min(fits);
        let start = share + 5 + bar + gap * 2;
        Columns {
            names,
            share,
            bar: (share + 5, bar),
            cells: start,
            wide,
            skip: self.heads.len() - shown,
            total: start + cells(shown) * wide,
        }
    }

    /// The first day of as many stretches as have room for it.
    fn heads(&self, buf: &mut Buffer, area: Rect, at: &Columns, screen: &Screen<'_>) {
        let mut free = 0;
        for (place, (_, name)) in self.heads.iter().skip(at.skip).enumerate() {
            let column = at.cells + cells(place) * at.wide;
            let end = column + cells(width(name));
            if column >= free && end <= at.total + TOTAL.min(4) {
                put(buf, area, (column, 0), (name, screen.style(Role::Muted)));
                free = end + 2;
            }
        }
    }
}

fn row(
    buf: &mut Buffer,
    area: Rect,
    (row, at, chosen): (&Row, &Columns, Option<(usize, Option<usize>)>),
    (steps, screen): (&Steps, &Screen<'_>),
) {
    let text = screen.style(Role::Text);
    let glyphs = &screen.theme.glyphs;
    let name = fit(&row.name, at.names, glyphs.cut);
    let is_sum = row.share.is_none();
    let style = match chosen {
        Some(_) => screen.style(Role::Selected),
        None if is_sum => screen.style(Role::Muted),
        None => text,
    };
    if chosen.is_some() {
        put(
            buf,
            area,
            (0, 0),
            (glyphs.cursor, screen.style(Role::Focus)),
        );
    }
    put(buf, area, (2, 0), (&name, style));
    if let Some((share, words)) = &row.share {
        let column = at.share + 4 - cells(width(words)).min(4);
        put(buf, area, (column, 0), (words, screen.style(Role::Title)));
        let (column, room) = at.bar;
        if room > 0 {
            let bar = bar(*share, room, glyphs.bar);
            put(buf, area, (column, 0), (&bar, screen.style(Role::Series)));
        }
    }
    let bucket = chosen.and_then(|(_, bucket)| bucket);
    let most = row
        .cells
        .iter()
        .filter_map(|value| *value)
        .fold(0.0, f64::max);
    for (place, value) in row.cells.iter().enumerate().skip(at.skip) {
        let column = at.cells + cells(place - at.skip) * at.wide;
        let Some(value) = value else { continue };
        if is_sum {
            // Sums are of another size than the cells: a column of eighths, not a shade.
            sum(buf, area, (column, at.wide), (*value, most), screen);
            continue;
        }
        let step = covered(steps.step(*value, screen.theme.steps()), screen);
        let here = (step, bucket == Some(place));
        // A free column between wide cells, so that they can be counted.
        let wide = if at.wide > 2 { at.wide - 1 } else { at.wide };
        cell(buf, area, ((column, 0), wide), here, screen);
    }
    let total = format!("{:>wide$}", row.total, wide = usize::from(TOTAL) - 1);
    let role = if is_sum { Role::Muted } else { Role::Text };
    put(buf, area, (at.total, 0), (&total, screen.style(role)));
}

/// One stretch of the sums: a column of eighths.
fn sum(
    buf: &mut Buffer,
    area: Rect,
    (column, wide): (u16, u16),
    (value, most): (f64, f64),
    screen: &Screen<'_>,
) {
    if screen.state.blurred {
        return;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and 7"
    )]
    let eighth = (value / most.max(1e-9) * 7.0).ceil().clamp(1.0, 7.0) as usize;
    let glyphs = &screen.theme.glyphs;
    if value <= 0.0 {
        let wide = if wide > 2 { wide - 1 } else { wide };
        let dot = format!("{:^wide$}", glyphs.shades[0], wide = usize::from(wide));
        put(buf, area, (column, 0), (&dot, screen.style(Role::Muted)));
        return;
    }
    let bars = glyphs.eighths[eighth].repeat(usize::from(wide).saturating_sub(1).max(1));
    let span = [Span::new(bars, screen.style(Role::Series))];
    put_spans(buf, area, (column, 0), &span);
}
