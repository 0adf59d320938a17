//! Hour by weekday as text.

use super::Context;
use super::layout::{left, right, shade, wrap};
use super::names::short_weekday;
use super::words;
use crate::model::figure::{Figure, Key};
use crate::model::forms;

/// Hours across, weekdays down, a total at the end of each row, and what the marks mean.
pub(super) fn grid_text(figure: &Figure, context: &Context<'_>) -> String {
    let most = figure
        .points
        .iter()
        .filter_map(|p| p.value)
        .fold(0.0, f64::max);
    if most <= 0.0 {
        return String::new();
    }
    let wide = context.columns() >= 62;
    let step = if wide { 2 } else { 1 };
    let mut head = "      ".to_owned();
    for hour in (0..24_u8).step_by(if wide { 3 } else { 6 }) {
        head.push_str(&left(
            &forms::axis_hour(hour),
            step * if wide { 3 } else { 6 },
            true,
        ));
    }
    let mut out = format!("{}\n", head.trim_end());
    for row in figure.points.chunks(24) {
        let Some(Key::Hour(day, _)) = row.first().map(|point| point.key) else {
            continue;
        };
        let cells: String = row
            .iter()
            .flat_map(|point| {
                let mark = shade(point.value.unwrap_or(0.0), most, context.ascii);
                std::iter::once(mark).chain(std::iter::repeat_n(' ', step - 1))
            })
            .collect();
        let total: u64 = row.iter().map(|point| point.n).sum();
        out.extend([
            "  ",
            short_weekday(day),
            " ",
            &cells,
            &right(&words::count(total), 7),
            "\n",
        ]);
    }
    out.push_str("  ");
    out.push_str(&wrap(
        &legend(most, context.ascii),
        context.columns() - 2,
        2,
    ));
    out
}

/// `· 0, ░ to 3, ▒ to 6, ▓ to 9, █ to 13`: the largest whole number of each shade that has one.
fn legend(most: f64, ascii: bool) -> String {
    let mut out = format!("{} 0", shade(0.0, 4.0, ascii));
    let mut below = 0.0;
    for step in [1.0, 2.0, 3.0, 4.0] {
        let end = (most * step / 4.0).floor();
        if end > below {
            let mark = shade(step, 4.0, ascii);
            out.extend([format!(", {mark} to {}", words::short(end))]);
            below = end;
        }
    }
    out
}
