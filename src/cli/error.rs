//! What went wrong, on which input, what to do next, and with which exit code.

use std::fmt;

/// Exit codes of the command-line contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Code {
    /// A named file or repository failed whole.
    Failed = 1,
    /// Usage, or a needed confirmation without a terminal.
    Usage = 2,
    /// Sealed store, and its key is needed.
    Sealed = 3,
    /// Store damaged or altered.
    Damaged = 4,
    /// Refused: unsafe place, owner or permissions.
    Refused = 5,
    /// Erasing could not be verified.
    NotErased = 6,
    /// Store written by a newer version.
    Newer = 7,
    /// No room on the disk.
    NoRoom = 8,
    /// Ended by its owner.
    Interrupted = 130,
    /// The reader of the output is gone: not an error, the program ends quietly with 0.
    ClosedPipe = 0,
}

/// An error as its reader sees it: one line of what, a chain of causes, one line of what next.
#[derive(Debug)]
pub struct CliError {
    /// Decides the exit code.
    pub code: Code,
    /// What failed, on what.
    pub message: String,
    /// What to do next, if there is something.
    pub hint: Option<String>,
}

impl CliError {
    /// Whether only the reader went away.
    pub fn is_closed_pipe(&self) -> bool {
        self.code == Code::ClosedPipe
    }

    /// An error of the given code.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
        }
    }

    /// A usage error.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }

    /// The same error with a next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// `error` and its causes on one line, under `code`.
    pub fn caused(code: Code, error: &dyn std::error::Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            let text = inner.to_string();
            // An error that already quotes its cause need not say it twice.
            if !message.contains(&text) {
                message = format!("{message}: {text}");
            }
            cause = inner.source();
        }
        Self::new(code, message)
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.message)?;
        self.hint
            .as_ref()
            .map_or(Ok(()), |hint| write!(out, "\n  next: {hint}"))
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        let code = match error.kind() {
            std::io::ErrorKind::StorageFull => Code::NoRoom,
            std::io::ErrorKind::PermissionDenied => Code::Refused,
            std::io::ErrorKind::BrokenPipe => Code::ClosedPipe,
            _ => Code::Failed,
        };
        Self::caused(code, &error)
    }
}
