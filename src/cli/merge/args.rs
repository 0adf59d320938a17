//! The arguments of `merge`.

use std::path::PathBuf;

use clap::Args;

/// Takes all of another store of yours into this one, from a backup of it or its own file.
///
/// The file is read and judged first and never written. What both hold is there once; what either of
/// them forgot or refused stays out. Merging the same file again changes nothing, and it does not matter
/// which of two stores is merged into which.
#[derive(Args, Debug)]
pub struct MergeArgs {
    /// The file that `inward backup` wrote on the other machine, or its store
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// `-` reads the passphrase of a sealed file from the first line of standard input
    #[arg(value_name = "-", value_parser = ["-"])]
    pub from: Option<String>,
    /// Report as JSON
    #[arg(long)]
    pub json: bool,
}
