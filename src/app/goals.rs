//! Goals: what the owner aims at, and where it stands. Set, marked and dropped from here.

use super::drilldown;
use super::effect::Effect;
use super::explain::Face;
use super::filter;
use super::keys;
use super::list::Asked;
use super::moves;
use super::page::Page;
use super::popup::{Entry, Popup};
use super::state::State as Screen;
use crate::input::action::Action;
use crate::metrics::{BadAim, Standing, by_id, typed_aim};
use crate::model::calendar::Calendar;
use crate::model::goal::{Aim, Goal, State};
use crate::model::selection::{By, Selection};
use crate::model::text::Clean;

/// The Goals page.
#[derive(Clone, Debug, Default)]
pub struct Goals {
    /// What the worker said.
    pub view: Asked<GoalsView>,
    /// The line under the cursor.
    pub cursor: usize,
    /// The goal that was changed last and how it stood before, while that can be undone.
    last: Option<(u64, State)>,
    /// A goal on its way to the store; comes back when it could not be kept.
    sent: Option<String>,
}

/// The goals wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalsAsk {
    /// Grows with every ask.
    pub id: u64,
    /// Now, as the screen knows it.
    pub calendar: Calendar,
}

/// The answer to a [`GoalsAsk`].
#[derive(Clone, Debug, PartialEq)]
pub struct GoalsView {
    /// The id of the ask.
    pub id: u64,
    /// The goals, open ones first.
    pub lines: Vec<GoalLine>,
}

/// A goal and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalLine {
    /// The goal.
    pub goal: Goal,
    /// Of an open limit: its value and the stretches before.
    pub standing: Option<Standing>,
    /// Linked tasks that are done, and linked tasks.
    pub tasks: (usize, usize),
}

impl Goals {
    /// The goals, as far as they are there.
    pub fn lines(&self) -> &[GoalLine] {
        self.view.value.as_ref().map_or(&[], |view| &view.lines)
    }
}

/// Asks for the goals, when the answer could be another one now.
pub(super) fn ask(state: &mut Screen) -> Option<Effect> {
    let epoch = state.epoch;
    if state.goals.view.epoch == epoch {
        return None;
    }
    let id = state.next_ask();
    state.goals.view.wait(id, epoch);
    let calendar = state.calendar.clone();
    Some(Effect::Goals(GoalsAsk { id, calendar }))
}

/// A cursor key on the page.
pub(super) fn go(state: &mut Screen, action: Action) {
    let (total, page) = (state.goals.lines().len(), moves::page_rows(state) / 2);
    state.goals.cursor = moves::in_list(state.goals.cursor, total, action, page);
}

/// Opens the rows behind a limit's value.
pub(super) fn open(state: &mut Screen) {
    let Some(line) = state.goals.lines().get(state.goals.cursor) else {
        return;
    };
    let Aim::Limit(limit) = &line.goal.aim else {
        return say(
            state,
            "an outcome has no figure; its tasks are linked with `inward goal link`",
        );
    };
    let calendar = &state.calendar;
    let range = limit.per.bucket().holding(calendar.today(), calendar);
    let Some(metric) = by_id(limit.metric.as_str()) else {
        return;
    };
    let selection = Selection {
        by: By::Time(limit.per.bucket()),
        ..Selection::weekly(range)
    };
    drilldown::figure(state, metric.id(), selection, Face::Rows);
}

/// What an action does on the page itself; `None` where it means what it does everywhere.
pub(super) fn on_page(state: &mut Screen, action: Action) -> Option<Vec<Effect>> {
    if state.page != Page::Goals || !state.details.is_empty() {
        return None;
    }
    match action {
        Action::Add => {
            offer(state);
            Some(Vec::new())
        }
        Action::Mark => Some(mark(state)),
        Action::Remove => Some(remove(state)),
        Action::Undo => undo(state),
        _ => None,
    }
}

/// Opens the field for a new goal, where one could be kept.
fn offer(state: &mut Screen) {
    if state.is_in_memory() {
        let key = keys::page_key(state, Action::Keep);
        let said = format!("nothing is kept yet, so no goal either; {key} keeps");
        return say(state, &said);
    }
    state.popup = Some(Popup::Goal(Entry::default()));
}

/// Keys in the field.
pub(super) fn act(state: &mut Screen, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let Some(Popup::Goal(entry)) = &mut state.popup else {
        return Vec::new();
    };
    match action {
        Action::Cancel | Action::Back => state.popup = None,
        Action::Accept => {
            let line = entry.field.text().trim().to_owned();
            match typed_aim(&line) {
                Ok(aim) => {
                    state.popup = None;
                    state.goals.sent = Some(line);
                    return vec![Effect::AddGoal(aim)];
                }
                Err(bad) => entry.problem = Some(problem(&bad)),
            }
        }
        _ => {}
    }
    Vec::new()
}

/// A refusal and what to do instead, for the field.
fn problem(bad: &BadAim) -> String {
    match bad.hint() {
        // The words beside the command are not what is typed here.
        _ if *bad == BadAim::NoWords => bad.to_string(),
        hint if hint.is_empty() => bad.to_string(),
        hint => format!("{bad}; {hint}"),
    }
}

/// Marks the outcome under the cursor as done, or as open again.
fn mark(state: &mut Screen) -> Vec<Effect> {
    let Some(line) = state.goals.lines().get(state.goals.cursor) else {
        return Vec::new();
    };
    if matches!(line.goal.aim, Aim::Limit(_)) && line.goal.state == State::Open {
        say(state, "a limit is never done; it can be removed");
        return Vec::new();
    }
    let to = match line.goal.state {
        State::Open => State::Done,
        State::Done | State::Dropped => State::Open,
    };
    set(state, to)
}

/// Drops the goal under the cursor; it can be taken back.
fn remove(state: &mut Screen) -> Vec<Effect> {
    let line = state.goals.lines().get(state.goals.cursor);
    if line.is_none_or(|line| line.goal.state == State::Dropped) {
        return Vec::new();
    }
    set(state, State::Dropped)
}

fn set(state: &mut Screen, to: State) -> Vec<Effect> {
    let Some(goal) = state
        .goals
        .lines()
        .get(state.goals.cursor)
        .map(|line| &line.goal)
    else {
        return Vec::new();
    };
    let (id, before) = (goal.id, goal.state);
    state.goals.last = Some((id, before));
    vec![Effect::SetGoal(id, to)]
}

/// Takes the last change back; `None` when there is none.
fn undo(state: &mut Screen) -> Option<Vec<Effect>> {
    let (id, before) = state.goals.last.take()?;
    Some(vec![Effect::SetGoal(id, before)])
}

/// The store took what was asked.
pub(super) fn kept(state: &mut Screen, new: Option<u64>, said: &Clean) {
    state.goals.sent = None;
    if let Some(id) = new {
        state.goals.last = Some((id, State::Dropped));
    }
    let key = keys::page_key(state, Action::Undo);
    let text = if state.goals.last.is_some() {
        format!("{said}; {key} takes it back")
    } else {
        said.to_string()
    };
    say(state, &text);
}

/// The store did not take the goal: its words come back, with the reason.
pub(super) fn not_kept(state: &mut Screen, why: &Clean) {
    let Some(line) = state.goals.sent.take() else {
        return;
    };
    let mut entry = Entry {
        problem: Some(why.to_string()),
        ..Entry::default()
    };
    entry.field.insert(&line);
    state.popup.get_or_insert(Popup::Goal(entry));
}

fn say(state: &mut Screen, text: &str) {
    let text = Clean::label(text.as_bytes());
    state.toasts.say(text, false, state.calendar.now);
}
