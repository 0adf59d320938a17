//! A row's bar: how far a value reaches, its interval, and limits across all rows.
//!
//! ```text
//! ▇▇▇▇▇▒▒▒────┤        a median with its interval
//! ━━━━━━━━╎━━━━━━╎━━   an age beyond two limits
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::screen::Screen;
use crate::ui::text::put;
use crate::ui::theme::Role;

/// The column of `value` on `width` columns of which the last one is `most`.
fn columns_of(value: f64, most: f64, width: u16) -> u16 {
    let share = (value / most.max(1e-9)).clamp(0.0, 1.0) * f64::from(width);
    let share = share.round();
    (0..=width)
        .find(|column| f64::from(*column) >= share)
        .unwrap_or(width)
}

/// Draws a bar up to `value` with its interval into the first row of `area`, whose width is `most`.
pub fn estimate(
    buf: &mut Buffer,
    area: Rect,
    (value, interval, most): (f64, Option<(f64, f64)>, f64),
    screen: &Screen<'_>,
) {
    if area.width < 4 || screen.state.blurred {
        return;
    }
    let glyphs = &screen.theme.glyphs;
    let series = screen.style(Role::Series);
    let end = columns_of(value, most, area.width).max(u16::from(value > 0.0));
    let low = interval
        .map_or(end, |(low, _)| columns_of(low, most, area.width))
        .min(end);
    let high = interval.map_or(end, |(_, high)| columns_of(high, most, area.width));
    let [open, beyond, stop] = glyphs.whisker;
    put(
        buf,
        area,
        (0, 0),
        (&glyphs.bar.repeat(usize::from(low)), series),
    );
    put(
        buf,
        area,
        (low, 0),
        (&open.repeat(usize::from(end - low)), series),
    );
    if high > end {
        let line = beyond.repeat(usize::from(high - end - 1));
        put(buf, area, (end, 0), (&line, screen.style(Role::Muted)));
        put(buf, area, (high - 1, 0), (stop, screen.style(Role::Muted)));
    }
}

/// Draws a thin bar up to `value` and the `limits` across it into the first row of `area`.
pub fn against(
    buf: &mut Buffer,
    area: Rect,
    (value, most, worth): (f64, f64, bool),
    limits: &[f64],
    screen: &Screen<'_>,
) {
    if area.width < 4 || screen.state.blurred {
        return;
    }
    let glyphs = &screen.theme.glyphs;
    let style = screen.style(if worth { Role::Worth } else { Role::Series });
    let end = columns_of(value, most, area.width).max(1);
    put(
        buf,
        area,
        (0, 0),
        (&glyphs.thin.repeat(usize::from(end)), style),
    );
    if value > most {
        let at = area.width - 1;
        put(buf, area, (at, 0), (glyphs.into, style));
    }
    for limit in limits.iter().filter(|limit| **limit <= most) {
        let at = columns_of(*limit, most, area.width).min(area.width - 1);
        put(buf, area, (at, 0), (glyphs.limit, screen.style(Role::Text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_ends_where_its_value_lies_and_never_outside() {
        assert_eq!(columns_of(5.0, 10.0, 20), 10);
        assert_eq!(columns_of(50.0, 10.0, 20), 20);
        assert_eq!(columns_of(f64::NAN, 10.0, 20), 20);
        assert_eq!(columns_of(1.0, 0.0, 20), 20);
    }
}
