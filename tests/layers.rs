//! The house's import table as a test: who may import whom, and which outside crate lives where.
//!
//! Test code (from `#[cfg(test)]` on) is left out: a test may reach across to build its data.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A room, the rooms it may import, and the outside crates allowed in it
/// beside [`ANYWHERE`]. A crate listed for `a/b` is allowed only under that folder.
type Room = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const ROOMS: &[Room] = &[
    ("model", &[], &["chrono_tz", "unicode_normalization"]),
    ("config", &["model"], &["toml", "directories", "chrono_tz"]),
    (
        "sources/git",
        &["model"],
        // rustix only to ask who this process runs as, for the ownership check.
        &[
            "git2",
            "gengo_language",
            "libdeflater",
            "memchr",
            "memmap2",
            "rustc_hash",
            "rustix",
        ],
    ),
    (
        "sources/tasks",
        &["model"],
        &[
            "blake3",
            "chrono_tz",
            "csv",
            "encoding_rs",
            "encoding_rs_io",
            "serde_json",
            "toml",
        ],
    ),
    ("sources", &["model"], &[]),
    (
        "store",
        &["model"],
        &[
            "rusqlite",
            "blake3",
            "getrandom",
            "serde_json",
            // The sealed store.
            "argon2",
            "chacha20poly1305",
            "zeroize",
        ],
    ),
    ("metrics", &["model"], &[]),
    (
        "sync",
        &["model", "config", "sources", "store", "share"],
        // The zone of an export's clocks.
        &["chrono_tz"],
    ),
    (
        "report",
        &["model", "metrics"],
        &["serde_json", "csv", "minijinja", "unicode_width"],
    ),
    ("share", &["model", "metrics"], &[]),
    (
        "guard",
        &["model", "config"],
        &[
            "blake3",
            "landlock",
            // The key of a sealed store, for the login.
            "linux_keyutils",
            "seccompiler",
            "zeroize",
            "rustix",
            "libc",
            "chrono_tz",
            "toml",
        ],
    ),
    ("input", &["model"], &["toml", "ratatui"]),
    (
        "app",
        &["model", "metrics", "share", "input"],
        // The width of a text only where it is broken into the lines that are scrolled.
        &["nucleo_matcher", "unicode_width"],
    ),
    (
        "ui/picture",
        &["model", "metrics", "config", "input", "app"],
        // Letters as pixels, and pixels packed as PNG has them.
        &[
            "ratatui",
            "unicode_width",
            "unicode_segmentation",
            "ab_glyph",
            "libdeflater",
        ],
    ),
    (
        "ui",
        &["model", "metrics", "share", "config", "input", "app"],
        &["ratatui", "unicode_width", "unicode_segmentation"],
    ),
    (
        "tui",
        &[
            "model", "config", "sources", "store", "metrics", "sync", "report", "share", "guard",
            "input", "app", "ui",
        ],
        &["ratatui", "signal_hook"],
    ),
    (
        "cli",
        &[
            "model", "config", "sources", "store", "metrics", "sync", "report", "share", "guard",
            "input", "app", "ui", "tui",
        ],
        &[
            "chrono_tz",
            "clap",
            "clap_complete",
            "clap_mangen",
            "serde_json",
            "csv",
            "zeroize",
        ],
    ),
];

const ANYWHERE: &[&str] = &[
    "std",
    "core",
    "crate",
    "self",
    "super",
    "chrono",
    "serde",
    "thiserror",
];

/// Words of the terminal that only `ui`, `tui` and key types in `input` may use.
const KEY_TYPES_ONLY: &str = "ratatui::crossterm::event";

#[test]
fn every_room_imports_only_what_the_house_allows() {
    let found = violations(&sources());
    assert!(
        found.is_empty(),
        "the house is broken:\n{}",
        found.join("\n")
    );
}

#[test]
fn a_broken_house_is_seen() {
    let broken = [
        ("src/metrics/x.rs", "use crate::store::Store;"),
        ("src/model/x.rs", "use crate::metrics::stats;"),
        ("src/metrics/x.rs", "use rusqlite::Connection;"),
        (
            "src/sources/tasks/x.rs",
            "let repo = git2::Repository::open(path);",
        ),
        ("src/input/x.rs", "use ratatui::layout::Rect;"),
        ("src/app/x.rs", "use crate::ui::theme::Theme;"),
        ("src/ui/x.rs", "let rows = crate::store::rows();"),
        ("src/report/x.rs", "println!(\"x\");"),
        ("src/app/x.rs", "use crate::{ui, model};"),
        ("src/store/x.rs", "unsafe { danger() }"),
        ("src/share/x.rs", "let rows = crate::store::rows();"),
        ("src/share/x.rs", "let text = crate::report::text();"),
    ];
    for (path, line) in broken {
        let file = (PathBuf::from(path), line.to_owned());
        assert_eq!(violations(&[file]).len(), 1, "not seen: {path}: {line}");
    }
}

#[test]
fn no_room_imports_itself_in_a_circle_with_another() {
    for (room, may, _) in ROOMS {
        for other in *may {
            let back = ROOMS
                .iter()
                .find(|r| r.0 == *other)
                .map_or(&[][..], |r| r.1);
            assert!(!back.contains(room), "{room} and {other} import each other");
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(root).unwrap().to_path_buf(), text));
            }
        }
    }
    assert!(files.len() > 10, "the test looks at the wrong folder");
    files
}

fn violations(files: &[(PathBuf, String)]) -> Vec<String> {
    let outside = outside_crates();
    let mut found = Vec::new();
    for (path, text) in files {
        let Ok(inside) = path.strip_prefix("src") else {
            continue;
        };
        let inside = inside.to_string_lossy().replace('\\', "/");
        // lib.rs and main.rs only list and start.
        let Some(room) = ROOMS
            .iter()
            .find(|r| inside.starts_with(&format!("{}/", r.0)))
        else {
            continue;
        };
        for (number, line) in code_lines(text) {
            for problem in problems(room, line, &outside) {
                found.push(format!(
                    "{}:{number}: {problem}: {}",
                    path.display(),
                    line.trim()
                ));
            }
        }
    }
    found
}

/// The lines before test code, without comments.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .map(|(number, line)| (number + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn problems(room: &Room, line: &str, outside: &BTreeSet<String>) -> Vec<String> {
    let (name, may, crates) = *room;
    let own = name.split('/').next().unwrap_or(name);
    let mut out = Vec::new();
    if line.contains("use crate::{") {
        out.push("write one `use crate::room::…;` a room".to_owned());
    }
    for other in words_before_colons(line, "crate::") {
        if other != own
            && ROOMS.iter().any(|r| r.0.split('/').next() == Some(other))
            && !may.contains(&other)
        {
            out.push(format!("{name} may not import {other}"));
        }
    }
    for named in outside {
        if names_crate(line, named)
            && !crates.contains(&named.as_str())
            && !ANYWHERE.contains(&named.as_str())
        {
            out.push(format!("{name} may not name {named}"));
        }
    }
    if name == "input" && names_crate(line, "ratatui") && !line.contains(KEY_TYPES_ONLY) {
        out.push("input may use only the terminal's key types".to_owned());
    }
    let prints = ["println!(", "print!(", "eprintln!(", "eprint!("];
    if name != "cli" && prints.iter().any(|p| line.contains(p)) {
        out.push("only cli prints".to_owned());
    }
    let unsafe_rooms = ["guard", "sources/git"];
    if !unsafe_rooms.contains(&name) && line.split_whitespace().any(|word| word == "unsafe") {
        out.push("unsafe stands only in guard and sources/git".to_owned());
    }
    out
}

/// The words that directly follow `prefix` in `line`.
fn words_before_colons<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    line.match_indices(prefix)
        .filter_map(|(at, _)| {
            let rest = line.get(at + prefix.len()..)?;
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .filter(|w| !w.is_empty())
        })
        .collect()
}

fn names_crate(line: &str, named: &str) -> bool {
    let path = format!("{named}::");
    line.match_indices(&path).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
    })
}

/// Every dependency of Cargo.toml, in the form in which code writes it.
fn outside_crates() -> BTreeSet<String> {
    let manifest = include_str!("../Cargo.toml");
    let mut inside = false;
    let mut out = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies") && !line.contains("dev-");
        } else if let Some((name, _)) = line.split_once('=').filter(|_| inside) {
            out.insert(name.trim().replace('-', "_"));
        }
    }
    out.insert("crossterm".to_owned());
    assert!(out.contains("rusqlite") && out.contains("landlock"));
    out
}
