//! From a key to an action, from an action to the file that knows it.

use super::effect::Effect;
use super::look::Split;
use super::page::Page;
use super::popup::Popup;
use super::row::Row;
use super::size::Tier;
use super::state::{Detail, State};
use super::view::CommitRow;
use super::{
    add, correct, cover, draft, drilldown, exclude, filter, first_run, flow, goals, hand_out, help,
    idle, kinds, measures, moves, narrow, note, palette, period, pressure, privacy, proposals,
    prose, repositories, scan, share,
};
use crate::input::action::Action;
use crate::input::key::Key;
use crate::input::keymap::Context;
use crate::model::text::Clean;

/// Where keys are looked up now; the help and the footer show the same.
pub(super) fn contexts(state: &State) -> &'static [Context] {
    if state.cover.is_on() {
        return &[Context::Always, Context::Cover];
    }
    if state.is_typing() {
        return &[Context::Always, Context::Text];
    }
    match state.popup {
        Some(Popup::Keep) => &[Context::Always, Context::Keep],
        Some(Popup::Proposals(_)) => &[Context::Always, Context::Proposals, Context::List],
        Some(_) => &[Context::Always, Context::Popup, Context::List],
        None => &[Context::Always, Context::Page, Context::List],
    }
}

/// The main key of `action` on a page, as it is written.
pub(super) fn page_key(state: &State, action: Action) -> String {
    let contexts = [Context::Page, Context::List, Context::Always];
    state.keymap.label(&contexts, action)
}

/// Carries out a key; `None` when it means nothing here.
pub(super) fn key(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    // On a screen too small to show what is open, `q` can only mean the program.
    if state.tier() == Tier::TooSmall && !state.cover.is_on() && key == Key::char('q') {
        return Some(vec![Effect::Quit(0)]);
    }
    let contexts = contexts(state);
    if let Some(action) = state.keymap.action(contexts, key) {
        return Some(run(state, action));
    }
    let typed = key.typed().filter(|_| state.is_typing())?;
    filter::typed(state, typed);
    Some(Vec::new())
}

/// Carries out what was pointed at: what its key would do here, so under the cover and over a
/// question that has no such key nothing. `None` when it means nothing.
pub(super) fn pointed(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let here = !state.keymap.keys(contexts(state), action).is_empty();
    if !here || !state.mouse || state.cover.is_on() {
        return None;
    }
    state.touched = true;
    Some(run(state, action))
}

/// The mouse is taken, or given back to the terminal.
fn mouse(state: &mut State) {
    state.mouse = !state.mouse;
    let said = if state.mouse {
        "mouse on: a click opens a page, the wheel moves the cursor"
    } else {
        "mouse off: the terminal selects again"
    };
    let said = Clean::label(said.as_bytes());
    state.toasts.say(said, false, state.calendar.now);
}

/// Carries out an action.
pub(super) fn run(state: &mut State, action: Action) -> Vec<Effect> {
    if let Some(effects) = cover::act(state, action) {
        return effects;
    }
    if (state.is_typing() || state.popup.is_some())
        && let Some(effects) = in_popup(state, action)
    {
        return effects;
    }
    on_page(state, action)
}

/// What an action does to the thing over the page; `None` when it does not concern it.
fn in_popup(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Leave | Action::Suspend | Action::Redraw | Action::Blur | Action::Quit => {
            return None;
        }
        _ if state.popup.is_none() => return Some(filter::list_field(state, action)),
        Action::Close => {
            if matches!(state.popup, Some(Popup::Proposals(_))) {
                proposals::leave(state);
            }
            share::leave(state);
            state.popup = None;
            return Some(Vec::new());
        }
        _ => {}
    }
    Some(match state.popup.as_ref()? {
        Popup::Help(_) => help::act(state, action),
        Popup::Palette(_) => palette::act(state, action),
        Popup::Range(_) => period::typed(state, action),
        Popup::Add(_) => add::act(state, action),
        Popup::Repositories(_) => repositories::act(state, action),
        Popup::Narrow(_) => narrow::act(state, action),
        Popup::Measures(_) => measures::act(state, action),
        Popup::Kinds(_) => kinds::act(state, action),
        Popup::Words(..) => words(state, action),
        Popup::Keep => first_run::keep_answer(state, action),
        Popup::Messages(_) => moves::messages(state, action),
        Popup::Sentence(_) => first_run::sentence(state, action),
        Popup::Proposals(_) => proposals::act(state, action),
        Popup::Note(_) => note::act(state, action),
        Popup::Correct(_) => correct::act(state, action),
        Popup::Goal(_) => goals::act(state, action),
        Popup::Outbox(_) => hand_out::outbox(state, action),
        Popup::Pressure(_) => pressure::act(state, action),
        Popup::SelfTest(..) => privacy::over_result(state, action),
        Popup::Forget(_) => privacy::forget::act(state, action),
        Popup::Share(_) => share::act(state, action),
    })
}

fn on_page(state: &mut State, action: Action) -> Vec<Effect> {
    if state.chooser.is_some()
        && let Some(effects) = first_run::chooser(state, action)
    {
        return effects;
    }
    if let Some(effects) = goals::on_page(state, action) {
        return effects;
    }
    match action {
        Action::Overview
        | Action::Trends
        | Action::Rhythm
        | Action::Flow
        | Action::Work
        | Action::Projects
        | Action::Goals
        | Action::Privacy => open(state, action),
        Action::NextPanel => moves::panel(state, 1),
        Action::PreviousPanel => moves::panel(state, -1),
        Action::PeriodBack | Action::PeriodOn if draft::turn(state, action) => {}
        Action::PeriodBack
        | Action::PeriodOn
        | Action::ZoomIn
        | Action::ZoomOut
        | Action::ZoomReset
        | Action::Range => period::act(state, action),
        Action::Measure if on_flow(state) => {
            if !flow::measure(state) {
                let why = "this panel is drawn in one way only";
                drilldown::say(state, why);
            }
        }
        Action::Measure if state.page == Page::Work && state.details.is_empty() => {
            kinds::open(state);
        }
        Action::Measure => measures::open(state),
        Action::Compare | Action::Split | Action::AllLines => {
            look(state, action);
        }
        Action::Repositories => repositories::open(state),
        Action::Narrow => narrow::open(state),
        Action::Everything => narrow::everything(state),
        Action::Filter => filter::open(state),
        Action::Sort | Action::Reverse => filter::order(state, action),
        Action::Blur => state.blurred = !state.blurred,
        Action::Mouse => mouse(state),
        Action::Help => state.popup = Some(Popup::Help(super::popup::HelpList::default())),
        Action::Palette => palette::open(state),
        Action::Messages => state.popup = Some(Popup::Messages(0)),
        Action::SomeoneAsks => pressure::open(state),
        Action::SelfTest => return privacy::self_test(state),
        Action::Forget => return privacy::forget::open(state),
        Action::Share => return share::open(state),
        Action::Keep => first_run::offer_keep(state),
        Action::Others => return proposals::offer(state),
        Action::Add => add::open(state),
        Action::Drafts => draft::open(state, None),
        Action::Form | Action::Ids => draft::look(state, action),
        Action::Outbox => return hand_out::offer(state),
        Action::Note => note::open(state),
        Action::Undo => return exclude::undo(state).unwrap_or_else(|| note::undo(state)),
        Action::Remove if !idle::is_idle(state, action) => return exclude::toggle(state),
        Action::Open => drilldown::open(state),
        Action::Copy => return copy(state),
        Action::Rescan | Action::RescanAll | Action::StopScan => return scan::act(state, action),
        Action::Back => return back(state),
        Action::Close if !state.details.is_empty() => {
            state.details.pop();
        }
        Action::Close | Action::Quit => return vec![Effect::Quit(0)],
        Action::Leave => return vec![Effect::Quit(130)],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Mark => exclude::mark(state),
        Action::Correct if !idle::is_idle(state, action) => correct::open(state),
        _ if is_of_fields(action) => {}
        _ => moves::on_page(state, action),
    }
    Vec::new()
}

/// Words of menus and fields, and what was taken before anything else; on a page there is nothing to
/// take or delete.
fn is_of_fields(action: Action) -> bool {
    matches!(
        action,
        Action::Remove
            | Action::Correct
            | Action::Cover
            | Action::CoverAnywhere
            | Action::NotNow
            | Action::Yes
            | Action::No
            | Action::Later
            | Action::Accept
            | Action::Cancel
            | Action::Impact
            | Action::DeleteBack
            | Action::DeleteWord
            | Action::DeleteAll
    )
}

fn open(state: &mut State, action: Action) {
    if let Some(card) = Page::ALL.iter().find(|card| card.action == action) {
        state.page = card.page;
        if card.page == Page::Privacy {
            // Much that stands there changes without other figures: the log, the files.
            state.privacy.view.epoch = 0;
        }
        state.details.clear();
    }
}

/// Whether the keys go to the panels of the Flow page.
fn on_flow(state: &State) -> bool {
    state.page == Page::Flow && state.details.is_empty()
}

fn look(state: &mut State, action: Action) {
    let look = &mut state.look;
    match action {
        Action::Compare => look.compare = !look.compare,
        Action::Split if state.page == Page::Projects => look.mix = look.mix.next(),
        Action::Split => look.split = Split::other(look.split),
        _ => look.raw = !look.raw,
    }
    state.cursors.share = 0;
    state.question_changed();
}

/// Esc: the marks, the filter, then the detail, then a running scan. It never quits.
fn back(state: &mut State) -> Vec<Effect> {
    if state.toasts.dismiss() {
        return Vec::new();
    }
    if exclude::unmark(state) {
        return Vec::new();
    }
    if let Some(list) = state.list_mut().filter(|list| !list.filter.is_empty()) {
        list.set_filter("");
        return Vec::new();
    }
    if state.details.pop().is_some() {
        return Vec::new();
    }
    let cursors = &mut state.cursors;
    let chosen = match state.page {
        Page::Trends => cursors.point.take().is_some(),
        Page::Rhythm => cursors.hour.take().is_some() | cursors.day.take().is_some(),
        Page::Flow => cursors.flow.leave_charts(),
        Page::Projects => cursors.bucket.take().is_some(),
        Page::Overview | Page::Work | Page::Goals | Page::Privacy => false,
    };
    if chosen {
        return Vec::new();
    }
    scan::act(state, Action::StopScan)
}

fn copy(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = hand_out::copy(state) {
        return effects;
    }
    let commit = |row: &CommitRow| (row.oid.to_string(), row.oid.short());
    let found = match state.details.last() {
        Some(Detail::Commit(detail)) => detail.view.value.as_ref().map(|view| commit(&view.row)),
        Some(Detail::Task(detail)) => detail.view.value.as_ref().map(|view| {
            let key = view.key.to_string();
            (key.clone(), key)
        }),
        _ => match state.list().and_then(|list| list.selected()) {
            Some(Row::Commit(row)) => Some(commit(row)),
            Some(Row::Item(row)) if !row.key.as_str().is_empty() => {
                Some((row.key.to_string(), row.key.to_string()))
            }
            _ => None,
        },
    };
    let Some((text, short)) = found else {
        return Vec::new();
    };
    let text = Clean::label(text.as_bytes());
    let said = Clean::label(format!("copied {short}").as_bytes());
    state.toasts.say(said, false, state.calendar.now);
    vec![Effect::Copy(text)]
}

/// Keys while the owner's words are read.
fn words(state: &mut State, action: Action) -> Vec<Effect> {
    let size = state.size;
    let Some(Popup::Words(text, first)) = &mut state.popup else {
        return Vec::new();
    };
    match action {
        Action::Back | Action::Open => state.popup = None,
        _ => {
            let (width, height) = super::share::room(size);
            let last = prose::lines(text.as_str(), width)
                .len()
                .saturating_sub(height);
            *first = moves::in_list(*first, last + 1, action, height);
        }
    }
    Vec::new()
}
