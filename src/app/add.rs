//! The dialog that adds: repositories by their folder, or an export by its file. Typed, pasted, or
//! chosen among the names seen before the lock.

use super::effect::Effect;
use super::field::Field;
use super::filter;
use super::moves;
use super::popup::{Entry, Popup};
use super::state::State;
use crate::input::action::Action;
use crate::model::around::Around;
use crate::model::seen_file::SeenFile;
use crate::model::text::Clean;

/// The dialog.
#[derive(Clone, Debug, Default)]
pub struct AddForm {
    /// The path being typed.
    pub entry: Entry,
    /// The line under the cursor among those shown; `None` while the typed path is meant.
    pub chosen: Option<usize>,
}

/// Opens the dialog; the demo reads nothing, so it has none.
pub(super) fn open(state: &mut State) {
    if state.facts.as_ref().is_some_and(|facts| facts.demo) {
        let text = b"the demo reads no repository and no export: quit it, then run inward";
        state
            .toasts
            .say(Clean::label(text), false, state.calendar.now);
        return;
    }
    state.popup = Some(Popup::Add(AddForm::default()));
}

/// What was found near the start, while there is nothing else: Enter in the empty field means it.
pub fn near(state: &State) -> Option<&Around> {
    let around = state.around.as_ref().filter(|_| state.is_bare());
    around.filter(|near| !near.folder.is_empty())
}

/// The dialog once more, with what was typed and why it was not taken.
pub fn again(state: &mut State, typed: &str, problem: &str) {
    state.touched = true;
    state.popup = Some(Popup::Add(AddForm {
        entry: Entry {
            field: Field::new(typed),
            problem: Some(problem.to_owned()),
        },
        chosen: None,
    }));
}

/// The files that are offered: those whose name holds the last part of what is typed, else all.
pub fn shown<'a>(state: &'a State, form: &AddForm) -> Vec<&'a SeenFile> {
    let typed = form.entry.field.text().trim().to_lowercase();
    let last = typed.rsplit('/').next().unwrap_or_default();
    let holds = |one: &&SeenFile| one.name.as_str().to_lowercase().contains(last);
    let found: Vec<_> = state.seen_files.iter().filter(holds).collect();
    if found.is_empty() {
        return state.seen_files.iter().collect();
    }
    found
}

/// Keys in the dialog.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    // Down and up are the list's; all else of a field is the field's.
    if filter::edit(state, action) {
        return Vec::new();
    }
    let Some(Popup::Add(form)) = &state.popup else {
        return Vec::new();
    };
    let files = shown(state, form);
    let total = files.len();
    let path = form.chosen.and_then(|at| files.get(at)).map_or_else(
        || match form.entry.field.text().trim() {
            "" => near(state).map_or_else(String::new, |near| near.folder.clone()),
            typed => typed.to_owned(),
        },
        |one| one.path.clone(),
    );
    let Some(Popup::Add(form)) = &mut state.popup else {
        return Vec::new();
    };
    match action {
        Action::Accept if path.is_empty() => {
            let none = "a folder with a repository in it, or an export file";
            form.entry.problem = Some(none.to_owned());
        }
        Action::Accept => {
            state.popup = None;
            return vec![Effect::Add(path)];
        }
        Action::Cancel | Action::Back => state.popup = None,
        // The field itself is the line above the first.
        Action::Up => form.chosen = form.chosen.and_then(|at| at.checked_sub(1)),
        Action::Down | Action::Impact if total > 0 => {
            let next = form.chosen.map_or(0, |at| at + 1);
            form.chosen = Some(next.min(total - 1));
        }
        Action::PageUp | Action::PageDown if total > 0 => {
            let at = form.chosen.unwrap_or(0);
            form.chosen = Some(moves::in_list(at, total, action, 8));
        }
        _ => {}
    }
    Vec::new()
}
