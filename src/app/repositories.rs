//! The repository menu: which of them to look at.

use super::effect::Effect;
use super::moves;
use super::narrow;
use super::popup::{Popup, RepoPick};
use super::state::State;
use crate::input::action::Action;
use crate::model::ids::RepoId;

/// Opens the menu with the present choice marked.
pub(super) fn open(state: &mut State) {
    let picked = state.look.repos.clone().unwrap_or_default();
    state.popup = Some(Popup::Repositories(RepoPick { cursor: 0, picked }));
}

/// Keys in the menu. Space marks; Enter looks at the marked ones, or at the one under the cursor.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let ids: Vec<RepoId> = state
        .facts
        .iter()
        .flat_map(|facts| facts.repos.iter().map(|repo| repo.id))
        .collect();
    let page = moves::page_rows(state);
    let Some(Popup::Repositories(pick)) = &mut state.popup else {
        return Vec::new();
    };
    let here = pick.cursor.checked_sub(1).and_then(|at| ids.get(at));
    match action {
        Action::Back => state.popup = None,
        Action::Mark => {
            match here {
                None => pick.picked.clear(),
                Some(id) if pick.picked.contains(id) => {
                    pick.picked.remove(id);
                }
                Some(id) => {
                    pick.picked.insert(*id);
                }
            }
            pick.cursor = (pick.cursor + 1).min(ids.len());
        }
        Action::Open => {
            let mut picked = pick.picked.clone();
            if picked.is_empty() {
                picked.extend(here);
            }
            let all = picked.is_empty() || picked.len() == ids.len();
            state.look.repos = (!all).then_some(picked);
            state.popup = None;
            narrow::changed(state);
        }
        _ => pick.cursor = moves::in_list(pick.cursor, ids.len() + 1, action, page),
    }
    Vec::new()
}
