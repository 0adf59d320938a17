//! A note by one key: about the row under the cursor, the day or week it points at, or today.

use chrono::NaiveDate;

use super::effect::{Effect, Slot};
use super::explain::Face;
use super::field::Field;
use super::filter;
use super::flow;
use super::keys;
use super::moves;
use super::page::Page;
use super::popup::Popup;
use super::row::{ItemRow, Row};
use super::state::{Detail, FigureDetail, State};
use super::view::{CommitRow, NoteMark, TaskView};
use crate::input::action::Action;
use crate::model::ids::{CommitId, RepoId, TaskId};
use crate::model::period::Range;
use crate::model::task::When;
use crate::model::text::Clean;

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The days.
    pub days: Range,
    /// What else.
    pub of: Of,
    /// What that is called: a task's key, a repository's name; empty for days alone.
    pub name: Clean,
}

/// What a note is about beside its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Nothing else.
    Days,
    /// The repository of this commit.
    Commit(CommitId),
    /// This task.
    Task(TaskId),
    /// This repository.
    Repository(RepoId),
}

/// A note being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What it is about.
    pub about: Subject,
    /// The words.
    pub field: Field,
    /// It mattered to others.
    pub impact: bool,
    /// Why it was not kept.
    pub problem: Option<String>,
}

/// Notes of this run.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// On its way to the store; comes back when it could not be kept.
    sent: Option<Typed>,
    /// The number of the last one kept, while it can be taken back.
    last: Option<u64>,
}

/// Opens the field, where a note could be kept.
pub(super) fn open(state: &mut State) {
    if state.facts.is_none() {
        return;
    }
    if state.is_in_memory() {
        let key = keys::page_key(state, Action::Keep);
        say(
            state,
            &format!("nothing is kept yet, so no note either; {key} keeps"),
        );
        return;
    }
    let about = subject(state);
    state.popup = Some(Popup::Note(Typed {
        about,
        field: Field::default(),
        impact: false,
        problem: None,
    }));
}

/// What the cursor stands on.
fn subject(state: &State) -> Subject {
    let today = state.calendar.today();
    let days = match state.details.last() {
        Some(Detail::Commit(detail)) => match &detail.view.value {
            Some(view) => return commit(&view.row, state),
            None => None,
        },
        Some(Detail::Task(detail)) => match &detail.view.value {
            Some(view) => return task(view, detail.cursor, today),
            None => None,
        },
        Some(Detail::Repository(detail)) => match &detail.view.value {
            Some(view) => {
                return Subject {
                    days: Range::new(today, today),
                    of: Of::Repository(detail.repo),
                    name: view.name.clone(),
                };
            }
            None => None,
        },
        Some(Detail::Figure(detail)) if detail.face != Face::Rows => Some(part(detail)),
        Some(Detail::Draft(detail)) => detail.view.value.as_ref().map(|view| {
            // Of days that are over the last one, else today.
            let day = view.range.to.min(today);
            Range::new(day, day)
        }),
        _ => match state.list().and_then(|list| list.selected()) {
            Some(Row::Commit(row)) => return commit(row, state),
            Some(Row::Item(row)) => return item(row, state),
            None => on_page(state),
        },
    };
    Subject {
        days: days.unwrap_or_else(|| Range::new(today, today)),
        of: Of::Days,
        name: Clean::default(),
    }
}

fn commit(row: &CommitRow, state: &State) -> Subject {
    let day = row.authored.day().filter(|_| !row.marks.undated);
    let day = day.unwrap_or_else(|| state.calendar.today());
    Subject {
        days: Range::new(day, day),
        of: Of::Commit(row.commit),
        name: row.repo.clone(),
    }
}

/// A task, on the day of what the cursor points at.
fn task(view: &TaskView, at: usize, today: NaiveDate) -> Subject {
    let event = view.events.get(at).and_then(|event| event.at.day());
    let day = event.unwrap_or(today);
    Subject {
        days: Range::new(day, day),
        of: Of::Task(view.task),
        name: view.key.clone(),
    }
}

fn item(row: &ItemRow, state: &State) -> Subject {
    let day = row.at.and_then(When::day);
    let day = day.unwrap_or_else(|| state.calendar.today());
    let own = row.mine && row.task.is_some();
    Subject {
        days: Range::new(day, day),
        of: row.task.filter(|_| own).map_or(Of::Days, Of::Task),
        name: if own {
            row.key.clone()
        } else {
            Clean::default()
        },
    }
}

/// The days of a figure, or of its part under the cursor.
fn part(detail: &FigureDetail) -> Range {
    let view = detail.figure.value.as_ref();
    let figure = view.and_then(|view| view.figure(Slot::Main));
    let point = figure.and_then(|figure| figure.shown().nth(detail.part));
    let point = point.filter(|_| detail.face == Face::Parts);
    point.map_or(detail.selection.range, |point| {
        Range::new(point.from, point.to)
    })
}

/// The week of Trends or the day of Rhythm that the cursor points at.
fn on_page(state: &State) -> Option<Range> {
    if let Some(Detail::Figure(detail)) = state.details.last() {
        return Some(detail.selection.range);
    }
    match (state.page, state.focus()) {
        (Page::Trends, 0) => {
            let figure = state.view()?.figure(Slot::Main)?;
            let point = moves::line(figure).nth(state.cursors.point?)?;
            Some(Range::new(point.from, point.to))
        }
        (Page::Flow, _) => flow::days(state),
        (Page::Rhythm, 1) => state.cursors.day.map(|day| Range::new(day, day)),
        _ => None,
    }
}

/// The last note about a commit: about its repository on its day.
pub fn on_commit<'a>(state: &'a State, row: &CommitRow) -> Option<&'a NoteMark> {
    let day = row.authored.day()?;
    last(state, |note| {
        note.repo.as_ref() == Some(&row.repo) && note.days.contains(day)
    })
}

/// The last note about a task of mine.
pub fn on_item<'a>(state: &'a State, row: &ItemRow) -> Option<&'a NoteMark> {
    row.task?;
    let (key, place) = (row.key.as_str(), row.place.as_str());
    last(state, |note| {
        let task = note.task.as_ref().map_or("", Clean::as_str);
        // A pull request is `owner/name#12` there and `#12` here.
        task == key || (key.starts_with('#') && task.ends_with(key) && task.contains(place))
    })
}

/// The last note about a day.
pub fn on_day(state: &State, day: NaiveDate) -> Option<&NoteMark> {
    last(state, |note| note.days.contains(day))
}

fn last(state: &State, is: impl Fn(&NoteMark) -> bool) -> Option<&NoteMark> {
    let notes = &state.facts.as_ref()?.notes;
    notes.iter().rev().find(|note| is(note))
}

/// Keys in the field: Enter keeps, Esc does not, one key marks.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let Some(Popup::Note(typed)) = &mut state.popup else {
        return Vec::new();
    };
    match action {
        Action::Impact => typed.impact = !typed.impact,
        Action::Cancel | Action::Back => state.popup = None,
        Action::Accept if typed.field.text().trim().is_empty() => {
            typed.problem = Some("a note needs words".to_owned());
        }
        Action::Accept => {
            let note = typed.clone();
            state.notes.sent = Some(note.clone());
            state.popup = None;
            return vec![Effect::AddNote {
                about: note.about,
                text: note.field.text().trim().to_owned(),
                impact: note.impact,
            }];
        }
        _ => {}
    }
    Vec::new()
}

/// Text as a field of one line takes it: line breaks and tabs become spaces.
pub(super) fn one_line(text: &str) -> String {
    text.replace("\r\n", " ")
        .replace(|c: char| c.is_whitespace(), " ")
}

/// The note is kept, and can be taken back.
pub(super) fn kept(state: &mut State, number: u64, said: &Clean) {
    state.notes.sent = None;
    state.notes.last = Some(number);
    state.last_said = None;
    let key = keys::page_key(state, Action::Undo);
    say(state, &format!("{said}; {key} takes it back"));
}

/// The note could not be kept: its words come back, with the reason.
pub(super) fn not_kept(state: &mut State, why: &Clean) {
    let Some(mut typed) = state.notes.sent.take() else {
        return;
    };
    if state.popup.is_some() {
        // Something else was opened meanwhile: the words are in the messages.
        let words = format!("this note was not kept, {why}: {}", typed.field.text());
        let words = Clean::label(words.as_bytes());
        state.toasts.say(words, true, state.calendar.now);
        return;
    }
    typed.problem = Some(why.to_string());
    state.popup = Some(Popup::Note(typed));
}

/// Takes the last note back, once.
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    let Some(number) = state.notes.last.take() else {
        say(state, "no note to take back");
        return Vec::new();
    };
    vec![Effect::RemoveNote(number)]
}

fn say(state: &mut State, text: &str) {
    let text = Clean::label(text.as_bytes());
    state.toasts.say(text, false, state.calendar.now);
}
