//! The question on the reflog: asked once, on a terminal only, and no unless yes.

use std::fs;

use crate::common::pty::{Session, Start};
use crate::home::Home;

fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    let (ada, date) = ("Ada <ada@example.org>", "2026-01-05T10:00:00+01:00");
    home.commit(&repo, ("a.rs", "one\n"), ada, date);
    home
}

fn scan(home: &Home) -> Session {
    Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
        .cwd(&home.path("garden"))
        .args(&["scan"])
        .spawn()
}

/// What the log says was answered.
fn answers(home: &Home) -> Vec<String> {
    let out = home.path("dump");
    home.inward(&["dump", "-o", out.to_str().unwrap()])
        .expect(0);
    let log = fs::read_to_string(out.join("audit.jsonl")).unwrap();
    let rows = log.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        row["action"].as_str().unwrap().to_owned()
    });
    rows.filter(|action| action.starts_with("keep-")).collect()
}

#[test]
fn the_first_scan_on_a_terminal_asks_once() {
    let home = home();
    let mut session = scan(&home);
    session.until_text("Keep 1 everything");
    session.keys("1\r");
    session.until_text("Read it? [y/N]");
    session.keys("y\r");
    session.until_text("1 new");
    assert!(session.end().success());
    assert_eq!(answers(&home), ["keep-on"]);
    let mut session = scan(&home);
    session.until_text("nothing new");
    assert!(session.end().success());
    assert!(!session.screen().contents().contains("[y/N]"));
}

#[test]
fn an_empty_answer_is_no_and_the_settings_beat_it() {
    let home = home();
    let mut session = scan(&home);
    session.until_text("Keep 1 everything");
    session.keys("1\r");
    session.until_text("Read it? [y/N]");
    session.keys("\r");
    session.until_text("1 new");
    assert!(session.end().success());
    assert_eq!(answers(&home), ["keep-off"]);
    fs::create_dir_all(home.path("home/.config/inward")).unwrap();
    let settings = home.path("home/.config/inward/config.toml");
    fs::write(settings, "[keep]\nreflog = true\n").unwrap();
    let garden = home.path("garden");
    home.inward_in(&garden, &["scan"]).expect(0);
    assert_eq!(answers(&home), ["keep-off", "keep-on"]);
}

#[test]
fn without_a_terminal_nothing_is_asked_and_nothing_is_answered() {
    let home = home();
    let garden = home.path("garden");
    let run = home.inward_in(&garden, &["scan"]).expect(0);
    assert!(!run.stderr.contains("reflog"));
    assert_eq!(answers(&home), [""; 0]);
}

#[test]
fn turning_the_switch_says_what_is_read_from_now_on() {
    let home = home();
    let garden = home.path("garden");
    home.inward_in(&garden, &["scan"]).expect(0);
    home.settings("[keep]\nreflog = true\n");
    let said = home.inward_in(&garden, &["scan"]).expect(0).stderr;
    assert!(said.contains("keep.reflog is on"), "{said}");
    let said = home.inward_in(&garden, &["scan"]).expect(0).stderr;
    assert!(!said.contains("keep.reflog"), "{said}");
    home.settings("[keep]\nreflog = false\n");
    let said = home.inward_in(&garden, &["scan"]).expect(0).stderr;
    assert!(said.contains("keep.reflog is off"), "{said}");
    home.settings("[keep]\nnotes = false\n");
    home.inward_in(&garden, &["scan"]).expect(0);
    home.settings("[keep]\nnotes = true\n");
    let said = home.inward_in(&garden, &["scan"]).expect(0).stderr;
    assert!(
        said.contains("notes that you write from now on are kept"),
        "{said}"
    );
}
