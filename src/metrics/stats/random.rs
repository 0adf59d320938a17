//! The one generator of random numbers: `SplitMix64` (G. L. Steele, D. Lea and C. H. Flood, Fast
//! Splittable Pseudorandom Number Generators, OOPSLA 2014). Small, portable, and its numbers for a
//! seed are published, so that whoever doubts a figure can draw the same ones.

/// A stream of numbers that its seed alone decides.
#[derive(Clone, Debug)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// The stream of `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number.
    pub fn next_number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A place below `len`; 0 when `len` is 0. The high half of a product: what it is off from
    /// even is one part in 2^64 / `len`.
    pub fn below(&mut self, len: usize) -> usize {
        let product = u128::from(self.next_number()) * len as u128;
        usize::try_from(product >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of seed 1234567 in the public reference implementation (`splitmix64.c` of
    /// Sebastiano Vigna, 2015), as its test vectors are quoted everywhere.
    #[test]
    fn the_stream_is_that_of_the_reference() {
        let mut random = SplitMix64::new(1_234_567);
        let first: Vec<u64> = (0..5).map(|_| random.next_number()).collect();
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(first, expected);
    }

    #[test]
    fn places_are_below_the_length_and_even() {
        let mut random = SplitMix64::new(7);
        let mut seen = [0_u32; 7];
        for _ in 0..70_000 {
            seen[random.below(7)] += 1;
        }
        assert!(seen.iter().all(|n| (9_600..10_400).contains(n)), "{seen:?}");
        assert_eq!(random.below(0), 0);
    }
}
