//! Parts of a whole as sorted bars: name, share, bar. No pie.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::view::PageView;
use crate::model::figure::{Figure, Key};
use crate::ui::screen::Screen;
use crate::ui::text::{self, cells, fit, put, width};
use crate::ui::theme::Role;

/// A mix.
pub struct Shares<'a> {
    /// The figure whose points are the parts, largest first.
    pub figure: &'a Figure,
    /// For the names.
    pub view: &'a PageView,
    /// The row under the cursor, when the panel has the focus.
    pub cursor: Option<usize>,
    /// The panel's number and its cursor, where rows can be clicked.
    pub mouse: Option<(usize, usize)>,
}

/// One row.
struct Row {
    name: String,
    share: f64,
}

impl Shares<'_> {
    /// Draws as many rows as fit into `area`; what does not fit is one last row `n more`.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, screen: &Screen<'_>) {
        let area = area.intersection(buf.area);
        let rows = self.rows(usize::from(area.height), screen);
        let widest = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0);
        let names = widest.min(usize::from(area.width) / 3).max(4);
        let column = cells(names + 2);
        for (at, row) in rows.iter().enumerate() {
            let y = cells(at);
            if let Some((panel, cursor)) = self.mouse {
                screen.row_at(text::rows(area, y, 1), Some(panel), (at, cursor));
            }
            let style = match self.cursor {
                Some(cursor) if cursor == at => screen.style(Role::Selected),
                _ => screen.style(Role::Text),
            };
            let name = fit(&row.name, names, screen.theme.glyphs.cut);
            put(buf, area, (1, y), (&name, style));
            let share = screen.number(percent(row.share));
            let at = column + 4 - cells(width(&share)).min(4);
            put(buf, area, (at, y), (&share, screen.style(Role::Title)));
            let room = area.width.saturating_sub(column + 6);
            if room >= 4 && !screen.state.blurred {
                let bar = bar(row.share, room, screen.theme.glyphs.bar);
                put(
                    buf,
                    area,
                    (column + 6, y),
                    (&bar, screen.style(Role::Series)),
                );
            }
        }
    }

    fn rows(&self, room: usize, screen: &Screen<'_>) -> Vec<Row> {
        let points: Vec<_> = self
            .figure
            .points
            .iter()
            .filter(|p| p.key != Key::Time)
            .collect();
        let total: f64 = points.iter().filter_map(|p| p.value).sum();
        let share = |value: Option<f64>| value.unwrap_or(0.0) / total.max(1e-9);
        let shown = if points.len() > room {
            room.saturating_sub(1)
        } else {
            points.len()
        };
        let (head, tail) = points.split_at(shown);
        let mut rows: Vec<_> = head
            .iter()
            .map(|point| Row {
                name: screen.part(point.key, &self.view.labels),
                share: share(point.value),
            })
            .collect();
        if !tail.is_empty() && room > 0 {
            rows.push(Row {
                name: format!("{} more", tail.len()),
                share: tail.iter().map(|point| share(point.value)).sum(),
            });
        }
        rows
    }
}

/// `61%`; what is there but rounds to nothing is `<1%`, what is nearly all but not all `>99%`.
pub fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    if share > 0.0 && rounded < 1.0 {
        "<1%".to_owned()
    } else if rounded >= 100.0 && share < 1.0 - 1e-9 {
        ">99%".to_owned()
    } else {
        format!("{rounded:.0}%")
    }
}

/// A bar of `share` of `room` columns, at least one column long when there is anything.
pub fn bar(share: f64, room: u16, glyph: &str) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the width of a screen"
    )]
    let columns = (share.clamp(0.0, 1.0) * f64::from(room)).round() as usize;
    glyph.repeat(if share > 0.0 { columns.max(1) } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_never_said_to_be_nothing_or_all() {
        let said = [0.0, 0.004, 0.61, 0.996, 1.0 - 1e-12, 1.0].map(percent);
        assert_eq!(said, ["0%", "<1%", "61%", ">99%", "100%", "100%"]);
    }
}
