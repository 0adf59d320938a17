//! The options of `inward import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `inward import`
#[derive(Args, Debug, Default)]
pub struct ImportArgs {
    /// Exports of trackers and time trackers; `-` reads one from standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The format, instead of telling it from the content (`--how` lists them)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Who you are in it: a name, login, address or id; may be given again. `*`: all of it is yours
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub mine: Vec<String>,
    /// The zone of times without one, e.g. Europe/Berlin; remembered
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,
    /// Whether 3/4/2026 is day/month or month/day, where the file does not show it
    #[arg(long, value_enum)]
    pub dates: Option<DateOrder>,
    /// Which column is what, for a CSV that inward does not know
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Say what would happen and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Largest file to read, in bytes or with K, M or G [default: 1G]
    #[arg(long, value_name = "N")]
    pub max_size: Option<String>,
    /// Take again what was forgotten (a terminal asks for a tracker or a file)
    #[arg(long)]
    pub again: bool,
    /// Report as JSON
    #[arg(long)]
    pub json: bool,
    /// Print a draft of a mapping for this CSV
    #[arg(long, value_name = "FILE", exclusive = true)]
    pub map_template: Option<PathBuf>,
    /// Take an import back, by its number
    #[arg(long, value_name = "IMPORT", exclusive = true)]
    pub undo: Option<u64>,
    /// Say how to get the best export out of a tracker; without a name, list the trackers
    #[arg(long, value_name = "TRACKER", exclusive = true)]
    pub how: Option<Option<String>>,
}

/// How a date of numbers is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}
