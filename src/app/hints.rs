//! Which keys matter on this screen: the footer shows the first of them, the help all.

use super::draft::{DraftDetail, Form};
use super::explain::Face;
use super::keys;
use super::narrow::{self, Typing};
use super::page::Page;
use super::popup::Popup;
use super::privacy::forget::Step;
use super::repository;
use super::size::Tier;
use super::state::{Detail, State};
use crate::input::action::Action;

/// The most hints a footer shows.
pub const FOOTER: usize = 7;

/// The keys of Goals.
const GOALS: [Action; 5] = [
    Action::Open,
    Action::Add,
    Action::Mark,
    Action::Remove,
    Action::Undo,
];

/// The keys of Projects.
const PROJECTS: [Action; 8] = [
    Action::Open,
    Action::Mark,
    Action::PeriodBack,
    Action::PeriodOn,
    Action::Split,
    Action::ZoomOut,
    Action::NextPanel,
    Action::Note,
];

/// The keys of the open page or detail, the most useful first.
pub fn here(state: &State) -> Vec<Action> {
    if state.chooser.is_some() {
        return vec![
            Action::Open,
            Action::Mark,
            Action::Filter,
            Action::Up,
            Action::Down,
        ];
    }
    if let Some(detail) = state.details.last() {
        return in_detail(detail);
    }
    if state.is_bare() {
        return vec![Action::Add];
    }
    match state.page {
        Page::Overview => vec![
            Action::Open,
            Action::PeriodBack,
            Action::PeriodOn,
            Action::Drafts,
            Action::ZoomOut,
            Action::NextPanel,
            Action::Compare,
        ],
        Page::Trends => trends(state).to_vec(),
        Page::Rhythm => vec![
            Action::Open,
            Action::PeriodBack,
            Action::PeriodOn,
            Action::ZoomOut,
            Action::Note,
        ],
        Page::Flow => vec![
            Action::NextPanel,
            Action::Open,
            Action::PeriodBack,
            Action::PeriodOn,
            Action::Measure,
            Action::ZoomOut,
            Action::PreviousPanel,
            Action::Note,
        ],
        Page::Work => vec![
            Action::Open,
            Action::Filter,
            Action::Measure,
            Action::PeriodBack,
            Action::PeriodOn,
            Action::Note,
            Action::Mark,
            Action::Remove,
            Action::Correct,
            Action::Sort,
            Action::Reverse,
            Action::Copy,
        ],
        Page::Projects => PROJECTS.to_vec(),
        Page::Goals => GOALS.to_vec(),
        Page::Privacy => vec![
            Action::NextPanel,
            Action::Open,
            Action::SelfTest,
            Action::Forget,
            Action::Cover,
            Action::Down,
            Action::Up,
            Action::PreviousPanel,
            Action::SomeoneAsks,
        ],
    }
}

/// The keys of Trends, those of the mix where the cursor is in it.
fn trends(state: &State) -> [Action; 8] {
    let mix = narrow::offer(state).is_some();
    let (second, third, last) = if mix {
        (Action::Mark, Action::Split, Action::NextPanel)
    } else {
        (Action::Measure, Action::PeriodBack, Action::Note)
    };
    let other = if mix {
        Action::PeriodBack
    } else {
        Action::Split
    };
    [
        Action::Open,
        second,
        third,
        Action::PeriodOn,
        Action::ZoomOut,
        other,
        Action::Compare,
        last,
    ]
}

/// The keys of an opened detail.
fn in_detail(detail: &Detail) -> Vec<Action> {
    match detail {
        Detail::Figure(detail) => {
            let own: &[Action] = match detail.face {
                Face::Rows => &[
                    Action::Open,
                    Action::Filter,
                    Action::Sort,
                    Action::Mark,
                    Action::Remove,
                    Action::Correct,
                    Action::Reverse,
                    Action::Copy,
                    Action::Note,
                ],
                Face::Rule => &[Action::Down, Action::Up],
                Face::Parts => &[Action::Open],
            };
            let all = [Action::NextPanel].into_iter().chain(own.iter().copied());
            all.chain([Action::PreviousPanel, Action::Back]).collect()
        }
        Detail::Table(_) => vec![Action::Down, Action::Up, Action::Back],
        Detail::Task(_) => vec![
            Action::Down,
            Action::Up,
            Action::Open,
            Action::Correct,
            Action::Copy,
            Action::Back,
            Action::Note,
            Action::Remove,
        ],
        Detail::Repository(_) => vec![
            Action::Open,
            Action::NextPanel,
            Action::Mark,
            Action::PeriodBack,
            Action::PeriodOn,
            Action::Note,
            Action::Rescan,
            Action::Forget,
            Action::Down,
            Action::Up,
            Action::Back,
        ],
        Detail::Commit(_) => vec![Action::Back, Action::Copy, Action::Note],
        Detail::Draft(_) => vec![
            Action::NextPanel,
            Action::Copy,
            Action::Outbox,
            Action::Form,
            Action::Ids,
            Action::PeriodBack,
            Action::PeriodOn,
            Action::Down,
            Action::Up,
            Action::PreviousPanel,
            Action::Note,
            Action::Back,
        ],
    }
}

/// The hints of the footer as (keys, word), at most [`FOOTER`]; help and quit are always there.
pub fn footer(state: &State) -> Vec<(String, &'static str)> {
    let label = |action| state.keymap.label(keys::contexts(state), action);
    let mut out: Vec<(String, &'static str)> = if state.is_typing() {
        while_typing(state)
    } else if let Some(popup) = &state.popup {
        let actions = in_popup(popup).into_iter();
        actions
            .map(|(action, word)| (label(action), word))
            .collect()
    } else {
        let actions = with_way_back(state).into_iter();
        actions
            .filter_map(|action| on_page(state, action))
            .collect()
    };
    out.retain(|(keys, _)| !keys.is_empty());
    if state.is_typing() || state.popup.is_some() {
        return out;
    }
    out.truncate(FOOTER - 3);
    let last = if state.details.is_empty() {
        "quit"
    } else {
        "close"
    };
    out.push((label(Action::Palette), Action::Palette.short()));
    out.push((label(Action::Help), Action::Help.short()));
    out.push((label(Action::Close), last));
    out
}

/// The hints while a text field has the focus.
fn while_typing(state: &State) -> Vec<(String, &'static str)> {
    let label = |action| state.keymap.label(keys::contexts(state), action);
    let mut out = vec![(label(Action::Accept), accept_word(state))];
    if matches!(state.popup, Some(Popup::Note(_))) {
        out.push((label(Action::Impact), Action::Impact.short()));
    }
    if matches!(state.popup, Some(Popup::Add(_))) && !state.seen_files.is_empty() {
        out.push((label(Action::Down), "choose"));
    }
    out.push((label(Action::Cancel), "cancel"));
    // The one key that covers is a letter here.
    out.push((label(Action::CoverAnywhere), Action::CoverAnywhere.short()));
    out
}

/// The hints of a dialog.
fn in_popup(popup: &Popup) -> Vec<(Action, &'static str)> {
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

/// The keys of the page, and early among them the one that takes back what it is narrowed to.
fn with_way_back(state: &State) -> Vec<Action> {
    let mut all = here(state);
    if state.look.is_narrowed() {
        // Where there is room for one key, it is this one.
        let first = usize::from(state.tier() > Tier::Numbers);
        all.insert(all.len().min(first), Action::Everything);
    }
    all
}

/// The hint for `action` on a page or detail; `None` where another one speaks for it.
fn on_page(state: &State, action: Action) -> Option<(String, &'static str)> {
    let label = |action| state.keymap.label(keys::contexts(state), action);
    let both = |one, other| format!("{} {}", label(one), label(other));
    Some(match action {
        // The two halves of one thing make one hint.
        Action::PeriodBack => (both(action, Action::PeriodOn), "period"),
        Action::ZoomOut => (both(Action::ZoomIn, action), "weeks"),
        Action::Down if face(state).is_some() || scrolls(state) => {
            (both(action, Action::Up), "scroll")
        }
        Action::NextPanel if draft(state).is_some() => {
            let to = draft(state).map_or(action.short(), |one| one.kind.step(1).name());
            (label(action), to)
        }
        Action::Form => {
            let plain = draft(state).is_some_and(|one| one.form == Form::Plain);
            (label(action), if plain { "markdown" } else { "plain text" })
        }
        Action::NextPanel if repository::opened(state).is_some() => {
            let on_tasks = repository::opened(state).is_some_and(|one| one.on_tasks);
            (label(action), if on_tasks { "numbers" } else { "tasks" })
        }
        // The key that turns an opened figure says to what.
        Action::NextPanel => {
            let to = face(state).map_or(action.short(), |face| face.step(1).name());
            (label(action), to)
        }
        Action::PeriodOn | Action::Reverse | Action::Up | Action::Down | Action::PreviousPanel => {
            return None;
        }
        Action::Open if state.chooser.is_some() => (label(action), "these are me"),
        Action::Remove if state.page == Page::Goals && state.details.is_empty() => {
            (label(action), "remove")
        }
        Action::Measure if state.page == Page::Work && state.details.is_empty() => {
            (label(action), "kinds")
        }
        Action::Mark if state.list().is_some() => (label(action), "mark"),
        Action::Mark if state.page == Page::Goals => (label(action), "done"),
        Action::Mark if state.chooser.is_none() => (label(action), narrow::offer(state)?),
        other => (label(other), other.short()),
    })
}

/// Whether a table or a task is open.
fn scrolls(state: &State) -> bool {
    let open = state.details.last();
    matches!(open, Some(Detail::Table(_) | Detail::Task(_)))
}

/// What is shown of an opened figure, when one is open.
fn face(state: &State) -> Option<Face> {
    match state.details.last() {
        Some(Detail::Figure(detail)) => Some(detail.face),
        _ => None,
    }
}

/// The drafts, when they are open.
fn draft(state: &State) -> Option<&DraftDetail> {
    match state.details.last() {
        Some(Detail::Draft(detail)) => Some(detail),
        _ => None,
    }
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
