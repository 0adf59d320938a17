//! What every page is narrowed to: repositories, languages, sources, a text. One dialog for all of
//! it, one key that takes all of it back.

mod dialog;

use std::collections::BTreeSet;

pub use dialog::{Dialog, Line, Source, Typing, lines};
pub(super) use dialog::{act, open};

use super::effect::{Effect, Slot};
use super::look::{Found, Look};
use super::page::Page;
use super::state::{Detail, State};
use super::view::Facts;
use super::{drilldown, projects, repository};
use crate::model::figure::Key;
use crate::model::ids::{LanguageId, RepoId};
use crate::model::selection::Sources;

/// Narrows to what holds `text`, once the worker found it; to nothing by an empty one.
fn look_for(state: &mut State, text: String) -> Vec<Effect> {
    state.finding = None;
    if text.is_empty() {
        state.look.found = None;
    } else if text != state.look.text() {
        state.finding = Some(text.clone());
        return vec![Effect::Find(text)];
    }
    Vec::new()
}

/// Finds anew what holds the text: what is stored is not what it was.
pub(super) fn again(state: &State) -> Option<Effect> {
    let found = state.look.found.as_ref()?;
    Some(Effect::Find(found.text.clone()))
}

/// The answer to [`Effect::Find`]; false when nobody waits for it, or nothing changed.
pub(super) fn found(state: &mut State, found: Found) -> bool {
    let awaited = state.finding.as_ref() == Some(&found.text);
    let known = state.look.found.as_ref();
    let same = known == Some(&found);
    let newer = known.is_some_and(|known| known.text == found.text);
    if same || !(awaited || newer && state.finding.is_none()) {
        return false;
    }
    state.finding = None;
    state.look.found = Some(found);
    if newer {
        state.question_changed();
    } else {
        changed(state);
    }
    true
}

/// Looks only at the repository or language under the cursor from now on, on every page; or at all
/// of them again.
pub(super) fn here(state: &mut State) {
    let Some(choice) = row(state) else {
        return;
    };
    let look = &mut state.look;
    match choice {
        Choice::Repository(_) if look.repos.is_some() => look.repos = None,
        Choice::Repository(id) => look.repos = Some([id].into()),
        Choice::Language(_) if look.languages.is_some() => look.languages = None,
        Choice::Language(id) => look.languages = Some([id].into()),
    }
    changed(state);
}

/// A row that every page can be narrowed to.
enum Choice {
    Repository(RepoId),
    Language(LanguageId),
}

/// What the mark key does: `only this`, or that all of them are looked at again; `None` where the cursor
/// is on no such row.
pub fn offer(state: &State) -> Option<&'static str> {
    Some(match row(state)? {
        Choice::Repository(_) if state.look.repos.is_some() => "all repos",
        Choice::Language(_) if state.look.languages.is_some() => "all languages",
        Choice::Repository(_) | Choice::Language(_) => "only this",
    })
}

/// The repository that is open, else the repository or language under the cursor of Projects or of a
/// mix of Trends.
fn row(state: &State) -> Option<Choice> {
    if let Some(opened) = repository::opened(state) {
        return Some(Choice::Repository(opened.repo));
    }
    if !state.details.is_empty() {
        return None;
    }
    let view = state.view()?;
    let in_mix = |slot| {
        let points = &view.figure(slot)?.points;
        let parts = points.iter().filter(|point| point.key != Key::Time);
        let parts: Vec<Key> = parts.map(|point| point.key).collect();
        near(&parts, state.cursors.share)
    };
    let key = match (state.page, state.focus()) {
        (Page::Projects, 0) => {
            let all = projects::repositories(view).into_iter();
            let all: Vec<Key> = all.map(|(id, _)| Key::Repo(id)).collect();
            near(&all, state.cursors.project)?
        }
        (Page::Projects, _) => in_mix(Slot::OtherSplit)?,
        (Page::Trends, 1) => in_mix(Slot::Split)?,
        _ => return None,
    };
    match key {
        Key::Repo(id) => Some(Choice::Repository(id)),
        Key::Language(id) => Some(Choice::Language(id)),
        _ => None,
    }
}

/// The row under the cursor; the last one where a choice left fewer rows than it stands at.
fn near(rows: &[Key], cursor: usize) -> Option<Key> {
    rows.get(cursor).or(rows.last()).copied()
}

/// Nothing is narrowed any more.
pub(super) fn everything(state: &mut State) {
    state.finding = None;
    if !state.look.is_narrowed() {
        drilldown::say(state, "nothing is narrowed: this is everything");
        return;
    }
    state.look.widen();
    changed(state);
}

/// Every page is of something else now. A figure that was opened is of what was looked at before.
pub(super) fn changed(state: &mut State) {
    state
        .details
        .retain(|detail| !matches!(detail, Detail::Figure(_)));
    state.question_changed();
}

/// Keeps of the choice what is still stored: `before` says what numbers of trackers meant.
pub(super) fn follow(look: &mut Look, before: Option<&Facts>, facts: &Facts) {
    look.repos = look.repos.take().and_then(|mut chosen| {
        chosen.retain(|id| facts.repos.iter().any(|repo| repo.id == *id));
        (!chosen.is_empty()).then_some(chosen)
    });
    look.languages = look.languages.take().and_then(|mut chosen| {
        chosen.retain(|id| facts.languages.iter().any(|known| known.0 == *id));
        (!chosen.is_empty()).then_some(chosen)
    });
    let Some(before) = before else { return };
    let now = |at: &u16| {
        let (name, _) = before.sources.get(usize::from(*at))?;
        let at = facts.sources.iter().position(|(known, _)| known == name)?;
        u16::try_from(at).ok()
    };
    look.sources = look.sources.take().and_then(|chosen| {
        let trackers: BTreeSet<u16> = chosen.trackers.iter().filter_map(now).collect();
        let git = chosen.git;
        (git || !trackers.is_empty()).then_some(Sources { git, trackers })
    });
}
