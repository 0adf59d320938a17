//! The page of an opened table: how much of it is seen.

use super::lines::{self, Line};
use crate::app::size::Tier;
use crate::model::privacy_page::Row;

/// The widest line of text.
const MEASURE: u16 = 100;

/// Rows over the lines: the table's name, and air where there is room.
pub fn top(tier: Tier) -> u16 {
    if tier <= Tier::Numbers { 1 } else { 2 }
}

/// Columns and rows of the lines on a screen of `size`.
pub fn room(size: (u16, u16)) -> (usize, usize) {
    let tier = Tier::of(size);
    let frame = if tier <= Tier::Numbers { 2 } else { 4 };
    let height = size.1.saturating_sub(frame + top(tier));
    let width = size.0.saturating_sub(2).min(MEASURE);
    (usize::from(width), usize::from(height))
}

/// The rows in lines of at most `width` columns.
pub fn lines(rows: &[Row], width: usize) -> Vec<Line> {
    lines::fold(rows, width, false)
}
