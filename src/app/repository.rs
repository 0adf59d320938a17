//! A repository opened: where it lies, my work in it in these days, and what hangs together with it.

use super::drilldown;
use super::effect::{Ask, Question, RepositoryAsk, Slot, Which};
use super::explain::Face;
use super::list::Asked;
use super::moves;
use super::state::{Detail, State};
use super::task;
use super::view::RepositoryView;
use crate::input::action::Action;
use crate::model::ids::RepoId;
use crate::model::selection::{By, Selection};

/// The numbers of the page in their order, activity last.
pub const NUMBERS: [(Slot, &str); 5] = [
    (Slot::Delivered, "delivered"),
    (Slot::ActiveDays, "active_days"),
    (Slot::Lines, "lines_changed"),
    (Slot::Sizes, "change_size"),
    (Slot::Commits, "commits"),
];

/// A repository opened.
#[derive(Clone, Debug)]
pub struct RepositoryDetail {
    /// Which one.
    pub repo: RepoId,
    /// What is known of it.
    pub view: Asked<RepositoryView>,
    /// The tasks have the focus, not the numbers.
    pub on_tasks: bool,
    /// The number under the cursor.
    pub number: usize,
    /// The task under the cursor.
    pub task: usize,
}

/// Opens the page of a repository.
pub(super) fn open(state: &mut State, repo: RepoId) {
    state
        .details
        .push(Detail::Repository(Box::new(RepositoryDetail {
            repo,
            view: Asked::default(),
            on_tasks: false,
            number: 0,
            task: 0,
        })));
}

/// The repository that is open on top, if one is.
pub fn opened(state: &State) -> Option<&RepositoryDetail> {
    match state.details.last() {
        Some(Detail::Repository(detail)) => Some(detail),
        _ => None,
    }
}

/// The days and rules of the screen, of this repository alone.
fn selection(state: &State, repo: RepoId) -> Selection {
    Selection {
        repos: Some([repo].into()),
        ..state.look.selection()
    }
}

/// What the page asks for, under this number.
pub(super) fn ask(state: &State, repo: RepoId, id: u64) -> RepositoryAsk {
    let about = selection(state, repo);
    let question = |slot, metric, by: Option<By>| Question {
        slot,
        metric,
        selection: Selection {
            by: by.unwrap_or(about.by),
            ..about.clone()
        },
    };
    let mut questions: Vec<_> = NUMBERS
        .iter()
        .map(|(slot, metric)| question(*slot, metric, None))
        .collect();
    questions.push(question(Slot::Split, "languages", Some(By::Language)));
    questions.push(question(Slot::OtherSplit, "categories", Some(By::Category)));
    RepositoryAsk {
        repo,
        figures: Ask {
            id,
            calendar: state.calendar.clone(),
            about,
            questions,
            explain: None,
            told: false,
        },
    }
}

/// Enter: the rows behind the number, or the task.
pub(super) fn enter(state: &mut State) {
    let Some(detail) = opened(state) else { return };
    let (repo, on_tasks) = (detail.repo, detail.on_tasks);
    if on_tasks {
        let tasks = detail.view.value.as_ref().map(|view| &view.tasks);
        match tasks.and_then(|tasks| tasks.get(detail.task)) {
            Some(one) => {
                let id = one.id;
                task::open(state, Which::Id(id));
            }
            None => drilldown::say(state, "no task is linked with commits here in these days"),
        }
        return;
    }
    if let Some((_, metric)) = NUMBERS.get(detail.number) {
        let selection = selection(state, repo);
        drilldown::figure(state, metric, selection, Face::Rows);
    }
}

/// A cursor key on the page.
pub(super) fn go(state: &mut State, action: Action) {
    let page = moves::page_rows(state);
    if let Some(Detail::Repository(detail)) = state.details.last_mut() {
        if detail.on_tasks {
            let tasks = detail.view.value.as_ref().map_or(0, |v| v.tasks.len());
            detail.task = moves::in_list(detail.task, tasks, action, page);
        } else {
            detail.number = moves::in_list(detail.number, NUMBERS.len(), action, page);
        }
    }
}

/// Takes the answer to an ask; false when nobody waits for it.
pub(super) fn take(state: &mut State, view: RepositoryView) -> bool {
    let mut view = Some(view);
    for detail in &mut state.details {
        if let Detail::Repository(detail) = detail
            && let Some(given) = view.take()
        {
            view = detail.view.answer(given.page.id, given).err();
            let tasks = detail.view.value.as_ref().map_or(0, |v| v.tasks.len());
            detail.task = detail.task.min(tasks.saturating_sub(1));
        }
    }
    view.is_none()
}
