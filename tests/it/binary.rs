//! What the built program asks of the system: no way to a network, three libraries.

use std::process::Command;

use crate::home::skipped;

const PROGRAM: &str = env!("CARGO_BIN_EXE_inward");

/// Output of a tool of the C toolchain; `None` (and a word on it) when it is not installed.
fn tool(name: &str, args: &[&str]) -> Option<String> {
    let Ok(out) = Command::new(name).args(args).output() else {
        skipped(&format!("{name} is not installed"));
        return None;
    };
    out.status
        .success()
        .then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

#[test]
#[cfg(target_os = "linux")]
fn the_program_imports_no_way_to_open_a_connection() {
    let Some(listing) = tool("nm", &["-D", "--undefined-only", PROGRAM]) else {
        return;
    };
    let imported: Vec<&str> = listing
        .lines()
        .filter_map(|line| line.split_whitespace().last())
        .map(|name| name.split('@').next().unwrap_or(name))
        .collect();
    assert!(
        imported.contains(&"read"),
        "nm listed no imports: {listing}"
    );
    let banned = [
        "connect",
        "bind",
        "listen",
        "accept",
        "accept4",
        "getaddrinfo",
        "sendto",
        "sendmmsg",
    ];
    let found: Vec<_> = imported
        .iter()
        .filter(|name| {
            banned.contains(name) || name.starts_with("gethostby") || name.starts_with("res_")
        })
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn the_program_needs_no_system_library_beyond_the_c_ones() {
    let Some(listing) = tool("ldd", &[PROGRAM]) else {
        return;
    };
    for line in listing.lines() {
        let known = [
            "linux-vdso",
            "libc.so",
            "libm.so",
            "libgcc_s.so",
            "ld-linux",
            "libpthread.so",
            "libdl.so",
            "librt.so",
        ];
        assert!(
            known.iter().any(|name| line.contains(name)),
            "an unexpected library: {line}"
        );
    }
}
