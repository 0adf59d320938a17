//! What a reading command says does not depend on a network: in a namespace without any, not even
//! the machine's own, it says the same bytes.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::commands;
use crate::home::skipped;

/// Whether an own network namespace can be had here.
fn can_unshare() -> bool {
    let tried = Command::new("unshare")
        .args(["-rn", "true"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let can = tried.is_ok_and(|status| status.success());
    if !can {
        skipped("unshare is not installed here, or may not make a namespace");
    }
    can
}

/// `scripts/red-twin.sh` shows with a program that sends that such a comparison fails.
#[test]
fn every_reading_command_says_the_same_without_any_network() {
    if !can_unshare() {
        return;
    }
    let home = commands::filled();
    let program = env!("CARGO_BIN_EXE_inward");
    let mut compared = 0;
    let reading = commands::ALL.iter().filter(|entry| entry.reads);
    for entry in reading.filter(|entry| entry.is_here()) {
        for arguments in entry.arguments(&home) {
            let with = entry.run(&home, Path::new(program), &arguments);
            let mut alone: Vec<String> = vec!["-rn".into(), program.into()];
            alone.extend(arguments.iter().cloned());
            let without = entry.run(&home, Path::new("unshare"), &alone);
            assert!(!with.stdout.is_empty(), "{arguments:?} said nothing");
            assert_eq!(with.stdout, without.stdout, "{arguments:?}");
            compared += 1;
        }
    }
    assert!(compared > 25, "only {compared} runs were compared");
}
