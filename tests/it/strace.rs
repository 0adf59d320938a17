//! What the program asks of the kernel, as strace sees it: no socket, no other program, no file
//! of a repository before the lock, nothing written outside the data folder. The control at the
//! end shows that the judge below would have seen each of them.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::commands;
use crate::common::pty::Start;
use crate::home::{Home, skipped};

const CALLS: &str = "trace=%file,%network,seccomp,landlock_create_ruleset,\
                     landlock_restrict_self,io_uring_setup";

/// What the plain readers may open of a repository before the lock: how it hangs together and
/// whose it is, never what is in it.
const BEFORE_THE_LOCK: [&str; 8] = [
    ".git",
    "HEAD",
    "alternates",
    "commondir",
    "config",
    "config.worktree",
    "gitdir",
    "worktrees",
];

const WRITING: [&str; 22] = [
    "chmod",
    "chown",
    "creat",
    "fchmodat",
    "fchmodat2",
    "fchownat",
    "lchown",
    "link",
    "linkat",
    "mkdir",
    "mkdirat",
    "mknod",
    "mknodat",
    "rename",
    "renameat",
    "renameat2",
    "rmdir",
    "symlink",
    "symlinkat",
    "truncate",
    "unlink",
    "unlinkat",
];

/// One call: who, what, with which arguments and result.
struct Call<'a> {
    process: &'a str,
    name: &'a str,
    rest: &'a str,
}

impl<'a> Call<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (process, text) = line.split_once(' ')?;
        let (name, rest) = text.trim_start().split_once('(')?;
        // Signals, ends, and the second halves of calls that another thread interrupted.
        let is_call = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        is_call.then_some(Self {
            process,
            name,
            rest,
        })
    }

    /// The quoted arguments.
    fn paths(&self) -> Vec<PathBuf> {
        self.rest
            .split('"')
            .skip(1)
            .step_by(2)
            .map(PathBuf::from)
            .collect()
    }

    fn opens(&self) -> bool {
        matches!(self.name, "open" | "openat" | "openat2" | "creat")
            && !self.rest.contains("O_PATH")
    }

    fn writes(&self) -> bool {
        WRITING.contains(&self.name)
            || self.opens()
                && ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"]
                    .iter()
                    .any(|flag| self.rest.contains(flag))
    }

    fn succeeded(&self) -> bool {
        self.rest
            .rsplit_once(" = ")
            .is_some_and(|(_, result)| !result.starts_with('-'))
    }
}

/// What a run may touch.
struct Bounds {
    /// The program, and nothing else, may be started.
    program: PathBuf,
    /// Every repository lies below this.
    repositories: PathBuf,
    /// Nothing may be written outside of these.
    written: Vec<PathBuf>,
}

/// What broke a promise, in the words of strace.
fn broken(trace: &str, bounds: &Bounds) -> Vec<String> {
    let calls: Vec<Call<'_>> = trace.lines().filter_map(Call::parse).collect();
    let locked = locked_at(&calls);
    let has_lock = calls.iter().any(|call| {
        call.name == "landlock_create_ruleset" && call.rest.contains("VERSION") && call.succeeded()
    });
    let mut out = Vec::new();
    // A thread is never started before the lock, so it belongs to the process started last.
    let (mut started, mut latest) = (HashSet::new(), "");
    for (at, call) in calls.iter().enumerate() {
        let mut tell = |what: &str| out.push(format!("{what}: {}({}", call.name, call.rest));
        if call.name.starts_with("execve") {
            let own = call
                .paths()
                .first()
                .is_some_and(|path| *path == bounds.program || path == Path::new("/proc/self/exe"));
            if !own {
                tell("starts another program");
            }
            started.insert(call.process);
            latest = call.process;
        }
        if is_network(call) {
            tell("network");
        }
        let paths = call.paths();
        let device = |path: &PathBuf| path.starts_with("/dev");
        let inside = |path: &PathBuf| {
            let mut folders = bounds.written.iter();
            device(path) || folders.any(|folder| path.starts_with(folder))
        };
        // Asking for a folder that is there already changes nothing.
        let changes = call.writes() && !(call.name == "mkdir" && call.rest.contains("EEXIST"));
        if changes && !paths.iter().all(inside) {
            tell("writes outside");
        }
        let process = if started.contains(call.process) {
            call.process
        } else {
            latest
        };
        let early = locked.get(process).is_none_or(|lock| at < *lock);
        let content = paths.iter().any(|path| {
            path.starts_with(&bounds.repositories)
                && path
                    .file_name()
                    .is_none_or(|name| BEFORE_THE_LOCK.iter().all(|known| name != *known))
        });
        if has_lock && early && content && call.opens() && !call.rest.contains("O_DIRECTORY") {
            tell("reads before the lock");
        }
    }
    out
}

/// Where each process has locked itself.
fn locked_at<'a>(calls: &[Call<'a>]) -> HashMap<&'a str, usize> {
    let mut locked = HashMap::new();
    for (at, call) in calls.iter().enumerate() {
        if matches!(call.name, "seccomp" | "landlock_restrict_self") && call.succeeded() {
            locked.insert(call.process, at);
        }
    }
    locked
}

/// Anything of the network's family but the signal handler's own pair of sockets.
fn is_network(call: &Call<'_>) -> bool {
    match call.name {
        "socketpair" => !call.rest.starts_with("AF_UNIX, SOCK_STREAM"),
        // To the other end of that pair: without an address.
        "sendto" => ![", NULL, 0)", ", NULL, 0 <unfinished"]
            .iter()
            .any(|end| call.rest.contains(end)),
        "recvfrom" => !call.rest.contains(", NULL, NULL)") && !call.rest.contains("unfinished"),
        "socket" | "connect" | "bind" | "listen" | "accept" | "accept4" | "sendmsg"
        | "sendmmsg" | "recvmsg" | "recvmmsg" | "getpeername" | "getsockname" | "setsockopt"
        | "getsockopt" | "shutdown" | "io_uring_setup" => true,
        _ => false,
    }
}

/// Whether strace is here and may trace.
fn can_trace() -> bool {
    let tried = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "true"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let can = tried.is_ok_and(|status| status.success());
    if !can {
        skipped("strace is not installed here, or may not trace");
    }
    can
}

/// A home with two repositories, one of them a clone that borrows the other's objects.
fn world() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("repos/garden");
    for day in 1..=3 {
        home.commit(
            &repo,
            ("a.rs", &"x\n".repeat(day)),
            "Ada <ada@example.org>",
            &format!("2026-01-0{day}T10:00:00+01:00"),
        );
    }
    let repos = home.path("repos");
    home.git(&repos, &["clone", "-q", "--shared", "garden", "borrowed"]);
    home.git(&repo, &["worktree", "add", "-q", "../side"]);
    home
}

fn bounds(home: &Home, written: bool) -> Bounds {
    Bounds {
        program: env!("CARGO_BIN_EXE_inward").into(),
        repositories: home.path("repos"),
        written: written.then(|| home.data()).into_iter().collect(),
    }
}

fn options(trace: &Path) -> [&str; 8] {
    let trace = trace.to_str().unwrap();
    ["-f", "-qq", "-s", "4096", "-e", CALLS, "-o", trace]
}

#[track_caller]
fn judge(trace: &Path, bounds: &Bounds) {
    let text = fs::read_to_string(trace).unwrap();
    assert!(text.contains("execve("), "nothing was traced: {text}");
    let broken = broken(&text, bounds);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_commands_reach_for_nothing_but_repositories_and_the_data_folder() {
    if !can_trace() {
        return;
    }
    let home = world();
    let run = |number: usize, folder: &str, args: &[&str], written: bool| {
        let trace = home.path(&format!("trace{number}"));
        let out = home
            .command("strace", &home.path(folder))
            .args(options(&trace))
            .arg(env!("CARGO_BIN_EXE_inward"))
            .args(args)
            .output()
            .unwrap();
        assert!(out.status.success(), "{args:?}: {out:?}");
        judge(&trace, &bounds(&home, written));
    };
    // Before anything is kept: the overview of where one stands writes nothing at all.
    run(0, "repos/garden", &[], false);
    run(1, "repos/side", &[], false);
    assert!(!home.data().exists());
    run(2, "repos/garden", &["scan"], true);
    run(3, "repos/borrowed", &["scan"], true);
    run(4, "repos/side", &["scan"], true);
    run(5, "home", &["stats"], true);
    run(6, "home", &["me"], true);
    run(7, "home", &["log", "--json"], true);
    run(8, "home", &["privacy"], true);
}

/// The whole command line, by the table of [`commands`].
#[test]
fn no_command_starts_a_program_or_opens_a_socket() {
    if !can_trace() {
        return;
    }
    let home = commands::world();
    let trace = home.path("trace");
    // What is written lies in the data folder, in that of the dump, in the new store's, or was named.
    let backup = ["backup", "backup.part", "backup.part-journal"];
    let written = ["data", "data-new", "dump", "page.svg", "page.png"];
    let written = written.iter().chain(&backup).map(|name| home.path(name));
    let written: Vec<_> = written.collect();
    let mut traced = 0;
    for entry in commands::ALL.iter().filter(|entry| entry.is_here()) {
        let bounds = Bounds {
            program: env!("CARGO_BIN_EXE_inward").into(),
            repositories: home.path("garden"),
            written: if entry.reads {
                vec![home.data()]
            } else {
                written.clone()
            },
        };
        for arguments in entry.arguments(&home) {
            let mut traced_by: Vec<String> = options(&trace).map(str::to_owned).to_vec();
            traced_by.push(env!("CARGO_BIN_EXE_inward").to_owned());
            traced_by.extend(arguments);
            entry.run(&home, Path::new("strace"), &traced_by);
            judge(&trace, &bounds);
            traced += 1;
        }
    }
    assert!(traced > 50, "only {traced} runs were traced");
}

/// The one that does, on request: the judge sees each attempt of the self-test.
#[test]
fn the_self_test_is_what_a_socket_looks_like() {
    if !can_trace() {
        return;
    }
    let home = world();
    let trace = home.path("trace");
    let out = home
        .command("strace", &home.path("home"))
        .args(options(&trace))
        .args([env!("CARGO_BIN_EXE_inward"), "privacy", "--self-test"])
        .output()
        .unwrap();
    assert!(out.status.success(), "{out:?}");
    let text = fs::read_to_string(&trace).unwrap();
    let broken = broken(&text, &bounds(&home, true));
    let of = |what: &str| broken.iter().filter(|line| line.starts_with(what)).count();
    assert!(of("network") >= 15, "{broken:#?}");
    assert_eq!(of("starts another program"), 2, "{broken:#?}");
    assert_eq!(of("writes outside: openat"), 1, "{broken:#?}");
}

#[test]
fn a_dashboard_reaches_for_nothing_else_either() {
    if !can_trace() {
        return;
    }
    let home = world();
    let session = |trace: &Path| {
        let mut start = Start::new("strace", &home.path("home")).args(&options(trace));
        start = start.args(&[env!("CARGO_BIN_EXE_inward")]);
        start
            .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
            .cwd(&home.path("repos/garden"))
            .size(100, 30)
            .spawn()
    };
    // In memory, until the owner says keep.
    let trace = home.path("memory");
    let mut screen = session(&trace);
    // It asks by itself once all is read; an early key would only postpone that.
    screen.until_text("k keep");
    screen.keys("n");
    screen.until_text("In memory only");
    screen.keys("2");
    screen.settle(Duration::from_millis(500));
    screen.resize(80, 24);
    screen.settle(Duration::from_millis(500));
    screen.keys("q");
    assert_eq!(screen.end().exit_code(), 0);
    judge(&trace, &bounds(&home, false));
    assert!(!home.data().exists());
    // Over what is kept.
    home.inward_in(&home.path("repos/garden"), &["scan"])
        .expect(0);
    let trace = home.path("kept");
    let mut screen = session(&trace);
    screen.until_text("Overview");
    screen.keys("5");
    screen.settle(Duration::from_millis(500));
    screen.keys("q");
    assert_eq!(screen.end().exit_code(), 0);
    judge(&trace, &bounds(&home, true));
}

#[test]
fn the_judge_sees_what_it_should() {
    let bounds = Bounds {
        program: "/bin/inward".into(),
        repositories: "/repos".into(),
        written: vec!["/data".into()],
    };
    let fine = "\
1 execve(\"/bin/inward\", [\"inward\"], 0x1 /* 2 vars */) = 0
1 landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) = 7
1 openat(AT_FDCWD, \"/repos/a/.git/config\", O_RDONLY|O_CLOEXEC) = 3
1 openat(AT_FDCWD, \"/repos/a/.git\", O_RDONLY|O_CLOEXEC|O_PATH) = 3
1 landlock_restrict_self(3, 0x5) = 0
1 seccomp(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, {len=4}) = 0
1 openat(AT_FDCWD, \"/repos/a/.git/HEAD\", O_RDONLY) = 3
2 openat(AT_FDCWD, \"/repos/a/.git/refs/heads/main\", O_RDONLY <unfinished ...>
2 <... openat resumed>) = 3
1 openat(AT_FDCWD, \"/data/inward.db\", O_RDWR|O_CREAT, 0600) = 4
1 socketpair(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0, [3, 4]) = 0
";
    assert_eq!(broken(fine, &bounds), Vec::<String>::new());
    let early = "1 openat(AT_FDCWD, \"/repos/a/.git/refs/heads/main\", O_RDONLY) = 3\n";
    assert_eq!(broken(&(early.to_owned() + fine), &bounds).len(), 1);
    for bad in [
        "1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = -1 EPERM (Operation not permitted)",
        "1 socketpair(AF_UNIX, SOCK_DGRAM, 0, [3, 4]) = 0",
        "1 connect(3, {sa_family=AF_UNIX, sun_path=\"/run/x\"}, 110) = 0",
        "1 sendto(3, \"x\", 1, 0, {sa_family=AF_INET}, 16) = 1",
        "1 io_uring_setup(1, 0x1) = -1 ENOSYS (Function not implemented)",
        "3 execve(\"/usr/bin/git\", [\"git\"], 0x1 /* 2 vars */) = -1 EPERM (Operation not permitted)",
        "1 openat(AT_FDCWD, \"/repos/a/.git/index\", O_RDWR) = 3",
        "1 openat(AT_FDCWD, \"/home/a\", O_WRONLY|O_CREAT, 0600) = 3",
        "1 mkdir(\"/home/a\", 0700) = 0",
        "1 rename(\"/data/a\", \"/home/a\") = 0",
    ] {
        assert_eq!(broken(&format!("{fine}{bad}\n"), &bounds).len(), 1, "{bad}");
    }
}
