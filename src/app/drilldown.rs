//! Enter: from a number to the rows behind it, from a row to the commit.

use super::effect::{Slot, Which};
use super::explain::Face;
use super::findings::{self, CARDS, FINISHED, REVIEWS};
use super::goals;
use super::keys;
use super::kinds::Kind;
use super::list::Asked;
use super::moves;
use super::page::Page;
use super::popup::Popup;
use super::privacy;
use super::projects;
use super::repository;
use super::row::{ItemRow, Row};
use super::state::{CommitDetail, Detail, FigureDetail, State};
use super::worth::{self, Worth};
use super::{flow, task};
use crate::input::action::Action;
use crate::model::figure::{Figure, Key, Point};
use crate::model::ids::CommitId;
use crate::model::period::Range;
use crate::model::selection::{Only, Selection};
use crate::model::text::Clean;
use crate::model::work_type::WorkType;

/// Opens what the cursor stands on.
pub(super) fn open(state: &mut State) {
    if let Some(list) = state.list() {
        match list.selected() {
            Some(Row::Commit(row)) => open_commit(state, row.commit),
            Some(Row::Item(row)) => {
                let row = row.clone();
                open_item(state, &row);
            }
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
            if unread(state) {
                let key = keys::page_key(state, Action::Rescan);
                say(state, &format!("{key} reads what is new"));
            } else if let Some(repo) = projects::whole_row(state) {
                repository::open(state, repo);
            } else if let Some(key) = old_task(state) {
                task::open(state, Which::Key(key));
            } else if let Some((metric, selection)) = under_cursor(state) {
                figure(state, metric, selection, Face::Rows);
            }
        }
    }
}

/// Opens a row that is no commit: its task, the commits of a session, the words of a note.
fn open_item(state: &mut State, row: &ItemRow) {
    match (row.kind, row.task, row.days) {
        (Kind::Session, _, Some(days)) => {
            let selection = state.look.selection().over(days);
            figure(state, "sessions", selection, Face::Rows);
        }
        (Kind::Note, ..) => state.popup = Some(Popup::Words(row.title.clone(), 0)),
        (_, Some(id), _) => task::open(state, Which::Id(id)),
        _ => say(state, "there is nothing more to show of this row"),
    }
}

/// Whether the cursor stands on repositories that were not read for long.
fn unread(state: &State) -> bool {
    let on_it = state.page == Page::Overview && state.focus() == 3;
    let view = state.view().filter(|_| on_it);
    let all = view.map(|view| worth::of(state, view)).unwrap_or_default();
    matches!(all.get(state.cursors.worth), Some(Worth::Unread(_)))
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
        _ => at(figure.metric, &detail.selection, point),
    };
    (narrower != detail.selection).then_some(Part::Figure(narrower))
}

/// The selection narrowed to what `point` of a figure of `metric` stands for.
fn at(metric: &str, selection: &Selection, point: &Point) -> Selection {
    let mut narrower = selection.over(Range::new(point.from, point.to));
    match point.key {
        Key::Repo(repo) => narrower.repos = Some([repo].into()),
        Key::Language(language) => narrower.languages = Some([language].into()),
        Key::Category(category) => narrower.only = Some(Only::Category(category)),
        Key::Hour(weekday, hour) => narrower.only = Some(Only::Hour(weekday, hour)),
        Key::Name(name) if metric == "work_types" => {
            let named = WorkType::ALL.into_iter().find(|one| one.name() == name);
            narrower.only = named.map(Only::Type).or(narrower.only);
        }
        Key::Time | Key::Task(_) | Key::Project(_) | Key::Name(_) => {}
    }
    narrower
}

/// The figure behind a row of a mix: lines, or commits where commits are mixed.
pub(super) fn row_of_mix(
    figure: &Figure,
    point: &Point,
    whole: &Selection,
) -> (&'static str, Selection) {
    let commits = matches!(point.key, Key::Name(_));
    let metric = if commits { "commits" } else { "lines_changed" };
    (metric, at(figure.metric, whole, point))
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
            Some(row_of_mix(figure, point, &whole))
        }
        (Page::Rhythm, 0) => {
            let figure = view.figure(Slot::Hours)?;
            let hour = state.cursors.hour.and_then(|(hour, row)| {
                let start = state.calendar.week_start;
                let weekday = (0..row).fold(start, |day, _| day.succ());
                Some(Only::Hour(weekday, u8::try_from(hour).ok()?))
            });
            let selection = Selection {
                only: hour,
                ..whole
            };
            Some((figure.metric, selection))
        }
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
