//! A sealed store from end to end: the built program, with the kernel's keyring where there is one
//! and the passphrase typed on a terminal where there is none.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::pty::{Session, Start};
use crate::home::{Home, Run, skipped};

const ADA: &str = "Ada <ada@example.org>";
pub(crate) const WORDS: &str = "a long passphrase of Ada's";
/// Longer than the program takes to come to rest after a key.
const QUIET: std::time::Duration = std::time::Duration::from_millis(400);
const CANARY: &str = "CANARY-in-the-coal-mine";

/// A home with a repository that was scanned; its key is revoked in the end.
pub(crate) struct Stage {
    pub(crate) home: Home,
    pub(crate) repo: PathBuf,
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(
            self.home
                .command(env!("CARGO_BIN_EXE_inward"), &self.repo)
                .arg("lock")
                .output(),
        );
    }
}

impl Stage {
    pub(crate) fn new() -> Self {
        let home = Home::new();
        home.identity("Ada", "ada@example.org");
        let repo = home.repo("garden");
        for (file, text, day) in [
            ("a.rs", "one\n", "05"),
            (CANARY, "two\n", "06"),
            ("a.rs", "one\nmore\n", "07"),
        ] {
            let date = format!("2026-01-{day}T10:00:00+01:00");
            home.commit(&repo, (file, text), ADA, &date);
        }
        home.inward_in(&repo, &["scan"]).expect(0);
        Self { home, repo }
    }

    pub(crate) fn sealed() -> Self {
        let stage = Self::new();
        stage.encrypt();
        stage
    }

    pub(crate) fn encrypt(&self) -> Run {
        self.home
            .inward_fed(&["encrypt", "-"], &format!("{WORDS}\n"))
            .expect(0)
    }

    pub(crate) fn decrypt(&self) -> Run {
        self.home
            .inward_fed(&["decrypt", "-"], &format!("{WORDS}\n"))
            .expect(0)
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.home.data().join("inward.db")
    }

    /// Whether the next command finds the key; says so where it does not.
    pub(crate) fn keeps_keys(&self) -> bool {
        let keeps = self.home.inward(&["status"]).code == 0;
        if !keeps {
            skipped("this system keeps no keys");
        }
        keeps
    }

    pub(crate) fn start(&self, args: &[&str]) -> Start {
        let data = self.home.data();
        Start::inward(&self.home.path("home"))
            .env("INWARD_DATA_DIR", data.to_str().unwrap())
            .args(args)
            .size(140, 40)
            .cwd(&self.repo)
    }

    /// The command on a terminal, the passphrase typed.
    pub(crate) fn typed(&self, args: &[&str]) -> Session {
        let mut session = self.start(args).spawn();
        session.until_text("Passphrase of");
        session.keys(&format!("{WORDS}\r"));
        session
    }
}

fn holds(file: &Path, text: &str) -> bool {
    let bytes = fs::read(file).unwrap();
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all
}

#[test]
fn a_locked_store_without_a_terminal_is_exit_3_and_tells_nothing() {
    let stage = Stage::sealed();
    stage.home.inward(&["lock"]).expect(0);
    for args in [
        &["status"][..],
        &["log", "all"],
        &["stats", "commits", "all"],
        &["show", "overview"],
        &["note", "one"],
        &["scan"],
        &["repos"],
        &["me"],
        &["standup"],
        &["goal", "list"],
        &["decrypt"],
        &["encrypt", "--change", "-"],
        &[],
    ] {
        let run = stage.home.inward_fed(args, "");
        assert_eq!(run.code, 3, "{args:?}: {}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout, "", "{args:?}");
        assert!(run.stderr.contains("sealed"), "{args:?}: {}", run.stderr);
        assert!(!run.stderr.contains("garden"), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn what_needs_no_record_asks_for_no_passphrase() {
    let stage = Stage::sealed();
    stage.home.inward(&["lock"]).expect(0);
    let paths = stage.home.inward(&["paths"]).expect(0);
    assert!(paths.stdout.contains("(sealed)"), "{}", paths.stdout);
    let label = stage.home.inward(&["privacy"]).expect(0);
    assert!(label.stdout.contains("FILE: sealed"), "{}", label.stdout);
    stage.home.inward(&["doctor"]).expect(0);
    stage.home.inward(&["completions", "bash"]).expect(0);
    stage.home.inward(&["import", "--how"]).expect(0);
    stage.home.inward(&["lock"]).expect(0);
}

#[test]
fn every_reading_command_says_of_a_sealed_store_what_it_said_of_the_plain_one() {
    let stage = Stage::new();
    stage
        .home
        .inward(&["note", "--on", "2026-01-06", CANARY])
        .expect(0);
    stage
        .home
        .inward(&["goal", "add", "Ship the garden"])
        .expect(0);
    let asked: [&[&str]; 14] = [
        &["log", "all"],
        &["log", "all", "--json"],
        &["stats", "all"],
        &["stats", "all", "--json"],
        &["explain", "commits"],
        &["show", "overview", "all"],
        &["show", "trends", "all"],
        &["show", "rhythm", "all"],
        &["show", "work", "all"],
        &["status"],
        &["me", "show"],
        &["repos"],
        &["review", "2026"],
        &["goal", "list"],
    ];
    let said = || -> Vec<(i32, String)> {
        let one = |args: &&[&str]| {
            let run = stage.home.inward(args);
            (run.code, run.stdout)
        };
        asked.iter().map(one).collect()
    };
    let plain = said();
    assert!(plain.iter().filter(|(code, _)| *code == 0).count() > 11);
    stage.encrypt();
    if stage.keeps_keys() {
        assert_eq!(said(), plain);
        stage.decrypt();
        assert_eq!(said(), plain);
    }
}

#[test]
fn no_plain_word_is_in_the_data_folder_after_sealing_and_after_every_write() {
    let stage = Stage::new();
    let data = stage.home.data();
    stage.home.inward(&["note", CANARY]).expect(0);
    assert!(holds(&stage.store(), CANARY) && holds(&data.join("roots.toml"), "garden"));
    let told = stage.encrypt();
    assert!(told.stdout.contains("spare disk blocks"), "{}", told.stdout);
    let clean = |after: &str| {
        let files = files(&data);
        assert!(files.len() >= 3, "{files:?}");
        for file in files {
            for word in [CANARY, "garden", "ada@example", "SQLite"] {
                assert!(
                    !holds(&file, word),
                    "{word} in {} after {after}",
                    file.display()
                );
            }
        }
    };
    clean("encrypt");
    if !stage.keeps_keys() {
        return;
    }
    stage
        .home
        .inward(&["note", &format!("{CANARY} again")])
        .expect(0);
    clean("note");
    let when = "2026-01-08T10:00:00+01:00";
    stage
        .home
        .commit(&stage.repo, (&format!("{CANARY}.rs"), "x\n"), ADA, when);
    stage.home.inward_in(&stage.repo, &["scan"]).expect(0);
    clean("scan");
    let told = stage.home.inward(&["log", "all"]).expect(0).stdout;
    assert!(told.contains(&format!("{CANARY} again")), "{told}");
    stage
        .home
        .inward_fed(
            &["encrypt", "--change", "-"],
            &format!("{WORDS}\nanother long passphrase\n"),
        )
        .expect(0);
    clean("encrypt --change");
    assert_eq!(stage.home.inward(&["log", "all"]).expect(0).stdout, told);
}

#[test]
fn a_passphrase_is_asked_on_the_terminal_unseen_and_a_wrong_one_is_refused() {
    let stage = Stage::sealed();
    stage.home.inward(&["lock"]).expect(0);
    let mut session = stage.start(&["status"]).spawn();
    session.until_text("Passphrase of");
    // The second is typed before the first was found wrong.
    session.keys(&format!("not it\r{WORDS}\r"));
    session.until_text("does not open it");
    assert_eq!(session.end().exit_code(), 0);
    let all = String::from_utf8_lossy(session.bytes()).into_owned();
    assert!(!all.contains("not it") && !all.contains(WORDS), "{all}");
    assert!(session.is_cooked());
}

#[test]
fn ctrl_c_at_the_question_ends_it_with_the_echo_given_back() {
    let stage = Stage::sealed();
    stage.home.inward(&["lock"]).expect(0);
    let mut session = stage.start(&["status"]).spawn();
    session.until_text("Passphrase of");
    session.keys("half\u{3}");
    assert_eq!(session.end().exit_code(), 130);
    assert!(session.is_cooked());
    let mut session = stage.start(&["status"]).spawn();
    session.until_text("Passphrase of");
    session.signal(rustix::process::Signal::TERM);
    assert_eq!(session.end().exit_code(), 130);
    assert!(session.is_cooked());
}

#[test]
fn sealing_on_a_terminal_asks_twice_and_says_what_loss_means() {
    let stage = Stage::new();
    let mut session = stage.start(&["encrypt"]).spawn();
    session.until_text("notes and goals are lost");
    session.until_text("New passphrase");
    session.keys("short\r");
    session.until_text("The same again");
    session.keys("other\r");
    session.until_text("not the same");
    assert_eq!(session.end().exit_code(), 2);
    assert!(holds(&stage.store(), "SQLite format 3"));
    let mut session = stage.start(&["encrypt"]).spawn();
    session.until_text("New passphrase");
    session.keys("short\r");
    session.until_text("The same again");
    session.keys("short\r");
    session.until_text("fewer than");
    session.until_text("spare disk blocks");
    assert_eq!(session.end().exit_code(), 0);
    assert!(!holds(&stage.store(), "SQLite"));
}

#[test]
fn an_empty_passphrase_seals_nothing() {
    let stage = Stage::new();
    for input in ["", "\n", "\r\nwords\n", "  \t \n"] {
        stage.home.inward_fed(&["encrypt", "-"], input).expect(2);
        assert!(holds(&stage.store(), "SQLite format 3"));
    }
}

#[test]
fn a_note_taken_elsewhere_shows_up_in_the_open_dashboard() {
    let stage = Stage::sealed();
    stage.home.inward(&["lock"]).expect(0);
    let mut session = stage.typed(&[]);
    session.until_text("FILE sealed");
    if !stage.keeps_keys() {
        return;
    }
    stage.home.inward(&["note", "seen from afar"]).expect(0);
    // The stand-up tells today's notes, once the dashboard has looked at the file again.
    let mut looks = 0;
    while !session.screen().contents().contains("seen from afar") {
        looks += 1;
        assert!(looks < 40, "{}", session.screen().contents());
        session.keys("\u{1b}");
        session.settle(QUIET);
        session.keys("e");
        session.settle(QUIET);
    }
    session.keys("\u{1b}");
    session.settle(QUIET);
    // And the other way round: what the dashboard reads is there for the next command.
    let date = "2025-12-09T10:00:00+01:00";
    stage
        .home
        .commit(&stage.repo, ("late.rs", "x\n"), ADA, date);
    session.until_text("9 Dec");
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    let told = stage.home.inward(&["log", "all"]).expect(0).stdout;
    assert!(
        told.contains("seen from afar") && told.contains("late.rs"),
        "{told}"
    );
}

#[test]
fn a_path_added_in_the_dashboard_needs_the_passphrase_once() {
    let stage = Stage::sealed();
    let other = stage.home.repo("orchard");
    let date = "2025-12-10T10:00:00+01:00";
    stage.home.commit(&other, ("b.rs", "x\n"), ADA, date);
    stage.home.inward(&["lock"]).expect(0);
    let mut session = stage.typed(&[]);
    session.until_text("FILE sealed");
    // The restart gets its key from the launcher, whether the system keeps it or not.
    stage.home.inward(&["lock"]).expect(0);
    session.keys("a");
    session.until_text("path");
    session.keys(&format!("{}\r", other.display()));
    session.until_text("10 Dec");
    session.keys("q");
    assert_eq!(session.end().exit_code(), 0);
    assert!(!holds(&stage.home.data().join("roots.toml"), "orchard"));
}

#[test]
fn a_scan_and_notes_at_once_lose_nothing() {
    let stage = Stage::sealed();
    if !stage.keeps_keys() {
        return;
    }
    for day in 10..28 {
        let date = format!("2026-02-{day}T10:00:00+01:00");
        stage
            .home
            .commit(&stage.repo, (&format!("f{day}.rs"), "x\n"), ADA, &date);
    }
    let inward = env!("CARGO_BIN_EXE_inward");
    let mut scan = stage
        .home
        .command(inward, &stage.repo)
        .arg("scan")
        .spawn()
        .unwrap();
    for n in 0..6 {
        stage
            .home
            .inward(&["note", &format!("note {n} meanwhile")])
            .expect(0);
    }
    assert!(scan.wait().unwrap().success());
    let told = stage.home.inward(&["log", "all"]).expect(0).stdout;
    for n in 0..6 {
        assert!(told.contains(&format!("note {n} meanwhile")), "{told}");
    }
    let commits = stage
        .home
        .inward(&["log", "all", "--json"])
        .expect(0)
        .stdout;
    assert_eq!(commits.matches("\"oid\"").count(), 21, "{commits}");
}

#[test]
fn unsealing_gives_the_same_dump_and_takes_the_key_back() {
    let stage = Stage::new();
    let dump = |name: &str| {
        let out = stage.home.path(name);
        stage
            .home
            .inward(&["dump", "-o", out.to_str().unwrap()])
            .expect(0);
        let mut all: Vec<(String, String)> = Vec::new();
        for file in files(&out) {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            // Those tell of the dumps and the sealing themselves.
            if !["audit.jsonl", "audit.csv", "store.jsonl", "manifest.json"]
                .contains(&name.as_str())
            {
                all.push((name, fs::read_to_string(&file).unwrap()));
            }
        }
        all.sort();
        all
    };
    let before = dump("before");
    assert!(before.len() > 10);
    stage.encrypt();
    if !stage.keeps_keys() {
        return;
    }
    assert!(dump("sealed") == before, "the dump of a sealed store");
    stage.decrypt();
    assert!(dump("after") == before, "the dump after unsealing");
    let locked = stage.home.inward(&["lock"]).expect(0);
    assert!(locked.stdout.contains("not sealed"), "{}", locked.stdout);
    assert!(!stage.home.data().join("inward.db.previous").exists());
}

#[test]
fn sealing_a_new_passphrase_a_typed_one_and_unsealing_are_in_the_log() {
    let stage = Stage::sealed();
    if !stage.keeps_keys() {
        return;
    }
    stage
        .home
        .inward_fed(
            &["encrypt", "--change", "-"],
            &format!("{WORDS}\n{WORDS}\n"),
        )
        .expect(0);
    stage.home.inward(&["lock"]).expect(0);
    // A command that reads notes that the passphrase was typed.
    let mut session = stage.start(&["status"]).spawn();
    session.until_text("Passphrase of");
    session.keys(&format!("{WORDS}\r"));
    assert_eq!(session.end().exit_code(), 0);
    stage.decrypt();
    let log = stage.home.inward(&["audit", "--json"]).expect(0).json();
    let mut newest: Vec<&str> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["action"].as_str().unwrap())
        .filter(|action| *action != "lock-level")
        .take(4)
        .collect();
    newest.reverse();
    assert_eq!(newest, ["encrypt", "key-change", "unlock", "decrypt"]);
}

#[test]
fn a_damaged_sealed_store_is_exit_4_and_never_a_number() {
    let stage = Stage::sealed();
    if !stage.keeps_keys() {
        return;
    }
    let whole = fs::read(stage.store()).unwrap();
    for at in [180, 240, 5_000, whole.len() - 1] {
        let mut altered = whole.clone();
        altered[at] ^= 0x40;
        fs::write(stage.store(), &altered).unwrap();
        let run = stage.home.inward(&["stats", "commits", "all"]).expect(4);
        assert_eq!(run.stdout, "", "byte {at}");
        assert_eq!(fs::read(stage.store()).unwrap(), altered, "left as it is");
    }
    fs::write(stage.store(), &whole).unwrap();
    stage.home.inward(&["stats", "commits", "all"]).expect(0);
}
