//! The process itself: whose it is, and stopping it for the shell.

/// The user the process acts as; `None` where there are no user numbers.
pub fn user() -> Option<u32> {
    #[cfg(unix)]
    return Some(rustix::process::geteuid().as_raw());
    #[cfg(not(unix))]
    None
}

/// Stops the process until the shell continues it (Ctrl-Z). Give the terminal back first.
///
/// The whole process group has to stop, because the shell waits for its leader. Under a launcher
/// this process stops alone: the lock keeps its signals inside, and the launcher, which sees it
/// stop, stops the rest. Returns when the process runs again.
pub fn stop_group() {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};

        #[cfg(target_os = "linux")]
        let launched = super::launcher::inherited().is_some();
        #[cfg(not(target_os = "linux"))]
        let launched = false;
        let _ = if launched {
            kill_process(getpid(), Signal::STOP)
        } else {
            kill_current_process_group(Signal::STOP)
        };
    }
}
