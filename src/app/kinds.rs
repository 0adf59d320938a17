//! The kinds of rows that the log lists, and the menu that chooses them.

use super::effect::Effect;
use super::moves;
use super::popup::Popup;
use super::state::State;
use crate::input::action::Action;

/// What a row of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A commit.
    Commit,
    /// What happened to a task of mine on one day.
    Task,
    /// What happened to a pull request of mine on one day.
    Pull,
    /// A review that I gave.
    Review,
    /// Recorded time.
    Time,
    /// A run of acts.
    Session,
    /// A note or an event of the owner's.
    Note,
}

impl Kind {
    /// Every kind, in the order of the menu, which is the order of a list by size.
    pub const ALL: [Self; 7] = [
        Self::Task,
        Self::Pull,
        Self::Review,
        Self::Commit,
        Self::Session,
        Self::Time,
        Self::Note,
    ];

    /// The word in a row.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Task => "task",
            Self::Pull => "pull req",
            Self::Review => "review",
            Self::Time => "time",
            Self::Session => "session",
            Self::Note => "note",
        }
    }

    /// Many of them.
    pub fn many(self) -> &'static str {
        match self {
            Self::Commit => "commits",
            Self::Task => "tasks",
            Self::Pull => "pull requests",
            Self::Review => "reviews",
            Self::Time => "recorded time",
            Self::Session => "sessions",
            Self::Note => "notes",
        }
    }

    fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// Some kinds; never none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

impl Default for Kinds {
    fn default() -> Self {
        Self(Kind::ALL.iter().fold(0, |all, kind| all | kind.bit()))
    }
}

impl Kinds {
    /// This one alone.
    pub fn only(kind: Kind) -> Self {
        Self(kind.bit())
    }

    /// These; all where there is none.
    pub fn of(kinds: impl IntoIterator<Item = Kind>) -> Self {
        let all = kinds.into_iter().fold(0, |all, kind| all | kind.bit());
        if all == 0 { Self::default() } else { Self(all) }
    }

    /// Whether `kind` is among them.
    pub fn has(self, kind: Kind) -> bool {
        self.0 & kind.bit() != 0
    }

    /// Every kind.
    pub fn is_all(self) -> bool {
        self == Self::default()
    }

    /// Those that are among them, in the order of the menu.
    pub fn each(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |kind| self.has(*kind))
    }

    /// The only one, where there is one alone.
    pub fn single(self) -> Option<Kind> {
        let mut each = self.each();
        let first = each.next();
        first.filter(|_| each.next().is_none())
    }
}

/// The menu of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KindPick {
    /// The line under the cursor; 0 is "everything".
    pub cursor: usize,
    picked: u8,
}

impl KindPick {
    /// Whether the line at `at` is marked; nothing marked is everything.
    pub fn marks(&self, at: usize) -> bool {
        match at.checked_sub(1).and_then(|at| Kind::ALL.get(at)) {
            Some(kind) => self.picked & kind.bit() != 0,
            None => self.picked == 0,
        }
    }
}

/// Opens the menu with the present choice marked.
pub(super) fn open(state: &mut State) {
    let Some(list) = state.list() else {
        return;
    };
    let picked = if list.kinds.is_all() { 0 } else { list.kinds.0 };
    state.popup = Some(Popup::Kinds(KindPick { cursor: 0, picked }));
}

/// Keys in the menu. Space marks; Enter lists the marked ones, or the one under the cursor.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let page = moves::page_rows(state);
    let Some(Popup::Kinds(pick)) = &mut state.popup else {
        return Vec::new();
    };
    let total = Kind::ALL.len() + 1;
    let here = pick.cursor.checked_sub(1).and_then(|at| Kind::ALL.get(at));
    match action {
        Action::Back => state.popup = None,
        Action::Mark => {
            // On "everything" the cursor stays: Enter then lists everything, not the row below.
            if let Some(kind) = here {
                pick.picked ^= kind.bit();
                pick.cursor = (pick.cursor + 1).min(total - 1);
            } else {
                pick.picked = 0;
            }
        }
        Action::Open => {
            let kinds = match (pick.picked, here) {
                (0, None) => Kinds::default(),
                (0, Some(kind)) => Kinds::only(*kind),
                (picked, _) => Kinds(picked),
            };
            state.popup = None;
            if let Some(list) = state.list_mut() {
                list.set_kinds(kinds);
            }
        }
        _ => pick.cursor = moves::in_list(pick.cursor, total, action, page),
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart_and_one_alone_is_named() {
        assert_eq!(Kinds::default().each().count(), 7);
        assert_eq!(Kinds::default().single(), None);
        for kind in Kind::ALL {
            assert_eq!(Kinds::only(kind).single(), Some(kind));
            assert_eq!(Kinds::only(kind).each().collect::<Vec<_>>(), [kind]);
        }
    }
}
