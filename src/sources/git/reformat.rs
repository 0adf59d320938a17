//! Mass reformatting, recognised by its content: many lines changed and nearly all of them say
//! what they said before.
//!
//! A line's bare text is what is left of it without white space and the signs that formatters
//! add, drop or move: quotes, semicolons, commas, brackets and backslashes. Lines whose bare
//! text stands once on either side hold the two versions of a file together; what lies between
//! two of them is the same text if its bare texts, one behind the other, are equal, however
//! they are broken into lines. A changed word makes its whole stretch another text, so new
//! names, numbers and operators are never taken for formatting.

use std::collections::hash_map::Entry;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::change::{RawChange, Status, is_binary};
use super::lines;
use super::objects::{Kind, Objects};
use crate::model::ids::Oid;

/// Less is no mass: so many changed lines in so many files, or many lines in however few. A
/// condition put around a screenful of code looks like formatting too.
const LEAST_LINES: u64 = 300;
const LEAST_FILES: usize = 5;
const MANY_LINES: u64 = 500;

/// Of a hundred changed lines, so many may say something new. Real work that was committed with
/// its files reformatted has three and more; formatting alone has none or nearly none.
const NEW_PERCENT: u64 = 2;

/// A larger file is taken for another text.
const FILE_BYTES: usize = 8 << 20;

/// Whether the commit with these changes (of files that are counted) only reformats. Cheap for
/// all but large commits: it ends where too much is new.
pub(super) fn is_one(objects: &mut Objects<'_>, changes: &[&RawChange]) -> bool {
    let size = |change: &RawChange| {
        let lines = change.lines.unwrap_or_default();
        u64::from(lines.added) + u64::from(lines.deleted)
    };
    let is_edit = |change: &&&RawChange| {
        matches!(change.status, Status::Modified | Status::Renamed) && size(change) > 0
    };
    let total: u64 = changes.iter().map(|change| size(change)).sum();
    let edits = changes.iter().filter(is_edit);
    let edited: u64 = edits.clone().map(|change| size(change)).sum();
    let is_mass = edited >= MANY_LINES || edits.clone().count() >= LEAST_FILES;
    if edited < LEAST_LINES || !is_mass {
        return false;
    }
    // Parts of a line would be lost by rounding: the count is in 1,024ths.
    let most = total.saturating_mul(1024 * NEW_PERCENT) / 100;
    let mut new = (total - edited).saturating_mul(1024);
    for change in edits {
        if new > most {
            return false;
        }
        let all_new = Share { same: 0, new: 1 };
        let share = share(objects, change).unwrap_or(all_new);
        let lines = share.same + share.new;
        new += size(change) * 1024 * share.new / lines.max(1);
    }
    new <= most
}

/// Changed lines of both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Share {
    /// That say what they said before.
    same: u64,
    /// That say something new.
    new: u64,
}

/// `None` when a side cannot be read, is too large or has no lines.
fn share(objects: &mut Objects<'_>, change: &RawChange) -> Option<Share> {
    let mut read = |oid: Oid| {
        let bytes = objects.read_up_to(oid, Kind::Blob, FILE_BYTES).ok()?;
        (!is_binary(&bytes)).then_some(bytes)
    };
    let (old, new) = (read(change.old_oid?)?, read(change.oid)?);
    let (head, tail) = lines::common(&old, &new);
    Some(compared(
        &old[head..old.len() - tail],
        &new[head..new.len() - tail],
    ))
}

/// A line: its bytes, and its bare text as a number.
#[derive(Clone, Copy)]
struct Line<'a> {
    bytes: &'a [u8],
    bare: u64,
}

fn compared(old: &[u8], new: &[u8]) -> Share {
    let (old, new) = (lines_of(old), lines_of(new));
    let mut share = Share::default();
    let (mut at_old, mut at_new) = (0, 0);
    for (a, b) in anchors(&old, &new) {
        share.add_stretch(&old[at_old..a], &new[at_new..b]);
        if old[a].bytes != new[b].bytes {
            share.same += 2;
        }
        (at_old, at_new) = (a + 1, b + 1);
    }
    share.add_stretch(&old[at_old..], &new[at_new..]);
    share
}

impl Share {
    fn add_stretch(&mut self, old: &[Line<'_>], new: &[Line<'_>]) {
        let is_equal = |(a, b): &(&Line<'_>, &Line<'_>)| a.bytes == b.bytes;
        let head = old.iter().zip(new).take_while(is_equal).count();
        let (old, new) = (&old[head..], &new[head..]);
        let pairs = old.iter().rev().zip(new.iter().rev());
        let tail = pairs.take_while(is_equal).count();
        let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
        let lines = (old.len() + new.len()) as u64;
        let bytes = |side: &[Line<'_>]| -> Vec<u8> {
            side.iter().flat_map(|line| bare(line.bytes)).collect()
        };
        if bytes(old) == bytes(new) {
            self.same += lines;
        } else {
            self.new += lines;
        }
    }
}

/// In which line of `new`, from 0, the text of each line of `old` goes on, rising, when the change
/// is one of form alone. What `new` leaves nothing of goes on in the line that follows (behind the
/// last one: its number of lines).
pub(super) fn followed(old: &[u8], new: &[u8]) -> Vec<usize> {
    let (old, new) = (lines_of(old), lines_of(new));
    let mut to = Vec::with_capacity(old.len());
    let (mut at_old, mut at_new) = (0, 0);
    for (a, b) in anchors(&old, &new) {
        follow_stretch(&old[at_old..a], &new[at_new..b], at_new, &mut to);
        to.push(b);
        (at_old, at_new) = (a + 1, b + 1);
    }
    follow_stretch(&old[at_old..], &new[at_new..], at_new, &mut to);
    to
}

/// Follows a stretch whose new lines start at the line `from`, by how far into its bare text each
/// old line begins.
fn follow_stretch(old: &[Line<'_>], new: &[Line<'_>], from: usize, to: &mut Vec<usize>) {
    let same = old.iter().zip(new).take_while(|(a, b)| a.bare == b.bare);
    let head = same.count();
    to.extend(from..from + head);
    let (old, new, from) = (&old[head..], &new[head..], from + head);
    let same = old.iter().rev().zip(new.iter().rev());
    let tail = same.take_while(|(a, b)| a.bare == b.bare).count();
    let (a, b) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let length = |line: &Line<'_>| bare(line.bytes).count();
    let whole = |lines: &[Line<'_>]| lines.iter().map(length).sum::<usize>();
    let (mut begins, text_a, text_b) = (0, whole(a), whole(b));
    let (mut at, mut ends) = (0, b.first().map_or(0, length));
    for (nth, line) in a.iter().enumerate() {
        if text_a == 0 || text_b == 0 {
            to.push(from + nth * b.len() / a.len());
            continue;
        }
        while at + 1 < b.len() && ends <= begins * text_b / text_a {
            at += 1;
            ends += length(&b[at]);
        }
        to.push(from + at);
        begins += length(line);
    }
    to.extend(from + b.len()..from + b.len() + tail);
}

fn lines_of(text: &[u8]) -> Vec<Line<'_>> {
    let line = |bytes| {
        let mut hash = FxHasher::default();
        for byte in bare(bytes) {
            hash.write_u8(byte);
        }
        let bare = hash.finish();
        Line { bytes, bare }
    };
    text.split_inclusive(|c| *c == b'\n').map(line).collect()
}

/// What formatters leave as it is.
fn bare(line: &[u8]) -> impl Iterator<Item = u8> {
    let is_moved = |c: &u8| {
        c.is_ascii_whitespace()
            || matches!(
                c,
                b'"' | b'\'' | b';' | b',' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'\\'
            )
    };
    line.iter().copied().filter(move |c| !is_moved(c))
}

/// Pairs of lines with one bare text that stands once on either side, as many as keep their
/// order.
fn anchors(old: &[Line<'_>], new: &[Line<'_>]) -> Vec<(usize, usize)> {
    let (places_old, places_new) = (once(old), once(new));
    let nothing = FxHasher::default().finish();
    let pairs = old.iter().enumerate().filter_map(|(at, line)| {
        places_old.get(&line.bare)?.as_ref()?;
        let place = *places_new.get(&line.bare)?.as_ref()?;
        (line.bare != nothing).then_some((at, place))
    });
    longest_rising(&pairs.collect::<Vec<_>>())
}

/// Where each line stands; `None` for those that stand more than once.
fn once(lines: &[Line<'_>]) -> FxHashMap<u64, Option<usize>> {
    let mut places = FxHashMap::default();
    for (at, line) in lines.iter().enumerate() {
        match places.entry(line.bare) {
            Entry::Vacant(free) => drop(free.insert(Some(at))),
            Entry::Occupied(mut taken) => *taken.get_mut() = None,
        }
    }
    places
}

/// The longest part of `pairs` whose second numbers rise; the first ones do already.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // By length less one: the pair that ends the best part of that length.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, place)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *place);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut part = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        part.push(pairs[at]);
        next = before[at];
    }
    part.reverse();
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(old: &str, new: &str) -> (u64, u64) {
        let share = compared(old.as_bytes(), new.as_bytes());
        (share.same, share.new)
    }

    #[test]
    fn indents_quotes_commas_and_line_breaks_say_nothing_new() {
        assert_eq!(share("a = 'b'\n", "  a = \"b\";\n"), (2, 0));
        assert_eq!(share("f(a, b)\n", "f(\n  a,\n  b,\n)\n"), (5, 0));
        assert_eq!(share("x\r\ny\r\n", "x\ny\n"), (4, 0));
        assert_eq!(share("a\n\n\nb\n", "a\nb\n"), (2, 0));
    }

    #[test]
    fn another_word_number_operator_or_order_says_something_new() {
        for (old, new) in [
            ("let a = 1;\n", "let b = 1;\n"),
            ("let a = 1;\n", "let a = 2;\n"),
            ("if a < b {\n", "if a <= b {\n"),
            ("run(a)\n", "// run(a)\n"),
        ] {
            assert_eq!(share(old, new), (0, 2), "{old} {new}");
        }
        let (_, new) = share("one\ntwo\nthree\n", "three\none\ntwo\n");
        assert!(new > 0, "another order");
    }

    #[test]
    fn what_is_new_does_not_spread_beyond_the_lines_around_it() {
        let lines = |spaces: &str, word: &str| {
            let line = |n| format!("{spaces}step({n}, {word}{n});\n");
            (0..50).map(line).collect::<Vec<_>>().concat()
        };
        let mixed = lines("\t", "a").replace("a25", "other");
        assert_eq!(share(&lines("  ", "a"), &mixed), (98, 2));
    }

    proptest! {
        #[test]
        fn the_longest_rising_part_rises_and_no_longer_one_is_there(
            places in prop::collection::vec(0..40_usize, 0..12),
        ) {
            let mut seen = std::collections::HashSet::new();
            let pairs: Vec<(usize, usize)> = places
                .into_iter()
                .filter(|place| seen.insert(*place))
                .enumerate()
                .collect();
            let part = longest_rising(&pairs);
            prop_assert!(part.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            let rises = |chosen: &u32| {
                let picked = pairs.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
                let picked: Vec<usize> = picked.map(|(_, pair)| pair.1).collect();
                picked.is_sorted().then_some(picked.len())
            };
            let best = (0..1_u32 << pairs.len()).filter_map(|chosen| rises(&chosen)).max();
            prop_assert_eq!(best, Some(part.len()));
        }
    }
}
