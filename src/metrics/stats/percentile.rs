//! Percentiles: Hyndman-Fan type 7 everywhere (R. J. Hyndman and Y. Fan, Sample Quantiles in
//! Statistical Packages, The American Statistician 50, 1996).

/// The `p`-quantile (0 to 1) of rising `sorted` values, Hyndman-Fan type 7; `None` of nothing.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    quantile_by(sorted.len(), p, |at| {
        sorted.get(at).copied().unwrap_or(f64::NAN)
    })
}

/// The same over any `at(rank)` that returns the value of a rank from 0; `None` when `len` is 0.
pub fn quantile_by(len: usize, p: f64, at: impl Fn(usize) -> f64) -> Option<f64> {
    let last = len.checked_sub(1)?;
    let place = last as f64 * p.clamp(0.0, 1.0);
    let below = floor(place).min(last);
    let (low, high) = (at(below), at((below + 1).min(last)));
    Some(low + (high - low) * (place - below as f64))
}

/// The median of `values` in any order; `None` of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(&sorted(values), 0.5)
}

/// `values` in rising order.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut out = values.to_vec();
    out.sort_unstable_by(f64::total_cmp);
    out
}

/// Whether two values are equal; what is no number equals nothing.
pub(super) fn same(a: f64, b: f64) -> bool {
    a.partial_cmp(&b).is_some_and(std::cmp::Ordering::is_eq)
}

/// The whole part of a rank, which is never negative nor beyond any length.
pub(super) fn floor(place: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank lies between 0 and a length; the cast cuts exactly the fraction"
    )]
    let whole = place as usize;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `statistics.quantiles(..., method='inclusive')` of Python 3.11 on the same numbers.
    #[test]
    fn quantiles_are_those_of_pythons_inclusive_method() {
        let first: Vec<f64> = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4]
            .map(f64::from)
            .to_vec();
        let second: Vec<f64> = [12, 0, 7, 431, 18, 3, 95, 22, 1040, 61, 5]
            .map(f64::from)
            .to_vec();
        for (values, p50, p85, p95) in [(first, 4.5, 8.15, 9.0), (second, 18.0, 263.0, 735.5)] {
            let sorted = sorted(&values);
            for (p, expected) in [(0.5, p50), (0.85, p85), (0.95, p95)] {
                let found = quantile(&sorted, p).unwrap();
                assert!((found - expected).abs() < 1e-9, "{p}: {found} {expected}");
            }
            assert_eq!(median(&values), Some(p50));
        }
    }

    proptest! {
        #[test]
        fn a_quantile_lies_between_the_ends_and_rises(
            values in prop::collection::vec(-1e9_f64..1e9, 1..80), a in 0.0_f64..=1.0, b in 0.0_f64..=1.0
        ) {
            let sorted = sorted(&values);
            let (low, high) = (a.min(b), a.max(b));
            let (x, y) = (quantile(&sorted, low).unwrap(), quantile(&sorted, high).unwrap());
            prop_assert!(x <= y + 1e-6);
            prop_assert!(x >= sorted[0] - 1e-6 && y <= sorted[sorted.len() - 1] + 1e-6);
        }
    }
}
