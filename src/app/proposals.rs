//! Who else could be me: offered once, answered row by row, and never a nag.

use super::effect::Effect;
use super::keys;
use super::moves;
use super::popup::{Entry, Popup, Sentence};
use super::state::State;
use crate::input::action::Action;
use crate::model::proposal::Proposal;
use crate::model::text::Clean;

/// What is known of others who could be me.
#[derive(Clone, Debug, Default)]
pub struct Others {
    /// Not answered yet, the strongest evidence first; `None` before anybody looked.
    pub found: Option<Vec<Proposal>>,
    /// The worker is looking; what the first run asks next waits for it.
    pub pending: bool,
    /// The owner asked and waits for the list.
    pub wanted: bool,
    /// Others were mentioned since the start.
    pub mentioned: bool,
}

/// The list while it is answered.
#[derive(Clone, Debug, Default)]
pub struct ProposalList {
    /// The proposals, the strongest first.
    pub all: Vec<Proposal>,
    /// The answers so far: yes, no, or later.
    pub answers: Vec<Option<bool>>,
    /// The line under the cursor.
    pub cursor: usize,
}

/// The list, asked for by key or palette.
pub(super) fn offer(state: &mut State) -> Vec<Effect> {
    if state.facts.as_ref().is_some_and(|facts| facts.demo) {
        say(state, "these are generated data; nobody else is in them");
        return Vec::new();
    }
    if state.others.found.is_some() {
        open(state);
        return Vec::new();
    }
    state.others.wanted = true;
    if state.others.pending {
        return Vec::new();
    }
    state.others.pending = true;
    say(state, "looking through the authors of your repositories");
    vec![Effect::Proposals]
}

/// The worker has looked. `news` says that there is something the owner may not know of.
pub(super) fn found(state: &mut State, all: Vec<Proposal>, news: bool) {
    let sound = all.iter().filter(|one| one.is_evidence()).count();
    let first = state.is_unkept() || state.facts.as_ref().is_some_and(|facts| facts.commits == 0);
    state.others.pending = false;
    state.others.found = Some(all);
    if std::mem::take(&mut state.others.wanted) {
        open(state);
        return;
    }
    if !news || sound == 0 || std::mem::replace(&mut state.others.mentioned, true) {
        return;
    }
    // A dialog that opens under moving fingers could be answered by accident.
    if first && state.popup.is_none() && !state.touched {
        open(state);
        return;
    }
    mention(state, sound);
}

/// A scan met others who were not there before: mentioned once, the list is looked for anew.
pub(super) fn more(state: &mut State, count: usize) {
    if count == 0 {
        return;
    }
    state.others.found = None;
    if !std::mem::replace(&mut state.others.mentioned, true) {
        mention(state, count);
    }
}

fn mention(state: &mut State, count: usize) {
    let key = keys::page_key(state, Action::Others);
    let text = match count {
        1 => format!("1 address could be yours too: {key} shows it"),
        n => format!("{n} addresses could be yours too: {key} shows them"),
    };
    say(state, &text);
}

fn open(state: &mut State) {
    let all = state.others.found.clone().unwrap_or_default();
    if all.is_empty() {
        say(state, "nobody else in your repositories looks like you");
        return;
    }
    state.popup = Some(Popup::Proposals(ProposalList {
        answers: vec![None; all.len()],
        all,
        cursor: 0,
    }));
}

/// Keys in the list. An answer counts once the owner is done; Esc leaves all as it was.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let page = moves::page_rows(state);
    let Some(Popup::Proposals(list)) = &mut state.popup else {
        return Vec::new();
    };
    let total = list.all.len();
    let answer = match action {
        Action::Yes => Some(Some(true)),
        Action::No => Some(Some(false)),
        Action::Later => Some(None),
        _ => None,
    };
    match (answer, action) {
        (Some(answer), _) => {
            if let Some(slot) = list.answers.get_mut(list.cursor) {
                *slot = answer;
            }
            list.cursor = moves::in_list(list.cursor, total, Action::Down, page);
        }
        (None, Action::Open) => return done(state),
        (None, Action::Back) => leave(state),
        _ => list.cursor = moves::in_list(list.cursor, total, action, page),
    }
    Vec::new()
}

/// Closes the list; what else the first run asks may come now.
pub(super) fn leave(state: &mut State) {
    state.popup = None;
    state.touched = false;
}

fn done(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Proposals(list)) = state.popup.take() else {
        return Vec::new();
    };
    leave(state);
    let (mut yes, mut no, mut unsure, mut left) = (vec![], vec![], vec![], vec![]);
    for (one, answer) in list.all.into_iter().zip(list.answers) {
        match answer {
            Some(true) if one.is_evidence() => yes.push(one.entry),
            Some(true) => unsure.push(one.entry),
            Some(false) => no.push(one.entry),
            None => left.push(one),
        }
    }
    // A yes can bring new names, and with them others: looked for when asked again.
    let known = yes.is_empty() && unsure.is_empty();
    state.others.found = known.then_some(left);
    if !unsure.is_empty() {
        // What many people share is no evidence: the sentence stands for it.
        state.popup = Some(Popup::Sentence(Sentence {
            addresses: unsure,
            entry: Entry::default(),
        }));
    }
    if yes.is_empty() && no.is_empty() {
        return Vec::new();
    }
    vec![Effect::Answer { yes, no }]
}

fn say(state: &mut State, text: &str) {
    let text = Clean::label(text.as_bytes());
    state.toasts.say(text, false, state.calendar.now);
}
