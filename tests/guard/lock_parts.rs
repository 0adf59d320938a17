//! What the lock refuses, and what it lets live.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use inward::guard::lock::Level;
use inward::guard::probe::{Found, Row, self_test};

use super::{in_child, locked, world};

fn rows() -> BTreeMap<&'static str, Found> {
    let rows: Vec<Row> = self_test();
    assert_eq!(rows.len(), 12);
    rows.into_iter().map(|row| (row.name, row.found)).collect()
}

#[test]
fn behind_the_lock_every_probe_is_refused() {
    let world = world();
    in_child("refuse", "refuse", world.path());
}

pub(crate) fn refuses_everything(dir: &Path) {
    let level = locked(dir);
    for (name, found) in rows() {
        let needs_landlock = name.ends_with("outside");
        if (needs_landlock && level.landlock_abi > 0) || (!needs_landlock && level.seccomp) {
            assert!(matches!(found, Found::Refused(_)), "{name}: {found:?}");
        }
    }
    if level.landlock_abi > 0 {
        assert!(fs::read(dir.join("secret")).is_err());
        assert!(
            fs::write(dir.join("repo/x"), "x").is_err(),
            "repositories are read-only"
        );
        fs::write(dir.join("data/x"), "x").unwrap();
        fs::rename(dir.join("data/x"), dir.join("data/y")).unwrap();
        fs::remove_file(dir.join("data/y")).unwrap();
        assert!(std::os::unix::fs::symlink("/", dir.join("data/link")).is_err());
    }
    assert!(fs::read_dir(dir.join("repo")).is_ok());
    assert!(
        fs::File::options()
            .read(true)
            .write(true)
            .open("/dev/null")
            .is_ok()
    );
    if level.seccomp {
        assert!(Command::new("/bin/true").status().is_err());
        assert!(std::net::UdpSocket::bind("127.0.0.1:0").is_err());
        assert!(std::os::unix::net::UnixDatagram::pair().is_err());
    }
}

/// The red twin: the same probes do get out of a process without the lock.
#[test]
fn without_the_lock_the_probes_get_out() {
    let world = world();
    in_child("reach", "reach", world.path());
}

pub(crate) fn reaches_everything() {
    let rows = rows();
    for name in [
        "tcp connect",
        "udp send",
        "unix socket",
        "netlink socket",
        "run a program",
        "read outside",
        "write outside",
        "new process",
    ] {
        assert_eq!(rows[name], Found::Reached, "{name}");
    }
    let trace = format!("/tmp/.inward-self-test-{}", std::process::id());
    assert!(!Path::new(&trace).exists(), "the probe left a trace");
    let unlocked = Level::unlocked("not locked");
    assert_eq!(unlocked.offline(), "OFFLINE: by build only (not locked)");
}

#[test]
fn a_thread_started_later_is_locked_too() {
    let world = world();
    in_child("thread", "thread", world.path());
}

pub(crate) fn a_later_thread_is_locked(dir: &Path) {
    let level = locked(dir);
    let secret = dir.join("secret");
    let (found, read) = std::thread::spawn(move || (rows(), fs::read(secret).is_ok()))
        .join()
        .unwrap();
    if level.seccomp {
        assert!(matches!(found["tcp connect"], Found::Refused(_)));
    }
    if level.landlock_abi > 0 {
        assert!(!read);
    }
}

#[test]
fn the_terminals_signals_work_behind_the_lock() {
    let world = world();
    in_child("signals", "signals", world.path());
}

#[expect(unsafe_code, reason = "signals are sent by number")]
pub(crate) fn signals_and_children(dir: &Path) {
    use std::io::Read;
    locked(dir);
    // As the terminal library does it: a socket pair that the handler writes into.
    let (mut reader, writer) = std::os::unix::net::UnixStream::pair().unwrap();
    signal_hook::low_level::pipe::register(libc::SIGWINCH, writer).unwrap();
    // SAFETY: a signal to this process and one to its group, which is it alone after setpgid.
    unsafe {
        assert_eq!(libc::setpgid(0, 0), 0);
        assert_eq!(libc::kill(libc::getpid(), libc::SIGWINCH), 0);
        assert_eq!(libc::kill(0, libc::SIGWINCH), 0);
        assert_eq!(libc::raise(libc::SIGWINCH), 0);
    }
    let mut byte = [0];
    reader.read_exact(&mut byte).unwrap();
    assert_eq!(&byte, b"X");
    // SAFETY: asks only whether the parent could be signalled.
    let parent = unsafe { libc::kill(libc::getppid(), 0) };
    if locked_signals() {
        assert_eq!(parent, -1, "signals stay inside");
    }
}

/// Whether this kernel keeps signals inside (Landlock ABI 6).
#[expect(unsafe_code, reason = "the version is asked by number")]
fn locked_signals() -> bool {
    // SAFETY: no pointer is passed; flag 1 asks for the version.
    unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, 0, 0, 1) >= 6 }
}

#[test]
fn the_first_line_of_main_makes_the_process_private() {
    let world = world();
    in_child("early", "early", world.path());
}

#[expect(unsafe_code, reason = "a descriptor is asked about by number")]
pub(crate) fn early_holds() {
    let file = std::mem::ManuallyDrop::new(fs::File::open("/etc/passwd").unwrap());
    let number = std::os::fd::AsRawFd::as_raw_fd(&*file);
    inward::guard::early();
    // SAFETY: only asks whether the number is open.
    assert_eq!(unsafe { libc::fcntl(number, libc::F_GETFD) }, -1);
    let status = fs::read_to_string("/proc/self/status").unwrap();
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    assert!(status.contains("Umask:\t0077"), "{status}");
    // SAFETY: asks one flag.
    assert_eq!(unsafe { libc::prctl(libc::PR_GET_DUMPABLE) }, 0);
}
