//! Statistics that only these metrics need: plain numbers in, plain numbers out.

use crate::metrics::stats::STATISTIC_FROM;

/// The 95 % interval of the `p`-quantile of rising `sorted` values from order statistics, whatever
/// their distribution: of the values, a number that follows Binomial(n, `p`) lies below the
/// quantile, and each end leaves out at most 2.5 % of that (Hahn and Meeker, Statistical Intervals,
/// 1991). `None` where even the smallest or the largest value is not far enough out.
pub(super) fn percentile_interval(sorted: &[f64], p: f64) -> Option<(f64, f64)> {
    let n = sorted.len();
    let odds = p / (1.0 - p);
    // Relative to the likeliest number, so that nothing under- or overflows where it matters.
    let mode = (0..n)
        .take_while(|k| (n - k) as f64 / (k + 1) as f64 * odds >= 1.0)
        .count();
    let mut chances = vec![0.0; n + 1];
    chances[mode] = 1.0;
    for k in mode..n {
        chances[k + 1] = chances[k] * odds * (n - k) as f64 / (k + 1) as f64;
    }
    for k in (0..mode).rev() {
        chances[k] = chances[k + 1] / odds * (k + 1) as f64 / (n - k) as f64;
    }
    let all: f64 = chances.iter().sum();
    let within = |chances: &mut dyn Iterator<Item = &f64>| {
        let mut tail = 0.0;
        let fits = chances.take_while(|chance| {
            tail += **chance;
            tail <= 0.025 * all
        });
        fits.count()
    };
    let low = within(&mut chances.iter()).checked_sub(1)?;
    let high = within(&mut chances.iter().rev()).checked_sub(1)?;
    Some((*sorted.get(low)?, *sorted.get(n.checked_sub(high + 1)?)?))
}

/// Student's t for 95 % on both sides, from 4 degrees of freedom; beyond the table its last value,
/// which is on the careful side.
const T95: [f64; 17] = [
    2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086,
];

/// The 95 % interval of the ratio of the sums of `items` (part, whole) by the jackknife (Tukey,
/// 1958; Efron and Stein, Annals of Statistics 9, 1981): each item left out once tells how much
/// the ratio hangs on single items. `None` below 5 items, or where one item is the whole.
pub(super) fn ratio_interval(items: &[(f64, f64)]) -> Option<(f64, f64)> {
    let n = items.len();
    if (n as u64) < STATISTIC_FROM {
        return None;
    }
    let part: f64 = items.iter().map(|item| item.0).sum();
    let whole: f64 = items.iter().map(|item| item.1).sum();
    let without = items.iter().map(|item| (part - item.0, whole - item.1));
    let ratios: Option<Vec<f64>> = without
        .map(|(part, whole)| (whole > 0.0).then(|| part / whole))
        .collect();
    let ratios = ratios?;
    let mean = ratios.iter().sum::<f64>() / n as f64;
    let squares: f64 = ratios.iter().map(|ratio| (ratio - mean).powi(2)).sum();
    let error = (squares * (n - 1) as f64 / n as f64).sqrt();
    let t = T95.get(n - 5).or(T95.last())?;
    Some((part / whole - t * error, part / whole + t * error))
}

/// How alike the two orders of `pairs` are, -1 to 1 (Spearman, 1904): the correlation of their
/// places, those of equal values shared. `None` when either side is all one value.
pub(super) fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let places = |side: fn(&(f64, f64)) -> f64| places(&pairs.iter().map(side).collect::<Vec<_>>());
    let (a, b) = (places(|pair| pair.0), places(|pair| pair.1));
    let middle = f64::midpoint(pairs.len() as f64, 1.0);
    let product = |a: &[f64], b: &[f64]| -> f64 {
        let pairs = a.iter().zip(b);
        pairs.map(|(a, b)| (a - middle) * (b - middle)).sum()
    };
    let spread = (product(&a, &a) * product(&b, &b)).sqrt();
    (spread > 0.0).then(|| product(&a, &b) / spread)
}

/// The places of `values` in rising order, from 1; equal ones share the middle of theirs.
fn places(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut out = vec![0.0; values.len()];
    let mut before = 0;
    for same in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        let place = before as f64 + f64::midpoint(same.len() as f64, 1.0);
        for at in same {
            out[*at] = place;
        }
        before += same.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_a_percentile_are_those_of_exact_binomial_sums() {
        // scipy 1.17.1: the last l with binom(n, p).cdf(l - 1) <= 0.025 and the first u with
        // sf(u - 1) <= 0.025, ranks from 1.
        let upto = |n: u32| -> Vec<f64> { (1..=n).map(f64::from).collect() };
        for (n, p, ends) in [
            (22, 0.85, None),
            (23, 0.85, Some((16.0, 23.0))),
            (40, 0.85, Some((29.0, 39.0))),
            (100, 0.85, Some((78.0, 93.0))),
            (6, 0.5, Some((1.0, 6.0))),
            (0, 0.85, None),
        ] {
            assert_eq!(percentile_interval(&upto(n), p), ends, "{n}");
        }
    }

    #[test]
    fn orders_are_compared_as_scipy_does() {
        // scipy.stats.spearmanr 1.17.1 of (1, 2, 2, 4, 5, 6) and (3, 1, 4, 4, 9, 5).
        let pairs = [
            (1.0, 3.0),
            (2.0, 1.0),
            (2.0, 4.0),
            (4.0, 4.0),
            (5.0, 9.0),
            (6.0, 5.0),
        ];
        let found = spearman(&pairs).expect("both sides differ");
        assert!((found - 0.808_823_529_411_764_7).abs() < 1e-12, "{found}");
        assert_eq!(spearman(&[(1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(spearman(&[]), None);
    }

    #[test]
    fn a_ratio_that_hangs_on_one_item_is_wide() {
        let even = [(1.0, 2.0); 6];
        assert_eq!(ratio_interval(&even), Some((0.5, 0.5)));
        let mut lopsided = even;
        lopsided[5] = (90.0, 100.0);
        let (low, high) = ratio_interval(&lopsided).expect("six");
        assert!(low < 0.5 && high > 0.9, "{low} {high}");
        assert_eq!(ratio_interval(&even[..4]), None);
        assert_eq!(ratio_interval(&[(0.0, 0.0); 5]), None);
    }
}
