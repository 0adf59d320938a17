//! Exact intervals of percentiles from order statistics, whatever the distribution
//! (W. R. Thompson, On Confidence Ranges for the Median and Other Expectation Distributions,
//! Annals of Mathematical Statistics 7, 1936; H. A. David and H. N. Nagaraja, Order Statistics,
//! 3rd edition, 2003, section 7.1).

use super::percentile::floor;

/// What may lie beyond each end of an interval.
const TAIL: f64 = 0.025;

/// The ranks from 0 of the two values of `len` sorted ones that hold the median between them with
/// at least 95 % certainty. `None` below 6 values, where even the smallest and the largest are
/// not enough.
pub fn median_ranks(len: usize) -> Option<(usize, usize)> {
    percentile_ranks(len, 0.5)
}

/// The ranks from 0 of the two values of `len` sorted ones that hold the `p`-quantile between them
/// with at least 95 % certainty: how many values lie below it follows Binomial(`len`, `p`), and at
/// most 2.5 % of that lie beyond either rank. `None` where the smallest or the largest value is
/// not far enough out, or `p` is not inside 0 to 1.
pub fn percentile_ranks(len: usize, p: f64) -> Option<(usize, usize)> {
    if len == 0 || p.is_nan() || p <= 0.0 || p >= 1.0 {
        return None;
    }
    // Terms of the binomial relative to its largest, walked both ways until they no longer
    // matter: about 18 * sqrt(len) steps, and nothing under- or overflows.
    let odds = p / (1.0 - p);
    let top = floor((len + 1) as f64 * p).min(len);
    let down = walk(|step| {
        let k = top.checked_sub(step).filter(|k| *k > 0)?;
        Some(k as f64 / ((len - k + 1) as f64 * odds))
    });
    let up = walk(|step| {
        let k = top + step;
        (k < len).then(|| (len - k) as f64 * odds / (k + 1) as f64)
    });
    let all = 1.0 + down.iter().sum::<f64>() + up.iter().sum::<f64>();
    // P(B <= low) and P(B > high) are both 2.5 % at most; a rank from 0 is a number from 1 less 1.
    let low = top - reach(&down, all)?;
    let high = top + reach(&up, all)? - 1;
    Some((low, high))
}

/// Products of `factor(0)`, `factor(1)`, … until there is none or they vanish.
fn walk(factor: impl Fn(usize) -> Option<f64>) -> Vec<f64> {
    let mut out = Vec::new();
    let mut term = 1.0;
    while let Some(next) = factor(out.len()).map(|by| term * by).filter(|t| *t > 1e-18) {
        term = next;
        out.push(next);
    }
    out
}

/// The first step from the top (from 1) from which on all terms together hold 2.5 % or less.
/// `None` when even the last one holds more.
fn reach(terms: &[f64], all: f64) -> Option<usize> {
    let mut tail = 0.0;
    let mut first = None;
    for (before, term) in terms.iter().enumerate().rev() {
        tail += term;
        if tail / all > TAIL {
            break;
        }
        first = Some(before + 1);
    }
    first
}

/// The 95 % interval of the median of rising `sorted` values; `None` below 6.
pub fn median_interval(sorted: &[f64]) -> Option<(f64, f64)> {
    percentile_interval(sorted, 0.5)
}

/// The 95 % interval of the `p`-quantile (0 to 1) of rising `sorted` values; `None` where there
/// are too few: below 6 for the median, 23 for the 85th percentile, 72 for the 95th.
pub fn percentile_interval(sorted: &[f64], p: f64) -> Option<(f64, f64)> {
    let (low, high) = percentile_ranks(sorted.len(), p)?;
    Some((*sorted.get(low)?, *sorted.get(high)?))
}

#[cfg(test)]
mod tests {
    use super::super::{median, quantile, sorted};
    use super::*;
    use proptest::prelude::*;

    /// `scipy.stats.binom(n, p).cdf` and `.sf` of `SciPy` 1.17.1: the last rank l (from 1) with
    /// cdf(l - 1) <= 0.025 and the first u with sf(u - 1) <= 0.025.
    #[test]
    fn percentile_ranks_are_those_of_scipys_binomial() {
        for (len, p, expected) in [
            (20, 0.85, None),
            (22, 0.85, None),
            (23, 0.85, Some((15, 22))),
            (40, 0.85, Some((28, 38))),
            (60, 0.85, Some((44, 56))),
            (100, 0.85, Some((77, 92))),
            (1000, 0.85, Some((827, 872))),
            (60, 0.95, None),
            (72, 0.95, Some((63, 71))),
            (73, 0.95, Some((64, 72))),
            (100, 0.95, Some((89, 99))),
            (1000, 0.95, Some((935, 963))),
            (100, 0.0, None),
            (100, 1.0, None),
        ] {
            assert_eq!(percentile_ranks(len, p), expected, "{len} {p}");
        }
    }

    /// Exact binomial sums with Python's `fractions`.
    #[test]
    fn median_ranks_are_those_of_exact_binomial_sums() {
        for (len, expected) in [
            (0, None),
            (1, None),
            (5, None),
            (6, Some((0, 5))),
            (8, Some((0, 7))),
            (9, Some((1, 7))),
            (10, Some((1, 8))),
            (15, Some((3, 11))),
            (20, Some((5, 14))),
            (25, Some((7, 17))),
            (41, Some((13, 27))),
            (60, Some((21, 38))),
            (100, Some((39, 60))),
            (101, Some((40, 60))),
            (500, Some((227, 272))),
            (1001, Some((469, 531))),
            (4000, Some((1937, 2062))),
        ] {
            assert_eq!(median_ranks(len), expected, "{len}");
        }
    }

    proptest! {
        #[test]
        fn a_median_interval_holds_the_median(values in prop::collection::vec(-1e6_f64..1e6, 6..200)) {
            let sorted = sorted(&values);
            let (low, high) = median_interval(&sorted).unwrap();
            let median = median(&values).unwrap();
            prop_assert!(low <= median && median <= high);
        }

        #[test]
        fn a_percentile_interval_holds_the_percentile(
            values in prop::collection::vec(-1e6_f64..1e6, 6..300), p in 0.01_f64..0.99
        ) {
            let sorted = sorted(&values);
            let point = quantile(&sorted, p).unwrap();
            if let Some((low, high)) = percentile_interval(&sorted, p) {
                prop_assert!(low <= point && point <= high, "{} {} {}", low, point, high);
            }
        }

        #[test]
        fn median_ranks_mirror_each_other_at_any_size(len in 6_usize..3_000_000) {
            let (low, high) = median_ranks(len).unwrap();
            prop_assert_eq!(low + high, len - 1);
            // The normal approximation is off by less than two ranks.
            let near = (len as f64 - 1.96 * (len as f64).sqrt()) / 2.0;
            prop_assert!((low as f64 - near).abs() < 2.0, "{} {}", low, near);
        }
    }
}
