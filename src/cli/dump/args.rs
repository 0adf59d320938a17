//! The arguments of `dump` and `restore`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `inward dump`
#[derive(Args, Debug)]
pub struct DumpArgs {
    /// Folder to write into; made if absent
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Write the tables in one format only; what `restore` reads is always written
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

/// A format of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// JSON Lines
    Jsonl,
    /// CSV, whose cells no spreadsheet takes for a formula
    Csv,
}

/// `inward restore`
#[derive(Args, Debug)]
pub struct RestoreArgs {
    /// The file that `inward backup` wrote, or the folder that `inward dump` did
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Put it in the place of what the store holds, which is set aside in a file beside it; what was
    /// forgotten since stays forgotten
    #[arg(long)]
    pub replace: bool,
    /// `-` reads the passphrase of a sealed backup from the first line of standard input
    #[arg(value_name = "-", value_parser = ["-"])]
    pub from: Option<String>,
}
