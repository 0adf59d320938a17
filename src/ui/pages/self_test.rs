//! What a self-test found.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::privacy::lines::{self, Line};
use crate::app::privacy::{self, Met, SelfTest};
use crate::model::privacy_page::{Mark, Row};
use crate::ui::screen::Screen;
use crate::ui::text::{cells, columns, rows};
use crate::ui::widgets::popup;

use super::privacy::draw_line;

/// Draws the result from line `at` on.
pub(super) fn draw(
    buf: &mut Buffer,
    area: Rect,
    (result, at): (&SelfTest, usize),
    screen: &Screen<'_>,
) {
    let wide = area.width.min(72);
    let room = usize::from(wide.saturating_sub(4));
    let mut head = vec![
        say(Mark::Heading, privacy::outcome(result)),
        say(Mark::Plain, result.badge.clone()),
        say(
            Mark::Quiet,
            "Tried in this very process, behind its lock.".to_owned(),
        ),
        say(Mark::Plain, String::new()),
    ];
    if result.tried.is_empty() {
        head.truncate(2);
    }
    let tried: Vec<Row> = result
        .tried
        .iter()
        .map(|one| Row {
            mark: match one.met {
                Met::Refusal => Mark::Holds,
                Met::Aside => Mark::Quiet,
                Met::Nothing => Mark::Missing,
            },
            label: one.name.clone(),
            amount: String::new(),
            text: one.outcome.clone(),
        })
        .collect();
    let mut all: Vec<Line> = lines::fold(&head, room, false);
    all.extend(lines::fold(&tried, room, true));
    let high = popup::height(all.len()).min(area.height.saturating_sub(2));
    let inside = popup::open(buf, area, (wide, high), ("Self-test", ""), screen);
    let seen = usize::from(inside.height);
    let first = at.min(all.len().saturating_sub(seen));
    for (row, line) in all.iter().skip(first).take(seen).enumerate() {
        let area = columns(rows(inside, cells(row), 1), 0, inside.width);
        draw_line(buf, area, (line, false), screen);
    }
}

fn say(mark: Mark, text: String) -> Row {
    Row {
        mark,
        text,
        ..Row::default()
    }
}
