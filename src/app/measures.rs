//! The menu of measures: what the Trends page is about.

use super::effect::Effect;
use super::look::Measure;
use super::moves;
use super::page::Page;
use super::popup::Popup;
use super::state::State;
use crate::input::action::Action;

/// Opens the menu, the cursor on the present measure.
pub(super) fn open(state: &mut State) {
    state.popup = Some(Popup::Measures(state.look.measure.place()));
}

/// Keys in the menu: Enter shows the trend of the measure under the cursor.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let page = moves::page_rows(state);
    let Some(Popup::Measures(cursor)) = &mut state.popup else {
        return Vec::new();
    };
    match action {
        Action::Open => {
            let chosen = Measure::ALL.get(*cursor).copied();
            state.popup = None;
            if let Some(measure) = chosen {
                choose(state, measure);
            }
        }
        Action::Back => state.popup = None,
        _ => *cursor = moves::in_list(*cursor, Measure::ALL.len(), action, page),
    }
    Vec::new()
}

/// Shows the trend of `measure`.
pub(super) fn choose(state: &mut State, measure: Measure) {
    state.page = Page::Trends;
    state.details.clear();
    state.look.measure = measure;
    state.cursors.share = 0;
    state.question_changed();
}
