//! The page as text, for `inward privacy` and `inward show privacy`.

use unicode_width::UnicodeWidthStr;

use crate::model::privacy_page::{Mark, Part, Row};
use crate::report::layout::wrap;

/// All sections, folded to `width` columns; without one, in whole lines.
pub fn page_text(parts: &[Part], width: Option<usize>) -> String {
    let width = width.map_or(usize::MAX / 2, |width| width.clamp(30, 200));
    let mut out = String::from("Privacy\n");
    for part in parts {
        out.push('\n');
        let heading = format!("{}: {}", part.section.title(), part.summary.join(", "));
        out.push_str(&wrap(&heading, width, 2));
        let widest = |of: fn(&Row) -> &String| {
            let rows = part.rows.iter();
            rows.map(|row| of(row).width()).max().unwrap_or(0)
        };
        let columns = (widest(|row| &row.label), widest(|row| &row.amount));
        for row in &part.rows {
            out.push_str(&line(row, columns, width));
        }
    }
    out
}

/// A row with its text hanging under itself.
fn line(row: &Row, (label, amount): (usize, usize), width: usize) -> String {
    let mark = match row.mark {
        Mark::Holds => "+ ",
        Mark::Missing => "- ",
        Mark::Worth => "! ",
        _ => "",
    };
    let lead = if row.label.is_empty() && row.amount.is_empty() {
        format!("  {mark}")
    } else {
        let gap = if amount == 0 { "" } else { "  " };
        let label = label.saturating_sub(mark.len());
        format!(
            "  {mark}{:<label$}{gap}{:>amount$}  ",
            row.label, row.amount
        )
    };
    // Next to a lead that leaves no room the text goes on below it.
    let narrow = lead.width() * 2 > width;
    let hang = if narrow { 6 } else { lead.width() };
    let text = wrap(&row.text, width - hang, 0);
    let first = text.lines().next().unwrap_or_default();
    let mut out = lead;
    if narrow && out.width() + first.width() > width {
        out.truncate(out.trim_end().len());
        out.push('\n');
        out.push_str(&" ".repeat(hang));
    }
    for (at, part) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
            out.push_str(&" ".repeat(hang));
        }
        out.push_str(part);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
