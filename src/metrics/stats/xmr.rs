//! The chart of individual values and moving ranges, and its run rule (W. A. Shewhart, Economic
//! Control of Quality of Manufactured Product, 1931; D. J. Wheeler, Understanding Variation, 1993).
//!
//! Two rules call a change: a point outside the limits, and [`RUN`](super::RUN) points in a row on
//! one side of the mean. Wheeler's third one (three of four points nearer to a limit than to the
//! mean) is not used: each rule more calls more noise a change.

use super::USUAL_FROM;

/// Mean and limits of an individuals chart (Wheeler's `XmR`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Xmr {
    /// Mean of the points.
    pub mean: f64,
    /// Mean minus 2.66 times the mean moving range.
    pub low: f64,
    /// Mean plus 2.66 times the mean moving range.
    pub high: f64,
}

/// The `XmR` limits of `points` in time order; `None` below [`USUAL_FROM`] points.
pub fn xmr(points: &[f64]) -> Option<Xmr> {
    if (points.len() as u64) < USUAL_FROM {
        return None;
    }
    let mean = points.iter().sum::<f64>() / points.len() as f64;
    let moves: f64 = points.windows(2).map(|w| (w[1] - w[0]).abs()).sum();
    let reach = 2.66 * moves / (points.len() - 1) as f64;
    Some(Xmr {
        mean,
        low: mean - reach,
        high: mean + reach,
    })
}

/// How many of the last `points` in a row lie above (`true`) or below the mean; a point on the
/// mean ends the run.
pub fn last_run(points: &[f64], mean: f64) -> Option<(bool, usize)> {
    let up = match points.last()?.partial_cmp(&mean)? {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => return None,
    };
    let on_side = |value: &&f64| {
        if up { **value > mean } else { **value < mean }
    };
    Some((up, points.iter().rev().take_while(on_side).count()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
}
