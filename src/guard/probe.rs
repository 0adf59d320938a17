//! The self-test: tries from inside what the lock refuses, and says what happened.
//!
//! Every attempt is harmless where it succeeds: an address of this machine that nobody listens
//! on, a program that does not exist, a file that is removed at once, a child that ends at once.

/// What an attempt met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The kernel refused it; the error's number (EPERM, EACCES or ENOSYS).
    Refused(i32),
    /// It went through, or failed only because nothing is at the other end.
    Reached,
    /// This kernel does not have it at all; the error's number.
    Absent(i32),
}

/// One attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What was tried, in the words of the documentation.
    pub name: &'static str,
    /// What happened.
    pub found: Found,
}

impl Row {
    /// Whether nothing got out.
    pub fn passes(&self) -> bool {
        self.found != Found::Reached
    }

    /// The outcome in words.
    pub fn words(&self) -> String {
        match self.found {
            Found::Refused(error) | Found::Absent(error) => {
                let name = match error {
                    1 => "EPERM".to_owned(),
                    13 => "EACCES".to_owned(),
                    38 => "ENOSYS".to_owned(),
                    number => format!("error {number}"),
                };
                let what = if matches!(self.found, Found::Absent(_)) {
                    "not in this kernel"
                } else {
                    "refused"
                };
                format!("{what} ({name})")
            }
            Found::Reached => "REACHED".to_owned(),
        }
    }
}

/// Tries everything, in a fixed order. Empty on a system without a lock.
///
/// Meant for after [`super::lock::lock`]; before it, most rows are [`Found::Reached`].
pub fn self_test() -> Vec<Row> {
    #[cfg(target_os = "linux")]
    return linux::rows();
    #[cfg(not(target_os = "linux"))]
    Vec::new()
}

#[cfg(target_os = "linux")]
#[path = "probe_linux.rs"]
mod linux;
