//! The lock as a whole process meets it. Each test runs its locked half in a child process that
//! has one thread, because a lock cannot be taken off again.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "helpers of tests, and the child tells its test what it did"
)]

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use inward::guard::launcher::{self, Ask, Ended};
use inward::guard::lock::{Level, Paths, lock};
use inward::guard::probe::{Found, Row, self_test};

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
        launched(&part, child, &dir);
    }
    let ok = forked(|| match part.as_str() {
        "again" | "signal" | "stop" => launches(&part),
        "refuse" => refuses_everything(&dir),
        "reach" => reaches_everything(),
        "sqlite" => sqlite_works(&dir),
        "git" => git_works(&dir),
        "thread" => a_later_thread_is_locked(&dir),
        "signals" => signals_and_children(&dir),
        "early" => early_holds(),
        "terminal" => terminal_works(&dir),
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

fn refuses_everything(dir: &Path) {
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

fn reaches_everything() {
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
fn sqlite_works_behind_the_lock() {
    let world = world();
    in_child("sqlite", "sqlite", world.path());
}

fn sqlite_works(dir: &Path) {
    locked(dir);
    let path = dir.join("data/inward.db");
    assert!(inward::guard::folder::private_file(&path).unwrap());
    let db = rusqlite::Connection::open(&path).unwrap();
    let mode: String = db
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    db.execute_batch("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; CREATE TABLE t (x);")
        .unwrap();
    for n in 0..500 {
        db.execute("INSERT INTO t VALUES (?1)", [n]).unwrap();
    }
    let second = rusqlite::Connection::open(&path).unwrap();
    let n: i64 = second
        .query_row("SELECT count(*) FROM t", [], |row| row.get(0))
        .unwrap();
    assert_eq!(n, 500);
    drop(second);
    db.execute_batch("DELETE FROM t; PRAGMA wal_checkpoint(TRUNCATE); VACUUM;")
        .unwrap();
    db.close().unwrap();
}

fn git(dir: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args(arguments)
        .current_dir(dir)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Ada")
        .env("GIT_AUTHOR_EMAIL", "ada@example.org")
        .env("GIT_COMMITTER_NAME", "Ada")
        .env("GIT_COMMITTER_EMAIL", "ada@example.org")
        // 23:30 in New York is the next day in UTC.
        .env("GIT_AUTHOR_DATE", "2026-03-07T23:30:00 -0500")
        .env("GIT_COMMITTER_DATE", "2026-03-07T23:30:00 -0500")
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn git_reads_and_days_stay_the_same_behind_the_lock() {
    let world = world();
    let repo = world.path().join("repo");
    git(&repo, &["init", "-q", "-b", "main"]);
    fs::write(repo.join("a"), "one\n").unwrap();
    git(&repo, &["add", "a"]);
    git(&repo, &["commit", "-q", "-m", "late"]);
    in_child("git", "git", world.path());
}

/// The day of the newest commit in the home zone, as the house computes it.
fn day(repo: &git2::Repository) -> String {
    let commit = repo.head().unwrap().peel_to_commit().unwrap();
    let at = chrono::DateTime::from_timestamp(commit.time().seconds(), 0).unwrap();
    let zone = inward::guard::zone::home_zone(Some("America/New_York"));
    inward::model::calendar::Calendar::new(at, zone)
        .today()
        .to_string()
}

#[expect(unsafe_code, reason = "libgit2's search paths are global")]
fn git_works(dir: &Path) {
    use git2::ConfigLevel::{Global, ProgramData, System, XDG};
    for level in [Global, XDG, System, ProgramData] {
        // SAFETY: one thread, before any repository is open.
        unsafe { git2::opts::set_search_path(level, "") }.unwrap();
    }
    // Owned by the user of the test, but below a folder that git may call somebody else's.
    let repo = dir.join("repo/.git");
    let before = day(&git2::Repository::open_bare(&repo).unwrap());
    assert_eq!(before, "2026-03-07");
    locked(dir);
    let opened = git2::Repository::open_bare(&repo).unwrap();
    assert_eq!(day(&opened), before);
    let mut walk = opened.revwalk().unwrap();
    walk.push_head().unwrap();
    assert_eq!(walk.count(), 1);
    let tree = opened.head().unwrap().peel_to_tree().unwrap();
    let blob = opened.find_blob(tree.get_name("a").unwrap().id()).unwrap();
    assert_eq!(blob.content(), b"one\n");
}

#[test]
fn a_thread_started_later_is_locked_too() {
    let world = world();
    in_child("thread", "thread", world.path());
}

fn a_later_thread_is_locked(dir: &Path) {
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
fn signals_and_children(dir: &Path) {
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
fn early_holds() {
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

#[test]
fn the_launcher_does_what_is_asked_and_starts_again() {
    let world = world();
    in_child("again", "again", world.path());
}

#[test]
fn a_signal_goes_through_the_launcher_and_its_death_back() {
    let world = world();
    in_child("signal", "signal", world.path());
}

#[test]
fn stopping_the_dashboard_stops_the_launcher_for_the_shell() {
    let world = world();
    let said = in_child("stop", "stop", world.path());
    assert!(said.contains("stopped"), "the launcher went on: {said}");
}

/// The launcher's half of a part.
#[expect(unsafe_code, reason = "a shell gives every job a group of its own")]
fn launches(part: &str) {
    // SAFETY: moves this process alone.
    assert_eq!(unsafe { libc::setpgid(0, 0) }, 0);
    let mut asked = Vec::new();
    let ended = launcher::run(&mut |ask| {
        let refused = matches!(ask, Ask::Keep(_));
        asked.push(ask);
        if refused {
            Err("no room".into())
        } else {
            Ok(())
        }
    });
    let (want, asks) = match part {
        "again" => (
            Ended::Code(42),
            vec![Ask::Add("/a b\n".into()), Ask::Keep(vec![0, 1, 2])],
        ),
        "signal" => (Ended::Signal(libc::SIGTERM), vec![]),
        _ => (Ended::Code(7), vec![]),
    };
    assert_eq!((ended.unwrap(), asked), (want, asks));
}

/// The dashboard's half of a part; never returns.
#[expect(unsafe_code, reason = "signals are sent by number")]
#[expect(
    clippy::exit,
    reason = "ends as the dashboard does, without the harness"
)]
fn launched(part: &str, mut child: launcher::Child, dir: &Path) -> ! {
    if part == "signal" {
        // SAFETY: somebody closes the terminal: the launcher gets the signal and hands it on.
        unsafe { libc::kill(libc::getppid(), libc::SIGTERM) };
        loop {
            // SAFETY: waits for the signal, which ends the process.
            unsafe { libc::pause() };
        }
    }
    inward::guard::early();
    lock(&Paths {
        read: vec![],
        write: vec![dir.join("data")],
    });
    let code = match part {
        "again" if child.state().is_empty() => {
            let asks = vec![Ask::Add("/a b\n".into()), Ask::Keep(vec![0, 1, 2])];
            child.ask(asks, b"page 3").unwrap()
        }
        "again" if child.state() == b"page 3" && child.notice() == Some("no room") => 42,
        "stop" => {
            inward::guard::process::stop_group();
            7
        }
        _ => 1,
    };
    std::process::exit(code);
}

/// Every layout that real git makes, found by the plain readers.
#[test]
fn what_git_lays_out_is_found() {
    use inward::guard::discover::{Limits, find, place_at};
    let world = world();
    let top = fs::canonicalize(world.path()).unwrap();
    let repo = top.join("repo");
    git(&repo, &["init", "-q", "-b", "main"]);
    git(&repo, &["commit", "-q", "--allow-empty", "-m", "one"]);
    git(&repo, &["worktree", "add", "-q", "../tree"]);
    git(&top, &["clone", "-q", "--shared", "repo", "borrower"]);
    git(&top, &["clone", "-q", "--bare", "repo", "bare.git"]);
    let allow = ["-c", "protocol.file.allow=always"];
    let add = [
        "submodule",
        "add",
        "-q",
        "../repo",
        "deep/er/and/deeper/module",
    ];
    git(&top.join("borrower"), &[&allow[..], &add].concat());

    let tree = place_at(&top.join("tree")).unwrap();
    assert_eq!(tree.git_dir, repo.join(".git/worktrees/tree"));
    assert_eq!(tree.common_dir, repo.join(".git"));
    let borrower = place_at(&top.join("borrower")).unwrap();
    assert_eq!(borrower.alternates, [repo.join(".git/objects")]);
    let found = find(&top, Limits::default());
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let paths: Vec<_> = found
        .places
        .iter()
        .map(|p| p.path.strip_prefix(&top).unwrap())
        .collect();
    let want = [
        "bare.git",
        "borrower",
        "borrower/deep/er/and/deeper/module",
        "repo",
    ];
    assert_eq!(paths, want.map(Path::new));
}

/// A real terminal: keys, resizing and drawing behind the lock.
#[test]
fn the_terminal_works_behind_the_lock() {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::{Read, Write};
    let world = world();
    let size = |cols, rows| PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pty = native_pty_system().openpty(size(80, 24)).unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "inside", "--nocapture", "--test-threads=1"]);
    command.env(PART, "terminal");
    command.env("TERM", "xterm-256color");
    command.env("INWARD_TEST_DIR", world.path());
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut screen = pty.master.try_clone_reader().unwrap();
    let mut keys = pty.master.take_writer().unwrap();
    let (mut said, mut answered) = (String::new(), 0);
    let mut until = |word: &str, keys: &mut dyn Write| {
        let mut block = [0; 4096];
        while !said.contains(word) {
            let n = screen.read(&mut block).unwrap_or(0);
            assert!(n > 0, "ended before {word}: {said}");
            said += &String::from_utf8_lossy(&block[..n]);
            // A terminal says where its cursor is when asked.
            let asked = said.matches("\u{1b}[6n").count();
            for _ in answered..asked {
                keys.write_all(b"\x1b[1;1R").unwrap();
            }
            answered = asked;
        }
    };
    until("size-80x24", &mut keys);
    pty.master.resize(size(100, 40)).unwrap();
    until("size-100x40", &mut keys);
    keys.write_all(b"q").unwrap();
    until("part done", &mut keys);
    assert!(child.wait().unwrap().success());
}

fn terminal_works(dir: &Path) {
    use ratatui::crossterm::event::{Event, KeyCode, read};
    use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};
    locked(dir);
    enable_raw_mode().unwrap();
    let backend = ratatui::backend::CrosstermBackend::new(std::io::stdout());
    let mut terminal = ratatui::Terminal::new(backend).unwrap();
    loop {
        let (columns, rows) = size().unwrap();
        let text = format!("size-{columns}x{rows}");
        terminal.clear().unwrap();
        terminal
            .draw(|frame| frame.render_widget(ratatui::text::Line::raw(text), frame.area()))
            .unwrap();
        match read().unwrap() {
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            _ => {}
        }
    }
    disable_raw_mode().unwrap();
}
