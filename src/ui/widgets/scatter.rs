//! Finished things by day and length: a dot each, levels across, their words in the right gutter.
//!
//! ```text
//!  10d┤            •
//!   5d┤╌╌╌╌╌•╌╌╌╌╌╌╌╌╌╌╌╌╌ p85 7d [5-12]
//!   1d┤ •    •   ●    •
//!     └┴──────────┴───────
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::axes::{column, days, upright};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, put, width};
use crate::ui::theme::Role;
use crate::ui::words;

/// One thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Where it lies in time, from 0 to 1.
    pub along: f64,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// A level across, with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Seconds.
    pub seconds: f64,
    /// Its words; shorter ones where these do not fit.
    pub words: [String; 2],
}

/// A scatter.
pub struct Scatter<'a> {
    /// The dots.
    pub dots: &'a [Dot],
    /// The levels, from below.
    pub levels: &'a [Level],
    /// Labels below, by position from 0 to 1.
    pub labels: &'a [(f64, String)],
    /// Equal distances stand for equal days, not for equal ratios.
    pub linear: bool,
    /// The dot under the cursor.
    pub cursor: Option<usize>,
}

const HOUR: f64 = 3_600.0;
const DAY: f64 = 24.0 * HOUR;

/// Lengths that get a label where equal distances are equal ratios.
const STEPS: [f64; 18] = [
    60.0,
    300.0,
    900.0,
    HOUR,
    3.0 * HOUR,
    8.0 * HOUR,
    DAY,
    2.0 * DAY,
    5.0 * DAY,
    10.0 * DAY,
    20.0 * DAY,
    50.0 * DAY,
    100.0 * DAY,
    200.0 * DAY,
    500.0 * DAY,
    1_000.0 * DAY,
    2_000.0 * DAY,
    5_000.0 * DAY,
];

/// From the least to the most that is drawn, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reach {
    low: f64,
    high: f64,
    linear: bool,
}

impl Reach {
    /// The reach of these lengths: from one step to another one, with room above.
    fn of(all: impl Iterator<Item = f64> + Clone, linear: bool) -> Self {
        let most = all.clone().fold(0.0, f64::max).max(60.0);
        let least = all.fold(f64::INFINITY, f64::min).clamp(60.0, most);
        let above = STEPS.iter().copied().find(|step| *step >= most * 1.05);
        let below = STEPS.iter().copied().rev().find(|step| *step <= least);
        let high = above.unwrap_or(most);
        let low = below.unwrap_or(60.0).min(high / 4.0);
        Self { low, high, linear }
    }

    /// The row of `seconds` on `height` rows, 0 = the upper one.
    fn row(self, seconds: f64, height: u16) -> u16 {
        let share = if self.linear {
            seconds / self.high
        } else {
            (seconds.max(self.low) / self.low).ln() / (self.high / self.low).ln()
        };
        let most = height.saturating_sub(1);
        let lines = f64::from(most);
        let from_top = (lines - share.clamp(0.0, 1.0) * lines).round();
        (0..=most)
            .find(|row| f64::from(*row) >= from_top)
            .unwrap_or(most)
    }

    /// The labels that do not touch, from above.
    fn ticks(self, height: u16) -> Vec<(u16, String)> {
        let linear = [1.0, 0.75, 0.5, 0.25].map(|part| self.high * part);
        let steps: Vec<f64> = if self.linear {
            linear.to_vec()
        } else {
            let inside = |step: &f64| (self.low..=self.high).contains(step);
            STEPS.iter().rev().copied().filter(inside).collect()
        };
        let mut out: Vec<(u16, String)> = Vec::new();
        for step in steps {
            let row = self.row(step, height);
            if out.last().is_none_or(|(last, _)| row >= last + 2) {
                out.push((row, round(step)));
            }
        }
        out
    }
}

/// A step in as few characters as it needs: `1d`, `8h`, `15m`.
fn round(seconds: f64) -> String {
    match seconds {
        s if s < HOUR => format!("{:.0}m", s / 60.0),
        s if s < DAY => format!("{:.0}h", s / HOUR),
        s if s < 10.0 * DAY && (s / DAY).fract() > 0.05 => words::duration(s),
        s => format!("{:.0}d", s / DAY),
    }
}

impl Scatter<'_> {
    /// Draws the scatter into `area`; does nothing where it does not fit.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        if area.height < 5 || area.width < 24 || screen.state.blurred {
            return;
        }
        let levels = self.levels.iter().map(|level| level.seconds);
        let reach = Reach::of(
            self.dots.iter().map(|dot| dot.seconds).chain(levels),
            self.linear,
        );
        let height = area.height - 2;
        let ticks = reach.ticks(height);
        let gutter = ticks.iter().map(|(_, label)| width(label)).max();
        let gutter = cells(gutter.unwrap_or(0)) + 1;
        let long = self.levels.iter().map(|level| width(&level.words[0])).max();
        let short = self.levels.iter().map(|level| width(&level.words[1])).max();
        // The plot keeps the larger part; words lose what they can do without.
        let (which, right) = match (long, short) {
            (Some(long), _) if cells(long) * 5 < area.width * 2 => (0, cells(long) + 1),
            (_, Some(short)) if cells(short) * 3 < area.width => (1, cells(short) + 1),
            _ => (1, 0),
        };
        let plot = Rect {
            x: area.x + gutter,
            y: area.y,
            width: area.width.saturating_sub(gutter + right),
            height,
        };
        let place = (plot, gutter);
        upright(buf, area, place, &ticks, screen);
        let labels: Vec<(u16, String)> = self
            .labels
            .iter()
            .map(|(at, text)| (column(*at, plot.width), text.clone()))
            .collect();
        let below = columns(area, 0, gutter + plot.width);
        days(buf, below, (plot, &labels), screen);
        for level in self.levels {
            let row = reach.row(level.seconds, height);
            let line = screen.theme.glyphs.level.repeat(usize::from(plot.width));
            put(buf, plot, (0, row), (&line, screen.style(Role::Before)));
            if right > 0 {
                let words = &level.words[which];
                let at = gutter + plot.width + 1;
                put(buf, area, (at, row), (words, screen.style(Role::Text)));
            }
        }
        self.dots(buf, plot, reach, screen);
    }

    fn dots(&self, buf: &mut Buffer, plot: Rect, reach: Reach, screen: &Screen<'_>) {
        let glyphs = &screen.theme.glyphs;
        let style = screen.style(Role::Series);
        let mut taken = std::collections::BTreeSet::new();
        let place = |dot: &Dot| {
            (
                column(dot.along, plot.width),
                reach.row(dot.seconds, plot.height),
            )
        };
        for dot in self.dots {
            let at = place(dot);
            let glyph = glyphs.dots[usize::from(!taken.insert(at))];
            put(buf, plot, at, (glyph, style));
        }
        if let Some(dot) = self.cursor.and_then(|at| self.dots.get(at)) {
            put(
                buf,
                plot,
                place(dot),
                (glyphs.point, screen.style(Role::Focus)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ratios_lie_at_equal_distances_and_labels_never_touch() {
        let all = [0.3 * DAY, 2.0 * DAY, 30.0 * DAY];
        let reach = Reach::of(all.into_iter(), false);
        assert_eq!((reach.low, reach.high), (3.0 * HOUR, 50.0 * DAY));
        let rows = [0.5, 5.0, 50.0].map(|days| i32::from(reach.row(days * DAY, 21)));
        assert!(
            (rows[0] - rows[1] - (rows[1] - rows[2])).abs() <= 1,
            "{rows:?}"
        );
        for height in 3..40 {
            let ticks = reach.ticks(height);
            assert!(ticks.windows(2).all(|pair| pair[1].0 >= pair[0].0 + 2));
        }
    }

    #[test]
    fn linear_days_begin_at_zero() {
        let reach = Reach::of([DAY, 10.0 * DAY].into_iter(), true);
        assert_eq!(reach.row(0.0, 11), 10);
        assert_eq!(reach.row(reach.high, 11), 0);
        assert_eq!(reach.row(reach.high / 2.0, 11), 5);
    }
}
