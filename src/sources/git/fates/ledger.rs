//! The life of each line of mine by its number: who brought it, and what took it away first.

use rustc_hash::{FxHashMap, FxHashSet};

use super::annotation::{NONE, Numbers};
use super::state::State;
use crate::model::fates::{Death, LineFate};
use crate::model::ids::Oid;

/// A commit's place in the order of the pass.
pub(super) type Turn = u32;

/// Instead of what took a line away: it can no longer be followed.
const LOST: u32 = u32::MAX;

/// What the pass knows of lines by their numbers.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The first number of each portion of lines, and the commit that brought it.
    portions: Vec<(u32, Turn)>,
    /// By number: the commit that took the line away, plus one; 0 = none; or [`LOST`].
    ends: Vec<u32>,
    /// Numbers of one line that came on two ways: both live as long as the second one.
    same_as: FxHashMap<u32, u32>,
    /// Commits whose lines are unknown.
    unknown: FxHashSet<Turn>,
    /// Commits that were followed.
    followed: Vec<Turn>,
}

/// What a turn was: the commit, its day, and whether it is mine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doing {
    /// The commit.
    pub(super) oid: Oid,
    /// The author's day, days from 1970-01-01.
    pub(super) day: i32,
    /// A commit of mine.
    pub(super) mine: bool,
}

impl Ledger {
    /// Notes that a commit of mine takes its turn.
    pub(super) fn follow(&mut self, turn: Turn) {
        self.followed.push(turn);
    }

    /// How many commits were followed.
    pub(super) fn commits(&self) -> u64 {
        self.followed.len() as u64
    }

    /// Numbers for `lines` new lines that the commit at `turn` brings; the first of them.
    pub(super) fn born(&mut self, turn: Turn, lines: u32) -> u32 {
        let first = u32::try_from(self.ends.len()).unwrap_or(NONE);
        // Beyond four thousand million lines nothing is followed any more.
        if first.checked_add(lines).is_none_or(|end| end == NONE) {
            self.unknown.insert(turn);
            return NONE;
        }
        if self.portions.last().is_none_or(|last| last.1 != turn) {
            self.portions.push((first, turn));
        }
        self.ends.resize(self.ends.len() + lines as usize, 0);
        first
    }

    /// The lines of the commit at `turn` cannot be known.
    pub(super) fn unknown(&mut self, turn: Turn) {
        self.unknown.insert(turn);
    }

    /// The commit at `turn` takes these lines away, where none did before.
    pub(super) fn end(&mut self, lines: &Numbers, turn: Turn) {
        for number in lines.iter() {
            let end = &mut self.ends[number as usize];
            if *end == 0 {
                *end = turn + 1;
            }
        }
    }

    /// What becomes of these lines can no longer be known.
    pub(super) fn lose(&mut self, lines: &Numbers) {
        for number in lines.iter() {
            self.ends[number as usize] = LOST;
        }
    }

    /// The lines of `before` that are not among those of `after`, under whatever number.
    pub(super) fn gone(&self, before: &Numbers, after: &Numbers) -> Numbers {
        let gone = before.without(after);
        if gone.is_empty() || self.same_as.is_empty() {
            return gone;
        }
        let shared = after
            .iter()
            .filter(|number| self.same_as.contains_key(number));
        let shared: FxHashSet<u32> = shared.map(|number| self.standing(number)).collect();
        let is_gone = |number: &u32| {
            let standing = self.standing(*number);
            !after.contains(standing) && !shared.contains(&standing)
        };
        Numbers::of(gone.iter().filter(is_gone).map(|number| number..number + 1))
    }

    /// Those of `lines` that nothing took away so far.
    pub(super) fn not_ended(&self, lines: &Numbers) -> Numbers {
        let left = lines.iter().filter(|number| !self.has_ended(*number));
        Numbers::of(left.map(|number| number..number + 1))
    }

    /// Whether something took the line away, on some way.
    fn has_ended(&self, number: u32) -> bool {
        let mut at = Some(number);
        while let Some(one) = at {
            if self.ends[one as usize] != 0 {
                return true;
            }
            at = self.same_as.get(&one).copied();
        }
        false
    }

    /// The number that stands for all numbers of its line.
    pub(super) fn standing(&self, number: u32) -> u32 {
        let mut number = number;
        while let Some(next) = self.same_as.get(&number) {
            number = *next;
        }
        number
    }

    /// One line under two numbers ([`NONE`]: not mine): the one it has from now on.
    pub(super) fn unite(&mut self, kept: u32, other: u32) -> u32 {
        if kept == NONE || other == NONE {
            return if kept == NONE { other } else { kept };
        }
        let (root, from) = (self.standing(kept), self.standing(other));
        if root != from {
            self.same_as.insert(from, root);
        }
        kept
    }

    /// The fates of all followed commits, those with unknown lines left out: what is in one of
    /// `tips` and was never taken away, or is in all of them, is alive. Counts the lines that got
    /// lost on the way, which no fate counts.
    pub(super) fn sum(&self, tips: &[&State], turns: &[Doing]) -> (Vec<LineFate>, u64) {
        let standing = self.present(tips);
        let mut lost = 0;
        let mut fates: FxHashMap<Turn, LineFate> = FxHashMap::default();
        for turn in self
            .followed
            .iter()
            .filter(|turn| !self.unknown.contains(turn))
        {
            let fate = LineFate {
                oid: turns[*turn as usize].oid,
                born: 0,
                died: Vec::new(),
            };
            fates.insert(*turn, fate);
        }
        let ends = self.portions.iter().skip(1).map(|portion| portion.0);
        let ends = ends.chain([u32::try_from(self.ends.len()).unwrap_or(NONE)]);
        for ((first, turn), end) in self.portions.iter().zip(ends) {
            let Some(fate) = fates.get_mut(turn) else {
                continue;
            };
            let mut died: FxHashMap<(i32, bool), u32> = FxHashMap::default();
            for number in *first..end {
                match self.end_of(number, &standing, tips.len()) {
                    End::Alive => fate.born += 1,
                    End::Lost => lost += 1,
                    End::At(turn) => {
                        fate.born += 1;
                        let by = turns[turn as usize];
                        *died.entry((by.day, by.mine)).or_default() += 1;
                    }
                }
            }
            let deaths = died.into_iter();
            let deaths = deaths.map(|((day, by_me), lines)| Death { day, by_me, lines });
            fate.died.extend(deaths);
            fate.died.sort_unstable();
        }
        let mut fates: Vec<LineFate> = fates.into_values().collect();
        fates.sort_unstable_by_key(|fate| fate.oid);
        (fates, lost)
    }

    /// In which tips each line is, one bit a tip, by its standing number.
    fn present(&self, tips: &[&State]) -> Vec<u8> {
        let mut present = vec![0_u8; self.ends.len()];
        for (bit, tip) in (0..8).zip(tips) {
            let files = tip.files().flat_map(|(_, lines)| lines.numbers());
            for number in files.flatten() {
                present[self.standing(number) as usize] |= 1 << bit;
            }
        }
        present
    }

    fn end_of(&self, number: u32, present: &[u8], tips: usize) -> End {
        let mut first = LOST;
        let mut at = number;
        loop {
            match self.ends[at as usize] {
                0 => {}
                LOST => return End::Lost,
                end => first = first.min(end),
            }
            match self.same_as.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        let seen = present[at as usize].count_ones() as usize;
        match first {
            _ if seen > 0 && seen == tips => End::Alive,
            LOST if seen > 0 => End::Alive,
            LOST => End::Lost,
            end => End::At(end - 1),
        }
    }
}

/// What became of a line.
enum End {
    Alive,
    Lost,
    At(Turn),
}
