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

/// The closed formula in Python with `NormalDist().inv_cdf(0.975)`.
#[test]
fn share_intervals_are_wilsons() {
    for (hits, all, low, high) in [
        (0, 10, 0.0, 0.277_532_799_862_888_9),
        (5, 10, 0.236_593_090_512_564, 0.763_406_909_487_436),
        (109, 1204, 0.075_599_354_165_918_9, 0.108_068_342_617_147_1),
        (1, 5, 0.036_224_108_632_430_1, 0.624_465_370_237_474_5),
        (7, 7, 0.645_669_564_933_312_6, 1.0),
    ] {
        let found = wilson(hits, all).unwrap();
        assert!((found.0 - low).abs() < 1e-12, "{found:?}");
        assert!((found.1 - high).abs() < 1e-12, "{found:?}");
    }
    assert_eq!(wilson(0, 0), None);
}

#[test]
fn usual_limits_are_the_mean_and_266_mean_moves() {
    let weeks = [12, 18, 25, 9, 14, 22, 30, 17, 11, 19, 24, 16].map(f64::from);
    let limits = xmr(&weeks).unwrap();
    assert!((limits.mean - 18.083_333_333_333_332).abs() < 1e-12);
    assert!((limits.low + 3.680_303_030_303_033).abs() < 1e-12);
    assert!((limits.high - 39.846_969_696_969_694).abs() < 1e-12);
    assert_eq!(xmr(&weeks[..9]), None);
}

#[test]
fn a_run_ends_at_the_mean_and_knows_its_side() {
    assert_eq!(last_run(&[1.0, 5.0, 6.0, 7.0], 4.0), Some((true, 3)));
    assert_eq!(last_run(&[9.0, 4.0, 3.0, 2.0], 4.0), Some((false, 2)));
    assert_eq!(last_run(&[1.0, 4.0], 4.0), None);
    assert_eq!(last_run(&[], 4.0), None);
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

    #[test]
    fn a_median_interval_holds_the_median(values in prop::collection::vec(-1e6_f64..1e6, 6..200)) {
        let sorted = sorted(&values);
        let (low, high) = median_interval(&sorted).unwrap();
        let median = median(&values).unwrap();
        prop_assert!(low <= median && median <= high);
    }

    #[test]
    fn median_ranks_mirror_each_other_at_any_size(len in 6_usize..3_000_000) {
        let (low, high) = median_ranks(len).unwrap();
        prop_assert_eq!(low + high, len - 1);
        // The normal approximation is off by less than two ranks.
        let near = (len as f64 - 1.96 * (len as f64).sqrt()) / 2.0;
        prop_assert!((low as f64 - near).abs() < 2.0, "{} {}", low, near);
    }

    #[test]
    fn a_share_lies_in_its_interval(all in 1_u64..100_000, part in 0.0_f64..=1.0) {
        let hits = floor(all as f64 * part) as u64;
        let (low, high) = wilson(hits, all).unwrap();
        let share = hits as f64 / all as f64;
        prop_assert!((0.0..=share).contains(&low) && (share..=1.0).contains(&high));
    }

    #[test]
    fn usual_limits_hold_the_mean_and_move_with_the_points(
        points in prop::collection::vec(0.0_f64..1e6, 10..60), shift in -1e3_f64..1e3
    ) {
        let limits = xmr(&points).unwrap();
        prop_assert!(limits.low <= limits.mean && limits.mean <= limits.high);
        let moved: Vec<f64> = points.iter().map(|p| p + shift).collect();
        let other = xmr(&moved).unwrap();
        prop_assert!((other.low - limits.low - shift).abs() < 1e-3);
        prop_assert!((other.high - limits.high - shift).abs() < 1e-3);
    }
}
