//! The arguments of `backup`.

use std::path::PathBuf;

use clap::Args;

/// Writes a copy of the whole store into one file, sealed with the same passphrase where the store is.
///
/// The file is read back before it gets its name. `inward restore FILE` puts it back, `inward
/// merge FILE` takes it into the store of another machine. What you forget later stays in the file until
/// you delete it.
#[derive(Args, Debug)]
pub struct BackupArgs {
    /// The file to write
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Write it in the place of an earlier backup
    #[arg(long)]
    pub replace: bool,
}
