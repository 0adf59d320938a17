//! Forgetting, step by step: what, how much that takes, the typed word, and what was made sure.

use chrono::NaiveDate;

use crate::app::effect::Effect;
use crate::app::filter;
use crate::app::keys::page_key;
use crate::app::moves;
use crate::app::page::Page;
use crate::app::popup::{Entry, Popup};
use crate::app::state::State;
use crate::app::{projects, repository};
use crate::input::action::Action;
use crate::model::ids::RepoId;
use crate::model::text::Clean;

/// The word that has to be typed.
pub const WORD: &str = "forget";

/// What always stands beside "erased".
pub const REACH: &str = "In inward's files; not git, backups, snapshots or spare disk blocks.";

/// What can be forgotten from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A repository, with the commits that are in no other one.
    Repository(RepoId),
    /// Commits before this day.
    Before(NaiveDate),
}

/// How much would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takes {
    /// For what.
    pub target: Target,
    /// Commits of mine.
    pub commits: u64,
}

/// The steps.
#[derive(Clone, Debug)]
pub enum Step {
    /// Which: the repositories, then a day. The line under the cursor.
    Which(usize),
    /// A day is being typed.
    Day(Entry),
    /// The word is being typed; how much would go, once the worker has said it.
    Word {
        /// What is to go.
        target: Target,
        /// How much.
        takes: Option<u64>,
        /// The word so far.
        entry: Entry,
    },
    /// It is being done.
    Busy,
    /// It is done, or not: what was made sure.
    Done(Outcome),
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Gone, and looked for.
    Erased {
        /// Commits that went.
        commits: u64,
        /// Strings looked for in every file afterwards, none of them found; 0: in memory only.
        sought: usize,
    },
    /// Not done: why, and what to do.
    Failed(Clean),
}

/// Opens the box, where there is something to forget: over the page of a repository, or on its row of
/// Projects, the word for that one is asked for at once.
pub(in crate::app) fn open(state: &mut State) -> Vec<Effect> {
    if !may(state) {
        return Vec::new();
    }
    let opened = repository::opened(state).map(|detail| detail.repo);
    let on_page = state.page == Page::Projects && state.details.is_empty();
    let row = || projects::row(state).filter(|_| on_page);
    if let Some(repo) = opened.or_else(row) {
        return ask(state, Target::Repository(repo));
    }
    state.popup = Some(Popup::Forget(Step::Which(0)));
    Vec::new()
}

/// Whether something can be forgotten now; says why not.
fn may(state: &mut State) -> bool {
    let some = state.facts.as_ref().is_some_and(|f| !f.repos.is_empty());
    if !some {
        say(state, "there is nothing to forget");
        return false;
    }
    if state.facts.as_ref().is_some_and(|facts| facts.demo) {
        say(state, "these are generated data, gone when you leave");
        return false;
    }
    if state.scan.is_some() {
        let key = page_key(state, Action::Back);
        let said = format!("a scan is running: {key} stops it, then forget");
        say(state, &said);
        return false;
    }
    true
}

/// How much would go is known.
pub(in crate::app) fn counted(state: &mut State, found: Takes) {
    if let Some(Popup::Forget(Step::Word { target, takes, .. })) = &mut state.popup
        && *target == found.target
    {
        *takes = Some(found.commits);
    }
}

/// It is done, or not.
pub(in crate::app) fn done(state: &mut State, outcome: Outcome) {
    if matches!(state.popup, None | Some(Popup::Forget(_))) {
        // What was said of an earlier try does not stand beside what came of this one.
        state.toasts.seen();
        state.popup = Some(Popup::Forget(Step::Done(outcome)));
        return;
    }
    let failed = matches!(outcome, Outcome::Failed(_));
    let said = Clean::label(words(&outcome).as_bytes());
    state.toasts.say(said, failed, state.calendar.now);
}

/// The outcome in a sentence.
pub fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Erased { commits, sought } => {
            let noun = if *commits == 1 { "commit" } else { "commits" };
            let looked = match sought {
                0 => String::new(),
                n => format!(" Looked for {n} strings in every byte: none is left."),
            };
            format!("Erased: {commits} {noun}.{looked}")
        }
        Outcome::Failed(why) => format!("Not done: {why}"),
    }
}

/// Keys in the box.
pub(in crate::app) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if filter::edit(state, action) {
        return Vec::new();
    }
    let repos = state.facts.as_ref().map_or(0, |facts| facts.repos.len());
    let page = moves::page_rows(state);
    let Some(Popup::Forget(step)) = &mut state.popup else {
        return Vec::new();
    };
    if matches!(action, Action::Back | Action::Cancel) {
        let open = !matches!(step, Step::Done(_) | Step::Busy);
        state.popup = None;
        if open {
            say(state, "nothing was forgotten");
        }
        return Vec::new();
    }
    match (step, action) {
        (Step::Which(at), Action::Open) if *at == repos => {
            state.popup = Some(Popup::Forget(Step::Day(Entry::default())));
            Vec::new()
        }
        (Step::Which(at), Action::Open) => {
            let at = *at;
            let facts = state.facts.as_ref();
            let repo = facts
                .and_then(|facts| facts.repos.get(at))
                .map(|one| one.id);
            repo.map(|repo| ask(state, Target::Repository(repo)))
                .unwrap_or_default()
        }
        (Step::Which(at), _) => {
            *at = moves::in_list(*at, repos + 1, action, page);
            Vec::new()
        }
        (Step::Day(entry), Action::Accept) => {
            if let Ok(day) = entry.field.text().trim().parse() {
                return ask(state, Target::Before(day));
            }
            entry.problem = Some("a day such as 2024-01-31".to_owned());
            Vec::new()
        }
        (
            Step::Word {
                takes: None, entry, ..
            },
            Action::Accept,
        ) => {
            entry.problem = Some("counting what it takes, a moment".to_owned());
            Vec::new()
        }
        (Step::Word { target, entry, .. }, Action::Accept) => {
            if entry.field.text().trim() != WORD {
                entry.problem = Some(format!("type {WORD}, or leave"));
                return Vec::new();
            }
            let target = *target;
            state.popup = Some(Popup::Forget(Step::Busy));
            vec![Effect::Forget(target)]
        }
        (Step::Done(_), Action::Open) => {
            state.popup = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Asks for the word, and the worker how much would go.
fn ask(state: &mut State, target: Target) -> Vec<Effect> {
    state.popup = Some(Popup::Forget(Step::Word {
        target,
        takes: None,
        entry: Entry::default(),
    }));
    vec![Effect::WouldForget(target)]
}

fn say(state: &mut State, text: &str) {
    let text = Clean::label(text.as_bytes());
    state.toasts.say(text, false, state.calendar.now);
}
