//! What the Overview has to say first: which measures left their usual range.

use super::effect::Slot;
use super::view::PageView;
use crate::model::figure::{Figure, Verdict};

/// The cards of the Overview in their order: outcomes before activity, commits last.
pub const CARDS: [(Slot, &str); 4] = [
    (Slot::ActiveDays, "Days with commits"),
    (Slot::Lines, "Lines changed"),
    (Slot::Sizes, "Change size"),
    (Slot::Commits, "Commits"),
];

/// A measure that changed.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// The measure's name.
    pub title: &'static str,
    /// Its figure, whose verdict says how it changed.
    pub figure: &'a Figure,
}

/// The measures that left their usual range or shifted, in the order of the cards.
pub fn of(view: &PageView) -> Vec<Finding<'_>> {
    CARDS
        .iter()
        .filter_map(|(slot, title)| {
            let figure = view.figure(*slot)?;
            let changed = matches!(figure.verdict, Verdict::Outside(_) | Verdict::Shift { .. });
            changed.then_some(Finding { title, figure })
        })
        .collect()
}
