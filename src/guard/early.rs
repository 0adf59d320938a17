//! The first line of `main`: what must hold before anything else runs.

/// Makes new files private (umask 077), gives up every inherited descriptor above 2 but the
/// launcher's and the gaining of privileges, and forbids core files and tracing by the same user.
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
    vacate(super::launcher::inherited());
}

/// Gives up every inherited descriptor above 2 but `kept`. Its number stays taken, by the null device: a
/// library that was loaded into this process from outside (a profiler) goes on writing to the number it
/// knows, and were that free, the next file opened would have it. That is the store.
#[cfg(target_os = "linux")]
fn vacate(kept: Option<u32>) {
    let mut both = std::fs::File::options();
    let null = both.read(true).write(true).open("/dev/null");
    let (Ok(null), Some(open)) = (null, inherited()) else {
        let kept = kept.unwrap_or(2);
        close_range(3, kept.saturating_sub(1));
        close_range(kept.saturating_add(1), u32::MAX);
        return;
    };
    for fd in open {
        if Some(fd) != kept {
            replace(fd, &null);
        }
    }
}

/// The numbers of the open descriptors above 2, and of some that are closed by now; `None` where the
/// system does not say.
#[cfg(target_os = "linux")]
fn inherited() -> Option<Vec<u32>> {
    let all = std::fs::read_dir("/proc/self/fd").ok()?;
    let number = |name: std::ffi::OsString| name.to_str()?.parse().ok();
    let all = all.filter_map(|entry| number(entry.ok()?.file_name()));
    Some(all.filter(|fd| *fd > 2).collect())
}

/// Puts `null` in the place of `fd`, where that is open.
#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "giving up an inherited descriptor has no safe form"
)]
fn replace(fd: u32, null: &std::fs::File) {
    use std::os::fd::AsRawFd as _;

    let null = null.as_raw_fd();
    if u32::try_from(null) == Ok(fd) {
        return;
    }
    // SAFETY: called from the first line of main, when no Rust value but `null` owns a descriptor above 2.
    unsafe {
        if libc::syscall(libc::SYS_fcntl, fd, libc::F_GETFD) >= 0 {
            libc::syscall(libc::SYS_dup3, null, fd, libc::O_CLOEXEC);
        }
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
