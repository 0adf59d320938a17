//! Counts as upright bars, the bucket that runs still hollow.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::axes::{Axes, Scale, gutter};
use super::ticks;
use crate::model::calendar::Calendar;
use crate::model::figure::{Point, Unit};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, put};
use crate::ui::theme::Role;

/// A series as bars.
pub struct Weeks<'a> {
    /// The points, in time.
    pub points: &'a [Point],
    /// What they are measured in.
    pub unit: Unit,
    /// For the labels below.
    pub calendar: &'a Calendar,
    /// The point under the cursor.
    pub cursor: Option<usize>,
}

impl Weeks<'_> {
    /// Draws the bars into `area`; does nothing where they do not fit.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        if area.height < 4 || self.points.is_empty() || screen.state.blurred {
            return;
        }
        let most = self.points.iter().filter_map(|p| p.value);
        let scale = Scale::to(most.fold(0.0, f64::max), self.unit, area.height - 2);
        let room = area.width.saturating_sub(gutter(&scale, screen));
        // What does not fit is the oldest.
        let shown = self.points.len().min(usize::from(room));
        let skipped = self.points.len() - shown;
        let points = &self.points[skipped..];
        if shown == 0 {
            return;
        }
        // The same distance for each: where it does not come out even, the axis is shorter.
        let each = (room / cells(shown)).clamp(1, 9);
        let wide = each.saturating_sub(1).max(1);
        let place = |at: usize| cells(at) * each;
        let area = columns(area, 0, gutter(&scale, screen) + each * cells(shown));
        let labels = ticks::labels(points, self.calendar, place);
        let axes = Axes {
            scale,
            labels: &labels,
            marks: &[],
        };
        let plot = axes.draw(buf, area, screen);
        for (at, point) in points.iter().enumerate() {
            let chosen = self.cursor == Some(at + skipped);
            let place = (place(at), wide);
            bar(buf, plot, (place, point, chosen), scale, screen);
        }
    }
}

/// One bar; zero is a dot on the line, missing is blank.
fn bar(
    buf: &mut Buffer,
    plot: Rect,
    ((x, wide), point, chosen): ((u16, u16), &Point, bool),
    scale: Scale,
    screen: &Screen<'_>,
) {
    let glyphs = &screen.theme.glyphs;
    let style = screen.style(if chosen { Role::Focus } else { Role::Series });
    let Some(value) = point.value.filter(|_| plot.height > 0) else {
        return;
    };
    let bottom = plot.height - 1;
    if value <= 0.0 {
        let zero = if chosen {
            glyphs.point
        } else {
            glyphs.shades[0]
        };
        let quiet = screen.style(if chosen { Role::Focus } else { Role::Muted });
        put(buf, plot, (x + (wide - 1) / 2, bottom), (zero, quiet));
        return;
    }
    let eighths = value / scale.top * f64::from(plot.height) * 8.0;
    for row in 0..plot.height {
        let below = f64::from(row) * 8.0;
        let here = (eighths - below).clamp(0.0, 8.0).round();
        let Some(step) = (0..=8_usize).find(|step| *step as f64 >= here) else {
            continue;
        };
        // However small, it is there.
        let step = if row == 0 { step.max(1) } else { step };
        if step == 0 {
            break;
        }
        let glyph = if point.complete {
            glyphs.eighths[step]
        } else {
            glyphs.running_bar
        };
        let text = glyph.repeat(usize::from(wide));
        put(buf, plot, (x, bottom - row), (&text, style));
    }
    if chosen {
        let full = eighths / 8.0;
        let top = (0..plot.height).find(|row| f64::from(*row) >= full);
        if let Some(top) = top {
            let at = (x + (wide - 1) / 2, bottom - top);
            put(buf, plot, at, (glyphs.point, style));
        }
    }
}
