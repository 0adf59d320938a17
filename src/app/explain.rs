//! A figure opened has three faces: the rows behind it, what it means, and its parts.
//!
//! Text is scrolled by lines, so that every line can be reached on the smallest screen: this file
//! says how much room there is and how many lines the text takes in it.

use super::size::Tier;
use super::state::FigureDetail;
use super::view::Paragraph;
use crate::app::effect::Slot;
use crate::model::forms;

/// What of an opened figure is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// The rows behind it.
    #[default]
    Rows,
    /// Its definition, and what is here for it.
    Rule,
    /// Its points as a table.
    Parts,
}

impl Face {
    /// Every face, in the order of the key.
    pub const ALL: [Self; 3] = [Self::Rows, Self::Rule, Self::Parts];

    /// One word for the footer and the line of faces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Rule => "rule",
            Self::Parts => "parts",
        }
    }

    /// The face `by` places on, round and round.
    #[must_use]
    pub fn step(self, by: isize) -> Self {
        let all = Self::ALL.len();
        let at = Self::ALL.iter().position(|face| *face == self).unwrap_or(0) + all;
        Self::ALL[at.saturating_add_signed(by) % all]
    }
}

/// Columns of the names of paragraphs.
pub const LABEL: u16 = 10;

/// Rows over the face: the number, its past, the line of faces, and air where there is room.
pub fn top(tier: Tier) -> u16 {
    if tier <= Tier::Numbers { 3 } else { 4 }
}

/// Columns and rows of the text on a screen of `size`.
pub fn room(size: (u16, u16)) -> (usize, usize) {
    let tier = Tier::of(size);
    let frame = if tier <= Tier::Numbers { 2 } else { 4 };
    let height = size.1.saturating_sub(frame + top(tier));
    let width = size.0.saturating_sub(2 + LABEL);
    (usize::from(width), usize::from(height))
}

/// Whether a free line stands before `paragraph`, which is not the first.
pub fn gap(paragraph: &Paragraph, tier: Tier) -> bool {
    tier > Tier::Numbers && !paragraph.label.is_empty()
}

/// The farthest the text of `detail` can be scrolled on a screen of `size`; covered, a text with
/// figures is one line.
pub fn farthest(detail: &FigureDetail, size: (u16, u16), covered: bool) -> usize {
    let (width, height) = room(size);
    let view = detail.figure.value.as_ref();
    let paragraphs = view.map_or(&[][..], |view| &view.explained);
    let tier = Tier::of(size);
    let lines: usize = paragraphs
        .iter()
        .enumerate()
        .map(|(at, paragraph)| {
            let hidden = covered && paragraph.figures;
            let lines = |text: &String| if hidden { 1 } else { lines(text, width) };
            let own: usize = paragraph.items.iter().map(lines).sum();
            own + usize::from(at > 0 && gap(paragraph, tier))
        })
        .sum();
    lines.saturating_sub(height)
}

/// How many lines of `width` columns `text` takes when it is broken at spaces.
fn lines(text: &str, width: usize) -> usize {
    let mut lines = 0;
    let mut used = width + 1;
    for word in forms::words(text) {
        let wide = word.chars().count().min(width);
        if used + 1 + wide > width {
            lines += 1;
            used = wide;
        } else {
            used += 1 + wide;
        }
    }
    lines
}

/// How many parts `detail` has, as far as its figure is there.
pub fn parts(detail: &FigureDetail) -> usize {
    let figure = detail
        .figure
        .value
        .as_ref()
        .and_then(|v| v.figure(Slot::Main));
    figure.map_or(0, |figure| figure.shown().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_go_round_in_both_directions() {
        assert_eq!(Face::Rows.step(1), Face::Rule);
        assert_eq!(Face::Parts.step(1), Face::Rows);
        assert_eq!(Face::Rows.step(-1), Face::Parts);
    }

    #[test]
    fn lines_break_at_spaces_and_a_long_word_takes_one() {
        assert_eq!(lines("", 10), 0);
        assert_eq!(lines("one two six", 7), 2);
        assert_eq!(lines("one two six", 11), 1);
        assert_eq!(lines("abcdefghijkl m", 5), 2);
    }
}
