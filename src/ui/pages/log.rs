//! Rows of several kinds in one list, in common columns.
//!
//! ```text
//!   Fri 14 Aug  09:40  commit   api      a1f3c9e  Retry on 429     Rust        +120   −34
//! ▸             17:02  task     harbour  ING-207  Empty state      finished          2.6d
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::rows::{NOTED, day_in, lines, summary};
use crate::app::kinds::Kind;
use crate::app::list::List;
use crate::app::note;
use crate::app::row::Row;
use crate::model::dataset::flag;
use crate::model::forms;
use crate::model::moment::Moment;
use crate::model::task::When;
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, fit, put, width};
use crate::ui::theme::Role;
use crate::ui::words;

/// The columns that fit, widths included; 0 = left out.
pub(super) struct Columns {
    day: u16,
    time: u16,
    kind: u16,
    place: u16,
    key: u16,
    more: u16,
    end: u16,
}

impl Columns {
    /// The columns of `list` on `wide` columns.
    pub(super) fn of(wide: u16, list: &List) -> Self {
        let rows = list.rows.value.iter().flat_map(|rows| &rows.rows);
        let places = rows.map(|row| width(row.place().as_str()));
        let place = cells(places.max().unwrap_or(0)).clamp(4, 14) + 2;
        Self {
            day: if wide >= 60 { 13 } else { 8 },
            time: if wide >= 76 { words::clock_column() } else { 0 },
            kind: 9,
            place: if wide >= 90 { place } else { 0 },
            key: if wide >= 108 { 10 } else { 0 },
            more: match wide {
                140.. => 26,
                116.. => 16,
                _ => 0,
            },
            end: if wide >= 60 { 14 } else { 0 },
        }
    }

    fn fixed(&self) -> u16 {
        2 + self.day + self.time + self.kind + self.place + self.key + self.more + self.end
    }
}

/// What of a row stands in the columns that all kinds share.
struct Cells {
    noted: bool,
    time: String,
    kind: Kind,
    place: String,
    key: String,
    text: String,
    more: String,
    quiet: bool,
}

/// Draws one row; `day` is empty where it stands in a row above.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    (row, day, chosen): (&Row, &str, bool),
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
    let told = cells_of(row, wide, screen);
    if told.noted {
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
    let text = if told.quiet { Role::Muted } else { Role::Text };
    let kind = if told.kind == Kind::Commit {
        Role::Muted
    } else {
        Role::Text
    };
    cell(buf, day_in(day, wide.day), wide.day, style(Role::Muted));
    cell(buf, &told.time, wide.time, style(Role::Muted));
    cell(buf, told.kind.word(), wide.kind, style(kind));
    cell(buf, &told.place, wide.place, style(Role::Series));
    cell(buf, &told.key, wide.key, style(Role::Series));
    let room = area.width.saturating_sub(wide.fixed());
    cell(buf, &told.text, room, style(text));
    cell(buf, &told.more, wide.more, style(Role::Muted));
    if wide.end > 0 {
        let end = columns(area, area.width.saturating_sub(wide.end), wide.end);
        let roles = (Role::Series, Role::Second, Role::Title);
        draw_end(
            buf,
            end,
            row,
            (style(roles.0), style(roles.1), style(roles.2)),
            screen,
        );
    }
}

fn cells_of(row: &Row, wide: &Columns, screen: &Screen<'_>) -> Cells {
    match row {
        Row::Commit(row) => {
            let time = row.authored.local().filter(|_| !row.day_only);
            Cells {
                noted: note::on_commit(screen.state, row).is_some(),
                time: clock(time, screen),
                kind: Kind::Commit,
                place: screen.name(row.repo.as_str()),
                key: screen.name(&row.oid.short().chars().take(7).collect::<String>()),
                text: summary(row, screen),
                more: screen.clause(row.language.as_str()),
                quiet: row.marks.is(flag::MERGE | flag::TWIN | flag::EXCLUDED),
            }
        }
        Row::Item(row) => {
            let name = |text: &str| match text {
                "" => String::new(),
                text => screen.name(text),
            };
            let (said, key) = (screen.clause(&row.said), name(row.key.as_str()));
            let mut title = name(row.title.as_str());
            // What has no column of its own goes before the words.
            if wide.key == 0 && !key.is_empty() {
                let both = format!("{key} {title}");
                both.trim_end().clone_into(&mut title);
            }
            let mut text = match (wide.more > 0 || said.is_empty(), title.is_empty()) {
                (true, _) => title,
                (false, true) => said.clone(),
                (false, false) => format!("{said}: {title}"),
            };
            for (is_so, word) in [(row.corrected, "corrected"), (row.excluded, "excluded")] {
                if is_so {
                    text = format!("[{word}] {text}");
                }
            }
            let at = row.at.and_then(When::moment).and_then(Moment::local);
            Cells {
                noted: note::on_item(screen.state, row).is_some(),
                time: clock(at, screen),
                kind: row.kind,
                place: name(row.place.as_str()),
                key,
                text: text.replace('\n', " "),
                more: said,
                quiet: row.excluded,
            }
        }
    }
}

fn clock(at: Option<chrono::DateTime<chrono::FixedOffset>>, screen: &Screen<'_>) -> String {
    at.map_or_else(String::new, |at| screen.number(forms::clock(&at)))
}

/// How large it is: lines of a commit, the length of anything else that has one.
fn draw_end(
    buf: &mut Buffer,
    area: Rect,
    row: &Row,
    (added, deleted, length): (Style, Style, Style),
    screen: &Screen<'_>,
) {
    match row {
        Row::Commit(row) => lines(buf, area, row, (added, deleted), screen),
        Row::Item(row) => {
            let Some(seconds) = row.seconds else { return };
            #[expect(clippy::cast_precision_loss, reason = "shown in two or three digits")]
            let text = screen.number(words::duration(seconds as f64));
            let at = area.width.saturating_sub(cells(width(&text)) + 1);
            put(buf, area, (at, 0), (&text, length));
        }
    }
}
