//! The dashboard from end to end: the built program in a real terminal, in a home of its own.

use std::path::PathBuf;
use std::time::Duration;

use rustix::process::Signal;

use crate::common::pty::{Session, Start};
use crate::home::Home;

const ADA: &str = "Ada <ada@example.org>";
/// Longer than the program takes to come to rest after a key.
const QUIET: Duration = Duration::from_millis(400);

/// A home with one repository of three commits of Ada's.
struct Stage {
    home: Home,
    repo: PathBuf,
}

impl Stage {
    fn new() -> Self {
        let home = Home::new();
        home.identity("Ada", "ada@example.org");
        let repo = home.repo("garden");
        for (file, text, day) in [
            ("a.rs", "one\n", "05"),
            ("b.rs", "two\n", "06"),
            ("a.rs", "one\nmore\n", "07"),
        ] {
            let date = format!("2026-01-{day}T10:00:00+01:00");
            home.commit(&repo, (file, text), ADA, &date);
        }
        Self { home, repo }
    }

    fn start(&self) -> Start {
        let data = self.home.data();
        Start::inward(&self.home.path("home"))
            .env("INWARD_DATA_DIR", data.to_str().unwrap())
            .cwd(&self.repo)
    }

    /// The dashboard after the first scan, the question whether to keep answered with no.
    fn open(&self) -> Session {
        let mut session = self.start().spawn();
        session.until_text("Overview");
        session.until_text("3 commits");
        // The progress says "3 commits" too, and a key before the question would keep it closed.
        session.until_text("k keep");
        session.keys("n");
        // What stays: the answer itself makes room for whatever is said next.
        session.until_text("nothing is written");
        session
    }
}

fn open_demo(home: &Home) -> Session {
    let mut session = Start::inward(&home.path("home"))
        .args(&["demo"])
        .size(120, 36)
        .spawn();
    session.until_text("DEMO");
    session
}

#[test]
fn in_a_repository_without_set_up_the_dashboard_shows_its_commits_and_writes_nothing() {
    let stage = Stage::new();
    let mut session = stage.open();
    assert!(session.screen().alternate_screen());
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    session.assert_given_back();
    assert!(session.is_cooked());
    assert!(!stage.home.data().exists());
}

#[test]
fn keys_change_the_page_and_a_burst_of_them_ends_on_the_last() {
    let home = Home::new();
    let mut session = open_demo(&home);
    session.keys("3");
    session.until_text("Mon");
    session.keys("5");
    session.until_text("Enter");
    session.keys("1235");
    session.settle(QUIET);
    session.until_text("newest");
}

#[test]
fn a_window_too_small_says_so_and_comes_back_when_it_grows() {
    let home = Home::new();
    let mut session = open_demo(&home);
    session.resize(44, 12);
    session.until_text("44x12");
    session.resize(120, 36);
    session.until("the page", |screen| !screen.contents().contains("44x12"));
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
}

#[test]
fn ctrl_z_and_fg_in_a_shell_give_and_take_the_terminal() {
    let home = Home::new();
    let mut session = Start::new("/bin/sh", &home.path("home"))
        .args(&["-i"])
        .env("PS1", "ready> ")
        .env("INWARD", env!("CARGO_BIN_EXE_inward"))
        .size(120, 36)
        .spawn();
    session.until_text("ready>");
    session.keys("\"$INWARD\" demo; echo over=$?\n");
    session.until("the dashboard", |screen| {
        screen.alternate_screen() && screen.contents().contains("DEMO")
    });
    session.settle(QUIET);
    session.keys("\u{1a}");
    session.until("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("Stopped")
    });
    session.keys("fg\n");
    session.until("the dashboard again", |screen| {
        screen.alternate_screen() && screen.contents().contains("DEMO")
    });
    session.keys("q");
    // Not before its third prompt: until then the ending program may still take keys.
    session.until("the shell again", |screen| {
        !screen.alternate_screen() && screen.contents().matches("ready>").count() >= 3
    });
    session.keys("exit\n");
    session.end();
    session.assert_given_back();
}

#[test]
fn sigterm_ends_with_143_and_gives_the_terminal_back() {
    let stage = Stage::new();
    let mut session = stage.open();
    // To the process the shell knows; the dashboard may be its child.
    session.signal(Signal::TERM);
    assert_eq!(session.end().exit_code(), 143);
    session.assert_given_back();
    assert!(session.is_cooked());
}

#[test]
fn ctrl_c_leaves_from_anywhere_with_130() {
    let home = Home::new();
    let mut session = open_demo(&home);
    session.keys("?");
    session.settle(QUIET);
    session.keys("\u{3}");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_given_back();
}

#[test]
fn into_a_pipe_goes_text_without_an_escape() {
    let stage = Stage::new();
    let run = stage.home.inward_in(&stage.repo, &[]).expect(0);
    assert!(!run.stdout.is_empty());
    assert!(!run.stdout.contains('\u{1b}'), "{:?}", run.stdout);
}

#[test]
fn a_dumb_terminal_none_and_the_plain_switch_get_the_same_text() {
    let stage = Stage::new();
    let mut texts = Vec::new();
    for start in [
        stage.start().env("TERM", "dumb"),
        stage.start().without("TERM"),
        stage.start().args(&["--plain"]),
    ] {
        let mut session = start.spawn();
        assert_eq!(session.end().exit_code(), 0);
        assert!(!session.bytes().contains(&0x1b));
        texts.push(session.screen().contents());
    }
    assert!(texts[0].starts_with("Overview"), "{}", texts[0]);
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0], texts[2]);
}

#[test]
fn no_color_keeps_the_cursor_row_reversed_and_sends_no_colour() {
    let home = Home::new();
    let mut session = Start::inward(&home.path("home"))
        .args(&["demo"])
        .env("NO_COLOR", "1")
        .size(120, 36)
        .spawn();
    session.until_text("DEMO");
    session.keys("5");
    session.until("a reversed row", |screen| {
        (0..36).any(|row| {
            (0..120)
                .filter(|column| screen.cell(row, *column).is_some_and(vt100::Cell::inverse))
                .count()
                > 40
        })
    });
    for row in 0..36 {
        for column in 0..120 {
            let cell = session.screen().cell(row, column).unwrap();
            assert_eq!(cell.fgcolor(), vt100::Color::Default, "{row},{column}");
            assert_eq!(cell.bgcolor(), vt100::Color::Default, "{row},{column}");
        }
    }
}

#[test]
fn nothing_is_written_in_ten_idle_seconds() {
    let home = Home::new();
    let mut session = open_demo(&home);
    session.settle(Duration::from_secs(2));
    assert_eq!(session.bytes_within(Duration::from_secs(10)), 0);
}

#[test]
fn a_new_commit_shows_up_without_a_key() {
    let stage = Stage::new();
    let mut session = stage.open();
    let date = "2026-01-08T10:00:00+01:00";
    stage
        .home
        .commit(&stage.repo, ("c.rs", "three\n"), ADA, date);
    session.until_text("1 commit added");
}

#[test]
fn what_another_process_scans_shows_up_without_a_key() {
    let stage = Stage::new();
    stage.home.inward_in(&stage.repo, &["scan"]).expect(0);
    let mut session = stage.start().spawn();
    session.until_text("Your record");
    let date = "2026-01-08T10:00:00+01:00";
    let change = ("c.rs", "three\n");
    stage.home.commit(&stage.repo, change, ADA, date);
    stage.home.inward_in(&stage.repo, &["scan"]).expect(0);
    session.keys("5t");
    session.settle(QUIET);
    session.keys("all\r");
    session.until_text("4 commits");
}

#[test]
fn keeping_writes_the_store_and_the_dashboard_goes_on_over_it() {
    let stage = Stage::new();
    let mut session = stage.start().spawn();
    session.until_text("k keep");
    assert!(!stage.home.data().exists());
    session.keys("k");
    session.until("a dashboard over the file", |screen| {
        stage.home.data().is_dir() && screen.contents().contains("Overview")
    });
    session.settle(QUIET);
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    session.assert_given_back();
    let log = stage.home.inward(&["log", "all", "--json"]).expect(0);
    assert!(log.stdout.contains("Change a.rs"), "{}", log.stdout);
}

#[test]
fn without_an_identity_the_authors_are_listed_and_the_sentence_makes_one_mine() {
    let stage = Stage::new();
    std::fs::remove_file(stage.home.path("home/.gitconfig")).unwrap();
    let mut session = stage.start().size(120, 36).spawn();
    session.until_text("ada@example.org");
    session.keys("\r");
    session.settle(QUIET);
    session.keys("this is me\r");
    session.until_text("3 commits added");
}

/// A second address of Ada's with two commits, and one of a stranger's with one.
fn with_others(stage: &Stage) {
    stage.home.identity("Ada Lovelace", "ada@example.org");
    let author = |address: &str| format!("Ada Lovelace <{address}>");
    for (name, address, day) in [
        ("d.rs", "al@old.example", "01"),
        ("e.rs", "al@old.example", "02"),
        ("f.rs", "namesake@else.example", "03"),
    ] {
        let date = format!("2026-01-{day}T10:00:00+01:00");
        let change = (name, "x\n");
        stage
            .home
            .commit(&stage.repo, change, &author(address), &date);
    }
}

fn proposed(stage: &Stage) -> String {
    let me = stage.home.inward(&["me", "--json"]).expect(0).json();
    me["proposals"].to_string()
}

#[test]
fn the_first_run_asks_who_else_is_me_and_remembers_yes_and_no() {
    let stage = Stage::new();
    with_others(&stage);
    let mut session = stage.start().size(120, 36).spawn();
    session.until_text("Could these be you too?");
    session.until_text("why    the same name, Ada Lovelace");
    assert!(
        !stage.home.data().exists(),
        "nothing is written before keep"
    );
    // The one with more commits comes first.
    session.keys("yn");
    session.settle(QUIET);
    session.keys("\r");
    session.until_text("5 commits of yours");
    session.keys("k");
    session.until("a store", |_| stage.home.data().join("inward.db").exists());
    session.settle(QUIET);
    session.keys("i");
    session.until_text("nobody else in your repositories looks like you");
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    assert_eq!(proposed(&stage), "[]");
    let me = stage.home.inward(&["me"]).expect(0).stdout;
    assert!(
        me.contains("al@old.example  2 commits kept, you said yes to it"),
        "{me}"
    );
    assert!(!me.contains("namesake"), "{me}");
}

#[test]
fn on_a_terminal_me_asks_one_by_one_and_a_no_holds() {
    let stage = Stage::new();
    with_others(&stage);
    stage.home.inward_in(&stage.repo, &["scan"]).expect(0);
    let mut session = stage.start().args(&["me"]).size(100, 30).spawn();
    session.until_text("1 of 2: al@old.example");
    session.until_text("fair: the same name, Ada Lovelace");
    session.until_text("2026-01-01..2026-01-02, before ada@example.org");
    session.until_text("Enter later:");
    session.keys("\r");
    session.until_text("2 of 2: namesake@else.example");
    session.keys("n\r");
    assert_eq!(session.end().exit_code(), 0);
    let left = proposed(&stage);
    assert!(
        left.contains("al@old.example") && !left.contains("namesake"),
        "{left}"
    );
    let mut session = stage.start().args(&["me"]).size(100, 30).spawn();
    session.until_text("1 of 1: al@old.example");
    session.keys("y\r");
    assert_eq!(session.end().exit_code(), 0);
    stage.home.inward(&["scan"]).expect(0);
    let stats = stage
        .home
        .inward(&["stats", "commits", "all", "--json"])
        .expect(0);
    assert_eq!(stats.json()["figures"][0]["value"], 5);
}

#[test]
fn the_dashboard_begins_where_it_was_left_and_forgetting_takes_that_away() {
    let stage = Stage::new();
    stage.home.inward_in(&stage.repo, &["scan"]).expect(0);
    let mut session = stage.start().size(120, 36).spawn();
    session.until_text("12 weeks");
    session.keys("6tall\r");
    session.until_text("Kinds of files");
    session.until_text("all, ");
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    let mut session = stage.start().size(120, 36).spawn();
    session.until("the same page and days", |screen| {
        let text = screen.contents();
        text.contains("all, ") && text.contains("Kinds of files")
    });
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    let forget = ["forget", "--before", "1999-01-01", "--yes"];
    stage.home.inward_in(&stage.repo, &forget).expect(0);
    let mut session = stage.start().size(120, 36).spawn();
    session.until_text("12 weeks to");
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
}

#[test]
fn a_text_narrows_every_page_to_what_the_store_finds_and_is_gone_at_the_next_start() {
    let stage = Stage::new();
    stage.home.inward_in(&stage.repo, &["scan"]).expect(0);
    let mut session = stage.start().size(120, 36).spawn();
    session.until_text("12 weeks");
    session.keys("5tall\r");
    session.until_text("3 commits");
    session.keys("F\r");
    session.until_text("Enter look at these");
    session.keys("b.rs\r");
    session.until("the one commit with that file", |screen| {
        let text = screen.contents();
        text.contains("\"b.rs\"") && text.contains("1 commit")
    });
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    let mut session = stage.start().size(120, 36).spawn();
    session.until("everything, on the same page", |screen| {
        let text = screen.contents();
        text.contains("all, ") && text.contains("3 commits") && !text.contains("b.rs\"")
    });
}
