//! Where on the screen something stands that a click can mean; told by what draws it.

use ratatui::layout::{Position, Rect};

use crate::input::action::Action;

/// The places of one drawn screen and what a click there does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits(Vec<(Rect, Action)>);

impl Hits {
    /// A click within `place` means `action`.
    pub fn add(&mut self, place: Rect, action: Action) {
        self.0.push((place, action));
    }

    /// What a click into this cell means; `None` where nothing stands.
    pub fn at(&self, column: u16, row: u16) -> Option<Action> {
        let here = Position::new(column, row);
        let hit = self.0.iter().find(|(place, _)| place.contains(here));
        hit.map(|(_, action)| *action)
    }

    /// Every place, in the order of drawing.
    pub fn places(&self) -> &[(Rect, Action)] {
        &self.0
    }
}
