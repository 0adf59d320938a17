//! Axes of our own: labels stand exactly under what they name, counts start at zero, marked days
//! lie on the line of time.
//!
//! ```text
//!  40┤
//!    │      plot
//!   0└─┴───────┴───
//!     25 May   15 Jun
//!       leave
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::figure::Unit;
use crate::model::forms::decimal;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, put, width};
use crate::ui::theme::Role;
use crate::ui::words;

/// The upright axis: from 0 to `top` in steps of 1, 2 or 5 times a power of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value at the upper edge.
    pub top: f64,
    /// The distance of two labels.
    pub step: f64,
    /// What the values are measured in.
    pub unit: Unit,
    /// The value that labels count: a day of seconds, a hundredth of a share, else 1.
    grain: f64,
}

/// The most labels on the upright axis.
const LABELS: f64 = 4.0;

impl Scale {
    /// The smallest scale that holds `most` of `unit`, with at most 5 labels on `height` rows.
    pub fn to(most: f64, unit: Unit, height: u16) -> Self {
        let grain = grain(most, unit);
        let most = most / grain;
        let most = if most.is_finite() { most.max(1.0) } else { 1.0 };
        let labels = LABELS.min(f64::from(height / 2)).max(1.0);
        let rough = most / labels;
        let power = 10_f64.powf(rough.log10().floor());
        let factor = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .find(|factor| factor * power >= rough - 1e-9)
            .unwrap_or(10.0);
        let step = (factor * power).max(1.0);
        Self {
            top: (most / step - 1e-9).ceil().max(1.0) * step * grain,
            step: step * grain,
            unit,
            grain,
        }
    }

    /// The label of `value`: `20`, `40%`, `5d`.
    pub fn label(&self, value: f64) -> String {
        let count = (value / self.grain).round();
        let letter = match self.unit {
            Unit::Share => "%",
            Unit::Seconds | Unit::WorkTime if value == 0.0 => "",
            Unit::WorkTime => "h",
            Unit::Seconds if self.grain >= DAY => "d",
            Unit::Seconds if self.grain >= HOUR => "h",
            Unit::Seconds if self.grain >= MINUTE => "m",
            Unit::Seconds => "s",
            Unit::PerHour | Unit::Correlation => return decimal(&format!("{value:.1}")),
            _ => return words::short(value),
        };
        format!("{}{letter}", words::short(count))
    }

    /// The row of `value` on `height` rows, 0 = the upper one, as `Canvas` rounds it within
    /// [`Scale::lowest`] and the top. Zero is the axis line itself, just below the last row, so
    /// that labels stand at equal distances.
    pub fn row(&self, value: f64, height: u16) -> u16 {
        let dots = f64::from(height) * 4.0;
        let from_top = (self.top - value.clamp(0.0, self.top)) / self.top * dots;
        small(from_top.round() / 4.0).min(height.saturating_sub(1))
    }

    /// The value of the lowest dot on `height` rows; what is smaller is drawn there.
    pub fn lowest(&self, height: u16) -> f64 {
        self.top / (f64::from(height.max(1)) * 4.0)
    }

    /// The values that get a label, from 0 upwards.
    pub fn labels(&self) -> Vec<f64> {
        let mut out = Vec::new();
        let mut value = 0.0;
        while value <= self.top + self.step / 2.0 && out.len() < 8 {
            out.push(value);
            value += self.step;
        }
        out
    }
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// The unit of time, or part of a whole, in which values up to `most` are labelled.
fn grain(most: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Share => 0.01,
        Unit::WorkTime => HOUR,
        Unit::PerHour | Unit::Correlation => 0.1,
        Unit::Seconds => [DAY, HOUR, MINUTE]
            .into_iter()
            .find(|grain| most >= 2.0 * grain)
            .unwrap_or(1.0),
        _ => 1.0,
    }
}

/// The column of position `at` (0 to 1) on `width` columns, as `Canvas` rounds it.
pub fn column(at: f64, width: u16) -> u16 {
    let dots = f64::from(width) * 2.0 - 1.0;
    small((at.clamp(0.0, 1.0) * dots).round() / 2.0).min(width.saturating_sub(1))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cell of the screen: clamped to 0..=65535 first"
)]
fn small(value: f64) -> u16 {
    value.clamp(0.0, 65_535.0).floor() as u16
}

/// Both axes of a chart.
pub struct Axes<'a> {
    /// The upright one.
    pub scale: Scale,
    /// Labels under the plot with their column in it, from left to right.
    pub labels: &'a [(u16, String)],
    /// Stretches of marked days: first and last column, and a word. They take a row of their own.
    pub marks: &'a [Mark],
}

/// A stretch of marked days on the line of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its first column in the plot.
    pub from: u16,
    /// Its last column in the plot.
    pub to: u16,
    /// What it is.
    pub word: &'static str,
}

/// How many rows the axis below takes: line and labels, and words of marked days.
pub fn below(marked: bool) -> u16 {
    if marked { 3 } else { 2 }
}

/// How many columns the upright axis takes: its widest label and the line itself.
pub fn gutter(scale: &Scale, screen: &Screen<'_>) -> u16 {
    let widest = scale
        .labels()
        .iter()
        .map(|value| width(&screen.number(scale.label(*value))))
        .max();
    cells(widest.unwrap_or(0) + 1)
}

impl Axes<'_> {
    /// Draws the axes into `area` and returns the room for the plot: everything above the line
    /// and right of the upright axis, less the row of labels.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) -> Rect {
        let area = area.intersection(buf.area);
        let gutter = gutter(&self.scale, screen);
        let below = below(!self.marks.is_empty());
        if area.width <= gutter + 1 || area.height <= below {
            return Rect::ZERO;
        }
        let plot = Rect {
            x: area.x + gutter,
            y: area.y,
            width: area.width - gutter,
            height: area.height - below,
        };
        let tick = |value: f64| {
            let row = if value == 0.0 {
                plot.height
            } else {
                self.scale.row(value, plot.height)
            };
            (row, screen.number(self.scale.label(value)))
        };
        let ticks: Vec<_> = self.scale.labels().into_iter().map(tick).collect();
        upright(buf, area, (plot, gutter), &ticks, screen);
        days(buf, area, (plot, self.labels), screen);
        let rows = (plot.height, plot.height + 2);
        draw_marks(
            buf,
            columns(area, gutter, plot.width),
            (self.marks, rows),
            screen,
        );
        plot
    }
}

/// The upright axis with its labels by row, each with a tick but where zero lies on the line below, and
/// that line.
pub fn upright(
    buf: &mut Buffer,
    area: Rect,
    (plot, gutter): (Rect, u16),
    ticks: &[(u16, String)],
    screen: &Screen<'_>,
) {
    let [up, corner, along, _, left] = screen.theme.glyphs.axis;
    let (line, text) = (screen.style(Role::Border), screen.style(Role::Muted));
    for row in 0..plot.height {
        put(buf, area, (gutter - 1, row), (up, line));
    }
    put(buf, area, (gutter - 1, plot.height), (corner, line));
    let base = along.repeat(usize::from(plot.width));
    put(buf, area, (gutter, plot.height), (&base, line));
    for (row, label) in ticks {
        if *row < plot.height {
            put(buf, area, (gutter - 1, *row), (left, line));
        }
        let at = (gutter - 1).saturating_sub(cells(width(label)));
        put(buf, area, (at, *row), (label, text));
    }
}

/// The labels below the line of time, each with its tick; those that would touch are skipped.
pub fn days(
    buf: &mut Buffer,
    area: Rect,
    (plot, labels): (Rect, &[(u16, String)]),
    screen: &Screen<'_>,
) {
    let tick = screen.theme.glyphs.axis[3];
    let gutter = plot.x - area.x;
    let mut free = 0;
    for (column, label) in labels {
        let wide = cells(width(label));
        // A label that would touch the one before, or leave the screen, is skipped.
        let start = gutter + column;
        if start < free || start + wide > area.width {
            continue;
        }
        let line = screen.style(Role::Border);
        put(buf, area, (start, plot.height), (tick, line));
        let text = screen.style(Role::Muted);
        put(buf, area, (start, plot.height + 1), (label, text));
        free = start + wide + 2;
    }
}

/// Marked days: a heavier line in the first of two rows of `area`, their words in the second where
/// they do not touch.
pub fn draw_marks(
    buf: &mut Buffer,
    area: Rect,
    (marks, (line, words)): (&[Mark], (u16, u16)),
    screen: &Screen<'_>,
) {
    let quiet = screen.style(Role::Muted);
    let mut free = 0;
    for mark in marks {
        let wide = usize::from(mark.to.saturating_sub(mark.from)) + 1;
        let heavy = screen.theme.glyphs.marked.repeat(wide);
        put(buf, area, (mark.from, line), (&heavy, quiet));
        let wide = cells(width(mark.word));
        let start = mark.from.min(area.width.saturating_sub(wide));
        if start >= free && wide <= area.width {
            put(buf, area, (start, words), (mark.word, quiet));
            free = start + wide + 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_one_two_five_and_hold_the_largest_value() {
        for (most, height, step, top) in [
            (0.0, 10, 1.0, 1.0),
            (7.0, 10, 2.0, 8.0),
            (36.0, 10, 10.0, 40.0),
            (41.0, 10, 20.0, 60.0),
            (12_300.0, 10, 5_000.0, 15_000.0),
            (100.0, 2, 100.0, 100.0),
            (f64::NAN, 5, 1.0, 1.0),
        ] {
            let scale = Scale::to(most, Unit::Commits, height);
            assert_eq!((scale.step, scale.top), (step, top), "{most}");
            assert!(scale.labels().len() <= 5);
        }
    }

    #[test]
    fn durations_and_shares_are_labelled_in_their_own_steps() {
        let labels = |most, unit| {
            let scale = Scale::to(most, unit, 10);
            let all = scale.labels();
            all.iter().map(|at| scale.label(*at)).collect::<Vec<_>>()
        };
        assert_eq!(
            labels(9.3 * DAY, Unit::Seconds),
            ["0", "5d", "10d"].map(str::to_owned)
        );
        assert_eq!(
            labels(30.0 * HOUR, Unit::Seconds),
            ["0", "10h", "20h", "30h"].map(str::to_owned)
        );
        assert_eq!(
            labels(0.37, Unit::Share),
            ["0%", "10%", "20%", "30%", "40%"].map(str::to_owned)
        );
        assert_eq!(
            labels(0.7, Unit::PerHour),
            ["0.0", "0.2", "0.4", "0.6", "0.8"].map(str::to_owned)
        );
    }

    #[test]
    fn rows_and_columns_stay_inside() {
        let scale = Scale::to(36.0, Unit::Commits, 10);
        assert_eq!(scale.row(0.0, 10), 9);
        assert_eq!(scale.row(40.0, 10), 0);
        assert_eq!(scale.row(1e9, 10), 0);
        // 40 in steps of 10 on 16 rows: every fourth row, the line below being zero.
        let scale = Scale::to(36.0, Unit::Commits, 16);
        let rows: Vec<u16> = scale
            .labels()
            .iter()
            .map(|label| scale.row(*label, 16))
            .collect();
        assert_eq!(rows, [15, 12, 8, 4, 0]);
        assert_eq!(column(0.0, 40), 0);
        assert_eq!(column(1.0, 40), 39);
    }
}
