//! Drafts and notes in the dashboard, from end to end: what goes to the terminal, what lies in the
//! outbox and in the store.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::common::pty::{Session, Start};
use crate::home::{Home, Run};

const ADA: &str = "Ada <ada@example.org>";
/// Longer than the program takes to come to rest after a key.
const QUIET: Duration = Duration::from_millis(400);
/// What begins a text for the clipboard.
const OSC_52: &[u8] = b"\x1b]52;";

const TASKS: &str = "Summary,Issue key,Status,Assignee,Created,Resolved\n\
    Parser,ING-207,In Progress,Ada,2026-03-02 09:00,\n\
    Gate,ING-208,Done,Ada,2026-03-03 09:00,2026-03-04 12:00\n";

/// A home with a kept store of three commits and two tasks of March 2026.
fn home() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    for (name, day) in [("a", "02"), ("b", "03"), ("c", "04")] {
        let date = format!("2026-03-{day}T10:00:00Z");
        home.commit(&repo, (name, "1\n"), ADA, &date);
    }
    home.inward_in(&repo, &["scan"]).expect(0);
    let tasks = home.path("jira.csv");
    fs::write(&tasks, TASKS).unwrap();
    let tasks = tasks.to_str().unwrap();
    home.inward(&["import", tasks, "--mine", "Ada"]).expect(0);
    home
}

/// The dashboard over the kept store, on March 2026.
fn open(home: &Home) -> Session {
    let data = home.data();
    let mut session = Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", data.to_str().unwrap())
        .size(120, 36)
        .spawn();
    session.until_text("FILE plain");
    session.settle(QUIET);
    session.keys("t2026-03\r");
    session.until_text("1 Mar to 31 Mar");
    session
}

/// Opens the review of March.
fn review(session: &mut Session) {
    session.keys(":self-review\r");
    session.until_text("Self-review, Mar");
}

fn quit(mut session: Session) {
    session.keys("\u{3}");
    session.end();
    session.assert_given_back();
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn outbox(home: &Home) -> PathBuf {
    home.data().join("outbox")
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    let mut names: Vec<_> = entries.map(|entry| name(entry.unwrap())).collect();
    names.sort();
    names
}

fn printed(home: &Home) -> Run {
    home.inward(&["review", "2026-03"]).expect(0)
}

#[test]
fn the_clipboard_gets_a_draft_only_after_the_key_and_then_as_it_is_printed() {
    let home = home();
    let mut session = open(&home);
    review(&mut session);
    session.settle(QUIET);
    assert!(!holds(session.bytes(), OSC_52));
    session.keys("y");
    session.until_text("OSC 52");
    let bytes = session.bytes();
    let at = bytes.windows(OSC_52.len()).position(|part| part == OSC_52);
    let coded = &bytes[at.unwrap() + OSC_52.len()..];
    let coded = coded.strip_prefix(b"c;").unwrap();
    let end = coded.iter().position(|byte| *byte == 7).unwrap();
    let text = decoded(&coded[..end]);
    assert_eq!(String::from_utf8(text).unwrap(), printed(&home).stdout);
    quit(session);
}

/// Base64 by its definition.
fn decoded(coded: &[u8]) -> Vec<u8> {
    let value = |byte: &u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut out = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in coded.iter().filter(|byte| **byte != b'=') {
        bits = bits << 6 | u32::from(value(byte));
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xFF).unwrap());
        }
    }
    out
}

#[test]
fn the_outbox_gets_what_the_command_prints_private_and_never_over_another_file() {
    let home = home();
    let mut session = open(&home);
    review(&mut session);
    session.keys("o");
    session.until_text("Write this file?");
    session.until_text("review-2026-03-01_2026-03-31.md");
    session.keys("\u{1b}");
    session.until_text("nothing was written");
    assert!(files(&outbox(&home)).is_empty());
    session.keys("o");
    session.until_text("Write this file?");
    session.keys("\r");
    session.until_text("written:");
    session.keys("o");
    session.until_text("31-2.md");
    session.keys("\r");
    session.until("the second path", |screen| {
        let text = screen.contents();
        text.contains("31-2.md") && !text.contains("Write this file?")
    });
    quit(session);
    let names = files(&outbox(&home));
    let expected = [
        "review-2026-03-01_2026-03-31-2.md",
        "review-2026-03-01_2026-03-31.md",
    ];
    assert_eq!(names, expected);
    for name in names {
        let path = outbox(&home).join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("ING-208"), "{text}");
        assert_eq!(text, printed(&home).stdout);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }
    assert_eq!(fs::metadata(outbox(&home)).unwrap().mode() & 0o777, 0o700);
    let dir = home.path("dump");
    home.inward(&["dump", "-o", dir.to_str().unwrap()])
        .expect(0);
    let log = fs::read_to_string(dir.join("audit.jsonl")).unwrap();
    assert_eq!(log.matches("\"draft\"").count(), 2, "{log}");
    assert!(!log.contains("2026-03-31"));
}

#[test]
fn a_folder_of_the_owners_takes_drafts_and_a_link_takes_none() {
    let home = home();
    let folder = home.path("home/drafts");
    home.settings("outbox = \"~/drafts\"\n");
    let mut session = open(&home);
    review(&mut session);
    session.keys("o");
    session.until_text("Write this file?");
    session.keys("\r");
    session.until_text("written:");
    quit(session);
    assert_eq!(files(&folder).len(), 1);
    assert!(!outbox(&home).exists());
    let elsewhere = home.path("elsewhere");
    fs::rename(&folder, &elsewhere).unwrap();
    symlink(&elsewhere, &folder).unwrap();
    let mut session = open(&home);
    review(&mut session);
    session.keys("o");
    session.until_text("the outbox cannot be used");
    quit(session);
    assert_eq!(files(&elsewhere).len(), 1);
}

#[test]
fn a_run_that_keeps_nothing_makes_no_outbox() {
    let home = Home::new();
    let mut session = Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", home.data().to_str().unwrap())
        .args(&["demo"])
        .size(120, 36)
        .spawn();
    session.until_text("DEMO");
    session.keys("e");
    session.until_text("Since ");
    session.keys("o");
    session.until_text("the demo writes no files");
    session.keys("y");
    session.until_text("OSC 52");
    quit(session);
    assert!(!home.data().exists());
}

#[test]
fn a_note_is_taken_from_a_row_and_from_a_day_and_the_last_one_taken_back() {
    let home = home();
    let mut session = open(&home);
    session.keys("5");
    session.until_text("newest");
    session.settle(QUIET);
    session.keys("mjjjj\r");
    session.until_text("commits alone");
    session.settle(QUIET);
    session.keys("n");
    session.until_text("Note on garden, Wed 4 Mar");
    // A paste with lines in it is one note, and no key.
    session.keys("\u{1b}[200~the gate\nhelped support\u{1b}[201~\t\r");
    session.until_text("note 1 is kept on garden, Wed 4 Mar");
    session.keys("3\t");
    session.until_text("▸ Days");
    session.keys("kkn");
    session.until_text("Note on ");
    session.keys("a day of talk\r");
    session.until_text("note 2 is kept on ");
    session.keys("nmistaken\r");
    session.until_text("note 3 is kept on ");
    session.keys("u");
    session.until_text("note 3 is gone");
    quit(session);
    let notes = home.inward(&["note", "list", "--json"]).expect(0).json();
    let notes = notes["notes"].as_array().unwrap();
    let mut texts: Vec<_> = notes
        .iter()
        .map(|note| {
            let text = note["text"].as_str().unwrap();
            (
                text,
                note["impact"].as_bool().unwrap(),
                note["repo"].as_str(),
            )
        })
        .collect();
    texts.sort_unstable();
    let expected = [
        ("a day of talk", false, None),
        ("the gate helped support", true, Some("garden")),
    ];
    assert_eq!(texts, expected);
    let of = |text: &str| notes.iter().find(|note| note["text"] == text).unwrap();
    assert_eq!(of("the gate helped support")["from"], "2026-03-04");
    assert_eq!(of("a day of talk")["from"], of("a day of talk")["to"]);
}

#[test]
fn a_note_on_a_task_belongs_to_that_task_and_stands_in_the_review_at_once() {
    let home = home();
    let mut session = open(&home);
    session.keys(":explain throughput\r");
    session.until_text("Rule");
    session.keys("\u{1b}[Z");
    session.until_text("ING-208");
    session.settle(QUIET);
    session.keys("n");
    session.until_text("Note on ING-208, Wed 4 Mar");
    session.keys("the night shift sleeps now\t\r");
    session.until_text("note 1 is kept on ING-208");
    session.keys("q:self-review\r");
    session.until_text("the night shift sleeps now");
    quit(session);
    let notes = home.inward(&["note", "list", "--json"]).expect(0).json();
    assert_eq!(notes["notes"][0]["task"], "ING-208");
    assert_eq!(notes["notes"][0]["impact"], true);
}

#[test]
fn a_commit_left_out_by_a_key_counts_in_no_figure_until_it_is_taken_back() {
    let home = home();
    let count = || {
        let told = home
            .inward(&["stats", "commits", "all", "--json"])
            .expect(0);
        told.json()["figures"][0]["n"].as_u64().unwrap()
    };
    let before = count();
    let mut session = open(&home);
    session.keys("5");
    session.until_text("newest");
    session.settle(QUIET);
    session.keys("mjjjj\r");
    session.until_text("commits alone");
    session.settle(QUIET);
    session.keys("x");
    session.until_text("counts in no figure from now on");
    session.until_text("[excluded]");
    assert_eq!(count(), before - 1);
    session.keys("u");
    session.until_text("counts again");
    assert_eq!(count(), before);
    quit(session);
}

#[test]
fn marked_rows_leave_every_figure_together_and_a_corrected_fact_counts_at_once() {
    let home = home();
    let count = |metric: &str| {
        let told = home.inward(&["stats", metric, "all", "--json"]).expect(0);
        told.json()["figures"][0]["n"].as_u64().unwrap()
    };
    let (commits, finished) = (count("commits"), count("throughput"));
    let mut session = open(&home);
    session.keys("5");
    session.until_text("newest");
    session.settle(QUIET);
    session.keys("mjjjj\r");
    session.until_text("commits alone");
    session.settle(QUIET);
    session.keys("  ");
    session.until_text("2 marked");
    session.keys("x");
    session.until_text("2 rows count in no figure");
    assert_eq!(count("commits"), commits - 2);
    session.keys("u");
    session.until_text("2 rows count again");
    assert_eq!(count("commits"), commits);
    // The gate was finished a day earlier than its tracker says, then not at all.
    session.keys(":ING-208");
    session.until_text("Gate");
    session.keys("\r");
    session.until_text("What happened");
    session.keys("Cjj\r");
    session.keys("\u{15}none\u{1b}[Bnot shipped yet\r");
    session.until_text("ING-208 done: not known");
    session.keys("\u{1b}");
    session.until_text("the export says 2026-03-04");
    let said = home.inward(&["exclude", "list"]).expect(0).stdout;
    assert!(said.contains("not shipped yet"), "{said}");
    assert_eq!(count("throughput"), finished - 1);
    session.keys("u");
    session.until_text("as the export says");
    assert_eq!(count("throughput"), finished);
    quit(session);
}
