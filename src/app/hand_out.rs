//! A draft handed out: its text to the clipboard, or to a new file in the outbox.

use std::sync::Arc;

use super::draft::{Form, Kind, open, say, shown};
use super::effect::Effect;
use super::keys;
use super::popup::Popup;
use super::state::State;
use super::view::{DraftView, Outbox};
use crate::input::action::Action;
use crate::model::amount::size;
use crate::model::period::Range;
use crate::model::text::Clean;

/// More bytes than this, in base64, are cut off or dropped by terminals.
const COPIED: usize = 74_994 / 4 * 3;

/// The text of the open draft, when there is one to hand out.
fn text(state: &mut State) -> Option<DraftView> {
    let found = shown(state).and_then(|detail| {
        let fresh = detail.view.waiting.is_none();
        detail.view.value.clone().filter(|_| fresh)
    });
    let found = found.filter(|view| !view.empty && !view.text.is_empty());
    if found.is_none() {
        say(state, "there is no text here yet");
    }
    found
}

/// `y` on the drafts; `None` where none is open.
pub(super) fn copy(state: &mut State) -> Option<Vec<Effect>> {
    shown(state)?;
    let Some(view) = text(state) else {
        return Some(Vec::new());
    };
    let long = size(view.text.len() as u64);
    if view.text.len() > COPIED {
        let key = keys::page_key(state, Action::Outbox);
        let most = size(COPIED as u64);
        let said = format!("{long}: terminals take {most} at most; {key} writes it to a file");
        say(state, &said);
        return Some(Vec::new());
    }
    let said = format!(
        "{long} sent to your terminal's clipboard (OSC 52); over ssh, that of the machine you sit at"
    );
    say(state, &said);
    Some(vec![Effect::CopyText(view.text)])
}

/// Asks for a free name in the outbox; the answer opens the question.
pub(super) fn offer(state: &mut State) -> Vec<Effect> {
    if shown(state).is_none() {
        open(state, None);
        return Vec::new();
    }
    let Some(facts) = &state.facts else {
        return Vec::new();
    };
    let refused = match &facts.outbox {
        Outbox::Folder { .. } => None,
        Outbox::Refused(why) => Some(why.to_string()),
        Outbox::None if facts.demo => Some("the demo writes no files".to_owned()),
        Outbox::None => {
            let key = keys::page_key(state, Action::Keep);
            Some(format!(
                "nothing is kept, so no file is written; {key} keeps"
            ))
        }
    };
    if let Some(why) = refused {
        let key = keys::page_key(state, Action::Copy);
        say(state, &format!("{why}; {key} copies"));
        return Vec::new();
    }
    let Some(view) = text(state) else {
        return Vec::new();
    };
    vec![Effect::Offer(file_name(&view))]
}

/// What a file of this text is called: `review-2026-01-01_2026-06-30.md`.
fn file_name(view: &DraftView) -> String {
    let Range { from, to } = view.range;
    let days = match view.kind {
        Kind::Standup => to.to_string(),
        Kind::Month => from.format("%Y-%m").to_string(),
        Kind::Week | Kind::Review => format!("{from}_{to}"),
    };
    let ending = match view.form {
        Form::Markdown => "md",
        Form::Plain => "txt",
    };
    format!("{}-{days}.{ending}", view.kind.as_str())
}

/// The question whether to write a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The file's name.
    pub name: String,
    /// Its whole path.
    pub path: Clean,
    /// What would be written.
    pub text: Arc<str>,
}

/// The free name is known: asks, if the draft is still there.
pub(super) fn offered(state: &mut State, name: String, path: Clean) {
    if state.popup.is_some() {
        return;
    }
    let view = shown(state).and_then(|detail| detail.view.value.as_ref());
    if let Some(text) = view.map(|view| Arc::clone(&view.text)) {
        state.popup = Some(Popup::Outbox(Offered { name, path, text }));
    }
}

/// The answer: Enter writes, all else does not.
pub(super) fn outbox(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Open => match state.popup.take() {
            Some(Popup::Outbox(Offered { name, text, .. })) => {
                vec![Effect::WriteFile { name, text }]
            }
            _ => Vec::new(),
        },
        Action::Back => {
            state.popup = None;
            say(state, "nothing was written");
            Vec::new()
        }
        _ => Vec::new(),
    }
}
