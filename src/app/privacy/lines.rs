//! Rows of the page in lines that fit: how far a section can be scrolled hangs on them.

use unicode_width::UnicodeWidthStr;

use super::{PrivacyView, words};
use crate::app::prose;
use crate::app::state::State;
use crate::model::privacy_page::{Mark, Row, Section};

/// One line on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How it is meant.
    pub mark: Mark,
    /// What it is about, in columns; empty in the lines that go on with a row.
    pub lead: String,
    /// What is said.
    pub text: String,
    /// The columns that stand before the text.
    pub indent: usize,
    /// The row it belongs to.
    pub row: usize,
}

/// The lines of `section` in `width` columns.
pub fn of(section: Section, view: &PrivacyView, state: &State, width: usize) -> Vec<Line> {
    let rows = rows(section, view, state);
    // A table takes one line, so that the cursor can walk over them.
    fold(&rows, width, section == Section::Kept)
}

/// The rows of `section`, with the keys of this page where it says what can be done.
pub(super) fn rows(section: Section, view: &PrivacyView, state: &State) -> Vec<Row> {
    let part = view.parts.iter().find(|part| part.section == section);
    let mut rows = Vec::new();
    if section == Section::Deeds {
        rows.extend(words::keys(state));
    }
    rows.extend(part.into_iter().flat_map(|part| part.rows.iter().cloned()));
    rows
}

/// `rows` in lines of at most `width` columns; `short`: a row in columns is cut and not folded.
pub fn fold(rows: &[Row], width: usize, short: bool) -> Vec<Line> {
    let widest = |of: fn(&Row) -> &String| rows.iter().map(|row| of(row).width()).max();
    let label = widest(|row| &row.label).unwrap_or(0);
    let amount = widest(|row| &row.amount).unwrap_or(0);
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        let mut lead = self::lead(&row, label, amount);
        if !short && lead.width() > width && !row.amount.is_empty() {
            // Not even the columns fit: what stands in the second goes on below the first.
            let parts = [std::mem::take(&mut row.amount), row.text];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            row.text = parts.collect::<Vec<_>>().join(": ");
            lead = self::lead(&row, 0, 0);
        }
        // Next to a lead that leaves no room the text would be a column of words.
        let indent = match lead.width() {
            0 => 0,
            wide if wide + 12 > width => 2,
            wide => wide,
        };
        let room = width.saturating_sub(indent).max(1);
        let cut = short && !lead.is_empty();
        let mut texts: Vec<String> = prose::lines(&row.text, room)
            .into_iter()
            .map(|line| line.text)
            .collect();
        if cut {
            texts = vec![row.text.clone()];
        }
        if texts.is_empty() || (indent == 2 && !cut) {
            texts.insert(0, String::new());
        }
        for (number, text) in texts.into_iter().enumerate() {
            let first = number == 0;
            out.push(Line {
                mark: row.mark,
                lead: if first { lead.clone() } else { String::new() },
                text,
                indent: if first { lead.width() } else { indent },
                row: at,
            });
        }
    }
    out
}

fn lead(row: &Row, label: usize, amount: usize) -> String {
    if row.label.is_empty() && row.amount.is_empty() {
        return match row.mark {
            Mark::Worth => "! ".to_owned(),
            _ => String::new(),
        };
    }
    let mark = match row.mark {
        Mark::Holds => "+ ",
        Mark::Missing => "- ",
        Mark::Worth => "! ",
        _ => "  ",
    };
    let pad = |text: &str, wide: usize| " ".repeat(wide.saturating_sub(text.width()));
    let mut out = format!("{mark}{}{}  ", row.label, pad(&row.label, label));
    if amount > 0 {
        out.push_str(&pad(&row.amount, amount));
        out.push_str(&row.amount);
        out.push_str("  ");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(label: &str, amount: &str, text: &str) -> Row {
        Row {
            label: label.to_owned(),
            amount: amount.to_owned(),
            text: text.to_owned(),
            ..Row::default()
        }
    }

    #[test]
    fn a_text_hangs_under_itself_and_amounts_end_together() {
        let rows = [
            row("tcp", "9", "refused by the kernel"),
            row("calls", "12", "so"),
        ];
        let drawn: Vec<_> = fold(&rows, 30, false)
            .into_iter()
            .map(|line| {
                let before = " ".repeat(line.indent - line.lead.width());
                format!("{}{before}{}", line.lead, line.text)
            })
            .collect();
        let expected = [
            "  tcp     9  refused by the",
            "             kernel",
            "  calls  12  so",
        ];
        assert_eq!(drawn, expected);
    }

    proptest! {
        #[test]
        fn no_folded_line_is_wider_than_its_room(
            text in "[ a-z]{0,80}", label in "[a-z]{0,9}", width in 20_usize..60
        ) {
            for line in fold(&[row(&label, "", &text)], width, false) {
                prop_assert!(line.indent + line.text.width() <= width, "{line:?}");
            }
        }
    }
}
