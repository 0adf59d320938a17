//! Projects: where the work went. Repositories down, time across, and what the lines are made of.

use super::drilldown;
use super::effect::{Question, Slot};
use super::moves;
use super::page::Page;
use super::state::State;
use super::view::PageView;
use crate::input::action::Action;
use crate::model::figure::{Figure, Key, Point};
use crate::model::ids::RepoId;
use crate::model::period::Range;
use crate::model::selection::{By, Selection};

/// Repositories that get cells over time, those with most commits: each costs a pass over the rows.
const CELLS: usize = 40;

/// What the page asks for.
pub(super) fn questions(state: &State) -> Vec<Question> {
    let whole = state.look.selection();
    let ask = |slot, metric, selection: &Selection| Question {
        slot,
        metric,
        selection: selection.clone(),
    };
    let cut = |by| Selection {
        by,
        ..whole.clone()
    };
    let mix = state.look.mix;
    let mut all = vec![
        ask(Slot::Main, "lines_changed", &whole),
        ask(Slot::Split, "repositories", &cut(By::Repo)),
        ask(Slot::OtherSplit, mix.metric(), &cut(mix.by())),
        ask(Slot::Third, mix.next().metric(), &cut(mix.next().by())),
    ];
    let facts = state.facts.iter();
    let mut repos: Vec<_> = facts.flat_map(|facts| &facts.repos).collect();
    repos.sort_by_key(|repo| std::cmp::Reverse(repo.commits));
    let asked = repos.iter().filter(|repo| {
        let only = whole.repos.as_ref();
        only.is_none_or(|only| only.contains(&repo.id))
    });
    all.extend(asked.take(CELLS).map(|repo| {
        let narrow = Selection {
            repos: Some([repo.id].into()),
            ..whole.clone()
        };
        ask(Slot::Repo(repo.id), "lines_changed", &narrow)
    }));
    all
}

/// The repositories with lines of mine in these days, most lines first.
pub fn repositories(view: &PageView) -> Vec<(RepoId, &Point)> {
    let points = view.figure(Slot::Split).map(|figure| &figure.points);
    let repo = |point| match point {
        &Point {
            key: Key::Repo(id), ..
        } => Some((id, point)),
        _ => None,
    };
    points.into_iter().flatten().filter_map(repo).collect()
}

/// The points along time of the figure in `slot`.
pub fn over_time(view: &PageView, slot: Slot) -> Vec<Point> {
    let points = view.figure(slot).map(moves::line);
    points.into_iter().flatten().copied().collect()
}

/// A cursor key on the page.
pub(super) fn go(state: &mut State, action: Action) {
    let page = moves::page_rows(state);
    let Some(view) = state.view() else { return };
    if state.focus() == 1 {
        let parts = view.figure(Slot::OtherSplit).map_or(0, parts);
        state.cursors.share = moves::in_list(state.cursors.share, parts, action, page);
        return;
    }
    let repos = repositories(view).len();
    let buckets = over_time(view, Slot::Main).len();
    let at = state.cursors.bucket;
    match action {
        Action::Left if buckets > 0 => {
            state.cursors.bucket = Some(at.map_or(buckets - 1, |at| at.saturating_sub(1)));
        }
        Action::Right if buckets > 0 => {
            let last = buckets - 1;
            state.cursors.bucket = Some(at.map_or(last, |at| (at + 1).min(last)));
        }
        _ => state.cursors.project = moves::in_list(state.cursors.project, repos, action, page),
    }
}

fn parts(figure: &Figure) -> usize {
    let all = figure.points.iter();
    all.filter(|point| point.key != Key::Time).count()
}

/// The figure under the cursor, narrowed to what the cursor points at.
pub(super) fn under_cursor(state: &State, view: &PageView) -> Option<(&'static str, Selection)> {
    let whole = state.look.selection();
    if state.focus() == 1 {
        let figure = view.figure(Slot::OtherSplit)?;
        let all = figure.points.iter();
        let point = all
            .filter(|point| point.key != Key::Time)
            .nth(state.cursors.share)?;
        return Some(drilldown::row_of_mix(figure, point, &whole));
    }
    let repo = repositories(view).get(state.cursors.project)?.0;
    let days = state.cursors.bucket.and_then(|at| {
        let point = *over_time(view, Slot::Main).get(at)?;
        Some(Range::new(point.from, point.to))
    });
    let selection = Selection {
        repos: Some([repo].into()),
        ..whole
    };
    Some((
        "lines_changed",
        match days {
            Some(days) => selection.over(days),
            None => selection,
        },
    ))
}

/// The repository under the cursor of the table, whatever stretch of it is.
pub(super) fn row(state: &State) -> Option<RepoId> {
    let here = state.page == Page::Projects && state.focus() == 0;
    let view = state.view().filter(|_| here)?;
    Some(repositories(view).get(state.cursors.project)?.0)
}

/// The repository whose whole row is under the cursor; `None` where a stretch of it is.
pub(super) fn whole_row(state: &State) -> Option<RepoId> {
    let here = state.page == Page::Projects && state.focus() == 0;
    let view = state
        .view()
        .filter(|_| here && state.cursors.bucket.is_none())?;
    Some(repositories(view).get(state.cursors.project)?.0)
}
