//! The process itself: whose it is, and stopping it for the shell.

/// The user the process acts as; `None` where there are no user numbers.
pub fn user() -> Option<u32> {
    #[cfg(unix)]
    return Some(rustix::process::geteuid().as_raw());
    #[cfg(not(unix))]
    None
}

/// Stops the process until the shell continues it (Ctrl-Z). Give the terminal back first, and
/// call it on the main thread.
///
/// The whole process group has to stop, because the shell waits for its leader. Under a launcher
/// this process stops alone: the lock keeps its signals inside, and the launcher, which sees it
/// stop, stops the rest. Returns when the process runs again.
pub fn stop_group() {
    #[cfg(target_os = "linux")]
    if super::launcher::inherited().is_some() {
        stop_here();
        return;
    }
    #[cfg(unix)]
    {
        use rustix::process::{Signal, kill_current_process_group};
        let _ = kill_current_process_group(Signal::STOP);
    }
}

/// A signal to the process may be taken by another thread, and this one would run on into
/// drawing before it stops; one to this thread stops it before the call returns.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "a signal to one thread has no safe form")]
fn stop_here() {
    // SAFETY: the signal has no handler and touches no memory.
    unsafe { libc::raise(libc::SIGSTOP) };
}
