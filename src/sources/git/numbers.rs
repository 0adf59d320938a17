//! Distinct lines under numbers from 0 on: a small hash table made for being built, asked a few
//! times and thrown away.
//!
//! A slot is one number of four bytes, so that the table of most files stays in the processor's
//! first cache; the lines themselves are looked at only when their hashes agree.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Lines by number and numbers by line.
pub(super) struct Numbers<'t> {
    /// A number plus one, or 0; at least twice as many slots as lines, a power of two.
    slots: Vec<u32>,
    lines: Vec<(u32, &'t [u8])>,
}

impl<'t> Numbers<'t> {
    /// An empty table with room for `lines` lines.
    pub(super) fn with_room(lines: usize) -> Self {
        let slots = (lines.max(8) * 2).next_power_of_two();
        Self {
            slots: vec![0; slots],
            lines: Vec::with_capacity(lines),
        }
    }

    /// The number of `line`, a new one if it has none; and whether it is new.
    pub(super) fn add(&mut self, line: &'t [u8]) -> (u32, bool) {
        let hash = hash_of(line);
        let slot = match self.look(hash, line) {
            Ok(number) => return (number, false),
            Err(slot) => slot,
        };
        // Bounded by the caller's limit on lines.
        let number = u32::try_from(self.lines.len()).unwrap_or(u32::MAX - 1);
        self.slots[slot] = number + 1;
        self.lines.push((hash, line));
        if self.lines.len() * 2 > self.slots.len() {
            self.grow();
        }
        (number, true)
    }

    /// The number of `line`, if it has one.
    pub(super) fn find(&self, line: &[u8]) -> Option<u32> {
        self.look(hash_of(line), line).ok()
    }

    /// All lines, in the order of their numbers.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'t [u8]> {
        self.lines.iter().map(|(_, line)| *line)
    }

    /// The number of `line`, or the slot where it would stand.
    fn look(&self, hash: u32, line: &[u8]) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let Some(number) = self.slots[slot].checked_sub(1) else {
                return Err(slot);
            };
            let (other, text) = self.lines[number as usize];
            if other == hash && text == line {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        self.slots = vec![0; mask + 1];
        for (number, (hash, _)) in (1_u32..).zip(&self.lines) {
            let mut slot = *hash as usize & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = number;
        }
    }
}

fn hash_of(line: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(line);
    let hash = hasher.finish();
    // Both halves, whichever of them carries more.
    let folded = (hash ^ hash >> 32) & 0xffff_ffff;
    u32::try_from(folded).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_distinct_line_has_one_number_in_order(
            lines in prop::collection::vec("[ab]{0,5}", 0..200), room in 0..40_usize,
        ) {
            let mut numbers = Numbers::with_room(room);
            let mut seen: Vec<&str> = Vec::new();
            for line in &lines {
                let known = seen.iter().position(|one| one == line);
                prop_assert_eq!(numbers.find(line.as_bytes()).map(|n| n as usize), known);
                let (number, new) = numbers.add(line.as_bytes());
                prop_assert_eq!(new, known.is_none());
                prop_assert_eq!(number as usize, known.unwrap_or(seen.len()));
                if new {
                    seen.push(line);
                }
            }
            prop_assert!(numbers.lines().eq(seen.iter().map(|line| line.as_bytes())));
        }
    }
}
