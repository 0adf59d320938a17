//! Attempts to start something, to look into another process, or to get deep into the kernel.

use super::kernel::{HERE, NOT_OPEN, address, bits, call, handle, judged, judged_open};
use super::{Found, Row};

/// A program that does not exist.
const NOTHING: &std::ffi::CStr = c"/nonexistent/inward";

pub(super) fn rows() -> Vec<Row> {
    let row = |name, found| Row {
        name,
        found,
        by: &["calls"],
    };
    let mut rows = vec![
        row("run a program", run()),
        row("run a program, at", run_at()),
    ];
    #[cfg(target_arch = "x86_64")]
    rows.extend([
        row("fork", ended(super::kernel::child_by(libc::SYS_fork))),
        row("vfork", ended(super::kernel::child_by(libc::SYS_vfork))),
    ]);
    rows.extend([
        row("clone", clone()),
        // Without its arguments: the kernel refuses those, but only after the filter.
        row("clone3", judged(call(libc::SYS_clone3, [0, 0]))),
        row("trace a process", trace()),
        row("read its memory", read_memory()),
        row("take its descriptor", {
            judged_open(call(libc::SYS_pidfd_getfd, [NOT_OPEN, 0, 0]))
        }),
        row("use a keyring", keyring()),
        row("add a key", judged(call(libc::SYS_add_key, [0; 5]))),
        row("bpf", judged_open(call(libc::SYS_bpf, [0xFFFF, 0, 0]))),
        row("userfaultfd", {
            let flags = bits(libc::O_CLOEXEC | libc::O_NONBLOCK);
            judged_open(call(libc::SYS_userfaultfd, [flags]))
        }),
        row("mount", judged(call(libc::SYS_mount, [0; 5]))),
        row("enter a namespace", {
            judged(call(libc::SYS_setns, [NOT_OPEN, 0]))
        }),
        // Of nothing: where it is allowed it changes nothing.
        row("make a namespace", judged(call(libc::SYS_unshare, [0]))),
        row("type into a terminal", typing()),
        Row {
            name: "signal a process",
            found: signal(),
            by: &["signals"],
        },
    ]);
    #[cfg(target_arch = "x86_64")]
    rows.push(row("second call table", second_table()));
    rows
}

fn run() -> Found {
    let none = [0_usize];
    let list = address(&none);
    judged(call(
        libc::SYS_execve,
        [NOTHING.as_ptr().expose_provenance(), list, list],
    ))
}

fn run_at() -> Found {
    let none = [0_usize];
    let (program, list) = (NOTHING.as_ptr().expose_provenance(), address(&none));
    judged(call(libc::SYS_execveat, [HERE, program, list, list, 0]))
}

fn clone() -> Found {
    // A plain fork, written as clone because some processors have no fork call.
    match call(libc::SYS_clone, [bits(libc::SIGCHLD), 0, 0, 0, 0]) {
        Ok(0) => loop {
            let _ = call(libc::SYS_exit_group, [0]);
        },
        made => ended(made),
    }
}

/// Waits for the child that was made, if one was.
fn ended(made: Result<std::ffi::c_long, i32>) -> Found {
    if let Ok(child) = made {
        let _ = call(libc::SYS_wait4, [handle(child), 0, 0, 0]);
    }
    judged(made)
}

/// The number of this process.
fn own() -> usize {
    call(libc::SYS_getpid, []).map_or(NOT_OPEN, handle)
}

fn trace() -> Found {
    // Of itself, which is not traced: an error from further in, without consequence.
    const CONTINUE: usize = 7;
    judged(call(libc::SYS_ptrace, [CONTINUE, own(), 0, 0]))
}

fn read_memory() -> Found {
    // No ranges: nothing is read.
    judged(call(libc::SYS_process_vm_readv, [own(), 0, 0, 0, 0, 0]))
}

fn keyring() -> Found {
    // The number of the session's keyring (-3), which is not made if there is none.
    const NUMBER_OF: usize = 0;
    const SESSION: usize = usize::MAX - 2;
    judged(call(libc::SYS_keyctl, [NUMBER_OF, SESSION, 0]))
}

fn typing() -> Found {
    // Into no terminal: the filter looks at the request first.
    const TIOCSTI: usize = 0x5412;
    judged(call(libc::SYS_ioctl, [NOT_OPEN, TIOCSTI, 0]))
}

fn signal() -> Found {
    // Signal 0 only asks whether one could be sent.
    let parent = call(libc::SYS_getppid, []).map_or(0, handle);
    if parent == 0 {
        // Started by another system's process: there is nobody to ask about.
        return Found::Absent(libc::ESRCH);
    }
    judged(call(libc::SYS_kill, [parent, 0]))
}

/// The number of this process, asked by the second set of numbers (x32).
#[cfg(target_arch = "x86_64")]
fn second_table() -> Found {
    const X32: std::ffi::c_long = 0x4000_0000;
    judged(call(X32 | libc::SYS_getpid, []))
}
