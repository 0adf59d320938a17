//! The scan behind the screen, and adding a path.

use super::effect::Effect;
use super::keys;
use super::message::{ScanEnd, ScanNews};
use super::state::State;
use crate::input::action::Action;
use crate::model::text::Clean;

/// The running scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The repository being read, from 1; 0 before the first.
    pub index: usize,
    /// How many repositories there are.
    pub of: usize,
    /// Its name.
    pub name: Clean,
    /// Commits walked in it.
    pub walked: u64,
    /// Commits of mine added so far.
    pub added: u64,
    /// The owner asked for it; others begin by themselves.
    pub asked: bool,
    /// The owner asked to stop.
    pub stopping: bool,
}

/// Starts or stops a scan.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if let (Some(scan), Action::StopScan) = (&mut state.scan, action) {
        scan.stopping = true;
        return vec![Effect::StopScan];
    }
    match (&state.scan, action) {
        (Some(_), _) => {
            let key = keys::page_key(state, Action::Back);
            say(state, &format!("a scan is running already; {key} stops it"));
            Vec::new()
        }
        (None, Action::StopScan) => Vec::new(),
        (None, _) if state.facts.as_ref().is_some_and(|facts| facts.demo) => {
            say(state, "these are generated data; there is nothing to read");
            Vec::new()
        }
        (None, _) => {
            state.scan = Some(Scan {
                asked: true,
                ..Scan::default()
            });
            let full = action == Action::RescanAll;
            vec![Effect::Scan { full }]
        }
    }
}

/// News of the scan. Problems are said one by one and stay in the messages.
pub(super) fn news(state: &mut State, news: ScanNews) {
    match news {
        ScanNews::Finished(end) => finished(state, &end),
        other => {
            let scan = state.scan.get_or_insert_default();
            match other {
                ScanNews::Repository { index, of, name } => {
                    scan.index = index;
                    scan.of = of;
                    scan.name = name;
                    scan.walked = 0;
                }
                ScanNews::Walked(commits) => scan.walked = commits,
                ScanNews::Added(commits) => scan.added = commits,
                ScanNews::Finished(_) => {}
            }
        }
    }
}

fn finished(state: &mut State, end: &ScanEnd) {
    let asked = state.scan.take().is_some_and(|scan| scan.asked);
    match (end.stopped, end.added) {
        (true, read) => say(
            state,
            &format!("scan stopped; {} read so far stay", commits(read)),
        ),
        // A scan that nobody asked for and that found nothing must not push away an answer.
        (false, 0) if !asked => {}
        (false, 0) => say(state, "nothing new"),
        (false, added) => say(state, &format!("{} added", commits(added))),
    }
    let now = state.calendar.now;
    for problem in &end.problems {
        state.toasts.say(problem.clone(), true, now);
    }
}

fn commits(count: u64) -> String {
    let word = if count == 1 { "commit" } else { "commits" };
    format!("{count} {word}")
}

fn say(state: &mut State, text: &str) {
    let text = Clean::label(text.as_bytes());
    state.toasts.say(text, false, state.calendar.now);
}
