//! The help overlay: the keys of this screen first, then the rest; Enter runs a line.

use super::effect::Effect;
use super::popup::Popup;
use super::state::State;
use super::{filter, hints, idle, keys, moves};
use crate::input::action::{Action, Group};
use crate::input::keymap::Context;

/// One line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Heading(&'static str),
    /// An action with its keys as they are written on the screen.
    Action {
        /// What it does.
        action: Action,
        /// Its keys, e.g. `k Up`.
        keys: String,
    },
}

/// Where the keys of the help come from: all contexts of a page.
const CONTEXTS: [Context; 3] = [Context::Page, Context::List, Context::Always];

const GROUPS: [Group; 6] = [
    Group::Pages,
    Group::Period,
    Group::Show,
    Group::Move,
    Group::Do,
    Group::Program,
];

/// The lines that hold `text`, with their headings. Every action with a key is among them once.
pub fn lines(state: &State, text: &str) -> Vec<Line> {
    let here = hints::here(state);
    let mut out = Vec::new();
    section(state, "Here", &here, text, &mut out);
    for group in GROUPS {
        let actions: Vec<_> = Action::ALL
            .iter()
            .copied()
            .filter(|action| action.group() == group && !here.contains(action))
            .filter(|action| !idle::is_idle(state, *action))
            .collect();
        section(state, group.title(), &actions, text, &mut out);
    }
    let typing: Vec<_> = Action::ALL
        .iter()
        .copied()
        .filter(|action| action.group() == Group::Text)
        .collect();
    section(state, Group::Text.title(), &typing, text, &mut out);
    let idle: Vec<_> = Action::ALL
        .iter()
        .copied()
        .filter(|action| action.group() != Group::Text && !here.contains(action))
        .filter(|action| idle::is_idle(state, *action))
        .collect();
    section(state, "On other pages", &idle, text, &mut out);
    out
}

fn section(
    state: &State,
    title: &'static str,
    actions: &[Action],
    text: &str,
    out: &mut Vec<Line>,
) {
    let words = text.to_lowercase();
    let mut heading = Some(Line::Heading(title));
    for action in actions {
        let contexts: &[Context] = match action.group() {
            Group::Text => &[Context::Text, Context::Always],
            _ => &CONTEXTS,
        };
        let keys: Vec<_> = state
            .keymap
            .keys(contexts, *action)
            .iter()
            .map(|key| key.label())
            .collect();
        let keys = keys.join(" ");
        let also = action.other_words();
        let found = [action.help(), action.name(), also, &keys]
            .iter()
            .any(|at| at.to_lowercase().contains(&words));
        if found && (!keys.is_empty() || action.in_palette()) {
            out.extend(heading.take());
            // What has no key has a name in the palette.
            let keys = if keys.is_empty() {
                format!(
                    "{} {}",
                    keys::page_key(state, Action::Palette),
                    action.name()
                )
            } else {
                keys
            };
            out.push(Line::Action {
                action: *action,
                keys,
            });
        }
    }
}

/// The actions among the lines, in their order: what the cursor walks over.
pub fn actions(state: &State, text: &str) -> Vec<Action> {
    lines(state, text)
        .into_iter()
        .filter_map(|line| match line {
            Line::Action { action, .. } => Some(action),
            Line::Heading(_) => None,
        })
        .collect()
}

/// Keys in the overlay.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Popup::Help(list)) = &state.popup else {
        return Vec::new();
    };
    if list.typing
        && let Some(effects) = filter::help_field(state, action)
    {
        return effects;
    }
    let Some(Popup::Help(list)) = &state.popup else {
        return Vec::new();
    };
    let total = actions(state, list.filter.text()).len();
    let to = moves::in_list(list.cursor, total, action, moves::page_rows(state));
    let Some(Popup::Help(list)) = &mut state.popup else {
        return Vec::new();
    };
    list.cursor = to;
    match action {
        Action::Filter => list.typing = true,
        Action::Open => return run_selected(state),
        Action::Back if !list.filter.text().is_empty() => list.filter.clear(),
        Action::Back | Action::Help => state.popup = None,
        _ => {}
    }
    Vec::new()
}

/// Closes the overlay and runs the line under its cursor.
pub(super) fn run_selected(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Help(list)) = &state.popup else {
        return Vec::new();
    };
    let chosen = actions(state, list.filter.text()).get(list.cursor).copied();
    state.popup = None;
    match chosen {
        Some(action) if action != Action::Help => keys::run(state, action),
        _ => Vec::new(),
    }
}
