//! A series in one row: up to seven eighths of a cell, so that rows under each other stay apart;
//! zero a dot, missing blank, the running bucket shaded.

use crate::model::figure::Point;
use crate::ui::screen::Screen;
use crate::ui::text::Span;
use crate::ui::theme::Role;

/// The last `room` points of a series as a row of glyphs, one column each; nothing under cover.
pub fn spark(points: &[Point], room: usize, screen: &Screen<'_>) -> Vec<Span> {
    let series: Vec<_> = points
        .iter()
        .filter(|point| matches!(point.key, crate::model::figure::Key::Time))
        .collect();
    if screen.state.blurred {
        return Vec::new();
    }
    let shown = &series[series.len().saturating_sub(room)..];
    let most = shown.iter().filter_map(|p| p.value).fold(0.0, f64::max);
    let glyphs = &screen.theme.glyphs;
    let mut whole = String::new();
    let mut running = String::new();
    for point in shown {
        let glyph = match point.value {
            None => " ",
            Some(value) if value <= 0.0 => glyphs.shades[0],
            Some(_) if !point.complete => glyphs.running_bar,
            Some(value) => glyphs.eighths[eighth(value, most)],
        };
        if point.complete && running.is_empty() {
            whole.push_str(glyph);
        } else {
            running.push_str(glyph);
        }
    }
    vec![
        Span::new(whole, screen.style(Role::Series)),
        Span::new(running, screen.style(Role::Muted)),
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and 7"
)]
fn eighth(value: f64, most: f64) -> usize {
    (value / most.max(1e-9) * 7.0).ceil().clamp(1.0, 7.0) as usize
}
