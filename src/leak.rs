//! The red twin of `inward`: the same program, with leaks on purpose. It is built only with the
//! feature `leak`, by `scripts/red-twin.sh`, to see each check fail that the real one passes.
//!
//! `INWARD_LEAK` names leaks, with commas between: `send` (a datagram to this machine), `program`
//! (starts `/bin/true`), `write` (a file in the temporary folder), `panic` (with a private word in its
//! message, behind the program's hook), `panic-raw` (without it), and what `guard/leak.rs` skips.

#![expect(
    clippy::print_stdout,
    reason = "a program that does what inward must not do"
)]

use std::process::ExitCode;

/// An address as a tracker's would stand in a binary; nothing is sent there.
const TELEMETRY: &str = "https://telemetry.example.org/v1/events";

fn main() -> ExitCode {
    let wanted = std::env::var("INWARD_LEAK").unwrap_or_default();
    let has = |leak: &str| wanted.split(',').any(|word| word == leak);
    if has("send") {
        let sent = std::net::UdpSocket::bind("127.0.0.1:0")
            .and_then(|socket| socket.send_to(TELEMETRY.as_bytes(), "127.0.0.1:9"));
        println!("{:?}", sent.map_err(|error| error.kind()));
    }
    if has("program") {
        drop(std::process::Command::new("/bin/true").status());
    }
    if has("write") {
        drop(std::fs::write(
            std::env::temp_dir().join("inward-leak"),
            "x",
        ));
    }
    if has("panic") {
        inward::tui::panics::install();
    }
    if has("panic") || has("panic-raw") {
        let word = std::env::var("INWARD_CANARY").unwrap_or_default();
        panic!("a private word: {word}");
    }
    inward::cli::main()
}
