//! The launcher: asking, stopping, ending.

use std::path::Path;

use inward::guard::launcher::{self, Ask, Ended};
use inward::guard::lock::{Paths, lock};

use super::{in_child, world};

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
pub(crate) fn launches(part: &str) {
    // SAFETY: moves this process alone.
    assert_eq!(unsafe { libc::setpgid(0, 0) }, 0);
    let mut asked = Vec::new();
    let ended = launcher::run(&launcher::Hidden::default(), &mut |ask| {
        let refused = matches!(ask, Ask::Keep(_));
        asked.push(ask);
        if refused {
            Err("no room".into())
        } else {
            Ok(None)
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
pub(crate) fn launched(part: &str, mut child: launcher::Child, dir: &Path) -> ! {
    if part == "signal" {
        // SAFETY: somebody closes the terminal: the launcher gets the signal and hands it on.
        unsafe { libc::kill(libc::getppid(), libc::SIGTERM) };
        loop {
            // SAFETY: waits for the signal, which ends the process.
            unsafe { libc::pause() };
        }
    }
    // SAFETY: asks for a number only.
    let launcher = format!("/proc/{}/status", unsafe { libc::getppid() });
    let launcher = std::fs::read_to_string(launcher).unwrap();
    inward::guard::early();
    let level = lock(&Paths {
        read: vec![],
        write: vec![dir.join("data")],
    });
    if level.seccomp {
        assert!(
            launcher.contains("Seccomp:\t2"),
            "no call filter over the launcher: {launcher}"
        );
        assert!(launcher.contains("NoNewPrivs:\t1"), "{launcher}");
    }
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
