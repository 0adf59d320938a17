//! The page for when someone asks for the record: read from anywhere, by its name in the palette.

use super::effect::Effect;
use super::moves;
use super::popup::Popup;
use super::prose::{self, Line};
use super::state::State;
use crate::input::action::Action;
use crate::model::pressure;

/// A line of text that is longer is hard to read.
const MEASURE: u16 = 76;

/// Opens the page at its beginning.
pub(super) fn open(state: &mut State) {
    state.popup = Some(Popup::Pressure(0));
}

/// Columns and rows of the box on a screen of `size`.
pub fn size(size: (u16, u16)) -> (u16, u16) {
    let air = if size.1 < 22 { 2 } else { 4 };
    (size.0.min(MEASURE + 4), size.1.saturating_sub(air))
}

/// The text in lines that fit into the box.
pub fn lines(screen: (u16, u16)) -> Vec<Line> {
    let wide = size(screen).0.saturating_sub(4);
    prose::document(pressure::text(), usize::from(wide))
}

/// The farthest the text can be scrolled.
pub fn farthest(screen: (u16, u16)) -> usize {
    let seen = usize::from(size(screen).1.saturating_sub(2));
    lines(screen).len().saturating_sub(seen)
}

/// Keys on the page.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let (last, seen) = (farthest(state.size), usize::from(size(state.size).1));
    if let Some(Popup::Pressure(at)) = &mut state.popup {
        *at = moves::in_list(*at, last + 1, action, seen.saturating_sub(2));
    }
    if matches!(action, Action::Back | Action::Open | Action::Help) {
        state.popup = None;
    }
    Vec::new()
}
