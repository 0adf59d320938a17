//! Correcting a fact of a task: when it was written down, begun, finished, what kind of thing it is, what
//! it belongs to. The owner's word beats every export, and the page shows what the export says beside it.

use super::effect::{Effect, Which};
use super::exclude::Said;
use super::field::Field;
use super::popup::Popup;
use super::row::Row;
use super::state::{Detail, State};
use super::view::TaskView;
use super::{drilldown, filter, keys, moves, task};
use crate::input::action::Action;
use crate::model::choice::{Correction, Fact};
use crate::model::ids::TaskId;
use crate::model::moment::Moment;
use crate::model::task::When;
use crate::model::text::Clean;

/// A fact of an opened task that can be corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactLine {
    /// What the export says.
    pub exported: Correction,
    /// What the owner says instead.
    pub corrected: Option<Correction>,
    /// Why, where the owner said so.
    pub reason: Option<Clean>,
}

impl FactLine {
    /// Which fact.
    pub fn fact(&self) -> Fact {
        self.exported.fact()
    }

    /// What holds.
    pub fn now(&self) -> &Correction {
        self.corrected.as_ref().unwrap_or(&self.exported)
    }
}

/// What is to become of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correct {
    /// Of which task.
    pub task: TaskId,
    /// What people know it by.
    pub name: Clean,
    /// Which fact.
    pub fact: Fact,
    /// What it is to be; `None`: what the export says.
    pub to: Option<Correction>,
    /// Why; kept with what it is to be.
    pub reason: Option<Clean>,
    /// What the owner said of it before.
    pub before: Option<Correction>,
    /// Why that was.
    pub reason_before: Option<Clean>,
}

/// The dialog over an opened task.
#[derive(Clone, Debug, Default)]
pub struct Correcting {
    /// The fact under the cursor.
    pub cursor: usize,
    /// Its new value, while it is typed.
    pub field: Option<Field>,
    /// Why it is another one; may stay empty.
    pub reason: Field,
    /// The reason is being typed, not the value.
    pub on_reason: bool,
    /// Why what is typed is no value.
    pub problem: Option<String>,
}

impl Correcting {
    /// The field with the focus.
    pub(super) fn focus(&mut self) -> Option<&mut Field> {
        match &mut self.field {
            Some(_) if self.on_reason => Some(&mut self.reason),
            field => field.as_mut(),
        }
    }

    /// Nothing is typed any more.
    fn leave(&mut self) {
        (self.field, self.problem) = (None, None);
        self.reason.clear();
        self.on_reason = false;
    }
}

/// Opens the dialog: over the opened task, or over that of the row under the cursor.
pub(super) fn open(state: &mut State) {
    let opened = matches!(state.details.last(), Some(Detail::Task(_)));
    let of_row = match state.list().and_then(|list| list.selected()) {
        Some(Row::Item(row)) => row.task,
        _ => None,
    };
    match (opened, of_row) {
        (true, _) => {}
        (false, Some(task)) => task::open(state, Which::Id(task)),
        (false, None) => {
            let why = "only the facts of tasks can be corrected; other rows can be left out";
            return drilldown::say(state, why);
        }
    }
    state.popup = Some(Popup::Correct(Correcting::default()));
}

/// The opened task, as far as it is read.
pub fn subject(state: &State) -> Option<&TaskView> {
    match state.details.last() {
        Some(Detail::Task(detail)) => detail.view.value.as_ref(),
        _ => None,
    }
}

/// Keys in the dialog.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let total = subject(state).map_or(0, |view| view.correctable.len());
    let now = |state: &State, at: usize| {
        let line = subject(state)?.correctable.get(at)?;
        let why = line.reason.as_ref().map_or("", Clean::as_str);
        let fields = (line.now().value(), why.replace(char::is_whitespace, " "));
        Some((Field::new(&fields.0), Field::new(&fields.1)))
    };
    let Some(Popup::Correct(dialog)) = &mut state.popup else {
        return Vec::new();
    };
    match (action, dialog.field.is_some()) {
        (Action::Accept, true) => return accept(state),
        (Action::Cancel | Action::Back, true) => dialog.leave(),
        (Action::Down, true) => dialog.on_reason = true,
        (Action::Up, true) => dialog.on_reason = false,
        (_, true) => {}
        (Action::Back | Action::Cancel, false) => state.popup = None,
        (Action::Open | Action::Mark, false) => {
            let at = dialog.cursor;
            let fields = now(state, at);
            if let (Some(Popup::Correct(dialog)), Some((value, why))) = (&mut state.popup, fields) {
                dialog.leave();
                (dialog.field, dialog.reason) = (Some(value), why);
            }
        }
        (_, false) => dialog.cursor = moves::in_list(dialog.cursor, total, action, total),
    }
    Vec::new()
}

/// Says of what is typed whether it is a value, letter by letter.
pub(super) fn check(state: &mut State) {
    let (zone, today) = (state.calendar.zone, state.calendar.today());
    let Some(Popup::Correct(dialog)) = &state.popup else {
        return;
    };
    let line = subject(state).and_then(|view| view.correctable.get(dialog.cursor));
    let text = dialog.field.as_ref().map_or("", Field::text).trim();
    let problem = line
        .filter(|_| !text.is_empty())
        .and_then(|line| Correction::typed(line.fact(), text, zone, today).err())
        .map(|why| why.to_string());
    if let Some(Popup::Correct(dialog)) = &mut state.popup {
        dialog.problem = problem;
    }
}

/// What was typed becomes the fact; nothing typed takes the correction back.
fn accept(state: &mut State) -> Vec<Effect> {
    let (zone, today) = (state.calendar.zone, state.calendar.today());
    let Some((task, name, lines)) =
        subject(state).map(|view| (view.task, view.key.clone(), view.correctable.clone()))
    else {
        return Vec::new();
    };
    let Some(Popup::Correct(dialog)) = &mut state.popup else {
        return Vec::new();
    };
    let (Some(line), Some(field)) = (lines.get(dialog.cursor), &dialog.field) else {
        return Vec::new();
    };
    let text = field.text().trim();
    let to = match text {
        "" => None,
        text => match Correction::typed(line.fact(), text, zone, today) {
            Ok(to) => Some(to).filter(|to| *to != line.exported),
            Err(why) => {
                dialog.problem = Some(why.to_string());
                return Vec::new();
            }
        },
    };
    let why = Clean::note(dialog.reason.text().trim());
    let reason = Some(why).filter(|why| to.is_some() && !why.is_empty());
    dialog.leave();
    if (&to, &reason) == (&line.corrected, &line.reason) {
        return Vec::new();
    }
    vec![Effect::Correct(Correct {
        task,
        name,
        fact: line.fact(),
        to,
        reason,
        before: line.corrected.clone(),
        reason_before: line.reason.clone(),
    })]
}

/// It is done; undo takes it back.
pub(super) fn done(state: &mut State, done: Correct) {
    let key = keys::page_key(state, Action::Undo);
    let fact = done.fact.as_str();
    let said = match &done.to {
        _ if state.blurred => format!("corrected; {key} takes that back"),
        Some(to) => format!("{} {fact}: {}; {key} takes that back", done.name, shown(to)),
        None => format!(
            "{} {fact}: as the export says; {key} takes that back",
            done.name
        ),
    };
    drilldown::say(state, &said);
    state.last_said = Some(Said::Fact(done));
}

/// What takes `done` back.
pub(super) fn back(done: Correct) -> Correct {
    Correct {
        to: done.before,
        reason: done.reason_before,
        before: done.to,
        reason_before: done.reason,
        ..done
    }
}

/// A value for people: `2026-03-05 14:00`, `bug`, `harbour`; `not known` and `nothing` for none.
pub fn shown(value: &Correction) -> String {
    match value {
        Correction::Created(None) | Correction::Started(None) | Correction::Done(None) => {
            "not known".to_owned()
        }
        Correction::Project(None) => "nothing".to_owned(),
        Correction::Created(Some(when))
        | Correction::Started(Some(when))
        | Correction::Done(Some(when)) => match when {
            When::Day(day) => day.to_string(),
            When::At(at) | When::Wall(at) => local(*at),
        },
        other => other.value(),
    }
}

fn local(at: Moment) -> String {
    let at = at.local();
    at.map_or_else(String::new, |at| at.format("%Y-%m-%d %H:%M").to_string())
}
