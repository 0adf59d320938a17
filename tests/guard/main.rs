//! The lock as a whole process meets it. Each test runs its locked half in a child process that
//! has one thread, because a lock cannot be taken off again.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "helpers of tests, and the child tells its test what it did"
)]

mod launch;
mod lock_parts;
mod works;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use inward::guard::launcher;
use inward::guard::lock::{Level, Paths, lock};

const PART: &str = "INWARD_TEST_PART";

/// Runs `part` of the test `name` in a process of its own and fails when it does;
/// returns what it printed.
fn in_child(name: &str, part: &str, dir: &Path) -> String {
    let out = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "inside", "--nocapture", "--test-threads=1"])
        .env(PART, part)
        .env("INWARD_TEST_DIR", dir)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{name}: {said}");
    assert!(said.contains("part done"), "{name} ran nothing: {said}");
    said.into_owned()
}

/// The door for [`in_child`]: the harness itself has two threads, so it forks once more.
#[test]
fn inside() {
    let Ok(part) = std::env::var(PART) else {
        return;
    };
    let dir = PathBuf::from(std::env::var_os("INWARD_TEST_DIR").unwrap());
    if let Some(child) = launcher::child() {
        launch::launched(&part, child, &dir);
    }
    let ok = forked(|| match part.as_str() {
        "again" | "signal" | "stop" => launch::launches(&part),
        "refuse" => lock_parts::refuses_everything(&dir),
        "reach" => lock_parts::reaches_everything(),
        "sqlite" => works::sqlite_works(&dir),
        "git" => works::git_works(&dir),
        "thread" => lock_parts::a_later_thread_is_locked(&dir),
        "signals" => lock_parts::signals_and_children(&dir),
        "early" => lock_parts::early_holds(),
        "panic" => lock_parts::panics(true),
        "panic-raw" => lock_parts::panics(false),
        "terminal" => works::terminal_works(&dir),
        other => panic!("no part {other}"),
    });
    assert!(ok, "the part failed");
    println!("part done");
}

#[expect(unsafe_code, reason = "a test needs a process with one thread")]
fn forked(body: impl FnOnce()) -> bool {
    // SAFETY: the other thread of the harness only waits, so no lock is held by it.
    let child = unsafe { libc::fork() };
    assert!(child >= 0);
    if child == 0 {
        let done = catch_unwind(AssertUnwindSafe(body)).is_ok();
        // SAFETY: ends the child at once, without the harness's own ending.
        unsafe { libc::_exit(i32::from(!done)) };
    }
    let mut status = 0;
    loop {
        // SAFETY: waits for the child just made.
        unsafe { libc::waitpid(child, &raw mut status, libc::WUNTRACED) };
        if !libc::WIFSTOPPED(status) {
            break;
        }
        println!("stopped");
        // SAFETY: what a shell does to a job that the owner brings back.
        unsafe { libc::kill(-child, libc::SIGCONT) };
    }
    libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0
}

/// Locks with `dir/data` writable and `dir/repo` readable, and checks what the kernel offers.
fn locked(dir: &Path) -> Level {
    inward::guard::early();
    let level = lock(&Paths {
        read: vec![dir.join("repo"), dir.join("gone")],
        write: vec![dir.join("data")],
    });
    assert_eq!(level.missing, 1);
    if level.landlock_abi >= 4 && level.seccomp {
        assert_eq!(level.offline(), "OFFLINE: enforced by kernel", "{level:?}");
        assert!(level.full() && level.quiet, "{level:?}");
    } else {
        eprintln!("this kernel does not lock fully: {}", level.offline());
        assert!(level.offline().starts_with("OFFLINE: by build only ("));
    }
    level
}

fn world() -> tempfile::TempDir {
    // Not below /tmp: the probe that writes outside writes there.
    let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for name in ["data", "repo"] {
        fs::create_dir(temp.path().join(name)).unwrap();
    }
    fs::write(temp.path().join("secret"), "secret").unwrap();
    temp
}
