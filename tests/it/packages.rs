//! What is handed out: the tarball and the Debian package that `scripts/package.sh` makes.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::home::Home;

fn run(program: &str, args: &[&str]) -> String {
    let done = Command::new(program).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program} {args:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

/// Packages of a program that is small and quick to pack: it hands every question on to the real one.
fn packed(home: &Home, name: &str) -> Vec<String> {
    let program = home.path("inward");
    let real = env!("CARGO_BIN_EXE_inward");
    fs::write(&program, format!("#!/bin/sh\nexec '{real}' \"$@\"\n")).unwrap();
    fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/package.sh");
    let out = home.path(name);
    let args = [program.to_str().unwrap(), out.to_str().unwrap()];
    let told = run(script, &args);
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    assert_eq!(told, sums);
    sums.lines().map(str::to_owned).collect()
}

#[test]
fn packages_hold_the_program_its_manual_its_completions_and_its_papers_and_are_the_same_each_time()
{
    let home = Home::new();
    let sums = packed(&home, "one");
    assert_eq!(sums, packed(&home, "two"));
    let file = |end: &str| {
        let line = sums.iter().find(|line| line.ends_with(end))?;
        let name = line.split_whitespace().nth(1)?;
        Some(home.path("one").join(name).to_str()?.to_owned())
    };
    let tar = file(".tar.gz").unwrap();
    let held = run("tar", &["-tzvf", &tar]);
    let version = env!("CARGO_PKG_VERSION");
    for (name, mode) in [
        ("bin/inward", "-rwxr-xr-x"),
        ("share/man/man1/inward.1.gz", "-rw-r--r--"),
        ("share/bash-completion/completions/inward", "-rw-r--r--"),
        ("share/zsh/vendor-completions/_inward", "-rw-r--r--"),
        ("share/fish/vendor_completions.d/inward.fish", "-rw-r--r--"),
        ("share/doc/inward/README.md", "-rw-r--r--"),
        ("share/doc/inward/privacy.md", "-rw-r--r--"),
        ("share/doc/inward/LICENSE-MIT", "-rw-r--r--"),
        ("share/doc/inward/changelog.gz", "-rw-r--r--"),
    ] {
        let line = held.lines().find(|line| line.ends_with(name));
        let line = line.unwrap_or_else(|| panic!("{name} is not in\n{held}"));
        assert!(line.starts_with(mode) && line.contains(" 0/0 "), "{line}");
        assert!(line.contains(&format!("inward-{version}-")), "{line}");
    }
    let Some(deb) = file(".deb") else {
        eprintln!("skipped: there is no dpkg-deb here");
        return;
    };
    let control = run("dpkg-deb", &["--field", &deb]);
    assert!(
        control.contains(&format!("Version: {version}\n")),
        "{control}"
    );
    let held = run("dpkg-deb", &["--contents", &deb]);
    assert!(
        held.contains("root/root") && held.contains("./usr/bin/inward\n"),
        "{held}"
    );
    // Nothing of a home was made or read on the way.
    assert!(!Path::new(&home.data()).exists());
}
