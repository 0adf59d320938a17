//! The percentile bootstrap (B. Efron, Bootstrap Methods: Another Look at the Jackknife, Annals of
//! Statistics 7, 1979; B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapter
//! 13): draw as many items as there are, with replacement, a thousand times; the middle 95 % of
//! the results are the interval.

use super::percentile::quantile_by;
use super::random::SplitMix64;
use super::{STATISTIC_FROM, sorted};

/// How often items are drawn anew.
const RESAMPLES: usize = 1_000;
/// The seed of every bootstrap.
const SEED: u64 = 0x1979_0001;
/// Items beyond this many are put into so many heaps first, and heaps are drawn: the interval of a
/// ratio of sums costs the same for a hundred items and for a hundred thousand. How much heaps
/// differ tells the spread of a sum as well as how much items do (the delete-a-group idea of
/// P. S. Kott, The Delete-a-Group Jackknife, Journal of Official Statistics 17, 2001).
const HEAPS: usize = 200;

/// The 95 % interval of `statistic` over `items`; `None` below 5 items or when the statistic has
/// none. Costs a thousand times the statistic.
pub fn bootstrap_interval(
    items: &[f64],
    mut statistic: impl FnMut(&[f64]) -> Option<f64>,
) -> Option<(f64, f64)> {
    let mut drawn = Vec::with_capacity(items.len());
    middle(items.len(), |random| {
        drawn.clear();
        let any = (0..items.len()).filter_map(|_| items.get(random.below(items.len())));
        drawn.extend(any);
        statistic(&drawn)
    })
}

/// The 95 % interval of the ratio of the sums of `items` (part, whole); `None` below 5 items or
/// when the whole is nothing. Items that belong together (the lines of one commit) are one item:
/// they share a fate, and drawing them one by one would promise far too much.
pub fn ratio_interval(items: &[(f64, f64)]) -> Option<(f64, f64)> {
    if items.len() <= HEAPS {
        return ratio_of(items, items.len());
    }
    // Which heap is drawn, not taken in turn: neighbours in time are alike.
    let mut heaps = vec![(0.0, 0.0); HEAPS];
    let mut random = SplitMix64::new(SEED);
    for (part, whole) in items {
        let heap = &mut heaps[random.below(HEAPS)];
        heap.0 += part;
        heap.1 += whole;
    }
    ratio_of(&heaps, items.len())
}

fn ratio_of(items: &[(f64, f64)], counted: usize) -> Option<(f64, f64)> {
    middle(counted, |random| {
        let (mut part, mut whole) = (0.0, 0.0);
        for _ in 0..items.len() {
            let item = items[random.below(items.len())];
            part += item.0;
            whole += item.1;
        }
        (whole > 0.0).then(|| part / whole)
    })
}

/// The middle 95 % of what a thousand draws give; draws without a result are drawn for nothing.
fn middle(len: usize, mut draw: impl FnMut(&mut SplitMix64) -> Option<f64>) -> Option<(f64, f64)> {
    if (len as u64) < STATISTIC_FROM {
        return None;
    }
    let mut random = SplitMix64::new(SEED);
    let all: Vec<f64> = (0..RESAMPLES).filter_map(|_| draw(&mut random)).collect();
    let all = sorted(&all);
    let at = |p| quantile_by(all.len(), p, |rank| all[rank]);
    Some((at(0.025)?, at(0.975)?))
}

#[cfg(test)]
mod tests {
    use super::super::{median, quantile};
    use super::*;
    use proptest::prelude::*;

    fn near(found: Option<(f64, f64)>, low: f64, high: f64, by: f64) {
        let (a, b) = found.unwrap();
        assert!((a - low).abs() < by && (b - high).abs() < by, "{a} {b}");
    }

    /// `scipy.stats.bootstrap(..., method='percentile', n_resamples=99999)` of `SciPy` 1.17.1, `NumPy`
    /// 2.4.6; a thousand draws differ from a hundred thousand by what chance does.
    #[test]
    fn intervals_are_those_of_scipy_but_for_chance() {
        let items = [
            3.0, 8.0, 12.0, 1.0, 40.0, 7.0, 9.0, 15.0, 22.0, 4.0, 6.0, 11.0,
        ];
        let mean = |all: &[f64]| Some(all.iter().sum::<f64>() / all.len() as f64);
        near(bootstrap_interval(&items, mean), 6.5833, 17.8333, 0.7);
        near(bootstrap_interval(&items, median), 5.0, 13.5, 1.0);
        let part = [3.0, 0.0, 5.0, 1.0, 2.0, 8.0, 0.0, 4.0, 1.0, 6.0];
        let whole = [10.0, 4.0, 6.0, 9.0, 3.0, 12.0, 5.0, 4.0, 8.0, 7.0];
        let items: Vec<(f64, f64)> = part.into_iter().zip(whole).collect();
        near(ratio_interval(&items), 0.23457, 0.65455, 0.025);
    }

    #[test]
    fn a_few_items_have_no_interval() {
        assert_eq!(bootstrap_interval(&[1.0; 4], median), None);
        assert_eq!(ratio_interval(&[]), None);
        assert_eq!(ratio_interval(&[(0.0, 0.0); 9]), None);
    }

    /// Shares of ten lines each, 2000 commits, half of which lose 3 and half 5: the mean is 0.4, its
    /// standard error 0.1 / sqrt(2000) = 0.002236, so the interval is 0.4 ± 0.00438.
    #[test]
    fn heaps_tell_the_spread_that_items_would() {
        let items: Vec<(f64, f64)> = (0..2_000)
            .map(|n| (if n % 2 == 0 { 3.0 } else { 5.0 }, 10.0))
            .collect();
        near(ratio_interval(&items), 0.395_62, 0.404_38, 0.001);
    }

    proptest! {
        #[test]
        fn the_same_items_give_the_same_bytes_within_the_data(
            items in prop::collection::vec(-1e6_f64..1e6, 5..30)
        ) {
            let ends = |all: &[f64]| quantile(&sorted(all), 0.5);
            let (low, high) = bootstrap_interval(&items, ends).unwrap();
            prop_assert_eq!(bootstrap_interval(&items, ends), Some((low, high)));
            let all = sorted(&items);
            prop_assert!(all[0] <= low && low <= high && high <= all[all.len() - 1]);
        }
    }
}
