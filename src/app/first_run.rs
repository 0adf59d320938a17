//! The first run: who is "me", and whether to keep what was read.
//!
//! Nothing is written before the owner says keep, and no address becomes "me" without evidence
//! or the typed sentence.

use super::effect::Effect;
use super::filter;
use super::keys;
use super::message::PersonLine;
use super::moves;
use super::popup::{Entry, Popup, Sentence};
use super::state::{Chooser, State};
use crate::input::action::Action;
use crate::model::keep::Measure;
use crate::model::text::Clean;

/// Lists the authors, for the owner to say who they are.
pub(super) fn choose(state: &mut State, people: Vec<PersonLine>) {
    state.popup = None;
    state.chooser = Some(Chooser {
        people,
        ..Chooser::default()
    });
}

/// What the owner types to make addresses theirs.
pub const SENTENCE: &str = "this is me";

/// Opens the question whether to keep, once, when the first scan in memory is over. A dialog that
/// opens under moving fingers could be answered by accident: then the line above the footer asks.
pub(super) fn ask_to_keep(state: &mut State) {
    if state.keep_asked || state.scan.is_some() || !state.is_unkept() {
        return;
    }
    // Who else is me comes first: it changes what there is to keep.
    if state.others.pending || matches!(state.popup, Some(Popup::Proposals(_))) {
        return;
    }
    state.keep_asked = true;
    if state.popup.is_none() && !state.touched {
        state.popup = Some(Popup::Keep);
    }
}

/// The question, asked for by key or palette.
pub(super) fn offer_keep(state: &mut State) {
    if state.is_unkept() {
        state.keep_asked = true;
        state.popup = Some(Popup::Keep);
        return;
    }
    let demo = state.facts.as_ref().is_some_and(|facts| facts.demo);
    let text = if demo {
        "generated data are never kept"
    } else {
        "everything that was read is kept already"
    };
    say(state, text);
}

/// The answer.
pub(super) fn keep_answer(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Keep => {
            state.popup = None;
            vec![Effect::Keep {
                reflog: state.keep_reflog,
                measure: state.keep_measure,
            }]
        }
        Action::Mark => {
            state.keep_reflog = !state.keep_reflog;
            Vec::new()
        }
        Action::KeepAll | Action::KeepNoWords | Action::KeepDays => {
            state.keep_measure = match action {
                Action::KeepNoWords => Measure::NoWords,
                Action::KeepDays => Measure::DaysOnly,
                _ => Measure::Everything,
            };
            Vec::new()
        }
        Action::NotNow => {
            state.popup = None;
            state.keep_measure = Measure::default();
            state.keep_reflog = false;
            let key = keys::page_key(state, Action::Keep);
            say(state, &format!("nothing was written; {key} asks again"));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Keys in the list of authors; `None` when the page's own rules hold.
pub(super) fn chooser(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let page = moves::page_rows(state);
    let chooser = state.chooser.as_mut()?;
    let shown = chooser.shown();
    let total = shown.len();
    let here = shown.get(chooser.cursor).map(|p| p.address.clone());
    match action {
        Action::Mark => {
            let address = here?;
            if !chooser.marked.remove(&address) {
                chooser.marked.insert(address);
            }
            chooser.cursor = moves::in_list(chooser.cursor, total, Action::Down, page);
        }
        Action::Open => {
            let mut addresses: Vec<_> = chooser.marked.iter().cloned().collect();
            if addresses.is_empty() {
                addresses.extend(here);
            }
            if !addresses.is_empty() {
                let entry = Entry::default();
                state.popup = Some(Popup::Sentence(Sentence { addresses, entry }));
            }
        }
        Action::Filter => chooser.typing = true,
        Action::Back => chooser.show_all(),
        Action::Overview
        | Action::Trends
        | Action::Rhythm
        | Action::Work
        | Action::Rescan
        | Action::RescanAll
        | Action::Keep => {}
        Action::Up
        | Action::Down
        | Action::Top
        | Action::Bottom
        | Action::PageUp
        | Action::PageDown
        | Action::HalfUp
        | Action::HalfDown => {
            chooser.cursor = moves::in_list(chooser.cursor, total, action, page);
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Keys while the filter of the authors is being typed: Enter keeps it, Esc shows all again.
pub(super) fn chooser_field(state: &mut State, action: Action) {
    let page = moves::page_rows(state);
    let Some(chooser) = state.chooser.as_mut() else {
        return;
    };
    match action {
        Action::Accept | Action::Close => chooser.typing = false,
        Action::Cancel | Action::Back => chooser.show_all(),
        _ => {
            let total = chooser.shown().len();
            chooser.cursor = moves::in_list(chooser.cursor, total, action, page);
        }
    }
}

/// Keys in the field for the sentence.
pub(super) fn sentence(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let Some(Popup::Sentence(sentence)) = &mut state.popup else {
        return Vec::new();
    };
    match action {
        Action::Accept if sentence.entry.field.text().trim() == SENTENCE => {
            let addresses = sentence.addresses.clone();
            state.popup = None;
            state.chooser = None;
            // These keys answered a question; the next one may open by itself again.
            state.touched = false;
            return vec![Effect::ThisIsMe(addresses)];
        }
        Action::Accept => {
            sentence.entry.problem = Some(format!("type exactly: {SENTENCE}"));
        }
        Action::Cancel | Action::Back => state.popup = None,
        _ => {}
    }
    Vec::new()
}

fn say(state: &mut State, text: &str) {
    let text = Clean::label(text.as_bytes());
    state.toasts.say(text, false, state.calendar.now);
}
