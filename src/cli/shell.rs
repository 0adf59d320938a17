//! `inward completions` and `inward man`: made from the same definition as the parser.

use std::io::Write;

use clap::CommandFactory as _;

use super::args::Cli;
use super::error::CliError;

/// Writes the completion script of `shell`.
pub(super) fn completions(
    shell: clap_complete::Shell,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    // The generator panics when its writer fails, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "inward", &mut script);
    Ok(out.write_all(&script)?)
}

/// Writes the manual page, with every command as a section of its own.
pub(super) fn man(out: &mut dyn Write) -> Result<(), CliError> {
    let mut command = Cli::command();
    command.build();
    let page = clap_mangen::Man::new(command.clone());
    page.render(out)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let title = format!("inward {}", sub.get_name()).to_uppercase();
        writeln!(out, ".SH \"{title}\"")?;
        let page = clap_mangen::Man::new(sub.clone());
        page.render_synopsis_section(out)?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
    }
    Ok(())
}
