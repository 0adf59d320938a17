//! The lock: after it, only the named paths can be opened and no socket or program is reached.

use std::path::PathBuf;

pub use super::level::{Layer, Level};

/// What stays reachable. Everything else, the home folder included, does not.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// Files and folders that can be read: repositories' `Place::folders`, exports.
    pub read: Vec<PathBuf>,
    /// Folders that can be read and written: the data folder, the outbox. They must exist.
    pub write: Vec<PathBuf>,
}

/// Locks the process for good and says what holds. Call it once, with one thread running,
/// before the first untrusted byte; threads started later inherit it.
///
/// The terminal (`/dev/tty`), `/dev/null` and `/dev/urandom` stay reachable.
pub fn lock(paths: &Paths) -> Level {
    #[cfg(target_os = "linux")]
    return linux(paths);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = paths;
        Level::unlocked("this system has no lock")
    }
}

#[cfg(target_os = "linux")]
fn linux(paths: &Paths) -> Level {
    use rustix::process::{DumpableBehavior, dumpable_behavior};

    // Files first: a later, wider call filter could then refuse Landlock's own calls as well.
    #[cfg(not(feature = "leak"))]
    let (files, calls) = (super::landlock::restrict(paths), super::seccomp::restrict());
    #[cfg(feature = "leak")]
    let (files, calls) = super::leak::restrict(paths);
    Level {
        landlock_abi: files.abi,
        landlock_problem: files.problem,
        quiet: files.quiet,
        missing: files.missing,
        seccomp: calls.is_ok(),
        seccomp_problem: calls.err().map(|error| error.to_string()),
        no_new_privs: rustix::thread::no_new_privs().unwrap_or(false),
        not_dumpable: matches!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable)),
        supported: true,
    }
}
