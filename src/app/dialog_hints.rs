//! The keys that matter over a page: in a dialog, and while something is typed.

use super::narrow::Typing;
use super::popup::Popup;
use super::privacy::forget::Step;
use super::state::State;
use crate::input::action::Action;

/// The keys while a text field has the focus.
pub(super) fn while_typing(state: &State) -> Vec<(Action, &'static str)> {
    let mut out = vec![(Action::Accept, accept_word(state))];
    if matches!(state.popup, Some(Popup::Note(_))) {
        out.push((Action::Impact, Action::Impact.short()));
    }
    if matches!(state.popup, Some(Popup::Add(_))) && !state.seen_files.is_empty() {
        out.push((Action::Down, "choose"));
    }
    out.push((Action::Cancel, "cancel"));
    // The one key that covers is a letter here.
    out.push((Action::CoverAnywhere, Action::CoverAnywhere.short()));
    out
}

/// The keys of a dialog.
pub(super) fn in_popup(popup: &Popup) -> Vec<(Action, &'static str)> {
    let short = |action: Action| (action, action.short());
    let mut out = match popup {
        Popup::Keep => {
            return vec![
                (Action::Keep, "keep"),
                (Action::Mark, "reflog"),
                (Action::KeepAll, "all"),
                (Action::KeepNoWords, "no words"),
                (Action::KeepDays, "dates"),
                (Action::NotNow, "not now"),
            ];
        }
        Popup::Proposals(_) => {
            let mut out = [Action::Yes, Action::No, Action::Later].map(short).to_vec();
            out.extend([(Action::Open, "done"), (Action::Close, "leave")]);
            return out;
        }
        Popup::Help(_) => vec![(Action::Open, "run"), (Action::Filter, "filter")],
        Popup::Repositories(_) => vec![(Action::Open, "look at these"), (Action::Mark, "mark")],
        Popup::Narrow(dialog) => vec![
            (
                Action::Open,
                if dialog.cursor == 0 {
                    "type a text"
                } else {
                    "look at these"
                },
            ),
            short(Action::Mark),
            short(Action::Filter),
            short(Action::Everything),
        ],
        Popup::Measures(_) => vec![(Action::Open, "look at this")],
        Popup::Correct(_) => vec![(Action::Open, "correct")],
        Popup::Kinds(_) => vec![(Action::Open, "list these"), (Action::Mark, "mark")],
        Popup::Outbox(_) => vec![(Action::Open, "write")],
        Popup::Forget(Step::Which(_)) => vec![(Action::Open, "choose")],
        Popup::Share(_) => vec![(Action::Open, "on"), (Action::Mark, "mark")],
        // Closing has its own key below.
        _ => Vec::new(),
    };
    out.extend([(Action::Close, "close"), short(Action::Cover)]);
    out
}

fn accept_word(state: &State) -> &'static str {
    match &state.popup {
        Some(Popup::Help(_) | Popup::Palette(_)) => "run",
        Some(Popup::Range(_)) => "show",
        Some(Popup::Narrow(dialog)) if dialog.typing == Some(Typing::Filter) => "keep the filter",
        Some(Popup::Narrow(_)) => "look at these",
        Some(Popup::Add(_)) => "add",
        Some(Popup::Goal(_)) => "set",
        Some(Popup::Note(_)) => "keep",
        Some(Popup::Correct(_)) => "correct",
        Some(Popup::Sentence(_)) => "confirm",
        Some(Popup::Forget(Step::Day(_))) => "count",
        Some(Popup::Forget(_)) => "forget",
        Some(Popup::Share(_)) => "take",
        _ => "keep the filter",
    }
}
