//! The dialog: what is marked in it, and what is in force after Enter.

use std::collections::BTreeSet;

use super::{changed, look_for};
use crate::app::effect::Effect;
use crate::app::field::Field;
use crate::app::look::Look;
use crate::app::popup::Popup;
use crate::app::state::State;
use crate::app::view::{Facts, RepoLine};
use crate::app::{filter, moves};
use crate::input::action::Action;
use crate::model::ids::{LanguageId, RepoId};
use crate::model::selection::Sources;
use crate::model::text::Clean;

/// Where something was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Git.
    Git,
    /// The tracker at this position of [`Facts::sources`].
    Tracker(u16),
}

/// The dialog: what is marked in it, not in force before Enter.
#[derive(Clone, Debug, Default)]
pub struct Dialog {
    /// The row under the cursor, headings not counted.
    pub cursor: usize,
    /// The marked repositories; none = all.
    pub repos: BTreeSet<RepoId>,
    /// The marked languages; none = all.
    pub languages: BTreeSet<LanguageId>,
    /// The marked sources; none = all.
    pub sources: BTreeSet<Source>,
    /// The text; empty = any.
    pub text: Field,
    /// What the rows are filtered by.
    pub filter: Field,
    /// Which of the two has the focus.
    pub typing: Option<Typing>,
    /// Something was marked since it was opened.
    changed: bool,
}

/// What is being typed in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing {
    /// The filter of the rows.
    Filter,
    /// The text to look for; with what it was before.
    Text(String),
}

/// One line of the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// What the rows below it are.
    Heading(&'static str),
    /// The text.
    Text,
    /// A repository, its name, its commits.
    Repository(RepoId, Clean, u64),
    /// A language, its name, the commits that touch it.
    Language(LanguageId, Clean, u64),
    /// A source, its name, its commits or tasks.
    Source(Source, Clean, u64),
}

impl Dialog {
    /// The present choice.
    fn of(look: &Look) -> Self {
        let sources = look.sources.iter().flat_map(|chosen| {
            let git = chosen.git.then_some(Source::Git);
            let trackers = chosen.trackers.iter().copied().map(Source::Tracker);
            git.into_iter().chain(trackers)
        });
        Self {
            repos: look.repos.clone().unwrap_or_default(),
            languages: look.languages.clone().unwrap_or_default(),
            sources: sources.collect(),
            text: Field::new(look.text()),
            ..Self::default()
        }
    }

    /// Whether the row is marked.
    pub fn holds(&self, line: &Line) -> bool {
        match line {
            Line::Heading(_) => false,
            Line::Text => !self.text.text().trim().is_empty(),
            Line::Repository(id, ..) => self.repos.contains(id),
            Line::Language(id, ..) => self.languages.contains(id),
            Line::Source(source, ..) => self.sources.contains(source),
        }
    }

    /// The field with the focus.
    pub(in crate::app) fn field(&mut self) -> Option<&mut Field> {
        match self.typing.as_ref()? {
            Typing::Filter => Some(&mut self.filter),
            Typing::Text(_) => Some(&mut self.text),
        }
    }

    /// Another text stands in a field: rows shrink as one types.
    pub(in crate::app) fn typed(&mut self) {
        match self.typing {
            Some(Typing::Filter) => self.cursor = 0,
            _ => self.changed = true,
        }
    }

    fn toggle(&mut self, line: &Line) {
        self.changed = true;
        match line {
            Line::Heading(_) => {}
            Line::Text => self.typing = Some(Typing::Text(self.text.text().to_owned())),
            Line::Repository(id, ..) => flip(&mut self.repos, *id),
            Line::Language(id, ..) => flip(&mut self.languages, *id),
            Line::Source(source, ..) => flip(&mut self.sources, *source),
        }
    }
}

fn flip<T: Ord>(set: &mut BTreeSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

/// What the text is looked for in.
const TEXT: &str = "Text in summaries, titles, keys, paths, names";

/// The lines of the dialog that its filter leaves, with their headings.
pub fn lines(facts: &Facts, filter: &str) -> Vec<Line> {
    let words = filter.trim().to_lowercase();
    let holds = |name: &Clean| name.as_str().to_lowercase().contains(&words);
    let mut out = Vec::new();
    let mut section = |title, rows: Vec<Line>| {
        if !rows.is_empty() {
            out.push(Line::Heading(title));
            out.extend(rows);
        }
    };
    if words.is_empty() {
        section(TEXT, vec![Line::Text]);
    }
    let repos = facts.repos.iter().filter(|repo| holds(&repo.name));
    let repo = |repo: &RepoLine| Line::Repository(repo.id, repo.name.clone(), repo.commits);
    section("Repositories", repos.map(repo).collect());
    let languages = facts.languages.iter().filter(|(_, name, _)| holds(name));
    let language = |(id, name, n): &(LanguageId, Clean, u64)| Line::Language(*id, name.clone(), *n);
    section("Languages", languages.map(language).collect());
    let git = (Source::Git, Clean::label(b"git"), facts.commits);
    let tracker = |(at, (name, n)): (u16, &(Clean, u64))| (Source::Tracker(at), name.clone(), *n);
    let trackers = (0..).zip(&facts.sources).map(tracker);
    // Where there is git alone, there is nothing to choose.
    let all = [git].into_iter().chain(trackers);
    let all = all.filter(|(_, name, _)| !facts.sources.is_empty() && holds(name));
    let source = |(source, name, n)| Line::Source(source, name, n);
    section("Sources", all.map(source).collect());
    out
}

/// The lines that the cursor walks over.
fn rows(state: &State, dialog: &Dialog) -> Vec<Line> {
    let facts = state.facts.iter();
    let all = facts.flat_map(|facts| lines(facts, dialog.filter.text()));
    all.filter(|line| !matches!(line, Line::Heading(_)))
        .collect()
}

/// Opens the dialog with the present choice marked.
pub(in crate::app) fn open(state: &mut State) {
    state.popup = Some(Popup::Narrow(Box::new(Dialog::of(&state.look))));
}

/// Keys in the dialog. Space marks; Enter narrows to what is marked, or to the row under the cursor.
pub(in crate::app) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if state.is_typing() {
        return typing(state, action);
    }
    let page = moves::page_rows(state);
    let Some(Popup::Narrow(dialog)) = &state.popup else {
        return Vec::new();
    };
    let rows = rows(state, dialog);
    let Some(Popup::Narrow(dialog)) = &mut state.popup else {
        return Vec::new();
    };
    let here = rows.get(dialog.cursor);
    match action {
        Action::Filter => dialog.typing = Some(Typing::Filter),
        Action::Everything => {
            let cursor = dialog.cursor;
            **dialog = Dialog {
                cursor,
                changed: true,
                ..Dialog::default()
            };
        }
        Action::Mark => {
            if let Some(line) = here {
                dialog.toggle(line);
            }
        }
        Action::Open => {
            // Without a mark of this time the row under the cursor is meant.
            match here {
                Some(line) if !dialog.changed && !dialog.holds(line) => dialog.toggle(line),
                Some(line @ Line::Text) if !dialog.changed || !dialog.holds(line) => {
                    dialog.toggle(line);
                }
                _ => {}
            }
            if dialog.typing.is_none() {
                return apply(state);
            }
        }
        Action::Back if !dialog.filter.text().is_empty() => dialog.filter.clear(),
        Action::Back => state.popup = None,
        _ => dialog.cursor = moves::in_list(dialog.cursor, rows.len(), action, page),
    }
    Vec::new()
}

/// Keys while a text is typed.
fn typing(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let Some(Popup::Narrow(dialog)) = &mut state.popup else {
        return Vec::new();
    };
    match (action, dialog.typing.take()) {
        (Action::Accept, Some(Typing::Text(_))) => return apply(state),
        (Action::Accept | Action::Up | Action::Down, Some(Typing::Filter)) => {}
        (Action::Cancel | Action::Back, Some(Typing::Text(before))) => {
            dialog.text = Field::new(&before);
        }
        (Action::Cancel | Action::Back, Some(Typing::Filter)) => dialog.filter.clear(),
        (_, typing) => dialog.typing = typing,
    }
    Vec::new()
}

/// What is marked is in force.
fn apply(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Narrow(dialog)) = state.popup.take() else {
        return Vec::new();
    };
    let Some(facts) = &state.facts else {
        return Vec::new();
    };
    let (repos, languages) = (facts.repos.len(), facts.languages.len());
    let sources = facts.sources.len() + 1;
    let look = &mut state.look;
    look.repos = choice(dialog.repos, repos);
    look.languages = choice(dialog.languages, languages);
    look.sources = choice(dialog.sources, sources).map(|chosen| Sources {
        git: chosen.contains(&Source::Git),
        trackers: chosen.into_iter().filter_map(tracker).collect(),
    });
    let text = dialog.text.text().trim().to_owned();
    let effects = look_for(state, text);
    changed(state);
    effects
}

fn tracker(source: Source) -> Option<u16> {
    match source {
        Source::Git => None,
        Source::Tracker(at) => Some(at),
    }
}

/// A choice of none or of all `of` is no choice.
fn choice<T: Ord>(set: BTreeSet<T>, of: usize) -> Option<BTreeSet<T>> {
    (!set.is_empty() && set.len() < of).then_some(set)
}
