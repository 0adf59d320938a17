//! Enter: from a number to the rows behind it, from a row to the commit.

use super::effect::{Slot, Which};
use super::explain::Face;
use super::findings::{self, CARDS, FINISHED, REVIEWS};
use super::goals;
use super::list::Asked;
use super::look::Split;
use super::moves;
use super::page::Page;
use super::privacy;
use super::projects;
use super::repository;
use super::row::Row;
use super::state::{CommitDetail, Detail, FigureDetail, State};
use super::worth::{self, Worth};
use super::{flow, task};
use crate::model::figure::Key;
use crate::model::ids::CommitId;
use crate::model::period::Range;
use crate::model::selection::Selection;
use crate::model::text::Clean;

/// Opens what the cursor stands on.
pub(super) fn open(state: &mut State) {
    if let Some(list) = state.list() {
        match list.selected() {
            Some(Row::Commit(row)) => open_commit(state, row.commit),
            Some(Row::Item(row)) => match row.task {
                Some(id) => task::open(state, Which::Id(id)),
                None => say(state, "there is nothing more to show of this row"),
            },
            None => {}
        }
        return;
    }
    match state.details.last() {
        Some(Detail::Figure(detail)) => match part(detail) {
            Some(Part::Figure(selection)) => figure(state, detail.metric, selection, Face::Rows),
            Some(Part::Task(key)) => task::open(state, Which::Key(key)),
            None => {}
        },
        Some(Detail::Task(_)) => task::enter(state),
        Some(Detail::Repository(_)) => repository::enter(state),
        Some(Detail::Commit(_) | Detail::Draft(_) | Detail::Table(_)) => {}
        None if state.page == Page::Flow => flow::open(state),
        None if state.page == Page::Privacy => privacy::open(state),
        None if state.page == Page::Goals => goals::open(state),
        None => {
            if let Some(repo) = projects::whole_row(state) {
                repository::open(state, repo);
            } else if let Some(key) = old_task(state) {
                task::open(state, Which::Key(key));
            } else if let Some((metric, selection)) = under_cursor(state) {
                figure(state, metric, selection, Face::Rows);
            }
        }
    }
}

/// The key of the task under the cursor of the Overview's `Worth a look`.
fn old_task(state: &State) -> Option<Clean> {
    let on_it = state.page == Page::Overview && state.focus() == 3;
    let view = state.view().filter(|_| on_it)?;
    match worth::of(state, view).get(state.cursors.worth)? {
        Worth::Aging(old) => view.labels.tasks.get(old.task as usize).cloned(),
        Worth::TasksEnd(_) | Worth::Unread(_) => None,
    }
}

/// Opens the figure of `metric` over `selection`.
pub(super) fn figure(state: &mut State, metric: &'static str, selection: Selection, face: Face) {
    let detail = FigureDetail::new(metric, selection, face);
    state.details.push(Detail::Figure(Box::new(detail)));
}

/// What a part of a figure leads to.
enum Part {
    /// The same figure, narrowed.
    Figure(Selection),
    /// A task, by its key.
    Task(Clean),
}

/// The part under the cursor; `None` where there is nothing narrower to show.
fn part(detail: &FigureDetail) -> Option<Part> {
    if detail.face != Face::Parts {
        return None;
    }
    let view = detail.figure.value.as_ref()?;
    let figure = view.figure(Slot::Main)?;
    let point = figure.shown().nth(detail.part)?;
    let narrower = match point.key {
        Key::Task(at) => {
            let key = view.labels.tasks.get(at as usize)?;
            return Some(Part::Task(key.clone()));
        }
        Key::Repo(repo) => Selection {
            repos: Some([repo].into()),
            ..detail.selection.clone()
        },
        _ => detail.selection.over(Range::new(point.from, point.to)),
    };
    (narrower != detail.selection).then_some(Part::Figure(narrower))
}

/// Says `text` for a while.
pub(super) fn say(state: &mut State, text: &str) {
    let now = state.calendar.now;
    state.toasts.say(Clean::label(text.as_bytes()), false, now);
}

/// Opens the page of a commit.
pub(super) fn open_commit(state: &mut State, commit: CommitId) {
    state.details.push(Detail::Commit(Box::new(CommitDetail {
        commit,
        view: Asked::default(),
        cursor: 0,
    })));
}

/// The figure under the cursor of the page, narrowed to the part the cursor points at.
fn under_cursor(state: &State) -> Option<(&'static str, Selection)> {
    let view = state.view()?;
    let whole = state.look.selection();
    match (state.page, state.focus()) {
        (Page::Overview, panel @ (0 | 1)) => {
            let rows = if panel == 0 { FINISHED } else { REVIEWS };
            let figure = view.figure(rows.get(state.cursors.outcome)?.0)?;
            Some((figure.metric, whole))
        }
        (Page::Overview, 3) => match worth::of(state, view).get(state.cursors.worth)? {
            Worth::Aging(_) => Some((view.figure(Slot::Ages)?.metric, whole)),
            Worth::TasksEnd(_) => Some((view.figure(Slot::Finished)?.metric, whole)),
            Worth::Unread(_) => None,
        },
        (Page::Overview, 2) => {
            let findings = findings::of(view);
            let figure = findings.get(state.cursors.finding)?.figure;
            Some((figure.metric, whole))
        }
        (Page::Overview, _) => {
            let figure = view.figure(CARDS.get(state.cursors.card)?.0)?;
            Some((figure.metric, whole))
        }
        (Page::Trends, 0) => {
            let figure = view.figure(Slot::Main)?;
            let point = state
                .cursors
                .point
                .and_then(|at| moves::line(figure).nth(at));
            let selection = match point {
                Some(point) => whole.over(Range::new(point.from, point.to)),
                None => whole,
            };
            Some((figure.metric, selection))
        }
        (Page::Trends, _) => {
            let figure = view.figure(Slot::Split)?;
            let point = figure.points.get(state.cursors.share)?;
            Some(match point.key {
                Key::Repo(repo) => {
                    let mut selection = whole;
                    selection.repos = Some([repo].into());
                    ("lines_changed", selection)
                }
                _ => (figure.metric, by(whole, state.look.split)),
            })
        }
        (Page::Rhythm, 0) => Some((view.figure(Slot::Hours)?.metric, whole)),
        (Page::Rhythm, _) => {
            let figure = view.figure(Slot::Year)?;
            let days = match state.cursors.day {
                Some(day) => Range::new(day, day),
                None => whole.range,
            };
            Some((figure.metric, whole.over(days)))
        }
        (Page::Projects, _) => projects::under_cursor(state, view),
        (Page::Flow | Page::Work | Page::Goals | Page::Privacy, _) => None,
    }
}

fn by(selection: Selection, split: Split) -> Selection {
    Selection {
        by: split.by(),
        ..selection
    }
}
