//! A library loaded into the program from outside goes on writing to descriptors that it opened before
//! `main`: nothing of that lands in the store.

use std::fs;
use std::process::Command;

use crate::home::Home;

#[test]
fn what_a_library_loaded_from_outside_writes_to_its_own_descriptors_never_lands_in_the_store() {
    let home = Home::new();
    let library = home.path("stale.so");
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let made = Command::new(compiler)
        .args(["-shared", "-fPIC", "-Wall", "-o"])
        .arg(&library)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/stale.c"))
        .arg("-ldl")
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let file = home.path("spied");
    for n in 0..3 {
        let done = home
            .command(env!("CARGO_BIN_EXE_inward"), &home.path(""))
            .args(["note", &format!("note number {n}")])
            .env("LD_PRELOAD", &library)
            .env("STALE_FILE", &file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
    }
    // It was loaded, and its descriptors lead nowhere.
    assert_eq!(fs::read(&file).unwrap(), b"");
    let log = home.inward(&["log"]).expect(0).stdout;
    assert_eq!(log.matches("note number").count(), 3, "{log}");
}
