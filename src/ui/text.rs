//! Placing text: by columns, never by bytes; whole clauses or none.

use crate::model::forms;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns `text` takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A piece of text with its style.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Its style.
    pub style: Style,
}

impl Span {
    /// `text` in `style`.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self {
            text: text.into(),
            style,
        }
    }
}

/// The columns that `spans` take together.
pub fn spans_width(spans: &[Span]) -> usize {
    spans.iter().map(|span| width(&span.text)).sum()
}

/// Writes `text` into row `row` of `area` from column `column` on, cut at the right edge of the
/// area; returns the columns used. Outside of area and buffer nothing is written.
pub fn put(buf: &mut Buffer, area: Rect, at: (u16, u16), text: (&str, Style)) -> u16 {
    let area = area.intersection(buf.area);
    let (column, row) = at;
    if row >= area.height || column >= area.width {
        return 0;
    }
    let room = usize::from(area.width - column);
    let from = area.x + column;
    let (end, _) = buf.set_stringn(from, area.y + row, text.0, room, Style::new());
    // What stood there before lends nothing but its ground: a style is always the whole style.
    let mut ground = None;
    for x in from..end {
        let cell = &mut buf[(x, area.y + row)];
        // The second half of a wide character was reset: it gets the ground of the first.
        cell.bg = ground.take().unwrap_or(cell.bg);
        ground = (width(cell.symbol()) > 1).then_some(cell.bg);
        cell.modifier = Modifier::empty();
        cell.fg = Color::Reset;
        cell.set_style(text.1);
    }
    end - from
}

/// Writes `spans` one after another, as [`put`] does; returns the columns used.
pub fn put_spans(buf: &mut Buffer, area: Rect, at: (u16, u16), spans: &[Span]) -> u16 {
    let (mut column, row) = at;
    for span in spans {
        column = column.saturating_add(put(buf, area, (column, row), (&span.text, span.style)));
    }
    column - at.0
}

/// Writes `spans` so that they end `margin` columns before the right edge; nothing when they do
/// not fit. Returns the column where they start.
pub fn put_right(buf: &mut Buffer, area: Rect, row: u16, spans: &[Span]) -> Option<u16> {
    let width = u16::try_from(spans_width(spans)).ok()?;
    let start = area.width.checked_sub(width)?;
    put_spans(buf, area, (start, row), spans);
    Some(start)
}

/// `text` in at most `room` columns; a longer one ends in `cut`. For names and summaries.
pub fn fit(text: &str, room: usize, cut: &str) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let Some(room) = room.checked_sub(width(cut)) else {
        return String::new();
    };
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        used += width(cluster);
        if used > room {
            break;
        }
        out.push_str(cluster);
    }
    out.truncate(out.trim_end().len());
    out.push_str(cut);
    out
}

/// `text` in at most `room` columns, its beginning cut: for paths, whose end tells most.
pub fn fit_end(text: &str, room: usize, cut: &str) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let Some(room) = room.checked_sub(width(cut)) else {
        return String::new();
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut used = 0;
    for cluster in text.graphemes(true).rev() {
        used += width(cluster);
        if used > room {
            break;
        }
        kept.push(cluster);
    }
    kept.reverse();
    format!("{cut}{}", kept.concat())
}

/// As many of `clauses` from the front as fit whole into `room` columns, joined by `between`.
pub fn clauses(clauses: &[String], between: &str, room: usize) -> String {
    let mut out = String::new();
    for clause in clauses.iter().filter(|clause| !clause.is_empty()) {
        let more = if out.is_empty() { 0 } else { width(between) };
        if width(&out) + more + width(clause) > room {
            break;
        }
        if more > 0 {
            out.push_str(between);
        }
        out.push_str(clause);
    }
    out
}

/// `text` broken at spaces into lines of at most `room` columns; a word longer than a line is cut.
pub fn wrap(text: &str, room: usize, cut: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if room == 0 {
        return lines;
    }
    for word in forms::words(text) {
        let word = fit(word, room, cut);
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(&word) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// The rows of `area` from `row` on, `height` of them at most.
pub fn rows(area: Rect, row: u16, height: u16) -> Rect {
    let row = row.min(area.height);
    Rect {
        y: area.y + row,
        height: height.min(area.height - row),
        ..area
    }
}

/// The columns of `area` from `column` on, `width` of them at most.
pub fn columns(area: Rect, column: u16, width: u16) -> Rect {
    let column = column.min(area.width);
    Rect {
        x: area.x + column,
        width: width.min(area.width - column),
        ..area
    }
}

/// A count of cells as a coordinate.
pub fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_clause_is_whole_or_absent() {
        let all = ["was 203".to_owned(), "usual 150-260".to_owned()];
        assert_eq!(clauses(&all, " · ", 23), "was 203 · usual 150-260");
        assert_eq!(clauses(&all, " · ", 22), "was 203");
        assert_eq!(clauses(&all, " · ", 3), "");
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(fit("日本語", 5, "…"), "日本…");
        assert_eq!(fit_end("src/日本語.rs", 6, "…"), "…語.rs");
    }

    proptest! {
        #[test]
        fn nothing_is_ever_wider_than_its_room(text in "\\PC{0,40}", room in 0_usize..30) {
            prop_assert!(width(&fit(&text, room, "…")) <= room);
            prop_assert!(width(&fit_end(&text, room, "…")) <= room);
            for line in wrap(&text, room, "…") {
                prop_assert!(width(&line) <= room);
            }
        }
    }
}
