//! Answers that let wait for themselves: until they are there, the screen says that what it shows is of
//! the question before. Quick ones are not announced: words that come and go at once only flicker.

use std::time::Duration;

use super::page::Page;
use super::state::{Detail, State};

/// From when on an answer is called slow.
pub(super) const AFTER: Duration = Duration::from_millis(250);

/// Whether something on the screen waits for its answer.
pub(super) fn waits(state: &State) -> bool {
    let waiting = match state.details.last() {
        Some(Detail::Figure(detail)) => detail.figure.waiting.or(detail.list.rows.waiting),
        Some(Detail::Commit(detail)) => detail.view.waiting,
        Some(Detail::Draft(detail)) => detail.view.waiting,
        Some(Detail::Task(detail)) => detail.view.waiting,
        Some(Detail::Repository(detail)) => detail.view.waiting,
        Some(Detail::Table(_)) => None,
        None => match state.page {
            Page::Work => state.work.rows.waiting,
            Page::Goals => state.goals.view.waiting,
            Page::Privacy => state.privacy.view.waiting,
            page => state.pages.get(&page).and_then(|asked| asked.waiting),
        },
    };
    waiting.is_some()
}

/// Time passed.
pub(super) fn tick(state: &mut State) {
    if !state.slow && waits(state) {
        state.slow = true;
        state.dirty = true;
    }
}

/// Something was answered, or another thing is looked at.
pub(super) fn settle(state: &mut State) {
    if state.slow && !waits(state) {
        state.slow = false;
        state.dirty = true;
    }
}
