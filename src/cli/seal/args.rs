//! `inward encrypt` as typed.

use clap::Args;

/// Encrypts the store with a passphrase.
///
/// The store becomes one encrypted file at the same path. The passphrase is asked on the terminal
/// and typed twice. Nobody can replace a forgotten one: repositories can be scanned and exports
/// imported again, notes and goals are lost. What was plain before may still lie in spare blocks
/// of the disk, in backups and in dumps.
#[derive(Args, Clone, Debug)]
pub struct EncryptArgs {
    /// Give a sealed store another passphrase, and another key
    #[arg(long)]
    pub change: bool,
    /// `-` reads the new passphrase from the first line of standard input; with --change the first
    /// line holds the passphrase as it is, the second the new one
    #[arg(value_name = "-", value_parser = ["-"])]
    pub from: Option<String>,
}

/// Makes the encrypted store a plain file again.
///
/// The passphrase is asked for even where the login keeps the key.
#[derive(Args, Clone, Debug)]
pub struct DecryptArgs {
    /// `-` reads the passphrase from the first line of standard input
    #[arg(value_name = "-", value_parser = ["-"])]
    pub from: Option<String>,
}
