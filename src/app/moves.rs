//! Cursor keys, panel by panel.

use chrono::{Days, NaiveDate};

use super::draft;
use super::explain::{self, Face};
use super::findings::{self, FINISHED, REVIEWS};
use super::flow;
use super::goals;
use super::page::Page;
use super::popup::Popup;
use super::privacy;
use super::projects;
use super::repository;
use super::state::{Detail, State};
use super::view::PageView;
use super::worth;
use crate::app::effect::{Effect, Slot};
use crate::input::action::Action;
use crate::model::figure::{Figure, Key};

/// The next panel of the page, or the one before.
pub(super) fn panel(state: &mut State, by: isize) {
    match state.details.last_mut() {
        Some(Detail::Figure(detail)) => {
            detail.face = detail.face.step(by);
            return;
        }
        Some(Detail::Draft(detail)) => {
            draft::step(detail, by);
            return;
        }
        Some(Detail::Repository(detail)) => {
            detail.on_tasks = !detail.on_tasks;
            return;
        }
        Some(Detail::Commit(_) | Detail::Table(_) | Detail::Task(_)) => return,
        None => {}
    }
    let panels = state.page.card().panels;
    let focus = state.focus() + panels;
    let next = focus.saturating_add_signed(by) % panels;
    state.cursors.focus.insert(state.page, next);
}

/// `position` after `action` in a list of `total` rows, of which `page` are seen at once.
pub(super) fn in_list(position: usize, total: usize, action: Action, page: usize) -> usize {
    let last = total.saturating_sub(1);
    let half = (page / 2).max(1);
    let to = match action {
        Action::Up => position.saturating_sub(1),
        Action::Down => position + 1,
        Action::PageUp => position.saturating_sub(page.max(1)),
        Action::PageDown => position + page.max(1),
        Action::HalfUp => position.saturating_sub(half),
        Action::HalfDown => position + half,
        Action::Top => 0,
        Action::Bottom => last,
        _ => position,
    };
    to.min(last)
}

/// How many rows of a list are seen at once, near enough for a page key.
pub(super) fn page_rows(state: &State) -> usize {
    usize::from(state.size.1.saturating_sub(6))
}

/// A cursor key on a page or a detail.
pub(super) fn on_page(state: &mut State, action: Action) {
    let page = page_rows(state);
    if let Some(list) = state.list_mut() {
        list.go(in_list(list.cursor, list.total(), action, page));
        return;
    }
    match state.details.last_mut() {
        Some(Detail::Commit(detail)) => {
            let files = detail.view.value.as_ref().map_or(0, |v| v.files.len());
            detail.cursor = in_list(detail.cursor, files, action, page);
            return;
        }
        Some(Detail::Task(detail)) => {
            let events = detail.view.value.as_ref().map_or(0, |v| v.events.len());
            detail.cursor = in_list(detail.cursor, events, action, page);
            return;
        }
        Some(Detail::Repository(_)) => {
            repository::go(state, action);
            return;
        }
        Some(Detail::Figure(detail)) if detail.face == Face::Parts => {
            let parts = explain::parts(detail);
            detail.part = in_list(detail.part, parts, action, page);
            return;
        }
        Some(Detail::Draft(_)) => {
            draft::scroll(state, action);
            return;
        }
        Some(Detail::Table(_)) => {
            privacy::scroll(state, action);
            return;
        }
        Some(Detail::Figure(detail)) => {
            let lines = explain::farthest(detail, state.size, state.blurred) + 1;
            let (_, seen) = explain::room(state.size);
            detail.scroll = in_list(detail.scroll, lines, action, seen);
            return;
        }
        None => {}
    }
    match (state.page, state.focus()) {
        (Page::Overview, 0 | 1) => {
            let rows = FINISHED.len().min(REVIEWS.len());
            state.cursors.outcome = in_list(state.cursors.outcome, rows, action, page);
        }
        (Page::Overview, 2) => {
            let total = state.view().map_or(0, |view| findings::of(view).len());
            state.cursors.finding = in_list(state.cursors.finding, total, action, page);
        }
        (Page::Overview, 3) => {
            let total = state.view().map_or(0, |view| worth::of(state, view).len());
            state.cursors.worth = in_list(state.cursors.worth, total, action, page);
        }
        (Page::Overview, _) => card(state, action),
        (Page::Trends, 0) => point(state, action),
        (Page::Trends, _) => {
            let total = points(state.view(), Slot::Split);
            state.cursors.share = in_list(state.cursors.share, total, action, page);
        }
        (Page::Rhythm, 0) => hour(state, action),
        (Page::Rhythm, _) => day(state, action),
        (Page::Projects, _) => projects::go(state, action),
        (Page::Goals, _) => goals::go(state, action),
        (Page::Flow, _) => flow::go(state, action),
        (Page::Privacy, _) => privacy::go(state, action),
        (Page::Work, _) => {}
    }
}

/// How many points along its main axis the figure in `slot` has.
fn points(view: Option<&PageView>, slot: Slot) -> usize {
    view.and_then(|view| view.figure(slot))
        .map_or(0, |figure| line(figure).count())
}

/// The points of a figure without its `added` and `deleted` halves.
pub(super) fn line(figure: &Figure) -> impl Iterator<Item = &crate::model::figure::Point> {
    figure
        .points
        .iter()
        .filter(|point| !matches!(point.key, Key::Name(_)))
}

fn card(state: &mut State, action: Action) {
    let last = findings::CARDS.len() - 1;
    let card = &mut state.cursors.card;
    *card = match action {
        Action::Left | Action::Up => card.saturating_sub(1),
        Action::Right | Action::Down => (*card + 1).min(last),
        Action::Top => 0,
        Action::Bottom => last,
        _ => *card,
    };
}

fn point(state: &mut State, action: Action) {
    let Some(last) = points(state.view(), Slot::Main).checked_sub(1) else {
        return;
    };
    let at = state.cursors.point;
    state.cursors.point = match action {
        Action::Left => Some(at.map_or(last, |at| at.saturating_sub(1))),
        Action::Right => Some(at.map_or(last, |at| (at + 1).min(last))),
        Action::Top => Some(0),
        Action::Bottom => Some(last),
        _ => at,
    };
}

fn hour(state: &mut State, action: Action) {
    let start = usize::from(state.calendar.work_week.from_hour);
    let Some((hour, weekday)) = &mut state.cursors.hour else {
        state.cursors.hour = Some((start, 0));
        return;
    };
    match action {
        Action::Left => *hour = hour.saturating_sub(1),
        Action::Right => *hour = (*hour + 1).min(23),
        Action::Up => *weekday = weekday.saturating_sub(1),
        Action::Down => *weekday = (*weekday + 1).min(6),
        Action::Top => *hour = 0,
        Action::Bottom => *hour = 23,
        _ => {}
    }
}

fn day(state: &mut State, action: Action) {
    let Some(figure) = state.view().and_then(|view| view.figure(Slot::Year)) else {
        return;
    };
    let (first, last) = (figure.range.from, figure.range.to);
    let last = last.min(state.calendar.today());
    let Some(at) = state.cursors.day else {
        state.cursors.day = (first <= last).then_some(last);
        return;
    };
    let step = |days: u64, on: bool| -> NaiveDate {
        let days = Days::new(days);
        let to = if on {
            at.checked_add_days(days)
        } else {
            at.checked_sub_days(days)
        };
        to.unwrap_or(at)
    };
    let to = match action {
        Action::Left => step(7, false),
        Action::Right => step(7, true),
        Action::Up => step(1, false),
        Action::Down => step(1, true),
        Action::Top => first,
        Action::Bottom => last,
        _ => at,
    };
    if first <= last {
        state.cursors.day = Some(to.clamp(first, last));
    }
}

/// Keys in the list of messages.
pub(super) fn messages(state: &mut State, action: Action) -> Vec<Effect> {
    let (total, page) = (state.toasts.log().len(), page_rows(state));
    if let Some(Popup::Messages(at)) = &mut state.popup {
        *at = in_list(*at, total, action, page);
    }
    if matches!(action, Action::Back | Action::Open | Action::Help) {
        state.popup = None;
    }
    Vec::new()
}
