//! A multiset of sizes that answers for any rank without sorting a million rows.

/// Sizes below this are counted in place; the few above are kept and sorted.
const SMALL: usize = 4_096;

/// Sizes of changes, in lines.
pub(super) struct Sizes {
    small: Vec<u64>,
    large: Vec<u64>,
    len: usize,
}

impl Sizes {
    pub(super) fn new() -> Self {
        Self {
            small: vec![0; SMALL],
            large: Vec::new(),
            len: 0,
        }
    }

    /// One more size.
    pub(super) fn add(&mut self, size: u64) {
        self.len += 1;
        match usize::try_from(size)
            .ok()
            .and_then(|at| self.small.get_mut(at))
        {
            Some(count) => *count += 1,
            None => self.large.push(size),
        }
    }

    /// Makes ranks answerable; to be called once, after the last [`Sizes::add`].
    pub(super) fn finish(&mut self) {
        self.large.sort_unstable();
        let mut before = 0;
        for count in &mut self.small {
            before += *count;
            *count = before;
        }
    }

    /// How many sizes there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The size of `rank`, from 0; the largest beyond the end.
    pub(super) fn at(&self, rank: usize) -> f64 {
        let place = self.small.partition_point(|upto| *upto <= rank as u64);
        if place < SMALL {
            return place as f64;
        }
        let above = rank - (self.len - self.large.len()).min(rank);
        self.large
            .get(above)
            .or(self.large.last())
            .map_or(0.0, |size| *size as f64)
    }

    /// How many sizes lie from `low` to `high`, both included.
    pub(super) fn between(&self, low: u64, high: u64) -> u64 {
        self.upto(high) - low.checked_sub(1).map_or(0, |below| self.upto(below))
    }

    fn upto(&self, size: u64) -> u64 {
        if let Some(count) = usize::try_from(size).ok().and_then(|at| self.small.get(at)) {
            return *count;
        }
        let small = (self.len - self.large.len()) as u64;
        small + self.large.partition_point(|large| *large <= size) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ranks_and_counts_are_those_of_a_sorted_list(
            sizes in prop::collection::vec(prop_oneof![0_u64..300, 4_000_u64..9_000], 1..200),
            low in 0_u64..10_000, reach in 0_u64..10_000,
        ) {
            let mut found = Sizes::new();
            for size in &sizes {
                found.add(*size);
            }
            found.finish();
            let mut sorted = sizes.clone();
            sorted.sort_unstable();
            for (rank, size) in sorted.iter().enumerate() {
                prop_assert_eq!(found.at(rank).to_bits(), (*size as f64).to_bits());
            }
            let high = low + reach;
            let inside = sizes.iter().filter(|size| (low..=high).contains(size)).count();
            prop_assert_eq!(found.between(low, high), inside as u64);
        }
    }
}
