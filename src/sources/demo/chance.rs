//! Chance that is the same everywhere.

use crate::model::ids::Oid;

/// A small seeded generator (`SplitMix64`, Steele, Lea and Flood 2014): the same everywhere, which
/// a library's default generator does not promise.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound` - 1; 0 for an empty bound.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        u32::try_from((self.next() >> 32) % u64::from(bound.max(1))).unwrap_or(0)
    }

    /// One of `items`, which is never empty here.
    pub(super) fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let bound = u32::try_from(items.len()).unwrap_or(u32::MAX);
        &items[self.below(bound) as usize]
    }

    pub(super) fn oid(&mut self) -> Oid {
        let mut bytes = [0; 20];
        for chunk in bytes.chunks_mut(8) {
            let random = self.next().to_be_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
        Oid(bytes)
    }
}
