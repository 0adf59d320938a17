//! Which lines of a file's new version are which of its old one.
//!
//! Exactly: by the same shortest edit whose length the line counter takes, so that what is new
//! here is what is counted as added there, line for line. Loosely, through a commit that only
//! changes form: every line goes on, in whatever lines its text is found again.

use super::super::change::ChangeError;
use super::super::lines::{self, LONGEST_EDIT, MOST_LINES, lines_in};
use super::super::middle::Table;
use super::super::reformat;
use super::edit;

/// Lines that both versions have, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Common {
    /// The first of them in the old version, from 0.
    pub(super) old: u32,
    /// The first of them in the new version.
    pub(super) new: u32,
    /// How many.
    pub(super) lines: u32,
}

/// What two versions of a file have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alignment {
    /// Rising in both versions.
    pub(super) common: Vec<Common>,
    /// Lines of the new version.
    pub(super) new_lines: u32,
}

impl Alignment {
    fn push(&mut self, old: usize, new: usize, lines: usize) {
        if lines == 0 {
            return;
        }
        let (old, new, lines) = (narrow(old), narrow(new), narrow(lines));
        match self.common.last_mut() {
            Some(last) if last.old + last.lines == old && last.new + last.lines == new => {
                last.lines += lines;
            }
            _ => self.common.push(Common { old, new, lines }),
        }
    }
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What is common to `old` and `new`, neither of them binary, as git's line counts see it.
pub(super) fn exactly(old: &[u8], new: &[u8]) -> Result<Alignment, ChangeError> {
    let (head, tail) = lines::common(old, new);
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let (before, after) = (lines_in(&old[..head]), lines_in(&old[old.len() - tail..]));
    let (lines_a, lines_b) = (lines_in(a), lines_in(b));
    let mut found = Alignment {
        common: Vec::new(),
        new_lines: narrow(before + lines_b + after),
    };
    found.push(0, 0, before);
    if !a.is_empty() && !b.is_empty() {
        if lines_a + lines_b > MOST_LINES {
            return Err(ChangeError::TooManyLines(MOST_LINES));
        }
        let around = [&old[..head], &old[old.len() - tail..]];
        match middle(a, b, around) {
            Some(common) => {
                for (old, new, lines) in common {
                    found.push(before + old, before + new, lines);
                }
            }
            None => return by_libgit2(old, new),
        }
    }
    found.push(before + lines_a, before + lines_b, after);
    Ok(found)
}

/// The common lines of two middles; `None` where git settles for less than the shortest edit.
fn middle(a: &[u8], b: &[u8], around: [&[u8]; 2]) -> Option<Vec<edit::Common>> {
    let mut table = Table::with_room(lines_in(a) + lines_in(b));
    let (ids_a, ids_b) = (table.number_old(a), table.number_new(b));
    if !table.shares_a_line() {
        return Some(Vec::new());
    }
    let left = table.left_as(&ids_a, &ids_b, around, |at, number| (at, number));
    let number = |side: &[(usize, u32)]| side.iter().map(|one| one.1).collect::<Vec<u32>>();
    let longest = LONGEST_EDIT.checked_sub(left.beside)?;
    let common = edit::shortest(&number(&left.old), &number(&left.new), longest)?;
    // Neighbours among what is left over need not be neighbours in the file.
    let singles = common.into_iter().flat_map(|(old, new, lines)| {
        let (old, new) = (left.old[old..].iter(), left.new[new..].iter());
        old.zip(new).take(lines).map(|(old, new)| (old.0, new.0, 1))
    });
    Some(singles.collect())
}

/// What libgit2's own diff over the whole texts leaves in common.
fn by_libgit2(old: &[u8], new: &[u8]) -> Result<Alignment, ChangeError> {
    let (lines_old, lines_new) = (lines_in(old), lines_in(new));
    if lines_old + lines_new > MOST_LINES {
        return Err(ChangeError::TooManyLines(MOST_LINES));
    }
    let mut options = git2::DiffOptions::new();
    options.context_lines(0).force_text(true);
    let patch = git2::Patch::from_buffers(old, None, new, None, Some(&mut options))
        .map_err(ChangeError::Compare)?;
    let mut found = Alignment {
        common: Vec::new(),
        new_lines: narrow(lines_new),
    };
    let (mut at_old, mut at_new) = (0, 0);
    for hunk in 0..patch.num_hunks() {
        let (hunk, _) = patch.hunk(hunk).map_err(ChangeError::Compare)?;
        // A side without lines is said to stand behind the line before it.
        let from = |start: u32, lines: u32| start as usize - usize::from(lines > 0);
        let old = from(hunk.old_start(), hunk.old_lines());
        let new = from(hunk.new_start(), hunk.new_lines());
        found.push(at_old, at_new, old - at_old);
        at_old = old + hunk.old_lines() as usize;
        at_new = new + hunk.new_lines() as usize;
    }
    found.push(at_old, at_new, lines_old.saturating_sub(at_old));
    Ok(found)
}

/// In which line of `new` each line of `old` goes on, from 0, through a commit that only changes
/// form; empty where nothing is left of the file. Several old lines may go on in one.
pub(super) fn loosely(old: &[u8], new: &[u8]) -> Vec<u32> {
    let (lines_old, lines_new) = (lines_in(old), lines_in(new));
    if lines_new == 0 {
        return Vec::new();
    }
    let (head, tail) = lines::common(old, new);
    let before = lines_in(&old[..head]);
    let mut to: Vec<u32> = (0..before).map(narrow).collect();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    to.extend(reformat::followed(a, b).into_iter().map(|line| {
        // What the middle leaves nothing of goes on in the line next to it.
        let line = before + line;
        narrow(line.min(lines_new - 1))
    }));
    let after = lines_old - to.len();
    to.extend((lines_new - after..lines_new).map(narrow));
    to
}

#[cfg(test)]
mod tests {
    use super::super::super::patch::{Changed, Terms};
    use super::*;
    use proptest::prelude::*;

    /// Lines of few kinds, blank ones and braces often, as programs have them.
    fn a_text() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            2 => Just("\n".to_owned()), 2 => Just("}\n".to_owned()),
            8 => (0..300_u32).prop_map(|n| format!("line {n}\n"))
        ];
        prop::collection::vec(line, 0..120).prop_map(|lines| lines.concat())
    }

    fn counted(old: &str, new: &str) -> (u32, u32) {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let mut changed = Changed::new(Terms::at(b""));
        let lines = lines::count(old, new, lines::common(old, new), &mut changed).unwrap();
        (lines.added, lines.deleted)
    }

    fn check(found: &Alignment, old: &str, new: &str) {
        let split =
            |text: &str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
        let (a, b) = (split(old), split(new));
        let (mut at_old, mut at_new) = (0, 0);
        for common in &found.common {
            let (old, new) = (common.old as usize, common.new as usize);
            assert!(old >= at_old && new >= at_new, "in order");
            let lines = common.lines as usize;
            assert_eq!(a[old..old + lines], b[new..new + lines]);
            (at_old, at_new) = (old + lines, new + lines);
        }
        assert_eq!(found.new_lines as usize, b.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_not_common_is_what_the_counter_counts(
            (head, a, b, tail) in (a_text(), a_text(), a_text(), a_text()),
        ) {
            let old = [&head, &a, &tail].map(String::as_str).concat();
            let half = a.get(..a.len() / 2).unwrap_or_default();
            let new = [head.as_str(), &b, half, &tail].concat();
            let found = exactly(old.as_bytes(), new.as_bytes()).unwrap();
            check(&found, &old, &new);
            let common: u32 = found.common.iter().map(|one| one.lines).sum();
            let (added, deleted) = counted(&old, &new);
            prop_assert_eq!(found.new_lines - common, added);
            prop_assert_eq!(narrow(lines_in(old.as_bytes())) - common, deleted);
            let judged = by_libgit2(old.as_bytes(), new.as_bytes()).unwrap();
            check(&judged, &old, &new);
        }

        #[test]
        fn every_line_goes_on_in_order_through_another_form(old in a_text(), new in a_text()) {
            let to = loosely(old.as_bytes(), new.as_bytes());
            if new.is_empty() {
                prop_assert!(to.is_empty());
            } else {
                prop_assert_eq!(to.len(), lines_in(old.as_bytes()));
                prop_assert!(to.is_sorted());
                prop_assert!(to.iter().all(|line| (*line as usize) < lines_in(new.as_bytes())));
            }
        }
    }

    #[test]
    fn joined_and_broken_lines_go_on_where_their_text_is() {
        let to = loosely(b"f(a,\n  b)\nx\n", b"f(a, b)\nx\n");
        assert_eq!(to, [0, 0, 1]);
        let to = loosely(b"f(a, b)\nx\n", b"f(\n  a,\n  b\n)\nx\n");
        assert_eq!(to, [0, 4]);
        assert_eq!(loosely(b"a\n\n\nb\n", b"a\nb\n"), [0, 1, 1, 1]);
        assert_eq!(loosely(b"a\r\nb\r\n", b"a\nb\n"), [0, 1]);
        assert!(loosely(b"a\n", b"").is_empty());
    }
}
