//! Rows of which only those around the cursor are drawn.

use ratatui::layout::Rect;

/// The first of `total` rows to draw on `height` rows so that `cursor` is seen: the cursor keeps
/// to the middle and moves to the edges at the ends, so that no position needs to be remembered.
pub fn first_row(cursor: usize, total: usize, height: u16) -> usize {
    let height = usize::from(height);
    cursor
        .saturating_sub(height / 2)
        .min(total.saturating_sub(height))
}

/// The positions of the rows that are drawn into `area`.
pub fn visible(cursor: usize, total: usize, area: Rect) -> std::ops::Range<usize> {
    let first = first_row(cursor, total, area.height);
    first..(first + usize::from(area.height)).min(total)
}

/// `7 of 340`, or nothing when all rows are seen.
pub fn position(cursor: usize, total: usize, height: u16) -> String {
    if total <= usize::from(height) {
        return String::new();
    }
    let count = |n: usize| crate::ui::words::count(n as u64);
    format!("{} of {}", count(cursor + 1), count(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_always_seen() {
        for total in [0_usize, 1, 7, 100] {
            for cursor in 0..total.max(1) {
                let area = Rect::new(0, 0, 10, 5);
                let seen = visible(cursor, total, area);
                assert!(total == 0 || seen.contains(&cursor), "{cursor} of {total}");
                assert!(seen.len() <= 5 && seen.end <= total);
            }
        }
    }
}
