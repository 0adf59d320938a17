//! The `inward` program: everything happens in [`inward::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    inward::cli::main()
}
