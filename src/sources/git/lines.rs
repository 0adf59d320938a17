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
use crate::model::commit::Lines;

/// Edits longer than this are left to libgit2: beyond about 512 git settles for less than the
/// shortest.
const LONGEST_EDIT: usize = 500;

/// Lines of both middles together, and of both files for libgit2: a bound for memory.
const MOST_LINES: usize = 2_000_000;

/// Added and deleted lines from `old` to `new`, neither of them binary.
pub(super) fn count(old: &[u8], new: &[u8]) -> Result<Lines, ChangeError> {
    let (head, tail) = common(old, new);
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let (lines_a, lines_b) = (lines_in(a), lines_in(b));
    if a.is_empty() || b.is_empty() {
        return Ok(lines(lines_b, lines_a));
    }
    if lines_a + lines_b > MOST_LINES {
        return Err(ChangeError::TooManyLines(MOST_LINES));
    }
    let mut table = Table::default();
    let (ids_a, ids_b) = (table.number_old(a), table.number_new(b));
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
fn common(old: &[u8], new: &[u8]) -> (usize, usize) {
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

const STEP: usize = 64;

fn equal_head(a: &[u8], b: &[u8]) -> usize {
    let steps = a.chunks_exact(STEP).zip(b.chunks_exact(STEP));
    let from = steps.take_while(|(x, y)| x == y).count() * STEP;
    let rest = a[from..].iter().zip(&b[from..]);
    from + rest.take_while(|(x, y)| x == y).count()
}

fn equal_tail(a: &[u8], b: &[u8]) -> usize {
    let steps = a.rchunks_exact(STEP).zip(b.rchunks_exact(STEP));
    let from = steps.take_while(|(x, y)| x == y).count() * STEP;
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
