//! Words that act on a terminal, planted in everything that inward reads, reach nothing it writes:
//! no text, CSV, JSON, Markdown, picture, message or page.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::commands::ALL;
use crate::common::pty::{Session, Start};
use crate::home::{Home, Run};

/// A title, the clipboard, a colour, an eight-bit introducer, a turned direction, a joiner, a line of
/// its own.
const EVIL: &str = "\u{1b}]0;owned\u{7}\u{1b}]52;c;aGk=\u{1b}\\\u{1b}[31m\u{9b}8m\u{202e}x\u{200d}\u{2066}\r\nowned: line";
/// The same where a line break, a slash and a quote cannot stand.
const NAME: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}8m\u{202e}x\u{200d}\u{2066}";

/// What no output may hold, however it is written.
#[track_caller]
fn assert_harmless(what: &str, text: &str) {
    let bad = |c: char| {
        c != '\n' && c.is_control()
            || matches!(u32::from(c), 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF)
    };
    if let Some(at) = text.find(bad) {
        let tail = text.get(at..).unwrap_or_default();
        let near: String = tail.chars().take(60).collect();
        panic!("{what}, at {at}: {near:?}");
    }
    // Nor as SVG or a shell would have it; JSON only where the exact path of a folder is due.
    let lower = text.to_lowercase();
    for code in ["&#27;", "&#x1b;", "\\x1b", "\\e["] {
        assert!(!lower.contains(code), "{what}: {code}");
    }
    for line in std::iter::once(text).chain(text.lines()) {
        if let Ok(value) = serde_json::from_str(line) {
            assert_values(what, "", &value);
        }
    }
}

/// No text of a JSON document, by the nearest name above it: a path is told exactly, so that a program
/// can open it, and in ASCII.
#[track_caller]
fn assert_values(what: &str, name: &str, value: &serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::String(text) if name != "path" => {
            let bad =
                |c: char| c != '\n' && c.is_control() || matches!(u32::from(c), 0x200B..=0x202E);
            assert!(!text.contains(bad), "{what}: {name}: {text:?}");
        }
        Value::Array(list) => list.iter().for_each(|one| assert_values(what, name, one)),
        Value::Object(map) => map.iter().for_each(|(name, one)| {
            assert_values(what, "a name", &Value::String(name.clone()));
            assert_values(what, name, one);
        }),
        _ => {}
    }
}

#[track_caller]
fn harmless(what: &str, run: &Run) {
    assert_harmless(&format!("{what}, stdout"), &run.stdout);
    assert_harmless(&format!("{what}, stderr"), &run.stderr);
    assert!(
        run.code < 64,
        "{what} ended with {}: {}",
        run.code,
        run.stderr
    );
}

/// Ada's home, below a folder that is planted itself, with everything in it planted.
fn planted() -> Home {
    let home = Home::called(&format!("inward-{NAME}"));
    fs::write(
        home.path("home/.gitconfig"),
        format!("[user]\n\tname = Ada {NAME}\n\temail = ada@example.org\n"),
    )
    .unwrap();
    home.settings(&format!(
        "\"un{0}known\" = 1\ntheme = \"{0}\"\ninbox = [\"{0}\"]\n[keys]\n\"{0}\" = 5\nquit = \"{0}\"\n\
         [stages]\n\"{0}\" = \"{0}\"\n\"In {0}\" = \"in-review\"\n[keep]\nreflog = true\n\"{0}\" = 1\n\
         [[project]]\nname = \"{0}\"\nrepo = \"{0}\"\n",
        "\\u001b]0;owned\\u0007\\u009b8m\\u202ex"
    ));
    for name in ["garden", "bench"] {
        let repo = home.repo(name);
        for day in 2..=4 {
            let date = format!("2026-03-0{day}T10:00:00+02:00");
            let file = format!("ING-20{day}{NAME}.rs");
            let who = format!("Ada {} <ada@example.org>", NAME.replace(['<', '>'], ""));
            home.commit(&repo, (&file, "1\n2\n"), &who, &date);
        }
        fs::write(repo.join("more"), "1\n").unwrap();
        home.git(&repo, &["add", "-A"]);
        let message =
            format!("Fix ING-208 {EVIL}\n\n{EVIL}\nCo-authored-by: {NAME} <x@example.org>\n");
        home.git(
            &repo,
            &["commit", "-q", "--cleanup=verbatim", "-m", &message],
        );
        // Git lets no such name through its door, a file system does.
        let head = home.git(&repo, &["rev-parse", "HEAD"]);
        fs::write(repo.join(".git/refs/heads").join(NAME), &head).unwrap();
        let second = NAME.replace(|c: char| c.is_ascii_control() || c == '[', "");
        home.git(&repo, &["checkout", "-q", "-b", &second]);
        home.git(
            &repo,
            &["commit", "-q", "--allow-empty", "-m", "On a branch"],
        );
        fs::write(
            repo.join(".git/config"),
            format!(
                "[core]\n\tbare = false\n[remote \"{NAME}\"]\n\turl = https://example.org/{NAME}\n"
            ),
        )
        .unwrap();
    }
    let cell = EVIL.replace('"', "");
    let row = |key: &str, status: &str| {
        format!(
            "\"{cell}\",{key},\"{status}\",Ada,2026-03-02 09:00,\"{cell}\",\"{cell}\",\"{cell}\"\n"
        )
    };
    fs::write(
        home.path("tasks.csv"),
        format!(
            "Summary,Issue key,Status,Assignee,Created,Project name,Labels,Parent\n{}{}{}",
            row("ING-207", &format!("Doing {cell}")),
            row("ING-208", "Done"),
            row(&format!("\"{cell}\""), "Done"),
        ),
    )
    .unwrap();
    home
}

#[test]
fn nothing_planted_in_anything_read_reaches_what_any_command_writes() {
    let home = planted();
    let program = Path::new(env!("CARGO_BIN_EXE_inward"));
    for entry in ALL {
        if !entry.is_here() {
            continue;
        }
        for arguments in entry.arguments(&home) {
            let input = if entry.input.contains("passphrase") {
                entry.input.to_owned()
            } else if entry.input.is_empty() {
                String::new()
            } else {
                format!("{}{EVIL}\n", entry.input.trim_end())
            };
            let out = fed(&home, program, &arguments, &input);
            harmless(&format!("{arguments:?}"), &out);
        }
    }
    for name in ["dump", "page.svg"] {
        let path = home.path(name);
        assert!(path.exists(), "{name} was not written");
        for file in files(&path) {
            let text = fs::read_to_string(&file).unwrap();
            // The copy in a dump is what the store holds, and that is clean.
            assert_harmless(&format!("{}", file.file_name().unwrap().display()), &text);
        }
    }
}

fn files(path: &Path) -> Vec<std::path::PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap();
    entries
        .flat_map(|entry| files(&entry.unwrap().path()))
        .collect()
}

fn fed(home: &Home, program: &Path, arguments: &[String], input: &str) -> Run {
    assert_eq!(program, Path::new(env!("CARGO_BIN_EXE_inward")));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    home.inward_fed(&arguments, input)
}

/// What is typed; `FLAG` and `GIVEN` hold the name, `THERE` is a file called so, `WITHIN` one below it,
/// `MAP` a mapping that holds it.
const TYPED: &[&[&str]] = &[
    &[NAME],
    &["FLAG"],
    &["stats", "FLAG"],
    &["stats", NAME],
    &["stats", "commits", "--by", NAME],
    &["stats", "all", "GIVEN"],
    &["log", NAME],
    &["log", "--kind", NAME],
    &["show", NAME],
    &["show", "work", "--project", NAME],
    &["explain", NAME],
    &["week", NAME],
    &["standup", "--template", NAME],
    &["add", NAME],
    &["add", "THERE"],
    &["scan", NAME],
    &["import", NAME],
    &["import", "THERE"],
    &["import", "THERE", "--format", NAME],
    &["import", "THERE", "--map", "MAP"],
    &["import", "THERE", "--map", NAME],
    &["import", "--how", NAME],
    &["import", "--map-template", "THERE"],
    &["me", "add", NAME],
    &["me", "add", "--this-is-me", NAME],
    &["me", "remove", NAME],
    &["repos", "rename", NAME, NAME],
    &["repos", "rename", "garden", NAME],
    &["repos", "rm", NAME],
    &["link", NAME, NAME],
    &["goal", "done", NAME],
    &["note", "rm", NAME],
    &["note", "x", "--on", NAME],
    &["exclude", NAME],
    &["forget", "--repo", NAME],
    &["forget", "--before", NAME],
    &["retain", NAME],
    &["restore", NAME],
    &["restore", "THERE"],
    &["merge", NAME],
    &["merge", "THERE"],
    &["backup", "THERE"],
    &["rebuild", "THERE"],
    &["dump", "-o", "THERE"],
    &["picture", NAME, "-o", "THERE"],
    &["picture", "work", "-o", "WITHIN"],
    &["share", NAME],
    &["--config", NAME, "repos"],
    &["--config", "THERE", "repos"],
    &["--space", NAME, "repos"],
    &["--data-dir", "THERE", "stats"],
    &["--color", NAME, "stats"],
    &["completions", NAME],
    &["keep", NAME],
    &["trust", NAME],
];

#[test]
fn no_message_hands_on_what_was_typed() {
    let home = planted();
    let garden = home.path("garden");
    home.inward_in(&garden, &["scan"]).expect(0);
    let flag = format!("--{NAME}");
    let given = format!("--repo={NAME}");
    let there = home.path(&format!("{NAME}.csv"));
    fs::write(&there, format!("no export\n{EVIL}\n")).unwrap();
    let there = there.to_str().unwrap();
    let template = home.path("map.toml");
    fs::write(
        &template,
        format!("source = \"{}\"\n\"a\\u001b[31m\" = 1\n", "\\u202e"),
    )
    .unwrap();
    let template = template.to_str().unwrap();
    let within = format!("{there}/x.svg");
    for arguments in TYPED {
        let arguments: Vec<&str> = arguments
            .iter()
            .map(|word| match *word {
                "FLAG" => flag.as_str(),
                "GIVEN" => given.as_str(),
                "THERE" => there,
                "WITHIN" => within.as_str(),
                "MAP" => template,
                word => word,
            })
            .collect();
        harmless(&format!("{arguments:?}"), &home.inward(&arguments));
    }
    for (arguments, input) in [
        (&["note", "-"][..], EVIL),
        (&["goal", "add", "-"], EVIL),
        (&["add", "-"], EVIL),
        (&["me", "add", "-"], EVIL),
        (&["import", "-"], EVIL),
        (&["import", "-"], "{\"a\u{1b}]0;x\u{7}\": [\u{1b}"),
        (&["encrypt", "-"], "short\u{1b}\n"),
        (&["goal"], ""),
        (&["note", "list"], ""),
    ] {
        harmless(
            &format!("{arguments:?}"),
            &home.inward_fed(arguments, input),
        );
    }
}

/// Longer than the program takes to come to rest after a key.
const QUIET: Duration = Duration::from_millis(300);

#[test]
fn no_page_and_no_prompt_of_the_dashboard_writes_what_was_planted() {
    let home = planted();
    for repo in ["garden", "bench"] {
        home.inward_in(&home.path(repo), &["scan"]).expect(0);
    }
    let tasks = home.path("tasks.csv");
    home.inward(&["import", "--mine", "Ada", tasks.to_str().unwrap()])
        .expect(0);
    home.inward_fed(&["note", "-"], EVIL);
    home.inward_fed(&["goal", "add", "-"], EVIL);
    let mut session = Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
        .size(120, 36)
        .spawn();
    session.until_text("FILE plain");
    for key in [
        "1", "2", "3", "4", "5", "\r", "\u{1b}", "6", "\r", "\u{1b}", "7", "8", "?", "\u{1b}",
    ] {
        session.keys(key);
        session.settle(QUIET);
        assert_screen(&session, key);
    }
    // Into every prompt, as a terminal pastes it.
    for key in ["/", ":", "a", "n"] {
        session.keys(key);
        session.settle(QUIET);
        session.keys("\u{1b}[200~p\u{9b}8m\u{202e}q\u{200d}\u{1b}]0;owned\u{7}\u{1b}[201~");
        session.settle(QUIET);
        assert_screen(&session, key);
        session.keys("\u{1b}");
        session.settle(QUIET);
        session.keys("\u{1b}");
        session.settle(QUIET);
    }
    session.keys("\u{3}");
    session.end();
    session.assert_given_back();
    // No title, no clipboard, no device string; no eight-bit control, however it is encoded.
    let bytes = session.bytes();
    for sequence in [
        &b"\x1b]"[..],
        b"\x1bP",
        b"\x1b_",
        b"\x1b^",
        b"\x07",
        b"\xc2\x9b",
        b"owned\x07",
    ] {
        let found = bytes.windows(sequence.len()).any(|part| part == sequence);
        assert!(!found, "the terminal got {}", sequence.escape_ascii());
    }
}

#[track_caller]
fn assert_screen(session: &Session, key: &str) {
    let text = session.screen().contents();
    assert_harmless(&format!("after {key:?}"), &text);
}
