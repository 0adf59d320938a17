//! The Privacy page and the cover in a real terminal: the self-test in the locked process, what
//! is forgotten and no longer in the file, and a screen that covers itself.

use std::fs;
use std::time::Duration;

use crate::common::pty::{Session, Start};
use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";
/// Longer than the program takes to come to rest after a key.
const QUIET: Duration = Duration::from_millis(400);

/// A home with a kept store of two repositories.
fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    for (name, file) in [("garden", "seeds.txt"), ("orchard", "canary-apples.txt")] {
        let repo = home.repo(name);
        home.commit(&repo, (file, "1\n"), ADA, "2026-03-02T10:00:00Z");
        home.inward_in(&repo, &["scan"]).expect(0);
    }
    home
}

fn open(home: &Home) -> Session {
    let mut session = Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
        .size(120, 36)
        .spawn();
    session.until_text("FILE plain");
    session.settle(QUIET);
    session
}

fn quit(mut session: Session) {
    session.keys("\u{3}");
    session.end();
    session.assert_given_back();
}

/// Waits until the cover is all there is to read.
fn until_covered(session: &mut Session) {
    session.until("the cover", |screen| {
        let text = screen.contents();
        text.contains("uncovers") && !text.contains("Overview") && !text.contains("OFFLINE")
    });
}

#[test]
fn the_self_test_runs_behind_the_lock_and_stands_in_the_log() {
    let home = home();
    let mut session = open(&home);
    session.keys("8");
    session.until_text("What is kept");
    session.until_text("self-test   never");
    session.keys("T");
    session.until_text("Self-test");
    session.until_text("attempts");
    let text = session.screen().contents();
    // Whatever this kernel can do, the badge says no more than the test found.
    let honest = if text.contains("OFFLINE by kernel") {
        "attempts were refused"
    } else {
        "OFFLINE: by build only"
    };
    assert!(text.contains(honest), "{text}");
    session.keys("\r");
    session.until_text("self-test   today");
    quit(session);
}

#[test]
fn what_is_forgotten_on_the_page_is_in_no_file_any_more() {
    let home = home();
    let store = home.data().join("inward.db");
    let canary = b"canary-apples.txt";
    let held = || {
        let bytes = fs::read(&store).unwrap();
        bytes.windows(canary.len()).any(|part| part == canary)
    };
    assert!(held());
    let mut session = open(&home);
    session.keys("8d");
    session.until_text("Repository orchard");
    session.keys("j\r");
    session.until_text("Takes up to 1 commit of yours");
    session.keys("yes\r");
    session.until_text("type forget, or leave");
    assert!(held());
    session.keys("\u{15}forget\r");
    session.until_text("Erased: 1 commit.");
    session.until_text("strings in every byte");
    assert!(!held());
    // Its path is a word too.
    let list = fs::read_to_string(home.data().join("roots.toml")).unwrap();
    assert!(
        !list.contains("orchard") && list.contains("garden"),
        "{list}"
    );
    quit(session);
}

#[test]
fn one_key_covers_everything_and_the_same_one_or_esc_uncovers() {
    let home = home();
    let mut session = open(&home);
    for (place, word) in [("8", "What is kept"), ("5", "newest"), ("?", "Keys")] {
        session.keys(place);
        session.until_text(word);
        session.keys("p");
        until_covered(&mut session);
        // Nothing is done blind: a q would have quit.
        session.keys("q8\r");
        session.settle(QUIET);
        until_covered(&mut session);
        session.keys("p");
        session.until_text(word);
    }
    session.keys("\u{18}");
    until_covered(&mut session);
    session.keys("\u{1b}");
    session.until_text("Keys");
    quit(session);
}

#[test]
fn what_is_pasted_runs_no_key_and_does_not_uncover() {
    let home = home();
    let mut session = open(&home);
    // The terminal marks a paste only where it was asked to.
    let marked = |session: &Session| assert!(session.screen().bracketed_paste());
    marked(&session);
    session.keys("\u{1b}[200~p8q\u{1b}[201~");
    session.settle(QUIET);
    let text = session.screen().contents();
    assert!(
        text.contains("OFFLINE") && !text.contains("What is kept"),
        "{text}"
    );
    session.keys("p");
    until_covered(&mut session);
    marked(&session);
    session.keys("\u{1b}[200~p\r q\u{1b}[201~");
    session.settle(QUIET);
    until_covered(&mut session);
    session.keys("p");
    session.until_text("OFFLINE");
    // In a field it is what is typed.
    session.keys("5/");
    session.settle(QUIET);
    session.keys("\u{1b}[200~seeds\u{1b}[201~");
    session.until_text("seeds");
    quit(session);
}

#[test]
fn a_screen_that_is_left_alone_covers_itself_and_is_quiet_then() {
    let home = home();
    // Three seconds, as parts of a minute.
    home.settings("cover_after = 0.05\n");
    let mut session = open(&home);
    until_covered(&mut session);
    let before = session.bytes().len();
    session.settle(Duration::from_secs(4));
    assert_eq!(session.bytes().len(), before, "drawn under the cover");
    session.keys("\u{1b}");
    session.until_text("Overview");
    quit(session);
}
