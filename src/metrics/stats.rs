//! Statistics on plain numbers: no dates, no figures, no input or output.
//!
//! Percentiles are Hyndman-Fan type 7 everywhere (Hyndman and Fan, The American Statistician
//! 50, 1996). Intervals are exact: order statistics for a median, Wilson for a share. Nothing
//! here is random, so no seed is needed and the same data gives the same bytes.

/// Rows below which no statistic is given: the items themselves are shown.
pub const STATISTIC_FROM: u64 = 5;
/// Rows from which the 85th percentile is given.
pub const P85_FROM: u64 = 20;
/// Rows from which the 95th percentile is given.
pub const P95_FROM: u64 = 60;
/// Whole weeks from which a usual range is given.
pub const USUAL_FROM: u64 = 10;
/// Points in a row on one side of the mean that are called a shift.
pub const RUN: usize = 8;

/// The 97.5th percentile of the normal distribution.
const Z95: f64 = 1.959_963_984_540_054;

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

/// The ranks from 0 of the two values of `len` sorted ones that hold the median between them with
/// at least 95 % certainty, whatever the distribution: the largest `k` with
/// `P(Binomial(len, 1/2) < k) <= 2.5 %`, counted from both ends. `None` below 6 values, where
/// even the smallest and the largest are not enough.
pub fn median_ranks(len: usize) -> Option<(usize, usize)> {
    // Terms of the binomial relative to its middle one, walked outwards until they no longer
    // matter: about 9 * sqrt(len) steps, and nothing under- or overflows.
    let middle = len / 2;
    let mut terms = vec![1.0_f64];
    while let Some(last) = terms.last().copied().filter(|t| *t > 1e-18) {
        let k = middle - (terms.len() - 1);
        if k == 0 {
            break;
        }
        terms.push(last * k as f64 / (len - k + 1) as f64);
    }
    let below: f64 = terms.iter().skip(1).sum();
    let total = if len.is_multiple_of(2) {
        1.0 + 2.0 * below
    } else {
        2.0 * (1.0 + below)
    };
    let mut tail = 0.0;
    let mut rank = None;
    for (step, term) in terms.iter().enumerate().rev() {
        tail += term;
        if tail / total > 0.025 {
            break;
        }
        rank = Some(middle - step);
    }
    rank.map(|low| (low, len - 1 - low))
}

/// The 95 % interval of the median of rising `sorted` values; `None` below 6.
pub fn median_interval(sorted: &[f64]) -> Option<(f64, f64)> {
    let (low, high) = median_ranks(sorted.len())?;
    Some((*sorted.get(low)?, *sorted.get(high)?))
}

/// Wilson's 95 % interval of the share `hits / all` (Wilson, JASA 22, 1927); `None` of nothing.
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

/// The whole part of a rank, which is never negative nor beyond any length.
fn floor(place: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank lies between 0 and a length; the cast cuts exactly the fraction"
    )]
    let whole = place as usize;
    whole
}

#[cfg(test)]
#[path = "stats_tests.rs"]
mod tests;
