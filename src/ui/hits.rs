//! Where on the screen something stands that the mouse can mean; told by what draws it, and only
//! while somebody asks: a frame for the terminal notes nothing.

use ratatui::layout::{Position, Rect};

use crate::app::pointer::Target;

/// The places of one drawn screen, and what the mouse means there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    clicks: Vec<(Rect, Target)>,
    panels: Vec<(Rect, usize)>,
}

impl Hits {
    /// A click within `place` means `target`.
    pub fn add(&mut self, place: Rect, target: Target) {
        self.clicks.push((place, target));
    }

    /// The wheel over `place` scrolls panel number `panel` of the page.
    pub fn add_panel(&mut self, place: Rect, panel: usize) {
        self.panels.push((place, panel));
        self.clicks.push((place, Target::Panel(panel)));
    }

    /// What a click into this cell means; `None` where nothing stands. What was drawn last lies on top.
    pub fn at(&self, column: u16, row: u16) -> Option<Target> {
        over(&self.clicks, column, row)
    }

    /// The panel that the wheel scrolls over this cell.
    pub fn panel_at(&self, column: u16, row: u16) -> Option<usize> {
        over(&self.panels, column, row)
    }

    /// Every place that can be clicked, in the order of drawing.
    pub fn places(&self) -> &[(Rect, Target)] {
        &self.clicks
    }
}

fn over<T: Copy>(places: &[(Rect, T)], column: u16, row: u16) -> Option<T> {
    let here = Position::new(column, row);
    let mut drawn = places.iter().rev();
    let hit = drawn.find(|(place, _)| place.contains(here));
    hit.map(|(_, what)| *what)
}
