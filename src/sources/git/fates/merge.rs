//! Merges: a line that came from any side and stands in the result lives.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::change::ChangeError;
use super::super::rename::Pairs;
use super::super::tree::{Difference, Entry};
use super::annotation::{Annotation, NONE, Numbers};
use super::files::{Text, aligned};
use super::pass::{Commit, Pass};
use super::state::{Path, State};

/// A side of a merge: its files, and in what the result differs from them.
struct Side {
    state: State,
    found: Vec<Difference>,
}

/// The sides with what makes them quick to ask.
struct Sides<'s> {
    all: &'s [Side],
    /// By side: where each path stands in its differences.
    places: Vec<FxHashMap<&'s [u8], usize>>,
    /// By side: its renames, where they matter.
    pairs: Vec<Pairs>,
}

/// A file of one side out of which one of the result came.
struct Layer {
    lines: Option<Rc<Annotation>>,
    entry: Entry,
}

impl Pass<'_> {
    /// A merge of commits whose files are `states`, the first parent's first.
    pub(super) fn merge(&mut self, states: Vec<State>, commit: Commit) -> State {
        let is_new = commit.followed && !commit.is_cut;
        if commit.followed {
            self.ledger.follow(commit.turn);
        }
        if commit.followed && commit.is_cut {
            self.ledger.unknown(commit.turn);
        }
        let nothing = State::of(commit.tree);
        if states.iter().all(State::is_empty) && !is_new {
            return nothing;
        }
        let commit = Commit {
            followed: is_new,
            ..commit
        };
        let mut sides = Vec::with_capacity(states.len());
        let mut failed = false;
        for state in states {
            let found = self.files.differences(state.tree, commit.tree);
            failed |= found.is_err();
            let found = found.unwrap_or_default();
            sides.push(Side { state, found });
        }
        if failed {
            for side in &mut sides {
                self.give_up(&mut side.state, commit);
            }
            return nothing;
        }
        let mut state = self.join(&sides, commit);
        state.tree = Some(commit.tree);
        state
    }

    fn join(&mut self, all: &[Side], commit: Commit) -> State {
        let sides = self.sides(all, commit);
        let mut state = all[0].state.clone();
        self.unite_equal(&mut state, &sides);
        let mut combined = Vec::new();
        let mut failed = false;
        for one in &all[0].found {
            let path = one.path.as_bytes();
            let Some(now) = one.new else {
                if let Some(path) = self.files.find(path) {
                    state.set(path, None);
                }
                continue;
            };
            let equal = sides
                .places
                .iter()
                .position(|places| !places.contains_key(path));
            if let Some(equal) = equal {
                if let Some(path) = self.files.find(path) {
                    state.set(path, all[equal].state.get(path).cloned());
                }
                continue;
            }
            let layers = self.layers(&sides, path);
            match self.combine(path, now, &layers, commit) {
                Ok(None) => {}
                Ok(Some((path, lines))) => {
                    combined.push(path);
                    state.set(path, lines);
                }
                Err(_) => {
                    failed = true;
                    let lines = layers.iter().flat_map(|layer| &layer.lines);
                    let lost = Numbers::of(lines.flat_map(|lines| lines.numbers()));
                    self.ledger.lose(&lost);
                    if let Some(path) = self.files.find(path) {
                        state.set(path, None);
                    }
                }
            }
        }
        for side in all {
            failed |= self.look_again(&mut state, side, &combined).is_err();
        }
        for side in all {
            self.end_of_side(&state, side, commit);
        }
        if failed {
            self.unreadable += 1;
            self.ledger.unknown(commit.turn);
        }
        state
    }

    fn sides<'s>(&mut self, all: &'s [Side], commit: Commit) -> Sides<'s> {
        let index = |side: &'s Side| {
            let paths = side.found.iter().map(|one| one.path.as_bytes());
            paths.zip(0..).collect::<FxHashMap<&[u8], usize>>()
        };
        let places: Vec<_> = all.iter().map(index).collect();
        let is_new_everywhere = |one: &Difference| {
            one.old.is_none()
                && places
                    .iter()
                    .all(|side| side.contains_key(one.path.as_bytes()))
        };
        let mut pairs = Vec::with_capacity(all.len());
        for side in all {
            let goes = |one: &Difference| {
                let path = self.files.find(one.path.as_bytes());
                one.new.is_none() && path.is_some_and(|path| side.state.get(path).is_some())
            };
            let matters = side.found.iter().any(is_new_everywhere)
                && (commit.followed || side.found.iter().any(goes));
            // Unread, the file counts as new: its lines end here.
            let found = matters.then(|| self.files.renames(&side.found));
            pairs.push(found.and_then(Result::ok).unwrap_or_default());
        }
        Sides { all, places, pairs }
    }

    /// Files that the first side and another have alike, known to be mine in different ways: a
    /// change that was made on both.
    fn unite_equal(&mut self, state: &mut State, sides: &Sides<'_>) {
        for (at, side) in sides.all.iter().enumerate().skip(1) {
            for (path, lines) in state.unlike(&side.state) {
                let name = self.files.path(path);
                if sides.places[0].contains_key(name) || sides.places[at].contains_key(name) {
                    continue;
                }
                let united = match state.get(path) {
                    None => lines,
                    Some(mine) => Rc::new(self.united(mine, &lines)),
                };
                state.set(path, Some(united));
            }
        }
    }

    /// One content annotated in two ways.
    fn united(&mut self, kept: &Annotation, other: &Annotation) -> Annotation {
        let both = kept.lines().into_iter().zip(other.lines());
        let lines: Vec<u32> = both
            .map(|(kept, other)| self.ledger.unite(kept, other))
            .collect();
        Annotation::of(lines)
    }

    /// What the file at `path`, which no side has as it is, may have come from.
    fn layers(&self, sides: &Sides<'_>, path: &[u8]) -> Vec<Layer> {
        let each = sides.all.iter().zip(&sides.places).zip(&sides.pairs);
        let layer = |((side, places), pairs): ((&Side, &FxHashMap<&[u8], usize>), &Pairs)| {
            let at = *places.get(path)?;
            let one = match side.found[at].old {
                Some(_) => &side.found[at],
                None => &side.found[pairs.source_of(at)?],
            };
            let number = self.files.find(one.path.as_bytes());
            Some(Layer {
                lines: number.and_then(|path| side.state.get(path)).cloned(),
                entry: one.old?,
            })
        };
        each.filter_map(layer).collect()
    }

    /// The lines of a file that no side has as it is; `None` when nobody needs to know.
    #[expect(
        clippy::type_complexity,
        reason = "a file and its lines, as a state takes them"
    )]
    fn combine(
        &mut self,
        path: &[u8],
        now: Entry,
        layers: &[Layer],
        commit: Commit,
    ) -> Result<Option<(Path, Option<Rc<Annotation>>)>, ChangeError> {
        if !commit.followed && layers.iter().all(|layer| layer.lines.is_none()) {
            return Ok(None);
        }
        let Some(path) = self.files.counted(path) else {
            return Ok(None);
        };
        let Text::Lines(now) = self.files.text(Some(now))? else {
            return Ok(Some((path, None)));
        };
        let mut slots: Vec<Option<u32>> = vec![None; super::super::lines::lines_in(&now)];
        for layer in layers {
            let before = self.files.text(Some(layer.entry))?;
            self.lay(&mut slots, layer.lines.as_deref(), (&before, &now), commit)?;
        }
        let is_new = commit.followed && (!commit.reformat || layers.is_empty());
        let lines: Vec<u32> = slots
            .into_iter()
            .map(|slot| match slot {
                Some(number) => number,
                None if is_new => self.ledger.born(commit.turn, 1),
                None => NONE,
            })
            .collect();
        Ok(Some((path, Some(Rc::new(Annotation::of(lines))))))
    }

    /// Lays what one side knows of a file over what is known of it already.
    fn lay(
        &mut self,
        slots: &mut [Option<u32>],
        lines: Option<&Annotation>,
        (before, now): (&Text, &[u8]),
        commit: Commit,
    ) -> Result<(), ChangeError> {
        let fill = |slot: &mut Option<u32>, number: u32, ledger: &mut super::ledger::Ledger| {
            *slot = Some(match *slot {
                Some(kept) => ledger.unite(kept, number),
                None => number,
            });
        };
        if let (true, Text::Lines(before), Some(lines)) = (commit.reformat, before, lines) {
            let through = self.reformatted(lines, before, now).lines();
            for (slot, number) in slots.iter_mut().zip(through) {
                fill(slot, number, &mut self.ledger);
            }
            return Ok(());
        }
        let numbers = lines.map(Annotation::lines).unwrap_or_default();
        for common in aligned(before, now)?.common {
            let (old, new) = (common.old as usize, common.new as usize);
            for at in 0..common.lines as usize {
                let number = numbers.get(old + at).copied().unwrap_or(NONE);
                fill(&mut slots[new + at], number, &mut self.ledger);
            }
        }
        Ok(())
    }

    /// Lines of a side that nothing took away so far, in files that were taken from another side:
    /// the same change may have come there on another way, and then it stands there still.
    fn look_again(
        &mut self,
        state: &mut State,
        side: &Side,
        combined: &[Path],
    ) -> Result<(), ChangeError> {
        for one in &side.found {
            let (Some(old), Some(new)) = (one.old, one.new) else {
                continue;
            };
            let Some(path) = self.files.find(one.path.as_bytes()) else {
                continue;
            };
            let Some(lines) = side.state.get(path).filter(|_| !combined.contains(&path)) else {
                continue;
            };
            let kept = state.get(path).cloned().unwrap_or_default();
            let numbers = |lines: &Annotation| Numbers::of(lines.numbers());
            let gone = self.ledger.gone(&numbers(lines), &numbers(&kept));
            if self.ledger.not_ended(&gone).is_empty() {
                continue;
            }
            let (Text::Lines(before), Text::Lines(now)) =
                (self.files.text(Some(old))?, self.files.text(Some(new))?)
            else {
                continue;
            };
            let alignment = aligned(&Text::Lines(before), &now)?;
            let through = Annotation::carried(Some(lines), &alignment, |_| NONE);
            let united = if kept.has_mine() {
                self.united(&kept, &through)
            } else {
                through
            };
            state.set(path, Some(Rc::new(united)));
        }
        Ok(())
    }

    /// What of a side's lines neither stands in the result nor had ended before ends here.
    fn end_of_side(&mut self, state: &State, side: &Side, commit: Commit) {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for one in &side.found {
            let Some(path) = self.files.find(one.path.as_bytes()) else {
                continue;
            };
            let numbers = |state: &State| {
                let lines = state.get(path).cloned();
                lines.map_or_else(Vec::new, |lines| lines.numbers().collect())
            };
            if one.old.is_some() {
                before.extend(numbers(&side.state));
            }
            if one.new.is_some() {
                after.extend(numbers(state));
            }
        }
        let gone = self.ledger.gone(&Numbers::of(before), &Numbers::of(after));
        let gone = self.ledger.not_ended(&gone);
        self.ledger.end(&gone, commit.turn);
    }
}
