//! Correlation of ranks: Kendall's tau-b (M. G. Kendall, The Treatment of Ties in Ranking Problems,
//! Biometrika 33, 1945; counted as W. R. Knight, A Computer Method for Calculating Kendall's Tau with
//! Ungrouped Data, Journal of the American Statistical Association 61, 1966) and Spearman's rho
//! (C. Spearman, The Proof and Measurement of Association between Two Things, American Journal of
//! Psychology 15, 1904). Both ask only whether more of one goes with more of the other, so points
//! and hours can be held against each other.

use super::percentile::same;

/// Kendall's tau-b with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kendall {
    /// From -1 to 1.
    pub tau: f64,
    /// Pairs in the same order in both, minus pairs in opposite order.
    pub s: f64,
}

/// Kendall's tau-b of `pairs`; `None` when either side is all one value. Takes n log n steps.
pub fn kendall(pairs: &[(f64, f64)]) -> Option<Kendall> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let all = couples(pairs.len());
    let same_x: f64 = groups(&pairs, |a, b| same(a.0, b.0));
    let same_both: f64 = groups(&pairs, |a, b| same(a.0, b.0) && same(a.1, b.1));
    let mut values: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let swaps = sort_counting(&mut values);
    let same_y: f64 = groups(&values, |a, b| same(*a, *b));
    // Pairs that differ in both are in order or swapped.
    let s = all - same_x - same_y + same_both - 2.0 * swaps;
    let scale = ((all - same_x) * (all - same_y)).sqrt();
    (scale > 0.0).then(|| Kendall {
        tau: (s / scale).clamp(-1.0, 1.0),
        s,
    })
}

/// Spearman's rho of `pairs`: the correlation of their ranks, equal values at the mean of theirs.
/// `None` when either side is all one value.
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let x = ranks(&pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    let y = ranks(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    let mean = f64::midpoint(pairs.len() as f64, 1.0);
    let (mut both, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(&y) {
        let (a, b) = (a - mean, b - mean);
        both += a * b;
        xx += a * a;
        yy += b * b;
    }
    (xx > 0.0 && yy > 0.0).then(|| (both / (xx * yy).sqrt()).clamp(-1.0, 1.0))
}

/// The rank of each value from 1, equal ones at their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut out = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|a, b| same(values[*a], values[*b])) {
        let rank = before as f64 + f64::midpoint(equal.len() as f64, 1.0);
        for at in equal {
            out[*at] = rank;
        }
        before += equal.len();
    }
    out
}

/// Pairs of `n` things.
fn couples(n: usize) -> f64 {
    n as f64 * (n as f64 - 1.0) / 2.0
}

/// Pairs inside groups of neighbours that are `alike`.
fn groups<T>(sorted: &[T], alike: impl FnMut(&T, &T) -> bool) -> f64 {
    sorted
        .chunk_by(alike)
        .map(|group| couples(group.len()))
        .sum()
}

/// Sorts `values` by merging; returns how many pairs stood the wrong way round.
fn sort_counting(values: &mut [f64]) -> f64 {
    let half = values.len() / 2;
    if half == 0 {
        return 0.0;
    }
    let mut swaps = sort_counting(&mut values[..half]) + sort_counting(&mut values[half..]);
    let mut merged = Vec::with_capacity(values.len());
    let (mut left, mut right) = (0, half);
    while left < half && right < values.len() {
        if values[right] < values[left] {
            swaps += (half - left) as f64;
            merged.push(values[right]);
            right += 1;
        } else {
            merged.push(values[left]);
            left += 1;
        }
    }
    merged.extend_from_slice(&values[left..half]);
    merged.extend_from_slice(&values[right..]);
    values.copy_from_slice(&merged);
    swaps
}

/// The 95 % interval of Spearman's `rho` of `n` pairs by Fisher's transformation with the variance
/// of Bonett and Wright (Psychometrika 65, 2000); `None` below 10 pairs.
pub fn spearman_interval(rho: f64, n: usize) -> Option<(f64, f64)> {
    if n < 10 || !(-1.0..=1.0).contains(&rho) {
        return None;
    }
    // At the very ends the transformation is infinite.
    let z = rho.clamp(-0.999_999, 0.999_999).atanh();
    let reach = super::Z95 * ((1.0 + rho * rho / 2.0) / (n as f64 - 3.0)).sqrt();
    Some(((z - reach).tanh().min(rho), (z + reach).tanh().max(rho)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `scipy.stats.kendalltau(x, y)` (tau-b) and `scipy.stats.spearmanr(x, y)` of `SciPy` 1.17.1.
    #[test]
    fn correlations_are_those_of_scipy() {
        let x = [1., 2., 3., 5., 8., 13., 2., 3., 5., 1.];
        let y = [
            3600., 9000., 7200., 40000., 30000., 90000., 3600., 20000., 15000., 9000.,
        ];
        let points: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
        assert!((kendall(&points).unwrap().tau - 0.690_671_986_932_834_4).abs() < 1e-12);
        assert!((spearman(&points).unwrap() - 0.827_176_253_317_58).abs() < 1e-12);
        let x = [0., 0., 1., 2., 2., 3., 5., 6., 8., 8., 9., 11.];
        let y = [5., 5., 6., 9., 8., 8., 10., 9., 12., 12., 14., 12.];
        let points: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
        let found = kendall(&points).unwrap();
        assert!((found.s - 53.0).abs() < 1e-12);
        assert!((found.tau - 0.862_045_064_437_870_9).abs() < 1e-12);
        assert!((spearman(&points).unwrap() - 0.946_643_194_873_011_3).abs() < 1e-12);
    }

    #[test]
    fn one_value_on_a_side_correlates_with_nothing() {
        assert_eq!(kendall(&[]), None);
        assert_eq!(kendall(&[(1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(spearman(&[(1.0, 2.0), (4.0, 2.0)]), None);
        assert_eq!(spearman(&[]), None);
    }

    proptest! {
        #[test]
        fn counting_by_merging_is_counting_every_pair(
            pairs in prop::collection::vec((0_u8..9, 0_u8..9), 2..60)
        ) {
            let pairs: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
            let s = super::super::mann_kendall(&pairs).s;
            if let Some(found) = kendall(&pairs) {
                prop_assert!((found.s - s).abs() < 1e-9);
                prop_assert!((-1.0..=1.0).contains(&found.tau));
                let turned: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (*x, -y)).collect();
                prop_assert!((kendall(&turned).unwrap().tau + found.tau).abs() < 1e-9);
                prop_assert!((spearman(&turned).unwrap() + spearman(&pairs).unwrap()).abs() < 1e-9);
            }
        }
    }
}
