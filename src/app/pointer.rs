//! The mouse: what a click or the wheel means is told by what draws it, and carried out by the keys
//! that would do the same.

use super::effect::Effect;
use super::keys;
use super::state::{Detail, State};
use crate::input::action::Action;

/// What can be clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// What stands for a key.
    Action(Action),
    /// A row of a list, or a cell of a table.
    Row {
        /// The panel of the page that it stands in; `None` where there is but one list.
        panel: Option<usize>,
        /// How many rows below the cursor it stands; negative: above.
        down: isize,
        /// How many columns to the right of it.
        right: isize,
    },
    /// A panel of the page, beside its rows.
    Panel(usize),
}

/// Carries out a click; `None` when it means nothing here.
pub(super) fn clicked(state: &mut State, target: Target) -> Option<Vec<Effect>> {
    if !state.mouse || state.cover.is_on() {
        return None;
    }
    match target {
        Target::Action(action) => keys::pointed(state, action),
        Target::Panel(panel) => (!focus(state, Some(panel))).then(Vec::new),
        Target::Row { panel, down, right } => {
            state.touched = true;
            let mut effects = Vec::new();
            // A filter that is being typed is taken as it stands.
            if state.popup.is_none() && state.is_typing() {
                effects.extend(keys::run(state, Action::Accept));
            }
            let here = focus(state, panel);
            if (down, right) == (0, 0) && here {
                let open = if state.is_typing() {
                    Action::Accept
                } else {
                    Action::Open
                };
                effects.extend(keys::pointed(state, open)?);
                return Some(effects);
            }
            let steps = [
                (down, Action::Up, Action::Down),
                (right, Action::Left, Action::Right),
            ];
            for (by, back, on) in steps {
                for _ in 0..by.unsigned_abs() {
                    let step = if by < 0 { back } else { on };
                    effects.extend(keys::run(state, step));
                }
            }
            Some(effects)
        }
    }
}

/// Turns the wheel over a panel; `None` when it means nothing here.
pub(super) fn wheel(
    state: &mut State,
    panel: Option<usize>,
    action: Action,
) -> Option<Vec<Effect>> {
    if !state.mouse || state.cover.is_on() {
        return None;
    }
    if state.popup.is_none() {
        focus(state, panel);
    }
    keys::pointed(state, action)
}

/// Gives `panel` the focus; whether it had it.
fn focus(state: &mut State, panel: Option<usize>) -> bool {
    let Some(panel) = panel else { return true };
    match state.details.last_mut() {
        Some(Detail::Repository(detail)) => {
            let had = detail.on_tasks == (panel > 0);
            detail.on_tasks = panel > 0;
            had
        }
        Some(_) => true,
        None => {
            let had = state.focus() == panel;
            state.cursors.focus.insert(state.page, panel);
            had
        }
    }
}
