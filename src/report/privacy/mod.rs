//! What `inward privacy` says: the page in words, then every column, last a self-test.

mod columns;
mod para;

use crate::model::privacy::{Label, LayerState};
use crate::model::privacy_page::Part;
use crate::report::privacy_page::page_text;
use para::Page;

/// How the label is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal; `None`: whole lines, for a file or another program.
    pub width: Option<usize>,
    /// Column by column too.
    pub columns: bool,
}

/// The label with a line break at its end: its sections in words, and its columns; with the rows
/// of a self-test, where one was run.
pub fn privacy_text(
    parts: &[Part],
    label: &Label,
    tested: Option<&[LayerState]>,
    style: Style,
) -> String {
    let mut page = Page::new(style.width);
    if style.columns {
        columns::tell(&mut page, &label.tables);
    }
    if let Some(rows) = tested {
        page.section("SELF-TEST, tried from inside");
        for row in rows {
            let mark = if row.holds { "+" } else { "-" };
            page.item(&format!("{mark} {}", row.name), 24, &row.detail);
        }
    }
    page_text(parts, style.width) + &page.text()
}

#[cfg(test)]
mod tests;
