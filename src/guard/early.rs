//! The first line of `main`: what must hold before anything else runs.

/// Makes new files private (umask 077), closes every inherited descriptor above 2 but the
/// launcher's, gives up gaining privileges, and forbids core files and tracing by the same user.
/// Nothing here can fail the program: [`super::lock::lock`] reports what holds.
#[cfg(unix)]
pub fn early() {
    use rustix::process::{Resource, Rlimit, setrlimit, umask};

    umask(rustix::fs::Mode::from_raw_mode(0o077));
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // The limit alone does not stop piped core handlers; not being dumpable does.
    let _ = setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    linux();
}

/// Does nothing on this system.
#[cfg(not(unix))]
pub fn early() {}

#[cfg(target_os = "linux")]
fn linux() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};

    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = rustix::thread::set_no_new_privs(true);
    match super::launcher::inherited() {
        Some(kept) => {
            close_range(3, kept.saturating_sub(1));
            close_range(kept.saturating_add(1), u32::MAX);
        }
        None => close_range(3, u32::MAX),
    }
}

/// Closes the descriptors `first..=last`, both at least 3.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "closing inherited descriptors has no safe form")]
fn close_range(first: u32, last: u32) {
    let first = first.max(3);
    if first > last {
        return;
    }
    // SAFETY: called from the first line of main, when no Rust value owns a descriptor above 2.
    let done = unsafe { libc::syscall(libc::SYS_close_range, first, last, 0) } == 0;
    if !done {
        // Before Linux 5.9: one by one.
        for fd in first..=last.min(4096) {
            // SAFETY: as above; a number that is not open is refused by the kernel.
            unsafe { libc::syscall(libc::SYS_close, fd) };
        }
    }
}
