//! The pass itself: commit after commit, what it does to the lines of mine that it finds.

use std::rc::Rc;

use super::super::change::ChangeError;
use super::super::rename::Pairs;
use super::super::tree::{Difference, Entry};
use super::align;
use super::annotation::{Annotation, NONE, Numbers};
use super::files::{Files, Text, aligned};
use super::ledger::{Ledger, Turn};
use super::state::{Path, State};
use crate::model::ids::Oid;

/// What is asked of one commit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Commit {
    /// Its place in the order of the pass.
    pub(super) turn: Turn,
    /// Its tree.
    pub(super) tree: Oid,
    /// The lines it brings are mine and followed.
    pub(super) followed: bool,
    /// It changes form, not meaning.
    pub(super) reformat: bool,
    /// What stood before it is not known, so neither is what it brought.
    pub(super) is_cut: bool,
}

/// Follows lines through commits.
pub(super) struct Pass<'a> {
    pub(super) files: Files<'a>,
    pub(super) ledger: Ledger,
    /// Commits in which something could not be read.
    pub(super) unreadable: u64,
}

/// One file of a commit: what it was, and what it is.
#[derive(Clone, Copy)]
pub(super) struct Change<'d> {
    old: Option<(&'d [u8], Entry)>,
    new: Option<(&'d [u8], Entry)>,
}

impl Pass<'_> {
    /// A commit without parents at hand.
    pub(super) fn first(&mut self, commit: Commit) -> State {
        self.only(State::default(), commit)
    }

    /// A commit with one parent, whose files are `state`.
    pub(super) fn only(&mut self, mut state: State, commit: Commit) -> State {
        let is_new = commit.followed && !commit.is_cut;
        if commit.followed {
            self.ledger.follow(commit.turn);
        }
        if commit.followed && commit.is_cut {
            self.ledger.unknown(commit.turn);
        }
        if state.is_empty() && !is_new {
            state.tree = Some(commit.tree);
            return state;
        }
        let commit = Commit {
            followed: is_new,
            ..commit
        };
        if self.change(&mut state, commit).is_err() {
            self.give_up(&mut state, commit);
        }
        state.tree = Some(commit.tree);
        state
    }

    /// A commit whose folders cannot be read: nobody can say what became of any line.
    pub(super) fn give_up(&mut self, state: &mut State, commit: Commit) {
        self.unreadable += 1;
        if commit.followed {
            self.ledger.unknown(commit.turn);
        }
        let all = state.files().flat_map(|(_, lines)| lines.numbers());
        self.ledger.lose(&Numbers::of(all));
        *state = State::default();
    }

    fn change(&mut self, state: &mut State, commit: Commit) -> Result<(), ChangeError> {
        let found = self.files.differences(state.tree, commit.tree)?;
        let held = |this: &Self, one: &Difference| {
            let path = this.files.find(one.path.as_bytes());
            one.old.is_some() && path.is_some_and(|path| state.get(path).is_some())
        };
        if !commit.followed && !found.iter().any(|one| held(self, one)) {
            return Ok(());
        }
        // Without a line of mine in what goes, it does not matter where it went.
        let goes = |this: &Self, one: &Difference| one.new.is_none() && held(this, one);
        let pairs = if commit.followed || found.iter().any(|one| goes(self, one)) {
            self.files.renames(&found)?
        } else {
            Pairs::default()
        };
        let mut unreadable = false;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut left: Vec<Path> = Vec::new();
        let mut written: Vec<(Path, Option<Rc<Annotation>>)> = Vec::new();
        for change in changes(&found, &pairs) {
            let old_path = change.old.and_then(|(path, _)| self.files.find(path));
            let old = old_path.and_then(|path| state.get(path)).cloned();
            let path = match (change.new, &old) {
                // Others' files are not even looked at.
                (Some(_), None) if !commit.followed => None,
                (Some((path, _)), _) => self.files.counted(path),
                (None, _) => None,
            };
            let new = match (path, change.new) {
                (Some(_), Some((_, entry))) => self.file(change, entry, old.as_ref(), commit),
                _ => Ok(None),
            };
            let new = new.unwrap_or_else(|_unreadable| {
                unreadable = true;
                let lost = old.iter().flat_map(|lines| lines.numbers());
                self.ledger.lose(&Numbers::of(lost));
                None
            });
            before.extend(old.iter().flat_map(|lines| lines.numbers()));
            after.extend(new.iter().flat_map(|lines| lines.numbers()));
            if let (Some(_), Some(old_path)) = (&old, old_path)
                && path != Some(old_path)
            {
                left.push(old_path);
            }
            if let Some(path) = path {
                written.push((path, new));
            }
        }
        let gone = self.ledger.gone(&Numbers::of(before), &Numbers::of(after));
        self.ledger.end(&gone, commit.turn);
        // First what is left: another file may have come to that path.
        for path in left {
            state.set(path, None);
        }
        for (path, lines) in written {
            state.set(path, lines);
        }
        if unreadable {
            self.unreadable += 1;
            self.ledger.unknown(commit.turn);
        }
        Ok(())
    }

    /// The lines of one counted file after `commit`; `None` when none is mine.
    fn file(
        &mut self,
        change: Change<'_>,
        now: Entry,
        old: Option<&Rc<Annotation>>,
        commit: Commit,
    ) -> Result<Option<Rc<Annotation>>, ChangeError> {
        let before = change.old.map(|(_, entry)| entry);
        if before.is_some_and(|before| before.oid == now.oid) {
            return Ok(old.cloned());
        }
        if old.is_none() && !commit.followed {
            return Ok(None);
        }
        let Text::Lines(new) = self.files.text(Some(now))? else {
            return Ok(None);
        };
        let before = self.files.text(before)?;
        if let (true, Text::Lines(before)) = (commit.reformat, &before) {
            return Ok(old.map(|old| Rc::new(self.reformatted(old, before, &new))));
        }
        let alignment = aligned(&before, &new)?;
        let ledger = &mut self.ledger;
        let lines = Annotation::carried(old.map(Rc::as_ref), &alignment, |lines| {
            if commit.followed {
                ledger.born(commit.turn, lines)
            } else {
                NONE
            }
        });
        Ok(Some(Rc::new(lines)))
    }

    /// The lines of a file after a commit that only changed its form: none is new, none is gone.
    /// What stands in one line now lives on together.
    pub(super) fn reformatted(
        &mut self,
        old: &Annotation,
        before: &[u8],
        now: &[u8],
    ) -> Annotation {
        let to = align::loosely(before, now);
        let mut lines = vec![NONE; super::super::lines::lines_in(now)];
        for (number, to) in old.lines().into_iter().zip(to) {
            if let Some(line) = lines.get_mut(to as usize) {
                *line = self.ledger.unite(*line, number);
            }
        }
        Annotation::of(lines)
    }
}

/// The files that changed, renames as one.
fn changes<'d>(found: &'d [Difference], pairs: &'d Pairs) -> impl Iterator<Item = Change<'d>> {
    let side = |one: &'d Difference, entry: Option<Entry>| Some((one.path.as_bytes(), entry?));
    found.iter().enumerate().filter_map(move |(at, one)| {
        let old = match pairs.source_of(at) {
            Some(source) => side(&found[source], found[source].old),
            None if pairs.is_source(at) => return None,
            None => side(one, one.old),
        };
        Some(Change {
            old,
            new: side(one, one.new),
        })
    })
}
