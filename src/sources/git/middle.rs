//! The lines that differ as a block, numbered, and what git leaves over of them.
//!
//! Git gives up on a line that stands often in the other file (as often as a power-of-two root
//! of its own file's line count, at most 1,024 times) when it lies amid lines that the other
//! file does not have at all. Where it does so decides the counts.

use memchr::memchr_iter;

use super::numbers::Numbers;

/// How far git looks around a frequent line, in lines each way.
const WINDOW: usize = 100;

/// Of lines that the other file does not have at all, so many must be in view at least before
/// git gives up on a frequent line among them.
const LEAST_ABSENT: usize = 7;

/// From so many lines without a counterpart on, it is worth knowing them exactly.
const WORTH_COUNTING: usize = 100;

/// Room for more lines than this is made when they come.
const MOST_ROOM: usize = 1 << 14;

/// The lines of both middles, each distinct one under a number.
pub(super) struct Table<'t> {
    numbers: Numbers<'t>,
    /// By number: how often the line stands in the old middle, in the new one, and in what
    /// both files have in common around them (counted only on demand).
    times: Vec<[u32; 3]>,
}

const OLD: usize = 0;
const NEW: usize = 1;
const AROUND: usize = 2;

/// What is left of both middles for the search for the shortest edit.
pub(super) struct Left<T = u32> {
    /// Lines of the old middle that the new one has too.
    pub(super) old: Vec<T>,
    /// Lines of the new middle that the old one has too.
    pub(super) new: Vec<T>,
    /// Lines git would leave over beside these; each is one step of its edit.
    pub(super) beside: usize,
}

/// How a line stands in the other file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Absent,
    Present,
    Frequent,
}

impl<'t> Table<'t> {
    /// A table with room for `lines` lines.
    pub(super) fn with_room(lines: usize) -> Self {
        let lines = lines.min(MOST_ROOM);
        Self {
            numbers: Numbers::with_room(lines),
            times: Vec::with_capacity(lines),
        }
    }

    /// The numbers of the lines of the old middle.
    pub(super) fn number_old(&mut self, text: &'t [u8]) -> Vec<u32> {
        self.number(text, OLD)
    }

    /// The numbers of the lines of the new middle.
    pub(super) fn number_new(&mut self, text: &'t [u8]) -> Vec<u32> {
        self.number(text, NEW)
    }

    fn number(&mut self, text: &'t [u8], side: usize) -> Vec<u32> {
        let mut out = Vec::new();
        for_each_line(text, |line| {
            let (number, new) = self.numbers.add(line);
            if new {
                self.times.push([0; 3]);
            }
            self.times[number as usize][side] += 1;
            out.push(number);
        });
        out
    }

    /// Whether any line stands in both middles.
    pub(super) fn shares_a_line(&self) -> bool {
        self.times.iter().any(|t| t[OLD] > 0 && t[NEW] > 0)
    }

    /// Lines that do not stand equally often in both middles, and how many times more in the
    /// new one (wrapping around).
    pub(super) fn differing(&self) -> impl Iterator<Item = (&'t [u8], u64)> {
        let counted = self.numbers.lines().zip(&self.times);
        counted
            .map(|(line, times)| (line, u64::from(times[NEW]).wrapping_sub(times[OLD].into())))
            .filter(|(_, more)| *more != 0)
    }

    /// What git leaves over of the two middles; `around` is what both files have in common
    /// before and after them.
    pub(super) fn left(&mut self, old: &[u32], new: &[u32], around: [&[u8]; 2]) -> Left {
        self.left_as(old, new, around, |_, number| number)
    }

    /// [`Self::left`], each line in the form that `of` makes of its place in the middle and its
    /// number.
    pub(super) fn left_as<T>(
        &mut self,
        old: &[u32],
        new: &[u32],
        around: [&[u8]; 2],
        of: impl Fn(usize, u32) -> T,
    ) -> Left<T> {
        let lone = self.lone(old, NEW) + self.lone(new, OLD);
        let shared: usize = around.iter().map(|text| super::lines::lines_in(text)).sum();
        let limits = [
            frequent_from(shared + old.len()),
            frequent_from(shared + new.len()),
        ];
        let mut suspects = vec![false; self.times.len()];
        let any = self.suspect(old, NEW, &mut suspects) | self.suspect(new, OLD, &mut suspects);
        let mut frequent = false;
        if any {
            self.count_around(around, |number| suspects[number]);
            frequent = self.times.iter().zip(&suspects).any(|(times, suspect)| {
                let (old, new) = (times[NEW] + times[AROUND], times[OLD] + times[AROUND]);
                *suspect && (old >= limits[OLD] || new >= limits[NEW])
            });
        }
        if !frequent && lone <= WORTH_COUNTING {
            return Left {
                old: self.with_counterpart(old, NEW, &of),
                new: self.with_counterpart(new, OLD, &of),
                beside: lone,
            };
        }
        self.count_around(around, |_| true);
        let (old, beside_old) = self.not_given_up((old, NEW), limits[OLD], &of);
        let (new, beside_new) = self.not_given_up((new, OLD), limits[NEW], &of);
        Left {
            old,
            new,
            beside: beside_old + beside_new,
        }
    }

    /// Lines that the other middle does not have.
    fn lone(&self, side: &[u32], other: usize) -> usize {
        side.iter().filter(|n| !self.is_in(**n, other)).count()
    }

    fn is_in(&self, number: u32, side: usize) -> bool {
        self.times[number as usize][side] > 0
    }

    fn with_counterpart<T>(
        &self,
        side: &[u32],
        other: usize,
        of: impl Fn(usize, u32) -> T,
    ) -> Vec<T> {
        let kept = side.iter().copied().enumerate();
        let kept = kept.filter(|(_, number)| self.is_in(*number, other));
        kept.map(|(at, number)| of(at, number)).collect()
    }

    /// Marks the lines that may be given up with an effect on the counts, should they be
    /// frequent: lone ones stand on both sides, enough of them in view.
    fn suspect(&self, side: &[u32], other: usize, suspects: &mut [bool]) -> bool {
        let is_lone = |number: &u32| !self.is_in(*number, other);
        let lone: Vec<usize> = (0..side.len()).filter(|at| is_lone(&side[*at])).collect();
        let mut any = false;
        // The lone lines before the one looked at, those in view before it, and those in view
        // after it end here.
        let (mut before, mut from, mut to) = (0, 0, 0);
        let (Some(first), Some(last)) = (lone.first(), lone.last()) else {
            return false;
        };
        if lone.len() < LEAST_ABSENT {
            return false;
        }
        for at in *first..*last {
            if lone.get(before) == Some(&at) {
                before += 1;
                continue;
            }
            while lone[from] + WINDOW < at {
                from += 1;
            }
            while lone.get(to).is_some_and(|place| *place <= at + WINDOW) {
                to += 1;
            }
            if from < before && before < to && to - from >= LEAST_ABSENT {
                suspects[side[at] as usize] = true;
                any = true;
            }
        }
        any
    }

    /// Counts the wanted lines in what both files have in common.
    fn count_around(&mut self, around: [&[u8]; 2], wanted: impl Fn(usize) -> bool) {
        self.times.iter_mut().for_each(|times| times[AROUND] = 0);
        let length_bit = |line: &[u8]| 1_u64 << line.len().min(63);
        let lengths = self
            .numbers
            .lines()
            .enumerate()
            .filter(|(number, _)| wanted(*number))
            .fold(0, |bits, (_, line)| bits | length_bit(line));
        for text in around {
            for_each_line(text, |line| {
                if lengths & length_bit(line) == 0 {
                    return;
                }
                if let Some(number) = self.numbers.find(line) {
                    self.times[number as usize][AROUND] += 1;
                }
            });
        }
    }

    /// The lines left over that have a counterpart, and how many are left over without one.
    fn not_given_up<T>(
        &self,
        (side, other): (&[u32], usize),
        limit: u32,
        of: impl Fn(usize, u32) -> T,
    ) -> (Vec<T>, usize) {
        let standing = |number: &u32| {
            let times = self.times[*number as usize];
            match times[other] + times[AROUND] {
                0 => Standing::Absent,
                n if n >= limit => Standing::Frequent,
                _ => Standing::Present,
            }
        };
        let standings: Vec<Standing> = side.iter().map(standing).collect();
        let (mut kept, mut beside) = (Vec::new(), 0);
        for (at, number) in side.iter().enumerate() {
            let left = match standings[at] {
                Standing::Absent => false,
                Standing::Present => true,
                Standing::Frequent => !is_given_up(&standings, at),
            };
            if left && self.is_in(*number, other) {
                kept.push(of(at, *number));
            } else {
                beside += usize::from(left);
            }
        }
        (kept, beside)
    }
}

/// Whether the frequent line at `at` has absent ones on both sides, and more than three for
/// each frequent one in view. A present line ends the view; the line itself is in both views.
fn is_given_up(standings: &[Standing], at: usize) -> bool {
    let before = &standings[at.saturating_sub(WINDOW)..at];
    let after = &standings[at + 1..standings.len().min(at + 1 + WINDOW)];
    let (absent_before, frequent_before) = tally(before.iter().rev());
    let (absent_after, frequent_after) = tally(after.iter());
    absent_before > 0
        && absent_after > 0
        && 3 * (frequent_before + frequent_after + 2) < absent_before + absent_after
}

fn tally<'s>(view: impl Iterator<Item = &'s Standing>) -> (usize, usize) {
    view.take_while(|s| **s != Standing::Present)
        .fold((0, 0), |(absent, frequent), standing| match standing {
            Standing::Absent => (absent + 1, frequent),
            _ => (absent, frequent + 1),
        })
}

/// How often a line must stand in the other file to count as frequent, for a file of `lines`.
fn frequent_from(lines: usize) -> u32 {
    let bits = usize::BITS - lines.leading_zeros();
    1_u32 << bits.div_ceil(2).min(10)
}

fn for_each_line<'t>(text: &'t [u8], mut visit: impl FnMut(&'t [u8])) {
    let mut from = 0;
    for end in memchr_iter(b'\n', text) {
        visit(&text[from..=end]);
        from = end + 1;
    }
    if from < text.len() {
        visit(&text[from..]);
    }
}
