//! Bands upon each other over time, their names at the right edge.
//!
//! Each cell holds two heights. With colours of our own both halves show; with those of the
//! terminal the upper edge alone is drawn in halves; without colour each band has a glyph.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::axes::{Axes, Scale, column, gutter};
use crate::model::figure::Unit;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, fit, put, width};
use crate::ui::theme::Role;
use crate::ui::words;

/// One band.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Its name.
    pub name: &'static str,
    /// Which category it is, for its colour and glyph.
    pub kind: usize,
    /// Its values bucket by bucket; `None` = not known.
    pub values: Vec<Option<f64>>,
}

/// A stack of bands.
pub struct Stacked<'a> {
    /// The bands from below.
    pub bands: &'a [Band],
    /// Labels below, by bucket.
    pub labels: &'a [(usize, String)],
    /// The bucket under the cursor.
    pub cursor: Option<usize>,
}

impl Stacked<'_> {
    /// Draws the stack into `area`; does nothing where it does not fit.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        let count = self.bands.first().map_or(0, |band| band.values.len());
        if area.height < 4 || area.width < 24 || count == 0 || screen.state.blurred {
            return;
        }
        let most = (0..count).map(|at| self.sum(at, self.bands.len()));
        let most = most.fold(0.0, f64::max);
        let scale = Scale::to(most, Unit::Items, area.height - 2);
        let names = self.bands.iter().map(|band| width(band.name)).max();
        // Names, two columns for the glyph and five for the number.
        let right = cells(names.unwrap_or(0)) + 9;
        let room = area.width.saturating_sub(gutter(&scale, screen) + right);
        let place = |at: usize| column(share(at, count), room);
        let labels: Vec<(u16, String)> = self
            .labels
            .iter()
            .map(|(at, text)| (place(*at), text.clone()))
            .collect();
        let axes = Axes {
            scale,
            labels: &labels,
            marks: &[],
        };
        let plot = axes.draw(buf, columns(area, 0, area.width - right), screen);
        if plot.is_empty() {
            return;
        }
        self.paint(buf, plot, scale, screen);
        if let Some(at) = self.cursor.filter(|at| *at < count) {
            pointer(buf, plot, place(at), screen);
        }
        let edge = columns(area, area.width - right + 1, right - 1);
        self.names(buf, edge, (plot.height, scale), screen);
    }

    /// The values of the lowest `bands` bands together.
    fn sum(&self, at: usize, bands: usize) -> f64 {
        let values = self.bands.iter().take(bands);
        let values = values.filter_map(|band| band.values.get(at).copied().flatten());
        values.sum()
    }

    /// The band at height `value` of the position `at` between two buckets.
    fn band_at(&self, at: f64, value: f64) -> Option<usize> {
        let (left, right) = (floor(at), floor(at.ceil()));
        let known = |at: usize| {
            self.bands
                .iter()
                .any(|band| matches!(band.values.get(at), Some(Some(_))))
        };
        if !known(left) || !known(right) {
            return None;
        }
        (0..self.bands.len()).find(|band| {
            let (a, b) = (self.sum(left, band + 1), self.sum(right, band + 1));
            a + (b - a) * at.fract() > value
        })
    }

    fn paint(&self, buf: &mut Buffer, plot: Rect, scale: Scale, screen: &Screen<'_>) {
        let count = self.bands.first().map_or(0, |band| band.values.len());
        let half = scale.top / (f64::from(plot.height) * 2.0);
        let last = f64::from(plot.width.max(2) - 1);
        for x in 0..plot.width {
            let at = f64::from(x) / last * (count.max(1) - 1) as f64;
            for y in 0..plot.height {
                let from_below = f64::from(plot.height - 1 - y) * 2.0;
                let lower = self.band_at(at, (from_below + 0.5) * half);
                let upper = self.band_at(at, (from_below + 1.5) * half);
                self.cell(buf, plot, ((x, y), (lower, upper)), screen);
            }
        }
    }

    fn cell(
        &self,
        buf: &mut Buffer,
        plot: Rect,
        (at, (lower, upper)): ((u16, u16), (Option<usize>, Option<usize>)),
        screen: &Screen<'_>,
    ) {
        let Some(lower) = lower else { return };
        let theme = screen.theme;
        let kind = |band: usize| self.bands[band].kind;
        let style = theme.kind(kind(lower));
        let full = if theme.has_colour() {
            theme.glyphs.eighths[8]
        } else {
            theme.glyphs.bands[kind(lower).min(4)]
        };
        match upper {
            None if theme.has_colour() => put(buf, plot, at, (theme.glyphs.lower_half, style)),
            Some(upper)
                if upper != lower && theme.has_kinds() && theme.glyphs.lower_half == "▄" =>
            {
                let above = theme.kind(kind(upper)).fg.unwrap_or_default();
                put(buf, plot, at, (theme.glyphs.lower_half, style.bg(above)))
            }
            _ => put(buf, plot, at, (full, style)),
        };
    }

    /// The names beside the last known heights of their bands, none over another.
    fn names(
        &self,
        buf: &mut Buffer,
        area: Rect,
        (height, scale): (u16, Scale),
        screen: &Screen<'_>,
    ) {
        let count = self.bands.first().map_or(0, |band| band.values.len());
        let known = |at: &usize| self.bands.iter().any(|band| band.values[*at].is_some());
        let Some(at) = self.cursor.or_else(|| (0..count).rev().find(known)) else {
            return;
        };
        let mut free = i32::from(height);
        for (place, band) in self.bands.iter().enumerate() {
            let middle = f64::midpoint(self.sum(at, place), self.sum(at, place + 1));
            let left = i32::try_from(self.bands.len() - 1 - place).unwrap_or(0);
            // What is still to come above keeps a row each.
            let row = i32::from(scale.row(middle, height)).min(free - 1).max(left);
            free = row;
            let Ok(row) = u16::try_from(row) else {
                continue;
            };
            let value = band.values.get(at).copied().flatten();
            let value = value.map_or_else(|| "-".to_owned(), words::short);
            let glyph = if screen.theme.has_colour() {
                screen.theme.glyphs.eighths[8]
            } else {
                screen.theme.glyphs.bands[band.kind.min(4)]
            };
            put(buf, area, (0, row), (glyph, screen.theme.kind(band.kind)));
            let room = usize::from(area.width).saturating_sub(7);
            let name = fit(band.name, room, screen.theme.glyphs.cut);
            put(buf, area, (2, row), (&name, screen.style(Role::Text)));
            let start = area.width.saturating_sub(cells(width(&value)));
            put(buf, area, (start, row), (&value, screen.style(Role::Title)));
        }
    }
}

/// A line up through the bucket under the cursor.
fn pointer(buf: &mut Buffer, plot: Rect, x: u16, screen: &Screen<'_>) {
    let glyph = screen.theme.glyphs.limit;
    for y in 0..plot.height {
        put(buf, plot, (x, y), (glyph, screen.style(Role::Focus)));
    }
}

/// The position of bucket `at` of `count`, from 0 to 1.
fn share(at: usize, count: usize) -> f64 {
    match count {
        0 | 1 => 0.0,
        count => at as f64 / (count - 1) as f64,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position among a few hundred buckets"
)]
fn floor(at: f64) -> usize {
    at.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(kind: usize, values: &[f64]) -> Band {
        Band {
            name: "Done",
            kind,
            values: values.iter().map(|value| Some(*value)).collect(),
        }
    }

    #[test]
    fn a_height_belongs_to_the_band_that_reaches_over_it() {
        let bands = [band(0, &[2.0, 4.0]), band(1, &[3.0, 3.0])];
        let stack = Stacked {
            bands: &bands,
            labels: &[],
            cursor: None,
        };
        assert_eq!(stack.band_at(0.0, 1.9), Some(0));
        assert_eq!(stack.band_at(0.0, 2.1), Some(1));
        assert_eq!(stack.band_at(0.5, 2.9), Some(0));
        assert_eq!(stack.band_at(1.0, 7.1), None);
    }

    #[test]
    fn what_is_not_known_has_no_band() {
        let mut bands = [band(0, &[2.0, 4.0])];
        bands[0].values[1] = None;
        let stack = Stacked {
            bands: &bands,
            labels: &[],
            cursor: None,
        };
        assert_eq!(stack.band_at(0.5, 0.1), None);
    }
}
