//! The interval of a share (E. B. Wilson, Probable Inference, the Law of Succession, and Statistical
//! Inference, Journal of the American Statistical Association 22, 1927).

use super::Z95;

/// Wilson's 95 % interval of the share `hits / all`; `None` of nothing.
pub fn wilson(hits: u64, all: u64) -> Option<(f64, f64)> {
    if all == 0 {
        return None;
    }
    let (hits, all) = (hits.min(all) as f64, all as f64);
    let share = hits / all;
    let z2 = Z95 * Z95;
    let middle = share + z2 / (2.0 * all);
    let spread = Z95 * (share * (1.0 - share) / all + z2 / (4.0 * all * all)).sqrt();
    let scale = 1.0 + z2 / all;
    // Rounding may step over the ends by one part in 10^16.
    let low = ((middle - spread) / scale).clamp(0.0, share);
    let high = ((middle + spread) / scale).clamp(share, 1.0);
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn a_share_lies_in_its_interval(all in 1_u64..100_000, part in 0.0_f64..=1.0) {
            let hits = crate::metrics::stats::percentile::floor(all as f64 * part) as u64;
            let (low, high) = wilson(hits, all).unwrap();
            let share = hits as f64 / all as f64;
            prop_assert!((0.0..=share).contains(&low) && (share..=1.0).contains(&high));
        }
    }
}
