//! Columns, bars and line breaks, measured in terminal cells.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// `text` broken at spaces into lines of at most `width` cells, each after the first starting
/// with `indent` spaces. A word longer than a line stands alone on one.
pub(crate) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let cells = word.width();
        if used == 0 {
            used = cells;
        } else if used + 1 + cells <= width {
            out.push(' ');
            used += 1 + cells;
        } else {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = indent + cells;
        }
        out.push_str(word);
    }
    out.push('\n');
    out
}

/// Columns that `text` takes on a screen.
pub(crate) fn cells(text: &str) -> usize {
    text.width()
}

/// `text` line by line, each broken at spaces to `width` cells and hanging two further in than it
/// begins. A line that is set in by four or more (a command to copy) stays as it is.
pub fn fold(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        let body = line.trim_start_matches(' ');
        let indent = line.len() - body.len();
        if indent >= 4 || line.width() <= width {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let room = width.saturating_sub(indent).max(20);
        for (at, part) in wrap(body, room.saturating_sub(2).max(20), 0)
            .lines()
            .enumerate()
        {
            let hang = if at == 0 { indent } else { indent + 2 };
            out.extend(std::iter::repeat_n(' ', hang));
            out.push_str(part);
            out.push('\n');
        }
    }
    out
}

/// `text` in exactly `width` cells: cut with an ellipsis when longer, filled when shorter.
pub(super) fn left(text: &str, width: usize, ascii: bool) -> String {
    let mut out = cut(text, width, ascii);
    let room = width.saturating_sub(out.width());
    out.extend(std::iter::repeat_n(' ', room));
    out
}

/// `text` at the right end of `width` cells; longer text keeps its length.
pub(super) fn right(text: &str, width: usize) -> String {
    let room = width.saturating_sub(text.width());
    format!("{}{text}", " ".repeat(room))
}

/// `text` in at most `width` cells.
pub(super) fn cut(text: &str, width: usize, ascii: bool) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mark = if ascii { "..." } else { "…" };
    let room = width.saturating_sub(mark.width());
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let cells = c.width().unwrap_or(0);
        if used + cells > room {
            break;
        }
        used += cells;
        out.push(c);
    }
    if mark.width() <= width {
        out.push_str(mark);
    }
    out
}

/// A bar of `value` out of `most` in at most `width` cells; the least value above zero shows.
pub(super) fn bar(value: f64, most: f64, width: usize, ascii: bool) -> String {
    if most <= 0.0 || value <= 0.0 || width == 0 {
        return String::new();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a width of at most 200 cells, clamped to it"
    )]
    let cells = (value / most * width as f64).round() as usize;
    let mark = if ascii { "#" } else { "▇" };
    mark.repeat(cells.clamp(1, width))
}

/// A shade from 0 (nothing) to 4 for `value` out of `most`.
pub(super) fn shade(value: f64, most: f64, ascii: bool) -> char {
    let shades = if ascii {
        ['.', '-', '+', '*', '#']
    } else {
        ['·', '░', '▒', '▓', '█']
    };
    let share = if most > 0.0 { value / most } else { 0.0 };
    let step = match share {
        s if s <= 0.0 => 0,
        s if s <= 0.25 => 1,
        s if s <= 0.5 => 2,
        s if s <= 0.75 => 3,
        _ => 4,
    };
    shades[step]
}

/// One block a value, as high as its share of `most`; missing is blank, zero the lowest line.
pub(super) fn spark(values: &[Option<f64>], most: f64) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let block = |value: f64| {
        let share = if most > 0.0 { value / most } else { 0.0 };
        let reached = BLOCKS
            .iter()
            .enumerate()
            .rev()
            .find(|(step, _)| share * 7.0 >= *step as f64);
        reached.map_or(BLOCKS[0], |(_, block)| *block)
    };
    values
        .iter()
        .map(|value| value.map_or(' ', block))
        .collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_lines_hang_and_commands_stay_whole() {
        let text = "one two three four five six seven eight nine\n  a note that is longer than it fits\n    a command that is much longer than it fits\n";
        assert_eq!(
            fold(text, 30),
            "one two three four five six\n  seven eight nine\n  a note that is longer than\n    it fits\n    a command that is much longer than it fits\n"
        );
    }

    proptest! {
        #[test]
        fn no_text_is_wider_than_its_column(text in "\\PC{0,80}", width in 0_usize..60) {
            prop_assert!(cut(&text, width, true).width() <= width);
            prop_assert!(cut(&text, width, false).width() <= width);
            prop_assert_eq!(left(&text, width, false).width(), width);
        }

        #[test]
        fn wrapped_lines_fit_unless_one_word_is_too_long(text in "[a-z ]{0,200}", width in 10_usize..60) {
            for line in wrap(&text, width, 2).lines() {
                prop_assert!(line.width() <= width || !line.trim().contains(' '), "{line}");
            }
        }
    }

    #[test]
    fn the_least_value_still_shows_and_zero_does_not() {
        assert_eq!(bar(1.0, 10_000.0, 20, true), "#");
        assert_eq!(bar(0.0, 10.0, 20, true), "");
        assert_eq!(shade(1.0, 4.0, true), '-');
    }
}
