//! Whose the lines of one version of a file are: run-length coded, each line of mine under a
//! number of its own that it keeps for life.

use std::ops::Range;

use super::align::Alignment;

/// In the place of a line's number: it is not mine.
pub(super) const NONE: u32 = u32::MAX;

/// Consecutive lines with consecutive numbers, or lines that are not mine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    lines: u32,
    /// The number of the first line, or [`NONE`].
    first: u32,
}

/// The lines of one version of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Annotation {
    runs: Vec<Run>,
}

impl Annotation {
    /// A file with these lines.
    pub(super) fn of(lines: impl IntoIterator<Item = u32>) -> Self {
        let mut annotation = Self::default();
        for number in lines {
            annotation.push(1, number);
        }
        annotation
    }

    /// Puts `lines` lines at the end, the first of them numbered `first`.
    pub(super) fn push(&mut self, lines: u32, first: u32) {
        if lines == 0 {
            return;
        }
        if let Some(last) = self.runs.last_mut() {
            let goes_on = match (last.first, first) {
                (NONE, _) | (_, NONE) => last.first == first,
                (from, first) => from + last.lines == first,
            };
            if goes_on {
                last.lines += lines;
                return;
            }
        }
        self.runs.push(Run { lines, first });
    }

    /// Whether any line is mine.
    pub(super) fn has_mine(&self) -> bool {
        self.runs.iter().any(|run| run.first != NONE)
    }

    /// The numbers of my lines, as they come.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Range<u32>> {
        let mine = self.runs.iter().filter(|run| run.first != NONE);
        mine.map(|run| run.first..run.first + run.lines)
    }

    /// Every line's number or [`NONE`].
    pub(super) fn lines(&self) -> Vec<u32> {
        let all = self.runs.iter().flat_map(|run| {
            let number = |at| match run.first {
                NONE => NONE,
                first => first + at,
            };
            (0..run.lines).map(number)
        });
        all.collect()
    }

    /// What becomes of `old` (`None`: no line is mine) by a change that leaves the common lines of
    /// `alignment`: those keep their numbers, and `born` numbers so many new ones in a row.
    pub(super) fn carried(
        old: Option<&Self>,
        alignment: &Alignment,
        mut born: impl FnMut(u32) -> u32,
    ) -> Self {
        let mut new = Self::default();
        let mut cursor = Cursor::new(old);
        let mut at = 0;
        for common in &alignment.common {
            let fresh = common.new - at;
            if fresh > 0 {
                new.push(fresh, born(fresh));
            }
            cursor.skip_to(common.old);
            cursor.copy(common.lines, &mut new);
            at = common.new + common.lines;
        }
        let fresh = alignment.new_lines - at;
        if fresh > 0 {
            new.push(fresh, born(fresh));
        }
        new
    }
}

/// A place in an annotation that only moves on.
struct Cursor<'a> {
    runs: std::slice::Iter<'a, Run>,
    /// What is left of the run it stands in.
    left: Run,
    /// The line it stands on.
    line: u32,
}

impl<'a> Cursor<'a> {
    fn new(annotation: Option<&'a Annotation>) -> Self {
        let runs = annotation.map_or(&[][..], |annotation| &annotation.runs);
        Self {
            runs: runs.iter(),
            left: Run {
                lines: 0,
                first: NONE,
            },
            line: 0,
        }
    }

    fn skip_to(&mut self, line: u32) {
        let mut nowhere = Annotation::default();
        self.copy(line.saturating_sub(self.line), &mut nowhere);
    }

    /// Puts the next `lines` lines at the end of `to`. Lines beyond the end are not mine.
    fn copy(&mut self, mut lines: u32, to: &mut Annotation) {
        self.line += lines;
        while lines > 0 {
            if self.left.lines == 0 {
                let end = Run {
                    lines: u32::MAX,
                    first: NONE,
                };
                self.left = self.runs.next().copied().unwrap_or(end);
            }
            let taken = lines.min(self.left.lines);
            to.push(taken, self.left.first);
            self.left.lines -= taken;
            if self.left.first != NONE {
                self.left.first += taken;
            }
            lines -= taken;
        }
    }
}

/// Numbers, as sorted ranges that do not touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers(Vec<Range<u32>>);

impl Numbers {
    /// All numbers of these ranges.
    pub(super) fn of(ranges: impl IntoIterator<Item = Range<u32>>) -> Self {
        let mut all: Vec<Range<u32>> = ranges.into_iter().filter(|one| !one.is_empty()).collect();
        all.sort_unstable_by_key(|range| range.start);
        let mut joined: Vec<Range<u32>> = Vec::with_capacity(all.len());
        for range in all {
            match joined.last_mut() {
                Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        Self(joined)
    }

    /// Whether `number` is one of them.
    pub(super) fn contains(&self, number: u32) -> bool {
        let at = self.0.partition_point(|range| range.end <= number);
        self.0.get(at).is_some_and(|range| range.start <= number)
    }

    /// These without `others`.
    pub(super) fn without(&self, others: &Self) -> Self {
        let mut left = Vec::new();
        let mut at = 0;
        for range in &self.0 {
            let mut from = range.start;
            while others.0.get(at).is_some_and(|other| other.end <= from) {
                at += 1;
            }
            let mut next = at;
            while let Some(other) = others.0.get(next).filter(|other| other.start < range.end) {
                if other.start > from {
                    left.push(from..other.start);
                }
                from = from.max(other.end);
                next += 1;
            }
            if from < range.end {
                left.push(from..range.end);
            }
        }
        Self(left)
    }

    /// One after the other.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().cloned().flatten()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::align::Common;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kept_lines_keep_their_numbers_and_new_ones_get_theirs() {
        let old = Annotation::of([NONE, 7, 8, NONE, 9]);
        let common = |old, new, lines| Common { old, new, lines };
        let alignment = Alignment {
            common: vec![common(0, 1, 2), common(4, 4, 1)],
            new_lines: 6,
        };
        let mut next = 20;
        let new = Annotation::carried(Some(&old), &alignment, |lines| {
            next += lines;
            next - lines
        });
        assert_eq!(new.lines(), [20, NONE, 7, 21, 9, 22]);
        let untouched = Annotation::carried(None, &alignment, |_| NONE);
        assert!(!untouched.has_mine());
        assert_eq!(untouched.lines(), [NONE; 6]);
    }

    proptest! {
        #[test]
        fn what_is_left_of_numbers_is_what_only_they_have(
            a in prop::collection::vec((0..60_u32, 0..9_u32), 0..8),
            b in prop::collection::vec((0..60_u32, 0..9_u32), 0..8),
        ) {
            let numbers = |list: &[(u32, u32)]| Numbers::of(list.iter().map(|(at, n)| *at..at + n));
            let (a, b) = (numbers(&a), numbers(&b));
            let left: Vec<u32> = a.without(&b).iter().collect();
            let slow: Vec<u32> = (0..80).filter(|n| a.contains(*n) && !b.contains(*n)).collect();
            prop_assert_eq!(left, slow);
        }
    }
}
