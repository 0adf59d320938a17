//! What others of this machine can see of a run: no open file, no name in the list of processes, no
//! core, no tracing, and no data in the program's words about its own faults.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::commands;
use crate::common::pty::Start;
use crate::home::{Home, skipped};

/// A user of no standing, where this test runs as the system's.
const NOBODY: u32 = 12_345;

fn everything_below(dir: &Path) -> Vec<PathBuf> {
    let (mut all, mut waiting) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|one| one.unwrap().path()));
        }
        all.push(path);
    }
    all
}

/// The whole command line where new files would be open to everybody. Seen to fail without the umask
/// of `guard::early`.
#[test]
fn nothing_that_inward_writes_is_open_to_others_under_any_umask() {
    let home = commands::world();
    let mut seen = Vec::new();
    for entry in commands::ALL.iter().filter(|entry| entry.is_here()) {
        for arguments in entry.arguments(&home) {
            let script = "umask 000; exec \"$0\" \"$@\"";
            let shell: Vec<String> = ["-c", script, env!("CARGO_BIN_EXE_inward")]
                .map(str::to_owned)
                .into_iter()
                .chain(arguments)
                .collect();
            entry.run(&home, Path::new("sh"), &shell);
            for dir in ["data", "data-new", "dump"].map(|name| home.path(name)) {
                for path in everything_below(&dir)
                    .into_iter()
                    .filter(|path| path.exists())
                {
                    let mode = fs::symlink_metadata(&path).unwrap().permissions().mode();
                    assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
                    seen.push(path);
                }
            }
        }
    }
    for written in [
        "data/inward.db",
        "data/roots.toml",
        "data/ballast",
        "data-new/inward.db",
    ] {
        assert!(
            seen.contains(&home.path(written)),
            "{written} was never there"
        );
    }
    assert!(seen.iter().any(|path| path.starts_with(home.path("dump"))));
}

/// Every argument and variable of the processes of `home`, which runs as its own parent.
fn shown_of(parent: u32) -> String {
    let mut out = String::new();
    let mut waiting = vec![parent];
    while let Some(process) = waiting.pop() {
        for file in ["cmdline", "comm", "environ"] {
            let bytes = fs::read(format!("/proc/{process}/{file}")).unwrap_or_default();
            out.push_str(&String::from_utf8_lossy(&bytes).replace('\0', " "));
            out.push('\n');
        }
        let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
        let children = children.unwrap_or_default();
        waiting.extend(
            children
                .split_whitespace()
                .map(|one| one.parse::<u32>().unwrap()),
        );
    }
    out
}

/// The dashboard while it reads a repository that was typed into it: the launcher starts the program
/// again, and the path goes through memory.
#[test]
fn no_name_of_a_repository_stands_in_the_list_of_processes() {
    const NAME: &str = "zebrafink";
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo(NAME);
    for day in 1..=9 {
        let date = format!("2026-03-0{day}T10:00:00Z");
        home.commit(
            &repo,
            ("a.rs", &"x\n".repeat(day)),
            "Ada <ada@example.org>",
            &date,
        );
    }
    home.inward_fed(&["add", "-"], repo.to_str().unwrap())
        .expect(0);
    let mut screen = Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
        .size(100, 30)
        .spawn();
    screen.until_text("Overview");
    let shown = shown_of(screen.process());
    assert!(shown.contains("inward"), "nothing was looked at: {shown}");
    assert!(!shown.contains(NAME), "{shown}");
    screen.keys("q");
    assert_eq!(screen.end().exit_code(), 0);
    // Nor does the window get a title or the clipboard a text that nobody asked for.
    let sent = screen.bytes();
    assert!(sent.len() > 1000 && memchr::memmem::find(sent, b"\x1b]").is_none());
}

/// The program as a user without standing runs it, waiting for words to be typed in.
fn waiting(home: &Home) -> Child {
    let place = home.path("public");
    fs::create_dir_all(&place).unwrap();
    let program = place.join("inward");
    if !program.exists() {
        // By another process: a file that this one had open for writing would stay busy in children
        // that other tests start meanwhile.
        let copied = Command::new("cp")
            .arg(env!("CARGO_BIN_EXE_inward"))
            .arg(&program)
            .status();
        assert!(copied.unwrap().success());
    }
    let mut command = home.command(&program, &place);
    command.args(["note", "-"]).stdin(Stdio::piped());
    command.env("INWARD_DATA_DIR", place.join("data"));
    as_nobody(home, &mut command, &place);
    allow_cores(&mut command);
    command.spawn().unwrap()
}

/// Lets `command` begin with as much room for a core as can be had: what it gives up is its own doing.
#[expect(
    unsafe_code,
    reason = "the limit is set in the child, before it starts"
)]
fn allow_cores(command: &mut Command) {
    // SAFETY: a limit is read and set; nothing else is touched.
    unsafe {
        command.pre_exec(|| {
            let mut most = std::mem::zeroed::<libc::rlimit>();
            libc::getrlimit(libc::RLIMIT_CORE, &raw mut most);
            most.rlim_cur = most.rlim_max;
            libc::setrlimit(libc::RLIMIT_CORE, &raw const most);
            Ok(())
        });
    }
}

/// Lets `command` run as [`NOBODY`] in `place`, where that can be had.
fn as_nobody(home: &Home, command: &mut Command, place: &Path) {
    for dir in [&home.path(""), place] {
        fs::set_permissions(dir, fs::Permissions::from_mode(0o755)).unwrap();
    }
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(place, Some(NOBODY), Some(NOBODY)).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
}

/// Waits until `child` is past the first line of its `main`: giving up privileges comes last there.
fn until_it_waits(child: &Child) {
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        if status.contains("NoNewPrivs:\t1") {
            return;
        }
        assert!(!status.contains("State:\tZ"), "it ended at once");
        std::thread::yield_now();
    }
}

/// What strace says when it attaches to `process` as the user that runs it; `None` without strace.
fn attach(home: &Home, process: u32) -> Option<String> {
    let place = home.path("public");
    let mut command = Command::new("strace");
    command.args(["-o", "/dev/null", "-p", &process.to_string()]);
    as_nobody(home, &mut command, &place);
    let Ok(mut strace) = command.stderr(Stdio::piped()).stdin(Stdio::null()).spawn() else {
        skipped("strace is not installed here");
        return None;
    };
    let mut line = String::new();
    BufReader::new(strace.stderr.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    drop(strace.kill());
    strace.wait().unwrap();
    Some(line)
}

/// Seen to fail without `set_dumpable_behavior` in `guard::early`.
#[test]
fn another_program_of_the_same_user_cannot_trace_it_nor_read_its_memory() {
    let home = Home::new();
    let mut child = waiting(&home);
    until_it_waits(&child);
    let refused = attach(&home, child.id());
    let maps = {
        let mut command = Command::new("cat");
        command
            .arg(format!("/proc/{}/maps", child.id()))
            .stderr(Stdio::null());
        as_nobody(&home, &mut command, &home.path("public"));
        command.output().unwrap()
    };
    child.kill().unwrap();
    child.wait().unwrap();
    // The control: a program that does not forbid it.
    let mut sleep = Command::new("sleep");
    sleep.arg("60");
    as_nobody(&home, &mut sleep, &home.path("public"));
    let mut sleep = sleep.spawn().unwrap();
    let control = attach(&home, sleep.id());
    sleep.kill().unwrap();
    sleep.wait().unwrap();
    assert!(maps.stdout.is_empty() && !maps.status.success(), "{maps:?}");
    let (Some(refused), Some(control)) = (refused, control) else {
        return;
    };
    if !control.contains("attached") {
        skipped(&format!("nothing can be traced here at all: {control}"));
        return;
    }
    assert!(refused.contains("Operation not permitted"), "{refused}");
}

/// The control at the end shows that a program which does not forbid it does leave one.
#[test]
#[expect(unsafe_code, reason = "signals are sent by number")]
fn a_program_that_is_killed_in_flight_leaves_no_core() {
    let home = Home::new();
    let mut child = waiting(&home);
    until_it_waits(&child);
    // SAFETY: a signal to the child just started.
    assert_eq!(
        unsafe { libc::kill(child.id().cast_signed(), libc::SIGABRT) },
        0
    );
    let ended = child.wait().unwrap();
    assert_eq!(ended.signal(), Some(libc::SIGABRT));
    assert!(!ended.core_dumped(), "a core was written");
    let left: Vec<_> = everything_below(&home.path("public"));
    assert!(
        left.iter()
            .all(|path| !path.display().to_string().contains("core")),
        "{left:?}"
    );
    // The control: where cores are written at all, another program leaves one.
    let mut sleep = Command::new("sleep");
    sleep.arg("60").current_dir(home.path("public"));
    as_nobody(&home, &mut sleep, &home.path("public"));
    allow_cores(&mut sleep);
    let mut sleep = sleep.spawn().unwrap();
    // SAFETY: as above.
    assert_eq!(
        unsafe { libc::kill(sleep.id().cast_signed(), libc::SIGABRT) },
        0
    );
    if !sleep.wait().unwrap().core_dumped() {
        skipped("this machine writes no core of any program");
    }
}
