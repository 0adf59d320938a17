//! Which days: back, on, zoom, typed.

use super::effect::Effect;
use super::filter;
use super::keys;
use super::look::{Window, ZOOM};
use super::popup::{Entry, Popup};
use super::state::State;
use crate::input::action::Action;
use crate::model::period::{BadRange, Range};
use crate::model::text::Clean;

/// The weeks a page starts with.
const USUAL: u32 = 12;

/// A key that chooses days.
pub(super) fn act(state: &mut State, action: Action) {
    match action {
        Action::Range => {
            state.popup = Some(Popup::Range(Entry::default()));
            return;
        }
        Action::PeriodBack => back(state),
        Action::PeriodOn => on(state),
        Action::ZoomIn => zoom(state, |weeks| ZOOM.iter().rev().find(|w| **w < weeks)),
        Action::ZoomOut => zoom(state, |weeks| ZOOM.iter().find(|w| **w > weeks)),
        _ => state.look.window = Window::weeks(USUAL, &state.calendar),
    }
    state.question_changed();
}

fn back(state: &mut State) {
    let window = &mut state.look.window;
    let before = window.range.previous();
    let first = state.facts.as_ref().and_then(|f| f.extent).map(|e| e.from);
    if first.is_none_or(|first| before.to < first) {
        say(state, "nothing earlier is stored");
        return;
    }
    window.range = before;
    window.name = None;
    window.live = false;
}

fn on(state: &mut State) {
    let next = state.look.window.range.next();
    if next.from > state.calendar.today() {
        say(state, "this is the newest period");
        return;
    }
    let window = &mut state.look.window;
    window.range = next;
    window.name = None;
    if let Some(weeks) = window.weeks {
        window.live = next == Range::weeks(weeks, &state.calendar);
    }
}

/// Another number of weeks that end where the window ends.
fn zoom(state: &mut State, next: impl Fn(u32) -> Option<&'static u32>) {
    let window = &state.look.window;
    let weeks = window
        .weeks
        .unwrap_or_else(|| u32::try_from(window.range.days().div_ceil(7)).unwrap_or(u32::MAX));
    let Some(weeks) = next(weeks).copied() else {
        let key = keys::page_key(state, Action::Range);
        say(
            state,
            &format!("4, 12, 26 or 52 weeks; {key} takes any other dates"),
        );
        return;
    };
    let newest = Window::weeks(weeks, &state.calendar);
    if window.live || window.range.to >= newest.range.to {
        state.look.window = newest;
        return;
    }
    // Whole weeks again, whatever the range was before.
    let last = state.calendar.week_of(window.range.to);
    let (from, to) = (
        last.checked_sub_days(chrono::Days::new(u64::from(weeks - 1) * 7)),
        last.checked_add_days(chrono::Days::new(6)),
    );
    if let (Some(from), Some(to)) = (from, to) {
        state.look.window = Window {
            range: Range { from, to },
            weeks: Some(weeks),
            name: None,
            live: false,
        };
    }
}

fn say(state: &mut State, text: &str) {
    let text = Clean::label(text.as_bytes());
    state.toasts.say(text, false, state.calendar.now);
}

/// The window that typed words mean.
pub(super) fn parse(state: &State, text: &str) -> Result<Window, BadRange> {
    let extent = state.facts.as_ref().and_then(|facts| facts.extent);
    let text = text.trim();
    let range = Range::parse(text, &state.calendar, extent)?;
    let weeks = text
        .strip_suffix('w')
        .and_then(|number| number.parse().ok())
        .filter(|weeks| Range::weeks(*weeks, &state.calendar) == range);
    // Words mean other days tomorrow; numbers do not.
    let words = text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.contains("..");
    Ok(Window {
        range,
        weeks,
        name: words.then(|| text.to_owned()),
        live: words || weeks.is_some(),
    })
}

/// Keys in the field for the days.
pub(super) fn typed(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    match action {
        Action::Cancel | Action::Back => state.popup = None,
        Action::Accept => {
            let Some(Popup::Range(entry)) = &state.popup else {
                return Vec::new();
            };
            match parse(state, entry.field.text()) {
                Ok(window) => {
                    state.popup = None;
                    state.look.window = window;
                    state.question_changed();
                }
                Err(_) => refuse(state),
            }
        }
        _ => {}
    }
    Vec::new()
}

fn refuse(state: &mut State) {
    if let Some(Popup::Range(entry)) = &mut state.popup {
        entry.problem = Some("not a range; see the examples below".to_owned());
    }
}
