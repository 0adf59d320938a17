//! Enter: from a number to the rows behind it, from a row to the commit.

use super::effect::Slot;
use super::findings::{self, CARDS};
use super::list::{Asked, List};
use super::look::Split;
use super::moves;
use super::page::Page;
use super::state::{CommitDetail, Detail, FigureDetail, State};
use crate::model::figure::Key;
use crate::model::ids::CommitId;
use crate::model::period::Range;
use crate::model::selection::Selection;

/// Opens what the cursor stands on.
pub(super) fn open(state: &mut State) {
    if let Some(list) = state.list() {
        if let Some(commit) = list.selected().map(|row| row.commit) {
            open_commit(state, commit);
        }
        return;
    }
    if !state.details.is_empty() {
        return;
    }
    if let Some((metric, selection)) = under_cursor(state) {
        state.details.push(Detail::Figure(Box::new(FigureDetail {
            metric,
            selection,
            figure: Asked::default(),
            list: List::default(),
        })));
    }
}

fn open_commit(state: &mut State, commit: CommitId) {
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
        (Page::Overview, 0) => {
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
        (Page::Work, _) => None,
    }
}

fn by(selection: Selection, split: Split) -> Selection {
    Selection {
        by: split.by(),
        ..selection
    }
}
