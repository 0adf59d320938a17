//! A task opened: all that happened to it.

use super::drilldown;
use super::effect::Which;
use super::list::Asked;
use super::state::{Detail, State};
use super::view::TaskView;

/// A task opened.
#[derive(Clone, Debug)]
pub struct TaskDetail {
    /// Which one.
    pub which: Which,
    /// The task.
    pub view: Asked<TaskView>,
    /// The event under the cursor.
    pub cursor: usize,
}

/// Opens the page of a task.
pub(super) fn open(state: &mut State, which: Which) {
    state.details.push(Detail::Task(Box::new(TaskDetail {
        which,
        view: Asked::default(),
        cursor: 0,
    })));
}

/// Opens the commit under the cursor; nothing else that happened leads anywhere.
pub(super) fn enter(state: &mut State) {
    let Some(Detail::Task(detail)) = state.details.last() else {
        return;
    };
    let events = detail.view.value.as_ref().map(|view| &view.events);
    let event = events.and_then(|events| events.get(detail.cursor));
    if let Some(commit) = event.and_then(|event| event.commit) {
        drilldown::open_commit(state, commit);
    } else if event.is_some() {
        drilldown::say(
            state,
            "only a commit leads further; this is all that is known here",
        );
    }
}
