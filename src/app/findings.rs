//! What the Overview says, in its order: what was finished and shipped, reviews, which measures left
//! their usual range; activity comes last.

use super::effect::Slot;
use super::view::PageView;
use crate::model::figure::{Figure, Verdict};

/// A measure of the Overview: where its figure is, and what it is called there.
pub type Line = (Slot, &'static str);

/// What came to an end.
pub const FINISHED: [Line; 3] = [
    (Slot::Finished, "Tasks finished"),
    (Slot::Delivered, "Changes delivered"),
    (Slot::Cycle, "Cycle time"),
];

/// What was looked at with others.
pub const REVIEWS: [Line; 3] = [
    (Slot::ReviewsGiven, "Reviews given"),
    (Slot::ReviewTime, "Time to my review"),
    (Slot::ReviewWait, "Wait for a review"),
];

/// The cards: activity, commits last.
pub const CARDS: [Line; 4] = [
    (Slot::ActiveDays, "Days with commits"),
    (Slot::Lines, "Lines changed"),
    (Slot::Sizes, "Change size"),
    (Slot::Commits, "Commits"),
];

/// Every measure of the page, outcomes first.
pub fn lines() -> impl Iterator<Item = &'static Line> {
    FINISHED.iter().chain(&REVIEWS).chain(&CARDS)
}

/// A measure that changed.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// The measure's name.
    pub title: &'static str,
    /// Its figure, whose verdict says how it changed.
    pub figure: &'a Figure,
}

/// The measures that left their usual range or shifted, in the order of the page.
pub fn of(view: &PageView) -> Vec<Finding<'_>> {
    lines()
        .filter_map(|(slot, title)| {
            let figure = view.figure(*slot)?;
            let changed = matches!(figure.verdict, Verdict::Outside(_) | Verdict::Shift { .. });
            changed.then_some(Finding { title, figure })
        })
        .collect()
}

/// Whether any export ever told of a task: until then figures of tasks have nothing to rest on.
pub fn knows_tasks(view: &PageView) -> bool {
    knows(view, Slot::Finished) || knows(view, Slot::Ages)
}

/// Whether any export ever told of a review.
pub fn knows_reviews(view: &PageView) -> bool {
    REVIEWS.iter().any(|(slot, _)| knows(view, *slot))
}

fn knows(view: &PageView, slot: Slot) -> bool {
    view.figure(slot)
        .is_some_and(|figure| figure.n > 0 || figure.value.is_some() || figure.known_to.is_some())
}
