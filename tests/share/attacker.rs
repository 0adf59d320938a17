//! The attacker: knows what everybody did, the rules, and every file that was given before. All that
//! is left to find out is whose a file is, or how its author works.

use std::collections::HashMap;
use std::hash::Hash;

/// How well a way of sharing hides its authors: for each file, how many people it could be from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Crowd {
    sizes: Vec<usize>,
}

impl Crowd {
    pub(crate) fn add(&mut self, size: usize) {
        assert!(size > 0, "the author is always one of them");
        self.sizes.push(size);
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.sizes.extend(other.sizes);
    }

    pub(crate) fn len(&self) -> usize {
        self.sizes.len()
    }

    /// The share in percent of files whose author is the only one they could be from.
    pub(crate) fn identified(&self) -> f64 {
        self.below(2)
    }

    /// The share in percent of files that fewer than `least` people could have given.
    pub(crate) fn below(&self, least: usize) -> f64 {
        let few = self.sizes.iter().filter(|size| **size < least).count();
        100.0 * few as f64 / self.len().max(1) as f64
    }

    pub(crate) fn median(&self) -> usize {
        let mut sorted = self.sizes.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }
}

/// How many of `all` look like each of them, themselves included.
pub(crate) fn alike<T: Hash + Eq>(all: &[T]) -> Crowd {
    let mut groups: HashMap<&T, usize> = HashMap::new();
    for one in all {
        *groups.entry(one).or_default() += 1;
    }
    let mut crowd = Crowd::default();
    for one in all {
        crowd.add(groups[one]);
    }
    crowd
}

/// The mean error of a guess at `truth` by somebody who knows the truth about all others: the mean of
/// those who look the same, or of all where nobody does.
pub(crate) fn error<T: Hash + Eq>(seen: &[T], truth: &[f64]) -> f64 {
    let mut groups: HashMap<&T, (f64, usize)> = HashMap::new();
    for (one, value) in seen.iter().zip(truth) {
        let group = groups.entry(one).or_default();
        *group = (group.0 + value, group.1 + 1);
    }
    let (sum, n) = (truth.iter().sum::<f64>(), truth.len());
    let others = |(sum, n): (f64, usize), value: f64| (sum - value) / (n - 1) as f64;
    let guess = |one: &T, value| match groups[one] {
        (_, 1) => others((sum, n), value),
        group => others(group, value),
    };
    let errors = seen
        .iter()
        .zip(truth)
        .map(|(one, value)| (guess(one, *value) - value).abs());
    errors.sum::<f64>() / n as f64
}

#[test]
fn a_crowd_of_equals_is_told_from_a_crowd_of_ones() {
    let same = alike(&[1, 1, 1, 1, 1, 1]);
    assert_eq!(
        (same.identified(), same.below(5), same.median()),
        (0.0, 0.0, 6)
    );
    let apart = alike(&[1, 2, 3, 4]);
    assert_eq!(
        (apart.identified(), apart.below(5), apart.median()),
        (100.0, 100.0, 1)
    );
}

#[test]
fn a_guess_gets_better_with_what_is_seen() {
    let truth = [10.0, 10.0, 10.0, 50.0, 50.0, 50.0];
    assert_eq!(error(&["a", "a", "a", "b", "b", "b"], &truth), 0.0);
    assert!(error(&[(); 6], &truth) > 20.0);
}
