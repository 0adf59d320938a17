//! What a change is, wherever it stands: one number that a rebased, cherry-picked or squashed
//! copy of it has too.
//!
//! Every state of the files has a number of its own: the sum, wrapping around, of a term for
//! each path with its mode, one for each line of each text (white space aside, as in `git
//! patch-id`), and one for each binary content. A change is the difference of two states. So
//! what stays does not show, the numbers of consecutive changes add up to that of the whole,
//! and taking a change back gives its negative. Only a rename bends this: its lines count under
//! the new path, and what it keeps is not looked at.

use memchr::memchr_iter;

use super::change::{Budget, ChangeError, Mode, RawChange, changed_files};
use super::objects::Objects;
use crate::model::ids::Oid;

/// Odd numbers with evenly spread bits; any would do, these stay.
const WORD: u64 = 0x9e37_79b9_7f4a_7c15;
const STEP: u64 = 0xd6e8_feb8_6659_fd93;

/// The identity of everything that changes from the tree `before` (`None`: nothing was there)
/// to the tree `after`; see [`sum`].
pub(super) fn identity(
    objects: &mut Objects<'_>,
    before: Option<Oid>,
    after: Oid,
    budget: &Budget,
) -> Result<Option<u64>, ChangeError> {
    Ok(sum(&changed_files(objects, before, after, budget)?))
}

/// The identity of a change of these files: the same number on every machine for the same
/// lines in the same files, and almost surely another for another change. `None` when nothing
/// changed but white space or the order of lines.
pub(super) fn sum(changes: &[RawChange]) -> Option<u64> {
    let total = changes
        .iter()
        .fold(0_u64, |sum, change| sum.wrapping_add(change.terms));
    (total != 0).then_some(total)
}

/// The terms of one file, by its path.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    path: u64,
}

impl Terms {
    /// Terms that stand at `path`.
    pub(super) fn at(path: &[u8]) -> Self {
        let path = hashed(path);
        Self { path }
    }

    /// That something stands there, and what sort of thing.
    pub(super) fn place(self, mode: Mode) -> u64 {
        let kind = match mode {
            Mode::File => 1,
            Mode::Executable => 2,
            Mode::Link => 3,
            Mode::Submodule => 4,
        };
        self.term(kind, 0)
    }

    /// A content without lines.
    pub(super) fn binary(self, content: Oid) -> u64 {
        self.term(5, hashed(&content.0))
    }

    fn term(self, kind: u64, hash: u64) -> u64 {
        stirred(folded(self.path ^ kind.wrapping_mul(STEP), hash ^ WORD))
    }
}

/// The terms of the lines in which two texts differ.
pub(super) struct Changed {
    terms: Terms,
    total: u64,
    /// Room for a line without its white space.
    bare: Vec<u8>,
}

impl Changed {
    /// None yet, of the file that `terms` belong to.
    pub(super) fn new(terms: Terms) -> Self {
        Self {
            terms,
            total: 0,
            bare: Vec::new(),
        }
    }

    /// Each line of `text` came so many `times` more than it went (wrapping around: went more
    /// often than it came). Lines of white space alone say nothing.
    pub(super) fn add(&mut self, text: &[u8], times: u64) {
        let mut from = 0;
        for end in memchr_iter(b'\n', text).chain([text.len()]) {
            let line = without_space(&text[from..end], &mut self.bare);
            if !line.is_empty() {
                let term = self.terms.term(6, hashed(line));
                self.total = self.total.wrapping_add(term.wrapping_mul(times));
            }
            from = end + 1;
        }
    }

    /// The sum of the terms of what came, less those of what went.
    pub(super) fn total(&self) -> u64 {
        self.total
    }
}

/// What is left of `line` without its white space, in the room of `bare`.
fn without_space<'b>(line: &[u8], bare: &'b mut Vec<u8>) -> &'b [u8] {
    if bare.len() < line.len() {
        bare.resize(line.len(), 0);
    }
    let mut length = 0;
    for byte in line {
        // Written in any case and passed over only if it counts: no jump hangs on the text.
        if let Some(slot) = bare.get_mut(length) {
            *slot = *byte;
        }
        length += usize::from(!is_space(*byte));
    }
    &bare[..length]
}

/// White space as C has it.
fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// The hash of `bytes`, taken eight to a word, the first one lowest.
fn hashed(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let state = words.iter().fold(0, |state, word| {
        folded(state ^ u64::from_le_bytes(*word) ^ STEP, WORD)
    });
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let last = u64::from_le_bytes(last);
    folded(state ^ last ^ STEP, bytes.len() as u64 ^ WORD)
}

/// Both halves of the whole product, one upon the other.
#[expect(clippy::cast_possible_truncation, reason = "each half is taken")]
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// Every bit of the result hangs on every bit of `n`, so that sums of such numbers meet only by
/// accident.
fn stirred(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}
