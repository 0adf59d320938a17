//! Keys that do nothing on this screen: the help names them apart.

use super::page::Page;
use super::state::{Detail, State};
use crate::input::action::Action;

/// What is shown, as far as keys ask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Page(Page),
    Figure,
    Commit,
    Task,
    Table,
    Repository,
    Drafts,
}

fn shown(state: &State) -> Shown {
    match state.details.last() {
        None => Shown::Page(state.page),
        Some(Detail::Figure(_)) => Shown::Figure,
        Some(Detail::Commit(_)) => Shown::Commit,
        Some(Detail::Task(_)) => Shown::Task,
        Some(Detail::Table(_)) => Shown::Table,
        Some(Detail::Repository(_)) => Shown::Repository,
        Some(Detail::Draft(_)) => Shown::Drafts,
    }
}

/// Whether `action` has nothing to do on what is shown. A test presses every key everywhere and holds
/// this to what happens.
pub fn is_idle(state: &State, action: Action) -> bool {
    use Page::{Flow, Goals, Overview, Privacy, Projects, Rhythm, Trends, Work};
    let shown = shown(state);
    let page = |all: &[Page]| matches!(shown, Shown::Page(page) if all.contains(&page));
    let detail = |all: &[Shown]| all.contains(&shown);
    let works = match action {
        Action::Copy => {
            page(&[Work]) || detail(&[Shown::Figure, Shown::Commit, Shown::Task, Shown::Drafts])
        }
        Action::Remove => {
            page(&[Work, Goals]) || detail(&[Shown::Figure, Shown::Commit, Shown::Task])
        }
        Action::Correct => page(&[Work]) || detail(&[Shown::Figure, Shown::Task]),
        Action::Sort | Action::Reverse => page(&[Work]) || detail(&[Shown::Figure]),
        Action::Split => page(&[Trends, Flow, Projects]),
        Action::Mark => {
            page(&[Trends, Work, Projects, Goals]) || detail(&[Shown::Figure, Shown::Repository])
        }
        Action::Left | Action::Right => {
            page(&[Overview, Trends, Rhythm, Flow, Projects]) || detail(&[Shown::Drafts])
        }
        Action::Compare => {
            page(&[Overview, Trends, Rhythm, Flow, Projects]) || detail(&[Shown::Repository])
        }
        Action::NextPanel | Action::PreviousPanel => {
            page(&[Overview, Trends, Rhythm, Flow, Projects, Privacy])
                || detail(&[Shown::Figure, Shown::Repository, Shown::Drafts])
        }
        Action::Open => !detail(&[Shown::Commit, Shown::Drafts, Shown::Table]),
        Action::Drafts => !detail(&[Shown::Drafts]),
        _ => true,
    };
    !works
}
