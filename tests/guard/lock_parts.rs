//! What the lock refuses, and what it lets live.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;

use inward::guard::lock::Level;
use inward::guard::probe::{Found, Row, get_ready, lies, self_test};

use super::{in_child, locked, world};

/// Attempts whose success needs rights or a kernel that not every machine has: without the lock
/// they may be refused or absent all the same.
const NOT_EVERYWHERE: [&str; 12] = [
    "add a key",
    "bpf",
    "clone3",
    "ipv6 connect",
    "io_uring",
    "mount",
    "mptcp connect",
    "packet socket",
    "raw icmp socket",
    "second call table",
    "use a keyring",
    "vsock",
];

fn rows() -> BTreeMap<&'static str, Row> {
    let rows: Vec<Row> = self_test();
    let second_numbers = usize::from(cfg!(target_arch = "x86_64")) * 3;
    assert_eq!(rows.len(), 35 + second_numbers);
    let count = rows.len();
    let rows: BTreeMap<_, _> = rows.into_iter().map(|row| (row.name, row)).collect();
    assert_eq!(rows.len(), count, "two rows have one name");
    rows
}

#[test]
fn behind_the_lock_every_probe_is_refused() {
    let world = world();
    in_child("refuse", "refuse", world.path());
}

/// Seen to fail without the rule for `sendto` ("send, earlier socket"), for `socketpair`, for
/// `TIOCSTI`, without `second_table` on a kernel that has it, and without Landlock's scope.
pub(crate) fn refuses_everything(dir: &Path) {
    get_ready();
    let level = locked(dir);
    let layers = level.layers();
    let holds = |row: &Row| {
        let mut all = layers.iter().filter(|layer| layer.holds);
        all.any(|layer| row.by.contains(&layer.name))
    };
    for (name, row) in rows() {
        let found = row.found;
        if name == "socket pair, stream" {
            assert_eq!(found, Found::Inside, "the terminal's loop needs it");
        } else if holds(&row) {
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
    if level.enforced() {
        // The resolver itself, which the program does not even import.
        let found = std::net::ToSocketAddrs::to_socket_addrs("inward.example.org:80");
        assert!(found.is_err(), "a name was looked up");
    }
}

/// The red twin: the same probes do get out of a process without the lock.
#[test]
fn without_the_lock_the_probes_get_out() {
    let world = world();
    in_child("reach", "reach", world.path());
}

pub(crate) fn reaches_everything() {
    assert_eq!(rows()["send, earlier socket"].found, Found::Untried);
    get_ready();
    let rows = rows();
    for (name, row) in &rows {
        let found = row.found;
        let expected = match *name {
            "socket pair, stream" => found == Found::Inside,
            name if NOT_EVERYWHERE.contains(&name) => found != Found::Untried,
            _ => found == Found::Reached,
        };
        assert!(expected, "{name}: {found:?}");
        println!("{name}: {}", row.words());
    }
    let trace = format!("/tmp/.inward-self-test-{}", std::process::id());
    assert!(!Path::new(&trace).exists(), "the probe left a trace");
    let rows: Vec<Row> = rows.into_values().collect();
    let unlocked = Level::unlocked("not locked");
    assert_eq!(unlocked.offline(), "OFFLINE: by build only (not locked)");
    assert!(lies(&unlocked, &rows).is_empty(), "nothing was claimed");
    let claimed = Level {
        landlock_abi: 7,
        seccomp: true,
        no_new_privs: true,
        not_dumpable: true,
        supported: true,
        ..Level::default()
    };
    // A badge that says otherwise is found out, row by row.
    let found_out = lies(&claimed, &rows);
    let reached = rows.iter().filter(|row| row.found == Found::Reached);
    assert_eq!(found_out.len(), reached.count());
    assert!(found_out.len() >= 22, "{found_out:?}");
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
        assert!(matches!(found["tcp connect"].found, Found::Refused(_)));
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

#[expect(unsafe_code, reason = "a flag is asked by number")]
pub(crate) fn early_holds() {
    let mut file = fs::File::open("/etc/passwd").unwrap();
    inward::guard::early();
    // Its number is taken, by the null device: what is opened next must not have it.
    let mut held = String::new();
    file.read_to_string(&mut held).unwrap();
    assert_eq!(held, "");
    let null = fs::metadata("/dev/null").unwrap();
    assert_eq!(file.metadata().unwrap().rdev(), null.rdev());
    let status = fs::read_to_string("/proc/self/status").unwrap();
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    assert!(status.contains("Umask:\t0077"), "{status}");
    // SAFETY: asks one flag.
    assert_eq!(unsafe { libc::prctl(libc::PR_GET_DUMPABLE) }, 0);
}

#[test]
fn a_message_about_a_fault_quotes_no_data() {
    let world = world();
    // The control: the same fault without the program's hook quotes it.
    let raw = in_child("panic", "panic-raw", world.path());
    assert!(raw.contains("zebrafink"), "{raw}");
    let said = in_child("panic", "panic", world.path());
    assert!(
        said.contains("internal error at tests/guard/lock_parts.rs"),
        "{said}"
    );
    assert!(!said.contains("zebrafink"), "{said}");
}

/// The trigger: a fault whose message quotes a path.
pub(crate) fn panics(hook: bool) {
    if hook {
        inward::tui::panics::install();
    }
    let fault = std::panic::catch_unwind(|| panic!("cannot read /home/ada/zebrafink"));
    assert!(fault.is_err());
}
