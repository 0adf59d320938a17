//! `inward rebuild`: whatever happened to the store, the owner's own words that can be read come over, the
//! rest is read again, what is lost is said, and the old file is never changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use rusqlite::Connection;

use crate::home::{Home, Run};
use crate::restore::{home, text};
use crate::sealed::{Stage, WORDS};

fn store(home: &Home) -> PathBuf {
    home.data().join("inward.db")
}

fn exports(home: &Home) -> [String; 3] {
    ["jira.csv", "later.csv", "timew.json"].map(|name| text(&home.path(name)).to_owned())
}

fn rebuild(home: &Home) -> Run {
    let files = exports(home);
    let args = ["rebuild", &files[0], &files[1], &files[2]];
    home.inward(&args)
}

/// The second place of the owner's own words.
fn words(home: &Home) -> PathBuf {
    home.data().join("inward.db.words")
}

/// Files that the rebuilding set aside.
fn aside(home: &Home) -> Vec<PathBuf> {
    let all = fs::read_dir(home.data())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> = all
        .filter(|path| text(path).contains(".aside-") && !text(path).ends_with("-journal"))
        .collect();
    all.sort();
    all
}

fn said(home: &Home) -> Vec<String> {
    let commands: [&[&str]; 7] = [
        &["stats", "all", "--json"],
        &["log", "all", "--json"],
        &["note", "list"],
        &["goal", "list"],
        &["exclude", "list"],
        &["me", "--json"],
        &["repos", "--json"],
    ];
    let run = |args: &&[&str]| home.inward(args).expect(0).stdout;
    commands.iter().map(run).collect()
}

/// Flips bytes in the pages of these numbers, the first is 1.
fn damage(file: &Path, pages: impl Iterator<Item = usize>) {
    let mut bytes = fs::read(file).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    for page in pages {
        let from = (page - 1) * size;
        for byte in bytes.iter_mut().skip(from).take(size) {
            *byte ^= 0xa5;
        }
    }
    fs::write(file, bytes).unwrap();
}

/// The page at which a table begins.
fn root(file: &Path, table: &str) -> usize {
    let conn = Connection::open(file).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    conn.query_row(sql, [table], |row| row.get(0)).unwrap()
}

#[test]
fn a_rebuilt_store_says_what_the_old_one_said() {
    let home = home();
    let hut = home.repo("hut");
    let ada = "Ada <ada@example.org>";
    home.commit(&hut, ("hut.rs", "1\n"), ada, "2026-02-05T10:00:00+02:00");
    home.inward(&["add", text(&hut)]).expect(0);
    home.inward(&["scan"]).expect(0);
    home.inward(&["repos", "rename", "garden", "beds"])
        .expect(0);
    home.inward(&["forget", "--repo", "hut", "--yes"]).expect(0);
    // Without the pass over lines, which a rebuilding leaves to the owner.
    Connection::open(store(&home))
        .unwrap()
        .execute_batch("DELETE FROM line_fates; DELETE FROM line_passes;")
        .unwrap();
    let (before, bytes) = (said(&home), fs::read(store(&home)).unwrap());
    let told = rebuild(&home).expect(0).stdout;
    for words in [
        "2 notes and events",
        "2 goals",
        "set aside in",
        "3 commits of yours",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("to name again"), "{told}");
    for (before, after) in before.iter().zip(said(&home)) {
        assert_eq!(*before, after);
    }
    assert_eq!(home.inward(&["audit", "--verify"]).code, 0);
    let aside = aside(&home);
    assert_eq!(aside.len(), 1);
    assert!(
        fs::read(&aside[0]).unwrap() == bytes,
        "the old store was changed"
    );
    let names: Vec<_> = fs::read_dir(home.data()).unwrap().collect();
    assert!(!format!("{names:?}").contains("rebuilding"), "{names:?}");
    // An export that is not named is listed with its day, and what was forgotten stays so.
    let told = home
        .inward(&["rebuild", &exports(&home)[0]])
        .expect(0)
        .stdout;
    assert!(
        told.contains("later.csv  jira-csv, imported on 20"),
        "{told}"
    );
    assert!(told.contains("timew.json"), "{told}");
    assert!(
        !home
            .inward(&["log", "all"])
            .expect(0)
            .stdout
            .contains("hut.rs")
    );
}

#[test]
fn what_of_a_damaged_store_can_be_read_comes_over_and_what_cannot_is_said() {
    let home = home();
    let whole = fs::read(store(&home)).unwrap();
    let notes = home.inward(&["note", "list"]).expect(0).stdout;
    let commits = root(&store(&home), "commits");
    // What git can tell again.
    damage(&store(&home), std::iter::once(commits));
    let said = home.inward(&["log", "all"]).expect(4).stderr;
    assert!(said.contains("inward rebuild"), "{said}");
    let told = rebuild(&home).expect(0).stdout;
    assert!(told.contains("2 notes and events\n"), "{told}");
    assert_eq!(home.inward(&["note", "list"]).expect(0).stdout, notes);
    assert!(
        home.inward(&["log", "all"])
            .expect(0)
            .stdout
            .contains("a,b.rs")
    );
    // The words themselves, where the second place is gone too.
    fs::write(store(&home), &whole).unwrap();
    fs::remove_file(words(&home)).unwrap();
    let broken = root(&store(&home), "goals");
    damage(&store(&home), std::iter::once(broken));
    let told = rebuild(&home).expect(0).stdout;
    assert!(
        told.contains("0 goals; the rest could not be read"),
        "{told}"
    );
    assert_eq!(home.inward(&["note", "list"]).expect(0).stdout, notes);
    // The key: what is hashed with it is useless, and that is said.
    fs::write(store(&home), &whole).unwrap();
    fs::remove_file(words(&home)).unwrap();
    let broken = root(&store(&home), "meta");
    damage(&store(&home), std::iter::once(broken));
    let told = rebuild(&home).expect(0).stdout;
    assert!(told.contains("the key of the store's hashes"), "{told}");
    assert!(
        home.inward(&["note", "list"])
            .expect(0)
            .stdout
            .contains("@ada said so")
    );
    assert_eq!(home.inward(&["audit", "--verify"]).code, 0);
    assert_eq!(aside(&home).len(), 3);
}

#[test]
fn a_store_of_which_nothing_can_be_read_is_read_again_from_repositories() {
    let home = home();
    let log = |home: &Home| {
        let log = home.inward(&["log", "all", "--kind", "commits"]).expect(0);
        let words = log.stdout.replace("excluded", "");
        let words = words.split_whitespace().map(str::to_owned);
        words.collect::<Vec<_>>()
    };
    let before = log(&home);
    let bytes = fs::read(store(&home)).unwrap();
    let rubbish: Vec<u8> = bytes.iter().map(|byte| byte ^ 0x5a).collect();
    fs::write(store(&home), &rubbish).unwrap();
    home.inward(&["log"]).expect(4);
    let told = home.inward(&["rebuild"]).expect(0).stdout;
    assert!(told.contains("nothing of the file itself: "), "{told}");
    assert_eq!(log(&home), before);
    assert!(fs::read(&aside(&home)[0]).unwrap() == rubbish);
    // A newer version's store is another matter.
    let mut newer = bytes;
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(store(&home), &newer).unwrap();
    home.inward(&["rebuild"]).expect(7);
    assert!(fs::read(store(&home)).unwrap() == newer);
}

#[test]
fn damage_anywhere_loses_no_more_than_it_must_and_changes_nothing_of_the_old_file() {
    let home = home();
    let whole = fs::read(store(&home)).unwrap();
    let pages = whole.len() / 4096;
    let notes = |home: &Home| home.inward(&["note", "list"]).expect(0).stdout;
    let before = notes(&home);
    for n in 0..12 {
        fs::write(store(&home), &whole).unwrap();
        fs::remove_file(words(&home)).unwrap();
        damage(&store(&home), (2..=pages).filter(|page| page % 12 == n));
        let broken = fs::read(store(&home)).unwrap();
        let run = home.inward(&["rebuild"]).expect(0);
        let last = aside(&home).pop().unwrap();
        assert!(fs::read(&last).unwrap() == broken, "{n}");
        fs::remove_file(&last).unwrap();
        let after = notes(&home);
        for line in after.lines() {
            // A note loses at most the task and repository it is about.
            let text = ["@ada said so", "leave"]
                .iter()
                .any(|words| line.contains(words));
            assert!(
                before.contains(line) || text || line.contains("no note and no event"),
                "{n}: {line}"
            );
        }
        let fewer = after.lines().count() < before.lines().count();
        assert!(
            !fewer
                || run.stdout.contains("could not be read")
                || run.stdout.contains("nothing of the file itself: "),
            "{n}"
        );
        assert!(
            home.inward(&["log", "all"])
                .expect(0)
                .stdout
                .contains("-c.rs"),
            "{n}"
        );
        home.inward(&["audit", "--verify"]).expect(0);
    }
}

#[test]
fn of_a_damaged_sealed_store_the_generation_before_it_is_read() {
    let stage = Stage::sealed();
    let home = &stage.home;
    for words in ["kept before", "kept last"] {
        home.inward(&["lock"]).expect(0);
        let mut session = stage.typed(&["note", words]);
        assert_eq!(session.end().exit_code(), 0);
    }
    let mut bytes = fs::read(stage.store()).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(stage.store(), &bytes).unwrap();
    home.inward(&["lock"]).expect(0);
    let mut session = stage.typed(&["rebuild"]);
    session.until_text("The last save could not be opened");
    session.until_text("is set aside");
    assert_eq!(session.end().exit_code(), 0);
    for entry in fs::read_dir(home.data()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap_or_default();
        assert!(!bytes.starts_with(b"SQLite"), "{path:?} is plain");
    }
    home.inward_fed(&["decrypt", "-"], &format!("{WORDS}\n"))
        .expect(0);
    let notes = home.inward(&["note", "list"]).expect(0).stdout;
    assert!(notes.contains("kept before"), "{notes}");
    assert!(
        home.inward(&["log", "all"])
            .expect(0)
            .stdout
            .contains("CANARY")
    );
}

#[test]
fn a_rebuilding_killed_at_any_moment_leaves_one_of_the_two_stores_whole() {
    let home = home();
    let files = exports(&home);
    let before = home.inward(&["note", "list"]).expect(0).stdout;
    let mut killed = 0;
    for n in 0..10_u32 {
        let mut command = home.command(env!("CARGO_BIN_EXE_inward"), &home.path(""));
        command.args(["rebuild", &files[0], &files[1], &files[2]]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (fresh, mut looks) = (home.data().join("inward.db.rebuilding"), 0);
        while looks < n * n * 20 && child.try_wait().unwrap().is_none() {
            looks += u32::from(fresh.exists());
            std::thread::yield_now();
        }
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(store(&home).exists(), "{n}: no store is there");
        assert_eq!(
            home.inward(&["note", "list"]).expect(0).stdout,
            before,
            "{n}"
        );
    }
    assert!(killed > 2, "{killed}");
    rebuild(&home).expect(0);
    assert!(!home.data().join("inward.db.rebuilding").exists());
}
