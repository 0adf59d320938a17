//! Tasks, reviews and recorded time as rows of a list.
//!
//! ```text
//!   Fri 14 Aug  09:40  harbour  ING-207  Retry the queue     finished   2.6d
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::rows::{NOTED, day_in};
use crate::app::list::List;
use crate::app::note;
use crate::app::row::{ItemRow, Row};
use crate::model::forms;
use crate::model::moment::Moment;
use crate::model::task::When;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, fit, put, width};
use crate::ui::theme::Role;
use crate::ui::words;

/// The columns that fit, widths included; 0 = left out.
pub(super) struct Columns {
    day: u16,
    time: u16,
    place: u16,
    key: u16,
    said: u16,
    length: u16,
}

impl Columns {
    /// The columns of `list` on `wide` columns: as wide as what stands in them, within bounds.
    pub(super) fn of(wide: u16, list: &List) -> Self {
        let widest = |text: fn(&ItemRow) -> usize| {
            let rows = list.rows.value.iter().flat_map(|rows| &rows.rows);
            let texts = rows.filter_map(|row| match row {
                Row::Item(row) => Some(text(row)),
                Row::Commit(_) => None,
            });
            cells(texts.max().unwrap_or(0))
        };
        let column = |text, most| match widest(text) {
            0 => 0,
            wide => wide.clamp(4, most) + 2,
        };
        let length = widest(|row| usize::from(row.seconds.is_some()) * 6);
        let said = column(|row| width(&row.said), 24);
        // Where there is no room for both, the length says more.
        let both = wide >= 70;
        Self {
            day: if wide >= 60 { 13 } else { 8 },
            time: if wide >= 76 { words::clock_column() } else { 0 },
            place: if wide >= 96 {
                column(|row| width(row.place.as_str()), 16)
            } else {
                0
            },
            key: column(
                |row| width(row.key.as_str()),
                if wide >= 60 { 16 } else { 10 },
            ),
            said: if both || length == 0 {
                said.min(wide / 4)
            } else {
                0
            },
            length,
        }
    }

    fn fixed(&self) -> u16 {
        2 + self.day + self.time + self.place + self.key + self.said + self.length
    }
}

/// Draws one row; `day` is empty where it stands in a row above.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    (row, day, chosen): (&ItemRow, &str, bool),
    wide: &Columns,
    screen: &Screen<'_>,
) {
    let glyphs = &screen.theme.glyphs;
    let style = |role| screen.style(if chosen { Role::Selected } else { role });
    if chosen {
        let blank = " ".repeat(usize::from(area.width));
        put(buf, area, (0, 0), (&blank, style(Role::Text)));
        put(buf, area, (0, 0), (glyphs.cursor, style(Role::Text)));
    }
    if note::on_item(screen.state, row).is_some() {
        put(buf, area, (1, 0), (NOTED, style(Role::Key)));
    }
    let mut at = 2;
    let mut cell = |buf: &mut Buffer, text: &str, room: u16, style: Style| {
        if room > 0 {
            let text = fit(text, usize::from(room.saturating_sub(1)), glyphs.cut);
            put(buf, area, (at, 0), (&text, style));
            at += room;
        }
    };
    cell(buf, day_in(day, wide.day), wide.day, style(Role::Muted));
    let clock = row.at.and_then(When::moment).and_then(Moment::local);
    let clock = clock.map_or_else(String::new, |at| screen.number(forms::clock(&at)));
    cell(buf, &clock, wide.time, style(Role::Muted));
    let place = screen.name(row.place.as_str());
    cell(buf, &place, wide.place, style(Role::Series));
    let key = name(&row.key, screen);
    cell(buf, &key, wide.key, style(Role::Series));
    let room = area.width.saturating_sub(wide.fixed());
    let title = name(&row.title, screen);
    let title = if row.corrected {
        format!("[corrected] {title}")
    } else {
        title
    };
    cell(buf, &title, room, style(Role::Text));
    cell(
        buf,
        &screen.clause(&row.said),
        wide.said,
        style(Role::Muted),
    );
    if let Some(seconds) = row.seconds.filter(|_| wide.length > 0) {
        #[expect(clippy::cast_precision_loss, reason = "shown in two or three digits")]
        let length = screen.number(words::duration(seconds as f64));
        let start = area.width.saturating_sub(cells(width(&length)));
        put(buf, area, (start, 0), (&length, style(Role::Title)));
    }
}

/// A name, or its cover; nothing where there is none.
fn name(text: &crate::model::text::Clean, screen: &Screen<'_>) -> String {
    if text.as_str().is_empty() {
        return String::new();
    }
    screen.name(text.as_str())
}
