//! Standard output and standard error, with a closed pipe as a quiet end.

use std::io::{self, IsTerminal, Write};

use crate::model::text::Clean;

use super::args::Global;

/// Where a command writes. Both ends are buffered or locked once, so that a large listing
/// takes few system calls.
pub(super) struct Say {
    out: io::BufWriter<io::Stdout>,
    quiet: bool,
    verbose: bool,
}

impl Say {
    /// The process's own output.
    pub(super) fn new(global: &Global) -> Self {
        Self {
            out: io::BufWriter::with_capacity(1 << 16, io::stdout()),
            quiet: global.quiet,
            verbose: global.verbose,
        }
    }

    /// Whether `--quiet` was given: what was done needs no words, only what went wrong.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// The answer itself: standard output.
    pub(super) fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Something worth knowing beside the answer: standard error, unless quiet.
    pub(super) fn note(&mut self, text: &str) {
        if !self.quiet {
            // Nobody is left to tell when standard error is closed.
            drop(writeln!(io::stderr(), "{}", safe(text)));
        }
    }

    /// Something worth knowing only when asked: standard error with `--verbose`.
    pub(super) fn detail(&mut self, text: &str) {
        if self.verbose {
            self.note(text);
        }
    }

    /// How far something slow is: one line on a terminal's standard error that the next one
    /// replaces, an empty one clears it. Not when quiet, and never into a file.
    pub(super) fn passing(&mut self, text: &str) {
        if !self.quiet && io::stderr().is_terminal() {
            let mut out = io::stderr();
            drop(write!(out, "\r\x1b[K{}", safe(text)).and_then(|()| out.flush()));
        }
    }

    /// A problem that did not stop the rest: standard error, always.
    #[expect(
        clippy::unused_self,
        reason = "one way to speak, whatever it writes to"
    )]
    pub(super) fn problem(&mut self, text: &str) {
        complain(text);
    }

    /// Writes what is buffered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A problem, before it is known how to speak.
pub(super) fn complain(text: &str) {
    drop(writeln!(io::stderr(), "{}", safe(text)));
}

/// The text without what acts on a terminal: messages quote arguments, settings and what
/// libraries say about both. Lines stay, and how far they are set in.
fn safe(text: &str) -> String {
    let line = |line: &str| {
        let body = line.trim_start_matches(' ');
        let indent = line.len() - body.len();
        format!("{:indent$}{}", "", Clean::note(body))
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
