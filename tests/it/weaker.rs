//! A kernel that gives less than it should, simulated under the program as it ships: strace answers
//! single calls in the kernel's place. The words follow what holds, `--strict` fails below full,
//! and a lock that only seems to hold is found out by the self-test.

use crate::home::{Home, Run, skipped};

/// `inward privacy` with `arguments`, on a kernel where strace answers as `injected` says; `None`
/// where strace cannot.
fn privacy(injected: &str, arguments: &[&str]) -> Option<Run> {
    let home = Home::new();
    let mut command = home.command("strace", &home.path("home"));
    let inject = format!("inject={injected}");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", &inject]);
    command.args([env!("CARGO_BIN_EXE_inward"), "privacy"]);
    let Ok(out) = command.args(arguments).output() else {
        skipped("strace is not installed here");
        return None;
    };
    let stderr = String::from_utf8_lossy(&out.stderr).into_owned();
    if stderr.starts_with("strace:") {
        skipped(&stderr);
        return None;
    }
    Some(Run {
        code: out.status.code().unwrap(),
        stdout: String::from_utf8_lossy(&out.stdout).into_owned(),
        stderr,
    })
}

/// Whether this kernel itself gives everything, so that what is missing is what was taken away.
fn full_here() -> bool {
    let home = Home::new();
    let full = home.inward(&["privacy", "--strict"]).code == 0;
    if !full {
        skipped("this kernel does not give every layer");
    }
    full
}

/// What is taken away, what the badge says then, and which layers are gone.
const WEAKER: [(&str, &str, &[&str]); 5] = [
    (
        "landlock_create_ruleset:retval=3:when=1",
        "OFFLINE: by build only (kernel without Landlock's TCP rule, ABI 3)",
        &["tcp", "signals"],
    ),
    (
        "landlock_create_ruleset:retval=5:when=1",
        "OFFLINE: enforced by kernel",
        &["signals"],
    ),
    (
        "landlock_create_ruleset:error=ENOSYS",
        "OFFLINE: by build only (kernel without Landlock)",
        &["files", "tcp", "signals"],
    ),
    (
        "landlock_create_ruleset:error=EOPNOTSUPP",
        "OFFLINE: by build only (Landlock is switched off)",
        &["files", "tcp", "signals"],
    ),
    (
        "seccomp:error=EINVAL",
        "OFFLINE: by build only (kernel without call filter",
        &["calls"],
    ),
];

/// Seen to fail with `Level::full` as it was, which let ABI 5 pass as full.
#[test]
fn a_weaker_kernel_is_said_layer_by_layer_and_strict_fails() {
    if !full_here() {
        return;
    }
    for (injected, badge, gone) in WEAKER {
        let Some(run) = privacy(injected, &["--strict", "--self-test"]) else {
            return;
        };
        let mut lines = run.stdout.lines().map(str::trim_start);
        let said = lines.find(|line| line.starts_with("OFFLINE:"));
        let said = said.unwrap_or_default();
        assert!(said.starts_with(badge), "{injected}: {said}");
        let layers = lines.take(6);
        let missing: Vec<_> = layers
            .filter_map(|line| line.trim_start().strip_prefix("- "))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert_eq!(missing, gone, "{injected}: {}", run.stdout);
        assert!(
            run.stderr.contains("not every layer"),
            "{injected}: {}",
            run.stderr
        );
        assert_eq!(run.code, 1, "{injected}");
        // Nothing more was claimed than held, so the self-test alone is no failure.
        let Some(honest) = privacy(injected, &["--self-test"]) else {
            return;
        };
        assert_eq!(honest.code, 0, "{injected}: {}", honest.stderr);
    }
}

/// The kernel says yes and does nothing: what a broken lock would look like.
#[test]
fn a_lock_that_only_seems_to_hold_is_found_out() {
    if !full_here() {
        return;
    }
    for (injected, reached) in [
        ("seccomp:retval=0", ["udp send", "run a program"]),
        (
            "landlock_restrict_self:retval=0",
            ["read outside", "write outside"],
        ),
    ] {
        let Some(run) = privacy(injected, &["--self-test"]) else {
            return;
        };
        assert!(
            run.stdout.contains("\n  OFFLINE: enforced by kernel"),
            "the simulation took nothing away: {}",
            run.stdout
        );
        for name in reached {
            assert!(run.stderr.contains(name), "{injected}: {}", run.stderr);
            let row = run.stdout.lines().find(|line| line.contains(name));
            assert!(row.unwrap().contains("REACHED"), "{row:?}");
        }
        assert_eq!(run.code, 1, "{injected}");
    }
}

#[test]
fn a_full_lock_passes_its_own_test() {
    if !full_here() {
        return;
    }
    let home = Home::new();
    let run = home
        .inward(&["privacy", "--strict", "--self-test"])
        .expect(0);
    assert!(!run.stdout.contains("REACHED"), "{}", run.stdout);
    assert!(!run.stdout.contains("not tried"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("refused (").count(), 37);
}
