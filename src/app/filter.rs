//! Typing: into the filter of a list, or into whatever field has the focus.

use super::correct;
use super::effect::{Effect, SortBy};
use super::explain::Face;
use super::field::Field;
use super::list::List;
use super::moves;
use super::note;
use super::page::Page;
use super::popup::Popup;
use super::privacy::forget::Step;
use super::state::{Detail, State};
use super::{first_run, help, palette, share};
use crate::input::action::Action;

/// `/`: the filter of the list on the screen; without a list, the log's.
pub(super) fn open(state: &mut State) {
    show_rows(state);
    if state.list().is_none() {
        state.details.clear();
        state.page = Page::Work;
    }
    if let Some(list) = state.list_mut() {
        list.typing = Some(Field::new(&list.filter.clone()));
    }
}

/// The next order of the list, or the same turned round.
pub(super) fn order(state: &mut State, action: Action) {
    show_rows(state);
    let Some(list) = state.list_mut() else {
        return;
    };
    let mut sort = list.sort;
    if action == Action::Reverse {
        sort.reverse = !sort.reverse;
    } else {
        sort.reverse = false;
        sort.by = match sort.by {
            SortBy::Time => SortBy::Size,
            SortBy::Size => SortBy::Repository,
            SortBy::Repository => SortBy::Time,
        };
    }
    list.set_sort(sort);
}

/// Keys of lists turn an opened figure to its rows.
fn show_rows(state: &mut State) {
    if let Some(Detail::Figure(detail)) = state.details.last_mut() {
        detail.face = Face::Rows;
    }
}

/// A character typed into the focused field.
pub(super) fn typed(state: &mut State, c: char) {
    let mut buffer = [0; 4];
    insert(state, c.encode_utf8(&mut buffer));
}

/// Text pasted into the focused field; false, and dropped, when there is none.
pub(super) fn paste(state: &mut State, text: &str) -> bool {
    let typing = state.is_typing();
    if typing {
        let spaced = matches!(state.popup, Some(Popup::Note(_) | Popup::Goal(_)));
        if spaced {
            insert(state, &note::one_line(text));
        } else {
            insert(state, text);
        }
    }
    typing
}

fn insert(state: &mut State, text: &str) {
    if let Some(field) = field(state) {
        field.insert(text);
    }
    changed(state);
}

/// The field with the focus.
fn field(state: &mut State) -> Option<&mut Field> {
    if state.popup.is_none() {
        if state.chooser.is_some() {
            let chooser = state.chooser.as_mut()?;
            return chooser.typing.then_some(&mut chooser.filter);
        }
        return state.list_mut()?.typing.as_mut();
    }
    match state.popup.as_mut()? {
        Popup::Help(help) => Some(&mut help.filter),
        Popup::Palette(palette) => Some(&mut palette.field),
        Popup::Range(entry)
        | Popup::Goal(entry)
        | Popup::Forget(Step::Day(entry) | Step::Word { entry, .. }) => Some(&mut entry.field),
        Popup::Add(form) => Some(&mut form.entry.field),
        Popup::Sentence(sentence) => Some(&mut sentence.entry.field),
        Popup::Note(typed) => Some(&mut typed.field),
        Popup::Narrow(dialog) => dialog.field(),
        Popup::Correct(dialog) => dialog.focus(),
        Popup::Share(share) => match &mut share.step {
            share::Step::Own(entry) | share::Step::Word(_, entry) => Some(&mut entry.field),
            _ => None,
        },
        Popup::Repositories(_)
        | Popup::Measures(_)
        | Popup::Kinds(_)
        | Popup::Words(..)
        | Popup::Keep
        | Popup::Messages(_)
        | Popup::Proposals(_)
        | Popup::Outbox(_)
        | Popup::Pressure(_)
        | Popup::SelfTest(..)
        | Popup::Forget(_) => None,
    }
}

/// What follows from another text: lists shrink as one types.
fn changed(state: &mut State) {
    match &mut state.popup {
        Some(Popup::Help(help)) => help.cursor = 0,
        Some(Popup::Palette(_)) => palette::search(state),
        Some(Popup::Narrow(dialog)) => dialog.typed(),
        Some(
            Popup::Range(entry)
            | Popup::Goal(entry)
            | Popup::Forget(Step::Day(entry) | Step::Word { entry, .. }),
        ) => entry.problem = None,
        Some(Popup::Add(form)) => {
            form.entry.problem = None;
            form.chosen = None;
        }
        Some(Popup::Sentence(sentence)) => sentence.entry.problem = None,
        Some(Popup::Note(typed)) => typed.problem = None,
        Some(Popup::Correct(_)) => correct::check(state),
        Some(_) => {}
        None => {
            if let Some(chooser) = &mut state.chooser {
                chooser.cursor = 0;
            } else if let Some(list) = state.list_mut() {
                let text = list.typing.as_ref().map(|f| f.text().to_owned());
                list.set_filter(&text.unwrap_or_default());
            }
        }
    }
}

/// Moves in the field and deletes from it; false when the action is no such thing.
pub(super) fn edit(state: &mut State, action: Action) -> bool {
    let Some(field) = field(state) else {
        return false;
    };
    match action {
        Action::Left => field.move_by(-1),
        Action::Right => field.move_by(1),
        Action::Top => field.move_by(isize::MIN / 2),
        Action::Bottom => field.move_by(isize::MAX / 2),
        Action::DeleteBack => {
            field.delete_back();
        }
        Action::DeleteWord => field.delete_word(),
        Action::DeleteAll => field.clear(),
        _ => return false,
    }
    if matches!(
        action,
        Action::DeleteBack | Action::DeleteWord | Action::DeleteAll
    ) {
        changed(state);
    }
    true
}

/// Keys while the filter of a list is being typed: Enter keeps it, Esc clears it.
pub(super) fn list_field(state: &mut State, action: Action) -> Vec<Effect> {
    if edit(state, action) {
        return Vec::new();
    }
    if state.chooser.is_some() {
        first_run::chooser_field(state, action);
        return Vec::new();
    }
    let page = moves::page_rows(state);
    let Some(list) = state.list_mut() else {
        return Vec::new();
    };
    match action {
        Action::Accept | Action::Close => list.typing = None,
        Action::Cancel | Action::Back => leave(list),
        _ => list.go(moves::in_list(list.cursor, list.total(), action, page)),
    }
    Vec::new()
}

fn leave(list: &mut List) {
    list.typing = None;
    list.set_filter("");
}

/// Keys in the filter of the help overlay; see [`help`].
pub(super) fn help_field(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let Some(Popup::Help(list)) = &mut state.popup else {
        return None;
    };
    match action {
        Action::Cancel => {
            list.filter.clear();
            list.typing = false;
            list.cursor = 0;
            Some(Vec::new())
        }
        Action::Accept => Some(help::run_selected(state)),
        _ => edit(state, action).then(Vec::new),
    }
}
