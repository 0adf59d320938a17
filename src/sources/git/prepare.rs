//! Sets libgit2 up once a process: no configuration from outside, nothing hashed or kept twice.

use std::sync::Mutex;

use git2::{ConfigLevel, opts};

use super::error::GitError;
use crate::model::text::Clean;

/// Clears libgit2's configuration search paths and turns off its object cache and its hash
/// verification, which doubles the cost of every read; damage still shows as a broken zlib
/// stream.
///
/// Call it once, after the lock-down and before any repository is opened; a second call changes
/// nothing. The error says that libgit2 could not be set up.
pub fn prepare() -> Result<(), GitError> {
    static DONE: Mutex<bool> = Mutex::new(false);
    let mut done = DONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if *done {
        return Ok(());
    }
    for level in [
        ConfigLevel::ProgramData,
        ConfigLevel::System,
        ConfigLevel::XDG,
        ConfigLevel::Global,
    ] {
        #[expect(
            unsafe_code,
            reason = "git2 marks the process-wide search path unsafe; the mutex keeps the only calls apart, before any repository is opened"
        )]
        let cleared = unsafe { opts::set_search_path(level, "") };
        cleared.map_err(|e| GitError::Library(Clean::label(e.message().as_bytes())))?;
    }
    opts::strict_hash_verification(false);
    // Commits are read once and each reader keeps its own trees and files: libgit2's cache would
    // hold all of it a second time (measured: a fifth more memory and processor time).
    opts::enable_caching(false);
    *done = true;
    Ok(())
}
