//! Added and deleted lines between two texts, exactly as git counts them, without making a
//! diff in nearly all cases.
//!
//! What git counts is a shortest edit of what its heuristics leave over, so a count needs only
//! the edit's length: lines of the equal head and tail drop out; lines that only one side has
//! are changed whatever happens; among the rest git gives up on lines that stand too often in
//! the other file amid lines that stand there not at all. Where git would stop looking for the
//! shortest edit, libgit2's public diff is asked instead.

use memchr::{memchr, memchr_iter};

use super::change::ChangeError;
use super::middle::{Left, Table};
use super::patch::Changed;
use crate::model::commit::Lines;

/// Edits longer than this are left to libgit2: beyond about 512 git settles for less than the
/// shortest.
pub(super) const LONGEST_EDIT: usize = 500;

/// Lines of both middles together, and of both files for libgit2: a bound for memory.
pub(super) const MOST_LINES: usize = 2_000_000;

/// Added and deleted lines from `old` to `new`, neither of them binary, which have whole lines
/// of [`common`] bytes around what differs. The lines that differ are told to `changed`.
pub(super) fn count(
    old: &[u8],
    new: &[u8],
    (head, tail): (usize, usize),
    changed: &mut Changed,
) -> Result<Lines, ChangeError> {
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let (lines_a, lines_b) = (lines_in(a), lines_in(b));
    if a.is_empty() || b.is_empty() {
        changed.add(b, 1);
        changed.add(a, u64::MAX);
        return Ok(lines(lines_b, lines_a));
    }
    if lines_a + lines_b > MOST_LINES {
        return Err(ChangeError::TooManyLines(MOST_LINES));
    }
    let mut table = Table::with_room(lines_a + lines_b);
    let (ids_a, ids_b) = (table.number_old(a), table.number_new(b));
    // What came as often as it went cancels out, and is most of it.
    for (line, times) in table.differing() {
        changed.add(line, times);
    }
    if !table.shares_a_line() {
        return Ok(lines(lines_b, lines_a));
    }
    let around = [&old[..head], &old[old.len() - tail..]];
    let Left {
        old: x,
        new: y,
        beside,
    } = table.left(&ids_a, &ids_b, around);
    let longest = LONGEST_EDIT.checked_sub(beside);
    let Some(edit) = longest.and_then(|longest| distance(&x, &y, longest)) else {
        return by_libgit2(old, new);
    };
    // Every line left over is either common to both or one step of the edit.
    let common = (x.len() + y.len() - edit) / 2;
    Ok(lines(lines_b - common, lines_a - common))
}

fn lines(added: usize, deleted: usize) -> Lines {
    let narrow = |n| u32::try_from(n).unwrap_or(u32::MAX);
    Lines {
        added: narrow(added),
        deleted: narrow(deleted),
    }
}

/// The number of lines; a last one without a line end is one.
pub(super) fn lines_in(text: &[u8]) -> usize {
    let open = usize::from(text.last().is_some_and(|last| *last != b'\n'));
    memchr_iter(b'\n', text).count() + open
}

/// Bytes of whole lines that both texts begin with, and that what follows ends with.
pub(super) fn common(old: &[u8], new: &[u8]) -> (usize, usize) {
    let same = equal_head(old, new);
    let head = memchr::memrchr(b'\n', &old[..same]).map_or(0, |end| end + 1);
    let (old, new) = (&old[head..], &new[head..]);
    let same = equal_tail(old, new);
    // The tail starts where a line starts on both sides.
    let starts = |text: &[u8]| {
        let at = text.len() - same;
        at == 0 || text[at - 1] == b'\n'
    };
    if starts(old) && starts(new) {
        return (head, same);
    }
    let tail = &old[old.len() - same..];
    let tail = memchr(b'\n', tail).map_or(0, |end| tail.len() - end - 1);
    (head, tail)
}

/// Compared at a time: first in long stretches, which the processor does best, then in short ones.
const STEPS: [usize; 2] = [1024, 32];

fn equal_head(a: &[u8], b: &[u8]) -> usize {
    let mut from = 0;
    for step in STEPS {
        let steps = a[from..]
            .chunks_exact(step)
            .zip(b[from..].chunks_exact(step));
        from += steps.take_while(|(x, y)| x == y).count() * step;
    }
    let rest = a[from..].iter().zip(&b[from..]);
    from + rest.take_while(|(x, y)| x == y).count()
}

fn equal_tail(a: &[u8], b: &[u8]) -> usize {
    let mut from = 0;
    for step in STEPS {
        let (a, b) = (&a[..a.len() - from], &b[..b.len() - from]);
        let steps = a.rchunks_exact(step).zip(b.rchunks_exact(step));
        from += steps.take_while(|(x, y)| x == y).count() * step;
    }
    let (a, b) = (&a[..a.len() - from], &b[..b.len() - from]);
    let rest = a.iter().rev().zip(b.iter().rev());
    from + rest.take_while(|(x, y)| x == y).count()
}

/// The length of the shortest edit from `a` to `b` by insertions and deletions; `None` when it
/// is longer than `most`. Myers' greedy search: for each length, the furthest point on each
/// diagonal.
fn distance(a: &[u32], b: &[u32], most: usize) -> Option<usize> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev());
    let tail = tail.take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.is_empty() || b.is_empty() {
        return Some(a.len() + b.len()).filter(|edit| *edit <= most);
    }
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let most = most.min(a.len() + b.len());
    // Diagonal `middle` starts at the beginning of both; each deletion moves one up.
    let middle = most + 1;
    let mut furthest = vec![0_usize; 2 * middle + 1];
    for edit in 0..=most {
        // Beyond the end of either text there is nothing to find.
        let low = middle + 2 * edit.saturating_sub(b.len()) - edit;
        let high = middle + edit - 2 * edit.saturating_sub(a.len());
        for diagonal in (low..=high).step_by(2) {
            let (deleted, inserted) = (furthest[diagonal - 1] + 1, furthest[diagonal + 1]);
            let only_inserted = diagonal == middle - edit;
            let only_deleted = diagonal == middle + edit && edit > 0;
            let mut x = match (only_inserted, only_deleted) {
                (true, _) => inserted,
                (_, true) => deleted,
                _ => deleted.max(inserted),
            };
            let mut y = x + middle - diagonal;
            while x < a.len() && y < b.len() && a[x] == b[y] {
                (x, y) = (x + 1, y + 1);
            }
            if x >= a.len() && y >= b.len() {
                return Some(edit);
            }
            furthest[diagonal] = x;
        }
    }
    None
}

/// The counts of libgit2's own diff over the whole texts.
fn by_libgit2(old: &[u8], new: &[u8]) -> Result<Lines, ChangeError> {
    if lines_in(old) + lines_in(new) > MOST_LINES {
        return Err(ChangeError::TooManyLines(MOST_LINES));
    }
    let mut options = git2::DiffOptions::new();
    options.context_lines(0).force_text(true);
    let patch = git2::Patch::from_buffers(old, None, new, None, Some(&mut options))
        .map_err(ChangeError::Compare)?;
    let (_, added, deleted) = patch.line_stats().map_err(ChangeError::Compare)?;
    Ok(lines(added, deleted))
}

#[cfg(test)]
mod tests {
    use super::super::patch::Terms;
    use super::*;
    use proptest::prelude::*;

    fn count(old: &[u8], new: &[u8]) -> Result<Lines, ChangeError> {
        let mut changed = Changed::new(Terms::at(b""));
        super::count(old, new, common(old, new), &mut changed)
    }

    fn counted(old: &str, new: &str) -> (u32, u32) {
        let lines = count(old.as_bytes(), new.as_bytes()).unwrap();
        (lines.added, lines.deleted)
    }

    #[test]
    fn only_what_differs_is_counted() {
        assert_eq!(counted("a\nb\nc\n", "a\nx\ny\nc\n"), (2, 1));
        assert_eq!(counted("", "a\nb"), (2, 0));
        assert_eq!(counted("a\n", ""), (0, 1));
        assert_eq!(counted("a\nb\nc\nd\n", "c\nd\na\nb\n"), (2, 2));
    }

    #[test]
    fn a_line_that_gains_or_loses_its_end_has_changed() {
        assert_eq!(counted("a\nb", "a\nb\n"), (1, 1));
        assert_eq!(counted("a\nb\n", "a\nb"), (1, 1));
        assert_eq!(counted("a\nb", "a\nb\nc"), (2, 1));
    }

    #[test]
    fn carriage_returns_make_another_line() {
        assert_eq!(counted("a\nb\n", "a\r\nb\n"), (1, 1));
    }

    #[test]
    fn a_tail_is_common_only_from_a_line_start_on() {
        assert_eq!(counted("foo\n", "xfoo\n"), (1, 1));
        assert_eq!(counted("a\nb\n", "ab\n"), (1, 2));
        assert_eq!(counted("a\na\n", "a\na\na\n"), (1, 0));
    }

    /// The textbook table, as the judge of the quick search.
    fn distance_by_table(a: &[u32], b: &[u32]) -> usize {
        let mut above = vec![0_usize; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (at, y) in b.iter().enumerate() {
                let here = if x == y {
                    diagonal + 1
                } else {
                    above[at].max(above[at + 1])
                };
                diagonal = std::mem::replace(&mut above[at + 1], here);
            }
        }
        a.len() + b.len() - 2 * above[b.len()]
    }

    /// Lines of few kinds, blank ones and braces often, as programs have them.
    fn a_text() -> impl Strategy<Value = Vec<u16>> {
        let line =
            prop_oneof![2 => Just(0_u16), 2 => Just(1_u16), 3 => 2..12_u16, 5 => 12..2000_u16];
        prop::collection::vec(line, 0..160)
    }

    fn written(lines: &[u16]) -> String {
        let line = |n: &u16| match n {
            0 => "\n".to_owned(),
            1 => "}\n".to_owned(),
            n => format!("line {n}\n"),
        };
        lines.iter().map(line).collect()
    }

    proptest! {
        #[test]
        fn the_quick_distance_is_the_textbook_one(
            a in prop::collection::vec(0..4_u32, 0..30), b in prop::collection::vec(0..4_u32, 0..30),
            most in 0..40_usize,
        ) {
            let exact = distance_by_table(&a, &b);
            prop_assert_eq!(distance(&a, &b, most), Some(exact).filter(|d| *d <= most));
        }

        #[test]
        fn no_two_texts_count_otherwise_than_libgit2_counts_them(
            (head, a, b, tail) in (a_text(), a_text(), a_text(), a_text()), keep in 0..160_usize,
        ) {
            // Two middles with a shared run in them, amid what is common.
            let run = &head[..keep.min(head.len())];
            let old = written(&[&head, &a[..], run, &tail].concat());
            let new = written(&[&head, &b[..], run, &a[..a.len() / 2], &tail].concat());
            prop_assert_eq!(
                count(old.as_bytes(), new.as_bytes()).unwrap(),
                by_libgit2(old.as_bytes(), new.as_bytes()).unwrap()
            );
        }
    }
}
