//! Where the data may lie: a place that others can change, or that copies it off this machine, is
//! refused (5) with the next step; on a terminal one key decides, and the word is remembered.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use crate::common::pty::Start;
use crate::home::{Home, Run};

const ADA: &str = "Ada <ada@example.org>";

fn world() -> Home {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    // A question less on a terminal.
    home.settings("[keep]\nreflog = true\n");
    let repo = home.repo("garden");
    home.commit(&repo, ("a.rs", "1\n"), ADA, "2026-03-02T10:00:00Z");
    fs::create_dir_all(home.path("Dropbox")).unwrap();
    home
}

fn open_up(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// `inward` over the data folder `data`.
fn over(home: &Home, data: &Path, args: &[&str]) -> Run {
    let named = ["--data-dir", data.to_str().unwrap()];
    home.inward_in(&home.path("garden"), &[&named, args].concat())
}

/// The same on a terminal, in the repository.
fn on_terminal(home: &Home, data: &Path, args: &[&str]) -> crate::common::pty::Session {
    Start::inward(&home.path("home"))
        .env("INWARD_DATA_DIR", data.to_str().unwrap())
        .args(args)
        .cwd(&home.path("garden"))
        .size(160, 30)
        .spawn()
}

/// Each way a place leaves this machine that a test can make without a mount.
const CLOUDS: [(&str, Option<&str>, &str); 9] = [
    ("Dropbox", None, "Dropbox"),
    ("work/OneDrive - Company", None, "OneDrive"),
    ("Library/Mobile Documents", None, "iCloud"),
    ("Library/CloudStorage", None, "a cloud drive"),
    ("Google Drive", None, "Google Drive"),
    ("Nextcloud", None, "Nextcloud"),
    ("sync", Some(".stfolder"), "Syncthing"),
    ("files", Some(".dropbox.cache"), "Dropbox"),
    ("cloud", Some(".owncloudsync.log"), "ownCloud"),
];

#[test]
fn every_synced_folder_is_refused_without_a_terminal_and_nothing_is_written() {
    let home = world();
    for (folder, marker, who) in CLOUDS {
        let cloud = home.path("clouds").join(folder);
        fs::create_dir_all(&cloud).unwrap();
        if let Some(marker) = marker {
            fs::create_dir(cloud.join(marker)).unwrap();
        }
        let data = cloud.join("inward");
        for args in [&["scan"][..], &["add", "."], &["import", "x.csv"]] {
            let run = over(&home, &data, args).expect(5);
            assert!(run.stderr.contains(who), "{folder}: {}", run.stderr);
            assert!(run.stderr.contains("--data-dir"), "{}", run.stderr);
        }
        assert!(!data.exists(), "{folder}");
    }
}

#[test]
fn one_key_keeps_it_there_and_the_word_is_remembered_and_shown() {
    let home = world();
    let data = home.path("Dropbox/inward");
    let mut screen = on_terminal(&home, &data, &["scan"]);
    screen.until_text("any other key: stop");
    screen.keys("k");
    // The first keep asks how much.
    screen.until_text("[1]");
    screen.keys("\r");
    assert_eq!(screen.end().exit_code(), 0);
    assert_eq!(mode(&data.join("kept-here")), 0o600);
    // Remembered, without a terminal too.
    over(&home, &data, &["stats", "all"]).expect(0);
    over(&home, &data, &["scan"]).expect(0);
    let label = over(&home, &data, &["privacy"]).expect(0).stdout;
    assert!(
        label.contains("Dropbox") && label.contains("by your word"),
        "{label}"
    );
    let doctor = over(&home, &data, &["doctor"]).expect(0).stdout;
    assert!(doctor.contains("by your word"), "{doctor}");
    let json = over(&home, &data, &["doctor", "--json"]).expect(0).json();
    assert_eq!(json["store"]["override_given"], true);
    // Taken back.
    fs::remove_file(data.join("kept-here")).unwrap();
    over(&home, &data, &["stats", "all"]).expect(5);
}

#[test]
fn one_key_takes_a_local_folder_instead_and_that_is_remembered_and_shown() {
    let home = world();
    let data = home.path("Dropbox/inward");
    let local = home.path("home/.local/share/inward");
    let mut screen = on_terminal(&home, &data, &["scan"]);
    screen.until_text("l keep it in");
    screen.until_text(local.to_str().unwrap());
    screen.keys("l");
    screen.until_text("[1]");
    screen.keys("\r");
    assert_eq!(screen.end().exit_code(), 0);
    assert!(!data.exists() && local.join("inward.db").exists());
    assert_eq!(
        (mode(&local), mode(&local.join("instead-of"))),
        (0o700, 0o600)
    );
    // Without a terminal, and without a word, the same folder is used from now on.
    let log = over(&home, &data, &["log", "all", "--csv"]).expect(0);
    assert_eq!(log.stdout.lines().count(), 2, "{}", log.stdout);
    let paths = over(&home, &data, &["paths"]).expect(0).stdout;
    assert!(paths.contains(local.to_str().unwrap()), "{paths}");
    assert!(paths.contains("used instead of"), "{paths}");
    let doctor = over(&home, &data, &["doctor", "--json"]).expect(0).json();
    assert_eq!(doctor["store"]["instead_of"], data.to_str().unwrap());
    assert!(!data.exists());
}

#[test]
fn any_other_key_stops_and_writes_nothing() {
    let home = world();
    let data = home.path("Dropbox/inward");
    for key in ["q", "\u{3}", "\r"] {
        let mut screen = on_terminal(&home, &data, &["scan"]);
        screen.until_text("any other key: stop");
        screen.keys(key);
        assert_eq!(screen.end().exit_code(), 5);
    }
    assert!(!data.exists() && !home.path("home/.local").exists());
}

#[test]
fn the_dashboard_asks_before_it_draws() {
    let home = world();
    let data = home.path("Dropbox/inward");
    over(&home, &home.path("first"), &["scan"]).expect(0);
    // As if the folder had become one that is synced.
    fs::rename(home.path("first"), &data).unwrap();
    let mut screen = on_terminal(&home, &data, &[]);
    screen.until_text("any other key: stop");
    screen.keys("k");
    screen.until_text("Overview");
    screen.keys("q");
    assert_eq!(screen.end().exit_code(), 0);
}

#[test]
fn a_linked_store_is_refused_by_every_command_and_its_target_untouched() {
    let home = world();
    let data = home.path("data");
    home.inward_in(&home.path("garden"), &["scan"]).expect(0);
    let target = home.path("target");
    fs::rename(data.join("inward.db"), &target).unwrap();
    open_up(&target, 0o644);
    let before = fs::read(&target).unwrap();
    symlink(&target, data.join("inward.db")).unwrap();
    for args in [
        &["scan"][..],
        &["stats", "all"],
        &["log", "all"],
        &["doctor"],
        &["privacy"],
        &["note", "x"],
        &["dump", "-o", "copy"],
        &[],
    ] {
        let run = over(&home, &data, args).expect(5);
        assert!(run.stderr.contains("link"), "{args:?}: {}", run.stderr);
    }
    assert_eq!(fs::read(&target).unwrap(), before);
    assert_eq!(mode(&target), 0o644);
}

#[test]
fn a_linked_folder_and_a_parent_that_anybody_may_write_into_are_refused() {
    let home = world();
    fs::create_dir(home.path("real")).unwrap();
    symlink(home.path("real"), home.path("linked")).unwrap();
    over(&home, &home.path("linked"), &["scan"]).expect(5);
    assert_eq!(fs::read_dir(home.path("real")).unwrap().count(), 0);
    fs::create_dir(home.path("open")).unwrap();
    open_up(&home.path("open"), 0o777);
    let run = over(&home, &home.path("open/inward"), &["scan"]).expect(5);
    assert!(run.stderr.contains("chmod o-w"), "{}", run.stderr);
    assert!(!home.path("open/inward").exists());
}

#[test]
fn what_others_could_read_is_closed_said_and_logged_by_a_reader_too() {
    let home = world();
    let data = home.path("data");
    home.inward_in(&home.path("garden"), &["scan"]).expect(0);
    for (args, files) in [(&["stats", "all"][..], 2), (&["scan"], 1)] {
        open_up(&data.join("inward.db"), 0o644);
        if files > 1 {
            open_up(&data, 0o755);
        }
        let run = over(&home, &data, args).expect(0);
        assert_eq!(run.stderr.matches("was open to others").count(), files);
        assert_eq!((mode(&data), mode(&data.join("inward.db"))), (0o700, 0o600));
    }
    let db = rusqlite::Connection::open(data.join("inward.db")).unwrap();
    let sql = "SELECT n FROM audit WHERE action = 'repair' ORDER BY seq";
    let mut rows = db.prepare(sql).unwrap();
    let logged: Vec<u64> = rows
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(logged, [2, 1]);
}
