//! Which keys matter on this screen: the footer shows the first of them, the help all.

use super::dialog_hints::{in_popup, while_typing};
use super::draft::{DraftDetail, Form};
use super::explain::Face;
use super::keys;
use super::look::Look;
use super::narrow;
use super::page::Page;
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

/// A hint of the footer: keys that belong together, and the word for what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What each key does, and how the key is written.
    pub keys: Vec<(Action, String)>,
    /// What they do, in a word.
    pub word: &'static str,
}

impl Hint {
    fn of(state: &State, actions: &[Action], word: &'static str) -> Self {
        let contexts = keys::contexts(state);
        let keys = actions.iter().map(|action| {
            let label = state.keymap.label(contexts, *action);
            (*action, label)
        });
        Self {
            keys: keys.filter(|(_, label)| !label.is_empty()).collect(),
            word,
        }
    }
}

/// The hints of the footer, at most [`FOOTER`]; help and quit are always there.
pub fn footer(state: &State) -> Vec<Hint> {
    let one = |(action, word)| Hint::of(state, &[action], word);
    let mut out: Vec<Hint> = if state.is_typing() {
        while_typing(state).into_iter().map(one).collect()
    } else if let Some(popup) = &state.popup {
        in_popup(popup).into_iter().map(one).collect()
    } else {
        let actions = with_way_back(state).into_iter();
        actions
            .filter_map(|action| on_page(state, action))
            .collect()
    };
    out.retain(|hint| !hint.keys.is_empty());
    if state.is_typing() || state.popup.is_some() {
        return out;
    }
    out.truncate(FOOTER - 3);
    let last = if state.details.is_empty() {
        "quit"
    } else {
        "close"
    };
    let always = [
        (Action::Palette, Action::Palette.short()),
        (Action::Help, Action::Help.short()),
        (Action::Close, last),
    ];
    out.extend(always.map(one));
    out
}

/// The keys of the page, and early among them the one that takes back what it is narrowed to.
fn with_way_back(state: &State) -> Vec<Action> {
    let mut all = here(state);
    let usual = state.look.window == Look::new(&state.calendar).window;
    if !usual && state.details.is_empty() && all.contains(&Action::PeriodBack) {
        all.insert(all.len().min(1), Action::ZoomReset);
    }
    if state.look.is_narrowed() {
        // Where there is room for one key, it is this one.
        let first = usize::from(state.tier() > Tier::Numbers);
        all.insert(all.len().min(first), Action::Everything);
    }
    all
}

/// The hint for `action` on a page or detail; `None` where another one speaks for it.
fn on_page(state: &State, action: Action) -> Option<Hint> {
    let hint = |actions: &[Action], word| Some(Hint::of(state, actions, word));
    // Days are typed and taken back where they are stepped through; drafts have days of their own.
    let days = draft(state).is_none();
    match action {
        // What belongs together makes one hint.
        Action::PeriodBack if days => hint(&[action, Action::PeriodOn, Action::Range], "days"),
        Action::PeriodBack => hint(&[action, Action::PeriodOn], "period"),
        Action::ZoomOut => hint(&[Action::ZoomIn, action], "weeks"),
        Action::Down if face(state).is_some() || scrolls(state) => {
            hint(&[action, Action::Up], "scroll")
        }
        Action::PeriodOn | Action::Reverse | Action::Up | Action::Down | Action::PreviousPanel => {
            None
        }
        Action::Mark if state.list().is_some() => hint(&[action], "mark"),
        Action::Mark if state.page != Page::Goals && state.chooser.is_none() => {
            hint(&[action], narrow::offer(state)?)
        }
        other => hint(&[other], word(state, other)),
    }
}

/// What `action` is called here.
fn word(state: &State, action: Action) -> &'static str {
    let on_page = |page| state.page == page && state.details.is_empty();
    match action {
        Action::NextPanel if draft(state).is_some() => {
            draft(state).map_or(action.short(), |one| one.kind.step(1).name())
        }
        Action::Form if draft(state).is_some_and(|one| one.form == Form::Plain) => "markdown",
        Action::Form => "plain text",
        Action::NextPanel if repository::opened(state).is_some() => {
            let on_tasks = repository::opened(state).is_some_and(|one| one.on_tasks);
            if on_tasks { "numbers" } else { "tasks" }
        }
        // The key that turns an opened figure says to what.
        Action::NextPanel => face(state).map_or(action.short(), |face| face.step(1).name()),
        Action::Open if state.chooser.is_some() => "these are me",
        Action::Remove if on_page(Page::Goals) => "remove",
        Action::Measure if on_page(Page::Work) => "kinds",
        Action::ZoomReset => "12 weeks",
        Action::Mark if state.page == Page::Goals => "done",
        other => other.short(),
    }
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
