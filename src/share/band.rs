//! Fixed bands. They are the same for everybody and were set without looking at anybody's data: a
//! level that adapts to its owner would tell something by what it is.
//!
//! No band is zero. The lowest covers holiday and illness too.

/// Bands of one kind of number: where each but the first begins, and what each is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    edges: &'static [u64],
    words: &'static [&'static str],
}

/// Finished tasks, for a reader who knows whose they are.
pub(super) const ITEMS: Scale = Scale {
    edges: &[10, 30, 100],
    words: &["fewer than 10", "10 to 29", "30 to 99", "100 or more"],
};

/// Finished tasks, where nobody should be told apart: each edge more halves the crowd.
pub(super) const POOLED_ITEMS: Scale = Scale {
    edges: &[10],
    words: &["fewer than 10", "10 or more"],
};

/// Days from start to finish, both counted.
pub(super) const DURATION: Scale = Scale {
    edges: &[8, 15, 29],
    words: &[
        "a week or less",
        "one to two weeks",
        "two to four weeks",
        "more than four weeks",
    ],
};

/// Reviews of others' work.
pub(super) const OFTEN: Scale = Scale {
    edges: &[10, 30],
    words: &["now and then", "regularly", "very often"],
};

impl Scale {
    /// The band that holds `number`, from 0.
    pub fn band(self, number: u64) -> u8 {
        let below = self.edges.iter().filter(|edge| **edge <= number).count();
        u8::try_from(below).unwrap_or(u8::MAX)
    }

    /// What a band is called; empty for one that there is not.
    pub fn word(self, band: u8) -> &'static str {
        self.words
            .get(usize::from(band))
            .copied()
            .unwrap_or_default()
    }

    /// The band of this word; `None` for any other.
    pub fn band_of(self, word: &str) -> Option<u8> {
        let at = self.words.iter().position(|known| *known == word)?;
        u8::try_from(at).ok()
    }

    /// How many bands there are.
    pub fn len(self) -> usize {
        self.words.len()
    }

    /// Never: a scale has a band at least.
    pub fn is_empty(self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_names_each_band_once_and_none_is_zero() {
        for scale in [ITEMS, POOLED_ITEMS, DURATION, OFTEN] {
            assert_eq!(scale.words.len(), scale.edges.len() + 1);
            assert!(scale.edges.is_sorted_by(|a, b| a < b));
            assert!(scale.edges[0] >= 8, "the lowest band covers an absence");
            assert_eq!(scale.band(0), 0);
            assert_eq!(scale.band(scale.edges[0] - 1), 0);
            assert_eq!(scale.band(scale.edges[0]), 1);
            assert_eq!(usize::from(scale.band(u64::MAX)), scale.len() - 1);
            assert!(!scale.is_empty());
        }
    }

    #[test]
    fn the_pooled_bands_are_made_of_whole_bands_of_the_finer_scale() {
        for edge in POOLED_ITEMS.edges {
            assert!(ITEMS.edges.contains(edge));
        }
    }
}
