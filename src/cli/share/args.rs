//! The arguments of `inward share`. There is none that answers a question beforehand.

use std::path::PathBuf;

use clap::Args;

/// `inward share`
#[derive(Args, Debug)]
pub struct ShareArgs {
    /// The finished quarter or month it is about: last-quarter (default), 2026-Q1, 2026-03
    #[arg(value_name = "QUARTER")]
    pub window: Option<String>,
    /// For whom: handover (they know it is from you) or pooled (they should not); asked otherwise
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// The file to write, which must not be there yet; otherwise one in the outbox
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write JSON instead of Markdown (also where FILE ends in .json)
    #[arg(long)]
    pub json: bool,
    /// List the ledger of earlier shares, and write nothing
    #[arg(long, conflicts_with_all = ["window", "profile", "output"])]
    pub ledger: bool,
    /// Erase the ledger: later shares are weighed without the earlier ones
    #[arg(long, conflicts_with_all = ["window", "profile", "output", "ledger", "json"])]
    pub forget_ledger: bool,
}
