//! Living with it: wrong settings, repositories that move, other machines, zones and languages. Nothing is lost,
//! nothing refuses to start, and what matters is said.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::home::Home;
use crate::restore::text;

const ADA: &str = "Ada <ada@example.org>";
const READING: [&[&str]; 8] = [
    &["status"],
    &["log", "all"],
    &["stats", "all"],
    &["note", "list"],
    &["goal", "list"],
    &["repos"],
    &["week"],
    &["doctor"],
];
/// Bytes that do not depend on where or in which language they are asked for.
const FIXED: [&[&str]; 3] = [
    &["log", "all", "--json"],
    &["stats", "all", "--json"],
    &["note", "list"],
];

fn world() -> (Home, PathBuf) {
    let home = Home::new();
    home.identity("Ada", "ada@example.org");
    let repo = home.repo("garden");
    // The night in which the clock of New York changed, and an evening that is a morning in Tokyo.
    for (n, date) in [
        "2026-03-08T01:30:00-05:00",
        "2026-03-08T03:30:00-04:00",
        "2026-03-09T23:30:00-04:00",
        "2026-03-10T10:00:00+09:00",
    ]
    .into_iter()
    .enumerate()
    {
        home.commit(&repo, ("a.rs", &format!("{n}\n")), ADA, date);
    }
    home.inward(&["add", text(&repo)]).expect(0);
    home.inward(&["scan"]).expect(0);
    home.inward(&["note", "kept", "--on", "2026-03-09"])
        .expect(0);
    home.inward(&["goal", "add", "Carry on"]).expect(0);
    (home, repo)
}

fn answers(home: &Home) -> Vec<String> {
    let run = |args: &&[&str]| home.inward(args).expect(0).stdout;
    FIXED.iter().map(run).collect()
}

#[test]
fn no_settings_whatever_keep_it_from_starting() {
    let (home, _) = world();
    let before = answers(&home);
    let file = home.path("home/.config/inward/config.toml");
    for (what, bytes) in [
        ("an unknown key", &b"colour_scheme = \"dark\"\n"[..]),
        ("an unknown table", b"[nonsense]\nx = 1\n"),
        ("a wrong type", b"theme = 7\nclock = [1]\nkeep = \"all\"\n"),
        ("a wrong value", b"clock = \"13h\"\nnumbers = \"roman\"\n"),
        ("no TOML", b"theme = \n]]][[[ = = =\n"),
        ("no text", b"\xff\xfe\x00\x01\x02theme\x00"),
        ("a zone that is none", b"zone = \"Mars/Olympus\"\n"),
    ] {
        home.settings("");
        fs::write(&file, bytes).unwrap();
        for args in READING {
            let run = home.inward(args).expect(0);
            assert!(
                run.stderr.contains("settings"),
                "{what}: {args:?}: {}",
                run.stderr
            );
        }
        assert_eq!(answers(&home), before, "{what}");
        home.inward(&["scan"]).expect(0);
    }
    // One that may not be read, and a folder in its place.
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(
        home.inward(&["status"])
            .expect(0)
            .stderr
            .contains("settings")
    );
    fs::remove_dir(&file).unwrap();
    fs::write(&file, "theme = \"dark\"\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    home.inward(&["status"]).expect(0);
    assert_eq!(answers(&home), before);
}

#[test]
fn a_repository_that_is_deleted_renamed_or_on_a_disk_that_is_not_there_loses_nothing() {
    let (home, repo) = world();
    let before = answers(&home);
    let whole = home.path("away");
    // Deleted, or the disk it lies on was taken away: it is not there.
    fs::rename(&repo, &whole).unwrap();
    let run = home.inward(&["scan"]);
    assert!(run.code <= 1, "{}", run.stderr);
    assert!(run.stderr.contains("garden"), "{}", run.stderr);
    let said = home.inward(&["doctor"]).expect(0).stdout;
    assert!(said.contains("no longer there"), "{said}");
    for args in READING {
        home.inward(args).expect(0);
    }
    assert_eq!(answers(&home), before);
    // The disk is back.
    fs::rename(&whole, &repo).unwrap();
    home.inward(&["scan"]).expect(0);
    assert_eq!(answers(&home), before);
    // It is called otherwise from now on: named again, it is the same one.
    let other = home.path("orchard");
    fs::rename(&repo, &other).unwrap();
    home.inward(&["add", text(&other)]).expect(0);
    home.inward(&["repos", "rm", text(&repo)]).expect(0);
    home.commit(&other, ("b.rs", "x\n"), ADA, "2026-03-11T10:00:00+01:00");
    home.inward(&["scan"]).expect(0);
    let repos = home.inward(&["repos", "--json"]).expect(0).json();
    assert_eq!(repos["repos"].as_array().unwrap().len(), 1, "{repos}");
    let log = home.inward(&["log", "all", "--json", "--kind", "commits"]);
    let log = log.expect(0).json();
    assert_eq!(log["rows"].as_array().unwrap().len(), 5, "{log}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    fs::set_permissions(to, fs::Permissions::from_mode(0o700)).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn a_store_from_another_machine_says_what_it_said_there_and_goes_on_here() {
    let (there, _) = world();
    let before = answers(&there);
    let here = Home::new();
    here.identity("Ada", "ada@example.org");
    copy(&there.data(), &here.data());
    drop(there);
    assert_eq!(answers(&here), before);
    for args in READING {
        here.inward(args).expect(0);
    }
    // Its folders are not here, which is said and costs nothing.
    let run = here.inward(&["scan"]);
    assert!(
        run.code <= 1 && run.stderr.contains("garden"),
        "{}",
        run.stderr
    );
    assert_eq!(answers(&here), before);
    // A clone of the same repository here goes on where that one was.
    let repo = here.repo("garden");
    here.commit(&repo, ("new.rs", "1\n"), ADA, "2026-03-12T10:00:00+01:00");
    here.inward(&["add", text(&repo)]).expect(0);
    let run = here.inward(&["scan"]);
    assert!(run.code <= 1, "{}", run.stderr);
    let log = here.inward(&["log", "all", "--json", "--kind", "commits"]);
    assert_eq!(log.expect(0).json()["rows"].as_array().unwrap().len(), 5);
    here.inward(&["audit", "--verify"]).expect(0);
}

/// Standard output under these variables; the run must end well.
fn under(home: &Home, args: &[&str], variables: &[(&str, &OsStr)]) -> Vec<u8> {
    let mut command = home.command(env!("CARGO_BIN_EXE_inward"), Path::new("/"));
    for (name, value) in variables {
        command.env(name, value);
    }
    let out = command.args(args).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(0), "{args:?} {variables:?}: {said}");
    out.stdout
}

#[test]
fn who_travels_keeps_the_days_and_hours_that_were_lived() {
    let (home, _) = world();
    let log = under(&home, FIXED[0], &[]);
    let hours = ["stats", "hours_by_weekday", "2026-03", "--json"];
    let lived = under(&home, &hours, &[]);
    for zone in [
        "America/New_York",
        "Asia/Tokyo",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Europe/Berlin",
        ":UTC",
        "",
        "Mars/Olympus",
        "EST5EDT,M3.2.0,M11.1.0",
    ] {
        let zone = OsStr::new(zone);
        let here = under(&home, FIXED[0], &[("TZ", zone)]);
        // A note of a day stands among the hours of that day at home: its place differs, no row does.
        let of = |bytes: &[u8]| -> Vec<String> {
            let rows: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            let rows = rows["rows"].as_array().unwrap().iter();
            let mut rows: Vec<String> = rows.map(ToString::to_string).collect();
            rows.sort();
            rows
        };
        assert_eq!(of(&here), of(&log), "{zone:?}");
        assert_eq!(under(&home, &hours, &[("TZ", zone)]), lived, "{zone:?}");
        for args in READING {
            under(&home, args, &[("TZ", zone)]);
        }
        under(&home, &["scan"], &[("TZ", zone)]);
        assert_eq!(under(&home, FIXED[0], &[]), log, "{zone:?}");
    }
}

#[test]
fn no_language_of_the_system_changes_an_answer_or_keeps_it_from_starting() {
    let (home, _) = world();
    let before: Vec<Vec<u8>> = FIXED.iter().map(|args| under(&home, args, &[])).collect();
    for value in [
        &b""[..],
        b"C",
        b"POSIX",
        b"de_DE.UTF-8",
        b"tr_TR.ISO-8859-9",
        b"ja_JP.eucJP",
        b"xx_YY.nothing@odd",
        b"\xff\xfe",
        b"../../etc/passwd",
    ] {
        let value = OsStr::from_bytes(value);
        let all = [("LANG", value), ("LC_ALL", value), ("LANGUAGE", value)];
        for (args, before) in FIXED.iter().zip(&before) {
            assert_eq!(under(&home, args, &all), *before, "{value:?} {args:?}");
        }
        for args in READING {
            under(&home, args, &all);
        }
    }
}

#[test]
fn a_store_of_a_newer_version_is_named_by_every_command_and_never_touched() {
    let (home, _) = world();
    let store = home.data().join("inward.db");
    let mut bytes = fs::read(&store).unwrap();
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    fs::write(&store, &bytes).unwrap();
    let second = fs::read(home.data().join("inward.db.words")).unwrap();
    let writing: [&[&str]; 4] = [
        &["scan"],
        &["note", "x"],
        &["goal", "add", "x"],
        &["rebuild"],
    ];
    for args in READING
        .iter()
        .filter(|args| args[0] != "doctor")
        .chain(&writing)
    {
        let run = home.inward(args).expect(7);
        assert!(run.stderr.contains("newer"), "{args:?}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{args:?}: {}", run.stdout);
    }
    assert_eq!(fs::read(&store).unwrap(), bytes);
    assert_eq!(
        fs::read(home.data().join("inward.db.words")).unwrap(),
        second
    );
}
