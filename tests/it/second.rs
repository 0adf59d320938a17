//! The second place of the owner's own words: whatever happens to the store, they come back from it; what is
//! forgotten is gone from it; and whatever lies there instead harms nothing and is said.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::home::{Home, Run};
use crate::restore::{home, text};
use crate::sealed::{Stage, WORDS};

const CANARY: &str = "canary-of-the-second-place";

fn store(home: &Home) -> PathBuf {
    home.data().join("inward.db")
}

fn words(home: &Home) -> PathBuf {
    home.data().join("inward.db.words")
}

fn exports(home: &Home) -> [String; 3] {
    ["jira.csv", "later.csv", "timew.json"].map(|name| text(&home.path(name)).to_owned())
}

fn rebuild(home: &Home) -> Run {
    let files = exports(home);
    home.inward(&["rebuild", &files[0], &files[1], &files[2]])
}

/// What the owner said, as commands answer it.
fn own(home: &Home) -> Vec<String> {
    let commands: [&[&str]; 5] = [
        &["note", "list"],
        &["goal", "list"],
        &["exclude", "list"],
        &["me", "--json"],
        &["log", "all", "--json"],
    ];
    let run = |args: &&[&str]| home.inward(args).expect(0).stdout;
    let mut all: Vec<String> = commands.iter().map(run).collect();
    let conn = Connection::open(store(home)).unwrap();
    let sql = "SELECT group_concat(day || profile || window || given || hex(hash)) FROM shares";
    let ledger: Option<String> = conn.query_row(sql, [], |row| row.get(0)).unwrap();
    all.push(ledger.unwrap_or_default());
    all
}

fn shared(home: &Home) {
    let sql = "INSERT INTO shares (day, profile, window, given, bytes, hash)
        VALUES (20500, 'team', '2026-W09', 'x', 3, x'01')";
    Connection::open(store(home))
        .unwrap()
        .execute_batch(sql)
        .unwrap();
    home.inward(&["note", "after the share"]).expect(0);
}

fn files(home: &Home) -> Vec<String> {
    let all = fs::read_dir(home.data()).unwrap();
    let mut all: Vec<String> = all
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    all.sort();
    all
}

fn holds(file: &Path, text: &str) -> bool {
    let bytes = fs::read(file).unwrap_or_default();
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

/// Which file it is and when it changed.
fn mark(file: &Path) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    let meta = fs::metadata(file).unwrap();
    (meta.ino(), meta.ctime(), meta.ctime_nsec())
}

#[test]
fn of_a_store_without_one_byte_to_read_every_own_word_comes_back() {
    let home = home();
    shared(&home);
    let before = own(&home);
    let bytes = fs::read(store(&home)).unwrap();
    let rubbish: Vec<u8> = bytes.iter().map(|byte| byte ^ 0x5a).collect();
    for broken in [
        Some(rubbish),
        Some(Vec::new()),
        Some(bytes[..5_000].to_vec()),
        None,
    ] {
        match &broken {
            Some(broken) => fs::write(store(&home), broken).unwrap(),
            None => fs::remove_file(store(&home)).unwrap(),
        }
        let told = rebuild(&home).expect(0).stdout;
        assert!(told.contains("as they stood in the second place"), "{told}");
        assert!(!told.contains("to name again"), "{told}");
        assert_eq!(told.contains("is set aside"), broken.is_some(), "{told}");
        for (before, after) in before.iter().zip(own(&home)) {
            assert_eq!(*before, after);
        }
        home.inward(&["audit", "--verify"]).expect(0);
    }
    // The list of imports is in it: what is not named again is named.
    fs::remove_file(store(&home)).unwrap();
    let told = home.inward(&["rebuild"]).expect(0).stdout;
    assert!(
        told.contains("later.csv  jira-csv, imported on 20"),
        "{told}"
    );
}

#[test]
fn damage_at_any_page_loses_no_own_word_where_the_second_place_is_whole() {
    let home = home();
    let (whole, second) = (
        fs::read(store(&home)).unwrap(),
        fs::read(words(&home)).unwrap(),
    );
    let before = own(&home);
    for n in 0..6 {
        let mut bytes = whole.clone();
        for (at, byte) in bytes.iter_mut().enumerate() {
            if (at / 4096) % 6 == n && at >= 4096 {
                *byte ^= 0xa5;
            }
        }
        fs::write(store(&home), &bytes).unwrap();
        fs::write(words(&home), &second).unwrap();
        rebuild(&home).expect(0);
        for (before, after) in before.iter().zip(own(&home)) {
            assert_eq!(*before, after, "{n}");
        }
    }
}

#[test]
fn a_store_that_is_gone_is_said_and_none_is_begun_in_its_place() {
    let home = home();
    fs::remove_file(store(&home)).unwrap();
    for args in [
        &["note", "new"][..],
        &["scan"],
        &["log"],
        &["goal", "add", "one"],
        &["me", "--json"],
        &["repos", "--json"],
        &["status"],
    ] {
        let run = home.inward(args).expect(4);
        assert!(run.stderr.contains("inward rebuild"), "{}", run.stderr);
        assert!(!store(&home).exists(), "{args:?}");
    }
    home.inward(&["paths"]).expect(0);
    home.inward(&["doctor"]).expect(0);
    // To begin anew is one move away.
    fs::remove_file(words(&home)).unwrap();
    home.inward(&["note", "new"]).expect(0);
}

#[test]
fn a_sealed_store_of_which_nothing_opens_comes_back_sealed() {
    let stage = Stage::sealed();
    let home = &stage.home;
    home.inward(&["lock"]).expect(0);
    assert_eq!(stage.typed(&["note", CANARY]).end().exit_code(), 0);
    for file in files(home) {
        assert!(!holds(&home.data().join(&file), CANARY), "{file}");
        assert!(!holds(&home.data().join(&file), "SQLite format"), "{file}");
    }
    for broken in [Some(b"rubbish".to_vec()), None] {
        fs::remove_file(home.data().join("inward.db.previous")).ok();
        match broken {
            Some(broken) => fs::write(stage.store(), broken).unwrap(),
            None => fs::remove_file(stage.store()).unwrap(),
        }
        home.inward(&["lock"]).expect(0);
        let mut session = stage.typed(&["rebuild"]);
        session.until_text("as they stood in the second place");
        assert_eq!(session.end().exit_code(), 0);
        let bytes = fs::read(stage.store()).unwrap();
        assert!(bytes.starts_with(b"inward sealed"));
    }
    home.inward_fed(&["decrypt", "-"], &format!("{WORDS}\n"))
        .expect(0);
    let notes = home.inward(&["note", "list"]).expect(0).stdout;
    assert!(notes.contains(CANARY), "{notes}");
    // A plain store's is plain again, and written.
    let second = fs::read(words(home)).unwrap();
    assert!(second.starts_with(b"SQLite format"));
    assert!(holds(&words(home), CANARY));
    stage.encrypt();
    assert!(fs::read(words(home)).unwrap().starts_with(b"inward sealed"));
}

#[test]
fn what_is_forgotten_or_removed_is_in_no_byte_of_it_nor_of_the_file_it_replaced() {
    let home = home();
    // Another name for the same file shows what is left of the bytes that were replaced.
    let old = home.path("old");
    for (deed, given) in [
        (&["note", "rm", "3"][..], ""),
        (&["forget", "--text", "-", "--yes"], CANARY),
        (&["forget", "--days", "2026-03-04..2026-03-04", "--yes"], ""),
    ] {
        home.inward(&["note", CANARY, "--on", "2026-03-04"])
            .expect(0);
        assert!(holds(&words(&home), CANARY), "{deed:?}");
        fs::remove_file(&old).ok();
        fs::hard_link(words(&home), &old).unwrap();
        home.inward_fed(deed, given).expect(0);
        assert!(!holds(&words(&home), CANARY), "{deed:?}");
        let left = fs::read(&old).unwrap();
        assert!(left.iter().all(|byte| *byte == 0), "{deed:?}");
    }
    home.inward(&["forget", "--all", "--yes"]).expect(0);
    assert!(!words(&home).exists(), "{:?}", files(&home));
}

#[test]
fn what_changes_no_word_writes_nothing_and_reading_does_not_look() {
    let home = home();
    home.inward(&["scan"]).expect(0);
    let before = mark(&words(&home));
    let repo = home.path("garden");
    home.commit(
        &repo,
        ("new.rs", "1\n"),
        "Ada <ada@example.org>",
        "2026-03-06T10:00:00+02:00",
    );
    for args in [
        &["scan"][..],
        &["scan", "--full"],
        &["status"],
        &["log", "all"],
        &["stats"],
        &["note", "list"],
        &["doctor"],
    ] {
        home.inward(args).expect(0);
        assert_eq!(mark(&words(&home)), before, "{args:?}");
    }
    home.inward(&["note", "one more"]).expect(0);
    assert_ne!(mark(&words(&home)), before);
    // What reads does not even open it.
    fs::remove_file(words(&home)).unwrap();
    fs::create_dir(words(&home)).unwrap();
    home.inward(&["status"]).expect(0);
    home.inward(&["log", "all"]).expect(0);
}

#[test]
fn one_that_is_missing_or_behind_is_written_by_the_next_opening() {
    let home = home();
    home.inward(&["note", CANARY]).expect(0);
    fs::remove_file(words(&home)).unwrap();
    home.inward(&["scan"]).expect(0);
    assert!(holds(&words(&home), CANARY));
    // Written by a deed that was killed before it was done: its time is zero.
    let file = fs::File::options().write(true).open(words(&home)).unwrap();
    file.set_modified(std::time::UNIX_EPOCH).unwrap();
    let conn = Connection::open(store(&home)).unwrap();
    conn.execute("DELETE FROM notes WHERE text = ?1", [CANARY])
        .unwrap();
    drop((file, conn));
    home.inward(&["scan"]).expect(0);
    assert!(!holds(&words(&home), CANARY));
}

#[test]
fn a_damaged_foreign_or_planted_one_harms_nothing_and_is_said() {
    let home = home();
    let whole = fs::read(words(&home)).unwrap();
    let changed = |sql: &str| {
        let file = home.path("changed.db");
        fs::write(&file, &whole).unwrap();
        Connection::open(&file).unwrap().execute_batch(sql).unwrap();
        fs::read(&file).unwrap()
    };
    let other = {
        let other = crate::restore::home();
        fs::read(words(&other)).unwrap()
    };
    let mut flipped = whole.clone();
    let at = whole.windows(4).position(|part| part == b"said").unwrap();
    flipped[at] ^= 1;
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let trigger = "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM goals; END";
    let cases = [
        ("empty", Vec::new(), "it is empty"),
        ("rubbish", vec![7; 9_000], "does not begin as a store does"),
        ("cut", whole[..whole.len() / 2].to_vec(), "cut off"),
        ("flipped", flipped, "not what was written"),
        (
            "edited",
            changed("UPDATE notes SET text = 'planted'"),
            "not what was written",
        ),
        ("trigger", changed(trigger), "not the ones inward makes"),
        (
            "unshown",
            changed("UPDATE notes SET text = 'a' || char(27) || '[31m'"),
            "text in notes",
        ),
        ("newer", newer, "a newer version"),
        ("foreign", other, "another store"),
    ];
    let before = own(&home);
    let aside = |home: &Home| {
        let all = files(home).into_iter();
        let is_ours = |name: &str| {
            name.strip_suffix(".words")
                .is_some_and(|rest| rest.contains(".aside-"))
        };
        all.filter(|name| is_ours(name)).collect::<Vec<_>>()
    };
    for (n, (name, bytes, said)) in cases.into_iter().enumerate() {
        fs::write(words(&home), &bytes).unwrap();
        // Nothing else looks at it.
        home.inward(&["log", "all"]).expect(0);
        let doctor = home.inward(&["doctor"]).expect(0).stdout;
        assert!(doctor.contains("second place"), "{name}: {doctor}");
        assert!(
            !doctor.contains("your own words: whole"),
            "{name}: {doctor}"
        );
        let told = rebuild(&home).expect(0).stdout;
        let doctor = home.inward(&["doctor"]).expect(0).stdout;
        assert!(doctor.contains("your own words: whole"), "{name}: {doctor}");
        assert!(
            told.contains("nothing of the second place"),
            "{name}: {told}"
        );
        assert!(told.contains(said), "{name}: {told}");
        for (before, after) in before.iter().zip(own(&home)) {
            assert_eq!(*before, after, "{name}");
        }
        // It is there still, under another name.
        assert_eq!(aside(&home).len(), n + 1, "{name}: {:?}", files(&home));
        let kept = aside(&home)
            .into_iter()
            .map(|file| fs::read(home.data().join(file)).unwrap());
        assert!(kept.into_iter().any(|kept| kept == bytes), "{name}");
    }
}

#[test]
fn words_that_changed_behind_its_back_are_never_written_over_the_good_ones() {
    let home = home();
    home.inward(&["note", CANARY]).expect(0);
    let good = fs::read(words(&home)).unwrap();
    // As damage inside a row does it, which nothing in a plain file tells.
    let conn = Connection::open(store(&home)).unwrap();
    let sql = "UPDATE notes SET text = 'something else' WHERE text = ?1";
    conn.execute(sql, [CANARY]).unwrap();
    drop(conn);
    let doctor = home.inward(&["doctor"]).expect(0).stdout;
    assert!(doctor.contains("do not say the same"), "{doctor}");
    let run = home.inward(&["note", "list"]).expect(0);
    assert!(run.stderr.contains("do not say the same"), "{}", run.stderr);
    home.inward(&["goal", "add", "carry on"]).expect(0);
    let aside = home.data().join("inward.db.words.aside-1");
    assert_eq!(fs::read(&aside).unwrap(), good);
    // What is forgotten is looked for there as well.
    let run = home.inward_fed(&["forget", "--text", "-", "--yes"], CANARY);
    assert!(run.expect(6).stdout.contains("words.aside-1"));
    // Its own changes are no such thing.
    for n in 0..3 {
        home.inward(&["note", &format!("n {n}")]).expect(0);
        home.inward(&["scan"]).expect(0);
    }
    assert!(!home.data().join("inward.db.words.aside-2").exists());
    let run = home.inward(&["note", "list"]).expect(0);
    assert_eq!(run.stderr, "");
}
