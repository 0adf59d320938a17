//! Mirrored bars: lines added grow up from a common zero, lines deleted down from it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::{axes, days, ticks};
use crate::model::away::Away;
use crate::model::figure::Point;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, put, width};
use crate::ui::theme::Role;
use crate::ui::words;

/// What mirrored bars show; both halves have the same buckets.
pub struct Mirror<'a> {
    /// Up: lines added.
    pub up: &'a [Point],
    /// Down: lines deleted.
    pub down: &'a [Point],
    /// Days that the owner marked, sorted.
    pub away: &'a [Away],
    /// The bucket under the cursor.
    pub cursor: Option<usize>,
}

/// Where bars stand.
struct Grid {
    plot: Rect,
    /// Rows above zero.
    above: u16,
    /// Lines an eighth of a row stands for.
    eighth: f64,
    /// Columns from bar to bar, and of a bar.
    pitch: u16,
    bar: u16,
}

impl Mirror<'_> {
    /// Draws the bars into `area`; does nothing where they do not fit.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        let (most, least) = (highest(self.up), highest(self.down));
        if area.height < 6 || self.up.is_empty() {
            return;
        }
        let labels = [
            screen.number(format!("+{}", words::short(most))),
            "0".to_owned(),
            screen.number(format!(
                "{}{}",
                screen.theme.glyphs.minus,
                words::short(least)
            )),
        ];
        let gutter = labels.iter().map(|text| width(text)).max().unwrap_or(0);
        let gutter = cells(gutter + 1);
        let plot = columns(area, gutter, area.width);
        // Words of marked days take a row, where there is one; they are nobody else's business.
        let hidden = area.height < 8 || screen.state.blurred;
        let away: &[Away] = if hidden { &[] } else { self.away };
        let labels_row = area.height - 1 - u16::from(!away.is_empty());
        let plot = Rect {
            height: labels_row,
            ..plot
        };
        let Some(grid) = Grid::new(plot, (most, least), self.up.len()) else {
            return;
        };
        frame(buf, area, (&grid, gutter), &labels, screen);
        let part = |at, part: f64| grid.column(at) + row(part * f64::from(grid.pitch));
        let marks = days::marks(self.up, away, (part, plot.width));
        let lower = Rect {
            height: area.height,
            ..plot
        };
        let place = (grid.above, area.height - 1);
        axes::draw_marks(buf, lower, (&marks, place), screen);
        let names = ticks::labels(self.up, &screen.state.calendar, |at| grid.column(at));
        let mut free = 0;
        for (column, text) in names {
            let wide = cells(width(&text));
            if column >= free && column + wide <= plot.width {
                put(
                    buf,
                    area,
                    (gutter + column, labels_row),
                    (&text, screen.style(Role::Muted)),
                );
                free = column + wide + 2;
            }
        }
        if !screen.state.blurred {
            self.bars(buf, &grid, screen);
        }
    }

    fn bars(&self, buf: &mut Buffer, grid: &Grid, screen: &Screen<'_>) {
        let glyphs = &screen.theme.glyphs;
        for (at, point) in self.up.iter().enumerate() {
            let mut style = screen.style(Role::Series);
            let mut second = screen.style(Role::Second);
            if self.cursor == Some(at) {
                style = style.add_modifier(Modifier::BOLD);
                second = second.add_modifier(Modifier::BOLD);
                let mark = (grid.column(at), grid.above);
                put(
                    buf,
                    grid.plot,
                    mark,
                    (glyphs.point, screen.style(Role::Title)),
                );
            }
            let up = grid.eighths(point.value);
            for row in 0..grid.above {
                let fill = up.saturating_sub(u32::from(row) * 8).min(8) as usize;
                let text = if point.complete || fill == 0 {
                    glyphs.eighths[fill]
                } else {
                    glyphs.running_bar
                };
                if fill > 0 {
                    let place = (grid.column(at), grid.above - 1 - row);
                    let bar = text.repeat(usize::from(grid.bar));
                    put(buf, grid.plot, place, (&bar, style));
                }
            }
            let down = grid.eighths(self.down.get(at).and_then(|point| point.value));
            let below = grid.plot.height.saturating_sub(grid.above + 1);
            for row in 0..below {
                // There are no eighths from above: whole cells, and a half one to end with.
                let fill = down.saturating_sub(u32::from(row) * 8).min(8);
                let text = match fill {
                    0..=1 if row > 0 || fill == 0 => continue,
                    0..=5 => glyphs.upper_half,
                    _ if point.complete => glyphs.eighths[8],
                    _ => glyphs.running_bar,
                };
                let place = (grid.column(at), grid.above + 1 + row);
                let bar = text.repeat(usize::from(grid.bar));
                put(buf, grid.plot, place, (&bar, second));
            }
        }
    }
}

fn frame(
    buf: &mut Buffer,
    area: Rect,
    (grid, gutter): (&Grid, u16),
    labels: &[String; 3],
    screen: &Screen<'_>,
) {
    let [up, _, along, _, left] = screen.theme.glyphs.axis;
    let line = screen.style(Role::Border);
    let last = grid.plot.height - 1;
    for row in 0..grid.plot.height {
        let glyph = if [0, grid.above, last].contains(&row) {
            left
        } else {
            up
        };
        put(buf, area, (gutter - 1, row), (glyph, line));
    }
    let zero = along.repeat(usize::from(grid.plot.width));
    put(buf, grid.plot, (0, grid.above), (&zero, line));
    for (label, row) in labels.iter().zip([0, grid.above, last]) {
        let at = (gutter - 1).saturating_sub(cells(width(label)));
        put(buf, area, (at, row), (label, screen.style(Role::Muted)));
    }
}

impl Grid {
    fn new(plot: Rect, (most, least): (f64, f64), bars: usize) -> Option<Self> {
        let pitch = plot.width / cells(bars).max(1);
        if pitch == 0 || plot.height < 4 {
            return None;
        }
        let rows = f64::from(plot.height - 1);
        let share = most / (most + least).max(1.0);
        // One scale on both sides, and never a side without a row.
        let above = (rows * share).round().clamp(1.0, rows - 1.0);
        let eighth = (most / above).max(least / (rows - above)) / 8.0;
        Some(Self {
            plot,
            above: plot.height.min(row(above)),
            eighth: eighth.max(1e-9),
            pitch,
            bar: (pitch * 2 / 3).max(1),
        })
    }

    fn column(&self, at: usize) -> u16 {
        cells(at).saturating_mul(self.pitch)
    }

    fn eighths(&self, value: Option<f64>) -> u32 {
        let value = value.unwrap_or(0.0);
        let eighths = u32::from(row((value / self.eighth).round()));
        // What is not zero can be seen.
        if value > 0.0 { eighths.max(1) } else { 0 }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=65535 first"
)]
fn row(value: f64) -> u16 {
    value.clamp(0.0, 65_535.0) as u16
}

fn highest(points: &[Point]) -> f64 {
    points.iter().filter_map(|p| p.value).fold(0.0, f64::max)
}
