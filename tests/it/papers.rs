//! The documents that promise something: what they name exists, and they say what they owe.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::Parser as _;
use inward::cli::args::Cli;
use inward::model::{act, pressure};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn doc(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Whether a quoted line is a command that this version takes.
fn is_taken(line: &str) -> bool {
    Cli::try_parse_from(line.split_whitespace()).is_ok()
}

/// Commands of inward in a text.
fn commands(text: &str) -> BTreeSet<&str> {
    let all = quoted(text).into_iter();
    all.filter(|line| line.starts_with("inward ")).collect()
}

/// Every row of the table of promises: its cells.
fn promises(text: &str) -> Vec<Vec<&str>> {
    let rows = text.lines().filter(|line| line.starts_with("| "));
    rows.skip(1)
        .map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

/// Whether `test` (`path::name`) is a test function in the source.
fn is_there(test: &str) -> bool {
    let Some((path, name)) = test.split_once("::") else {
        return false;
    };
    let source = fs::read_to_string(root().join(path)).unwrap_or_default();
    let Some((above, _)) = source.split_once(&format!("fn {name}(")) else {
        return false;
    };
    // In a property test the mark stands within the macro, above the function too.
    let above: Vec<&str> = above.lines().rev().take(4).collect();
    above.iter().any(|line| line.trim() == "#[test]")
}

#[test]
fn every_promise_names_tests_that_exist_and_a_command_that_is_taken() {
    let text = doc("promises.md");
    let rows = promises(&text);
    assert!(rows.len() >= 20, "{}", rows.len());
    for row in &rows {
        assert_eq!(row.len(), 4, "{row:?}");
        let tests = quoted(row[2]);
        assert!(!tests.is_empty(), "{row:?}");
        for test in tests {
            assert!(is_there(test), "{test} is no test of the source");
        }
        let check = quoted(row[3]);
        assert_eq!(check.len(), 1, "{row:?}");
        if check[0].starts_with("inward") {
            assert!(is_taken(check[0]), "{} is no command", check[0]);
        } else {
            assert!(check[0].contains("inward"), "{row:?}");
        }
    }
}

#[test]
fn the_judge_sees_a_test_and_a_command_that_are_not_there() {
    assert!(is_there(
        "tests/it/papers.rs::the_judge_sees_a_test_and_a_command_that_are_not_there"
    ));
    for gone in [
        "tests/it/papers.rs::promises",
        "tests/it/papers.rs::no_such_test",
        "tests/it/nowhere.rs::is_there",
        "papers",
    ] {
        assert!(!is_there(gone), "{gone}");
    }
    assert!(is_taken("inward audit --verify"));
    assert!(!is_taken("inward audit --whatever"));
    assert!(!is_taken("inward spy"));
}

#[test]
fn every_command_that_the_threat_model_names_is_taken() {
    let text = doc("threat-model.md");
    let named = commands(&text);
    assert!(named.len() >= 6, "{named:?}");
    for command in named {
        assert!(is_taken(command), "{command}");
    }
    let page = "if-someone-asks.md";
    assert!(text.contains(page) && root().join("docs").join(page).exists());
}

/// What issue and design ask the page to say, each by words that only such a sentence has.
const OWED: &[&str] = &[
    "You may say no",
    "For which purpose?",
    "Who sees it?",
    "How long is it kept?",
    "writing",
    "The server holds every commit you pushed",
    "Offer your own words instead",
    "A passphrase does not help against someone who can order you to type it",
    "Only what is not kept cannot be asked for",
    "On an employer's computer administrators can read this file and the screen",
    "There is no decoy",
    "the list of what you shared and the log",
    "no legal advice",
    "git, backups, snapshots, spare disk",
];

#[test]
fn the_page_for_when_someone_asks_says_all_that_it_owes_and_is_what_the_dashboard_shows() {
    let text = pressure::text();
    assert_eq!(text, doc("if-someone-asks.md"));
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in OWED {
        assert!(flat.contains(words), "{words}");
    }
    for draft in ["standup", "week", "review"] {
        assert!(flat.contains(&format!("`inward {draft}`")), "{draft}");
    }
    assert!(text.lines().count() < 60 && text.lines().all(|line| line.chars().count() <= 110));
}

#[test]
fn the_page_about_the_log_lists_every_entry() {
    let (head, tail) = ("## Entries\n\n", "\n\nWords of older");
    let text = doc("audit.md");
    let (before, rest) = text.split_once(head).unwrap();
    let (table, after) = rest.split_once(tail).unwrap();
    let made = act::markdown();
    if std::env::var_os("INWARD_BLESS").is_some() {
        let whole = [before, head, made.trim_end(), tail, after].concat();
        fs::write(root().join("docs/audit.md"), whole).unwrap();
        return;
    }
    assert_eq!(
        table,
        made.trim_end(),
        "INWARD_BLESS=1 cargo test --test it papers"
    );
    for verdict in [
        "ok N",
        "altered at N",
        "gap at N",
        "shorter than receipt",
        "not on this chain",
    ] {
        assert!(text.contains(&format!("- `{verdict}`")), "{verdict}");
    }
}

#[test]
fn the_documents_are_calm_and_promise_no_more_than_they_may() {
    for name in [
        "audit.md",
        "if-someone-asks.md",
        "promises.md",
        "threat-model.md",
    ] {
        let text = doc(name).to_lowercase();
        for word in [
            "secure",
            "anonym",
            "provabl",
            "score",
            "rank",
            "streak",
            "impossible",
        ] {
            assert!(!text.contains(word), "{name}: {word}");
        }
        // "Cannot" of the network only with the system that enforces it.
        for line in text
            .lines()
            .filter(|line| line.contains("cannot open a connection"))
        {
            assert!(line.contains("on linux"), "{name}: {line}");
        }
    }
}
