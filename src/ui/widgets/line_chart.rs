//! One series over time: a line over its usual range, the period before behind it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Line, Points};

use super::axes::{self, Axes, Scale, column, gutter};
use super::{days, ticks};
use crate::model::away::Away;
use crate::model::figure::{Point, Unit};
use crate::ui::screen::Screen;
use crate::ui::text::put;
use crate::ui::theme::Role;

/// What a line chart shows.
pub struct LineChart<'a> {
    /// The points of the line, in time.
    pub points: &'a [Point],
    /// The points of the period before, as many as there are.
    pub before: &'a [Point],
    /// What their values are measured in.
    pub unit: Unit,
    /// Days that the owner marked, sorted.
    pub away: &'a [Away],
    /// The usual range, if it is known.
    pub usual: Option<(f64, f64)>,
    /// The point under the cursor.
    pub cursor: Option<usize>,
}

impl LineChart<'_> {
    /// Draws the chart into `area`; does nothing where it does not fit.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        if area.height < 4 || self.points.is_empty() {
            return;
        }
        // Words of marked days take a row, where there is one; they are nobody else's business.
        let hidden = area.height < 6 || screen.state.blurred;
        let away: &[Away] = if hidden { &[] } else { self.away };
        let below = axes::below(!away.is_empty());
        let scale = Scale::to(self.most(), self.unit, area.height - below);
        let room = area.width.saturating_sub(gutter(&scale, screen));
        let place = |at, part| self.column((at, part), room);
        let marks = days::marks(self.points, away, (place, room));
        let labels = ticks::labels(self.points, &screen.state.calendar, |at| {
            column(self.along(at), room)
        });
        let axes = Axes {
            scale,
            labels: &labels,
            marks: &marks,
        };
        let plot = axes.draw(buf, area, screen);
        if plot.is_empty() || screen.state.blurred {
            return;
        }
        self.band(buf, plot, scale, screen);
        self.earlier(buf, plot, scale, screen);
        self.line(buf, plot, scale, screen);
        self.marks(buf, plot, scale, screen);
    }

    /// The largest value to be seen.
    fn most(&self) -> f64 {
        let values = self.points.iter().chain(self.before);
        let most = values.filter_map(|p| p.value).fold(0.0, f64::max);
        most.max(self.usual.map_or(0.0, |usual| usual.1))
    }

    /// The position of point `at`, from 0 to 1.
    fn along(&self, at: usize) -> f64 {
        match self.points.len() {
            0 | 1 => 0.5,
            n => at as f64 / (n - 1) as f64,
        }
    }

    /// Where a part of a bucket lies: its label stands at its first day, the last one ends there.
    fn column(&self, (at, part): (usize, f64), room: u16) -> u16 {
        match self.points.len() {
            0 | 1 => column(0.5, room),
            n => column((at as f64 + part) / (n - 1) as f64, room),
        }
    }

    fn band(&self, buf: &mut Buffer, plot: Rect, scale: Scale, screen: &Screen<'_>) {
        let Some((low, high)) = self.usual else {
            return;
        };
        let (glyph, style) = screen.theme.band();
        let row = glyph.repeat(usize::from(plot.width));
        for y in scale.row(high, plot.height)..=scale.row(low, plot.height) {
            put(buf, plot, (0, y), (&row, style));
        }
    }

    fn earlier(&self, buf: &mut Buffer, plot: Rect, scale: Scale, screen: &Screen<'_>) {
        let glyph = screen.theme.glyphs.before;
        for x in 0..plot.width {
            let share = f64::from(x) / f64::from(plot.width.max(2) - 1);
            let at = share * self.points.len().saturating_sub(1) as f64;
            if let Some(value) = between(self.before, at) {
                let y = scale.row(value, plot.height);
                let style = Style::new()
                    .patch(screen.style(Role::Before))
                    .remove_modifier(Modifier::BOLD);
                put(buf, plot, (x, y), (glyph, style));
            }
        }
    }

    /// The whole buckets as one line; where a value is missing the line is broken.
    fn line(&self, buf: &mut Buffer, plot: Rect, scale: Scale, screen: &Screen<'_>) {
        let lowest = scale.lowest(plot.height);
        let whole: Vec<_> = self
            .points
            .iter()
            .map(|p| p.value.filter(|_| p.complete))
            .map(|value| value.map(|value| value.max(lowest)))
            .collect();
        let style = screen.style(Role::Series);
        let color = style.fg.unwrap_or_default();
        // A canvas paints the ground of its whole area: drawn apart, only its dots are taken.
        let mut scratch = Buffer::empty(plot);
        Canvas::default()
            .marker(screen.theme.glyphs.line)
            .x_bounds([0.0, 1.0])
            .y_bounds([lowest, scale.top])
            .paint(|context| {
                for (at, pair) in whole.windows(2).enumerate() {
                    if let (Some(a), Some(b)) = (pair[0], pair[1]) {
                        let (x1, x2) = (self.along(at), self.along(at + 1));
                        context.draw(&Line::new(x1, a, x2, b, color));
                    }
                }
                let alone: Vec<_> = (0..whole.len())
                    .filter_map(|at| Some((self.along(at), whole[at]?)))
                    .collect();
                context.draw(&Points::new(&alone, color));
            })
            .render(plot, &mut scratch);
        for position in plot.positions() {
            let symbol = scratch[position].symbol();
            if symbol != " " {
                let cell = &mut buf[position];
                let ground = cell.bg;
                cell.set_symbol(symbol);
                cell.modifier = Modifier::empty();
                cell.set_style(style).set_bg(ground);
            }
        }
    }

    /// The running bucket and the cursor.
    fn marks(&self, buf: &mut Buffer, plot: Rect, scale: Scale, screen: &Screen<'_>) {
        let glyphs = &screen.theme.glyphs;
        for (at, point) in self.points.iter().enumerate() {
            let Some(value) = point.value else {
                continue;
            };
            let place = (
                column(self.along(at), plot.width),
                scale.row(value, plot.height),
            );
            if self.cursor == Some(at) {
                put(buf, plot, place, (glyphs.point, screen.style(Role::Title)));
            } else if !point.complete {
                put(
                    buf,
                    plot,
                    place,
                    (glyphs.running, screen.style(Role::Series)),
                );
            }
        }
    }
}

/// The value of `points` at the broken position `at`, if both neighbours have one.
fn between(points: &[Point], at: f64) -> Option<f64> {
    let value = |at: f64| points.get(index(at)?)?.value;
    let (left, right) = (value(at.floor())?, value(at.ceil())?);
    Some(left + (right - left) * at.fract())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and not negative by construction"
)]
fn index(at: f64) -> Option<usize> {
    (0.0..1e9).contains(&at).then_some(at as usize)
}
