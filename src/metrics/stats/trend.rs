//! Whether points go up or down, and by how much: the Mann-Kendall test (H. B. Mann, Nonparametric
//! Tests Against Trend, Econometrica 13, 1945; M. G. Kendall, Rank Correlation Methods, 4th edition,
//! 1970, for ties) and the Theil-Sen slope (P. K. Sen, Estimates of the Regression Coefficient
//! Based on Kendall's Tau, Journal of the American Statistical Association 63, 1968).
//!
//! Two-sided at 5 %, with the correction for ties and for continuity. The test takes points to be
//! independent of each other; where a week resembles the one before, it calls a trend more often
//! than one time in twenty.

use super::percentile::{floor, median, quantile, same};
use super::{TREND_FROM, Z95, sorted};
use crate::model::figure::Trend;

/// Beyond this many points, neighbours are joined into so many groups of like size, each of which
/// stands at its mean time with its median value. All pairs are compared: a test over ten thousand
/// items would take a tenth of a second, and one over their groups sees the same trend.
const MOST: usize = 256;

/// The two-sided test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// Pairs that rise minus pairs that fall.
    pub s: f64,
    /// The variance of `s` where nothing but chance orders the values, ties at their due.
    pub variance: f64,
    /// `s` in standard deviations, brought nearer to 0 by one pair (continuity).
    pub z: f64,
}

/// A slope with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// The median of the slopes of all pairs.
    pub slope: f64,
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
}

/// What the test says about `points` (x in weeks, y the value) in any order; the slope is per
/// unit of x. A trend is called when the test finds one at 5 %; where most pairs are equal (many
/// weeks of zero) the middle slope is 0, and the trend is too small to name.
pub fn trend(points: &[(f64, f64)]) -> Trend {
    if (points.len() as u64) < TREND_FROM {
        return Trend::TooFew {
            have: points.len() as u64,
            need: TREND_FROM,
        };
    }
    let points = grouped(points);
    let (test, mut slopes) = (mann_kendall(&points), slopes(&points));
    let slope = middle(&mut slopes).unwrap_or(0.0);
    match test.z {
        z if z > Z95 => Trend::Rising(slope.max(0.0)),
        z if z < -Z95 => Trend::Falling(slope.min(0.0)),
        _ => Trend::NoChange,
    }
}

/// The test over all pairs of `points`; pairs at the same x say nothing.
pub fn mann_kendall(points: &[(f64, f64)]) -> MannKendall {
    let mut s = 0.0;
    for (at, one) in points.iter().enumerate() {
        for other in &points[at + 1..] {
            s += sign(other.0 - one.0) * sign(other.1 - one.1);
        }
    }
    let variance = variance(points);
    let z = if variance > 0.0 && s != 0.0 {
        (s - sign(s)) / variance.sqrt()
    } else {
        0.0
    };
    MannKendall { s, variance, z }
}

/// The slope of `points` with its interval; `None` when no two of them differ in x.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<Slope> {
    let slopes = sorted(&slopes(points));
    let slope = quantile(&slopes, 0.5)?;
    let last = slopes.len() - 1;
    let reach = Z95 * variance(points).sqrt();
    let place = |rank: f64| floor(rank.clamp(0.0, last as f64));
    let all = slopes.len() as f64;
    // Sen's ranks M1 and M2 + 1, from 0.
    let low = place(((all - reach) / 2.0).round_ties_even() - 1.0);
    let high = place((f64::midpoint(all, reach)).round_ties_even());
    Some(Slope {
        slope,
        low: slopes[low],
        high: slopes[high],
    })
}

/// The slopes of all pairs that differ in x.
fn slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let mut out = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (at, one) in points.iter().enumerate() {
        let others = points[at + 1..]
            .iter()
            .filter(|other| !same(other.0, one.0));
        out.extend(others.map(|other| (other.1 - one.1) / (other.0 - one.0)));
    }
    out
}

/// The median, found without sorting everything.
fn middle(values: &mut [f64]) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let (below, high, _) = values.select_nth_unstable_by(values.len() / 2, f64::total_cmp);
    let high = *high;
    if last % 2 == 0 {
        return Some(high);
    }
    let low = below.iter().copied().max_by(f64::total_cmp)?;
    Some(low + (high - low) / 2.0)
}

/// Kendall's variance of `s` with ties in either coordinate.
fn variance(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    if points.len() < 2 {
        return 0.0;
    }
    let x = Ties::of(points.iter().map(|point| point.0).collect());
    let y = Ties::of(points.iter().map(|point| point.1).collect());
    let free = n * (n - 1.0) * (2.0 * n + 5.0);
    let mut out = (free - x.fifths - y.fifths) / 18.0 + x.pairs * y.pairs / (2.0 * n * (n - 1.0));
    if points.len() > 2 {
        out += x.triples * y.triples / (9.0 * n * (n - 1.0) * (n - 2.0));
    }
    out
}

/// Sums over groups of t equal values.
#[derive(Default)]
struct Ties {
    /// t(t-1)(2t+5)
    fifths: f64,
    /// t(t-1)
    pairs: f64,
    /// t(t-1)(t-2)
    triples: f64,
}

impl Ties {
    fn of(values: Vec<f64>) -> Self {
        let mut values = values;
        values.sort_unstable_by(f64::total_cmp);
        let mut out = Self::default();
        for equal in values.chunk_by(|a, b| same(*a, *b)) {
            let t = equal.len() as f64;
            out.fifths += t * (t - 1.0) * (2.0 * t + 5.0);
            out.pairs += t * (t - 1.0);
            out.triples += t * (t - 1.0) * (t - 2.0);
        }
        out
    }
}

/// `points` in the order of x, joined when there are too many.
fn grouped(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut points = points.to_vec();
    // Stable: points at one x keep the order in which they came.
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let len = points.len();
    if len <= MOST {
        return points;
    }
    let group = |n: usize| {
        let inside = &points[n * len / MOST..(n + 1) * len / MOST];
        let x = inside.iter().map(|point| point.0).sum::<f64>() / inside.len() as f64;
        let values: Vec<f64> = inside.iter().map(|point| point.1).collect();
        Some((x, median(&values)?))
    };
    (0..MOST).filter_map(group).collect()
}

/// -1, 0 or 1; 0 of what is no number.
fn sign(value: f64) -> f64 {
    f64::from(i8::from(value > 0.0) - i8::from(value < 0.0))
}

#[cfg(test)]
#[path = "trend_tests.rs"]
mod tests;
