//! Statistics on plain numbers, one file each, with their sources: no dates, no input or output.
//!
//! Percentiles are Hyndman-Fan type 7 everywhere. Intervals are exact where they can be: order
//! statistics for percentiles, Wilson for a share. What has to be drawn at random (the bootstrap,
//! the forecast) is drawn from one documented generator with a fixed seed, so the same data gives
//! the same bytes.

mod bootstrap;
mod forecast;
mod order_interval;
mod percentile;
mod random;
mod rank;
mod survival;
mod trend;
mod wilson;
mod xmr;

pub use bootstrap::{bootstrap_interval, ratio_interval};
pub use forecast::{Forecast, LONGEST_FORECAST};
pub use order_interval::{median_interval, median_ranks, percentile_interval, percentile_ranks};
pub use percentile::{median, quantile, quantile_by, sorted};
pub use random::SplitMix64;
pub use rank::{Kendall, kendall, spearman, spearman_interval};
pub use survival::{Alive, Curve, Exit, kaplan_meier};
pub use trend::{MannKendall, Slope, mann_kendall, theil_sen, trend};
pub use wilson::wilson;
pub use xmr::{Xmr, last_run, xmr};

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
/// Points from which a trend is looked for.
pub const TREND_FROM: u64 = 10;
/// Whole weeks from which a forecast is made.
pub const FORECAST_FROM: u64 = 8;

/// The 97.5th percentile of the normal distribution: two sides of it leave 5 %, the one level at
/// which an interval is given and a trend is called.
const Z95: f64 = 1.959_963_984_540_054;
